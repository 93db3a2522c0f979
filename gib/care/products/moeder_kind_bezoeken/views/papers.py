"""The papers of a visit morning: for the gate, for each driver, for each home, and the sheet to sign."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gib.care.products.moeder_kind_bezoeken import papers
from gib.care.products.moeder_kind_bezoeken.models import Ride
from gib.care.products.moeder_kind_bezoeken.presenting import papers as presenting
from gib.care.products.views.meetings import meeting_of
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.sheets.answers import as_file


@requires(P.RUN_PRODUCT)
@require_safe
def day_list(request: Request, meeting_id: int) -> HttpResponse:
    """Show the list for the gate: who may come, without any reason."""
    row = meeting_of(request, meeting_id)
    return render(request, "products/day_list.html", presenting.gate_list(request, row))


@requires(P.RUN_PRODUCT)
@require_safe
def ride_list(request: Request, ride_id: UUID) -> HttpResponse:
    """Show the list of one driver."""
    ride: Any = Ride.visible_to(request.actor, request.now.on).get_or_404(pk=ride_id)
    row = meeting_of(request, ride.meeting_id)
    return render(request, "products/ride_list.html", presenting.ride_list(request, row, ride_id))


@requires(P.RUN_PRODUCT)
@require_safe
def sign_list(request: Request, meeting_id: int) -> HttpResponse:
    """Show the sheet on which who takes a child back signs."""
    row = meeting_of(request, meeting_id)
    return render(request, "products/sign_list.html", presenting.sign_list(request, row))


@requires(P.RUN_PRODUCT)
@require_safe
def letters(request: Request, meeting_id: int) -> HttpResponse:
    """Give one PDF with a letter for each home."""
    row = meeting_of(request, meeting_id)
    made = papers.letters(row, presenting.letters(request, row), request.now.at)
    return as_file(made, f"brieven-{row.planned_on}.pdf")
