"""How a part in a product ends, by a person or by what happens to her, and its match and visits with it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from gib.care.products import domain
from gib.care.products.actions.contacts import overtake_visits
from gib.care.products.actions.matches import end_match, withdraw_match
from gib.care.products.actions.meetings import overtake_invitations
from gib.care.products.actions.participations import about, load, moved
from gib.care.products.actions.series import resume_series
from gib.care.products.domain.match import ASKED, LIVE, EndReason, check_ready, goodbye_missing
from gib.care.products.domain.match import State as MatchState
from gib.care.products.domain.participation import (
    FLOW,
    MATCH_ENDS,
    Cause,
    State,
    StopReason,
    check_complete,
    check_prison,
    end_state,
    end_with_trajectory,
)
from gib.care.products.models import Contact, Match, Participation, attended, is_paused_here, norm
from gib.care.products.models.readiness import reasons_against
from gib.care.trajectory.actions import remind
from gib.care.trajectory.domain import CloseReason, Drill
from gib.care.trajectory.models import check_looked_for
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.families.models import current_place
from gib.people.partners.domain import Product

_CAUSED_ENDS = {
    Cause.RELEASE: EndReason.RELEASE,
    Cause.TRANSFER: EndReason.TRANSFER,
    Cause.PRISON: EndReason.BY_COORDINATOR,
}


def _open_parts(actor: Actor, dossier_id: UUID, now: Now) -> list[Participation]:
    rows: Any = Participation.for_action(actor, now.on).filter(dossier_id=dossier_id)
    return list(rows.open())


@act(P.RUN_PRODUCT)
def complete(
    actor: Actor,
    participation_id: UUID,
    now: Now,
    *,
    is_partly: bool = False,
    farewell_on: date | None = None,
) -> Participation:
    """Note that she finished it, wholly or in part; its match ends as was agreed.

    Args:
        farewell_on: the day on which help at home said goodbye, told in this same act: on it her part ends,
            also when it is written down later.

    Raises:
        RuleBroken: 'illegal_move', 'farewell_missing'.
    """
    row = load(actor, participation_id, now)
    check_complete(Product(row.product), State(row.state), has_farewell=farewell_on is not None)
    row.ended_on = farewell_on
    to = State.PARTLY_COMPLETED if is_partly else State.COMPLETED
    _close_match(actor, row, to, now)
    return moved(actor, row, to, domain.Completed, now, is_partly=is_partly)


@act(P.RUN_PRODUCT)
def stop(actor: Actor, participation_id: UUID, reason: StopReason, now: Now) -> Participation:
    """Note that she stops with something that had begun; its match and what was planned end with it.

    Raises:
        RuleBroken: 'illegal_move'; 'outreach_missing', 'outreach_too_short' when she is out of reach of help
        at home.
    """
    row = load(actor, participation_id, now)
    _check_given_up(row, reason, now)
    row.end_reason = reason
    _close_match(actor, row, State.STOPPED_BY_MOTHER, now)
    return moved(actor, row, State.STOPPED_BY_MOTHER, domain.Stopped, now, reason=reason)


@act(P.RUN_PRODUCT)
def cancel(actor: Actor, participation_id: UUID, reason: StopReason, now: Now) -> Participation:
    """Call it off, before it began or because this house cannot go on; its match ends with it.

    Raises:
        RuleBroken: 'illegal_move'; 'outreach_missing', 'outreach_too_short' when she is out of reach of help
        at home.
    """
    row = load(actor, participation_id, now)
    _check_given_up(row, reason, now)
    row.end_reason = reason
    _close_match(actor, row, State.CANCELLED, now)
    return moved(actor, row, State.CANCELLED, domain.Stopped, now, reason=reason)


def _check_given_up(part: Participation, reason: StopReason, now: Now) -> None:
    """Keep help at home from ending in silence: who is out of reach was looked for first."""
    if reason is StopReason.OUT_OF_REACH and part.product == Product.MOEDERMAATJES:
        check_looked_for(part.dossier_id, part.trajectory_id, now.on)


def _close_match(actor: Actor, part: Participation, to: State, now: Now) -> None:
    FLOW.move(part.state, to)
    overtake_invitations(actor, part.dossier_id, now, participation_id=part.id)
    _end_matches(actor, part, MATCH_ENDS[to], now)


@act(P.RUN_PRODUCT)
def correct(actor: Actor, part: Participation, to: State, now: Now) -> Participation:
    """Put right how a part ended, because the list of who came was put right.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    part.state = FLOW.correct(part.state, to)
    if to is State.PLANNED:
        part.started_on = part.ended_on = None
    carry_out(actor, now, rows=[part], events=[domain.Corrected(**about(part))])
    return part


