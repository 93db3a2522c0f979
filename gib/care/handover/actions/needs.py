"""Signals: anybody near her raises one, the coordinator weighs it and talks with her."""

from typing import Any
from uuid import UUID

from django.http import Http404

from gib.care.handover import domain
from gib.care.handover.domain import (
    SIGNAL_FLOW,
    Decision,
    NeedKind,
    SafetyState,
    SignalState,
    Source,
    Urgency,
)
from gib.care.handover.domain import needs as rules
from gib.care.handover.models import Handover, NeedSignal, SafetyCase
from gib.care.products.models import Match, StandIn
from gib.core.access.actor import Actor
from gib.core.access.tables import P, Role
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.events import Event
from gib.people.families.models import Dossier


@act(P.SEE_OWN_MATCHES, P.HANDLE_SIGNAL)
def raise_signal(
    actor: Actor,
    dossier_id: UUID,
    kind: NeedKind,
    urgency: Urgency,
    words: str,
    now: Now,
    *,
    by_mother: bool = False,
) -> NeedSignal:
    """Tell the coordinator of a need: by a volunteer who is with her, by the coordinator, or in her words.

    Args:
        words: what was seen, heard or told.
        by_mother: the mother asked it herself.

    Raises:
        RuleBroken: 'signal_words'.
        Http404: the dossier does not exist for this actor, or she neither visits nor stands in there.
    """
    rules.check_words(words)
    row = NeedSignal(
        dossier_id=dossier_id,
        team_id=_team_of(actor, dossier_id, now),
        kind=kind,
        urgency=urgency,
        source=_source(actor, by_mother),
        raised_on=now.on,
        raised_by=actor.user_id,
        raised_by_volunteer_id=actor.volunteer_id,
        words=words,
    )
    facts: dict[str, Any] = {"kind": kind, "urgency": urgency, "source": Source(row.source)}
    event = domain.SignalRaised(dossier_id=dossier_id, signal_id=row.id, **facts)
    carry_out(actor, now, rows=[row], events=[_told(row, event)])
    return row


def _team_of(actor: Actor, dossier_id: UUID, now: Now) -> int:
    if actor.role is not Role.VOLUNTEER:
        return int(Dossier.for_action(actor, now.on).get_or_404(pk=dossier_id).team_id)
    matches: Any = Match.for_action(actor, now.on)
    asked: Any = StandIn.for_action(actor, now.on)
    known = matches.live().filter(dossier_id=dossier_id).first()
    known = known or asked.agreed().filter(dossier_id=dossier_id).first()
    if known is None:
        raise Http404
    return int(known.team_id)


def _source(actor: Actor, by_mother: bool) -> Source:
    if by_mother:
        return Source.MOTHER
    return Source.VOLUNTEER if actor.role is Role.VOLUNTEER else Source.COORDINATOR


def _told(row: NeedSignal, event: Event) -> Event:
    """Give the event of an act, without its sentence when it is about safety (invariant 19)."""
    if not row.is_quiet:
        return event
    return domain.SafetyNoted(dossier_id=row.dossier_id, subject_id=row.id, what=f"signal_{row.state}")


def _load(actor: Actor, signal_id: UUID, now: Now) -> NeedSignal:
    row: NeedSignal = NeedSignal.for_action(actor, now.on).get_or_404(pk=signal_id)
    return row


@act(P.HANDLE_SIGNAL)
def triage(actor: Actor, signal_id: UUID, decision: Decision, reply: str, now: Now) -> NeedSignal:
    """Weigh a signal; what is about safety opens a case of the reporting code in the same act.

    Args:
        reply: an answer to who raised it; it must not tell the decision when that is about safety.

    Raises:
        RuleBroken: 'illegal_move', 'signal_must_be_safety'.
    """
    row = _load(actor, signal_id, now)
    row.state = SIGNAL_FLOW.move(row.state, SignalState.TRIAGED)
    rules.check_triage(row.kind, row.urgency, decision)
    row.decision, row.reply = decision, reply
    row.triaged_on, row.triaged_by = now.on, actor.user_id
    rows: list[Any] = [row]
    if decision is Decision.SAFETY:
        rows.append(SafetyCase(dossier_id=row.dossier_id, team_id=row.team_id, signal=row, opened_on=now.on))
    event = domain.SignalTriaged(dossier_id=row.dossier_id, signal_id=row.id, decision=decision)
    carry_out(actor, now, rows=rows, events=[_told(row, event)])
    return row


@act(P.HANDLE_SIGNAL)
def discuss(actor: Actor, signal_id: UUID, wants_help: bool, note: str, now: Now) -> NeedSignal:
    """Record that it was talked over with her, and whether she wants this help.

    Raises:
        RuleBroken: 'illegal_move', 'signal_is_safety'.
    """
    row = _load(actor, signal_id, now)
    row.state = SIGNAL_FLOW.move(row.state, SignalState.DISCUSSED)
    rules.check_discuss(row.decision)
    row.discussed_on, row.wants_help, row.discussed = now.on, wants_help, note
    event = domain.SignalDiscussed(dossier_id=row.dossier_id, signal_id=row.id, wants_help=wants_help)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.HANDLE_SIGNAL)
def close_signal(actor: Actor, signal_id: UUID, now: Now) -> NeedSignal:
    """Close a signal whose decision was followed.

    Raises:
        RuleBroken: 'illegal_move', 'signal_no_handover', 'signal_safety_open'.
    """
    row = _load(actor, signal_id, now)
    row.state = SIGNAL_FLOW.move(row.state, SignalState.CLOSED)
    rules.check_close(row.decision, _is_followed(actor, row, now))
    row.closed_on = now.on
    event = domain.SignalClosed(dossier_id=row.dossier_id, signal_id=row.id)
    carry_out(actor, now, rows=[row], events=[_told(row, event)])
    return row


def _is_followed(actor: Actor, row: NeedSignal, now: Now) -> bool:
    if row.decision == Decision.SAFETY:
        cases = SafetyCase.for_action(actor, now.on).filter(signal_id=row.id)
        return not cases.exclude(state=SafetyState.CLOSED).exists()
    handovers = Handover.for_action(actor, now.on).filter(signal_id=row.id)
    return row.wants_help is False or handovers.exists()
