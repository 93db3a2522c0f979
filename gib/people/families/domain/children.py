"""Children: how old, who decides, whether contact is allowed; unknown is never allowed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from gib.core.kernel.dates import age_on
from gib.core.kernel.rules import RuleBroken
from gib.people.families.domain.codes import About, CustodyKind, Issuer, Party, RestrictionKind
from gib.people.families.domain.terms import Terms

_HOLDERS: Final = {
    CustodyKind.MOTHER_ALONE: frozenset({Party.MOTHER}),
    CustodyKind.SHARED: frozenset({Party.MOTHER, Party.OTHER_PARENT}),
    CustodyKind.OTHER_PARENT: frozenset({Party.OTHER_PARENT}),
    CustodyKind.INSTITUTION: frozenset({Party.INSTITUTION}),
}


class Gate(StrEnum):
    """Whether a criterion lets a child through; only open lets it."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Criterion(StrEnum):
    """What a child must pass before a visit."""

    AGE = "age"
    CONTACT = "contact"
    CUSTODY = "custody"


@dataclass(frozen=True)
class GateFact:
    """One criterion for one child on one day, with the code of the reason."""

    criterion: Criterion
    gate: Gate
    reason: str


@dataclass(frozen=True)
class Order:
    """The facts of a contact restriction."""

    kind: RestrictionKind
    from_on: date
    to_on: date | None = None
    ended_on: date | None = None
    is_verified: bool = True
    about: About = About.MOTHER

    def holds(self, on: date) -> bool:
        """Tell whether the order is in force on a day."""
        ends = [day for day in (self.to_on, self.ended_on) if day]
        return self.from_on <= on <= min(ends, default=on)

    def is_expired(self, on: date) -> bool:
        """Tell whether the order ran out by itself, so that nobody knows what holds now."""
        return self.ended_on is None and self.to_on is not None and self.to_on < on


class Contact(StrEnum):
    """What contact between mother and child may be on a day."""

    FREE = "free"
    SUPERVISED = "supervised"
    WRITTEN_ONLY = "written_only"
    BAN = "ban"
    EXPIRED = "expired"
    UNVERIFIED = "unverified"
    NOT_ASKED = "not_asked"


def ages_on(born_on: date | None, birth_year: int | None, on: date) -> tuple[int, int] | None:
    """Give the youngest and the oldest age in years that a child can have; None when nothing is known."""
    if born_on is not None:
        return age_on(born_on, on), age_on(born_on, on)
    if birth_year is None:
        return None
    return max(0, on.year - birth_year - 1), on.year - birth_year


def is_adult(ages: tuple[int, int] | None, terms: Terms) -> bool:
    """Tell whether a child is certainly of age."""
    return ages is not None and ages[0] >= terms.adult_age


def turns_adult_on(born_on: date | None, adult_age: int) -> date | None:
    """Give the birthday on which a child comes of age; a child of 29 February on 1 March."""
    if born_on is None:
        return None
    try:
        return born_on.replace(year=born_on.year + adult_age)
    except ValueError:
        return date(born_on.year + adult_age, 3, 1)


def who_decides(age: int, custody: CustodyKind | str | None, terms: Terms) -> frozenset[Party] | None:
    """Tell whose yes is needed for a child.

    Args:
        age: in whole years.
        custody: who has authority; None when unknown.

    Returns: under 12 the holders, 12 to 15 the holders and the child, from 16 the child; None when unknown.

    Source: CON-05; UAVG 5 and field practice.
    """
    if age >= terms.alone_age:
        return frozenset({Party.CHILD})
    if custody is None:
        return None
    holders = _HOLDERS[CustodyKind(custody)]
    return holders | {Party.CHILD} if age >= terms.heard_age else holders


def deciders(
    ages: tuple[int, int] | None, custody: CustodyKind | str | None, terms: Terms
) -> frozenset[Party] | None:
    """Tell whose yes is needed when the age is known only within bounds; None when the bounds disagree."""
    if ages is None:
        return None
    youngest, oldest = (who_decides(age, custody, terms) for age in ages)
    return youngest if youngest == oldest else None


