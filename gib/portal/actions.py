"""Acts that cross all slices: handing over or erasing a whole case, and ending a team or a desk."""

import secrets
from datetime import date, timedelta
from uuid import UUID

from gib.care.handover.models import has_open_suspicion
from gib.care.trajectory.models import open_trajectory
from gib.core.access import rls
from gib.core.access.actor import Actor, house
from gib.core.access.tables import P, Scope
from gib.core.journal import outbox
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.events import Event
from gib.core.kernel.rules import RuleBroken
from gib.people.accounts.models import Appointment
from gib.people.families import actions as families
from gib.people.families.models import Dossier
from gib.people.partners import actions as places
from gib.people.partners.models import Partner, Team
from gib.portal import domain
from gib.portal.domain import (
    ERASURE_FLOW,
    TRANSFER_FLOW,
    ErasureGround,
    ErasureState,
    HoldKind,
    TransferState,
)
from gib.portal.models import (
    CalendarFeed,
    ErasureRequest,
    LegalHold,
    Transfer,
    digest_of,
    holds_on,
    open_erasure,
    open_transfer,
    seat_of,
)


@act(P.TRANSFER)
def propose_transfer(actor: Actor, dossier_id: UUID, team_id: int, now: Now) -> Transfer:
    """Ask another team to take over; from today until its answer both see the case.

    Raises:
        RuleBroken: 'transfer_same_team', 'transfer_open'; 'not_found' for a team that does not exist.
        Http404: the dossier does not exist for this actor.
    """
    dossier: Dossier = Dossier.for_action(actor, now.on).get_or_404(pk=dossier_id)
    domain.check_transfer(dossier.team_id, team_id, open_transfer(dossier_id) is not None)
    if not Team.objects.valid(now.on).filter(pk=team_id).exists():
        raise RuleBroken("not_found")
    row = Transfer(
        dossier=dossier,
        team_id=dossier.team_id,
        from_team_id=dossier.team_id,
        to_team_id=team_id,
        proposed_on=now.on,
    )
    event = domain.TransferProposed(dossier_id=dossier_id, transfer_id=row.id, to_team_id=team_id)
    carry_out(actor, now, rows=[row], events=[event])
    families.involve(actor, dossier_id, Scope.RECEIVING, f"team:{team_id}", row.id, now)
    return row


@act(P.TRANSFER)
def answer_transfer(actor: Actor, transfer_id: UUID, to: TransferState, now: Now) -> Transfer:
    """Accept or decline as the receiving team, or withdraw as the team that asked.

    Accepting moves every row of the case; there is exactly one responsible team at any moment. From the
    answer on, the team that was asked sees the case only when it is hers.

    Raises:
        RuleBroken: 'illegal_move'; 'not_found' when the answer belongs to the other team.
    """
    row: Transfer = Transfer.for_action(actor, now.on).get_or_404(pk=transfer_id)
    answering = row.from_team_id if to is TransferState.WITHDRAWN else row.to_team_id
    if answering not in actor.team_ids:
        raise RuleBroken("not_found")
    row.state, row.answered_on = TRANSFER_FLOW.move(row.state, to), now.on
    event = domain.TransferAnswered(dossier_id=row.dossier_id, transfer_id=row.id, state=to)
    carry_out(actor, now, rows=[row], events=[event])
    with rls.system("transfer", now.on):
        families.end_involvement(house("transfer"), row.id, now.on - timedelta(days=1), now)
        if to is TransferState.ACCEPTED:
            families.hand_to_team(house("transfer"), row.dossier_id, row.to_team_id, now)
    return row


@act(P.ORGANISE)
def end_team(actor: Actor, team_id: int, ends_on: date, now: Now) -> Team:
    """Let a team end, once its people and its cases went elsewhere.

    Raises:
        RuleBroken: 'team_has_people', 'team_has_dossiers', 'fact_over', 'ends_too_early'.
        Http404: there is no such team.
    """
    people = Appointment.objects.filter(team_id=team_id, ended_at__isnull=True).exclude(to_on__lt=ends_on)
    with rls.acting_as(house("end_team"), now.on):
        dossiers = Dossier.for_house("end_team", now.on).filter(team_id=team_id).count()
    domain.check_team_end(people.count(), dossiers)
    return places.end_team(actor, team_id, ends_on, now)


@act(P.ORGANISE)
def end_desk(actor: Actor, partner_id: int, ends_on: date, now: Now) -> Partner:
    """Let an organisation end through which nobody has access any more.

    Raises:
        RuleBroken: 'desk_has_people', 'fact_over', 'ends_too_early'.
        Http404: there is no such organisation.
    """
    held = Appointment.objects.filter(partner_id=partner_id, ended_at__isnull=True).exclude(to_on__lt=ends_on)
    if held.exists():
        raise RuleBroken("desk_has_people")
    return places.end_desk(actor, partner_id, ends_on, now)


