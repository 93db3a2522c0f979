"""What the five products share, as rules without a database."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from gib.care.products.domain import contact, match, meeting, participation
from gib.care.products.domain.participation import Cause, Facts
from gib.care.trajectory import domain as trajectory
from gib.core.kernel.flow import Flow
from gib.core.kernel.rules import RuleBroken
from gib.people.partners.domain import Product

TODAY = date(2011, 1, 11)
Part, Pair, Visit = participation.State, match.State, contact.State


def broken(code: str) -> AbstractContextManager[object]:
    return pytest.raises(RuleBroken, match=f"^{code}$")


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


class Walk(RuleBasedStateMachine):
    """Any row of moves through a table: a refused move changes nothing, a final state stays."""

    flow: Flow[StrEnum]

    def __init__(self) -> None:
        super().__init__()
        self.path: list[StrEnum] = [self.flow.start]

    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        here = self.path[-1]
        to = data.draw(st.sampled_from(list(type(self.flow.start))))
        if self.flow.may_move(here, to):
            self.path.append(self.flow.move(here, to))
        else:
            with broken("illegal_move"):
                self.flow.move(here, to)

    @invariant()
    def a_final_state_is_the_end(self) -> None:
        assert not any(self.flow.is_final(state) for state in self.path[:-1])


class Parts(Walk):
    flow = participation.FLOW

    @invariant()
    def only_what_ran_was_finished_or_stopped(self) -> None:
        ran = {Part.COMPLETED, Part.PARTLY_COMPLETED, Part.STOPPED_BY_MOTHER}
        if ran & set(self.path):
            assert Part.RUNNING in self.path

    @invariant()
    def nothing_runs_that_was_not_planned_and_offered(self) -> None:
        if Part.RUNNING in self.path:
            assert self.path[:4] == [Part.WISHED, Part.OFFERED, Part.PLANNED, Part.RUNNING]


class Pairs(Walk):
    flow = match.FLOW

    @invariant()
    def nobody_meets_before_both_said_yes(self) -> None:
        if match.LIVE & set(self.path):
            assert Pair.AGREED in self.path

    @invariant()
    def a_no_ends_it_only_before_they_met(self) -> None:
        if self.path[-1] in (Pair.REFUSED, Pair.WITHDRAWN):
            assert not match.LIVE & set(self.path)


class Visits(Walk):
    flow = contact.FLOW

    @invariant()
    def nothing_is_told_that_was_not_held(self) -> None:
        if Visit.LOGGED in self.path:
            assert Visit.HELD in self.path


class Presences(Walk):
    flow = meeting.PRESENCE

    @invariant()
    def what_was_overtaken_is_no_absence(self) -> None:
        if Visit.OVERTAKEN in self.path:
            assert self.path == [meeting.Presence.INVITED, meeting.Presence.OVERTAKEN]


class Meetings(Walk):
    flow = meeting.FLOW


class Speakers(Walk):
    flow = meeting.SPEAKERS


TestParts, TestPairs, TestVisits = Parts.TestCase, Pairs.TestCase, Visits.TestCase
TestPresences, TestMeetings = Presences.TestCase, Meetings.TestCase
TestSpeakers = Speakers.TestCase

FINE = Facts(
    trajectory=trajectory.State.ACTIVE_INSIDE,
    has_consent=True,
    has_goal=True,
    is_detained=True,
    is_covered=True,
    release_known=True,
    child_ready=True,
    has_match=True,
)
FREE = replace(FINE, trajectory=trajectory.State.ACTIVE_OUTSIDE, is_detained=False)


def fine_for(product: Product) -> Facts:
    return FREE if product is Product.MOEDERMAATJES else FINE


@pytest.mark.parametrize("product", Product)
def test_with_all_in_order_a_product_is_planned_and_begins(product: Product) -> None:
    participation.check_plan(product, fine_for(product))
    participation.check_start(product, fine_for(product))


@pytest.mark.parametrize("product", Product)
@pytest.mark.parametrize(
    "state", [trajectory.State.PROPOSED, trajectory.State.PAUSED, trajectory.State.CLOSED]
)
def test_every_product_needs_an_agreed_trajectory(product: Product, state: trajectory.State) -> None:
    for check in (participation.check_plan, participation.check_start):
        with broken("trajectory_not_agreed"):
            check(product, replace(fine_for(product), trajectory=state))


@pytest.mark.requirement("CON-02")
@pytest.mark.parametrize("product", Product)
def test_every_product_needs_consent_at_the_moment_itself(product: Product) -> None:
    for check in (participation.check_plan, participation.check_start):
        with broken("support_missing"):
            check(product, replace(fine_for(product), has_consent=False))


@pytest.mark.parametrize("product", [each for each in Product if each is not Product.MOEDER_DE_GANS])
def test_no_product_without_a_goal_of_hers(product: Product) -> None:
    with broken("goal_missing"):
        participation.check_plan(product, replace(fine_for(product), has_goal=False))


def test_an_information_meeting_asks_for_no_goal() -> None:
    participation.check_plan(Product.MOEDER_DE_GANS, replace(FINE, has_goal=False))


@pytest.mark.parametrize("product", sorted(participation.INSIDE))
def test_what_takes_place_inside_needs_a_detention(product: Product) -> None:
    for check in (participation.check_plan, participation.check_start):
        with broken("not_inside"):
            check(product, FREE)


@pytest.mark.parametrize(
    ("product", "lacks", "code"),
    [
        (Product.IK_JIJ_WIJ, {"release_known": False}, "release_unknown"),
        (Product.BEZOEKMOEDERS, {"has_match": False}, "no_match"),
        (Product.MOEDER_KIND_BEZOEKEN, {"child_ready": False}, "no_child_ready"),
        (Product.MOEDERMAATJES, {"is_detained": True}, "not_released"),
        (Product.MOEDERMAATJES, {"is_covered": False}, "not_covered"),
        (Product.MOEDERMAATJES, {"has_match": False}, "no_match"),
    ],
)
def test_each_product_has_its_own_gate(product: Product, lacks: dict[str, bool], code: str) -> None:
    with broken(code):
        participation.check_start(product, replace(fine_for(product), **lacks))


def test_a_maatje_is_sought_before_release_and_cover() -> None:
    participation.check_plan(Product.MOEDERMAATJES, replace(FINE, is_covered=False, has_match=False))


def test_the_course_needs_a_release_date_when_it_is_planned() -> None:
    with broken("release_unknown"):
        participation.check_plan(Product.IK_JIJ_WIJ, replace(FINE, release_known=False))


def test_who_declined_is_not_asked_before_the_day_she_chose() -> None:
    participation.check_offer(None, TODAY)
    participation.check_offer(TODAY, TODAY)
    with broken("asked_too_soon"):
        participation.check_offer(day(1), TODAY)


@pytest.mark.parametrize(("weeks", "late"), [(8, False), (9, True)])
def test_after_eight_weeks_moeder_de_gans_warns(weeks: int, late: bool) -> None:
    since = TODAY - timedelta(weeks=weeks)
    assert participation.is_late_for_moeder_de_gans(since, TODAY, 8) is late
    assert not participation.is_late_for_moeder_de_gans(None, TODAY, 8)


@pytest.mark.parametrize(
    ("product", "cause", "to"),
    [
        (Product.BEZOEKMOEDERS, Cause.RELEASE, Part.ENDED_BY_RELEASE),
        (Product.BEZOEKMOEDERS, Cause.TRANSFER, None),
        (Product.BEZOEKMOEDERS, Cause.PRISON, Part.ENDED_BY_PRISON),
        (Product.MOEDER_KIND_BEZOEKEN, Cause.RELEASE, Part.ENDED_BY_RELEASE),
        (Product.MOEDER_KIND_BEZOEKEN, Cause.TRANSFER, None),
        (Product.MOEDER_DE_GANS, Cause.RELEASE, Part.ENDED_BY_RELEASE),
        (Product.IK_JIJ_WIJ, Cause.TRANSFER, Part.ENDED_BY_TRANSFER),
        (Product.IK_JIJ_WIJ, Cause.RELEASE, Part.ENDED_BY_RELEASE),
        (Product.MOEDERMAATJES, Cause.RELEASE, None),
        (Product.MOEDERMAATJES, Cause.TRANSFER, None),
        (Product.MOEDERMAATJES, Cause.PRISON, None),
    ],
)
def test_what_release_transfer_and_prison_end(product: Product, cause: Cause, to: Part | None) -> None:
    assert participation.end_state(product, cause, Part.RUNNING) is to


@pytest.mark.parametrize(
    ("attended", "to"),
    [(0, Part.ENDED_BY_RELEASE), (1, Part.PARTLY_COMPLETED), (5, Part.PARTLY_COMPLETED), (6, Part.COMPLETED)],
)
def test_a_course_that_release_cuts_short_counts_what_she_attended(attended: int, to: Part) -> None:
    assert participation.end_state(Product.IK_JIJ_WIJ, Cause.RELEASE, Part.RUNNING, attended, 6) is to


@given(
    product=st.sampled_from(Product),
    cause=st.sampled_from(Cause),
    now=st.sampled_from(Part),
    attended=st.integers(0, 20),
)
def test_what_comes_from_outside_is_a_legal_end_and_never_a_drop_out(
    product: Product, cause: Cause, now: Part, attended: int
) -> None:
    """Invariant 15."""
    to = participation.end_state(product, cause, now, attended, 6)
    if to is not None:
        assert participation.FLOW.may_move(now, to)
        assert participation.FLOW.is_final(to)
        assert not participation.is_drop_out(to, TODAY)


@given(
    now=st.sampled_from(sorted(participation.FLOW.open_states)),
    reason=st.sampled_from(trajectory.CloseReason),
)
def test_the_end_of_a_trajectory_ends_every_open_part(now: Part, reason: trajectory.CloseReason) -> None:
    to = participation.end_with_trajectory(now, reason)
    assert participation.FLOW.may_move(now, to)
    assert to is Part.CANCELLED or now is Part.RUNNING


def test_only_who_began_and_stopped_herself_dropped_out() -> None:
    assert participation.is_drop_out(Part.STOPPED_BY_MOTHER, TODAY)
    assert not participation.is_drop_out(Part.STOPPED_BY_MOTHER, None)
    others = [state for state in Part if state is not Part.STOPPED_BY_MOTHER]
    assert not any(participation.is_drop_out(state, TODAY) for state in others)


@pytest.mark.parametrize(
    ("state", "product", "here", "paused"),
    [
        (Part.RUNNING, Product.BEZOEKMOEDERS, "TPL", True),
        (Part.RUNNING, Product.BEZOEKMOEDERS, "NSL", False),
        (Part.RUNNING, Product.BEZOEKMOEDERS, None, False),
        (Part.PLANNED, Product.BEZOEKMOEDERS, "TPL", False),
        (Part.RUNNING, Product.MOEDERMAATJES, "TPL", True),
        (Part.RUNNING, Product.MOEDERMAATJES, None, False),
        (Part.PLANNED, Product.MOEDERMAATJES, "TPL", False),
        (Part.COMPLETED, Product.MOEDERMAATJES, "TPL", False),
    ],
)
def test_a_series_rests_while_she_is_elsewhere_and_help_at_home_while_she_is_held(
    state: Part, product: Product, here: str | None, paused: bool
) -> None:
    assert participation.is_paused(state, product, "NSL", here) is paused


@pytest.mark.parametrize(
    ("state", "product", "matched", "waits"),
    [
        (Part.PLANNED, Product.BEZOEKMOEDERS, False, True),
        (Part.RUNNING, Product.MOEDERMAATJES, False, True),
        (Part.PLANNED, Product.BEZOEKMOEDERS, True, False),
        (Part.WISHED, Product.BEZOEKMOEDERS, False, False),
        (Part.PLANNED, Product.MOEDER_DE_GANS, False, False),
    ],
)
def test_who_waits_for_a_volunteer(state: Part, product: Product, matched: bool, waits: bool) -> None:
    assert participation.waits_for_match(state, product, matched) is waits