_STRICTNESS: Final = (
    (RestrictionKind.BAN, Contact.BAN),
    (RestrictionKind.WRITTEN_ONLY, Contact.WRITTEN_ONLY),
    (RestrictionKind.SUPERVISED, Contact.SUPERVISED),
    (RestrictionKind.NONE, Contact.FREE),
)


def contact_status(orders: Iterable[Order], on: date) -> Contact:
    """Tell what contact with the mother may be: the strictest order in force decides.

    An order that ran out makes the status unknown until a later one is recorded; so does an order that
    nobody verified, unless it forbids. Without any record nobody has asked.

    Source: domain page 1.9; invariant 14.
    """
    about_her = [order for order in orders if order.about is About.MOTHER]
    current = _in_force(about_her, on)
    status = _strictest(current)
    if status is Contact.BAN:
        return status
    if _ran_out(about_her, current, on):
        return Contact.EXPIRED
    return status if all(order.is_verified for order in current) else Contact.UNVERIFIED


def _in_force(orders: list[Order], on: date) -> list[Order]:
    return [order for order in orders if order.holds(on)]


def _strictest(current: list[Order]) -> Contact:
    kinds = {order.kind for order in current}
    return next((status for kind, status in _STRICTNESS if kind in kinds), Contact.NOT_ASKED)


def _ran_out(known: list[Order], current: list[Order], on: date) -> bool:
    """Tell whether an order ended by itself without a later one that holds."""
    latest = max((order.from_on for order in current), default=date.min)
    return any(order.is_expired(on) and order.from_on >= latest for order in known)


def check_holder(kind: CustodyKind | str, has_holder: bool) -> None:
    """Ask who has authority when it is not the mother.

    Raises:
        RuleBroken: 'custody_needs_holder'.
    """
    if kind in (CustodyKind.OTHER_PARENT, CustodyKind.INSTITUTION) and not has_holder:
        raise RuleBroken("custody_needs_holder")


def check_order(
    kind: RestrictionKind | str, issuer: Issuer | str, from_on: date, known: Iterable[Order]
) -> None:
    """Ask who gave an order, and refuse "none" while one is in force.

    Raises:
        RuleBroken: 'restriction_needs_issuer', 'restriction_in_force'.
    """
    if kind != RestrictionKind.NONE:
        if issuer == Issuer.NOBODY:
            raise RuleBroken("restriction_needs_issuer")
    elif any(order.holds(from_on) and order.kind is not RestrictionKind.NONE for order in known):
        raise RuleBroken("restriction_in_force")


_CONTACT_GATE: Final = {
    Contact.FREE: Gate.OPEN,
    Contact.SUPERVISED: Gate.OPEN,
    Contact.WRITTEN_ONLY: Gate.CLOSED,
    Contact.BAN: Gate.CLOSED,
}


def age_gate(ages: tuple[int, int] | None, terms: Terms) -> GateFact:
    """Let minors through: a child that came of age left on that day, an unknown age is not let through."""
    if is_adult(ages, terms):
        return GateFact(Criterion.AGE, Gate.CLOSED, "adult")
    if ages is None or ages[1] >= terms.adult_age:
        return GateFact(Criterion.AGE, Gate.UNKNOWN, "age_unknown")
    return GateFact(Criterion.AGE, Gate.OPEN, "minor")


def contact_gate(status: Contact) -> GateFact:
    """Let a child through when contact is free or supervised; the reason names the condition."""
    return GateFact(Criterion.CONTACT, _CONTACT_GATE.get(status, Gate.UNKNOWN), f"contact_{status}")


def custody_gate(needed: frozenset[Party] | None, has_consent: bool) -> GateFact:
    """Let a child through when everybody who decides about it said yes."""
    if needed is None:
        return GateFact(Criterion.CUSTODY, Gate.UNKNOWN, "decider_unknown")
    if not has_consent:
        return GateFact(Criterion.CUSTODY, Gate.CLOSED, "consent_missing")
    return GateFact(Criterion.CUSTODY, Gate.OPEN, "consent_given")
