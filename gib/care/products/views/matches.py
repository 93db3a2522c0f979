"""Matches: answer, meet, try, settle, end."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gib.care.products import actions, forms, presenting
from gib.care.products.domain.match import ASKS_EXCLUSION, FLOW, TRYING, EndReason, State
from gib.care.products.models import Match
from gib.care.products.presenting.standins import stand_ins_of
from gib.care.products.views.common import ask, confirm
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P

_STEPS: Final[dict[str, tuple[State, Callable[..., Any], str | Promise]]] = {
    "kennismaken": (State.INTRODUCTION, actions.introduce, gettext_lazy("Kennismaking")),
    "proberen": (State.TRIAL, actions.start_trial, gettext_lazy("Begin de proef")),
    "lopen": (State.RUNNING, actions.run, gettext_lazy("Samen verder")),
    "afronden": (State.ENDING, actions.begin_ending, gettext_lazy("Werk naar afscheid")),
    "intrekken": (State.WITHDRAWN, actions.withdraw_match, gettext_lazy("Trek de vraag in")),
}


def _match(request: Request, match_id: UUID) -> Any:
    rows = Match.visible_to(request.actor, request.now.on).select_related("prison", "municipality")
    return rows.get_or_404(pk=match_id)


def _page(match_id: UUID) -> str:
    return reverse("products:match", args=[match_id])


def _after(match_id: UUID, reason: EndReason) -> str:
    """Ask after some ends whether this volunteer must never be asked for her again."""
    return reverse("products:match_exclude", args=[match_id]) if reason in ASKS_EXCLUSION else _page(match_id)


@requires(P.MATCH, P.SEE_OWN_MATCHES)
@require_safe
def match(request: Request, match_id: UUID) -> HttpResponse:
    """Show a match to the coordinator or to the volunteer herself: as much as each may see."""
    row = _match(request, match_id)
    steps = [(slug, str(title)) for slug, (to, _act, title) in _STEPS.items() if FLOW.may_move(row.state, to)]
    context = presenting.match_page(request, row) | {
        "row": row,
        "steps": steps if request.actor.may(P.MATCH) else [],
        "may_match": request.actor.may(P.MATCH),
        "may_say_no_click": State(row.state) in TRYING,
        "may_end": FLOW.may_move(row.state, State.ENDED),
        "stand_ins": stand_ins_of(request, row),
        "may_exclude": request.actor.may(P.MATCH) and not row.is_live,
    }
    return render(request, "products/match.html", context)


@requires(P.MATCH)
def step(request: Request, match_id: UUID, to: str) -> HttpResponse:
    """Take a match one step further, after a yes."""
    row = _match(request, match_id)
    if to not in _STEPS:
        raise Http404
    _state, act, title = _STEPS[to]
    return confirm(
        request,
        str(title),
        lambda _none: act(request.actor, match_id, request.now),
        _page(match_id),
        about=row,
        lead=row.brand,
    )


@requires(P.MATCH)
def mother_answers(request: Request, match_id: UUID) -> HttpResponse:
    """Note what the mother says."""
    row = _match(request, match_id)
    return ask(
        request,
        forms.AnswerForm(request.POST or None),
        _("Wat zegt de moeder?"),
        lambda yes: actions.mother_answers(request.actor, match_id, yes, request.now),
        _page(match_id),
        about=row,
        lead=row.brand,
    )


@requires(P.ANSWER_MATCH, P.MATCH)
def volunteer_answers(request: Request, match_id: UUID) -> HttpResponse:
    """Let the volunteer say yes or no on code words, or note what she said on the phone."""
    row = _match(request, match_id)
    is_hers = request.actor.may(P.ANSWER_MATCH)
    return ask(
        request,
        forms.AnswerForm(request.POST or None),
        _("Past deze vraag bij je?") if is_hers else _("Wat zegt de vrijwilliger?"),
        lambda yes: actions.volunteer_answers(request.actor, match_id, yes, request.now),
        _page(match_id),
        lead=presenting.code_words(row),
    )


@requires(P.ANSWER_MATCH, P.MATCH)
def no_click(request: Request, match_id: UUID) -> HttpResponse:
    """Let either of them say that it does not click: the volunteer herself, or the coordinator for both."""
    row = _match(request, match_id)
    return ask(
        request,
        forms.ConfirmForm(request.POST or None),
        _("Het klikt niet"),
        lambda _none: actions.say_no_click(request.actor, match_id, request.now),
        _page(match_id),
        about=row,
        button=_("Het klikt niet"),
        lead=_("Dat mag, en niemand vraagt waarom. Wij zoeken iemand anders voor haar."),
    )


@requires(P.MATCH)
def end(request: Request, match_id: UUID) -> HttpResponse:
    """End a match, with a reason."""
    row = _match(request, match_id)
    return ask(
        request,
        forms.EndForm(request.POST or None),
        _("Beëindig de koppeling"),
        lambda reason: actions.end_match(request.actor, match_id, reason, request.now),
        _page(match_id),
        about=row,
        onward=lambda reason: _after(match_id, reason),
        lead=_("Afspraken die nog komen vervallen. De vrijwilliger leest nog 14 dagen mee."),
    )
