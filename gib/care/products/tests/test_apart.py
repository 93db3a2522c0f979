"""Two mothers who are kept apart never come on the list of one group; when they are, both are named."""

from collections.abc import Callable
from datetime import date, time

import pytest
from django.http import Http404
from django.urls import reverse

from gib.care.products import actions, builders, slots
from gib.care.products.domain.meeting import Presence
from gib.care.products.ik_jij_wij import actions as courses
from gib.care.products.models import Attendance, Participation
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.care.products.moeder_kind_bezoeken.domain import CancelReason
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild
from gib.care.products.tests.conftest import NOW, broken, later, refused
from gib.care.products.tests.test_meetings import a_course, a_goose, a_student
from gib.care.products.tests.test_views import at, request, send
from gib.care.referral.tests.reader import text_of, visitor
from gib.care.trajectory import builders as trajectories
from gib.core.access.actor import Actor
from gib.core.kernel.rules import CATALOGUE
from gib.people.families import actions as families
from gib.people.families import builders as family
from gib.people.families.models import Separation
from gib.people.partners.domain import Product
from gib.people.partners.models import Team, VisitingRule

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])


def keep_apart(actor: Actor, one: Participation, two: Participation) -> Separation:
    return families.keep_apart(actor, one.dossier_id, two.dossier_id, NOW)


def test_she_is_not_invited_where_the_other_is(coordinator: Actor) -> None:
    one, two = (a_goose(coordinator, number) for number in (0, 1))
    keep_apart(coordinator, one, two)
    meeting, next_one = (builders.a_meeting(coordinator, NOW, days=days) for days in (7, 14))
    listed = actions.invite(coordinator, meeting.pk, one.dossier_id, NOW)
    with refused("kept_apart"):
        actions.invite(coordinator, meeting.pk, two.dossier_id, NOW)
    actions.invite(coordinator, next_one.pk, two.dossier_id, NOW)
    actions.take_off(coordinator, listed.id, NOW)
    assert actions.invite(coordinator, meeting.pk, two.dossier_id, NOW).presence == Presence.INVITED
    with refused("kept_apart"):
        actions.invite(coordinator, meeting.pk, one.dossier_id, NOW)


def test_the_day_of_the_meeting_counts(coordinator: Actor) -> None:
    one, two = (a_goose(coordinator, number) for number in (0, 1))
    row = keep_apart(coordinator, one, two)
    today, later_on = (builders.a_meeting(coordinator, NOW, days=days) for days in (0, 7))
    families.end_apart(coordinator, row.id, NOW)
    for meeting in (today, later_on):
        actions.invite(coordinator, meeting.pk, one.dossier_id, NOW)
    with broken("kept_apart"):
        actions.invite(coordinator, today.pk, two.dossier_id, NOW)
    actions.invite(coordinator, later_on.pk, two.dossier_id, NOW)


def test_the_refusal_tells_nothing_of_the_other(house: Actor) -> None:
    """Also to who does not see the other dossier: the house looks, and says no more than no."""
    one, two = (a_goose(house, number) for number in (0, 1))
    meeting = builders.a_meeting(house, NOW)
    actions.invite(house, meeting.pk, one.dossier_id, NOW)
    keep_apart(house, one, two)
    other = Team.objects.exclude(pk__in=house.team_ids).first()
    assert other is not None
    families.hand_to_team(house, one.dossier_id, other.pk, NOW)
    assert not Separation.visible_to(house, NOW.on).exists()
    page = text_of(send(house, at("meeting_invite", meeting.pk), chosen=str(two.dossier_id)))
    assert CATALOGUE["kept_apart"] in page
    for word in ("Madelief", "Sprookstra", "apart", str(one.dossier_id)):
        assert word not in page.split("<main")[1]


def test_she_does_not_join_the_course_of_the_other(coordinator: Actor) -> None:
    one, two = (a_student(coordinator, number) for number in (0, 1))
    keep_apart(coordinator, one, two)
    course = a_course(coordinator)
    enrolled = courses.enrol(coordinator, course.pk, one.id, NOW)
    with refused("kept_apart"):
        courses.enrol(coordinator, course.pk, two.id, NOW)
    courses.leave_course(coordinator, enrolled.id, "own_wish", NOW)
    assert courses.enrol(coordinator, course.pk, two.id, NOW).dossier_id == two.dossier_id


Applied = Callable[[int], MeetingChild]


