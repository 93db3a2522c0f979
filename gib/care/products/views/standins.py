"""Another volunteer visits for some weeks: who may, asking her and the mother, and ending it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.care.products import actions, forms
from gib.care.products.models import Match, StandIn
from gib.care.products.presenting import standins as presenting
from gib.care.products.standin_forms import DaysForm, StandInForm
from gib.care.products.views.common import ask, confirm
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.people.volunteers.models import Volunteer


def _match(request: Request, match_id: UUID) -> Any:
    return Match.visible_to(request.actor, request.now.on).get_or_404(pk=match_id)


def _page(match_id: UUID) -> str:
    return reverse("products:match", args=[match_id])


def _row(request: Request, stand_in_id: UUID) -> Any:
    rows = StandIn.visible_to(request.actor, request.now.on).select_related("prison", "municipality")
    return rows.get_or_404(pk=stand_in_id)


@requires(P.MATCH)
@require_safe
def choose(request: Request, match_id: UUID) -> HttpResponse:
    """Ask for which days, and show who may take over the visits of those days, with reasons."""
    match = _match(request, match_id)
    form = DaysForm(request.GET or None, on=request.now.on)
    found = presenting.short_list(request, match, form.days) if form.is_bound and form.is_valid() else None
    context = {"form": form, "row": match, "found": found, "back": _page(match_id)}
    status = 422 if form.is_bound and found is None else 200
    return render(request, "products/stand_in.html", context, status=status)


@requires(P.MATCH)
def request_one(request: Request, match_id: UUID, volunteer_id: UUID) -> HttpResponse:
    """Ask one volunteer and the mother for these days."""
    match = _match(request, match_id)
    Volunteer.visible_to(request.actor, request.now.on).get_or_404(pk=volunteer_id)
    days = {"first": request.GET.get("van"), "last": request.GET.get("tot")}
    return ask(
        request,
        StandInForm(request.POST or None, initial=days),
        _("Vraag of zij invalt"),
        lambda days: actions.ask_stand_in(request.actor, match_id, volunteer_id, days, request.now),
        _page(match_id),
        about=match,
        lead=_("De vrijwilliger leest alleen waar en wanneer. Zonder ja van de moeder komt er niemand."),
        button=_("Vraag haar"),
    )


@requires(P.ANSWER_MATCH, P.MATCH)
def volunteer_answers(request: Request, stand_in_id: UUID) -> HttpResponse:
    """Let the volunteer say yes or no on code words and days, or note what she said on the phone."""
    row = _row(request, stand_in_id)
    is_hers = request.actor.may(P.ANSWER_MATCH)
    return ask(
        request,
        forms.AnswerForm(request.POST or None),
        _("Kun je deze bezoeken overnemen?") if is_hers else _("Wat zegt de vrijwilliger?"),
        lambda yes: actions.stand_in_answers(request.actor, stand_in_id, yes, request.now),
        reverse("portal:phone") if is_hers else _page(row.match_id),
        lead=presenting.about(row),
    )


@requires(P.MATCH)
def mother_answers(request: Request, stand_in_id: UUID) -> HttpResponse:
    """Note what the mother says of it."""
    row = _row(request, stand_in_id)
    return ask(
        request,
        forms.AnswerForm(request.POST or None),
        _("Wat zegt de moeder?"),
        lambda yes: actions.mother_allows(request.actor, stand_in_id, yes, request.now),
        _page(row.match_id),
        about=row,
        lead=presenting.about(row),
    )


@requires(P.MATCH)
def end(request: Request, stand_in_id: UUID) -> HttpResponse:
    """Call it off: what was still to come is of the volunteer of the match again."""
    row = _row(request, stand_in_id)
    return confirm(
        request,
        _("Zeg het invallen af"),
        lambda _none: actions.call_off_stand_in(request.actor, stand_in_id, request.now),
        _page(row.match_id),
        about=row,
        lead=presenting.about(row),
    )
