"""Visits on the database: planned, told, called off, missed, and never with somebody who may not come."""

from collections.abc import Callable
from datetime import time
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from gib.care.products import actions, builders
from gib.care.products.actions.contacts import Log
from gib.care.products.domain.contact import Cancelled, Kind, Reason, State, Theme
from gib.care.products.domain.match import EndReason
from gib.care.products.domain.match import State as Pair
from gib.care.products.models import Contact, Match, last_contacts, silent_matches
from gib.care.products.tests.conftest import NOW, broken, day, later, write
from gib.care.trajectory import builders as trajectories
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.people.families import actions as families
from gib.people.families.models import Consent
from gib.people.volunteers import actions as volunteers
from gib.people.volunteers.domain import State as Standing
from gib.people.volunteers.models import PrisonPermit

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Told = Callable[[UUID], list[str]]


@pytest.fixture
def match(coordinator: Actor) -> Match:
    return builders.visiting(coordinator, NOW)[1]


def herself(match: Match) -> Actor:
    return Actor(UUID(int=7), Role.VOLUNTEER, volunteer_id=match.volunteer_id)


def plan(actor: Actor, match: Match, days: int = 5, now: Any = NOW, **facts: Any) -> Contact:
    return actions.plan_visit(actor, match.id, day(days), builders.AT, "Spreekkamer 2", now, **facts)


def until(actor: Actor, match: Match, days: int) -> None:
    """Let the permit of the volunteer hold until a day."""
    permit = PrisonPermit.for_action(actor, NOW.on).get(volunteer_id=match.volunteer_id)
    permit.to_on = day(days)
    write(permit)


def test_a_visit_has_a_day_a_time_and_a_place(coordinator: Actor, match: Match, told: Told) -> None:
    row = plan(coordinator, match)
    assert (row.kind, row.planned_on, row.planned_time, row.prison_id) == (
        Kind.PRISON_VISIT,
        day(5),
        time(10, 30),
        "NSL",
    )
    assert Contact.visible_to(herself(match), NOW.on).get_or_404(pk=row.id).place == "Spreekkamer 2"
    assert actions.confirm_visit(herself(match), row.id, NOW).state == State.CONFIRMED
    assert actions.clear_visit(coordinator, row.id, NOW).state == State.CLEARED
    held = actions.hold_visit(coordinator, row.id, later(5))
    assert (held.state, held.held_on) == (State.HELD, day(5))
    assert told(match.dossier_id)[-4:] == [
        "products.VisitPlanned",
        "products.VisitConfirmed",
        "products.VisitCleared",
        "products.VisitHeld",
    ]


def test_what_cannot_be_planned(coordinator: Actor, stranger: Actor, match: Match) -> None:
    with broken("visit_in_past"):
        plan(coordinator, match, -1)
    with pytest.raises(Http404):
        plan(stranger, match)
    consent = Consent.for_action(coordinator, NOW.on).get(dossier_id=match.dossier_id)
    families.withdraw_consent(coordinator, consent.id, NOW)
    with broken("support_missing"):
        plan(coordinator, match)


@pytest.mark.requirement("VOG-05")
@pytest.mark.parametrize(("holds", "refused"), [(4, True), (5, False)])
def test_papers_count_on_the_day_of_the_visit(
    coordinator: Actor, match: Match, holds: int, refused: bool
) -> None:
    """Invariant 3."""
    until(coordinator, match, holds)
    if refused:
        with broken("volunteer_not_allowed"):
            plan(coordinator, match, 5)
    else:
        assert plan(coordinator, match, 5).state == State.PLANNED


def test_papers_are_looked_at_again_at_each_step(coordinator: Actor, match: Match) -> None:
    row = plan(coordinator, match, 5)
    until(coordinator, match, 4)
    for act in (actions.confirm_visit, actions.clear_visit):
        with broken("volunteer_not_allowed"):
            act(coordinator, row.id, NOW)
    with broken("volunteer_not_allowed"):
        actions.hold_visit(coordinator, row.id, later(5))
    with broken("volunteer_not_allowed"):
        builders.visited(coordinator, match, day(5), later(5))


