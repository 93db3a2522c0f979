"""Steps of her plan, how they follow the release date, and reviews of the plan with her."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from gib.care.trajectory import domain
from gib.care.trajectory.domain import LANDING, RELEASE_DRILL, Drill, NewStep, Phase
from gib.care.trajectory.models import PlanStep, Review, Trajectory, add_to, open_trajectory, release_day
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.people.families.models import last_episode, open_episode


@act(P.PLAN_TRAJECTORY)
def add_step(actor: Actor, trajectory_id: UUID, step: NewStep, now: Now) -> PlanStep:
    """Add a step to her plan; one that hangs on the release date gets its day from that.

    Raises:
        RuleBroken: 'trajectory_not_open'.
    """
    plan: Trajectory = Trajectory.for_action(actor, now.on).get_or_404(pk=trajectory_id)
    domain.check_open(plan.state)
    row = _step(plan, step, now)
    event = domain.StepAdded(dossier_id=plan.dossier_id, step_id=row.id, phase=step.phase)
    carry_out(actor, now, rows=[row], events=[event])
    return row


def _step(plan: Trajectory, step: NewStep, now: Now) -> PlanStep:
    day, rushed = step.due_on, False
    if step.weeks_before_release is not None:
        day, rushed = domain.due_on(step.weeks_before_release, release_day(plan.dossier_id), now.on)
    row: PlanStep = add_to(
        plan, PlanStep, trajectory=plan, **(vars(step) | {"due_on": day, "rushed": rushed})
    )
    return row


@act(P.PLAN_TRAJECTORY)
def remind(
    actor: Actor, dossier_id: UUID, drill: Drill, due_on: date, now: Now, *, phase: Phase = Phase.HOME
) -> PlanStep | None:
    """Put a step of the house itself in her plan, once a day, for a later stage or a handler.

    Args:
        phase: the part of her plan in which it is done.

    Returns: the step; None when she has no open trajectory.
    """
    plan = open_trajectory(dossier_id)
    if plan is None:
        return None
    steps = PlanStep.for_action(actor, now.on).filter(trajectory_id=plan.id)
    known: PlanStep | None = steps.filter(drill=drill, due_on=due_on).first()
    return known or add_step(actor, plan.id, NewStep(phase, "", due_on, drill=drill), now)


@act(P.PLAN_TRAJECTORY)
def do_step(actor: Actor, step_id: UUID, now: Now) -> PlanStep:
    """Note that a step was done today; doing it twice changes nothing.

    Raises:
        RuleBroken: 'step_overtaken'.
    """
    row: PlanStep = PlanStep.for_action(actor, now.on).get_or_404(pk=step_id)
    domain.check_do(row.as_step())
    if row.done_on is None:
        row.done_on = now.on
        event = domain.StepDone(dossier_id=row.dossier_id, step_id=row.id)
        carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.PLAN_TRAJECTORY)
def undo_step(actor: Actor, step_id: UUID, now: Now) -> PlanStep:
    """Open a step again that was ticked by mistake.

    Raises:
        RuleBroken: 'step_not_done'.
    """
    row: PlanStep = PlanStep.for_action(actor, now.on).get_or_404(pk=step_id)
    domain.check_undo(row.as_step())
    row.done_on = None
    event = domain.StepUndone(dossier_id=row.dossier_id, step_id=row.id)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.PLAN_TRAJECTORY)
def replan(actor: Actor, dossier_id: UUID, now: Now) -> Trajectory | None:
    """Let the future steps of her plan follow the release date; what is past stays (invariant 7).

    Once she is free, the open steps that were to come before it are overtaken.

    Returns: the open trajectory, if she has one.
    """
    plan = open_trajectory(dossier_id)
    if plan is None:
        return None
    rows = list(PlanStep.for_action(actor, now.on).filter(trajectory_id=plan.id))
    gone = _overtake(rows, now) if open_episode(dossier_id) is None else []
    moved = _move(rows, release_day(dossier_id), now)
    if moved or gone:
        event = domain.Replanned(
            dossier_id=dossier_id,
            trajectory_id=plan.id,
            moved=len(moved),
            rushed=sum(row.rushed for row in moved),
            overtaken=len(gone),
        )
        carry_out(actor, now, rows=[*moved, *gone], events=[event])
    return plan


def _move(rows: list[PlanStep], release_on: date | None, now: Now) -> list[PlanStep]:
    moves = {move.id: move for move in domain.replan((row.as_step() for row in rows), release_on, now.on)}
    moved = [row for row in rows if row.id in moves]
    for row in moved:
        row.due_on, row.rushed = moves[row.id].due_on, moves[row.id].rushed
    return moved


def _overtake(rows: list[PlanStep], now: Now) -> list[PlanStep]:
    ids = set(domain.overtaken(row.as_step() for row in rows))
    gone = [row for row in rows if row.id in ids]
    for row in gone:
        row.overtaken_on = now.on
    return gone


@act(P.PLAN_TRAJECTORY)
def start_drill(actor: Actor, dossier_id: UUID, released_on: date, now: Now) -> list[PlanStep]:
    """Put the list for the first 72 hours after a release in her plan; a second time it adds nothing.

    Source: domain page 1.9, released early or immediately.
    """
    plan = open_trajectory(dossier_id)
    if plan is None:
        return []
    rows = _listed(actor, plan, RELEASE_DRILL, released_on, released_on, now)
    if rows:
        event = domain.DrillStarted(dossier_id=dossier_id, trajectory_id=plan.id, released_on=released_on)
        carry_out(actor, now, rows=rows, events=[event])
    return rows


@act(P.PLAN_TRAJECTORY)
def start_landing(actor: Actor, dossier_id: UUID, started_on: date, now: Now) -> list[PlanStep]:
    """Put the list for the first 72 hours and the first two weeks at home with a maatje in her plan.

    It is made once for each release, whoever tells it how often; what the list of the release already asks is
    not asked again.

    Args:
        started_on: when help at home began; days count from there, or from a release that came later.

    Returns: the steps; none while she is inside or has no open trajectory.

    Source: domain page 1.6, landing.
    """
    plan, episode = open_trajectory(dossier_id), last_episode(dossier_id)
    released_on = episode.to_on if episode else started_on
    if plan is None or released_on is None:
        return []
    from_on = max(released_on, started_on)
    rows = _listed(actor, plan, LANDING, released_on, from_on, now)
    if rows:
        event = domain.LandingStarted(dossier_id=dossier_id, trajectory_id=plan.id, from_on=from_on)
        carry_out(actor, now, rows=rows, events=[event])
    return rows


def _listed(
    actor: Actor, plan: Trajectory, drills: Mapping[Drill, int], released_on: date, from_on: date, now: Now
) -> list[PlanStep]:
    """Make the steps of a list that this release has not brought yet; a day that has passed becomes today."""
    steps = PlanStep.for_action(actor, now.on).filter(trajectory_id=plan.id)
    known = set(steps.filter(drill_on=released_on).values_list("drill", flat=True))
    rows = []
    for drill, days in drills.items():
        if drill not in known:
            due = max(from_on + timedelta(days=days), now.on)
            rows.append(_step(plan, NewStep(Phase.HOME, "", due, drill=drill), now))
            rows[-1].drill_on = released_on
    return rows


def overtaken_drill(actor: Actor, plan: Trajectory, now: Now) -> list[PlanStep]:
    """Overtake what is still open of the lists after a release, for an act that saves it."""
    steps = PlanStep.for_action(actor, now.on).filter(trajectory_id=plan.id, drill_on__isnull=False)
    rows = list(steps.filter(done_on__isnull=True, overtaken_on__isnull=True))
    for row in rows:
        row.overtaken_on = now.on
    return rows


@act(P.PLAN_TRAJECTORY)
def overtake_drill(actor: Actor, dossier_id: UUID, now: Now) -> list[PlanStep]:
    """Let the lists after her release fall away, because she is inside again; a second time nothing changes.

    Source: domain page 1.9, re-detention.
    """
    plan = open_trajectory(dossier_id)
    rows = overtaken_drill(actor, plan, now) if plan else []
    if plan and rows:
        event = domain.DrillOvertaken(dossier_id=dossier_id, trajectory_id=plan.id, overtaken=len(rows))
        carry_out(actor, now, rows=rows, events=[event])
    return rows


@act(P.PLAN_TRAJECTORY)
def hold_review(actor: Actor, trajectory_id: UUID, held_on: date, note: str, now: Now) -> Review:
    """Record a talk with her about how the plan goes.

    Raises:
        RuleBroken: 'trajectory_not_open', 'review_in_future'.
    """
    plan: Trajectory = Trajectory.for_action(actor, now.on).get_or_404(pk=trajectory_id)
    domain.check_open(plan.state)
    domain.check_review(held_on, now.on)
    row: Review = add_to(plan, Review, trajectory=plan, held_on=held_on, note=note)
    event = domain.ReviewHeld(dossier_id=plan.dossier_id, trajectory_id=plan.id, held_on=held_on)
    carry_out(actor, now, rows=[row], events=[event])
    return row
