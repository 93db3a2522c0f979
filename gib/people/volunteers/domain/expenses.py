"""Claims of volunteers: their states, what a claim must show, who may decide, and what is recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final, Generic, TypeVar
from uuid import UUID

from gib.core.kernel.dates import add_months
from gib.core.kernel.flow import Flow, steps
from gib.core.kernel.rules import RuleBroken, declare
from gib.people.volunteers.domain.allowances import Mode, Rate, rate_on, travel_cents
from gib.people.volunteers.domain.volunteer import VolunteerEvent

declare(
    {
        "claim_empty": "Vul kilometers of een bedrag in.",
        "claim_route_missing": "Schrijf van waar naar waar je reed.",
        "claim_what_missing": "Schrijf waarvoor je betaalde.",
        "claim_in_future": "Deze dag ligt in de toekomst. Declareer als je geweest bent.",
        "claim_too_late": "Dit is te lang geleden. Declareren kan tot en met {until}.",
        "claim_twice": "Voor dit bezoek heb je al gedeclareerd.",
        "claim_hours": "Uren horen bij een vaste vergoeding. Dit jaar krijgt zij haar kosten vergoed.",
        "claim_waive_travel": "Alleen reisgeld kun je weggeven. Laat het andere bedrag leeg.",
        "claim_own": "U kunt niet over uw eigen declaratie beslissen. Vraag het een collega.",
        "claim_no_proof": "Bekijk eerst de bon. Zonder bewijs kunt u deze kosten niet goedkeuren.",
        "claim_not_paid": "Deze declaratie is niet uitbetaald. Een tegenboeking is niet nodig.",
        "claim_countered": "Deze declaratie is al tegengeboekt.",
        "mode_fixed": "Dit jaar is al iets goedgekeurd of betaald. Anders vergoeden kan pas volgend jaar.",
        "elsewhere_missing": (
            "Zij heeft voor dit jaar nog niet gezegd wat zij van andere organisaties krijgt. Vraag het haar."
        ),
        "nothing_to_pay": "Er is nu niets dat u kunt uitbetalen.",
    }
)

#: Signs of a number that people read aloud: no vowels, nothing that looks like something else.
_SIGNS: Final = "23456789BCDFGHJKMNPQRSTVWXZ"
_Row = TypeVar("_Row")


class ClaimState(StrEnum):
    """What was decided on a claim; `waived` is a ride whose money she gave away."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    REVIEW = "review"
    APPROVED = "approved"
    REFUSED = "refused"
    WAIVED = "waived"
    PAID = "paid"


#: A paid claim is final: what was wrong is put right by a counter-entry (DEC-07).
CLAIM_FLOW: Final = Flow(
    ClaimState.SUBMITTED,
    steps(
        {
            ClaimState.SUBMITTED: (
                *(ClaimState.APPROVED, ClaimState.REVIEW, ClaimState.WAIVED),
                *(ClaimState.RETURNED, ClaimState.REFUSED),
            ),
            ClaimState.RETURNED: (ClaimState.SUBMITTED,),
            ClaimState.REVIEW: (ClaimState.APPROVED, ClaimState.RETURNED, ClaimState.REFUSED),
            ClaimState.APPROVED: (ClaimState.PAID,),
        }
    ),
)

#: What counts to the limits of a month and a year: granted, whether or not the bank did it yet.
GRANTED: Final = frozenset({ClaimState.APPROVED, ClaimState.PAID})


@dataclass(frozen=True)
class Ride:
    """Kilometres of a day, in tenths."""

    on: date
    km_tenths: int


@dataclass(frozen=True)
class Due(Generic[_Row]):
    """What a payer sees of an approved claim: whose it is, how much, and who stood for it."""

    claim: _Row
    volunteer_id: UUID
    cents: int
    approvers: frozenset[UUID | None]


class LeftOut(StrEnum):
    """Why an approved claim is not in a run."""

    OWN_APPROVAL = "own_approval"
    NO_ACCOUNT = "no_account"
    NOTHING_LEFT = "nothing_left"


