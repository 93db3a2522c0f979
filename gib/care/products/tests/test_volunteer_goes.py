"""A volunteer who goes leaves nobody waiting: proposals are taken back, and her matches end."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from gib.care.products import actions, builders, reactions
from gib.care.products.domain.match import EndReason
from gib.care.products.domain.match import State as Pair
from gib.care.products.models import Contact, Match
from gib.care.products.tests.conftest import NOW, day, later
from gib.care.trajectory.domain import Drill
from gib.care.trajectory.models import PlanStep
from gib.core.access.actor import Actor
from gib.core.journal import outbox
from gib.people.families.models import Involvement
from gib.people.partners.domain import Product
from gib.people.volunteers import actions as volunteers
from gib.people.volunteers.domain import LeaveReason, State

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
GOES = {"leaving": (Pair.TRIAL, None), "left": (Pair.ENDED, EndReason.BY_VOLUNTEER)}


def moved(volunteer_id: UUID, state: str) -> dict[str, object]:
    """Give what the journal tells of a volunteer who moved."""
    return {"volunteer_id": str(volunteer_id), "state": state}


def row_of(coordinator: Actor, match: Match) -> Match:
    row: Match = Match.for_action(coordinator, NOW.on).get(pk=match.id)
    return row


@pytest.mark.parametrize("state", GOES)
def test_a_match_ends_when_she_has_left_and_not_before(coordinator: Actor, state: str) -> None:
    _part, match = builders.visiting(coordinator, NOW)
    before = row_of(coordinator, match).state
    reactions.on_volunteer_moved(None, moved(match.volunteer_id, state), later(3))
    row = row_of(coordinator, match)
    wanted, reason = GOES[state]
    assert row.state == (wanted if state == "left" else before)
    assert row.end_reason == (reason or "")


@pytest.mark.parametrize("state", ["on_leave", "suspended", "available", "rejected"])
def test_other_moves_leave_a_match_as_it_is(coordinator: Actor, state: str) -> None:
    _part, match = builders.visiting(coordinator, NOW)
    before = row_of(coordinator, match)
    reactions.on_volunteer_moved(None, moved(match.volunteer_id, state), later(3))
    assert row_of(coordinator, match).version == before.version


def test_a_question_to_who_goes_is_taken_back(coordinator: Actor) -> None:
    part, running = builders.visiting(coordinator, NOW)
    actions.end_match(coordinator, running.id, EndReason.BY_MOTHER, NOW)
    helper = builders.a_volunteer(coordinator, NOW, Product.BEZOEKMOEDERS, given_name="Vertrekker")
    match = builders.proposed(coordinator, part, helper, NOW)
    reactions.on_volunteer_moved(None, moved(match.volunteer_id, "leaving"), later(1))
    assert row_of(coordinator, match).state == Pair.WITHDRAWN


def test_the_mother_hears_it_within_two_working_days(coordinator: Actor) -> None:
    _part, match = builders.visiting(coordinator, NOW)
    planned = actions.plan_visit(coordinator, match.id, day(9), builders.AT, "", NOW)
    reactions.on_volunteer_moved(None, moved(match.volunteer_id, "left"), later(2))
    step = PlanStep.for_action(coordinator, NOW.on).get(dossier_id=match.dossier_id, drill=Drill.REMATCH)
    assert NOW.on + timedelta(days=2) < step.due_on <= NOW.on + timedelta(days=6)
    assert Contact.for_action(coordinator, NOW.on).get(pk=planned.id).state == "overtaken"
    sight = Involvement.objects.get(source_id=match.id)
    assert sight.to_on is not None


def test_hearing_it_twice_changes_nothing_more(coordinator: Actor) -> None:
    _part, match = builders.visiting(coordinator, NOW)
    told = moved(match.volunteer_id, "left")
    reactions.on_volunteer_moved(None, told, later(2))
    first = row_of(coordinator, match).version
    reactions.on_volunteer_moved(None, told, later(3))
    assert row_of(coordinator, match).version == first


def test_the_wire_is_there(coordinator: Actor, django_capture_on_commit_callbacks: Any) -> None:
    """From the page of the volunteer to the end of the match, over the wiring board."""
    _part, match = builders.visiting(coordinator, NOW)
    with django_capture_on_commit_callbacks(execute=True):
        volunteers.leave(coordinator, match.volunteer_id, LeaveReason.MOVED, later(1))
        volunteers.move(coordinator, match.volunteer_id, State.LEFT, later(1))
    outbox.catch_up(later(1))
    assert row_of(coordinator, match).state == Pair.ENDED
