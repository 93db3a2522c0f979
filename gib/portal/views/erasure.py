"""Erasing a dossier: asking, deciding as a second person, and saying that it must stay."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.posting import answer
from gib.people.families.models import Dossier
from gib.portal import actions, dues, erasures, forms
from gib.portal.domain import ErasureGround, ErasureState, HoldKind
from gib.portal.models import ErasureRequest, LegalHold


@require_http_methods(["GET", "POST"])
@requires(P.ASK_ERASURE)
def erase(request: Request, dossier_id: UUID) -> HttpResponse:
    """Show what goes and what stays when a dossier is erased, and ask for it.

    Raises:
        Http404: the dossier does not exist for this reader.
    """
    actor, now = request.actor, request.now
    dossier = Dossier.visible_to(actor, now.on).get_or_404(pk=dossier_id)
    asked = ErasureRequest.visible_to(actor, now.on).filter(dossier_id=dossier_id, state=ErasureState.ASKED)

    def perform(ground: ErasureGround) -> str:
        row = actions.ask_erasure(actor, dossier_id, ground, now)
        return reverse("portal:erasure", args=[row.id])

    context = {
        "dossier": dossier,
        "asked": asked.first(),
        "holds": erasures.holds(actor, dossier_id, now.on),
        "preview": erasures.preview(dossier_id, now.on),
    }
    form = forms.AskErasureForm(request.POST or None)
    return answer(request, form, "portal/erase.html", perform, context)


@require_safe
@requires(P.ANSWER_ERASURE)
def overview(request: Request) -> HttpResponse:
    """List the questions to erase: those that wait, and what became of the others."""
    context = {
        "table": erasures.table(request.actor, request.now.on),
        "tabs": erasures.tabs("portal:erasures"),
    }
    return render(request, "portal/erasures.html", context)


@require_safe
@requires(P.ANSWER_ERASURE)
def due(request: Request) -> HttpResponse:
    """List what is past its term, filtered and sorted, with what stops it from being erased."""
    actor, on = request.actor, request.now.on
    found = dues.listed(actor, on)
    asked = kind if (kind := request.GET.get("soort", "")) in erasures.CHOICES else ""
    shown = [each for each in found if not asked or each.kind is erasures.CHOICES[asked][0]]
    context = {
        "table": erasures.due_table(request, actor, shown, on),
        "chips": erasures.due_chips(asked, found),
        "tabs": erasures.tabs("portal:erasures_due"),
        "count": len(shown),
        "is_more": dues.is_more(found),
        "may_ask": actor.may(P.ASK_ERASURE),
    }
    return render(request, "portal/erasures_due.html", context)


@require_http_methods(["GET", "POST"])
@requires(P.ANSWER_ERASURE)
def erasure(request: Request, erasure_id: UUID) -> HttpResponse:
    """Decide about a question to erase as a second person, or take the own question back.

    Raises:
        Http404: there is no such open question for this reader.
    """
    actor, now = request.actor, request.now
    rows = ErasureRequest.visible_to(actor, now.on).filter(state=ErasureState.ASKED)
    row = rows.get_or_404(pk=erasure_id)

    def perform(command: tuple[ErasureState, str]) -> str:
        done = actions.answer_erasure(actor, erasure_id, *command, now)
        messages.success(request, f"{done.number}: {erasures.STATES[ErasureState(done.state)]}")
        return reverse("portal:erasures")

    context = {
        "row": row,
        "ground": erasures.GROUNDS[ErasureGround(row.ground)],
        "stays": erasures.stays(actor, row.dossier_id, now.on),
        "preview": erasures.preview(row.dossier_id, now.on),
    }
    form = forms.AnswerErasureForm(request.POST or None, is_own=row.asked_by == actor.user_id)
    return answer(request, form, "portal/erasure.html", perform, context)


@require_http_methods(["GET", "POST"])
@requires(P.ASK_ERASURE)
def hold(request: Request, dossier_id: UUID) -> HttpResponse:
    """Say that a dossier must stay, why and until when.

    Raises:
        Http404: the dossier does not exist for this reader.
    """
    Dossier.visible_to(request.actor, request.now.on).get_or_404(pk=dossier_id)
    back = reverse("portal:erase", args=[dossier_id])

    def perform(command: tuple[HoldKind, str, date]) -> str:
        actions.hold(request.actor, dossier_id, *command, request.now)
        return back

    context = {"back": back, "title": _("Dit dossier moet blijven")}
    return answer(request, forms.HoldForm(request.POST or None), "portal/hold.html", perform, context)


@require_http_methods(["GET", "POST"])
@requires(P.ASK_ERASURE)
def hold_end(request: Request, hold_id: UUID) -> HttpResponse:
    """Say that the reason to keep a dossier is gone.

    Raises:
        Http404: there is no such hold for this reader.
    """
    row: Any = LegalHold.visible_to(request.actor, request.now.on).get_or_404(pk=hold_id)
    back = reverse("portal:erase", args=[row.dossier_id])

    def perform(_command: None) -> str:
        actions.end_hold(request.actor, hold_id, request.now)
        return back

    context = {"back": back, "title": _("Dit dossier hoeft niet meer te blijven")}
    return answer(request, forms.EndHoldForm(request.POST or None), "portal/hold.html", perform, context)