def check_claim(*, km_tenths: int, route: str, cost_cents: int, what: str, minutes: int, mode: Mode) -> None:
    """Refuse a claim that does not show what it is about.

    Raises:
        RuleBroken: 'claim_empty', 'claim_route_missing', 'claim_what_missing', and 'claim_hours' when costs
            are paid and no allowance.

    Source: DEC-04, law 8.5.
    """
    faults = (
        ("claim_empty", not any((km_tenths, cost_cents, minutes))),
        ("claim_route_missing", km_tenths and not route),
        ("claim_what_missing", cost_cents and not what),
        ("claim_hours", minutes and mode is Mode.COSTS),
    )
    for code, is_so in faults:
        if is_so:
            raise RuleBroken(code)


def check_waived(cost_cents: int, minutes: int) -> None:
    """Let only travel money be given away, since only that has a fiscal rate.

    Raises:
        RuleBroken: 'claim_waive_travel'.

    Source: DEC-09.
    """
    if cost_cents or minutes:
        raise RuleBroken("claim_waive_travel")


def may_claim_day(on: date, today: date, months: int) -> bool:
    """Tell whether what a day cost may still be claimed."""
    return on <= today <= add_months(on, months)


def check_claim_day(on: date, today: date, months: int) -> None:
    """Refuse a day that must still come, or that lies more than some months back.

    Raises:
        RuleBroken: 'claim_in_future'; 'claim_too_late' with the last day on which it could be claimed.
    """
    if on > today:
        raise RuleBroken("claim_in_future")
    if not may_claim_day(on, today, months):
        raise RuleBroken("claim_too_late", until=add_months(on, months))


def check_second(actor_id: UUID, *others: UUID | None) -> None:
    """Let nobody decide on what she handed in or approved herself.

    Raises:
        RuleBroken: 'claim_own'.

    Source: DEC-07.
    """
    if actor_id in others:
        raise RuleBroken("claim_own")


def check_proof(cost_cents: int, is_receipt_seen: bool) -> None:
    """Refuse costs of which nobody saw the receipt; kilometres prove themselves by their route.

    Raises:
        RuleBroken: 'claim_no_proof'.

    Source: DEC-04.
    """
    if cost_cents > 0 and not is_receipt_seen:
        raise RuleBroken("claim_no_proof")


def check_mode(is_granted: bool) -> None:
    """Refuse another way of paying in a year in which something was granted or paid.

    Raises:
        RuleBroken: 'mode_fixed'.

    Source: DEC-02.
    """
    if is_granted:
        raise RuleBroken("mode_fixed")


def check_elsewhere(elsewhere_cents: int | None) -> int:
    """Give what she receives elsewhere in a year, once she said so.

    Raises:
        RuleBroken: 'elsewhere_missing'.

    Source: DEC-06.
    """
    if elsewhere_cents is None:
        raise RuleBroken("elsewhere_missing")
    return elsewhere_cents


def check_counter(state: ClaimState, is_countered: bool) -> None:
    """Let only a paid claim be put right by a counter-entry, and once.

    Raises:
        RuleBroken: 'claim_not_paid', 'claim_countered'.

    Source: DEC-07.
    """
    if state is not ClaimState.PAID:
        raise RuleBroken("claim_not_paid")
    if is_countered:
        raise RuleBroken("claim_countered")


def sort_out(
    dues: Iterable[Due[_Row]], payer_id: UUID, with_account: frozenset[UUID]
) -> tuple[dict[UUID, list[Due[_Row]]], dict[LeftOut, int]]:
    """Decide what one person may pay now: per volunteer the claims, and how many are left out and why.

    What the payer approved herself waits for somebody else; without an account nothing can be paid; and a
    volunteer whose counter-entries take all of it gets nothing yet.

    Source: DEC-07.
    """
    ready: dict[UUID, list[Due[_Row]]] = {}
    left: dict[LeftOut, int] = {}
    for due in dues:
        reason = _reason_out(due, payer_id, with_account)
        if reason is None:
            ready.setdefault(due.volunteer_id, []).append(due)
        else:
            left[reason] = left.get(reason, 0) + 1
    for volunteer_id in [who for who, rows in ready.items() if sum(row.cents for row in rows) <= 0]:
        left[LeftOut.NOTHING_LEFT] = left.get(LeftOut.NOTHING_LEFT, 0) + len(ready.pop(volunteer_id))
    return ready, left


