"""The pages of courses and visit mornings."""

from datetime import date, time
from typing import Any

import pytest
from django.urls import reverse

from gib.care.products import builders, slots
from gib.care.products.domain.participation import State as Part
from gib.care.products.ik_jij_wij.models import CourseGroup, Enrolment
from gib.care.products.models import GroupMeeting, Participation
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.care.products.moeder_kind_bezoeken.domain import State
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild
from gib.care.products.tests.conftest import NOW, day, later
from gib.care.products.tests.test_views import at, done, request, send
from gib.care.referral.tests.reader import queries, text_of, visitor
from gib.care.trajectory import builders as trajectories
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.people.families import actions as families
from gib.people.families import builders as family
from gib.people.partners.domain import Product
from gib.people.partners.models import VisitingRule

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
GATE = {"child_wants": "ja", "has_escort": "on", "identity_seen": "on", "is_approved": "on"}


def a_student(house: Actor, number: int = 0) -> Participation:
    plan = trajectories.inside(house, NOW, number)
    families.expect_release(house, plan.dossier_id, day(90), "prison", "likely", NOW)
    return builders.planned(house, plan.dossier_id, Product.IK_JIJ_WIJ, NOW)


def a_course(house: Actor) -> CourseGroup:
    done(house, at("course_add"), first_on="12-1-2011", at="14:00", sessions="8", pass_at="6", places="8")
    return CourseGroup.objects.get()


@pytest.fixture
def part(house: Actor) -> Participation:
    VisitingRule.objects.create(prison_id="NSL", kind="parent_child", valid_from=date(2009, 7, 1))
    plan = trajectories.inside(house, NOW)
    return builders.planned(house, plan.dossier_id, Product.MOEDER_KIND_BEZOEKEN, NOW)


@pytest.fixture
def morning(house: Actor) -> GroupMeeting:
    return builders.a_meeting(house, NOW, Product.MOEDER_KIND_BEZOEKEN, days=7)


def a_child(house: Actor, part: Participation, morning: GroupMeeting, number: int = 0) -> MeetingChild:
    child = family.with_child(house, part.dossier_id, NOW, number)
    family.with_open_gate(house, child, NOW)
    return mornings.apply(house, morning.pk, part.id, child.id, time(13), NOW)


def test_a_course_by_hand(house: Actor, stranger: Actor) -> None:
    part, course = a_student(house), a_course(house)
    done(house, at("course_enrol", course.pk), chosen=str(part.id))
    page = text_of(visitor(house).get(at("course", course.pk)))
    assert "Madelief S." in page
    assert "0 van 8 lessen" in page
    early = send(house, at("course_close", course.pk))
    assert early.status_code == 422
    row = Enrolment.for_action(house, NOW.on).get()
    assert visitor(stranger).get(at("course_leave", row.id)).status_code == 404
    done(house, at("course_leave", row.id))
    assert Enrolment.for_action(house, NOW.on).get().reason == "own_wish"
    done(house, at("course_close", course.pk), later(60))
    assert CourseGroup.objects.get().closed_on == day(60)
    for name in ("course", "course_enrol", "course_close"):
        assert visitor(stranger).get(at(name, course.pk)).status_code == 404
        assert visitor(Actor(house.user_id, Role.VOLUNTEER)).get(at(name, course.pk)).status_code == 403


def test_who_leaves_before_the_last_session_is_named_so(house: Actor) -> None:
    part, course = a_student(house), a_course(house)
    page = text_of(visitor(house).get(at("course_enrol", course.pk)))
    assert "eerder vrij" not in page
    families.expect_release(house, part.dossier_id, day(20), "prison", "likely", later(1))
    page = text_of(visitor(house, later(1)).get(at("course_enrol", course.pk)))
    assert "Madelief S. (is naar verwachting eerder vrij)" in page


def test_a_course_with_impossible_numbers(house: Actor) -> None:
    answer = send(
        house, at("course_add"), first_on="12-1-2011", at="14:00", sessions="4", pass_at="6", places="8"
    )
    assert answer.status_code == 422
    assert "niet meer lessen nodig" in text_of(answer)


def test_a_child_from_the_list_to_home(house: Actor, part: Participation, morning: GroupMeeting) -> None:
    child = family.with_open_gate(house, family.with_child(house, part.dossier_id, NOW), NOW)
    assert "Nog geen kinderen" in text_of(visitor(house).get(at("morning", morning.pk)))
    done(house, at("child_apply", morning.pk), chosen=f"{part.id}/{child.id}", back="13:00")
    row = MeetingChild.for_action(house, NOW.on).get()
    page = text_of(visitor(house).get(at("morning", morning.pk)))
    assert "Merel" in page
    assert "het kind wil zelf" in page
    done(house, at("child_gate", row.id), **GATE)
    for slug in ("uitnodigen", "komt"):
        done(house, at("child_step", row.id, slug))
    now = later(7)
    for slug in ("opgehaald", "binnen"):
        done(house, at("child_step", row.id, slug), now)
    done(house, at("child_back", row.id), now, handed_to="oma", observation="Zij speelden met klei.")
    found = MeetingChild.for_action(house, NOW.on).get()
    assert (found.state, found.observation) == (State.RETURNED, "Zij speelden met klei.")


