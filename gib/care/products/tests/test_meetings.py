"""Group meetings, courses and series on the database."""

from collections.abc import Callable
from datetime import time
from typing import Any
from uuid import UUID

import pytest
from django.http import Http404

from gib.care.products import actions, builders, reactions
from gib.care.products.actions.meetings import NewMeeting
from gib.care.products.domain.contact import Reason
from gib.care.products.domain.home import Phase
from gib.care.products.domain.meeting import Presence, Speaker
from gib.care.products.domain.meeting import State as Meeting
from gib.care.products.domain.participation import State, is_drop_out
from gib.care.products.ik_jij_wij import actions as courses
from gib.care.products.ik_jij_wij.actions import NewCourse
from gib.care.products.ik_jij_wij.domain import Leaving
from gib.care.products.ik_jij_wij.models import CourseGroup, Enrolment
from gib.care.products.models import (
    Attendance,
    GroupMeeting,
    MeetingSpeaker,
    Participation,
    attended,
)
from gib.care.products.moeder_de_gans.actions import note_attendance
from gib.care.products.moedermaatjes.models import progress
from gib.care.products.tests.conftest import NOW, broken, day, later
from gib.care.trajectory import builders as trajectories
from gib.core.access.actor import Actor
from gib.people.families import actions as families
from gib.people.families import builders as family
from gib.people.partners.domain import Product

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Told = Callable[[UUID], list[str]]


def a_goose(coordinator: Actor, number: int = 0) -> Participation:
    inside = trajectories.inside(coordinator, NOW, number)
    return builders.planned(coordinator, inside.dossier_id, Product.MOEDER_DE_GANS, NOW)


def a_student(coordinator: Actor, number: int = 0) -> Participation:
    inside = trajectories.inside(coordinator, NOW, number)
    families.expect_release(coordinator, inside.dossier_id, day(90), "prison", "likely", NOW)
    return builders.planned(coordinator, inside.dossier_id, Product.IK_JIJ_WIJ, NOW)


def a_course(coordinator: Actor, days: int = 1, **facts: Any) -> CourseGroup:
    new = NewCourse(first_on=day(days), at=time(14), room="Lokaal 3", **facts)
    return courses.plan_course(coordinator, min(coordinator.team_ids), new, NOW)


def present(coordinator: Actor, part: Participation, times: int) -> None:
    rows = Attendance.for_action(coordinator, NOW.on).filter(participation_id=part.id)
    for row in rows.select_related("meeting").order_by("meeting__planned_on")[:times]:
        on = (row.meeting.planned_on - NOW.on).days
        actions.note_presence(coordinator, row.id, Presence.PRESENT, later(on))


def state_of(coordinator: Actor, part: Participation) -> str:
    return str(Participation.visible_to(coordinator, NOW.on).get_or_404(pk=part.id).state)


def test_a_meeting_names_organisations_and_nobody(coordinator: Actor, stranger: Actor) -> None:
    new = NewMeeting(
        product=Product.MOEDER_DE_GANS,
        planned_on=day(7),
        planned_time=time(14),
        speakers=(Speaker.YOUTH_CARE, Speaker.LAWYER),
    )
    team = min(coordinator.team_ids)
    row = actions.plan_meeting(coordinator, team, new, NOW)
    assert (row.prison_id, str(row)) == ("NSL", "Moeder de Gans 18-01-2011")
    assert [(each.kind, each.state) for each in MeetingSpeaker.of(coordinator)] == [
        ("lawyer", "asked"),
        ("youth_care", "asked"),
    ]
    assert list(MeetingSpeaker.of(stranger)) == []
    assert list(GroupMeeting.objects.of(stranger)) == []
    assert list(GroupMeeting.objects.of(coordinator).planned()) == [row]
    with pytest.raises(Http404):
        actions.plan_meeting(stranger, team, new, NOW)
    with broken("visit_in_past"):
        builders.a_meeting(coordinator, NOW, days=-1)


@pytest.mark.requirement("CON-03")
def test_women_without_a_dossier_are_counted_and_leave_no_person(coordinator: Actor) -> None:
    row = builders.a_meeting(coordinator, NOW, days=0)
    with broken("count_negative"):
        actions.hold_meeting(coordinator, row.pk, -1, NOW)
    held = actions.hold_meeting(coordinator, row.pk, 6, NOW)
    assert (held.state, held.unknown_count) == (Meeting.HELD, 6)
    assert not Attendance.visible_to(coordinator, NOW.on).exists()
    with broken("illegal_move"):
        actions.hold_meeting(coordinator, row.pk, 6, NOW)


def test_a_meeting_cannot_have_been_held_tomorrow(coordinator: Actor, stranger: Actor) -> None:
    row = builders.a_meeting(coordinator, NOW, days=1)
    with broken("visit_in_future"):
        actions.hold_meeting(coordinator, row.pk, 0, NOW)
    with pytest.raises(Http404):
        actions.hold_meeting(stranger, row.pk, 0, NOW)


