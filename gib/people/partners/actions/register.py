"""Changing the register: a new file is proposed, compared, and approved by a named person (REF-08)."""

import hashlib
from collections.abc import Mapping

from django.db import models
from django.http import Http404

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.partners.actions.load import heirs, municipality
from gib.people.partners.domain import RegisterUpdated
from gib.people.partners.domain.files import RegisterRow, read_register
from gib.people.partners.domain.register import MunicipalityFact, RegisterDiff, check_register, compare
from gib.people.partners.models import PlannedChange, RegisterProposal, Succession, register


def compare_with(text: str) -> RegisterDiff:
    """Tell what a new register would change, without changing anything.

    Raises:
        RuleBroken: 'register_unreadable', 'register_code_twice', 'code_missing', 'successors_missing',
            'successor_unknown'.
    """
    return _compared(text, register())[1]


def _compared(text: str, now: Mapping[str, MunicipalityFact]) -> tuple[dict[str, RegisterRow], RegisterDiff]:
    rows = read_register(text.splitlines())
    facts = {code: row.fact for code, row in rows.items()}
    check_register(facts)
    return rows, compare(now, facts)


def told(proposal: RegisterProposal) -> tuple[dict[str, str], RegisterDiff]:
    """Give the names in a proposed register, and what it changes; nothing once it is the register itself.

    A proposal that no longer fits the register of today changes nothing either.
    """
    rows = read_register(proposal.text.splitlines())
    known = register()
    names = {code: row.fact.name for code, row in rows.items()}
    if proposal.before != digest(known):
        return names, RegisterDiff((), (), (), ())
    return names, compare(known, {code: row.fact for code, row in rows.items()})


@act(P.EDIT_REFERENCE)
def propose_update(actor: Actor, text: str, now: Now) -> RegisterProposal:
    """Lay a new register ready for approval.

    Raises:
        RuleBroken: as `compare_with`, and 'update_unchanged' when nothing would change.
    """
    known = register()
    if _compared(text, known)[1].is_empty:
        raise RuleBroken("update_unchanged")
    proposal = RegisterProposal(
        text=text, before=digest(known), proposed_by=actor.user_id, proposed_on=now.on
    )
    carry_out(actor, now, rows=[proposal])
    return proposal


@act(P.EDIT_REFERENCE)
def approve_update(actor: Actor, proposal_id: int, now: Now) -> RegisterProposal:
    """Let a proposed register come into force, under the name of the actor.

    Raises:
        RuleBroken: 'update_closed' when it was approved before, 'update_stale' when the register changed
            since it was proposed.
        Http404: there is no such proposal.
    """
    proposal = RegisterProposal.objects.select_for_update().filter(pk=proposal_id).first()
    if proposal is None:
        raise Http404
    known = register()
    if proposal.approved_on is not None:
        raise RuleBroken("update_closed")
    if proposal.before != digest(known):
        raise RuleBroken("update_stale")
    rows, diff = _compared(proposal.text, known)
    proposal.approved_by, proposal.approved_on = actor.user_id, now.on
    touched = {*diff.added, *diff.ended, *diff.renamed, *diff.moved}
    event = RegisterUpdated(
        proposal_id=proposal.pk,
        added=len(diff.added),
        ended=len(diff.ended),
        renamed=len(diff.renamed),
        moved=len(diff.moved),
    )
    Succession.objects.filter(old_id__in=touched).delete()
    carry_out(actor, now, rows=[proposal, *_changes(rows, touched, set(diff.added))], events=[event])
    return proposal


def _changes(rows: Mapping[str, RegisterRow], touched: set[str], added: set[str]) -> list[models.Model]:
    """Make the municipalities first: successions point at them."""
    places = [municipality(rows[code]) for code in sorted(touched)]
    for place in places:
        place._state.adding = place.code in added
    return [*places, *(heir for code in sorted(touched) for heir in heirs(code, rows[code].fact.successors))]


def changes_of(planned: PlannedChange) -> list[models.Model]:
    """Make what a confirmed announcement changes: an end and its successors (REF-04).

    Nothing, when an approved register ended the municipality before.
    """
    place = planned.municipality
    if place.valid_to is not None:
        return []
    place.valid_to = planned.ends_on
    return [place, *heirs(place.code, planned.successor_codes)]


def digest(facts: Mapping[str, MunicipalityFact]) -> str:
    """Fingerprint a register, so that an approval is about what was seen."""
    return hashlib.sha256(repr(sorted(facts.items())).encode()).hexdigest()
