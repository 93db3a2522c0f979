"""Pages of who decides on claims, and of who pays them."""

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.sheets.answers import as_file
from gib.core.ui.posting import answer
from gib.people.volunteers import presenting_expenses as presenting
from gib.people.volunteers.actions import expenses as actions
from gib.people.volunteers.domain.allowances import Mode
from gib.people.volunteers.domain.expenses import ClaimState, number_of
from gib.people.volunteers.domain.transfers import Account
from gib.people.volunteers.forms.expenses import AccountForm, ApproveForm, ModeForm, ReasonForm
from gib.people.volunteers.models import Claim, ClaimYear, Payout, Volunteer
from gib.people.volunteers.payments import payment_file
from gib.people.volunteers.presenting import name_of

#: The word in the address -> what becomes of the claim, and how the page is called.
DECLINES: Final[dict[str, tuple[ClaimState, str | Promise]]] = {
    "terug": (ClaimState.RETURNED, gettext_lazy("Terugsturen")),
    "afwijzen": (ClaimState.REFUSED, gettext_lazy("Afwijzen")),
}


def claim_page(claim_id: UUID) -> str:
    """Give the address of a claim."""
    return reverse("volunteers:claim", args=[claim_id])


def _claim(request: Request, claim_id: UUID) -> Any:
    return Claim.visible_to(request.actor, request.now.on).get_or_404(pk=claim_id)


@require_safe
@requires(P.APPROVE_CLAIM, P.PAY_CLAIM)
def claims(request: Request) -> HttpResponse:
    """List claims by how they stand: first those that wait for this reader."""
    return render(request, "volunteers/claims.html", presenting.office(request, request.GET.get("stand", "")))


@requires(P.APPROVE_CLAIM, P.PAY_CLAIM)
def claim(request: Request, claim_id: UUID) -> HttpResponse:
    """Show one claim, and approve it, or accept it after a look when the amount is not sure."""
    row = _claim(request, claim_id)
    has_costs = row.cost_cents > 0 and request.actor.may(P.APPROVE_CLAIM)
    form = ApproveForm(request.POST or None, has_costs=has_costs)

    def perform(is_receipt_seen: bool) -> str:
        actions.say_yes(request.actor, claim_id, is_receipt_seen, request.now)
        return reverse("volunteers:claims")

    return answer(request, form, "volunteers/claim.html", perform, presenting.one(request, row))


@requires(P.APPROVE_CLAIM, P.PAY_CLAIM)
def decline(request: Request, claim_id: UUID, to: str) -> HttpResponse:
    """Send a claim back or refuse it, with a reason.

    Raises:
        Http404: there is no such step.
    """
    row = _claim(request, claim_id)
    if to not in DECLINES:
        raise Http404
    state, title = DECLINES[to]

    def perform(reason: str) -> str:
        actions.decline_claim(request.actor, claim_id, state, reason, request.now)
        return reverse("volunteers:claims")

    context = {"title": title, "back": claim_page(claim_id), "lead": presenting.contents(row)}
    return answer(request, ReasonForm(request.POST or None), "volunteers/form.html", perform, context)


@requires(P.APPROVE_CLAIM)
def counter(request: Request, claim_id: UUID) -> HttpResponse:
    """Take a paid claim back with a counter-entry, which somebody else approves."""
    row = _claim(request, claim_id)

    def perform(reason: str) -> str:
        return claim_page(actions.counter(request.actor, claim_id, reason, request.now).id)

    context = {"title": _("Tegenboeken"), "back": claim_page(claim_id), "lead": presenting.contents(row)}
    return answer(request, ReasonForm(request.POST or None), "volunteers/form.html", perform, context)


@requires(P.APPROVE_CLAIM)
def mode(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Choose how a volunteer is paid, this year or the next."""
    actor, on = request.actor, request.now.on
    row = Volunteer.visible_to(actor, on).get_or_404(pk=volunteer_id)
    known = ClaimYear.visible_to(actor, on).filter(volunteer_id=volunteer_id, year=on.year).first()
    first = {"year": on.year, "mode": known.mode if known else Mode.COSTS}
    form = ModeForm((on.year, on.year + 1), request.POST or None, initial=first)
    back = reverse("volunteers:volunteer", args=[volunteer_id])

    def perform(told: tuple[int, Mode]) -> str:
        actions.choose_mode(actor, volunteer_id, *told, request.now)
        return back

    context = {"title": _("Manier van vergoeden"), "back": back, "lead": name_of(row)}
    return answer(request, form, "volunteers/form.html", perform, context)


@requires(P.PAY_CLAIM)
def payout(request: Request) -> HttpResponse:
    """Show what can be paid and pay it, from an account of ours; the last one used stands ready."""
    runs = presenting.last_payouts()
    last = {"holder": runs[0].debtor_name, "iban": runs[0].debtor_iban} if runs else {}
    form = AccountForm(request.POST or None, initial=last)

    def perform(debtor: Account) -> str:
        made = actions.pay_out(request.actor, debtor, request.now)
        return reverse("volunteers:payout_made", args=[made.id])

    context = presenting.payout_page(request) | {"runs": presenting.payout_table(runs) if runs else None}
    return answer(request, form, "volunteers/payout.html", perform, context)


@require_safe
@requires(P.PAY_CLAIM)
def payout_made(request: Request, payout_id: UUID) -> HttpResponse:
    """Show what one run paid, with the file for the bank."""
    row = get_object_or_404(Payout, pk=payout_id)
    return render(request, "volunteers/payout_made.html", presenting.made_page(request, row))


@require_safe
@requires(P.PAY_CLAIM)
def payout_file(request: Request, payout_id: UUID) -> HttpResponse:
    """Give the file for the bank; its name and its texts name no mother and no volunteer's family."""
    row = get_object_or_404(Payout, pk=payout_id)
    file = payment_file(request.actor, row, request.now)
    return as_file(file, f"betaling-{number_of(row.id)}.xml")