def test_coming_once_completes_moeder_de_gans(coordinator: Actor, told: Told) -> None:
    part = a_goose(coordinator)
    meeting = builders.a_meeting(coordinator, NOW, days=0)
    invited = actions.invite(coordinator, meeting.pk, part.dossier_id, NOW)
    assert invited.participation_id == part.id
    with broken("already_invited"):
        actions.invite(coordinator, meeting.pk, part.dossier_id, NOW)
    row = note_attendance(coordinator, invited.id, Presence.PRESENT, True, NOW)
    assert (row.presence, row.wants_talk, row.noted_on) == (Presence.PRESENT, True, NOW.on)
    assert state_of(coordinator, part) == State.COMPLETED
    assert told(part.dossier_id)[-2:] == ["products.Started", "products.Completed"]


@pytest.mark.parametrize("presence", [Presence.EXCUSED, Presence.PREVENTED, Presence.REFUSED])
def test_who_did_not_come_stays_planned_and_a_tick_can_be_put_right(
    coordinator: Actor, presence: Presence
) -> None:
    part = a_goose(coordinator)
    meeting = builders.a_meeting(coordinator, NOW, days=0)
    row = actions.invite(coordinator, meeting.pk, part.dossier_id, NOW)
    note_attendance(coordinator, row.id, presence, False, NOW)
    assert state_of(coordinator, part) == State.PLANNED
    note_attendance(coordinator, row.id, Presence.PRESENT, False, NOW)
    assert state_of(coordinator, part) == State.COMPLETED
    note_attendance(coordinator, row.id, Presence.PRESENT, True, NOW)
    with broken("illegal_move"):
        actions.note_presence(coordinator, row.id, Presence.OVERTAKEN, NOW)


def test_presence_is_known_on_the_day_and_to_the_own_team(coordinator: Actor, stranger: Actor) -> None:
    part = a_goose(coordinator)
    meeting = builders.a_meeting(coordinator, NOW, days=3)
    row = actions.invite(coordinator, meeting.pk, part.dossier_id, NOW)
    with broken("visit_in_future"):
        actions.note_presence(coordinator, row.id, Presence.PRESENT, NOW)
    with pytest.raises(Http404):
        actions.note_presence(stranger, row.id, Presence.PRESENT, later(3))


def test_an_invitation_that_falls_away_is_told(coordinator: Actor, told: Callable[[UUID], list[str]]) -> None:
    part, meeting = a_goose(coordinator), builders.a_meeting(coordinator, NOW, days=3)
    actions.invite(coordinator, meeting.pk, part.dossier_id, NOW)
    assert actions.overtake_invitations(coordinator, part.dossier_id, NOW) == 1
    assert told(part.dossier_id)[-2:] == ["products.Invited", "products.VisitsOvertaken"]
    before = told(part.dossier_id)
    assert actions.overtake_invitations(coordinator, part.dossier_id, NOW) == 0
    assert told(part.dossier_id) == before


def test_a_woman_known_without_a_plan_may_come_too(coordinator: Actor) -> None:
    dossier = family.a_dossier(coordinator, NOW)
    meeting = builders.a_meeting(coordinator, NOW, days=0)
    row = actions.invite(coordinator, meeting.pk, dossier.id, NOW)
    assert row.participation_id is None
    assert note_attendance(coordinator, row.id, Presence.PRESENT, False, NOW).presence == Presence.PRESENT


def test_a_meeting_that_is_called_off_is_nobodys_absence(coordinator: Actor) -> None:
    part = a_goose(coordinator)
    meeting = builders.a_meeting(coordinator, NOW)
    row = actions.invite(coordinator, meeting.pk, part.dossier_id, NOW)
    off = actions.cancel_meeting(coordinator, meeting.pk, Reason.LOCKDOWN, NOW)
    assert (off.state, off.reason) == (Meeting.CANCELLED, Reason.LOCKDOWN)
    kept = Attendance.visible_to(coordinator, NOW.on).get_or_404(pk=row.id)
    assert kept.presence == Presence.OVERTAKEN
    with broken("meeting_over"):
        actions.invite(coordinator, meeting.pk, part.dossier_id, NOW)


def test_a_course_has_its_sessions(coordinator: Actor, stranger: Actor) -> None:
    course = a_course(coordinator)
    days = [session.meeting.planned_on for session in course.sessions.select_related("meeting")]
    assert (len(days), days[0], days[-1]) == (8, day(1), day(50))
    assert (course.from_on, course.to_on, course.pass_at, str(course)) == (
        day(1),
        day(50),
        6,
        "Ik-Jij-Wij 12-01-2011",
    )
    assert list(CourseGroup.objects.of(stranger)) == []
    with broken("course_numbers"):
        a_course(coordinator, sessions=4)
    with broken("visit_in_past"):
        a_course(coordinator, -1)
    with pytest.raises(Http404):
        courses.plan_course(stranger, course.team_id, NewCourse(first_on=day(1), at=time(9)), NOW)


