"""Series of visits: begin one, see what lies ahead, decide about a day, end it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.care.products import actions, presenting
from gib.care.products.models import Match, VisitSeries
from gib.care.products.models.visiting import offer_of
from gib.care.products.planning_forms import DayForm, SeriesForm
from gib.care.products.presenting.home import rhythm_days
from gib.care.products.views.common import ask, confirm
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P


def _series(request: Request, series_id: UUID) -> Any:
    rows = VisitSeries.visible_to(request.actor, request.now.on).select_related("match")
    return rows.get_or_404(pk=series_id)


def _page(series_id: UUID) -> str:
    return reverse("products:series", args=[series_id])


@requires(P.MATCH)
def start(request: Request, match_id: UUID) -> HttpResponse:
    """Let visits fall on a fixed day and hour."""
    match: Any = Match.visible_to(request.actor, request.now.on).get_or_404(pk=match_id)
    every = rhythm_days(request, match)
    offer = offer_of(match, actions.USUAL[match.product], request.now.on)
    return ask(
        request,
        SeriesForm(request.POST or None, initial={"every_days": every}, offer=offer),
        _("Plan een reeks bezoeken"),
        lambda told: actions.start_series(request.actor, match_id, told, request.now),
        reverse("products:match", args=[match_id]),
        about=match,
        lead=_("Steeds op dezelfde weekdag en tijd. Feestdagen vallen vanzelf weg."),
    )


@requires(P.MATCH)
@require_safe
def show(request: Request, series_id: UUID) -> HttpResponse:
    """Show the rhythm of a series and the visits that lie ahead, with what stands in the way."""
    row = _series(request, series_id)
    context = presenting.series_page(request, row)
    return render(request, "products/series.html", context)


@requires(P.MATCH)
def change(request: Request, series_id: UUID) -> HttpResponse:
    """Decide that one day falls away, or is moved."""
    row = _series(request, series_id)
    days = presenting.days_to_change(request, row)
    offer = offer_of(row.match, actions.USUAL[row.match.product], request.now.on)
    begun = {"due_on": request.GET.get("dag", "")}
    return ask(
        request,
        DayForm(request.POST or None, days=days, initial=begun, offer=offer),
        _("Eén bezoek anders"),
        lambda told: actions.change_day(request.actor, series_id, told, request.now),
        _page(series_id),
        about=row,
    )


@requires(P.MATCH)
def end(request: Request, series_id: UUID) -> HttpResponse:
    """End a series, after a yes."""
    row = _series(request, series_id)
    return confirm(
        request,
        _("Beëindig de reeks"),
        lambda _none: actions.end_series(request.actor, series_id, request.now),
        reverse("products:match", args=[row.match_id]),
        about=row,
        lead=_("Bezoeken die nog komen vervallen. Wat geweest is blijft staan."),
    )
