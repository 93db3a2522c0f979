"""The rules of matches, visits and meetings, without a database."""

from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest

from gib.care.products import domain
from gib.care.products.domain import contact, match, meeting, participation
from gib.care.products.domain.contact import Cancelled, Kind
from gib.care.products.domain.match import Side
from gib.core.kernel.rules import CATALOGUE, RuleBroken

TODAY = date(2011, 1, 11)
Part, Pair, Visit = participation.State, match.State, contact.State


def broken(code: str) -> AbstractContextManager[object]:
    return pytest.raises(RuleBroken, match=f"^{code}$")


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize("order", [(Side.VOLUNTEER, Side.MOTHER), (Side.MOTHER, Side.VOLUNTEER)])
def test_both_say_yes_in_either_order(order: tuple[Side, Side]) -> None:
    first = match.answer(Pair.PROPOSED, order[0], True)
    assert first is not Pair.AGREED
    assert match.answer(first, order[1], True) is Pair.AGREED
    with broken("already_answered"):
        match.answer(first, order[0], True)


@pytest.mark.parametrize("now", sorted(match.ASKED))
@pytest.mark.parametrize("side", Side)
def test_both_may_say_no_until_they_meet(now: Pair, side: Side) -> None:
    assert match.answer(now, side, False) is Pair.REFUSED


@pytest.mark.parametrize("now", sorted(match.LIVE | {Pair.ENDED, Pair.REFUSED}))
def test_after_that_it_is_an_ending_not_an_answer(now: Pair) -> None:
    with broken("illegal_move"):
        match.answer(now, Side.MOTHER, False)
    with broken("illegal_move"):
        match.answer(now, Side.MOTHER, True)


def test_a_volunteer_with_anything_against_her_is_refused_with_the_reasons() -> None:
    match.check_ready(())
    with pytest.raises(RuleBroken) as error:
        match.check_ready(["vog_84", "permit"])
    assert (error.value.code, error.value.facts["reasons"]) == ("volunteer_not_allowed", ("vog_84", "permit"))
    assert error.value.facts["missing"] == "VOG (zorg voor minderjarigen), toegang tot de inrichting"


def test_a_volunteer_has_room_for_so_many() -> None:
    match.check_room(0, 1)
    with broken("volunteer_full"):
        match.check_room(1, 1)


def test_a_trial_takes_some_contacts() -> None:
    match.check_run(3, 3)
    with broken("trial_too_short"):
        match.check_run(2, 3)


@pytest.mark.parametrize("state", Pair)
def test_contacts_are_for_who_have_met(state: Pair) -> None:
    if state in match.LIVE:
        match.check_live(state)
    else:
        with broken("match_not_live"):
            match.check_live(state)


@pytest.mark.requirement("PRV-11")
def test_sight_ends_fourteen_days_after_the_end() -> None:
    assert match.sight_ends(TODAY) == date(2011, 1, 25)


@pytest.mark.parametrize(
    ("live", "today", "missing"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_a_release_without_goodbye_is_seen(live: bool, today: bool, missing: bool) -> None:
    assert match.goodbye_missing(live, today) is missing


def test_a_visit_is_planned_ahead_and_told_afterwards() -> None:
    contact.check_planned(TODAY, TODAY)
    contact.check_happened(TODAY, TODAY)
    with broken("visit_in_past"):
        contact.check_planned(day(-1), TODAY)
    with broken("visit_in_future"):
        contact.check_happened(day(1), TODAY)


@pytest.mark.parametrize(
    ("held", "minutes", "mood", "code"),
    [
        (day(1), 60, 3, "visit_in_future"),
        (day(-11), 60, 3, "before_match"),
        (TODAY, 4, 3, "minutes_out_of_range"),
        (TODAY, 721, 3, "minutes_out_of_range"),
        (TODAY, 60, 0, "mood_out_of_range"),
        (TODAY, 60, 6, "mood_out_of_range"),
    ],
)
def test_an_account_that_cannot_be_is_refused(held: date, minutes: int, mood: int, code: str) -> None:
    with broken(code):
        contact.check_log(held, day(-10), minutes, mood, TODAY)


def test_an_account_within_bounds_is_taken() -> None:
    contact.check_log(day(-10), day(-10), 5, 1, TODAY)
    contact.check_log(TODAY, None, 720, None, TODAY)


@pytest.mark.parametrize("kind", Kind)
def test_only_visits_in_prison_come_on_its_list(kind: Kind) -> None:
    if kind in contact.IN_PRISON:
        contact.check_clear(kind)
    else:
        with broken("clearing_outside"):
            contact.check_clear(kind)


@pytest.mark.parametrize("side", Cancelled)
def test_each_side_has_its_own_cancelled_state(side: Cancelled) -> None:
    assert contact.cancelled_by(side) == f"cancelled_{side}"
    assert all(contact.FLOW.may_move(here, contact.cancelled_by(side)) for here in contact.AHEAD)


@pytest.mark.parametrize(
    ("state", "days", "overdue"),
    [
        (Visit.HELD, 7, False),
        (Visit.HELD, 8, True),
        (Visit.PLANNED, 8, True),
        (Visit.LOGGED, 30, False),
        (Visit.NO_SHOW, 30, False),
    ],
)
def test_an_account_is_due_within_a_week(state: Visit, days: int, overdue: bool) -> None:
    assert contact.log_overdue(state, day(-days), TODAY, 7) is overdue
    assert not contact.log_overdue(state, None, TODAY, 7)


@pytest.mark.requirement("CON-03")
def test_women_without_a_dossier_are_a_number() -> None:
    meeting.check_count(0)
    with broken("count_negative"):
        meeting.check_count(-1)


def test_an_invitation_is_for_a_meeting_to_come() -> None:
    meeting.check_planned(meeting.State.PLANNED)
    with broken("meeting_over"):
        meeting.check_planned(meeting.State.HELD)


def test_every_code_has_a_dutch_sentence() -> None:
    for code in ("no_match", "volunteer_not_allowed", "visit_in_past", "meeting_over", "series_paused"):
        assert CATALOGUE[code].endswith(".")
    assert domain.NORMS["trial_contacts"] == 3
