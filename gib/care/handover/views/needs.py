"""Needs: the volunteer tells her worry, the coordinator weighs it and talks with her."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.care.handover import actions, forms
from gib.care.handover.domain import Decision, NeedKind, Urgency
from gib.care.handover.models import NeedSignal
from gib.care.handover.wording import KIND_WORDS, NEXT_WORDS, SOURCE_WORDS
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.forms import HouseForm
from gib.core.ui.posting import answer
from gib.core.ui.words import day
from gib.people.families.models import Dossier, Participant

SIZE = 20


def tab_of(dossier_id: UUID) -> str:
    """Give the address of the tab on which the signals of a dossier stand."""
    return reverse("portal:dossier_tab", args=[dossier_id, "signalen"])


@requires(P.SEE_OWN_MATCHES)
def worry(request: Request, dossier_id: UUID) -> HttpResponse:
    """Let a volunteer tell her worry; the page says who reads it and what happens next."""
    mother = Participant.visible_to(request.actor, request.now.on).get_or_404(dossier_id=dossier_id)

    def perform(command: tuple[NeedKind, Urgency, str, bool]) -> str:
        kind, urgency, words, _own = command
        row = actions.raise_signal(request.actor, dossier_id, kind, urgency, words, request.now)
        return reverse("handover:worried", args=[row.id])

    context = {"name": mother.first_name, "levels": NEXT_WORDS.values()}
    urgency = request.GET.get("hoe", "")
    # Whoever pressed that a child is not safe said what it is about.
    kind = NeedKind.CHILD_SAFETY if urgency == Urgency.UNSAFE else ""
    form = forms.WorryForm(request.POST or None, initial={"urgency": urgency, "kind": kind})
    return answer(request, form, "handover/worry.html", perform, context)


@requires(P.SEE_OWN_MATCHES)
@require_safe
def worried(request: Request, signal_id: UUID) -> HttpResponse:
    """Tell a volunteer that her worry arrived, who reads it and what happens next."""
    row = NeedSignal.visible_to(request.actor, request.now.on).get_or_404(pk=signal_id)
    context = {
        "row": row,
        "next": NEXT_WORDS[Urgency(row.urgency)],
        "is_unsafe": row.urgency == Urgency.UNSAFE,
    }
    return render(request, "handover/worried.html", context)


@requires(P.SEE_OWN_MATCHES)
@require_safe
def worries(request: Request) -> HttpResponse:
    """Show a volunteer what she told, and what was answered."""
    rows = NeedSignal.visible_to(request.actor, request.now.on).order_by("-raised_on", "-id")
    items = [
        {"row": row, "kind": KIND_WORDS[NeedKind(row.kind)], "state": f"signal.{row.status}"}
        for row in rows[:SIZE].unlocked()
    ]
    return render(request, "handover/worries.html", {"items": items})


@requires(P.HANDLE_SIGNAL)
def raise_(request: Request, dossier_id: UUID) -> HttpResponse:
    """Record a need that the coordinator noticed, or that the mother told."""
    Dossier.visible_to(request.actor, request.now.on).get_or_404(pk=dossier_id)

    def perform(command: tuple[NeedKind, Urgency, str, bool]) -> str:
        kind, urgency, words, own = command
        actions.raise_signal(request.actor, dossier_id, kind, urgency, words, request.now, by_mother=own)
        return tab_of(dossier_id)

    context = {"title": _("Leg een signaal vast"), "back": tab_of(dossier_id)}
    return answer(request, forms.SignalForm(request.POST or None), "handover/form.html", perform, context)


def _act(
    request: Request, signal_id: UUID, title: str, form: HouseForm, perform: Callable[[Any], Any], **more: Any
) -> HttpResponse:
    """Show the form of one act on a signal, and go back to the dossier once it was done."""
    row = NeedSignal.visible_to(request.actor, request.now.on).get_or_404(pk=signal_id)

    def done(command: Any) -> str:
        perform(command)
        return tab_of(row.dossier_id)

    told = _("%(kind)s · door %(source)s op %(day)s") % {
        "kind": KIND_WORDS[row.kind],
        "source": SOURCE_WORDS[row.source],
        "day": day(row.raised_on),
    }
    context = {"title": title, "about": told, "quote": row.words, "back": tab_of(row.dossier_id)}
    return answer(request, form, "handover/form.html", done, context | more)


@requires(P.HANDLE_SIGNAL)
def triage(request: Request, signal_id: UUID) -> HttpResponse:
    """Weigh a signal."""

    def perform(command: tuple[Decision, str]) -> None:
        actions.triage(request.actor, signal_id, *command, request.now)

    return _act(
        request, signal_id, _("Wat doet u met dit signaal?"), forms.TriageForm(request.POST or None), perform
    )


@requires(P.HANDLE_SIGNAL)
def discuss(request: Request, signal_id: UUID) -> HttpResponse:
    """Record what she said of it."""

    def perform(command: tuple[bool, str]) -> None:
        actions.discuss(request.actor, signal_id, *command, request.now)

    return _act(request, signal_id, _("Besproken met haar"), forms.DiscussForm(request.POST or None), perform)


@requires(P.HANDLE_SIGNAL)
def close(request: Request, signal_id: UUID) -> HttpResponse:
    """Close a signal."""

    def perform(_command: None) -> None:
        actions.close_signal(request.actor, signal_id, request.now)

    form = forms.StepForm(request.POST or None)
    return _act(request, signal_id, _("Rond dit signaal af"), form, perform, button=_("Rond af"))
