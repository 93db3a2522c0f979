"""The desk of a municipality: what was asked of it, and its answers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.care.aftercare import actions, forms, presenting
from gib.care.aftercare.domain import FLOW, Ground, State
from gib.care.aftercare.models import FundingRequest
from gib.care.aftercare.wording import lines
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.forms import HouseForm
from gib.core.ui.posting import answer
from gib.core.ui.tables import Cell, make
from gib.core.ui.words import day

SIZE = 50


def _rows(request: Request) -> Any:
    return FundingRequest.visible_to(request.actor, request.now.on)


@requires(P.ANSWER_FUNDING)
@require_safe
def inbox(request: Request) -> HttpResponse:
    """List what was asked of this municipality: what waits first, urgent before the rest."""
    show_all = request.GET.get("toon") == "alles"
    rows = _rows(request) if show_all else _rows(request).waiting()
    found = list(rows.order_by("-is_urgent", "due_on", "id")[:SIZE])
    cells: list[list[Cell | str | int]] = [
        [
            Cell(row.number, reverse("aftercare:asked", args=[row.id])),
            Cell(state=presenting.state_of(row, request.now.on)),
            day(row.submitted_on),
            day(row.due_on) if row.state == State.SUBMITTED else "",
            _("Zij is al vrij") if row.is_urgent else "",
        ]
        for row in found
    ]
    heads = [_("Aanvraag"), _("Stand"), _("Gevraagd op"), _("Antwoord voor"), _("Haast")]
    chips = [
        {"label": _("Wacht op u"), "url": "?", "is_current": not show_all},
        {"label": _("Alles"), "url": "?toon=alles", "is_current": show_all},
    ]
    context = {"table": make(_("Aanvragen"), heads, cells), "count": len(found), "chips": chips}
    return render(request, "aftercare/inbox.html", context)


@requires(P.ANSWER_FUNDING)
@require_safe
def asked(request: Request, request_id: UUID) -> HttpResponse:
    """Show one request as it was sent, and the answers that can be given."""
    row = _rows(request).get_or_404(pk=request_id)
    answers = (
        (State.GRANTED, "desk_grant", _("Wij betalen")),
        (State.REJECTED, "desk_reject", _("Wij betalen niet")),
        (State.QUESTION, "desk_question", _("Wij hebben een vraag")),
    )
    context = {
        "row": row,
        "state": presenting.state_of(row, request.now.on),
        "told": presenting.told_of(row),
        "period": presenting.period(row.from_on, row.to_on),
        "extract": lines(row.extract),
        "answers": [
            (reverse(f"aftercare:{name}", args=[row.id]), word)
            for to, name, word in answers
            if FLOW.may_move(row.state, to)
        ],
    }
    return render(request, "aftercare/asked.html", context)


def _answer(
    request: Request, request_id: UUID, title: str, form: HouseForm, perform: Callable[[Any], Any]
) -> HttpResponse:
    row = _rows(request).get_or_404(pk=request_id)
    page = reverse("aftercare:asked", args=[request_id])

    def done(command: Any) -> str:
        perform(command)
        return page

    context = {"title": title, "about": row.number, "back": page, "button": _("Verstuur")}
    return answer(request, form, "aftercare/form.html", done, context)


@requires(P.ANSWER_FUNDING)
def grant(request: Request, request_id: UUID) -> HttpResponse:
    """Say yes."""

    def perform(yes: actions.Grant) -> None:
        actions.grant(request.actor, request_id, yes, request.now)

    form = forms.GrantForm(request.POST or None, initial={"from_on": request.now.on})
    return _answer(request, request_id, _("Wij betalen"), form, perform)


@requires(P.ANSWER_FUNDING)
def reject(request: Request, request_id: UUID) -> HttpResponse:
    """Say no, with the ground."""

    def perform(ground: Ground) -> None:
        actions.reject(request.actor, request_id, ground, request.now)

    return _answer(
        request, request_id, _("Wij betalen niet"), forms.RejectForm(request.POST or None), perform
    )


@requires(P.ANSWER_FUNDING)
def question(request: Request, request_id: UUID) -> HttpResponse:
    """Ask what is still unknown."""

    def perform(text: str) -> None:
        actions.ask_question(request.actor, request_id, text, request.now)

    form = forms.TextForm(request.POST or None, label=_("Uw vraag"), sees=forms.PARTNER_SEES)
    return _answer(request, request_id, _("Wij hebben een vraag"), form, perform)
