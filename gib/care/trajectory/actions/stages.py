"""The stages of a trajectory: propose, agree, start, taper, pause, resume, close, reopen."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final
from uuid import UUID

from gib.care.intake.models import wishes_of
from gib.care.referral import actions as referrals
from gib.care.referral.domain import State as ReferralState
from gib.care.referral.models import latest_referral
from gib.care.trajectory import domain
from gib.care.trajectory.actions.outreach import found_again
from gib.care.trajectory.actions.plan import overtaken_drill
from gib.care.trajectory.domain import FLOW, CloseReason, PauseReason, State
from gib.care.trajectory.domain.outreach import Found
from gib.care.trajectory.models import (
    Goal,
    Trajectory,
    add_to,
    check_looked_for,
    follows_at_once,
    has_goal,
    has_trail,
    is_covered,
    latest_trajectory,
    norm,
    open_outreach,
    open_trajectory,
    supports,
)
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.events import Event
from gib.core.kernel.rules import RuleBroken
from gib.people.families.models import Dossier, domicile_of, open_episode, participant_of


def _load(actor: Actor, trajectory_id: UUID, now: Now) -> Trajectory:
    row: Trajectory = Trajectory.for_action(actor, now.on).get_or_404(pk=trajectory_id)
    return row


def _moved(actor: Actor, row: Trajectory, to: State, event: Event, now: Now, *more: Any) -> Trajectory:
    row.state = FLOW.move(row.state, to)
    if to is not State.PAUSED:
        row.paused_on, row.paused_reason = None, ""
    carry_out(actor, now, rows=[row, *more], events=[event])
    return row


@act(P.PLAN_TRAJECTORY)
def propose(actor: Actor, dossier_id: UUID, now: Now) -> Trajectory:
    """Propose a trajectory after the intake; her wishes become its goals, the referral is converted.

    Raises:
        RuleBroken: 'trajectory_open', 'trajectory_reopen', 'support_missing'.
    """
    dossier: Dossier = Dossier.for_action(actor, now.on).get_or_404(pk=dossier_id)
    last = latest_trajectory(dossier_id)
    reopens_from = last.closed_on if last and not follows_at_once(last, open_episode(dossier_id)) else None
    months = norm("reopen_months", now.on)
    has_open = last is not None and last.closed_on is None
    domain.check_propose(has_open, reopens_from, now.on, months)
    domain.check_consent(supports(dossier_id, now.on))
    row = Trajectory(dossier_id=dossier_id, team_id=dossier.team_id, opened_on=now.on, previous=last)
    goals = [
        add_to(row, Goal, trajectory=row, words=words, order=order, opened_on=now.on)
        for order, words in enumerate(wishes_of(dossier_id), 1)
    ]
    event = domain.Proposed(dossier_id=dossier_id, trajectory_id=row.id)
    carry_out(actor, now, rows=[row, *goals], events=[event])
    referral = latest_referral(dossier_id)
    if referral is not None and referral.state == ReferralState.INTAKE_DONE:
        referrals.convert(actor, referral.id, now)
    return row


@act(P.PLAN_TRAJECTORY)
def agree(actor: Actor, trajectory_id: UUID, now: Now) -> Trajectory:
    """Note that she says yes to her plan.

    Raises:
        RuleBroken: 'support_missing', 'goal_missing', 'illegal_move'.
    """
    row = _load(actor, trajectory_id, now)
    domain.check_stage(row.state, State.PROPOSED)
    domain.check_agree(supports(row.dossier_id, now.on), has_goal(row.dossier_id))
    row.agreed_on = now.on
    event = domain.Agreed(dossier_id=row.dossier_id, trajectory_id=row.id)
    return _moved(actor, row, State.AGREED, event, now)


@act(P.PLAN_TRAJECTORY)
def start_inside(actor: Actor, trajectory_id: UUID, now: Now) -> Trajectory:
    """Begin help inside.

    Raises:
        RuleBroken: 'not_inside', 'illegal_move'.
    """
    row = _load(actor, trajectory_id, now)
    domain.check_inside(open_episode(row.dossier_id) is not None)
    row.started_on = row.started_on or now.on
    event = domain.StartedInside(dossier_id=row.dossier_id, trajectory_id=row.id)
    return _moved(actor, row, State.ACTIVE_INSIDE, event, now)


@act(P.PLAN_TRAJECTORY)
def start_outside(actor: Actor, trajectory_id: UUID, now: Now) -> Trajectory:
    """Begin help at home, or give more help again after tapering.

    Raises:
        RuleBroken: 'not_released', 'not_covered', 'illegal_move'.
    """
    row = _load(actor, trajectory_id, now)
    _check_outside(row, now)
    row.started_on = row.started_on or now.on
    event = domain.StartedOutside(dossier_id=row.dossier_id, trajectory_id=row.id)
    return _moved(actor, row, State.ACTIVE_OUTSIDE, event, now)


def _check_outside(row: Trajectory, now: Now) -> None:
    released = open_episode(row.dossier_id) is None
    domain.check_outside(released, is_covered(row.dossier_id, now.on))


@act(P.PLAN_TRAJECTORY)
def taper(actor: Actor, trajectory_id: UUID, now: Now) -> Trajectory:
    """Make help less, step by step.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    row = _load(actor, trajectory_id, now)
    event = domain.TaperingStarted(dossier_id=row.dossier_id, trajectory_id=row.id)
    return _moved(actor, row, State.TAPERING, event, now)


