"""Visits and other contacts: confirmed, held, told about in short, or not taking place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404

from gib.care.products import domain
from gib.care.products.actions.participations import begin_with
from gib.care.products.actions.planning import USUAL, match_of, new_visit
from gib.care.products.domain.account import Account, with_account
from gib.care.products.domain.contact import (
    AHEAD,
    FLOW,
    IN_PRISON,
    Cancelled,
    Kind,
    Reason,
    State,
    Theme,
    cancelled_by,
    check_before_leaving,
    check_clear,
    check_happened,
    check_log,
)
from gib.care.products.domain.match import check_ready
from gib.care.products.domain.standin import check_her_day
from gib.care.products.models import Contact, Match, StandIn
from gib.care.products.models.readers import visitor_of
from gib.care.products.models.readiness import reasons_against, reasons_against_held
from gib.care.trajectory.domain import check_consent
from gib.care.trajectory.models import supports
from gib.core.access import rls
from gib.core.access.actor import Actor, house
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.families.models import Dossier
from gib.people.partners.domain import Product


@dataclass(frozen=True, kw_only=True)
class Log:
    """A short account: day, minutes (5 to 720), mood 1 to 5 and what one wants to say.

    `contact_id` names the planned visit it is about; without it a planned visit of that day is taken.
    """

    held_on: date
    minutes: int
    mood: int | None = None
    note: str = ""
    themes: tuple[Theme, ...] = ()
    next_question: str = ""
    contact_id: UUID | None = None
    kind: Kind | None = None


def _load(actor: Actor, contact_id: UUID, now: Now) -> Contact:
    row: Contact = Contact.for_action(actor, now.on).get_or_404(pk=contact_id)
    return row


def _move(
    actor: Actor, row: Contact, to: State, event: type[domain.ContactEvent], now: Now, **facts: Any
) -> Contact:
    row.state = FLOW.move(row.state, to)
    told = event(dossier_id=row.dossier_id, contact_id=row.id, **facts)
    carry_out(actor, now, rows=[row], events=[told])
    return row


def _check_still_allowed(row: Contact, now: Now) -> None:
    if visitor := visitor_of(row):
        check_ready(reasons_against(visitor, Kind(row.kind), row.planned_on or now.on))


@act(P.LOG_CONTACT)
def confirm_visit(actor: Actor, contact_id: UUID, now: Now) -> Contact:
    """Confirm a planned visit.

    Raises:
        RuleBroken: 'volunteer_not_allowed', 'illegal_move'.
    """
    row = _load(actor, contact_id, now)
    _check_still_allowed(row, now)
    return _move(actor, row, State.CONFIRMED, domain.VisitConfirmed, now)


@act(P.LOG_CONTACT)
def clear_visit(actor: Actor, contact_id: UUID, now: Now) -> Contact:
    """Note that the prison has the visitor on its list.

    Raises:
        RuleBroken: 'clearing_outside', 'volunteer_not_allowed', 'illegal_move'.
    """
    row = _load(actor, contact_id, now)
    check_clear(Kind(row.kind))
    _check_still_allowed(row, now)
    return _move(actor, row, State.CLEARED, domain.VisitCleared, now)


@act(P.LOG_CONTACT)
def hold_visit(actor: Actor, contact_id: UUID, now: Now) -> Contact:
    """Note that a planned visit took place; the account may follow within a week.

    Raises:
        RuleBroken: 'visit_in_future', 'volunteer_not_allowed', 'overtaken', 'illegal_move'.
    """
    row = _load(actor, contact_id, now)
    check_happened(row.planned_on or now.on, now.on)
    if visitor := visitor_of(row):
        check_ready(reasons_against_held(visitor, Kind(row.kind), row.planned_on or now.on))
    row.held_on = row.planned_on
    row.state = _held(row)
    told = domain.VisitHeld(dossier_id=row.dossier_id, contact_id=row.id, held_on=row.held_on or now.on)
    carry_out(actor, now, rows=[row], events=[told])
    _begins(row, now)
    return row


def _begins(row: Contact, now: Now) -> None:
    """Let her part begin with the first contact that took place."""
    if row.participation_id and row.held_on:
        begin_with(house("contact"), row.participation_id, row.held_on, now)


def _held(row: Contact) -> State:
    """Give the state of a visit that took place, also when it was overtaken later on that day."""
    if row.state != State.OVERTAKEN:
        return FLOW.move(row.state, State.HELD)
    check_before_leaving(row.planned_on, row.outcome_on)
    row.outcome_on = None
    return FLOW.correct(row.state, State.HELD)


@act(P.LOG_CONTACT)
def log_visit(actor: Actor, match_id: UUID, log: Log, now: Now) -> Contact:
    """Write the short account of a visit, planned or not.

    Raises:
        RuleBroken: 'match_not_live', 'visit_in_future', 'before_match', 'minutes_out_of_range',
        'mood_out_of_range', 'volunteer_not_allowed', 'overtaken', 'illegal_move', 'accounts_full';
        'stand_in_other_day' for who stands in.

    A visit that was told about before keeps both: the first account stands, and this one beside it.
    """
    match = _match_told(actor, match_id, log, now)
    check_log(log.held_on, match.from_on, log.minutes, log.mood, now.on)
    if match.from_on is None or (match.to_on is not None and log.held_on > match.to_on):
        raise RuleBroken("match_not_live")
    row = _planned_for(actor, match, log, now)
    check_ready(reasons_against_held(visitor_of(row) or match, Kind(row.kind), log.held_on))
    return _logged(actor, row, log, now)


def _match_told(actor: Actor, match_id: UUID, log: Log, now: Now) -> Match:
    """Give the match that an account is about; who stands in tells of the visit that she took over."""
    named: Contact | None = Contact.for_action(actor, now.on).filter(pk=log.contact_id).first()
    taken = named if named and named.match_id == match_id and named.stand_in_id else None
    if taken is None:
        return match_of(actor, match_id, now)
    with rls.system("standing_in", now.on):
        stands_in: StandIn = StandIn.for_house("standing_in", now.on).get(pk=taken.stand_in_id)
        match: Match = Match.for_house("standing_in", now.on).get(pk=match_id)
    check_her_day(stands_in.days, log.held_on)
    return match


def _planned_for(actor: Actor, match: Match, log: Log, now: Now) -> Contact:
    """Find the planned visit that an account is about, or make one that was not planned."""
    rows = Contact.for_action(actor, now.on)
    if log.contact_id:
        named: Contact = rows.get_or_404(pk=log.contact_id)
        if named.match_id != match.id:
            raise Http404
        return named
    waiting = rows.filter(match_id=match.id, state__in=sorted(AHEAD | {State.HELD, State.OVERTAKEN}))
    planned: Contact | None = waiting.filter(planned_on=log.held_on).order_by("planned_time").first()
    return planned or new_visit(match, log.kind or USUAL[Product(match.product)])


def _beside(actor: Actor, row: Contact, log: Log, now: Now) -> Contact:
    """Keep a second account of one visit, of another telephone or a later day: nothing is overwritten."""
    told = Account(
        held_on=log.held_on,
        minutes=log.minutes,
        mood=log.mood,
        themes=_themes(log),
        note=log.note,
        next_question=log.next_question,
    )
    row.later, row.read_on = with_account(row.later, told), None
    facts: dict[str, Any] = {"dossier_id": row.dossier_id, "contact_id": row.id}
    # The first account stands in every figure.
    event = domain.VisitLogged(
        **facts, held_on=row.held_on or log.held_on, minutes=row.minutes or log.minutes
    )
    carry_out(actor, now, rows=[row], events=[event])
    return row


def _themes(log: Log) -> str:
    return ",".join(sorted(log.themes))


def _logged(actor: Actor, row: Contact, log: Log, now: Now) -> Contact:
    if row.state == State.LOGGED:
        return _beside(actor, row, log, now)
    held = () if row.state == State.HELD else (domain.VisitHeld,)
    if row.state != State.HELD:
        row.state = _held(row)
    row.state = FLOW.move(row.state, State.LOGGED)
    row.held_on, row.minutes, row.mood, row.logged_on = log.held_on, log.minutes, log.mood, now.on
    row.note, row.next_question = log.note, log.next_question
    row.themes = _themes(log)
    facts: dict[str, Any] = {"dossier_id": row.dossier_id, "contact_id": row.id, "held_on": log.held_on}
    events = [event(**facts) for event in held]
    carry_out(actor, now, rows=[row], events=[*events, domain.VisitLogged(**facts, minutes=log.minutes)])
    _begins(row, now)
    return row


@act(P.RUN_PRODUCT)
def log_talk(actor: Actor, dossier_id: UUID, log: Log, now: Now) -> Contact:
    """Write the short account of a talk that the coordinator had with her.

    Raises:
        RuleBroken: 'visit_in_future', 'minutes_out_of_range', 'mood_out_of_range', 'support_missing'.
    """
    dossier: Dossier = Dossier.for_action(actor, now.on).get_or_404(pk=dossier_id)
    check_log(log.held_on, None, log.minutes, log.mood, now.on)
    check_consent(supports(dossier_id, now.on))
    row = Contact(dossier_id=dossier_id, team_id=dossier.team_id, kind=log.kind or Kind.TALK)
    return _logged(actor, row, log, now)


@act(P.RUN_PRODUCT)
def read_log(actor: Actor, contact_id: UUID, now: Now) -> Contact:
    """Note that the coordinator read an account.

    Raises:
        RuleBroken: 'log_missing'.
    """
    row = _load(actor, contact_id, now)
    if row.state != State.LOGGED:
        raise RuleBroken("log_missing")
    row.read_on = now.on
    event = domain.LogRead(dossier_id=row.dossier_id, contact_id=row.id)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.LOG_CONTACT)
def cancel_visit(actor: Actor, contact_id: UUID, reason: Reason, side: Cancelled, now: Now) -> Contact:
    """Call a visit off, with the side that did and a reason.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    row = _load(actor, contact_id, now)
    row.reason, row.outcome_on = reason, now.on
    return _move(actor, row, cancelled_by(side), domain.VisitCancelled, now, side=side, reason=reason)


