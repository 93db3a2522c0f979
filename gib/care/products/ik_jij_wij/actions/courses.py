"""Courses: a series is planned, mothers join and leave, and at its end each gets what she reached."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.http import Http404

from gib.care.products.actions import complete, correct, invite, note_presence, plan_meeting, start
from gib.care.products.actions.meetings import NewMeeting, add_meeting
from gib.care.products.domain.contact import check_planned
from gib.care.products.domain.meeting import PRESENCE, Presence, check_apart
from gib.care.products.domain.meeting import State as MeetingState
from gib.care.products.domain.participation import State, course_end
from gib.care.products.ik_jij_wij import domain
from gib.care.products.ik_jij_wij.domain import PASS_AT, PLACES, SESSIONS, Leaving, Slot
from gib.care.products.ik_jij_wij.models import CourseGroup, CourseSession, Enrolment, taken_of_trainers
from gib.care.products.models import Attendance, Participation, attended, is_apart
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.families.models import current_place
from gib.people.partners.domain import Product
from gib.people.partners.models import Team


@dataclass(frozen=True, kw_only=True)
class NewCourse:
    """A weekly series: first day, time, room, and how many sessions and places it has."""

    first_on: date
    at: time
    room: str = ""
    minutes: int = 120
    sessions: int = SESSIONS
    pass_at: int = PASS_AT
    places: int = PLACES


def course_of(actor: Actor, course_id: int) -> CourseGroup:
    """Give a series of the actor's team, locked for an act.

    Raises:
        Http404: it is of another team.
    """
    row = CourseGroup.objects.of(actor).select_for_update().filter(pk=course_id).first()
    if row is None:
        raise Http404
    return row


@act(P.RUN_PRODUCT)
def plan_course(actor: Actor, team_id: int, new: NewCourse, now: Now) -> CourseGroup:
    """Plan a series with all its sessions.

    Raises:
        RuleBroken: 'course_numbers', 'visit_in_past', 'room_taken', 'minutes_out_of_range'.
        Http404: it is not a team of the actor.
    """
    if team_id not in actor.team_ids:
        raise Http404
    domain.check_course(new.sessions, new.pass_at)
    check_planned(new.first_on, now.on)
    days = domain.session_days(new.first_on, new.sessions)
    course = CourseGroup(
        team_id=team_id,
        prison_id=Team.objects.get(pk=team_id).prison_id,
        from_on=days[0],
        to_on=days[-1],
        session_count=new.sessions,
        pass_at=new.pass_at,
        places=new.places,
    )
    carry_out(actor, now, rows=[course])
    sessions = [_session(actor, course, number, day, new, now) for number, day in enumerate(days, 1)]
    event = domain.CoursePlanned(course_id=course.pk, sessions=new.sessions)
    carry_out(actor, now, rows=sessions, events=[event])
    return course


def _session(
    actor: Actor, course: CourseGroup, number: int, day: date, new: NewCourse, now: Now
) -> CourseSession:
    meeting = NewMeeting(
        product=Product.IK_JIJ_WIJ,
        planned_on=day,
        planned_time=new.at,
        minutes=new.minutes,
        room=new.room,
        places=course.places,
    )
    row = add_meeting(actor, course.team_id, meeting, now)
    return CourseSession(course=course, number=number, meeting=row)


@act(P.RUN_PRODUCT)
def enrol(actor: Actor, course_id: int, participation_id: UUID, now: Now) -> Enrolment:
    """Let a mother join a course, also halfway or once more; she is invited to every session still to come.

    Raises:
        RuleBroken: 'wrong_product', 'already_enrolled', 'course_over', 'course_elsewhere', 'course_full',
        'kept_apart', and those of starting.
    """
    course = course_of(actor, course_id)
    domain.check_open(course.closed_on)
    part: Participation = Participation.for_action(actor, now.on).get_or_404(pk=participation_id)
    if part.product != Product.IK_JIJ_WIJ or part.state not in (State.PLANNED, State.RUNNING):
        raise RuleBroken("wrong_product")
    running = Enrolment.for_action(actor, now.on).filter(course_id=course.pk, to_on__isnull=True)
    if running.filter(participation_id=part.id).exists():
        raise RuleBroken("already_enrolled")
    place = current_place(part.dossier_id, now.on)
    here = place is not None and place.prison_id == course.prison_id
    students = Enrolment.for_house("apart", now.on).filter(course_id=course.pk, to_on__isnull=True)
    check_apart(is_apart(students, part.dossier_id, now.on))
    domain.check_enrol(running.count(), course.places, course.to_on, now.on, here)
    row = Enrolment(
        dossier_id=part.dossier_id, team_id=part.team_id, participation=part, course=course, from_on=now.on
    )
    event = domain.Enrolled(dossier_id=part.dossier_id, enrolment_id=row.id)
    carry_out(actor, now, rows=[row], events=[event])
    if part.state == State.PLANNED:
        start(actor, part.id, now)
    listed = Attendance.for_action(actor, now.on).filter(dossier_id=part.dossier_id)
    kept = listed.exclude(presence=Presence.OVERTAKEN).values_list("meeting_id", flat=True)
    ahead = course.sessions.filter(meeting__planned_on__gte=now.on, meeting__state=MeetingState.PLANNED)
    for session in ahead.exclude(meeting_id__in=list(kept)):
        invite(actor, session.meeting_id, part.dossier_id, now)
    return row


@act(P.RUN_PRODUCT)
def replace_session(actor: Actor, course_id: int, number: int, on: date, at: time, now: Now) -> CourseSession:
    """Give a session that did not take place another day; who is in the course is invited to it.

    Args:
        number: which session; `on` and `at`: its new day and local time. The room and the length stay.

    Raises:
        RuleBroken: 'course_over', 'session_stands', 'trainer_busy', 'visit_in_past', 'prison_closed',
        'room_taken'.
        Http404: it is of another team, or has no such session.
    """
    course = course_of(actor, course_id)
    domain.check_open(course.closed_on)
    session = course.sessions.select_related("meeting").filter(number=number).first()
    if session is None:
        raise Http404
    known = session.meeting
    if known.state != MeetingState.CANCELLED:
        raise RuleBroken("session_stands")
    domain.check_trainer_free([Slot(on, at, known.minutes)], taken_of_trainers(course, now.on))
    new = NewMeeting(
        product=Product.IK_JIJ_WIJ,
        planned_on=on,
        planned_time=at,
        minutes=known.minutes,
        room=known.room,
        places=known.places,
    )
    session.meeting = plan_meeting(actor, course.team_id, new, now)
    course.to_on = max(course.to_on, on)
    event = domain.SessionReplaced(course_id=course.pk, number=number, planned_on=on)
    carry_out(actor, now, rows=[session, course], events=[event])
    rows = Enrolment.for_action(actor, now.on).filter(course_id=course.pk, to_on__isnull=True)
    for each in rows:
        invite(actor, session.meeting.pk, each.dossier_id, now)
    return session


@act(P.RUN_PRODUCT)
def leave_course(actor: Actor, enrolment_id: UUID, reason: Leaving, now: Now) -> Enrolment:
    """End her enrolment and take her off the sessions to come; her part in the product stands by itself.

    Raises:
        Http404: it does not exist or ended before.
    """
    rows = Enrolment.for_action(actor, now.on).filter(to_on__isnull=True).select_related("participation")
    row: Enrolment = rows.get_or_404(pk=enrolment_id)
    return _left(actor, row, reason, now.on, now)


def _left(actor: Actor, row: Enrolment, reason: Leaving, left_on: date, now: Now) -> Enrolment:
    row.to_on, row.reason = max(left_on, row.from_on), reason
    event = domain.LeftCourse(
        dossier_id=row.dossier_id, enrolment_id=row.id, reason=reason, attended=attended(row.participation)
    )
    ahead = Attendance.for_action(actor, now.on).filter(
        participation_id=row.participation_id, presence=Presence.INVITED, meeting__planned_on__gt=left_on
    )
    gone = list(ahead)
    for each in gone:
        each.presence, each.noted_on = PRESENCE.move(each.presence, Presence.OVERTAKEN), left_on
    carry_out(actor, now, rows=[row, *gone], events=[event])
    return row


@act(P.RUN_PRODUCT)
def close_course(actor: Actor, course_id: int, now: Now) -> CourseGroup:
    """Close a series: who attended enough completed it, the others completed it in part.

    Raises:
        RuleBroken: 'course_running', 'course_over'.
    """
    course = course_of(actor, course_id)
    domain.check_close(course.to_on, now.on)
    domain.check_open(course.closed_on)
    rows = Enrolment.for_action(actor, now.on).filter(course_id=course.pk, to_on__isnull=True)
    for row in rows.select_related("participation"):
        _left(actor, row, Leaving.FINISHED, now.on, now)
        if row.participation.state != State.RUNNING:
            continue
        partly = course_end(attended(row.participation), course.pass_at) is State.PARTLY_COMPLETED
        complete(actor, row.participation_id, now, is_partly=partly)
    course.closed_on = now.on
    carry_out(actor, now, rows=[course], events=[domain.CourseClosed(course_id=course.pk)])
    return course


@act(P.RUN_PRODUCT)
def needed_for(actor: Actor, dossier_id: UUID, now: Now) -> dict[UUID, int]:
    """Tell how many sessions complete the courses she is in, by her part in the product."""
    rows = Enrolment.for_action(actor, now.on).filter(dossier_id=dossier_id, to_on__isnull=True)
    return {row.participation_id: row.course.pass_at for row in rows.select_related("course")}


@act(P.RUN_PRODUCT)
def leave_for(
    actor: Actor,
    dossier_id: UUID,
    reason: Leaving,
    now: Now,
    *,
    since: date | None = None,
    participation_id: UUID | None = None,
) -> list[Enrolment]:
    """End her enrolments because she left the prison, or because her part in the product ended.

    Args:
        since: the day on which she left, when it is told later.
        participation_id: the one part that ended; without it every enrolment.

    Returns: those that ended.
    """
    rows: Any = Enrolment.for_action(actor, now.on).filter(dossier_id=dossier_id, to_on__isnull=True)
    if participation_id:
        rows = rows.filter(participation_id=participation_id)
    return [_left(actor, row, reason, since or now.on, now) for row in rows.select_related("participation")]


@act(P.RUN_PRODUCT)
def note_session(
    actor: Actor, attendance_id: UUID, presence: Presence, wants_talk: bool, now: Now
) -> Attendance:
    """Note whether she came to a session; when her course had ended, how it ended is looked at again.

    Who came to one session without joining the course has begun with it: each session stands alone.

    Raises:
        RuleBroken: 'visit_in_future', 'meeting_over', 'overtaken', 'illegal_move', and those of starting.
    """
    row = note_presence(actor, attendance_id, presence, now, wants_talk=wants_talk)
    if presence is Presence.PRESENT:
        _begun(actor, row, now)
    of_part = Enrolment.for_action(actor, now.on).filter(participation_id=row.participation_id)
    last = of_part.filter(to_on__isnull=False).select_related("participation", "course").order_by("-from_on")
    enrolment: Enrolment | None = last.first()
    if enrolment is not None:
        weigh_again(actor, enrolment, now)
    return row


def _begun(actor: Actor, row: Attendance, now: Now) -> None:
    """Begin her part when she came to one session without joining the course: each stands alone."""
    planned = Participation.for_action(actor, now.on).filter(pk=row.participation_id, state=State.PLANNED)
    part: Participation | None = planned.first()
    if part is not None:
        start(actor, part.id, now)


def weigh_again(actor: Actor, row: Enrolment, now: Now) -> None:
    """Look again at how a course ended for her, after what she attended was put right."""
    part, course = row.participation, row.course
    by_itself = row.reason != Leaving.FINISHED or row.to_on == course.closed_on
    leaving = Leaving(row.reason) if by_itself else Leaving.OWN_WISH
    to = domain.end_after(leaving, State(part.state), attended(part), course.pass_at)
    if to != part.state:
        correct(actor, part, to, now)