@act(P.PLAN_TRAJECTORY)
def pause(actor: Actor, trajectory_id: UUID, reason: PauseReason, now: Now) -> Trajectory:
    """Let help rest; the trajectory stays open.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    row = _load(actor, trajectory_id, now)
    row.paused_on, row.paused_reason = now.on, reason
    event = domain.Paused(dossier_id=row.dossier_id, trajectory_id=row.id, reason=reason)
    return _moved(actor, row, State.PAUSED, event, now)


@act(P.PLAN_TRAJECTORY)
def resume(actor: Actor, trajectory_id: UUID, now: Now) -> Trajectory:
    """Go on where she is now: inside, at home, or with what was agreed and not begun.

    Raises:
        RuleBroken: 'not_covered' when she is free and nobody pays, 'illegal_move'.
    """
    row = _load(actor, trajectory_id, now)
    domain.check_stage(row.state, State.PAUSED)
    to = domain.resumes_as(row.started_on is not None, open_episode(row.dossier_id) is not None)
    if to is State.ACTIVE_OUTSIDE:
        _check_outside(row, now)
    event = domain.Resumed(dossier_id=row.dossier_id, trajectory_id=row.id)
    return _moved(actor, row, to, event, now)


#: What a later stage wants first before a trajectory closes; the portal's wiring fills it, as it fills slots.
BEFORE_CLOSE: Final[list[Callable[[UUID, CloseReason], None]]] = []


@act(P.PLAN_TRAJECTORY)
def close(
    actor: Actor, trajectory_id: UUID, reason: CloseReason, trail_id: UUID | None, now: Now
) -> Trajectory:
    """Close a trajectory; what is open of the lists after a release is overtaken.

    Args:
        trail_id: the funding request that failed; required, with a municipality, when nobody pays. It must be
            one of this trajectory to which a municipality said no or nothing, and nobody yes since.

    Raises:
        RuleBroken: 'let_go_municipality', 'let_go_trail' (invariant 8), 'illegal_move'; 'outreach_missing',
        'outreach_too_short' when she is said to be out of reach; what a later stage wants first.
    """
    row = _load(actor, trajectory_id, now)
    for check in BEFORE_CLOSE:
        check(row.dossier_id, reason)
    if reason is CloseReason.OUT_OF_REACH:
        check_looked_for(row.dossier_id, row.id, now.on)
    municipality = _return_code(row.dossier_id, now.on) if reason is CloseReason.NOT_FUNDED else None
    domain.check_close(reason, municipality, trail_id if has_trail(row, trail_id) else None)
    row.closed_on, row.close_reason, row.trail_id = now.on, reason, trail_id
    row.let_go_municipality_id = municipality
    event = domain.Closed(
        dossier_id=row.dossier_id,
        trajectory_id=row.id,
        reason=reason,
        municipality=municipality or "",
        trail_id=trail_id,
    )
    return _moved(actor, row, State.CLOSED, event, now, *_left_over(actor, row, now))


def _left_over(actor: Actor, row: Trajectory, now: Now) -> list[Any]:
    """End what a closed trajectory leaves open: the lists after a release, and the search for her."""
    search = open_outreach(row.dossier_id, row.id)
    if search is not None:
        found_again(search, Found.CLOSED, now.on)
    return [*overtaken_drill(actor, row, now), *([search] if search else [])]


def _return_code(dossier_id: UUID, on: date) -> str | None:
    home = domicile_of(dossier_id, on)
    code: str | None = home.municipality_id if home else participant_of(dossier_id).return_municipality_id
    return code


@act(P.PLAN_TRAJECTORY)
def reopen(actor: Actor, trajectory_id: UUID, now: Now) -> Trajectory:
    """Open a trajectory again within the months that allow it; it begins again as agreed.

    Raises:
        RuleBroken: 'illegal_move', 'let_go_stays', 'reopen_too_late', 'support_missing', 'trajectory_open'.
    """
    row = _load(actor, trajectory_id, now)
    domain.check_stage(row.state, State.CLOSED)
    let_go = row.close_reason == CloseReason.NOT_FUNDED
    domain.check_reopen(row.closed_on or now.on, now.on, norm("reopen_months", now.on), was_let_go=let_go)
    domain.check_consent(supports(row.dossier_id, now.on))
    if open_trajectory(row.dossier_id):
        raise RuleBroken("trajectory_open")
    row.closed_on, row.close_reason = None, ""
    event = domain.Reopened(dossier_id=row.dossier_id, trajectory_id=row.id)
    return _moved(actor, row, State.AGREED, event, now)
