"""Acts on single facts: standing for one, another term, and what comes and goes."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from django.shortcuts import get_object_or_404

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.core.kernel.stamps import check_version
from gib.people.partners.actions.register import changes_of
from gib.people.partners.domain import (
    Confirmable,
    FactConfirmed,
    Mark,
    ProviderRecorded,
    TermSet,
    VisitingRuleRecorded,
)
from gib.people.partners.domain.terms import check_end
from gib.people.partners.models import (
    AllowanceTariff,
    CareProvider,
    KilometreRate,
    LegalParameter,
    PlannedChange,
    Prison,
    SafetyRegion,
    VisitingRule,
)

#: What somebody may stand for.
CONFIRMABLE: Final[dict[Confirmable, Any]] = {
    Confirmable.REGION: SafetyRegion,
    Confirmable.PRISON: Prison,
    Confirmable.RULE: VisitingRule,
    Confirmable.CHANGE: PlannedChange,
    Confirmable.TERM: LegalParameter,
    Confirmable.ALLOWANCE: AllowanceTariff,
    Confirmable.RATE: KilometreRate,
}


@dataclass(frozen=True, kw_only=True)
class ProviderFacts:
    """What the form of a care provider holds; `version` is that of the row it was made from."""

    name: str
    kind: str
    municipality_id: str | None
    safety_house_id: int | None
    phone: str
    website: str
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class RuleFacts:
    """What the form of a visiting rule holds: ages in years, notice in days, weekday 0 is Monday."""

    kind: str
    regime: str
    weekday: int | None
    start: time | None
    end: time | None
    max_adults: int
    max_children: int | None
    accompany_age: int
    id_age: int
    notice_days: int
    valid_from: date
    source: str


@dataclass(frozen=True, kw_only=True)
class TermFacts:
    """Another value of a term, in the unit it has, from a day on."""

    value: int
    valid_from: date
    source: str


def stood_for(actor: Actor, now: Now) -> dict[str, Any]:
    """Give what a fact says of who wrote it down: the actor stands for it from today."""
    return {"mark": Mark.SECONDARY, "confirmed_by": actor.user_id, "confirmed_on": now.on}


def ending(model: Any, pk: int, ends_on: date) -> Any:
    """Load what comes and goes, locked for an act, with the first day on which it is no longer there.

    Raises:
        RuleBroken: 'fact_over', 'ends_too_early'.
        Http404: there is no such row.
    """
    row = get_object_or_404(model.objects.select_for_update(), pk=pk)
    check_end(row.valid_from, row.valid_to, ends_on)
    row.valid_to = ends_on
    return row


@act(P.EDIT_REFERENCE)
def confirm(actor: Actor, fact: Confirmable, key: str, now: Now) -> Any:
    """Stand for a fact; a planned change of the register takes effect by it.

    Raises:
        RuleBroken: 'change_confirmed' when somebody did so before.
        Http404: there is no such fact.
    """
    row: Any = get_object_or_404(CONFIRMABLE[fact].objects.select_for_update(), pk=key)
    if row.confirmed_on is not None:
        raise RuleBroken("change_confirmed")
    row.confirmed_by, row.confirmed_on = actor.user_id, now.on
    follows = changes_of(row) if isinstance(row, PlannedChange) else []
    carry_out(actor, now, rows=[row, *follows], events=[FactConfirmed(fact=fact, key=str(row.pk))])
    return row


@act(P.EDIT_REFERENCE)
def set_term(actor: Actor, key: str, facts: TermFacts, now: Now) -> LegalParameter:
    """Give a term another value from a day on; the actor stands for it.

    Raises:
        RuleBroken: 'term_too_early' when it would begin on or before the first day of the one before.
        Http404: there is no such term.
    """
    before = LegalParameter.objects.select_for_update().filter(key=key).last()
    before = get_object_or_404(LegalParameter, pk=before and before.pk)
    if before.valid_from is not None and facts.valid_from <= before.valid_from:
        raise RuleBroken("term_too_early")
    before.valid_to = facts.valid_from
    row = LegalParameter(
        key=key,
        value=facts.value,
        unit=before.unit,
        valid_from=facts.valid_from,
        source=facts.source,
        **stood_for(actor, now),
    )
    event = TermSet(key=key, value=facts.value, valid_from=facts.valid_from)
    carry_out(actor, now, rows=[before, row], events=[event])
    return row


@act(P.EDIT_REFERENCE)
def add_provider(actor: Actor, facts: ProviderFacts, now: Now) -> CareProvider:
    """Write in a care provider from today on; the actor stands for it."""
    row = CareProvider(**_written(facts), valid_from=now.on, **stood_for(actor, now))
    carry_out(actor, now, rows=[row])
    carry_out(actor, now, events=[ProviderRecorded(provider_id=row.pk)])
    return row


@act(P.EDIT_REFERENCE)
def change_provider(actor: Actor, provider_id: int, facts: ProviderFacts, now: Now) -> CareProvider:
    """Correct a care provider.

    Raises:
        RuleBroken: 'newer_version' when somebody else changed it after the form was made.
        Http404: there is no such provider.
    """
    row: CareProvider = get_object_or_404(CareProvider.objects.select_for_update(), pk=provider_id)
    check_version(row.version, facts.version)
    for name, value in _written(facts).items():
        setattr(row, name, value)
    row.confirmed_by, row.confirmed_on = actor.user_id, now.on
    carry_out(actor, now, rows=[row], events=[ProviderRecorded(provider_id=row.pk)])
    return row


def _written(facts: ProviderFacts) -> dict[str, Any]:
    return {name: value for name, value in vars(facts).items() if name != "version"}


@act(P.EDIT_REFERENCE)
def end_provider(actor: Actor, provider_id: int, ends_on: date, now: Now) -> CareProvider:
    """Let a care provider end; `ends_on` is the first day it is no longer there.

    Raises:
        RuleBroken: 'fact_over', 'ends_too_early'.
        Http404: there is no such provider.
    """
    row: CareProvider = ending(CareProvider, provider_id, ends_on)
    carry_out(actor, now, rows=[row], events=[ProviderRecorded(provider_id=row.pk, valid_to=ends_on)])
    return row


@act(P.EDIT_REFERENCE)
def add_rule(actor: Actor, prison_code: str, facts: RuleFacts, now: Now) -> VisitingRule:
    """Write in a visiting rule of a prison; the actor stands for it.

    Raises:
        Http404: there is no such prison.
    """
    prison = get_object_or_404(Prison, pk=prison_code)
    row = VisitingRule(prison=prison, **vars(facts), **stood_for(actor, now))
    carry_out(actor, now, rows=[row])
    carry_out(actor, now, events=[VisitingRuleRecorded(rule_id=row.pk, prison=prison.code)])
    return row


@act(P.EDIT_REFERENCE)
def end_rule(actor: Actor, rule_id: int, ends_on: date, now: Now) -> VisitingRule:
    """Let a visiting rule end; `ends_on` is the first day it no longer holds.

    Raises:
        RuleBroken: 'fact_over', 'ends_too_early'.
        Http404: there is no such rule.
    """
    row: VisitingRule = ending(VisitingRule, rule_id, ends_on)
    event = VisitingRuleRecorded(rule_id=row.pk, prison=row.prison_id, valid_to=ends_on)
    carry_out(actor, now, rows=[row], events=[event])
    return row
