"""The talks about a match inside: halfway, and at the end."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.products import actions, talk_forms
from gib.care.products.domain.talks import NewTalk, NextStep
from gib.care.products.models import Match
from gib.care.products.presenting import talks
from gib.care.products.views.common import ask
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P


def _match(request: Request, match_id: UUID) -> Any:
    return Match.visible_to(request.actor, request.now.on).get_or_404(pk=match_id)


def _after(match_id: UUID, talk: NewTalk) -> str:
    """Go on to the end of the match when that was agreed."""
    ends = talk.next_step in (NextStep.OTHER_PERSON, NextStep.STOP)
    return reverse("products:match_end" if ends else "products:match", args=[match_id])


@requires(P.MATCH)
def midterm(request: Request, match_id: UUID) -> HttpResponse:
    """Write down the talk halfway."""
    return ask(
        request,
        talk_forms.MidtermForm(request.POST or None, initial={"held_on": request.now.on}),
        _("Gesprek halverwege"),
        lambda talk: actions.hold_match_talk(request.actor, match_id, talk, request.now),
        reverse("products:match", args=[match_id]),
        about=_match(request, match_id),
        onward=lambda talk: _after(match_id, talk),
        lead=_("Spraken zij af te stoppen of iemand anders te zoeken? Dan beëindigt u daarna de koppeling."),
    )


@requires(P.MATCH)
def closing(request: Request, match_id: UUID) -> HttpResponse:
    """Write down the closing talk, and who comes to her home when help at home stands in her plan."""
    row = _match(request, match_id)
    asks = talks.asks_who_comes(request, row)
    return ask(
        request,
        talk_forms.ClosingForm(
            request.POST or None, initial={"held_on": request.now.on}, asks_who_comes=asks
        ),
        _("Slotgesprek"),
        lambda talk: actions.hold_match_talk(request.actor, match_id, talk, request.now),
        reverse("products:match", args=[match_id]),
        about=row,
        lead=_("Wat zij willen, telt mee op het bord als u een moedermaatje zoekt.") if asks else "",
    )
