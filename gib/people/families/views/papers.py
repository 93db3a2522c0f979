"""Acts on the tab of papers: asking consent with its text, the answer, and withdrawing it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.kernel.rules import RuleBroken
from gib.core.ui.posting import answer
from gib.people.families import actions, words
from gib.people.families.domain.codes import Purpose
from gib.people.families.forms.common import SureForm
from gib.people.families.forms.consent import AskForm, GiveForm
from gib.people.families.models import Child, Consent, Participant, previous_recipients, standing, terms_on
from gib.people.families.presenting import paper_state, recipients
from gib.people.families.views.common import ask, of_dossier, tab
from gib.people.families.wording import latest, wording


@requires(P.RECORD_CONSENT)
@require_safe
@of_dossier
def purposes(request: Request, dossier_id: UUID) -> HttpResponse:
    """Choose what to ask consent for."""
    found = [
        (word, reverse("families:ask", args=[dossier_id, purpose]))
        for purpose, word in words.PURPOSES.items()
    ]
    context = {"purposes": found, "back": tab(dossier_id, "papieren")}
    return render(request, "families/purposes.html", context)


@requires(P.RECORD_CONSENT)
@of_dossier
def question(request: Request, dossier_id: UUID, purpose: str) -> HttpResponse:
    """Ask consent for one purpose, with its text beside the form.

    Raises:
        Http404: there is no such purpose.
    """
    if purpose not in set(Purpose):
        raise Http404
    on = request.now.on
    mother = Participant.visible_to(request.actor, on).get_or_404(dossier_id=dossier_id)
    children = Child.visible_to(request.actor, on).filter(dossier_id=dossier_id)
    initial = {"recipient": mother.return_municipality_id if purpose == Purpose.MUNICIPALITY else None}
    form = AskForm(request.POST or None, initial=initial, purpose=Purpose(purpose), children=children, on=on)

    def perform(new: actions.NewConsent) -> str:
        asked = actions.ask_consent(request.actor, dossier_id, new, request.now)
        return reverse("families:paper", args=[dossier_id, asked.id])

    context = {"title": words.PURPOSES[purpose], "text": latest(purpose, "nl")}
    back = reverse("families:purposes", args=[dossier_id])
    return answer(request, form, "families/ask.html", perform, context | {"back": back})


def _consent(request: Request, dossier_id: UUID, consent_id: UUID) -> Any:
    rows = Consent.visible_to(request.actor, request.now.on).select_related("child")
    return rows.get_or_404(pk=consent_id, dossier_id=dossier_id)


def _paper(request: Request, row: Any) -> dict[str, Any]:
    """Give the exact text of a consent with its answer, for the screen and for paper (CON-06)."""
    on = request.now.on
    return {
        "title": words.PURPOSES[row.purpose],
        "text": wording(row.text_version, row.language),
        "spoken": words.languages(row.language),
        "consent": row,
        "state": paper_state(row, standing(row, on, terms_on(on))),
        "recipient": recipients([row]).get((row.purpose, row.recipient), ""),
        "who": words.parties(row.given_by.split()),
        "place": words.PLACES.get(row.place, ""),
        "back": tab(row.dossier_id, "papieren"),
    }


@requires(P.RECORD_CONSENT)
@require_safe
@of_dossier
def paper(request: Request, dossier_id: UUID, consent_id: UUID) -> HttpResponse:
    """Show one consent with the exact text that was read, to print or to answer."""
    row = _consent(request, dossier_id, consent_id)
    return render(request, "families/paper.html", _paper(request, row))


@requires(P.RECORD_CONSENT)
@of_dossier
def give(request: Request, dossier_id: UUID, consent_id: UUID) -> HttpResponse:
    """Record a yes."""
    row = _consent(request, dossier_id, consent_id)
    form = GiveForm(request.POST or None, is_for_child=row.child_id is not None)

    perform_it = actions.confirm_consent if row.is_claim else actions.give_consent

    def perform(said: actions.Answer) -> None:
        try:
            perform_it(request.actor, consent_id, said, request.now)
        except RuleBroken as broken:
            # The rule names parties by their codes; the reader reads words.
            broken.facts["parties"] = words.parties(str(broken.facts.get("parties", "")).split())
            raise

    back = tab(dossier_id, "papieren")
    return ask(request, form, _("Zij zei ja"), back, perform, about=words.PURPOSES[row.purpose])


@requires(P.RECORD_CONSENT)
@of_dossier
def refuse(request: Request, dossier_id: UUID, consent_id: UUID) -> HttpResponse:
    """Record a no."""
    row = _consent(request, dossier_id, consent_id)

    def perform(_command: None) -> None:
        actions.refuse_consent(request.actor, consent_id, request.now)

    back, title = tab(dossier_id, "papieren"), _("Zij zei nee")
    more = {"about": words.PURPOSES[row.purpose], "button": _("Leg vast")}
    return ask(request, SureForm(request.POST or None), title, back, perform, **more)


@requires(P.RECORD_CONSENT)
@of_dossier
def withdraw(request: Request, dossier_id: UUID, consent_id: UUID) -> HttpResponse:
    """Withdraw a consent; sharing stops at once, and who received something before is told."""
    row = _consent(request, dossier_id, consent_id)
    codes = previous_recipients(dossier_id, row.purpose, row.recipient)
    names = recipients([row]) if codes else {}

    def perform(_command: None) -> None:
        actions.withdraw_consent(request.actor, consent_id, request.now)

    more = {
        "about": words.PURPOSES[row.purpose],
        "shared": sorted(names.values()),
        "is_support": row.purpose == Purpose.SUPPORT,
        "button": _("Trek in"),
        "template": "families/withdraw.html",
    }
    back = tab(dossier_id, "papieren")
    return ask(request, SureForm(request.POST or None), _("Toestemming intrekken"), back, perform, **more)
