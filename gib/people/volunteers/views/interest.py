"""The public page for who wants to volunteer, and the pages about the first talk."""

from datetime import date
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from gib.core.access.actor import house
from gib.core.access.guard import Request, public, requires
from gib.core.access.tables import P
from gib.core.ui.posting import answer
from gib.people.volunteers.actions import interest as actions
from gib.people.volunteers.choices import WORK
from gib.people.volunteers.domain.interest import Conclusion, NewEnquiry
from gib.people.volunteers.forms.interest import ConclusionForm, EnquiryForm, InterviewForm
from gib.people.volunteers.models import Volunteer
from gib.people.volunteers.models.interest import Interview
from gib.people.volunteers.presenting import name_of, page_of, seen


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@public
def enquire(request: Any) -> HttpResponse:
    """Tell what volunteers do, and take in who wants to be one."""
    form = EnquiryForm(
        request.POST or None, address=get_adapter(request).get_client_ip(request), now=request.now
    )

    def perform(told: NewEnquiry | None) -> str:
        if told is not None:
            actions.enquire(house("enquiry"), told, request.now)
        return reverse("volunteers:enquired")

    return answer(request, form, "volunteers/enquire.html", perform, {"work": list(WORK.values())})


@require_safe
@public
def enquired(request: HttpRequest) -> HttpResponse:
    """Thank her, and say what happens next."""
    return render(request, "volunteers/enquired.html")


@requires(P.MANAGE_VOLUNTEER)
def interview(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Plan the first talk."""
    row = seen(request, volunteer_id)

    def perform(planned_on: date) -> str:
        return page_of(
            actions.plan_interview(request.actor, volunteer_id, planned_on, request.now).volunteer_id
        )

    context = {"title": _("Plan de kennismaking"), "back": page_of(volunteer_id), "lead": name_of(row)}
    return answer(request, InterviewForm(request.POST or None), "volunteers/form.html", perform, context)


@requires(P.MANAGE_VOLUNTEER)
def conclusion(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Say how the first talk went."""
    actor, on = request.actor, request.now.on
    row = Volunteer.visible_to(actor, on).get_or_404(pk=volunteer_id)
    known = Interview.visible_to(actor, on).filter(volunteer_id=volunteer_id).first()
    day = min(known.planned_on, on) if known else on

    def perform(command: tuple[date, Conclusion]) -> str:
        held_on, how = command
        return page_of(actions.decide(actor, volunteer_id, held_on, how, request.now).volunteer_id)

    context = {"title": _("Hoe ging de kennismaking?"), "back": page_of(volunteer_id), "lead": name_of(row)}
    form = ConclusionForm(request.POST or None, initial={"held_on": day})
    return answer(request, form, "volunteers/form.html", perform, context)
