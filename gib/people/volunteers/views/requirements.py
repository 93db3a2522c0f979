"""Pages about what must be in order: seen, granted by a prison, or not needed for a while."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.posting import answer
from gib.people.volunteers import actions
from gib.people.volunteers.domain import Requirement
from gib.people.volunteers.forms import CompletionForm, ExemptionForm, PermitForm, StepForm
from gib.people.volunteers.models import Exemption
from gib.people.volunteers.presenting import name_of, page_of, seen


@requires(P.MANAGE_VOLUNTEER)
def complete(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Record that a requirement was seen."""
    row = seen(request, volunteer_id)

    def perform(command: tuple[Requirement, date, date | None]) -> str:
        requirement, seen_on, to_on = command
        actions.record_completion(request.actor, volunteer_id, requirement, seen_on, to_on, request.now)
        return page_of(volunteer_id)

    context = {"title": _("Gezien"), "back": page_of(volunteer_id), "lead": name_of(row)}
    return answer(request, CompletionForm(request.POST or None), "volunteers/form.html", perform, context)


@requires(P.MANAGE_VOLUNTEER)
def permit(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Record access to a prison."""
    row = seen(request, volunteer_id)
    form = PermitForm(request.POST or None, on=request.now.on)

    def perform(command: tuple[str, date, date | None]) -> str:
        prison, from_on, to_on = command
        actions.grant_permit(request.actor, volunteer_id, prison, from_on, to_on, request.now)
        return page_of(volunteer_id)

    context = {"title": _("Toegang tot een inrichting"), "back": page_of(volunteer_id), "lead": name_of(row)}
    return answer(request, form, "volunteers/form.html", perform, context)


@requires(P.MANAGE_VOLUNTEER)
def exempt(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Let a volunteer do without a requirement until a day."""
    row = seen(request, volunteer_id)

    def perform(command: tuple[Requirement, date]) -> str:
        actions.exempt(request.actor, volunteer_id, *command, request.now)
        return page_of(volunteer_id)

    context = {"title": _("Vrijstelling"), "back": page_of(volunteer_id), "lead": name_of(row)}
    return answer(request, ExemptionForm(request.POST or None), "volunteers/form.html", perform, context)


@requires(P.MANAGE_VOLUNTEER)
def end_exemption(request: Request, exemption_id: UUID) -> HttpResponse:
    """Let an exemption end today."""
    row = Exemption.visible_to(request.actor, request.now.on).get_or_404(pk=exemption_id)

    def perform(_command: None) -> str:
        return page_of(actions.end_exemption(request.actor, exemption_id, request.now).volunteer_id)

    context = {"title": _("Vrijstelling stopt vandaag"), "back": page_of(row.volunteer_id)}
    return answer(request, StepForm(request.POST or None), "volunteers/form.html", perform, context)
