"""What holds on a day: consents, who decides about a child, and the gates a child must pass."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from gib.core.access.rows import ScopedModel
from gib.core.access.together import Steps, in_steps
from gib.core.kernel.rules import RuleBroken
from gib.people.families.domain import children as young
from gib.people.families.domain.codes import SHARING, About, Party, Purpose, RestrictionKind
from gib.people.families.domain.consent import State, Validity, recipient_of, still_decided, validity
from gib.people.families.domain.terms import KEYS, Terms
from gib.people.families.models.consents import Consent, Disclosure
from gib.people.families.models.custody import ContactRestriction, Custody
from gib.people.families.models.people import Child
from gib.people.families.models.readers import ANY_DAY, on_day, rows_of
from gib.people.partners.models import legal_values


@dataclass(frozen=True)
class Decision:
    """Whose yes a child needs (None: unknown), and the custody from which that follows."""

    needed: frozenset[Party] | None
    custody: Custody | None

    def covers(self, consents: Iterable[Any]) -> bool:
        """Tell whether one of these valid consents comes from who decides today."""
        here = self.custody.id if self.custody else None
        return any(
            still_decided(row.given_by.split(), self.needed, row.custody_id == here) for row in consents
        )


def terms_on(on: date) -> Terms:
    """Give the terms and ages of the law as they hold on a day, in one query.

    Raises:
        RuleBroken: 'term_unknown' when one has no value on that day.
    """
    return terms_of(legal_values(on))


def terms_of(known: Mapping[str, int]) -> Terms:
    """Give the same of the values by key.

    Raises:
        RuleBroken: 'term_unknown' when one lacks.
    """
    if not known.keys() >= set(KEYS.values()):
        raise RuleBroken("term_unknown")
    return Terms(**{field: known[key] for field, key in KEYS.items()})


def consent_holds(
    dossier_id: UUID, purpose: str, recipient: str, on: date, child_id: UUID | None = None
) -> bool:
    """Tell whether a consent covers a purpose and recipient on a day, within its term and grace.

    Args:
        recipient: the code of who receives; does not count for purposes inside the house. The word of a list
            lets nothing go outside.
        child_id: for which child; a consent for a child holds while who decides about it is the same.
    """
    terms = terms_on(on)
    asked = rows_of(Consent, dossier_id).filter(
        state=State.GIVEN, purpose=purpose, recipient=recipient_of(purpose, recipient), child_id=child_id
    )
    if purpose in SHARING:
        asked = asked.exclude(staff_absent=None)
    valid = [row for row in asked if stands(row, on, terms)]
    if child_id is None or not valid:
        return bool(valid)
    child: Child = rows_of(Child, dossier_id).get_or_404(pk=child_id)
    return decision_for(child, on, terms).covers(valid)


def standing(consent: Any, on: date, terms: Terms) -> Validity:
    """Tell how a consent stands on a day: holds, is a claim, must be renewed, frozen, or is none (CON-04)."""
    found = validity(consent.state, consent.expires_on, on, terms.grace_days)
    return Validity.CLAIMED if consent.is_claim and found is Validity.HOLDS else found


def stands(consent: Any, on: date, terms: Terms) -> bool:
    """Tell whether a consent was given and is not frozen on a day."""
    return standing(consent, on, terms) in (Validity.HOLDS, Validity.CLAIMED, Validity.RENEW)


def previous_recipients(dossier_id: UUID, purpose: str, recipient: str) -> tuple[str, ...]:
    """List who received something for a purpose (invariant 9); without a recipient everybody."""
    rows = rows_of(Disclosure, dossier_id).filter(purpose=purpose)
    return tuple(sorted({row.recipient for row in rows if recipient in ("", row.recipient)}))


def decision_for(child: Child, on: date, terms: Terms | None = None) -> Decision:
    """Tell whose yes a child needs on a day, and under which custody (CON-05)."""
    return _decisions([child], _held([child], on), on, terms or terms_on(on))[child.id]


def gate_facts(child: Child, on: date) -> tuple[young.GateFact, ...]:
    """Tell per criterion whether a child may come on a day (invariant 4)."""
    return gates_of([child], on)[child.id]


@in_steps
def gates_of(children: Iterable[Child], on: date) -> Steps[dict[UUID, tuple[young.GateFact, ...]]]:
    """Tell the gate facts of many children, in the same number of queries for one as for all."""
    young_ones = list(children)
    terms = terms_on(on)
    held, restrictions, given = yield (
        _held(young_ones, on),
        _for_children(ContactRestriction, young_ones),
        _for_children(Consent, young_ones).filter(purpose=Purpose.CHILD_VISIT, state=State.GIVEN),
    )
    decisions = _decisions(young_ones, held, on, terms)
    orders, consents = _by_child(restrictions), _by_child(given)
    found: dict[UUID, tuple[young.GateFact, ...]] = {}
    for child in young_ones:
        status = young.contact_status([order_of(row) for row in orders[child.id]], on)
        decision = decisions[child.id]
        has_yes = decision.covers(row for row in consents[child.id] if stands(row, on, terms))
        found[child.id] = (
            young.age_gate(ages_of(child, on), terms),
            young.contact_gate(status),
            young.custody_gate(decision.needed, has_yes),
        )
    return found


def ages_of(child: Any, on: date) -> tuple[int, int] | None:
    """Give the youngest and the oldest age that a child can have on a day."""
    return young.ages_on(child.born_on, child.birth_year, on)


def order_of(row: Any) -> young.Order:
    """Give the facts of a contact restriction to the rules."""
    return young.Order(
        kind=RestrictionKind(row.kind),
        from_on=row.from_on,
        to_on=row.to_on,
        ended_on=row.ended_on,
        is_verified=row.verified_on is not None,
        about=About(row.about),
    )


def _held(children: list[Child], on: date) -> Any:
    """Ask who decides about children on a day."""
    return _for_children(Custody, children).filter(on_day(on))


def _decisions(
    children: list[Child], held: Iterable[Custody], on: date, terms: Terms
) -> dict[UUID, Decision]:
    by_child = {row.child_id: row for row in held}
    found = {}
    for child in children:
        custody = by_child.get(child.id)
        needed = young.deciders(ages_of(child, on), custody.kind if custody else None, terms)
        found[child.id] = Decision(needed, custody)
    return found


def _for_children(model: type[ScopedModel], children: list[Child]) -> Any:
    return model.for_house("family", ANY_DAY).filter(child_id__in=[child.id for child in children])


def _by_child(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.child_id].append(row)
    return found
