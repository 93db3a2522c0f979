"""What a coordinator does with a request; every page but the first is one act."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.care.aftercare import actions, forms, presenting
from gib.care.aftercare.domain import MINIMUM, Alternative, Ground
from gib.care.aftercare.models import FundingRequest
from gib.care.aftercare.models.lists import may_pay
from gib.care.aftercare.wording import lines
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.forms import HouseForm
from gib.core.ui.posting import answer
from gib.core.ui.words import initials
from gib.people.families.models import Dossier, Participant
from gib.people.partners.domain import BRANDS, Product
from gib.people.partners.models import legal_value

#: Hours a week of a Moedermaatje. Source: description of the programme.
HOURS_A_WEEK = 4


def _row(request: Request, request_id: UUID) -> Any:
    rows = FundingRequest.visible_to(request.actor, request.now.on).select_related("municipality")
    return rows.get_or_404(pk=request_id)


def _page(request_id: UUID) -> str:
    return reverse("aftercare:request", args=[request_id])


def _act(
    request: Request,
    request_id: UUID,
    title: str,
    form: HouseForm,
    perform: Callable[[Any], Any],
    **more: Any,
) -> HttpResponse:
    """Show the form of one act on a request, and go back to the request once it was done."""
    row = _row(request, request_id)

    def done(command: Any) -> str:
        perform(command)
        return _page(request_id)

    context = {"title": title, "about": f"{row.municipality} · {row.number}", "back": _page(request_id)}
    return answer(request, form, "aftercare/form.html", done, context | more)


@requires(P.REQUEST_FUNDING)
def draft(request: Request, dossier_id: UUID) -> HttpResponse:
    """Begin a request for a mother."""
    Dossier.visible_to(request.actor, request.now.on).get_or_404(pk=dossier_id)

    def perform(_command: None) -> str:
        return _page(actions.draft_request(request.actor, dossier_id, request.now).id)

    context = {
        "title": _("Vraag de gemeente"),
        "notice": _("U begint een klad. Er gaat nog niets weg."),
        "button": _("Begin"),
        "back": reverse("portal:dossier_tab", args=[dossier_id, "financiering"]),
    }
    return answer(request, forms.StepForm(request.POST or None), "aftercare/form.html", perform, context)


@requires(P.REQUEST_FUNDING)
@require_safe
def detail(request: Request, request_id: UUID) -> HttpResponse:
    """Show a request with its trail and what can be done next."""
    row = _row(request, request_id)
    on = request.now.on
    context = {
        "row": row,
        "state": presenting.state_of(row, on),
        "told": presenting.told_of(row),
        "period": presenting.period(row.from_on, row.to_on),
        "extract": lines(row.extract),
        "steps": [
            (reverse(f"aftercare:{name}", args=[row.id]), word) for name, word in presenting.steps_of(row, on)
        ],
        "back": reverse("portal:dossier_tab", args=[row.dossier_id, "financiering"]),
    }
    return render(request, "aftercare/request.html", context)


def _minimum(request: Request, row: Any) -> dict[str, str]:
    """Give the minimum set that a municipality gets to know (ZVH-02)."""
    actor, on = request.actor, request.now.on
    mother = Participant.visible_to(actor, on).get_or_404(dossier_id=row.dossier_id)
    dossier = Dossier.visible_to(actor, on).get_or_404(pk=row.dossier_id)
    months = legal_value("moedermaatje_months", on)
    found = {
        "number": dossier.number,
        "initials": initials(f"{mother.first_name} {mother.last_name}"),
        "birth_year": str(mother.birth_year or ""),
        "product": BRANDS[Product.MOEDERMAATJES],
        "hours": _("%(hours)s uur per week, %(months)s maanden") % {"hours": HOURS_A_WEEK, "months": months},
    }
    return {name: text for name, text in found.items() if text and name in MINIMUM}


@requires(P.REQUEST_FUNDING)
def send(request: Request, request_id: UUID) -> HttpResponse:
    """Show what goes out, let lines be struck, and send."""
    form = forms.ExtractForm(request.POST or None, extract=_minimum(request, _row(request, request_id)))

    def perform(command: tuple[dict[str, str], str]) -> None:
        actions.submit_request(request.actor, request_id, *command, request.now)

    notice = _("Dit ziet de gemeente, en niets anders. Wat u verstuurt, staat vast. Zij ziet het ook.")
    return _act(
        request,
        request_id,
        _("Verstuur"),
        form,
        perform,
        notice=notice,
        button=_("Verstuur naar de gemeente"),
    )


@requires(P.REQUEST_FUNDING)
def cover(request: Request, request_id: UUID) -> HttpResponse:
    """Let an agreement pay."""
    row = _row(request, request_id)
    form = forms.CoverForm(request.POST or None, agreements=may_pay(row.municipality_id, request.now.on))

    def perform(agreement_id: UUID) -> None:
        actions.cover_by_agreement(request.actor, request_id, agreement_id, request.now)

    return _act(request, request_id, _("Dek met een afspraak"), form, perform)


@requires(P.REQUEST_FUNDING)
def reply(request: Request, request_id: UUID) -> HttpResponse:
    """Answer the question of a municipality."""
    row = _row(request, request_id)
    form = forms.TextForm(request.POST or None, label=_("Uw antwoord"), sees=forms.SENT_SEES)

    def perform(text: str) -> None:
        actions.answer_question(request.actor, request_id, text, request.now)

    return _act(request, request_id, _("Beantwoord de vraag"), form, perform, quote=row.question)


@requires(P.REQUEST_FUNDING)
def grant(request: Request, request_id: UUID) -> HttpResponse:
    """Record a yes that was heard."""
    form = forms.GrantForm(request.POST or None, initial={"from_on": request.now.on})

    def perform(yes: actions.Grant) -> None:
        actions.grant(request.actor, request_id, yes, request.now)

    return _act(request, request_id, _("De gemeente betaalt"), form, perform)


@requires(P.REQUEST_FUNDING)
def reject(request: Request, request_id: UUID) -> HttpResponse:
    """Record a no that was heard."""

    def perform(ground: Ground) -> None:
        actions.reject(request.actor, request_id, ground, request.now)

    form = forms.RejectForm(request.POST or None)
    return _act(request, request_id, _("De gemeente betaalt niet"), form, perform)


@requires(P.REQUEST_FUNDING)
def no_answer(request: Request, request_id: UUID) -> HttpResponse:
    """Record that a municipality let its term pass."""

    def perform(_command: None) -> None:
        actions.record_no_answer(request.actor, request_id, request.now)

    form = forms.StepForm(request.POST or None)
    return _act(request, request_id, _("Geen antwoord gekregen"), form, perform, button=_("Leg vast"))


@requires(P.REQUEST_FUNDING)
def alternative(request: Request, request_id: UUID) -> HttpResponse:
    """Record that somebody else pays."""

    def perform(command: tuple[Alternative, date, date | None]) -> None:
        actions.find_alternative(request.actor, request_id, *command, request.now)

    form = forms.AlternativeForm(request.POST or None, initial={"from_on": request.now.on})
    return _act(request, request_id, _("Iemand anders betaalt"), form, perform)


@requires(P.REQUEST_FUNDING)
def withdraw(request: Request, request_id: UUID) -> HttpResponse:
    """Take a request back."""

    def perform(_command: None) -> None:
        actions.withdraw(request.actor, request_id, request.now)

    form = forms.StepForm(request.POST or None)
    return _act(request, request_id, _("Trek de aanvraag in"), form, perform, button=_("Trek in"))


@requires(P.LET_GO)
def let_go(request: Request, request_id: UUID) -> HttpResponse:
    """Ask once more, and let a mother go."""

    def perform(_command: None) -> None:
        actions.let_go(request.actor, request_id, request.now)

    notice = _(
        "Haar traject stopt. De reden en deze aanvraag blijven bewaard en tellen mee in de cijfers."
        " Zoek daarna met haar wie wel kan helpen."
    )
    form = forms.StepForm(request.POST or None)
    return _act(
        request,
        request_id,
        _("Moeten wij haar loslaten?"),
        form,
        perform,
        notice=notice,
        button=_("Laat haar los"),
    )