def test_a_maatje_who_visits_inside_needs_a_permit_too(coordinator: Actor) -> None:
    _part, match = builders.at_home(coordinator, NOW)
    assert plan(coordinator, match).kind == Kind.HOME_VISIT
    match.prison_id = "TPL"
    write(match)
    with broken("volunteer_not_allowed"):
        plan(coordinator, match, now=later(1), kind=Kind.PRISON_VISIT)


def test_nobody_visits_before_they_met(coordinator: Actor) -> None:
    inside = trajectories.inside(coordinator, NOW)
    part = builders.planned(coordinator, inside.dossier_id, builders.Product.BEZOEKMOEDERS, NOW)
    match = builders.proposed(coordinator, part, builders.a_volunteer(coordinator, NOW), NOW)
    with broken("match_not_live"):
        plan(coordinator, match)
    with broken("match_not_live"):
        builders.visited(coordinator, match, NOW.on, NOW)


def test_a_volunteer_tells_in_a_minute(coordinator: Actor, match: Match, told: Told, seen: Any) -> None:
    row = plan(coordinator, match, 3)
    themes = (Theme.MONEY, Theme.CHILDREN)
    log = Log(held_on=day(3), minutes=90, mood=4, note="Zij las voor.", themes=themes, next_question="Boek?")
    told_row = actions.log_visit(herself(match), match.id, log, later(4))
    assert told_row.id == row.id
    found = Contact.visible_to(coordinator, NOW.on).get_or_404(pk=row.id)
    assert (found.state, found.held_on, found.minutes, found.mood) == (State.LOGGED, day(3), 90, 4)
    assert (found.themes, found.note, found.next_question) == ("children,money", "Zij las voor.", "Boek?")
    assert told(match.dossier_id)[-2:] == ["products.VisitHeld", "products.VisitLogged"]


def test_what_was_held_is_told_later_and_once(coordinator: Actor, match: Match, told: Told) -> None:
    row = plan(coordinator, match, 3)
    actions.hold_visit(coordinator, row.id, later(3))
    builders.visited(herself(match), match, day(3), later(5))
    assert told(match.dossier_id).count("products.VisitHeld") == 1
    same = builders.visited(herself(match), match, day(3), later(5), contact_id=row.id)
    assert (same.id, len(same.later)) == (row.id, 1)
    assert told(match.dossier_id).count("products.VisitHeld") == 1
    second = builders.visited(herself(match), match, day(3), later(5))
    assert second.id != row.id


@pytest.mark.parametrize(
    ("days", "facts", "code"),
    [
        (1, {}, "visit_in_future"),
        (-1, {}, "before_match"),
        (0, {"minutes": 3}, "minutes_out_of_range"),
        (0, {"mood": 9}, "mood_out_of_range"),
    ],
)
def test_an_account_that_cannot_be(
    coordinator: Actor, match: Match, days: int, facts: dict[str, int], code: str
) -> None:
    with broken(code):
        builders.visited(coordinator, match, day(days), NOW, **facts)


def test_another_volunteer_cannot_tell(coordinator: Actor, match: Match) -> None:
    other = Actor(UUID(int=8), Role.VOLUNTEER, volunteer_id=UUID(int=9))
    with pytest.raises(Http404):
        builders.visited(other, match, NOW.on, NOW)
    with pytest.raises(Http404):
        plan(other, match)


def test_a_late_account_after_the_end_is_welcome_for_days_before_it(coordinator: Actor, match: Match) -> None:
    actions.end_match(coordinator, match.id, EndReason.PLANNED, later(2))
    row = builders.visited(herself(match), match, day(1), later(10))
    assert row.state == State.LOGGED
    with broken("match_not_live"):
        builders.visited(herself(match), match, day(3), later(10))
    with pytest.raises(Http404):
        builders.visited(herself(match), match, day(1), later(17))


@pytest.mark.parametrize("side", Cancelled)
def test_who_called_it_off_and_why(coordinator: Actor, match: Match, side: Cancelled) -> None:
    row = plan(coordinator, match)
    off = actions.cancel_visit(herself(match), row.id, Reason.ILL, side, later(1))
    assert (off.state, off.reason, off.outcome_on) == (f"cancelled_{side}", Reason.ILL, day(1))
    with broken("illegal_move"):
        actions.cancel_visit(coordinator, row.id, Reason.ILL, side, later(1))