@act(P.RUN_PRODUCT)
def end_for(
    actor: Actor,
    dossier_id: UUID,
    cause: Cause,
    now: Now,
    *,
    needed: Mapping[UUID, int] | None = None,
    since: date | None = None,
) -> list[Participation]:
    """End what cannot go on after a release, a transfer or a decision of the prison.

    Planned visits inside are overtaken, never a no-show; a visit series rests after a transfer and goes on
    with `move_series`. A visiting volunteer who could not say goodbye gets a contact within 72 hours.

    Args:
        needed: how many sessions complete a course, by part, when its series says so itself.
        since: the day on which it happened, when it is told later.

    Returns: the parts that ended.

    Source: domain page 1.9, 3; invariant 15.
    """
    left_on = since or now.on
    _note_goodbye(actor, dossier_id, cause, left_on, now)
    if cause is not Cause.PRISON:
        overtake_visits(actor, dossier_id, now, since=left_on)
        overtake_invitations(actor, dossier_id, now, since=left_on)
    ended = []
    for part in _open_parts(actor, dossier_id, now):
        pass_at = (needed or {}).get(part.id) or norm("course_pass", now.on)
        to = end_state(Product(part.product), cause, State(part.state), attended(part), pass_at)
        if to is not None:
            part.ended_on = max(left_on, part.started_on or left_on)
            ended.append(_end(actor, part, to, cause, now))
    return ended


@act(P.RUN_PRODUCT)
def end_by_prison(actor: Actor, participation_id: UUID, now: Now) -> Participation:
    """Note that the prison ended one part: never her doing, so no drop-out (invariant 15).

    Raises:
        RuleBroken: 'prison_only_inside', 'illegal_move' when it has ended.
    """
    part = load(actor, participation_id, now)
    product, state = Product(part.product), State(part.state)
    check_prison(product)
    to = end_state(product, Cause.PRISON, state, attended(part), norm("course_pass", now.on))
    FLOW.move(state, to or State.ENDED_BY_PRISON)
    overtake_invitations(actor, part.dossier_id, now, participation_id=part.id)
    return _end(actor, part, to or State.ENDED_BY_PRISON, Cause.PRISON, now)


def _end(actor: Actor, part: Participation, to: State, cause: Cause, now: Now) -> Participation:
    _end_matches(actor, part, _CAUSED_ENDS[cause], now)
    part.end_reason = cause
    if to in (State.COMPLETED, State.PARTLY_COMPLETED):
        return moved(actor, part, to, domain.Completed, now, is_partly=to is State.PARTLY_COMPLETED)
    return moved(actor, part, to, domain.EndedBy, now, cause=cause)


def _end_matches(actor: Actor, part: Participation, reason: EndReason, now: Now) -> None:
    for match in Match.for_action(actor, now.on).filter(participation_id=part.id):
        if MatchState(match.state) in LIVE:
            end_match(actor, match.id, reason, now)
        elif MatchState(match.state) in ASKED:
            withdraw_match(actor, match.id, now)


def _note_goodbye(actor: Actor, dossier_id: UUID, cause: Cause, left_on: date, now: Now) -> None:
    matches: Any = Match.for_action(actor, now.on).filter(dossier_id=dossier_id)
    visiting = matches.live().filter(product=Product.BEZOEKMOEDERS)
    that_day: Any = Contact.for_action(actor, now.on).filter(dossier_id=dossier_id, held_on=left_on)
    if cause is Cause.RELEASE and goodbye_missing(visiting.exists(), that_day.exists()):
        remind(actor, dossier_id, Drill.GOODBYE, now.on, now)


@act(P.RUN_PRODUCT)
def close_all(actor: Actor, dossier_id: UUID, reason: CloseReason, now: Now) -> list[Participation]:
    """End every open part in a product because the trajectory closed.

    Returns: the parts that ended.
    """
    overtake_visits(actor, dossier_id, now, inside_only=False)
    overtake_invitations(actor, dossier_id, now)
    parts = _open_parts(actor, dossier_id, now)
    for part in parts:
        _end_matches(actor, part, EndReason.TRAJECTORY_CLOSED, now)
        to = end_with_trajectory(State(part.state), reason)
        part.end_reason = StopReason.TRAJECTORY_CLOSED
        event: type[domain.ParticipationEvent] = domain.Completed if to is State.COMPLETED else domain.Stopped
        facts = {} if to is State.COMPLETED else {"reason": StopReason.TRAJECTORY_CLOSED}
        moved(actor, part, to, event, now, **facts)
    return parts


@act(P.RUN_PRODUCT)
def move_series(actor: Actor, participation_id: UUID, now: Now) -> Participation:
    """Let visits go on in the prison where she is now; the papers of the volunteer are looked at anew.

    Raises:
        RuleBroken: 'not_paused', 'volunteer_not_allowed'.
    """
    part: Participation = Participation.for_action(actor, now.on).get_or_404(pk=participation_id)
    place = current_place(part.dossier_id, now.on)
    if place is None or not is_paused_here(part, now.on):
        raise RuleBroken("not_paused")
    part.prison_id = place.prison_id
    rows: Any = Match.for_action(actor, now.on)
    matches = list(rows.live().filter(participation_id=part.id))
    for match in matches:
        match.prison_id = place.prison_id
        check_ready(reasons_against(match, None, now.on))
    event = domain.Continued(**about(part), prison=place.prison_id)
    carry_out(actor, now, rows=[part, *matches], events=[event])
    resume_series(actor, matches, now)
    return part
