"""The calendar of whoever looks: a month, a week or a day."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.portal import agenda


@require_safe
@requires(P.SEE_AGENDA)
def calendar(request: Request) -> HttpResponse:
    """Show the appointments that exist for the reader, with the free days of the country and the schools."""
    return render(request, "portal/agenda.html", agenda.page(request, agenda.asked_of(request)))