def test_joining_begins_her_part_and_invites_her(coordinator: Actor, stranger: Actor) -> None:
    part, course = a_student(coordinator), a_course(coordinator)
    row = courses.enrol(coordinator, course.pk, part.id, NOW)
    assert (row.from_on, row.to_on, state_of(coordinator, part)) == (NOW.on, None, State.RUNNING)
    assert Attendance.visible_to(coordinator, NOW.on).filter(participation_id=part.id).count() == 8
    with broken("already_enrolled"):
        courses.enrol(coordinator, course.pk, part.id, NOW)
    with pytest.raises(Http404):
        courses.enrol(stranger, course.pk, part.id, NOW)


def test_who_cannot_join(coordinator: Actor) -> None:
    goose, part = a_goose(coordinator), a_student(coordinator, 1)
    course = a_course(coordinator, places=1)
    with broken("wrong_product"):
        courses.enrol(coordinator, course.pk, goose.id, NOW)
    with broken("course_over"):
        courses.enrol(coordinator, course.pk, part.id, later(51))
    courses.enrol(coordinator, course.pk, part.id, NOW)
    with broken("course_full"):
        courses.enrol(coordinator, course.pk, a_student(coordinator, 2).id, NOW)
    away = a_student(coordinator, 3)
    families.place(coordinator, away.dossier_id, "TPL", "", "remand", NOW.on, NOW)
    with broken("course_elsewhere"):
        courses.enrol(coordinator, course.pk, away.id, NOW)


@pytest.mark.parametrize(("times", "state"), [(6, State.COMPLETED), (5, State.PARTLY_COMPLETED)])
def test_six_of_eight_complete_a_course(coordinator: Actor, times: int, state: State) -> None:
    part, course = a_student(coordinator), a_course(coordinator)
    courses.enrol(coordinator, course.pk, part.id, NOW)
    present(coordinator, part, times)
    assert attended(part) == times
    with broken("course_running"):
        courses.close_course(coordinator, course.pk, later(49))
    closed = courses.close_course(coordinator, course.pk, later(50))
    assert (closed.closed_on, state_of(coordinator, part)) == (day(50), state)
    with broken("course_over"):
        courses.close_course(coordinator, course.pk, later(50))


@pytest.mark.parametrize(
    ("times", "state"),
    [(0, State.ENDED_BY_RELEASE), (2, State.PARTLY_COMPLETED), (6, State.COMPLETED)],
)
def test_a_release_halfway_counts_what_she_attended(coordinator: Actor, times: int, state: State) -> None:
    part, course = a_student(coordinator), a_course(coordinator)
    enrolled = courses.enrol(coordinator, course.pk, part.id, NOW)
    present(coordinator, part, times)
    family.released(coordinator, part.dossier_id, later(45))
    reactions.on_released(part.dossier_id, {"released_on": str(day(45))}, later(45))
    assert state_of(coordinator, part) == state
    row = Enrolment.visible_to(coordinator, NOW.on).get_or_404(pk=enrolled.id)
    assert (row.to_on, row.reason) == (day(45), Leaving.RELEASE)
    ahead = Attendance.visible_to(coordinator, NOW.on).filter(meeting__planned_on__gte=day(45))
    assert {each.presence for each in ahead} == {Presence.OVERTAKEN}


def test_a_transfer_ends_a_course_without_a_drop_out(coordinator: Actor) -> None:
    part, course = a_student(coordinator), a_course(coordinator)
    courses.enrol(coordinator, course.pk, part.id, NOW)
    families.place(coordinator, part.dossier_id, "TPL", "", "remand", day(2), later(2))
    reactions.on_placed(part.dossier_id, {"moved": True, "from_on": str(day(2))}, later(2))
    ended = Participation.visible_to(coordinator, NOW.on).get_or_404(pk=part.id)
    assert ended.state == State.ENDED_BY_TRANSFER
    assert not is_drop_out(State(ended.state), ended.started_on)
    assert Enrolment.visible_to(coordinator, NOW.on).get_or_404(participation_id=part.id).reason == "transfer"


def test_leaving_a_course_keeps_what_she_did(coordinator: Actor, stranger: Actor) -> None:
    part, course = a_student(coordinator), a_course(coordinator)
    row = courses.enrol(coordinator, course.pk, part.id, NOW)
    with pytest.raises(Http404):
        courses.leave_course(stranger, row.id, Leaving.OWN_WISH, NOW)
    courses.leave_course(coordinator, row.id, Leaving.OWN_WISH, NOW)
    with pytest.raises(Http404):
        courses.leave_course(coordinator, row.id, Leaving.OWN_WISH, NOW)
    assert state_of(coordinator, part) == State.RUNNING


def test_the_figures_of_the_months_at_home(coordinator: Actor) -> None:
    part, match = builders.at_home(coordinator, NOW)
    builders.visited(coordinator, match, NOW.on, NOW, minutes=240)
    builders.visited(coordinator, match, day(7), later(7), minutes=120)
    found = progress(part, day(35))
    assert (found.phase, found.minutes, found.budget_hours, found.months_left) == (
        Phase.STABILISE,
        360,
        24,
        14,
    )
    assert (found.last_contact_on, found.is_unreachable) == (day(7), True)
    assert not progress(part, day(28)).is_unreachable
    part.started_on = None
    assert progress(part, NOW.on) is None
