"""Goals in her own words, and the marks she gives them."""

from uuid import UUID

from gib.care.trajectory import domain
from gib.care.trajectory.models import Goal, GoalMark, Trajectory, add_to
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken


@act(P.PLAN_TRAJECTORY)
def add_goal(actor: Actor, trajectory_id: UUID, words: str, now: Now) -> Goal:
    """Write down a goal in her own words.

    Raises:
        RuleBroken: 'trajectory_not_open'.
    """
    row: Trajectory = Trajectory.for_action(actor, now.on).get_or_404(pk=trajectory_id)
    domain.check_open(row.state)
    goals = Goal.for_action(actor, now.on).filter(trajectory_id=row.id)
    last = max((goal.order for goal in goals), default=0)
    goal: Goal = add_to(row, Goal, trajectory=row, words=words, order=last + 1, opened_on=now.on)
    event = domain.GoalAdded(dossier_id=row.dossier_id, goal_id=goal.id)
    carry_out(actor, now, rows=[goal], events=[event])
    return goal


@act(P.PLAN_TRAJECTORY)
def mark_goal(actor: Actor, goal_id: UUID, mark: int, now: Now) -> GoalMark:
    """Note the mark that she gives a goal today; a second one on a day replaces the first.

    Raises:
        RuleBroken: 'mark_out_of_range', 'goal_closed'.
    """
    goal: Goal = Goal.for_action(actor, now.on).get_or_404(pk=goal_id)
    domain.check_mark(mark, goal.closed_on)
    today = GoalMark.for_action(actor, now.on).filter(goal_id=goal.id, on=now.on)
    row: GoalMark = today.first() or GoalMark(
        dossier_id=goal.dossier_id, team_id=goal.team_id, goal=goal, on=now.on, mark=mark
    )
    row.mark = mark
    event = domain.GoalMarked(dossier_id=goal.dossier_id, goal_id=goal.id, mark=mark)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.PLAN_TRAJECTORY)
def close_goal(actor: Actor, goal_id: UUID, now: Now) -> Goal:
    """Put a goal away.

    Raises:
        RuleBroken: 'goal_closed'.
    """
    goal: Goal = Goal.for_action(actor, now.on).get_or_404(pk=goal_id)
    if goal.closed_on:
        raise RuleBroken("goal_closed")
    goal.closed_on = now.on
    event = domain.GoalClosed(dossier_id=goal.dossier_id, goal_id=goal.id)
    carry_out(actor, now, rows=[goal], events=[event])
    return goal
