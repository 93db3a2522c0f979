"""Children and visit mornings on the database: the gate of the day, the way there and the way home."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.http import Http404

from gib.care.products import actions, builders, reactions
from gib.care.products.domain.participation import State as Part
from gib.care.products.models import GroupMeeting, Participation
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.care.products.moeder_kind_bezoeken.actions import GateAnswers, HandBack
from gib.care.products.moeder_kind_bezoeken.domain import (
    AWAY,
    LISTED,
    CancelReason,
    Criterion,
    State,
    return_alarm,
)
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild, gate_of, gates
from gib.care.products.tests.conftest import NOW, broken, day, later
from gib.care.trajectory import builders as trajectories
from gib.care.trajectory.domain import Drill
from gib.care.trajectory.models import PlanStep
from gib.core.access.actor import Actor
from gib.people.families import builders as family
from gib.people.families.models import Child
from gib.people.partners.domain import Product
from gib.people.partners.models import VisitingRule

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
HOME = HandBack(to="oma", is_signed=True)
FINE = GateAnswers(has_escort=True, identity_seen=True, child_wants=True, is_approved=True)


@pytest.fixture
def part(coordinator: Actor) -> Participation:
    VisitingRule.objects.create(prison_id="NSL", kind="parent_child", valid_from=date(2009, 7, 1))
    inside = trajectories.inside(coordinator, NOW)
    return builders.planned(coordinator, inside.dossier_id, Product.MOEDER_KIND_BEZOEKEN, NOW)


@pytest.fixture
def child(coordinator: Actor, part: Participation) -> Child:
    return family.with_open_gate(coordinator, family.with_child(coordinator, part.dossier_id, NOW), NOW)


@pytest.fixture
def morning(coordinator: Actor) -> GroupMeeting:
    return builders.a_meeting(coordinator, NOW, Product.MOEDER_KIND_BEZOEKEN, days=7)


def applied(actor: Actor, morning: GroupMeeting, part: Participation, child: Child) -> MeetingChild:
    return mornings.apply(actor, morning.pk, part.id, child.id, time(13), NOW)


def weighed(actor: Actor, row: MeetingChild, **changes: Any) -> MeetingChild:
    return mornings.weigh_gate(actor, row.id, replace(FINE, **changes), NOW)


def confirmed(actor: Actor, morning: GroupMeeting, part: Participation, child: Child) -> MeetingChild:
    row = weighed(actor, applied(actor, morning, part, child))
    mornings.invite_child(actor, row.id, NOW)
    return mornings.confirm_child(actor, row.id, NOW)


def test_from_the_question_to_home_again(
    coordinator: Actor,
    part: Participation,
    child: Child,
    morning: GroupMeeting,
    told: Callable[[UUID], list[str]],
) -> None:
    row = applied(coordinator, morning, part, child)
    assert row.state == State.GATE_BLOCKED
    assert set(gate_of(row).missing) == {
        Criterion.AGE_RULE,
        Criterion.WISH,
        Criterion.DIRECTOR,
    }
    assert weighed(coordinator, row).state == State.GATE_OPEN
    assert mornings.invite_child(coordinator, row.id, NOW).state == State.INVITED
    assert mornings.confirm_child(coordinator, row.id, NOW).state == State.CONFIRMED
    with broken("not_the_day"):
        mornings.pick_up(coordinator, row.id, NOW)
    fetched = mornings.pick_up(coordinator, row.id, later(7))
    assert (fetched.state, fetched.picked_up_at) == (State.PICKED_UP, later(7).at)
    assert mornings.enter(coordinator, row.id, later(7)).inside_at == later(7).at
    back = mornings.bring_back(
        coordinator, row.id, HandBack(to="oma", observation="Zij zwaaide lang."), later(7)
    )
    assert (back.state, back.returned_at, back.observation) == (
        State.RETURNED,
        later(7).at,
        "Zij zwaaide lang.",
    )
    names = told(part.dossier_id)
    assert names[-6:] == [*["moeder_kind_bezoeken.ChildMoved"] * 5, "products.Started"]


@pytest.mark.requirement("DJI-05")
@pytest.mark.parametrize(
    ("answers", "missing"),
    [
        ({"has_escort": False}, Criterion.AGE_RULE),
        ({"child_wants": False}, Criterion.WISH),
        ({"child_wants": None}, Criterion.WISH),
        ({"is_approved": False}, Criterion.DIRECTOR),
    ],
)
def test_one_missing_condition_keeps_a_child_at_home(
    coordinator: Actor,
    part: Participation,
    child: Child,
    morning: GroupMeeting,
    answers: dict[str, Any],
    missing: Criterion,
) -> None:
    """Invariant 4."""
    row = weighed(coordinator, applied(coordinator, morning, part, child), **answers)
    assert (row.state, gate_of(row).missing) == (State.GATE_BLOCKED, (missing,))
    with broken("child_not_allowed"):
        mornings.invite_child(coordinator, row.id, NOW)


def test_a_ban_that_comes_later_stops_the_child_at_every_door(
    coordinator: Actor, part: Participation, child: Child, morning: GroupMeeting
) -> None:
    row = confirmed(coordinator, morning, part, child)
    family.with_ban(coordinator, child.id, later(1))
    for act in (mornings.pick_up, mornings.enter):
        with broken("child_not_allowed"):
            act(coordinator, row.id, later(7))
    again = weighed(coordinator, row)
    assert (again.state, gate_of(again).missing) == (State.GATE_BLOCKED, (Criterion.CONTACT,))


def test_without_consent_of_who_decides_no_visit(
    coordinator: Actor, part: Participation, morning: GroupMeeting
) -> None:
    bare = family.with_child(coordinator, part.dossier_id, NOW, 1)
    row = weighed(coordinator, applied(coordinator, morning, part, bare))
    assert set(gate_of(row).missing) == {Criterion.CUSTODY, Criterion.CONTACT}


def test_without_a_rule_of_the_prison_nobody_knows(
    coordinator: Actor, part: Participation, child: Child, morning: GroupMeeting
) -> None:
    """Invariant 14: a rule that ran out is no rule."""
    VisitingRule.objects.update(valid_to=day(7))
    row = weighed(coordinator, applied(coordinator, morning, part, child))
    assert set(gate_of(row).missing) == {Criterion.AGE_RULE, Criterion.IDENTITY}


def test_a_child_of_fourteen_shows_who_it_is(
    coordinator: Actor, part: Participation, morning: GroupMeeting
) -> None:
    big = family.with_child(coordinator, part.dossier_id, NOW, 2, born_on=date(1996, 5, 1))
    row = weighed(coordinator, applied(coordinator, morning, part, big), identity_seen=False)
    assert Criterion.IDENTITY in gate_of(row).missing
    assert Criterion.IDENTITY not in gate_of(weighed(coordinator, row)).missing


def test_a_child_that_turns_eighteen_leaves_with_a_step_in_the_plan(
    coordinator: Actor, part: Participation, morning: GroupMeeting
) -> None:
    """Invariant 16."""
    grown = family.with_child(coordinator, part.dossier_id, NOW, 2, born_on=date(1993, 1, 15))
    row = applied(coordinator, morning, part, grown)
    assert Criterion.MINOR in gate_of(row).missing
    reactions.on_child_grown(part.dossier_id, {"child_id": str(grown.id)}, later(4))
    kept = MeetingChild.visible_to(coordinator, NOW.on).get_or_404(pk=row.id)
    assert (kept.state, kept.reason) == (State.CANCELLED, CancelReason.CHILD_GROWN)
    assert PlanStep.visible_to(coordinator, NOW.on).filter(drill=Drill.CHILD_GROWN).count() == 1


def test_who_was_refused_at_the_gate_still_comes_home(
    coordinator: Actor, part: Participation, child: Child, morning: GroupMeeting
) -> None:
    row = confirmed(coordinator, morning, part, child)
    mornings.pick_up(coordinator, row.id, later(7))
    refused = mornings.refuse_at_gate(coordinator, row.id, later(7))
    assert State(refused.state) in AWAY
    with broken("illegal_move"):
        mornings.cancel_child(coordinator, row.id, CancelReason.PRISON, later(7))
    assert mornings.bring_back(coordinator, row.id, HOME, later(7)).state == State.RETURNED


def test_a_child_that_is_not_home_alarms(
    coordinator: Actor, part: Participation, child: Child, morning: GroupMeeting
) -> None:
    """Invariant 5."""
    row = confirmed(coordinator, morning, part, child)
    mornings.pick_up(coordinator, row.id, later(7))
    away = MeetingChild.for_action(coordinator, NOW.on).select_related("meeting").away().get()
    assert away.planned_back.isoformat() == "2011-01-18T13:00:00+01:00"
    late = away.planned_back + timedelta(minutes=60)
    assert return_alarm(State(away.state), away.planned_back, late, 60)
    assert not return_alarm(State(away.state), away.planned_back, late - timedelta(minutes=1), 60)


def test_a_child_is_on_a_morning_once_and_may_say_no(
    coordinator: Actor, part: Participation, child: Child, morning: GroupMeeting
) -> None:
    row = applied(coordinator, morning, part, child)
    with broken("child_applied"):
        applied(coordinator, morning, part, child)
    off = mornings.cancel_child(coordinator, row.id, CancelReason.CHILD, NOW)
    assert (off.state, off.reason) == (State.CANCELLED, CancelReason.CHILD)
    assert applied(coordinator, morning, part, child).id != row.id


def test_a_child_of_another_mother_or_another_product_is_refused(
    coordinator: Actor, stranger: Actor, part: Participation, child: Child, morning: GroupMeeting
) -> None:
    other = family.a_dossier(coordinator, NOW, 5)
    theirs = family.with_child(coordinator, other.id, NOW)
    with pytest.raises(Http404):
        applied(coordinator, morning, part, theirs)
    with pytest.raises(Http404):
        applied(stranger, morning, part, child)
    geese = builders.a_meeting(coordinator, NOW)
    with broken("wrong_product"):
        applied(coordinator, geese, part, child)
    actions.hold_meeting(coordinator, morning.pk, 0, later(7))
    with broken("meeting_over"):
        applied(coordinator, morning, part, child)


def test_the_product_begins_with_one_child_that_may(coordinator: Actor, part: Participation) -> None:
    bare = family.with_child(coordinator, part.dossier_id, NOW)
    with broken("no_child_ready"):
        mornings.begin(coordinator, part.id, NOW)
    family.with_open_gate(coordinator, bare, NOW)
    assert mornings.begin(coordinator, part.id, NOW).state == Part.RUNNING


@pytest.mark.parametrize("how", ["release", "transfer"])
def test_when_she_leaves_the_children_stay_home(
    coordinator: Actor, part: Participation, child: Child, morning: GroupMeeting, how: str
) -> None:
    row = confirmed(coordinator, morning, part, child)
    if how == "release":
        family.released(coordinator, part.dossier_id, later(1))
        reactions.on_released(part.dossier_id, {"released_on": str(day(1))}, later(1))
    else:
        reactions.on_placed(part.dossier_id, {"moved": True, "from_on": str(day(1))}, later(1))
    kept = MeetingChild.visible_to(coordinator, NOW.on).get_or_404(pk=row.id)
    assert kept.state == State.OVERTAKEN
    state = Participation.visible_to(coordinator, NOW.on).get_or_404(pk=part.id).state
    assert state == (Part.ENDED_BY_RELEASE if how == "release" else Part.PLANNED)


def test_two_children_of_one_mother_have_their_own_gate(
    coordinator: Actor, part: Participation, child: Child, morning: GroupMeeting
) -> None:
    other = family.with_child(coordinator, part.dossier_id, NOW, 1)
    first = weighed(coordinator, applied(coordinator, morning, part, child))
    second = weighed(coordinator, applied(coordinator, morning, part, other))
    rows = MeetingChild.for_action(coordinator, NOW.on).select_related("meeting", "child")
    found = gates(rows)
    assert found[first.id].is_open
    assert not found[second.id].is_open
    assert gates([]) == {}
    assert {State(row.state) in LISTED for row in rows} == {False}
