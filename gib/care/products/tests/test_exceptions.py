"""What happens to products when life goes another way than planned (domain page 1.9)."""

from datetime import date, time
from typing import Any

import pytest
from django.urls import reverse

from gib.care.products import actions, builders, reactions
from gib.care.products.domain.contact import Reason
from gib.care.products.domain.contact import State as Visit
from gib.care.products.domain.match import EndReason
from gib.care.products.domain.match import State as Pair
from gib.care.products.domain.meeting import Presence
from gib.care.products.domain.participation import State, StopReason
from gib.care.products.ik_jij_wij import actions as courses
from gib.care.products.ik_jij_wij.models import Enrolment
from gib.care.products.models import Attendance, Contact, GroupMeeting, Match, Participation
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.care.products.moeder_kind_bezoeken.domain import CancelReason
from gib.care.products.moeder_kind_bezoeken.domain import State as Way
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild
from gib.care.products.moedermaatjes.models import progress
from gib.care.products.tests.conftest import NOW, broken, day, later, refused, write
from gib.care.products.tests.test_meetings import a_course, a_student, present, state_of
from gib.care.products.tests.test_mornings import HOME
from gib.care.referral.tests.reader import text_of, visitor
from gib.care.trajectory import builders as trajectories
from gib.care.trajectory.models import PlanStep
from gib.core.access.actor import Actor
from gib.people.families import actions as families
from gib.people.families import builders as family
from gib.people.partners.domain import Product
from gib.people.partners.models import VisitingRule
from gib.people.volunteers.domain import Requirement
from gib.people.volunteers.models import Completion

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
FINE = mornings.GateAnswers(has_escort=True, identity_seen=True, child_wants=True, is_approved=True)


@pytest.fixture
def morning(coordinator: Actor) -> GroupMeeting:
    VisitingRule.objects.create(prison_id="NSL", kind="parent_child", valid_from=date(2009, 7, 1))
    return builders.a_meeting(coordinator, NOW, Product.MOEDER_KIND_BEZOEKEN, days=7)


def a_part(actor: Actor) -> Participation:
    plan = trajectories.inside(actor, NOW)
    return builders.planned(actor, plan.dossier_id, Product.MOEDER_KIND_BEZOEKEN, NOW)


def expected(
    actor: Actor, part: Participation, morning: GroupMeeting, number: int = 0, **facts: Any
) -> MeetingChild:
    """Give a child that is expected on a morning."""
    child = family.with_child(actor, part.dossier_id, NOW, number, **facts)
    family.with_open_gate(actor, child, NOW)
    row = mornings.apply(actor, morning.pk, part.id, child.id, time(13), NOW)
    mornings.weigh_gate(actor, row.id, FINE, NOW)
    mornings.invite_child(actor, row.id, NOW)
    return mornings.confirm_child(actor, row.id, NOW)


def visit_states(actor: Actor, match: Match) -> list[str]:
    rows = Contact.visible_to(actor, NOW.on).filter(match_id=match.id).order_by("planned_on")
    return [row.state for row in rows]


def test_a_lockdown_keeps_every_child_of_a_morning_at_home(coordinator: Actor, morning: GroupMeeting) -> None:
    row = expected(coordinator, a_part(coordinator), morning)
    actions.cancel_meeting(coordinator, morning.pk, Reason.LOCKDOWN, later(6))
    for act in (mornings.pick_up, mornings.enter):
        with refused("meeting_over", MeetingChild):
            act(coordinator, row.id, later(7))
    assert MeetingChild.visible_to(coordinator, NOW.on).get_or_404(pk=row.id).state == Way.CONFIRMED


def test_a_lockdown_while_a_child_is_on_its_way_brings_it_home(
    coordinator: Actor, morning: GroupMeeting
) -> None:
    row = expected(coordinator, a_part(coordinator), morning)
    mornings.pick_up(coordinator, row.id, later(7))
    actions.cancel_meeting(coordinator, morning.pk, Reason.LOCKDOWN, later(7))
    with broken("meeting_over"):
        mornings.enter(coordinator, row.id, later(7))
    assert mornings.bring_back(coordinator, row.id, HOME, later(7)).state == Way.RETURNED


def test_the_gate_gets_no_list_of_a_morning_that_is_called_off(house: Actor, morning: GroupMeeting) -> None:
    expected(house, a_part(house), morning)
    url = reverse("products:day_list", args=[morning.pk])
    assert "Merel" in text_of(visitor(house).get(url))
    page = text_of(visitor(house).get(reverse("products:morning", args=[morning.pk])))
    assert reverse("products:meeting_cancel", args=[morning.pk]) in page
    actions.cancel_meeting(house, morning.pk, Reason.LOCKDOWN, NOW)
    page = text_of(visitor(house).get(url))
    assert "Merel" not in page
    assert "Niemand op de lijst" in page