@pytest.fixture
def applied(coordinator: Actor) -> Applied:
    """Put the child of a mother on the list of one morning."""
    VisitingRule.objects.create(prison_id="NSL", kind="parent_child", valid_from=date(2009, 7, 1))
    morning = builders.a_meeting(coordinator, NOW, Product.MOEDER_KIND_BEZOEKEN)
    parts = [
        builders.planned(
            coordinator,
            trajectories.inside(coordinator, NOW, number).dossier_id,
            Product.MOEDER_KIND_BEZOEKEN,
            NOW,
        )
        for number in (0, 1)
    ]

    def apply(number: int) -> MeetingChild:
        part = parts[number]
        child = family.with_child(coordinator, part.dossier_id, NOW)
        family.with_open_gate(coordinator, child, NOW)
        return mornings.apply(coordinator, morning.pk, part.id, child.id, time(13), NOW)

    return apply


def test_children_of_both_do_not_come_on_one_morning(coordinator: Actor, applied: Applied) -> None:
    first = applied(0)
    other = applied(1)
    mornings.cancel_child(coordinator, other.id, CancelReason.CHILD, NOW)
    families.keep_apart(coordinator, first.dossier_id, other.dossier_id, NOW)
    with broken("kept_apart"):
        applied(1)
    assert (
        not MeetingChild.visible_to(coordinator, NOW.on)
        .filter(state__in=["applied", "gate_open"], dossier_id=other.dossier_id)
        .exists()
    )
    mornings.cancel_child(coordinator, first.id, CancelReason.CHILD, NOW)
    assert applied(1).dossier_id == other.dossier_id


def test_who_asked_before_is_not_invited_after(coordinator: Actor, applied: Applied) -> None:
    first, other = applied(0), applied(1)
    answers = mornings.GateAnswers(has_escort=True, identity_seen=True, child_wants=True, is_approved=True)
    mornings.weigh_gate(coordinator, first.id, answers, NOW)
    families.keep_apart(coordinator, first.dossier_id, other.dossier_id, NOW)
    with broken("kept_apart"):
        mornings.invite_child(coordinator, first.id, NOW)
    found = slots.kept_apart(request(coordinator))
    assert {task.dossier_id for task in found} == {first.dossier_id, other.dossier_id}
    assert {task.url for task in found} == {reverse("products:morning", args=[first.meeting_id])}


def test_a_morning_has_children_on_its_list_and_no_guests(coordinator: Actor) -> None:
    part = a_goose(coordinator)
    morning = builders.a_meeting(coordinator, NOW, Product.MOEDER_KIND_BEZOEKEN)
    with refused("wrong_product"):
        actions.invite(coordinator, morning.pk, part.dossier_id, NOW)


def test_when_both_were_invited_already_today_names_both(house: Actor, stranger: Actor) -> None:
    one, two = (a_goose(house, number) for number in (0, 1))
    meeting = builders.a_meeting(house, NOW)
    rows = [actions.invite(house, meeting.pk, part.dossier_id, NOW) for part in (one, two)]
    assert slots.kept_apart(request(house)) == []
    row = keep_apart(house, one, two)
    found = slots.kept_apart(request(house))
    assert sorted(task.who for task in found) == ["Jasmijn F.", "Madelief S."]
    assert {task.url for task in found} == {at("meeting", meeting.pk)}
    assert slots.kept_apart(request(stranger)) == []
    assert slots.kept_apart(request(house, later(8))) == []
    url = at("meeting_off", rows[0].id)
    assert url in text_of(visitor(house).get(at("meeting", meeting.pk)))
    assert send(house, url).url == at("meeting", meeting.pk)
    assert slots.kept_apart(request(house)) == []
    assert url not in text_of(visitor(house).get(at("meeting", meeting.pk)))
    assert row.to_on is None


def test_only_who_is_expected_is_taken_off(
    coordinator: Actor, stranger: Actor, told: Callable[..., list[str]]
) -> None:
    part = a_goose(coordinator)
    meeting = builders.a_meeting(coordinator, NOW, days=0)
    row = actions.invite(coordinator, meeting.pk, part.dossier_id, NOW)
    with pytest.raises(Http404):
        actions.take_off(stranger, row.id, NOW)
    actions.take_off(coordinator, row.id, NOW)
    assert told(part.dossier_id)[-1] == "products.TakenOff"
    with broken("illegal_move"):
        actions.take_off(coordinator, row.id, NOW)
    again = actions.invite(coordinator, meeting.pk, part.dossier_id, NOW)
    actions.note_presence(coordinator, again.id, Presence.PRESENT, NOW)
    with broken("illegal_move"):
        actions.take_off(coordinator, again.id, NOW)
    actions.hold_meeting(coordinator, meeting.pk, 0, NOW)
    with broken("meeting_over"):
        actions.take_off(coordinator, again.id, NOW)
    assert Attendance.visible_to(coordinator, NOW.on).get(pk=row.id).presence == Presence.PRESENT
