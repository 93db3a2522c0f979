"""Handing over: prepared with her, allowed by her, sent to a person, and followed until help goes on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from gib.care.handover import domain
from gib.care.handover.domain import FLOW, Decision, Ground, Side, SignalState, State
from gib.care.handover.domain import handovers as rules
from gib.care.handover.models import Handover, NeedSignal, let_go_without_offer, norm
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.events import Event
from gib.core.kernel.rules import RuleBroken
from gib.people.families import actions as families
from gib.people.families.domain.codes import Purpose
from gib.people.families.domain.consent import Answer, NewConsent
from gib.people.families.domain.consent import State as Asked
from gib.people.families.models import Consent, Dossier, consent_holds
from gib.people.partners.models import CareProvider


@dataclass(frozen=True)
class NewHandover:
    """What is handed over to whom.

    Either `signal_id` names the need that was talked over, or `discussed_on` tells when help was talked
    over with her, such as after she had to be let go.
    """

    provider_id: int
    what: str
    worker: str = ""
    signal_id: UUID | None = None
    discussed_on: date | None = None


@act(P.HAND_OVER)
def prepare_handover(actor: Actor, dossier_id: UUID, new: NewHandover, now: Now) -> Handover:
    """Prepare a handover with her.

    Raises:
        RuleBroken: 'handover_not_discussed' unless it is about safety, 'handover_in_future',
        'handover_provider', 'handover_open'.
    """
    dossier: Dossier = Dossier.for_action(actor, now.on).get_or_404(pk=dossier_id)
    discussed_on = _talked(actor, dossier_id, new, now)
    rules.check_discussed(discussed_on is not None)
    rules.check_happened(discussed_on or now.on, now.on)
    if not CareProvider.objects.valid(now.on).filter(pk=new.provider_id).exists():
        raise RuleBroken("handover_provider")
    others: Any = Handover.for_action(actor, now.on).filter(dossier_id=dossier_id)
    if others.open().filter(provider_id=new.provider_id).exists():
        raise RuleBroken("handover_open")
    row = Handover(
        dossier=dossier,
        team_id=dossier.team_id,
        signal_id=new.signal_id,
        provider_id=new.provider_id,
        what=new.what,
        worker=new.worker,
        discussed_on=discussed_on,
        prepared_on=now.on,
    )
    event = domain.HandoverPrepared(dossier_id=dossier_id, handover_id=row.id, provider_id=new.provider_id)
    carry_out(actor, now, rows=[row], events=[event])
    return row


def _talked(actor: Actor, dossier_id: UUID, new: NewHandover, now: Now) -> date | None:
    """Give the day of the talk about a need; about safety help may begin without one."""
    if new.signal_id is None:
        return new.discussed_on
    row = NeedSignal.for_action(actor, now.on).get_or_404(pk=new.signal_id, dossier_id=dossier_id)
    if row.decision == Decision.SAFETY:
        return now.on
    is_wanted = row.state == SignalState.DISCUSSED and row.wants_help
    found: date | None = row.discussed_on if is_wanted else None
    return found


@act(P.HAND_OVER)
def refuse_offer(actor: Actor, dossier_id: UUID, now: Now) -> Handover:
    """Record that she wants no other help after she had to be let go; the offer counts as made.

    Raises:
        RuleBroken: 'handover_not_let_go'.
    """
    dossier: Dossier = Dossier.for_action(actor, now.on).get_or_404(pk=dossier_id)
    if not let_go_without_offer(actor, now.on).filter(dossier_id=dossier_id).exists():
        raise RuleBroken("handover_not_let_go")
    row = Handover(dossier=dossier, team_id=dossier.team_id, prepared_on=now.on, discussed_on=now.on)
    return _end(actor, row, State.DECLINED, Side.MOTHER, Ground.NOT_WANTED, now)


def _load(actor: Actor, handover_id: UUID, now: Now) -> Handover:
    row: Handover = Handover.for_action(actor, now.on).get_or_404(pk=handover_id)
    return row


def _move(actor: Actor, row: Handover, to: State, event: type[Event], now: Now, **facts: Any) -> Handover:
    row.state = FLOW.move(row.state, to)
    told: Any = event
    carry_out(actor, now, rows=[row], events=[told(dossier_id=row.dossier_id, handover_id=row.id, **facts)])
    return row


def allows(row: Any, on: date) -> bool:
    """Tell whether her consent for this organisation holds on a day."""
    return consent_holds(row.dossier_id, Purpose.CARE_PROVIDER, str(row.provider_id), on)


@act(P.HAND_OVER)
def consent_handover(actor: Actor, handover_id: UUID, answer: Answer | None, now: Now) -> Handover:
    """Record that she allows it; her yes for this organisation is taken in the same act when it lacks.

    Args:
        answer: how she said yes; may be left out when her consent holds already.

    Raises:
        RuleBroken: 'illegal_move', 'handover_consent', 'staff_present', 'day_in_future'.
    """
    row = _load(actor, handover_id, now)
    if not allows(row, now.on) and answer is not None:
        families.give_consent(actor, _question(actor, row, now).id, answer, now)
    if not allows(row, now.on):
        raise RuleBroken("handover_consent")
    row.consented_on = now.on
    return _move(actor, row, State.CONSENTED, domain.HandoverConsented, now)


def _question(actor: Actor, row: Handover, now: Now) -> Consent:
    """Give the question that was asked already, or ask it."""
    what: dict[str, Any] = {"purpose": Purpose.CARE_PROVIDER, "recipient": str(row.provider_id)}
    asked = Consent.for_action(actor, now.on).filter(dossier_id=row.dossier_id, state=Asked.ASKED, **what)
    return asked.first() or families.ask_consent(actor, row.dossier_id, NewConsent(**what), now)


@act(P.HAND_OVER)
def send(actor: Actor, handover_id: UUID, extract: Mapping[str, str], worker: str, now: Now) -> Handover:
    """Send a handover to a named person; what is sent is frozen, and listed for her.

    Args:
        extract: field -> text, as it is sent.
        worker: who receives her there.

    Raises:
        RuleBroken: 'illegal_move', 'handover_consent' when it was withdrawn, 'handover_no_worker',
        'handover_extract_empty'.
    """
    row = _load(actor, handover_id, now)
    FLOW.move(row.state, State.SENT)
    rules.check_send(allows(row, now.on), worker, extract)
    row.worker, row.extract, row.sent_on = worker, dict(extract), now.on
    _move(actor, row, State.SENT, domain.HandoverSent, now, provider_id=row.provider_id)
    families.note_disclosure(actor, row.dossier_id, Purpose.CARE_PROVIDER, str(row.provider_id), row.id, now)
    return row


@act(P.HAND_OVER)
def accept(actor: Actor, handover_id: UUID, first_appointment_on: date, worker: str, now: Now) -> Handover:
    """Record that the organisation will help, with whom and when it begins.

    Raises:
        RuleBroken: 'illegal_move', 'handover_appointment_past', 'handover_no_worker'.
    """
    row = _load(actor, handover_id, now)
    FLOW.move(row.state, State.ACCEPTED)
    rules.check_appointment(first_appointment_on, now.on)
    if not worker.strip():
        raise RuleBroken("handover_no_worker")
    row.worker, row.accepted_on, row.first_appointment_on = worker, now.on, first_appointment_on
    day = {"first_appointment_on": first_appointment_on}
    return _move(actor, row, State.ACCEPTED, domain.HandoverAccepted, now, **day)


@act(P.HAND_OVER)
def waiting_list(actor: Actor, handover_id: UUID, weeks: int, now: Now) -> Handover:
    """Record that she must wait, and how many weeks they say.

    Raises:
        RuleBroken: 'illegal_move', 'handover_weeks'.
    """
    row = _load(actor, handover_id, now)
    FLOW.move(row.state, State.WAITING_LIST)
    rules.check_weeks(weeks)
    row.wait_weeks, row.waits_on = weeks, now.on + timedelta(weeks=weeks)
    return _move(actor, row, State.WAITING_LIST, domain.PutOnWaitingList, now, weeks=weeks)


@act(P.HAND_OVER)
def first_contact(actor: Actor, handover_id: UUID, held_on: date, now: Now) -> Handover:
    """Record that the first talk took place.

    Raises:
        RuleBroken: 'illegal_move', 'handover_in_future'.
    """
    row = _load(actor, handover_id, now)
    FLOW.move(row.state, State.FIRST_CONTACT)
    rules.check_happened(held_on, now.on)
    row.first_contact_on = held_on
    return _move(actor, row, State.FIRST_CONTACT, domain.HelpBegun, now)


@act(P.HAND_OVER)
def confirm(actor: Actor, handover_id: UUID, outcome: str, now: Now) -> Handover:
    """Record that help really goes on, some weeks after the first talk.

    Raises:
        RuleBroken: 'illegal_move', 'handover_check_early'.
    """
    row = _load(actor, handover_id, now)
    FLOW.move(row.state, State.CONFIRMED)
    rules.check_confirm(row.first_contact_on or now.on, norm("handover_check", now.on), now.on)
    row.checked_on, row.outcome = now.on, outcome
    return _move(actor, row, State.CONFIRMED, domain.HandoverConfirmed, now)


@act(P.HAND_OVER)
def decline(actor: Actor, handover_id: UUID, side: Side, ground: Ground, now: Now) -> Handover:
    """Record that she or the organisation says no; nothing she has is taken away for it.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    return _end(actor, _load(actor, handover_id, now), State.DECLINED, side, ground, now)


@act(P.HAND_OVER)
def return_(actor: Actor, handover_id: UUID, ground: Ground, now: Now) -> Handover:
    """Record that the organisation gave her question back.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    return _end(actor, _load(actor, handover_id, now), State.RETURNED, Side.PROVIDER, ground, now)


def _end(actor: Actor, row: Handover, to: State, side: Side, ground: Ground, now: Now) -> Handover:
    row.ended_on, row.ended_by, row.ground = now.on, side, ground
    if to is State.RETURNED:
        return _move(actor, row, to, domain.HandoverReturned, now, ground=ground)
    return _move(actor, row, to, domain.HandoverDeclined, now, side=side, ground=ground)