def test_a_child_that_grows_up_halfway_leaves_and_the_other_stays(
    coordinator: Actor, morning: GroupMeeting
) -> None:
    """Invariant 16."""
    part = a_part(coordinator)
    second = builders.a_meeting(coordinator, NOW, Product.MOEDER_KIND_BEZOEKEN, days=28)
    stays = expected(coordinator, part, morning)
    grown = family.with_child(coordinator, part.dossier_id, NOW, 1, born_on=date(1993, 1, 20))
    past, next_one = (
        mornings.apply(coordinator, each.pk, part.id, grown.id, time(13), NOW) for each in (morning, second)
    )
    reactions.on_child_grown(part.dossier_id, {"child_id": str(grown.id)}, later(9))
    rows = MeetingChild.visible_to(coordinator, NOW.on)
    assert rows.get_or_404(pk=past.id).state == Way.GATE_BLOCKED
    assert rows.get_or_404(pk=stays.id).state == Way.CONFIRMED
    gone = rows.get_or_404(pk=next_one.id)
    assert (gone.state, gone.reason) == (Way.CANCELLED, CancelReason.CHILD_GROWN)


def test_a_refusal_at_the_gate_is_of_one_child(coordinator: Actor, morning: GroupMeeting) -> None:
    part = a_part(coordinator)
    first, second = (expected(coordinator, part, morning, number) for number in (0, 1))
    for row in (first, second):
        mornings.pick_up(coordinator, row.id, later(7))
    mornings.refuse_at_gate(coordinator, first.id, later(7))
    assert mornings.enter(coordinator, second.id, later(7)).state == Way.INSIDE
    with broken("illegal_move"):
        mornings.enter(coordinator, first.id, later(7))


@pytest.mark.requirement("VOG-05")
def test_a_vog_that_lapses_between_plan_and_visit_stops_the_visit(coordinator: Actor) -> None:
    """Invariant 3: what counts is the day of the visit."""
    _part, match = builders.visiting(coordinator, NOW)
    row = actions.plan_visit(coordinator, match.id, day(5), builders.AT, "", NOW)
    papers = Completion.for_action(coordinator, NOW.on).filter(volunteer_id=match.volunteer_id)
    for paper in papers.filter(requirement=Requirement.VOG_85):
        paper.to_on = day(4)
        write(paper)
    for act, now in (
        (actions.confirm_visit, NOW),
        (actions.clear_visit, NOW),
        (actions.hold_visit, later(5)),
    ):
        with refused("volunteer_not_allowed"):
            act(coordinator, row.id, now)
    with refused("volunteer_not_allowed"):
        actions.plan_visit(coordinator, match.id, day(5), builders.AT, "", NOW)
    assert actions.plan_visit(coordinator, match.id, day(4), builders.AT, "", NOW).state == Visit.PLANNED
    off = actions.cancel_visit(coordinator, row.id, Reason.OTHER, "volunteer", NOW)
    assert off.state == Visit.CANCELLED_VOLUNTEER


def test_a_new_detention_overtakes_the_visits_at_home(coordinator: Actor) -> None:
    part, match = builders.at_home(coordinator, NOW)
    for days in (3, 8, 15):
        actions.plan_visit(coordinator, match.id, day(days), builders.AT, "", NOW)
    families.detain_again(coordinator, part.dossier_id, day(5), "NSL", "", "remand", later(5))
    for _ in range(2):
        reactions.on_detained_again(part.dossier_id, {"prison": "NSL"}, later(5))
    assert visit_states(coordinator, match) == [Visit.PLANNED, Visit.OVERTAKEN, Visit.OVERTAKEN]
    assert state_of(coordinator, part) == State.RUNNING
    assert Match.visible_to(coordinator, NOW.on).get_or_404(pk=match.id).state == Pair.INTRODUCTION


def test_a_series_ends_halfway_with_the_release_and_keeps_what_was_held(coordinator: Actor) -> None:
    part, match = builders.visiting(coordinator, NOW)
    builders.visited(coordinator, match, NOW.on, NOW)
    for days in (2, 5, 9):
        actions.plan_visit(coordinator, match.id, day(days), builders.AT, "", NOW)
    family.released(coordinator, part.dossier_id, later(5))
    reactions.on_released(part.dossier_id, {"released_on": str(day(5))}, later(5))
    assert sorted(visit_states(coordinator, match)) == sorted(
        [Visit.LOGGED, Visit.PLANNED, Visit.OVERTAKEN, Visit.OVERTAKEN]
    )
    row = Match.visible_to(coordinator, NOW.on).get_or_404(pk=match.id)
    assert (row.state, row.end_reason) == (Pair.ENDED, EndReason.RELEASE)