def _reason_out(due: Due[_Row], payer_id: UUID, with_account: frozenset[UUID]) -> LeftOut | None:
    if payer_id in due.approvers:
        return LeftOut.OWN_APPROVAL
    return None if due.volunteer_id in with_account else LeftOut.NO_ACCOUNT


def number_of(row_id: UUID) -> str:
    """Write the number of an activity, a claim or a payment: eight signs without vowels, as 7KQX-2MFB.

    It is all that a bank or a bookkeeper hears of what a claim was about. Source: PRV-08, DEC-08.
    """
    rest, signs = row_id.int, ""
    for _turn in range(8):
        rest, at = divmod(rest, len(_SIGNS))
        signs += _SIGNS[at]
    return f"{signs[:4]}-{signs[4:]}"


def waived_lines(rides: Iterable[Ride], fiscal: Iterable[Rate]) -> dict[int, tuple[int, int]]:
    """Add up the rides whose money was given away, by the fiscal rate of their day.

    Returns: rate in cents a kilometre -> tenths of kilometres, and cents (each ride rounded by itself).

    Raises:
        RuleBroken: 'rate_unknown'.

    Source: DEC-09: the gift rule counts with the rate of employees, whatever is paid otherwise.
    """
    rates = list(fiscal)
    found: dict[int, tuple[int, int]] = {}
    for ride in rides:
        rate = rate_on((), rates, ride.on).cents
        tenths, cents = found.get(rate, (0, 0))
        found[rate] = tenths + ride.km_tenths, cents + travel_cents(ride.km_tenths, rate)
    return dict(sorted(found.items()))


@dataclass(frozen=True, kw_only=True)
class ClaimEvent(VolunteerEvent):
    """A fact about one claim."""

    claim_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClaimSubmitted(ClaimEvent):
    """A claim was handed in, the first time or again."""

    sentence: ClassVar[str] = "Een vrijwilliger heeft onkosten gedeclareerd."
    cents: int


@dataclass(frozen=True, kw_only=True)
class ClaimMoved(ClaimEvent):
    """A claim came further: approved, sent back, refused, to be looked at, given away or paid."""

    sentence: ClassVar[str] = "Over de onkosten van een vrijwilliger is beslist."
    state: ClaimState


@dataclass(frozen=True, kw_only=True)
class ClaimCountered(ClaimEvent):
    """A paid claim was put right by a counter-entry."""

    sentence: ClassVar[str] = "Een betaling aan een vrijwilliger is tegengeboekt."
    counters_id: UUID


@dataclass(frozen=True, kw_only=True)
class PayeeRecorded(VolunteerEvent):
    """A volunteer gave the account on which she wants to be paid."""

    sentence: ClassVar[str] = "Een vrijwilliger heeft haar rekening opgegeven."


@dataclass(frozen=True, kw_only=True)
class ModeChosen(VolunteerEvent):
    """How a volunteer is paid in a year was decided."""

    sentence: ClassVar[str] = "De manier van vergoeden van een vrijwilliger is gekozen."
    year: int
    mode: Mode


@dataclass(frozen=True, kw_only=True)
class ElsewhereDeclared(VolunteerEvent):
    """A volunteer said what she receives from other organisations in a year."""

    sentence: ClassVar[str] = "Een vrijwilliger heeft gezegd wat zij van andere organisaties krijgt."
    year: int
    cents: int


@dataclass(frozen=True, kw_only=True)
class PayoutMade(VolunteerEvent):
    """Something was paid to a volunteer in a run."""

    sentence: ClassVar[str] = "Aan een vrijwilliger zijn onkosten uitbetaald."
    payout_id: UUID
    cents: int