@act(P.LOG_CONTACT)
def miss_visit(actor: Actor, contact_id: UUID, outcome: State, reason: Reason, now: Now) -> Contact:
    """Note on the day that somebody did not come, or was refused at the gate.

    Args:
        outcome: `no_show` or `refused_at_gate`.

    Raises:
        RuleBroken: 'visit_in_future', 'illegal_move'.
    """
    row = _load(actor, contact_id, now)
    check_happened(row.planned_on or now.on, now.on)
    row.reason, row.outcome_on = reason, now.on
    return _move(actor, row, outcome, domain.VisitMissed, now, outcome=outcome, reason=reason)


@act(P.RUN_PRODUCT)
def overtake_visits(
    actor: Actor, dossier_id: UUID, now: Now, *, inside_only: bool = True, since: date | None = None
) -> int:
    """Let planned visits fall away because she left the prison: never a no-show.

    Args:
        since: the day on which she left, when it is told later.

    Returns: how many fell away.
    """
    rows: Any = Contact.for_action(actor, now.on).filter(dossier_id=dossier_id)
    kinds = sorted(IN_PRISON) if inside_only else sorted(Kind)
    left_on = since or now.on
    found = rows.ahead().filter(kind__in=kinds, planned_on__gte=left_on)
    return overtake(actor, found, dossier_id, left_on, now)


@act(P.RUN_PRODUCT)
def overtake_match(actor: Actor, match_id: UUID, now: Now) -> int:
    """Let the visits to come of a match that ends fall away; of one that is past, somebody still tells.

    Returns: how many fell away.
    """
    rows: Any = Contact.for_action(actor, now.on).filter(match_id=match_id)
    found = list(rows.ahead().filter(planned_on__gte=now.on))
    return overtake(actor, found, found[0].dossier_id, now.on, now) if found else 0


def overtake(actor: Actor, rows: Iterable[Contact], dossier_id: UUID, left_on: date, now: Now) -> int:
    """Let these visits fall away as overtaken, with one word for all; gives how many."""
    found = list(rows)
    for row in found:
        row.state, row.outcome_on = FLOW.move(row.state, State.OVERTAKEN), left_on
    if found:
        event = domain.VisitsOvertaken(dossier_id=dossier_id, number=len(found))
        carry_out(actor, now, rows=found, events=[event])
    return len(found)