@pytest.mark.parametrize("outcome", [State.NO_SHOW, State.REFUSED_AT_GATE])
def test_missed_is_known_on_the_day(coordinator: Actor, match: Match, outcome: State) -> None:
    row = plan(coordinator, match)
    with broken("visit_in_future"):
        actions.miss_visit(coordinator, row.id, outcome, Reason.ID_MISSING, later(4))
    missed = actions.miss_visit(coordinator, row.id, outcome, Reason.ID_MISSING, later(5))
    assert (missed.state, missed.reason) == (outcome, Reason.ID_MISSING)


def test_only_a_visit_inside_comes_on_the_list(coordinator: Actor) -> None:
    _part, match = builders.at_home(coordinator, NOW)
    row = plan(coordinator, match)
    with broken("clearing_outside"):
        actions.clear_visit(coordinator, row.id, NOW)


def test_the_coordinator_reads_what_was_told(coordinator: Actor, match: Match) -> None:
    row = plan(coordinator, match, 0)
    with broken("log_missing"):
        actions.read_log(coordinator, row.id, NOW)
    builders.visited(herself(match), match, NOW.on, NOW)
    assert Contact.visible_to(coordinator, NOW.on).unread().count() == 1
    assert actions.read_log(coordinator, row.id, later(1)).read_on == day(1)
    assert Contact.visible_to(coordinator, NOW.on).unread().count() == 0


def test_a_talk_of_the_coordinator_is_kept_without_a_match(coordinator: Actor, stranger: Actor) -> None:
    inside = trajectories.inside(coordinator, NOW)
    row = actions.log_talk(coordinator, inside.dossier_id, Log(held_on=NOW.on, minutes=30), NOW)
    assert (row.kind, row.state, row.volunteer_id) == (Kind.TALK, State.LOGGED, None)
    assert Contact.visible_to(coordinator, NOW.on).unread().count() == 0
    with pytest.raises(Http404):
        actions.log_talk(stranger, inside.dossier_id, Log(held_on=NOW.on, minutes=30), NOW)


def test_who_met_lately_is_found_at_once_and_who_did_not_is_looked_up(
    coordinator: Actor, match: Match
) -> None:
    builders.visited(coordinator, match, day(3), later(3))
    for days, questions in ((20, 1), (62, 1), (63, 2), (400, 2)):
        with CaptureQueriesContext(connection) as asked:
            assert last_contacts([match], day(days)) == {match.id: day(3)}
        assert sum("products_contact" in row["sql"] for row in asked) == questions, days


def test_silence_is_found_in_one_question(coordinator: Actor, match: Match) -> None:
    assert silent_matches([match], day(21), 21) == {}
    assert silent_matches([match], day(22), 21) == {match.id: NOW.on}
    builders.visited(coordinator, match, day(3), later(3))
    assert silent_matches([match], day(24), 21) == {}
    assert silent_matches([match], day(25), 21) == {match.id: day(3)}


def test_overtaken_visits_are_counted_and_past_ones_left(
    coordinator: Actor, match: Match, told: Told
) -> None:
    plan(coordinator, match, 1)
    plan(coordinator, match, 5)
    plan(coordinator, match, 9)
    assert actions.overtake_visits(coordinator, match.dossier_id, later(3)) == 2
    assert told(match.dossier_id)[-1] == "products.VisitsOvertaken"
    assert actions.overtake_visits(coordinator, match.dossier_id, later(3)) == 0


def test_a_volunteer_who_left_may_have_told_of_before(coordinator: Actor, match: Match) -> None:
    volunteers.move(coordinator, match.volunteer_id, Standing.SUSPENDED, later(1))
    with broken("volunteer_not_allowed"):
        plan(coordinator, match, 5, later(1))
    assert builders.visited(coordinator, match, NOW.on, later(1)).state == State.LOGGED


def test_the_last_contacts_are_those_of_matches_that_go_on(coordinator: Actor, match: Match) -> None:
    assert last_contacts([match], day(3)) == {}
    builders.visited(coordinator, match, day(3), later(3))
    assert last_contacts([match], day(3)) == {match.id: day(3)}
    match.state = Pair.ENDED
    assert last_contacts([match], day(90)) == silent_matches([match], day(90), 21) == {}
