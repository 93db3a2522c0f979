"""Pages on erasing volunteers who left: whose term is over, and erasing one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.posting import answer
from gib.people.volunteers import presenting_erasure as presenting
from gib.people.volunteers.actions import erasure as actions
from gib.people.volunteers.forms import EraseForm


@require_safe
@requires(P.MANAGE_VOLUNTEER)
def erasures(request: Request) -> HttpResponse:
    """List the volunteers whose term is over."""
    return render(request, "volunteers/erasures.html", presenting.overview(request))


@requires(P.MANAGE_VOLUNTEER)
def erase(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Show what goes and what stays of a volunteer who left, and erase her."""
    context = presenting.one(request, volunteer_id)

    def perform(_command: None) -> str:
        actions.erase(request.actor, volunteer_id, request.now)
        messages.success(request, _("Haar gegevens zijn gewist."))
        return reverse("volunteers:erasures")

    return answer(request, EraseForm(request.POST or None), "volunteers/erase.html", perform, context)
