"""When a person ends a part in a product, its match and all that was planned end with it."""

from collections.abc import Callable
from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from gib.care.products import actions, builders, reactions
from gib.care.products.domain.contact import State as Visit
from gib.care.products.domain.match import EndReason
from gib.care.products.domain.match import State as Pair
from gib.care.products.domain.meeting import Presence
from gib.care.products.domain.participation import FLOW, MATCH_ENDS, State, StopReason
from gib.care.products.models import Attendance, Contact, Match, Participation
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.care.products.moeder_kind_bezoeken.domain import State as Way
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild
from gib.care.products.tests.conftest import NOW, day, later, refused
from gib.care.products.tests.test_meetings import a_goose
from gib.care.products.tests.test_views import at, done
from gib.care.trajectory import builders as trajectories
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.models import Message
from gib.people.accounts import builders as accounts
from gib.people.families import builders as family
from gib.people.families.models import Involvement, Participant
from gib.people.partners.domain import Product
from gib.people.partners.models import Team, VisitingRule

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
End = Callable[[Actor, UUID, Any], Participation]
ENDS: dict[str, tuple[End, EndReason]] = {
    "complete": (lambda by, part, now: actions.complete(by, part, now), EndReason.PLANNED),
    "partly": (lambda by, part, now: actions.complete(by, part, now, is_partly=True), EndReason.PLANNED),
    "stop": (lambda by, part, now: actions.stop(by, part, StopReason.NOT_SAID, now), EndReason.BY_MOTHER),
    "cancel": (
        lambda by, part, now: actions.cancel(by, part, StopReason.NO_PLACE, now),
        EndReason.BY_COORDINATOR,
    ),
}


def test_each_end_by_a_person_has_its_reason_for_the_match() -> None:
    by_itself = {State.ENDED_BY_RELEASE, State.ENDED_BY_TRANSFER, State.ENDED_BY_PRISON, State.DECLINED}
    assert set(MATCH_ENDS) == {state for state in State if FLOW.is_final(state)} - by_itself


@pytest.mark.parametrize("name", ENDS)
def test_the_match_ends_with_the_part(coordinator: Actor, told: Any, name: str) -> None:
    end, reason = ENDS[name]
    part, match = builders.visiting(coordinator, NOW)
    rows = [actions.plan_visit(coordinator, match.id, day(at_), builders.AT, "", NOW) for at_ in (1, 9)]
    end(coordinator, part.id, later(5))
    row = Match.for_action(coordinator, NOW.on).get(pk=match.id)
    assert (row.state, row.end_reason, row.to_on) == (Pair.ENDED, reason, day(5))
    visits = [Contact.for_action(coordinator, NOW.on).get(pk=each.id).state for each in rows]
    assert visits == [Visit.PLANNED, Visit.OVERTAKEN]
    assert Involvement.of_source(match.id).get().to_on == day(19)
    assert set(told(part.dossier_id)[-3:]) >= {"products.MatchEnded"}


@pytest.mark.requirement("PRV-11")
@pytest.mark.parametrize(("days", "sees"), [(19, True), (20, False)])
def test_the_volunteer_loses_sight_of_the_dossier(coordinator: Actor, days: int, sees: bool) -> None:
    part, match = builders.visiting(coordinator, NOW)
    actions.stop(coordinator, part.id, StopReason.NOT_SAID, later(5))
    herself = Actor(UUID(int=7), Role.VOLUNTEER, volunteer_id=match.volunteer_id)
    for model in (Match, Participant):
        assert model.visible_to(herself, day(days)).exists() is sees


def test_a_question_that_is_open_is_withdrawn(coordinator: Actor) -> None:
    plan = trajectories.inside(coordinator, NOW)
    part = builders.planned(coordinator, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)
    match = builders.proposed(coordinator, part, builders.a_volunteer(coordinator, NOW), NOW)
    actions.cancel(coordinator, part.id, StopReason.NO_PLACE, NOW)
    assert Match.for_action(coordinator, NOW.on).get(pk=match.id).state == Pair.WITHDRAWN


def test_a_refused_end_leaves_the_match_alone(coordinator: Actor) -> None:
    part, match = builders.visiting(coordinator, NOW)
    actions.complete(coordinator, part.id, NOW)
    with refused("illegal_move"):
        actions.stop(coordinator, part.id, StopReason.NOT_SAID, NOW)
    row = Match.for_action(coordinator, NOW.on).get(pk=match.id)
    assert (row.state, row.end_reason) == (Pair.ENDED, EndReason.PLANNED)


def test_the_volunteer_is_told_without_content_and_once(coordinator: Actor) -> None:
    part, match = builders.visiting(coordinator, NOW)
    user, _ = accounts.volunteer_user(Team.objects.get(pk=min(coordinator.team_ids)), match.volunteer_id)
    actions.stop(coordinator, part.id, StopReason.NOT_SAID, NOW)
    row = Message.objects.get()
    assert (row.recipient_id, row.occasion, row.sent_at) == (user.id, "match_ended", None)


def test_who_stops_is_off_the_lists_of_that_product_only(coordinator: Actor) -> None:
    part = a_goose(coordinator)
    mine = builders.a_meeting(coordinator, NOW)
    other = builders.a_meeting(coordinator, NOW, Product.IK_JIJ_WIJ)
    rows = [actions.invite(coordinator, each.pk, part.dossier_id, NOW) for each in (mine, other)]
    actions.cancel(coordinator, part.id, StopReason.OTHER, NOW)
    found = [Attendance.for_action(coordinator, NOW.on).get(pk=row.id).presence for row in rows]
    assert found == [Presence.OVERTAKEN, Presence.INVITED]


def test_her_children_are_off_the_mornings_when_she_stops(coordinator: Actor) -> None:
    VisitingRule.objects.create(prison_id="NSL", kind="parent_child", valid_from=date(2009, 7, 1))
    plan = trajectories.inside(coordinator, NOW)
    part = builders.planned(coordinator, plan.dossier_id, Product.MOEDER_KIND_BEZOEKEN, NOW)
    child = family.with_child(coordinator, plan.dossier_id, NOW)
    family.with_open_gate(coordinator, child, NOW)
    morning = builders.a_meeting(coordinator, NOW, Product.MOEDER_KIND_BEZOEKEN)
    row = mornings.apply(coordinator, morning.pk, part.id, child.id, time(13), NOW)
    actions.cancel(coordinator, part.id, StopReason.OTHER, NOW)
    reactions.on_stopped(part.dossier_id, {"participation_id": str(part.id)}, NOW)
    assert MeetingChild.for_action(coordinator, NOW.on).get(pk=row.id).state == Way.OVERTAKEN


def test_the_page_that_stops_her_part_ends_the_match(house: Actor) -> None:
    part, match = builders.visiting(house, NOW)
    done(house, reverse("products:part_stop", args=[part.id]), reason="not_said")
    assert Match.for_action(house, NOW.on).get(pk=match.id).end_reason == EndReason.BY_MOTHER
    assert at("part_stop", part.id) == reverse("products:part_stop", args=[part.id])
