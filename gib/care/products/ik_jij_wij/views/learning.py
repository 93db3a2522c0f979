"""One mother in a course: her sessions, what she caught up on, her own plan, her marks, her certificate."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.care.products.ik_jij_wij import actions, forms, papers, presenting, words
from gib.care.products.ik_jij_wij.domain import Item, check_passed
from gib.care.products.ik_jij_wij.models import CourseScores, Enrolment, PersonalPlan
from gib.care.products.models import Attendance
from gib.care.products.views.common import ask
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.kernel.rules import RuleBroken
from gib.core.sheets.answers import as_file
from gib.people.families.models import Participant


def _enrolment(request: Request, enrolment_id: UUID) -> Any:
    rows = Enrolment.visible_to(request.actor, request.now.on).select_related("course__prison")
    return rows.get_or_404(pk=enrolment_id)


def _page(enrolment_id: UUID) -> str:
    return reverse("products:student", args=[enrolment_id])


@requires(P.RUN_PRODUCT)
@require_safe
def student(request: Request, enrolment_id: UUID) -> HttpResponse:
    """Show one mother in a course."""
    row = _enrolment(request, enrolment_id)
    return render(request, "products/student.html", presenting.student(request, row))


@requires(P.RUN_PRODUCT)
def catch_up(request: Request, attendance_id: UUID) -> HttpResponse:
    """Write down that she caught up on a session."""
    row: Any = Attendance.visible_to(request.actor, request.now.on).get_or_404(pk=attendance_id)
    joined = Enrolment.visible_to(request.actor, request.now.on).filter(participation_id=row.participation_id)
    enrolment = joined.order_by("-from_on").first()
    back = _page(enrolment.id) if enrolment else reverse("products:meeting", args=[row.meeting_id])
    return ask(
        request,
        forms.CatchUpForm(request.POST or None, initial={"done_on": request.now.on}),
        _("Zij haalde de les in"),
        lambda on: actions.catch_up(request.actor, attendance_id, on, request.now),
        back,
        about=row,
    )


@requires(P.RUN_PRODUCT)
def plan(request: Request, enrolment_id: UUID) -> HttpResponse:
    """Write down her own plan."""
    row = _enrolment(request, enrolment_id)
    plans = PersonalPlan.visible_to(request.actor, request.now.on)
    kept: Any = plans.filter(participation_id=row.participation_id).first()
    initial = {name: getattr(kept, name) for name in ("me", "you", "we", "version")} if kept else None
    return ask(
        request,
        forms.PlanForm(request.POST or None, initial=initial),
        _("Haar eigen plan"),
        lambda told: actions.write_plan(request.actor, row.participation_id, told, request.now),
        _page(row.id),
        about=row,
    )


@requires(P.RUN_PRODUCT)
def scores(request: Request, enrolment_id: UUID, moment: str) -> HttpResponse:
    """Write down the marks that she gives herself."""
    row = _enrolment(request, enrolment_id)
    if moment not in words.MOMENTS:
        raise Http404
    code, title = words.MOMENTS[moment]
    found = CourseScores.visible_to(request.actor, request.now.on).filter(moment=code)
    kept = found.filter(participation_id=row.participation_id).first()
    initial = {item: getattr(kept, item) for item in Item} if kept else None
    return ask(
        request,
        forms.ScoresForm(request.POST or None, initial=initial),
        str(title),
        lambda told: actions.note_scores(request.actor, row.participation_id, code, told, request.now),
        _page(row.id),
        about=row,
        lead=_("0 is: helemaal niet. 5 is: helemaal. Wat zij niet wil zeggen, blijft open."),
    )


@requires(P.RUN_PRODUCT)
@require_safe
def certificate(request: Request, enrolment_id: UUID) -> HttpResponse:
    """Give the certificate of who was at enough sessions.

    Raises:
        Http404: she was not yet at enough sessions.
    """
    row = _enrolment(request, enrolment_id)
    number = presenting.came(request, row.participation_id)
    try:
        check_passed(number, row.course.pass_at)
    except RuleBroken as broken:
        raise Http404 from broken
    mothers = Participant.visible_to(request.actor, request.now.on)
    mother: Any = mothers.get_or_404(dossier_id=row.dossier_id)
    on, place = row.course.closed_on or request.now.on, row.course.prison.place
    name = f"{mother.first_name} {mother.last_name}"
    return as_file(papers.certificate(name, number, on, place, request.now.at), "certificaat.pdf")
