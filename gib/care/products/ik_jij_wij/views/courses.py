"""Courses: a new series, who gives it, who joins, who leaves, and its end."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.care.products.domain.meeting import State as MeetingState
from gib.care.products.domain.participation import State as Part
from gib.care.products.forms import PresenceForm
from gib.care.products.ik_jij_wij import actions, forms, presenting
from gib.care.products.ik_jij_wij.domain import Leaving, leaves_early
from gib.care.products.ik_jij_wij.models import CourseGroup, CourseSession, CourseTrainer, Enrolment
from gib.care.products.models import Attendance, Participation, norm
from gib.care.products.presenting import helpers_of, names
from gib.care.products.views.common import ask, confirm
from gib.care.products.views.meetings import meeting_of
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.words import day
from gib.people.families.models import ExpectedRelease
from gib.people.partners.domain import Product


def _course(request: Request, **which: Any) -> CourseGroup:
    row = CourseGroup.of(request.actor).select_related("prison").filter(**which).first()
    if row is None:
        raise Http404
    return row


def _page(course_id: int) -> str:
    return reverse("products:course", args=[course_id])


@requires(P.RUN_PRODUCT)
def add(request: Request) -> HttpResponse:
    """Plan a series, and go on to its page."""
    made: list[str] = []

    def plan(new: actions.NewCourse) -> None:
        team = min(request.actor.team_ids, default=0)
        made.append(_page(actions.plan_course(request.actor, team, new, request.now).pk))

    usual = {
        "sessions": norm("course_sessions", request.now.on),
        "pass_at": norm("course_pass", request.now.on),
    }
    return ask(
        request,
        forms.CourseForm(request.POST or None, initial=usual),
        _("Nieuwe cursus"),
        plan,
        reverse("products:meetings"),
        onward=lambda _new: made[0],
    )


@requires(P.RUN_PRODUCT)
@require_safe
def course(request: Request, course_id: int) -> HttpResponse:
    """Show a series with its sessions and who is in it."""
    return _shown(request, _course(request, pk=course_id))


@requires(P.RUN_PRODUCT)
@require_safe
def course_of(request: Request, meeting_id: int) -> HttpResponse:
    """Show the series to which a session belongs."""
    return _shown(request, _course(request, sessions__meeting=meeting_of(request, meeting_id)))


def _shown(request: Request, row: CourseGroup) -> HttpResponse:
    sessions = [
        (session, day(session.meeting.planned_on), f"meeting.{session.meeting.state}", _moves(row, session))
        for session in row.sessions.select_related("meeting")
    ]
    context = {
        "row": row,
        "sessions": sessions,
        **presenting.people(request, row),
        "trainers": presenting.trainers(request, row),
    }
    return render(request, "products/course.html", context)


def _moves(row: CourseGroup, session: CourseSession) -> str:
    """Give where a session that did not take place gets another day; empty for any other."""
    if row.closed_on or session.meeting.state != MeetingState.CANCELLED:
        return ""
    return reverse("products:session_replace", args=[row.pk, session.number])


@requires(P.RUN_PRODUCT)
def trainer_add(request: Request, course_id: int) -> HttpResponse:
    """Let a volunteer give a course."""
    row = _course(request, pk=course_id)
    return ask(
        request,
        forms.TrainerForm(request.POST or None, choices=helpers_of(request)),
        _("Wie geeft de cursus?"),
        lambda volunteer: actions.add_trainer(request.actor, row.pk, volunteer, request.now),
        _page(row.pk),
        lead=str(row),
    )


@requires(P.RUN_PRODUCT)
def trainer_end(request: Request, trainer_id: int) -> HttpResponse:
    """Write down that a volunteer does not give a course any more."""
    row = CourseTrainer.of(request.actor).filter(pk=trainer_id).first()
    if row is None:
        raise Http404
    known = names.volunteers(request, [row.volunteer_id])
    return confirm(
        request,
        _("Geeft deze cursus niet meer"),
        lambda _none: actions.end_trainer(request.actor, trainer_id, request.now),
        _page(row.course_id),
        lead=known.get(row.volunteer_id, ""),
    )


@requires(P.RUN_PRODUCT)
def replace(request: Request, course_id: int, number: int) -> HttpResponse:
    """Give a session that did not take place another day."""
    row = _course(request, pk=course_id)
    if not row.sessions.filter(number=number).exists():
        raise Http404
    return ask(
        request,
        forms.ReplaceForm(request.POST or None),
        _("Les op een andere dag"),
        lambda told: actions.replace_session(request.actor, row.pk, number, told[0], told[1], request.now),
        _page(row.pk),
        lead=f"{row}, {_('Les')} {number}",
    )


@requires(P.RUN_PRODUCT)
def enrol(request: Request, course_id: int) -> HttpResponse:
    """Let a mother join."""
    row = _course(request, pk=course_id)
    actor, on = request.actor, request.now.on
    parts = Participation.visible_to(actor, on).filter(
        product=Product.IK_JIJ_WIJ, state__in=[Part.PLANNED, Part.RUNNING]
    )
    joined = Enrolment.visible_to(actor, on).filter(to_on__isnull=True).values("participation_id")
    parts = parts.exclude(id__in=joined)
    return ask(
        request,
        forms.EnrolForm(request.POST or None, choices=_choices(request, row, list(parts))),
        _("Schrijf een moeder in"),
        lambda part: actions.enrol(actor, row.pk, part, request.now),
        _page(row.pk),
    )


def _choices(request: Request, row: CourseGroup, parts: list[Any]) -> list[tuple[str, str]]:
    """Name who may join, and say of whom it is expected that she leaves before the last session."""
    ids = [part.dossier_id for part in parts]
    known = names.mothers(request, ids)
    answers = ExpectedRelease.visible_to(request.actor, request.now.on).filter(
        dossier_id__in=ids, episode__to_on__isnull=True
    )
    leaves = {each.dossier_id: each.expected_on for each in answers.order_by("position")}
    early = _("is naar verwachting eerder vrij")
    return [
        (
            str(part.id),
            f"{known.get(part.dossier_id, '')}"
            + (f" ({early})" if leaves_early(leaves.get(part.dossier_id), row.to_on) else ""),
        )
        for part in parts
    ]


@requires(P.RUN_PRODUCT)
def leave(request: Request, enrolment_id: UUID) -> HttpResponse:
    """Take a mother out of a course; what she attended stays."""
    row = Enrolment.visible_to(request.actor, request.now.on).get_or_404(pk=enrolment_id)
    return confirm(
        request,
        _("Zij stopt met de cursus"),
        lambda _none: actions.leave_course(request.actor, enrolment_id, Leaving.OWN_WISH, request.now),
        _page(row.course_id),
    )


@requires(P.RUN_PRODUCT)
def close(request: Request, course_id: int) -> HttpResponse:
    """Close a series after its last session."""
    row = _course(request, pk=course_id)
    return confirm(
        request,
        _("Sluit de cursus"),
        lambda _none: actions.close_course(request.actor, row.pk, request.now),
        _page(row.pk),
        lead=_("Wie genoeg lessen volgde, rondt af. De anderen ronden deels af."),
    )


@requires(P.RUN_PRODUCT)
def presence(request: Request, attendance_id: UUID) -> HttpResponse:
    """Note whether she came to a session and whether she wants a talk afterwards."""
    row = Attendance.visible_to(request.actor, request.now.on).get_or_404(pk=attendance_id)
    return ask(
        request,
        PresenceForm(request.POST or None),
        _("Was zij er?"),
        lambda told: actions.note_session(request.actor, attendance_id, told[0], told[1], request.now),
        reverse("products:meeting", args=[row.meeting_id]),
    )
