"""Volunteers who are never asked for a mother: set from her page or from a match, and lifted again."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.products import actions, forms, presenting
from gib.care.products.domain.match import ASKS_EXCLUSION, EndReason
from gib.care.products.models import Exclusion, Match
from gib.care.products.views.common import ask, confirm, people_of
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.people.families.models import Dossier


@requires(P.MATCH)
def exclude(request: Request, dossier_id: UUID) -> HttpResponse:
    """Choose a volunteer who is never asked for her."""
    Dossier.visible_to(request.actor, request.now.on).get_or_404(pk=dossier_id)
    form = forms.ExcludeForm(request.POST or None, volunteers=presenting.helpers_of(request))
    return ask(
        request,
        form,
        _("Niet koppelen"),
        lambda why: actions.exclude(request.actor, dossier_id, form.chosen, why, request.now),
        people_of(dossier_id),
        about=presenting.in_dossier(dossier_id),
    )


@requires(P.MATCH)
def exclude_matched(request: Request, match_id: UUID) -> HttpResponse:
    """Never ask the volunteer of a match for this mother again; some ends of a match lead here."""
    row: Any = Match.visible_to(request.actor, request.now.on).get_or_404(pk=match_id)
    likely = ASKS_EXCLUSION.get(EndReason(row.end_reason)) if row.end_reason else None
    return ask(
        request,
        forms.WhyForm(request.POST or None, initial={"why": likely}),
        _("Niet meer koppelen"),
        lambda why: actions.exclude(request.actor, row.dossier_id, row.volunteer_id, why, request.now),
        reverse("products:match", args=[match_id]),
        about=row,
        lead=_("Wij vragen deze vrijwilliger dan nooit meer voor haar."),
    )


@requires(P.MATCH)
def lift(request: Request, exclusion_id: UUID) -> HttpResponse:
    """Let a volunteer be asked for her again."""
    row: Any = Exclusion.visible_to(request.actor, request.now.on).get_or_404(pk=exclusion_id)
    return confirm(
        request,
        _("Weer koppelen mag, vanaf morgen"),
        lambda _none: actions.lift_exclusion(request.actor, exclusion_id, request.now),
        people_of(row.dossier_id),
        about=row,
    )
