"""Pages of a volunteer about her own expenses."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.sheets.answers import as_file
from gib.core.ui.posting import answer
from gib.people.volunteers import presenting_expenses as presenting
from gib.people.volunteers.actions import expenses as actions
from gib.people.volunteers.domain.expenses import ClaimState
from gib.people.volunteers.domain.transfers import Account, masked
from gib.people.volunteers.forms.expenses import AccountForm, ClaimForm, ElsewhereForm
from gib.people.volunteers.models import Claim, Payee, Volunteer
from gib.people.volunteers.models.expenses import waived_in
from gib.people.volunteers.statements import statement


def own_page() -> str:
    """Give the address of one's own expenses."""
    return reverse("volunteers:own_claims")


@require_safe
@requires(P.CLAIM)
def own_claims(request: Request) -> HttpResponse:
    """Show a volunteer what she claimed, what came of it and what she can do."""
    return render(request, "volunteers/own_claims.html", presenting.own_page(request))


@requires(P.CLAIM)
def claim_add(request: Request) -> HttpResponse:
    """Claim what a day cost that no visit stands for, with the kilometres of last time."""
    initial = {"on": request.now.on, **presenting.ride_before(request, ())}
    form = ClaimForm(request.POST or None, mode=presenting.mode_now(request), initial=initial)

    def perform(told: actions.NewClaim) -> str:
        actions.claim(request.actor, told, request.now)
        return own_page()

    return answer(
        request, form, "volunteers/claim_form.html", perform, {"title": _("Declareren"), "back": own_page()}
    )


@requires(P.CLAIM)
def claim_change(request: Request, claim_id: UUID) -> HttpResponse:
    """Put a claim right that was sent back, and hand it in again."""
    rows = Claim.visible_to(request.actor, request.now.on).filter(state=ClaimState.RETURNED)
    row = rows.get_or_404(pk=claim_id)
    names = ("on", "km_tenths", "route", "cost_cents", "what", "minutes")
    initial = {name: getattr(row, name) or None for name in names} | {"is_waived": bool(row.waived_on)}
    form = ClaimForm(
        request.POST or None, mode=presenting.mode_now(request), activity_id=row.activity_id, initial=initial
    )

    def perform(told: actions.NewClaim) -> str:
        actions.claim_again(request.actor, claim_id, told, request.now)
        return own_page()

    context = {"title": _("Declaratie verbeteren"), "back": own_page(), "reason": row.reason}
    return answer(request, form, "volunteers/claim_form.html", perform, context)


@requires(P.CLAIM)
def account(request: Request) -> HttpResponse:
    """Ask on which account she wants to be paid; the number itself is not shown again."""
    row = Payee.visible_to(request.actor, request.now.on).first()
    form = AccountForm(request.POST or None, initial={"holder": row.holder if row else ""})

    def perform(told: Account) -> str:
        actions.give_account(request.actor, told, request.now)
        return own_page()

    lead = masked(row.iban) if row else _("Hierop betalen wij je onkosten.")
    context = {"title": _("Mijn rekening"), "back": own_page(), "lead": lead}
    return answer(request, form, "volunteers/form.html", perform, context)


@requires(P.CLAIM)
def elsewhere(request: Request) -> HttpResponse:
    """Ask what she receives from other organisations in this year or the last (DEC-06)."""
    year = request.now.on.year
    form = ElsewhereForm((year, year - 1), request.POST or None, initial={"year": year})

    def perform(told: tuple[int, int]) -> str:
        actions.declare_elsewhere(request.actor, *told, request.now)
        return own_page()

    context = {"title": _("Van andere organisaties"), "back": own_page()}
    return answer(request, form, "volunteers/form.html", perform, context)


@require_safe
@requires(P.CLAIM)
def waived(request: Request, year: int) -> HttpResponse:
    """Print the travel money that she gave away in a year.

    Raises:
        Http404: she gave nothing away in that year.
    """
    actor, on = request.actor, request.now.on
    volunteer = Volunteer.visible_to(actor, on).get_or_404(pk=actor.volunteer_id)
    rides = waived_in(volunteer.id, actor, year, on)
    if not rides:
        raise Http404
    name = f"{volunteer.given_name} {volunteer.family_name}"
    paper = statement(name, year, rides, request.now.at)
    return as_file(paper, f"opgave-reisgeld-{year}.pdf")