@act(P.ASK_ERASURE)
def ask_erasure(actor: Actor, dossier_id: UUID, ground: ErasureGround, now: Now) -> ErasureRequest:
    """Ask for a dossier to be erased; somebody else decides.

    Raises:
        RuleBroken: 'erasure_open', 'erasure_running'.
        Http404: the dossier does not exist for this actor.
    """
    dossier: Dossier = Dossier.for_action(actor, now.on).get_or_404(pk=dossier_id)
    domain.check_ask_erasure(open_erasure(dossier_id) is not None, open_trajectory(dossier_id) is not None)
    row = ErasureRequest(
        dossier=dossier, team_id=dossier.team_id, ground=ground, asked_by=actor.user_id, asked_on=now.on
    )
    event = domain.ErasureAsked(dossier_id=dossier_id, erasure_id=row.id, ground=ground)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.ANSWER_ERASURE)
def answer_erasure(actor: Actor, erasure_id: UUID, to: ErasureState, why: str, now: Now) -> ErasureRequest:
    """Erase a dossier as the second person, refuse it with a reason, or take the own question back.

    Raises:
        RuleBroken: 'erasure_same_person', 'erasure_other_person', 'erasure_why', 'erasure_held',
            'erasure_running', 'illegal_move'.
        Http404: the question does not exist for this actor.
    """
    row: ErasureRequest = ErasureRequest.for_action(actor, now.on).get_or_404(pk=erasure_id)
    row.state = ERASURE_FLOW.move(row.state, to)
    with rls.acting_as(house("erasure"), now.on):
        is_held = is_kept(row.dossier_id, now.on)
        is_running = open_trajectory(row.dossier_id) is not None
    domain.check_answer_erasure(to, row.asked_by == actor.user_id, why, is_held)
    domain.check_ask_erasure(False, is_running and to is ErasureState.CARRIED_OUT)
    row.answered_by, row.answered_on, row.why = actor.user_id, now.on, why
    event = domain.ErasureAnswered(dossier_id=row.dossier_id, erasure_id=row.id, state=to)
    carry_out(actor, now, rows=[row], events=[event])
    if to is ErasureState.CARRIED_OUT:
        families.erase_dossier(house("erasure"), row.dossier_id, now)
        with rls.acting_as(house("erasure"), now.on):
            outbox.forget(row.dossier_id)
    return row


def is_kept(dossier_id: UUID, on: date) -> bool:
    """Tell whether a dossier must stay: somebody said so, or a suspicion of abuse is not closed."""
    return holds_on(dossier_id, on).exists() or has_open_suspicion(dossier_id)


@act(P.ASK_ERASURE)
def hold(actor: Actor, dossier_id: UUID, kind: HoldKind, why: str, to_on: date, now: Now) -> LegalHold:
    """Say that a dossier must stay until and including a day, and why.

    Raises:
        RuleBroken: 'hold_why', 'hold_past'.
        Http404: the dossier does not exist for this actor.
    """
    dossier: Dossier = Dossier.for_action(actor, now.on).get_or_404(pk=dossier_id)
    domain.check_hold(why, to_on, now.on)
    row = LegalHold(dossier=dossier, team_id=dossier.team_id, kind=kind, why=why, set_by=actor.user_id)
    row.from_on, row.to_on = now.on, to_on
    event = domain.HoldSet(dossier_id=dossier_id, hold_id=row.id, kind=kind, to_on=to_on)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.ASK_ERASURE)
def end_hold(actor: Actor, hold_id: UUID, now: Now) -> LegalHold:
    """Say that the reason to keep a dossier is gone; from tomorrow it may be erased.

    Raises:
        RuleBroken: 'no_change' when it ends today or ended before.
        Http404: the hold does not exist for this actor.
    """
    row: LegalHold = LegalHold.for_action(actor, now.on).get_or_404(pk=hold_id)
    if row.to_on <= now.on:
        raise RuleBroken("no_change")
    row.to_on = now.on
    carry_out(actor, now, rows=[row], events=[domain.HoldEnded(dossier_id=row.dossier_id, hold_id=row.id)])
    return row


@act(P.SEE_AGENDA)
def make_feed(actor: Actor, now: Now) -> str:
    """Give the own calendar a new secret address; the one before it stops at once.

    Returns: the secret, to be shown this once: only its hash stays.
    """
    rows, events = _stopped(actor, now)
    token = secrets.token_urlsafe(32)
    row = CalendarFeed(appointment=seat_of(actor, now.on), digest=digest_of(token), made_at=now.at)
    events.append(domain.FeedMade(feed_id=row.id))
    carry_out(actor, now, rows=[*rows, row], events=events)
    return token


@act(P.SEE_AGENDA)
def end_feed(actor: Actor, now: Now) -> None:
    """Stop the secret address of the own calendar; without one there is nothing to do."""
    rows, events = _stopped(actor, now)
    carry_out(actor, now, rows=rows, events=events)


def _stopped(actor: Actor, now: Now) -> tuple[list[CalendarFeed], list[Event]]:
    row = CalendarFeed.of_actor(actor)
    if row is None:
        return [], []
    row.ended_at = now.at
    return [row], [domain.FeedEnded(feed_id=row.id)]