def test_who_met_her_visitor_on_the_day_of_release_said_goodbye(coordinator: Actor) -> None:
    part, match = builders.visiting(coordinator, NOW)
    builders.visited(coordinator, match, day(2), later(2))
    family.released(coordinator, part.dossier_id, later(2))
    reactions.on_released(part.dossier_id, {"released_on": str(day(2))}, later(2))
    steps = PlanStep.visible_to(coordinator, NOW.on).filter(drill="goodbye")
    assert not steps.exists()


@pytest.mark.parametrize(
    ("times", "state"), [(3, State.COMPLETED), (2, State.PARTLY_COMPLETED), (0, State.ENDED_BY_RELEASE)]
)
def test_a_release_halfway_counts_by_the_rule_of_her_own_course(
    coordinator: Actor, times: int, state: State
) -> None:
    """A series says itself how many sessions complete it."""
    part, course = a_student(coordinator), a_course(coordinator, sessions=5, pass_at=3)
    courses.enrol(coordinator, course.pk, part.id, NOW)
    present(coordinator, part, times)
    family.released(coordinator, part.dossier_id, later(24))
    reactions.on_released(part.dossier_id, {"released_on": str(day(24))}, later(24))
    assert state_of(coordinator, part) == state


def test_a_course_closes_also_when_somebody_stopped_halfway(coordinator: Actor) -> None:
    first, second = a_student(coordinator), a_student(coordinator, 1)
    course = a_course(coordinator)
    for part in (first, second):
        courses.enrol(coordinator, course.pk, part.id, NOW)
    present(coordinator, second, 6)
    actions.stop(coordinator, first.id, StopReason.NO_TIME, later(10))
    courses.close_course(coordinator, course.pk, later(50))
    assert state_of(coordinator, first) == State.STOPPED_BY_MOTHER
    assert state_of(coordinator, second) == State.COMPLETED
    assert not Enrolment.visible_to(coordinator, NOW.on).filter(to_on__isnull=True).exists()


def test_a_part_that_is_over_or_only_wished_joins_no_course(coordinator: Actor) -> None:
    plan = trajectories.inside(coordinator, NOW)
    part = builders.wished(coordinator, plan.dossier_id, Product.IK_JIJ_WIJ, NOW)
    course = a_course(coordinator)
    with refused("wrong_product", Enrolment, Attendance):
        courses.enrol(coordinator, course.pk, part.id, NOW)
    actions.cancel(coordinator, part.id, StopReason.NO_PLACE, NOW)
    with refused("wrong_product", Enrolment, Attendance):
        courses.enrol(coordinator, course.pk, part.id, NOW)


def test_a_transfer_cancels_group_bookings_and_asks_for_a_new_look_at_papers(coordinator: Actor) -> None:
    part, match = builders.visiting(coordinator, NOW)
    meeting = builders.a_meeting(coordinator, NOW)
    guest = actions.invite(coordinator, meeting.pk, part.dossier_id, NOW)
    families.place(coordinator, part.dossier_id, "TPL", "", "remand", day(1), later(1))
    for _ in range(2):
        reactions.on_placed(
            part.dossier_id, {"prison": "TPL", "moved": True, "from_on": str(day(1))}, later(1)
        )
    found = Attendance.visible_to(coordinator, NOW.on).get_or_404(pk=guest.id)
    assert found.presence == Presence.OVERTAKEN
    with refused("volunteer_not_allowed"):
        actions.move_series(coordinator, part.id, later(1))
    assert Match.visible_to(coordinator, NOW.on).get_or_404(pk=match.id).prison_id == "NSL"


def test_a_mother_out_of_reach_asks_for_outreach_and_ends_nothing(coordinator: Actor) -> None:
    part, match = builders.at_home(coordinator, NOW)
    builders.visited(coordinator, match, NOW.on, NOW)
    assert not progress(part, day(21)).is_unreachable
    assert progress(part, day(22)).is_unreachable
    builders.visited(coordinator, match, day(22), later(22), minutes=30)
    assert not progress(part, day(43)).is_unreachable
    assert state_of(coordinator, part) == State.RUNNING


@pytest.mark.parametrize("outcome", [Visit.NO_SHOW, Visit.REFUSED_AT_GATE])
def test_a_visit_that_failed_gets_no_account_and_a_new_one_may_follow(
    coordinator: Actor, outcome: Visit
) -> None:
    _part, match = builders.visiting(coordinator, NOW)
    row = actions.plan_visit(coordinator, match.id, NOW.on, builders.AT, "", NOW)
    actions.miss_visit(coordinator, row.id, outcome, Reason.ID_MISSING, NOW)
    with refused("illegal_move"):
        builders.visited(coordinator, match, NOW.on, NOW, contact_id=row.id)
    again = actions.plan_visit(coordinator, match.id, day(1), builders.AT, "", NOW)
    assert again.id != row.id
