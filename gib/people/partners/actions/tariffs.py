"""Acts on what volunteers may receive: other amounts from a year on, another rate from a day on."""

from dataclasses import dataclass
from datetime import date

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.people.partners.actions.facts import stood_for
from gib.people.partners.domain import AllowanceSet, RateKind, RateSet
from gib.people.partners.domain.terms import check_allowance, check_own_rate, check_tariff_from
from gib.people.partners.models import AllowanceTariff, KilometreRate, rate_rows


@dataclass(frozen=True, kw_only=True)
class AllowanceFacts:
    """The amounts for volunteers of a year, in cents; those an hour may be unknown."""

    year: int
    month_cents: int
    year_cents: int
    hour_cents: int | None
    young_hour_cents: int | None
    adult_age: int | None
    source: str


@dataclass(frozen=True, kw_only=True)
class RateFacts:
    """What a kilometre is worth from a day on, in whole cents, and why when it is more than untaxed."""

    kind: RateKind
    cents: int
    valid_from: date
    source: str
    note: str = ""


@act(P.EDIT_REFERENCE)
def set_allowance(actor: Actor, facts: AllowanceFacts, now: Now) -> AllowanceTariff:
    """Write the amounts of a year, for which the actor stands; they hold until those of a later one.

    Raises:
        RuleBroken: 'month_over_year'; 'tariff_too_early' when there are amounts of that year or a later one
            that somebody stands for already.
    """
    check_allowance(facts.month_cents, facts.year_cents)
    first = date(facts.year, 1, 1)
    rows = list(AllowanceTariff.objects.select_for_update().order_by("valid_from"))
    row = _row_of(rows, first)
    before = [each for each in rows if each is not row][-1:]
    check_tariff_from(before[0].valid_from if before else None, first)
    for name, value in (vars(facts) | stood_for(actor, now) | {"valid_to": None}).items():
        if name != "year":
            setattr(row, name, value)
    for last in before:
        last.valid_to = first
    event = AllowanceSet(valid_from=first, month_cents=facts.month_cents, year_cents=facts.year_cents)
    carry_out(actor, now, rows=[*before, row], events=[event])
    return row


def _row_of(rows: list[AllowanceTariff], first: date) -> AllowanceTariff:
    """Give the row of a year that nobody stands for yet, or a new one."""
    guessed = (row for row in rows if row.valid_from == first and not row.is_confirmed)
    return next(guessed, None) or AllowanceTariff(valid_from=first)


@act(P.EDIT_REFERENCE)
def set_rate(actor: Actor, facts: RateFacts, now: Now) -> KilometreRate:
    """Give a kilometre another rate from a day on; the actor stands for it.

    Raises:
        RuleBroken: 'tariff_too_early'; 'rate_needs_note' for more than the fiscal rate without a reason.
    """
    fiscal = rate_rows(RateKind.FISCAL, facts.valid_from).last()
    if facts.kind is RateKind.OWN and fiscal is not None:
        check_own_rate(facts.cents, fiscal.cents, facts.note)
    before = rate_rows(facts.kind).select_for_update().last()
    check_tariff_from(before.valid_from if before else None, facts.valid_from)
    row = KilometreRate(**vars(facts), **stood_for(actor, now))
    if before is not None:
        before.valid_to = facts.valid_from
    event = RateSet(kind=facts.kind, valid_from=facts.valid_from, cents=facts.cents)
    carry_out(actor, now, rows=[each for each in (before, row) if each], events=[event])
    return row
