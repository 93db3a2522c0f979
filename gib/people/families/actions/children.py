"""Children and the people around them: who they are, where they stay, who decides, what contact may be."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import Period
from gib.core.kernel.events import Event
from gib.core.kernel.rules import RuleBroken
from gib.core.kernel.stamps import check_version
from gib.core.vault.scan import scan
from gib.people.families import domain
from gib.people.families.actions.changes import changed, own, successors
from gib.people.families.domain.children import ages_on, check_holder, check_order, is_adult
from gib.people.families.domain.codes import (
    About,
    CustodyKind,
    Issuer,
    Relation,
    ResidenceKind,
    RestrictionKind,
)
from gib.people.families.domain.detention import check_born
from gib.people.families.domain.episodes import check_end
from gib.people.families.models import (
    Caregiver,
    Child,
    ContactRestriction,
    Custody,
    Participant,
    Residence,
    order_of,
    terms_on,
)


@dataclass(frozen=True, kw_only=True)
class ChildFacts:
    """A child as a form holds it; `residence` and `caregiver_id` count when the child is new."""

    first_name: str
    born_on: date | None = None
    birth_year: int | None = None
    residence: ResidenceKind | None = None
    caregiver_id: UUID | None = None
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class CaregiverFacts:
    """Somebody in the family or network as a form holds it."""

    name: str
    phone: str = ""
    relation: Relation = Relation.OTHER


@dataclass(frozen=True, kw_only=True)
class NewCustody:
    """Who has authority from a day on, with the day on which the proof was seen."""

    kind: CustodyKind
    from_on: date
    to_on: date | None = None
    holder_id: UUID | None = None
    holder_name: str = ""
    proof_seen_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class NewRestriction:
    """An order on contact, or the finding that there is none; without `verified_on` nobody checked it."""

    kind: RestrictionKind
    from_on: date
    to_on: date | None = None
    issuer: Issuer = Issuer.NOBODY
    about: About = About.MOTHER
    person: str = ""
    proof_seen_on: date | None = None
    verified_on: date | None = None


def _child(actor: Actor, child_id: UUID, now: Now) -> Child:
    found: Child = Child.for_action(actor, now.on).get_or_404(pk=child_id)
    return found


def _check_minor(facts: ChildFacts, now: Now) -> None:
    check_born(facts.born_on, facts.birth_year, now.on)
    if is_adult(ages_on(facts.born_on, facts.birth_year, now.on), terms_on(now.on)):
        raise RuleBroken("child_is_adult")


@act(P.EDIT_FAMILY)
def add_child(actor: Actor, dossier_id: UUID, facts: ChildFacts, now: Now) -> Child:
    """Add a child that became known, at any time, with where it stays when that is known.

    Raises:
        RuleBroken: 'born_in_future', 'child_is_adult'.

    Source: domain page 1.1: children are under-reported, so "known" is never a gate.
    """
    _check_minor(facts, now)
    mother: Participant = Participant.for_action(actor, now.on).get_or_404(dossier_id=dossier_id)
    child = Child(
        **own(mother),
        first_name=facts.first_name,
        born_on=facts.born_on,
        birth_year=facts.born_on.year if facts.born_on else facts.birth_year,
        known_on=now.on,
    )
    rows: list[Any] = [child]
    events: list[Event] = [domain.ChildAdded(dossier_id=dossier_id, child_id=child.id)]
    if facts.residence:
        stay = {
            "kind": facts.residence,
            "caregiver_id": _caregiver_id(actor, dossier_id, facts.caregiver_id, now),
        }
        rows.append(Residence(**own(mother), child_id=child.id, from_on=now.on, **stay))
    carry_out(actor, now, rows=rows, events=events)
    return child


@act(P.EDIT_FAMILY)
def correct_child(actor: Actor, child_id: UUID, facts: ChildFacts, now: Now) -> Child:
    """Correct the name or birth of a child; nothing happens when nothing differs.

    Raises:
        RuleBroken: 'born_in_future', 'child_is_adult', 'newer_version'.
    """
    _check_minor(facts, now)
    child = _child(actor, child_id, now)
    check_version(child.version, facts.version)
    birth_year = facts.born_on.year if facts.born_on else facts.birth_year
    new = {"first_name": facts.first_name, "born_on": facts.born_on, "birth_year": birth_year}
    if changed(child, new):
        told = domain.ChildCorrected(dossier_id=child.dossier_id, child_id=child.id)
        carry_out(actor, now, rows=[child], events=[told])
    return child


@act(P.EDIT_FAMILY)
def add_caregiver(actor: Actor, dossier_id: UUID, facts: CaregiverFacts, now: Now) -> Caregiver:
    """Add somebody of the family or network: name, role and how to reach (PRV-09)."""
    mother: Participant = Participant.for_action(actor, now.on).get_or_404(dossier_id=dossier_id)
    person = Caregiver(**own(mother), **vars(facts), from_on=now.on)
    told = domain.CaregiverAdded(dossier_id=dossier_id, caregiver_id=person.id)
    carry_out(actor, now, rows=[person], events=[told])
    return person


@act(P.EDIT_FAMILY)
def end_caregiver(actor: Actor, caregiver_id: UUID, now: Now) -> Caregiver:
    """Record that somebody no longer belongs to the network, from tomorrow.

    Raises:
        RuleBroken: 'episode_closed'.
    """
    person: Caregiver = Caregiver.for_action(actor, now.on).get_or_404(pk=caregiver_id)
    check_end(Period(person.from_on, person.to_on), now.on)
    person.to_on = now.on
    told = domain.CaregiverEnded(dossier_id=person.dossier_id, caregiver_id=person.id)
    carry_out(actor, now, rows=[person], events=[told])
    return person


def _caregiver_id(actor: Actor, dossier_id: UUID, caregiver_id: UUID | None, now: Now) -> UUID | None:
    """Give back the id of a caregiver of this dossier; of another one it is a stranger."""
    if caregiver_id is not None:
        Caregiver.for_action(actor, now.on).get_or_404(pk=caregiver_id, dossier_id=dossier_id)
    return caregiver_id


@act(P.EDIT_FAMILY)
def record_residence(
    actor: Actor,
    child_id: UUID,
    kind: ResidenceKind | str,
    caregiver_id: UUID | None,
    from_on: date,
    now: Now,
) -> Residence:
    """Record where a child stays from a day on; where it stayed before ends on the day before.

    Raises:
        RuleBroken: 'episode_overlaps'.
    """
    child = _child(actor, child_id, now)
    carer = _caregiver_id(actor, child.dossier_id, caregiver_id, now)
    new = Residence(
        **own(child),
        child_id=child.id,
        kind=str(ResidenceKind(kind)),
        caregiver_id=carer,
        from_on=from_on,
    )
    rows = successors(Residence.for_action(actor, now.on).filter(child_id=child.id), new)
    told = domain.ResidenceRecorded(dossier_id=child.dossier_id, child_id=child.id, kind=new.kind)
    carry_out(actor, now, rows=rows, events=[told])
    return new


@act(P.EDIT_FAMILY)
def record_custody(actor: Actor, child_id: UUID, facts: NewCustody, now: Now) -> Custody:
    """Record who has authority over a child; consent given under another authority no longer counts.

    Raises:
        RuleBroken: 'custody_needs_holder', 'episode_overlaps', 'period_backwards'.
    """
    check_holder(facts.kind, bool(facts.holder_id or facts.holder_name))
    Period(facts.from_on, facts.to_on)
    child = _child(actor, child_id, now)
    _caregiver_id(actor, child.dossier_id, facts.holder_id, now)
    new = Custody(**own(child), child_id=child.id, **vars(facts))
    rows = successors(Custody.for_action(actor, now.on).filter(child_id=child.id), new)
    told = domain.CustodyRecorded(dossier_id=child.dossier_id, child_id=child.id, kind=str(facts.kind))
    carry_out(actor, now, rows=rows, events=[told])
    return new


@act(P.EDIT_FAMILY)
def record_restriction(actor: Actor, child_id: UUID, facts: NewRestriction, now: Now) -> ContactRestriction:
    """Record an order on contact with a child, or that there is none.

    Several orders can stand beside each other; the strictest counts.

    Raises:
        RuleBroken: 'restriction_needs_issuer', 'restriction_in_force', 'period_backwards'.
    """
    Period(facts.from_on, facts.to_on)
    child = _child(actor, child_id, now)
    known = ContactRestriction.for_action(actor, now.on).filter(child_id=child.id, about=str(facts.about))
    check_order(facts.kind, facts.issuer, facts.from_on, [order_of(row) for row in known])
    row = ContactRestriction(**own(child), child_id=child.id, **vars(facts))
    told = domain.RestrictionRecorded(dossier_id=child.dossier_id, child_id=child.id, kind=str(facts.kind))
    carry_out(actor, now, rows=[row], events=[told])
    return row


@act(P.EDIT_FAMILY)
def end_restriction(actor: Actor, restriction_id: UUID, ended_on: date, now: Now) -> ContactRestriction:
    """Record that an order was lifted; `ended_on` is the last day on which it held.

    Raises:
        RuleBroken: 'episode_closed', 'period_backwards'.
    """
    row: ContactRestriction = ContactRestriction.for_action(actor, now.on).get_or_404(pk=restriction_id)
    check_end(Period(row.from_on, row.ended_on), ended_on)
    row.ended_on = ended_on
    told = domain.RestrictionEnded(dossier_id=row.dossier_id, child_id=row.child_id, kind=row.kind)
    carry_out(actor, now, rows=[row], events=[told])
    return row


def children_turned_adult(on: date) -> list[Child]:
    """Give the children who came of age and for whom that was not noted yet, for the house."""
    terms = terms_on(on)
    rows = Child.for_house("adulthood", on).filter(
        adult_noted_on__isnull=True, birth_year__lte=on.year - terms.adult_age
    )
    return scan(
        "adulthood",
        rows,
        lambda child: child if is_adult(ages_on(child.born_on, child.birth_year, on), terms) else None,
    )


@act
def note_adulthood(actor: Actor, now: Now) -> int:
    """Note each child that came of age, so that it leaves the products for children (the tick runs this).

    Returns: how many were noted; running it again notes nobody twice.

    Source: invariant 16.
    """
    grown = children_turned_adult(now.on)
    for child in grown:
        child.adult_noted_on = now.on
    events = [domain.ChildTurnedAdult(dossier_id=child.dossier_id, child_id=child.id) for child in grown]
    carry_out(actor, now, rows=grown, events=events)
    return len(grown)