def test_the_list_of_the_day_holds_only_who_may_come_and_no_reason(
    house: Actor, part: Participation, morning: GroupMeeting
) -> None:
    """Invariant 4."""
    first, second = a_child(house, part, morning), a_child(house, part, morning, 1)
    for row in (first, second):
        mornings.weigh_gate(
            house,
            row.id,
            mornings.GateAnswers(has_escort=True, identity_seen=True, child_wants=True, is_approved=True),
            NOW,
        )
        mornings.invite_child(house, row.id, NOW)
    page = text_of(visitor(house).get(at("day_list", morning.pk)))
    assert "Merel" in page
    assert "Vink" in page
    family.with_ban(house, second.child_id, later(1))
    page = text_of(visitor(house, later(1)).get(at("day_list", morning.pk)))
    assert "Merel" in page
    assert "Vink" not in page
    assert "contact" not in page
    assert "Mag niet" in text_of(visitor(house, later(1)).get(at("morning", morning.pk)))


def test_a_blocked_child_is_refused_with_a_sentence(
    house: Actor, part: Participation, morning: GroupMeeting
) -> None:
    row = a_child(house, part, morning)
    answer = send(house, at("child_step", row.id, "uitnodigen"))
    assert answer.status_code == 422
    assert "mag op die dag niet mee" in text_of(answer)
    done(house, at("child_cancel", row.id), reason="child")
    assert MeetingChild.for_action(house, NOW.on).get().state == State.CANCELLED


def test_a_child_that_is_not_home_is_the_first_row_of_the_start_page(
    house: Actor, part: Participation, morning: GroupMeeting
) -> None:
    """Invariant 5."""
    row = a_child(house, part, morning)
    answers = mornings.GateAnswers(has_escort=True, identity_seen=True, child_wants=True, is_approved=True)
    mornings.weigh_gate(house, row.id, answers, NOW)
    mornings.invite_child(house, row.id, NOW)
    mornings.confirm_child(house, row.id, NOW)
    assert slots.children_away(request(house)) == []
    mornings.pick_up(house, row.id, later(7))
    on_time = slots.children_away(request(house, later(7)))
    assert [(task.tone, task.rank) for task in on_time] == [("busy", 15)]
    late = slots.children_away(request(house, later(8)))
    assert [(task.tone, task.rank, task.badge) for task in late] == [("stop", 0, "child.alarm")]
    assert "Niet thuis" in text_of(visitor(house, later(8)).get(at("morning", morning.pk)))


def test_the_visits_begin_when_a_child_may_come(house: Actor, part: Participation) -> None:
    refused = send(house, at("mornings_begin", part.id))
    assert refused.status_code == 422
    family.with_open_gate(house, family.with_child(house, part.dossier_id, NOW), NOW)
    back = reverse("portal:dossier_tab", args=[part.dossier_id, "plan"])
    assert done(house, at("mornings_begin", part.id)) == back
    assert Participation.for_action(house, NOW.on).get(pk=part.id).state == Part.RUNNING


def test_strangers_and_other_roles(
    house: Actor, stranger: Actor, part: Participation, morning: GroupMeeting
) -> None:
    row = a_child(house, part, morning)
    urls = [
        *(at(name, morning.pk) for name in ("morning", "day_list", "child_apply")),
        *(at(name, row.id) for name in ("child_gate", "child_back", "child_cancel")),
        at("child_step", row.id, "komt"),
    ]
    for url in urls:
        assert visitor(stranger).get(url).status_code == 404, url
        assert visitor(Actor(house.user_id, Role.VOLUNTEER)).get(url).status_code == 403, url
    assert visitor(house).get(at("child_step", row.id, "nergens")).status_code == 404


def test_the_number_of_queries_does_not_grow(
    house: Actor, part: Participation, morning: GroupMeeting
) -> None:
    a_child(house, part, morning)
    pages: list[Any] = [at("morning", morning.pk), at("day_list", morning.pk)]
    few = [queries(visitor(house), url) for url in pages]
    for number in range(1, 5):
        a_child(house, part, morning, number)
    assert [queries(visitor(house), url) for url in pages] == few
    assert max(few) <= 15
