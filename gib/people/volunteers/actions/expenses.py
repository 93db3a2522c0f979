"""What people do about expenses: claim, approve, send back, refuse, put right, and pay."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import age_on
from gib.core.kernel.ids import new_id
from gib.core.kernel.rules import RuleBroken
from gib.people.partners.domain import RateKind
from gib.people.partners.models import legal_value
from gib.people.volunteers.actions.volunteers import load
from gib.people.volunteers.domain import VolunteerEvent, allowances, expenses
from gib.people.volunteers.domain.allowances import Amount, Mode, Verdict
from gib.people.volunteers.domain.expenses import CLAIM_FLOW, ClaimState, Due
from gib.people.volunteers.domain.transfers import Account, parse_iban
from gib.people.volunteers.models import Claim, ClaimYear, Payee, Payment, Payout, Volunteer
from gib.people.volunteers.models import expenses as tables


@dataclass(frozen=True, kw_only=True)
class NewClaim:
    """What a volunteer asks back for one day: kilometres in tenths, costs in cents, time in minutes.

    `activity_id` is the visit it is about; `is_waived` says that she gives the money of the ride away.
    """

    on: date
    km_tenths: int = 0
    route: str = ""
    cost_cents: int = 0
    what: str = ""
    minutes: int = 0
    is_waived: bool = False
    activity_id: UUID | None = None


def _claim(actor: Actor, claim_id: UUID, now: Now) -> Claim:
    row: Claim = Claim.for_action(actor, now.on).get_or_404(pk=claim_id)
    return row


def _year(actor: Actor, volunteer: Volunteer, year: int, now: Now) -> ClaimYear:
    """Give how she is paid in a year: as it was written down, else her costs."""
    rows = ClaimYear.for_action(actor, now.on).filter(volunteer_id=volunteer.id, year=year)
    return rows.first() or ClaimYear(
        id=new_id(), volunteer_id=volunteer.id, team_id=volunteer.team_id, year=year
    )


def _fill(actor: Actor, row: Claim, volunteer: Volunteer, told: NewClaim, now: Now) -> None:
    """Write what was told in a claim, checked and counted with the rates of its day."""
    mode = Mode(_year(actor, volunteer, told.on.year, now).mode)
    facts = {name: getattr(told, name) for name in ("km_tenths", "route", "cost_cents", "what", "minutes")}
    expenses.check_claim(**facts, mode=mode)
    expenses.check_claim_day(told.on, now.on, legal_value("claim_months", now.on))
    if told.is_waived:
        expenses.check_waived(told.cost_cents, told.minutes)
    for name, value in facts.items():
        setattr(row, name, value)
    row.on, row.waived_on = told.on, now.on if told.is_waived else None
    row.submitted_by, row.submitted_on = actor.user_id, now.on
    row.rate_cents, row.hour_cents = _rate(told), _hour_rate(told, volunteer)
    travel = allowances.travel_cents(told.km_tenths, row.rate_cents)
    row.cents = travel + told.cost_cents + allowances.hours_cents(told.minutes, row.hour_cents)


def _rate(told: NewClaim) -> int:
    if not told.km_tenths:
        return 0
    own, fiscal = tables.rates(RateKind.OWN), tables.rates(RateKind.FISCAL)
    return allowances.rate_on(own, fiscal, told.on).cents


def _hour_rate(told: NewClaim, volunteer: Volunteer) -> int:
    if not told.minutes:
        return 0
    age = age_on(volunteer.born_on, told.on) if volunteer.born_on else None
    return allowances.hour_rate(allowances.allowance_on(tables.allowances(), told.on), age)


def _submitted(row: Claim) -> expenses.ClaimSubmitted:
    return expenses.ClaimSubmitted(volunteer_id=row.volunteer_id, claim_id=row.id, cents=row.cents)


@act(P.CLAIM)
def claim(actor: Actor, told: NewClaim, now: Now) -> Claim:
    """Hand in what a day cost, for oneself.

    Raises:
        RuleBroken: 'claim_twice' for a visit that was claimed before; 'claim_empty', 'claim_route_missing',
            'claim_what_missing', 'claim_hours', 'claim_waive_travel', 'claim_in_future', 'claim_too_late';
            'rate_unknown', 'allowance_unknown', 'hourly_unsettled'.
    """
    volunteer = load(actor, actor.volunteer_id, now)
    if told.activity_id and tables.claimed(actor, [told.activity_id], now.on):
        raise RuleBroken("claim_twice")
    row = Claim(
        id=new_id(), volunteer_id=volunteer.id, team_id=volunteer.team_id, activity_id=told.activity_id
    )
    _fill(actor, row, volunteer, told, now)
    carry_out(actor, now, rows=[row], events=[_submitted(row)])
    return row


@act(P.CLAIM)
def claim_again(actor: Actor, claim_id: UUID, told: NewClaim, now: Now) -> Claim:
    """Hand in a claim again that was sent back, put right.

    Raises:
        RuleBroken: 'illegal_move' when it was not sent back; else as `claim`.
    """
    row = _claim(actor, claim_id, now)
    row.state = CLAIM_FLOW.move(row.state, ClaimState.SUBMITTED)
    _fill(actor, row, load(actor, row.volunteer_id, now), told, now)
    carry_out(actor, now, rows=[row], events=[_submitted(row)])
    return row


@act(P.CLAIM)
def give_account(actor: Actor, account: Account, now: Now) -> Payee:
    """Say on which account one wants to be paid; it holds for what is paid from now on.

    Raises:
        RuleBroken: 'iban_invalid'.
    """
    volunteer = load(actor, actor.volunteer_id, now)
    row = Payee.for_action(actor, now.on).filter(volunteer_id=volunteer.id).first() or Payee(
        id=new_id(), volunteer_id=volunteer.id, team_id=volunteer.team_id
    )
    row.holder, row.iban = account.holder, parse_iban(account.iban)
    carry_out(actor, now, rows=[row], events=[expenses.PayeeRecorded(volunteer_id=volunteer.id)])
    return row


@act(P.CLAIM)
def declare_elsewhere(actor: Actor, year: int, cents: int, now: Now) -> ClaimYear:
    """Say what one receives from other organisations in a year; it lowers what may be paid here (DEC-06)."""
    volunteer = load(actor, actor.volunteer_id, now)
    row = _year(actor, volunteer, year, now)
    row.elsewhere_cents, row.declared_on = cents, now.on
    event = expenses.ElsewhereDeclared(volunteer_id=volunteer.id, year=year, cents=cents)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.APPROVE_CLAIM)
def choose_mode(actor: Actor, volunteer_id: UUID, year: int, mode: Mode, now: Now) -> ClaimYear:
    """Decide whether a volunteer is paid her costs or an allowance in a year (DEC-02).

    Raises:
        RuleBroken: 'mode_fixed' once something of that year was granted.
    """
    volunteer = load(actor, volunteer_id, now)
    row = _year(actor, volunteer, year, now)
    if row.mode != mode:
        with rls.system("facts", now.on):
            expenses.check_mode(bool(tables.granted_in(volunteer.id, year, now.on)))
    row.mode = mode
    event = expenses.ModeChosen(volunteer_id=volunteer.id, year=year, mode=mode)
    carry_out(actor, now, rows=[row], events=[event])
    return row


def _move(actor: Actor, row: Claim, to: ClaimState, now: Now) -> Claim:
    row.state = CLAIM_FLOW.move(row.state, to)
    event = expenses.ClaimMoved(volunteer_id=row.volunteer_id, claim_id=row.id, state=to)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.APPROVE_CLAIM)
def approve(actor: Actor, claim_id: UUID, is_receipt_seen: bool, now: Now) -> Claim:
    """Approve a claim: to be paid, to be looked at by the project leader, or as given away.

    Args:
        is_receipt_seen: whether the actor saw the receipt of what was paid.

    Raises:
        RuleBroken: 'claim_own' for one's own, 'claim_no_proof', 'elsewhere_missing', 'allowance_month_full',
            'allowance_year_full', 'allowance_unknown', 'illegal_move'.
    """
    row = _claim(actor, claim_id, now)
    expenses.check_second(actor.user_id, row.submitted_by)
    expenses.check_proof(row.cost_cents, is_receipt_seen)
    to = ClaimState.WAIVED if row.waived_on else _verdict(actor, row, now)
    row.approved_by, row.approved_on = actor.user_id, now.on
    row.receipt_seen_on = now.on if is_receipt_seen else None
    return _move(actor, row, to, now)


def _verdict(actor: Actor, row: Claim, now: Now) -> ClaimState:
    """Say where an approved claim goes: costs have no limit, an allowance has two."""
    year = _year(actor, load(actor, row.volunteer_id, now), row.on.year, now)
    if year.mode == Mode.COSTS or row.cents <= 0:
        return ClaimState.APPROVED
    elsewhere = expenses.check_elsewhere(year.elsewhere_cents)
    with rls.system("facts", now.on):
        known = tables.granted_in(row.volunteer_id, row.on.year, now.on)
    limits = allowances.limits_on(tables.allowances(), row.on)
    verdict = allowances.check_fits(limits, known, Amount(row.on, row.cents), elsewhere)
    return ClaimState.APPROVED if verdict is Verdict.FITS else ClaimState.REVIEW


@act(P.APPROVE_CLAIM, P.PAY_CLAIM)
def say_yes(actor: Actor, claim_id: UUID, is_receipt_seen: bool, now: Now) -> Claim:
    """Approve a claim of the own team, or accept one that was laid before who pays.

    Raises:
        RuleBroken: as `approve` and `accept_reviewed`.
    """
    if actor.may(P.APPROVE_CLAIM):
        return approve(actor, claim_id, is_receipt_seen, now)
    return accept_reviewed(actor, claim_id, now)


@act(P.PAY_CLAIM)
def accept_reviewed(actor: Actor, claim_id: UUID, now: Now) -> Claim:
    """Let a claim above the last confirmed amounts be paid all the same (DEC-01).

    Raises:
        RuleBroken: 'claim_own' for who handed it in or approved it, 'illegal_move'.
    """
    row = _claim(actor, claim_id, now)
    expenses.check_second(actor.user_id, row.submitted_by, row.approved_by)
    row.reviewed_by, row.reviewed_on = actor.user_id, now.on
    return _move(actor, row, ClaimState.APPROVED, now)


@act(P.APPROVE_CLAIM, P.PAY_CLAIM)
def decline_claim(actor: Actor, claim_id: UUID, to: ClaimState, reason: str, now: Now) -> Claim:
    """Send a claim back to be put right, or refuse it, with a reason that the volunteer reads.

    Args:
        to: `RETURNED` or `REFUSED`.

    Raises:
        RuleBroken: 'claim_own', 'illegal_move'.
    """
    row = _claim(actor, claim_id, now)
    expenses.check_second(actor.user_id, row.submitted_by)
    row.reason, row.approved_by, row.approved_on = reason, None, None
    return _move(actor, row, to, now)


@act(P.APPROVE_CLAIM)
def counter(actor: Actor, claim_id: UUID, reason: str, now: Now) -> Claim:
    """Put a paid claim right by an entry that takes all of it back; somebody else approves it (DEC-07).

    Raises:
        RuleBroken: 'claim_not_paid', 'claim_countered'.
    """
    paid = _claim(actor, claim_id, now)
    is_countered = Claim.for_action(actor, now.on).filter(counters_id=paid.id).exists()
    expenses.check_counter(ClaimState(paid.state), is_countered)
    row = Claim(
        id=new_id(),
        volunteer_id=paid.volunteer_id,
        team_id=paid.team_id,
        on=paid.on,
        activity_id=paid.activity_id,
        counters_id=paid.id,
        rate_cents=paid.rate_cents,
        hour_cents=paid.hour_cents,
        reason=reason,
        submitted_by=actor.user_id,
        submitted_on=now.on,
        **{name: -getattr(paid, name) for name in ("km_tenths", "cost_cents", "minutes", "cents")},
    )
    event = expenses.ClaimCountered(volunteer_id=row.volunteer_id, claim_id=row.id, counters_id=paid.id)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.PAY_CLAIM)
def pay_out(actor: Actor, debtor: Account, now: Now) -> Payout:
    """Pay everything that others approved, each volunteer in one payment; the bank reads it from a file.

    Args:
        debtor: the account of ours from which it is paid.

    Raises:
        RuleBroken: 'nothing_to_pay'; 'iban_invalid' for our own account.
    """
    rows = Claim.for_action(actor, now.on).filter(state=ClaimState.APPROVED).order_by("on", "id").unlocked()
    payees = {row.volunteer_id: row for row in Payee.for_action(actor, now.on)}
    ready, _left = expenses.sort_out(map(due, rows), actor.user_id, frozenset(payees))
    if not ready:
        raise RuleBroken("nothing_to_pay")
    payout = Payout(
        id=new_id(),
        on=now.on,
        paid_by=actor.user_id,
        debtor_name=debtor.holder,
        debtor_iban=parse_iban(debtor.iban),
        cents=sum(each.cents for dues in ready.values() for each in dues),
    )
    payments = [_payment(payout, payees[who], dues) for who, dues in ready.items()]
    paid = [_paid(each.claim, row) for row in payments for each in ready[row.volunteer_id]]
    carry_out(actor, now, rows=[payout, *payments, *paid], events=[*_told(payments, paid)])
    return payout


def _told(payments: list[Payment], paid: list[Claim]) -> Iterator[VolunteerEvent]:
    """Tell of each payment, and of each claim in it."""
    for row in payments:
        yield expenses.PayoutMade(volunteer_id=row.volunteer_id, payout_id=row.payout_id, cents=row.cents)
    for claim in paid:
        yield expenses.ClaimMoved(volunteer_id=claim.volunteer_id, claim_id=claim.id, state=ClaimState.PAID)


def due(row: Claim) -> Due[Claim]:
    """Give what decides whether a claim may be paid."""
    return Due(row, row.volunteer_id, row.cents, frozenset({row.submitted_by, row.approved_by}))


def _payment(payout: Payout, payee: Payee, dues: list[Due[Claim]]) -> Payment:
    return Payment(
        id=new_id(),
        volunteer_id=payee.volunteer_id,
        team_id=payee.team_id,
        payout=payout,
        cents=sum(each.cents for each in dues),
        holder=payee.holder,
        iban=payee.iban,
    )


def _paid(row: Claim, payment: Payment) -> Claim:
    row.state, row.payment = CLAIM_FLOW.move(row.state, ClaimState.PAID), payment
    return row
