"""Trajectories for stories, made by performing the acts; all people are invented."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from gib.care.trajectory import actions
from gib.care.trajectory.domain import CloseReason, NewStep, Phase
from gib.care.trajectory.models import Cover, PlanStep, Trajectory
from gib.core.access.actor import Actor
from gib.core.kernel.clock import Now
from gib.people.families import builders as families
from gib.people.families.domain.codes import Purpose

GOAL = "Mijn dochter mag mij niet vergeten."


def proposed(actor: Actor, now: Now, number: int = 0, **facts: Any) -> Trajectory:
    """Give a trajectory that was proposed to a mother who gave consent and has one goal."""
    dossier = families.a_dossier(actor, now, number, **facts)
    families.with_consent(actor, dossier.id, Purpose.SUPPORT, now)
    return proposed_in(actor, dossier.id, now)


def proposed_in(actor: Actor, dossier_id: UUID, now: Now) -> Trajectory:
    """Propose a trajectory in a dossier that exists, with one goal when the intake left none."""
    plan = actions.propose(actor, dossier_id, now)
    actions.add_goal(actor, plan.id, GOAL, now)
    return plan


def agreed(actor: Actor, now: Now, number: int = 0, **facts: Any) -> Trajectory:
    """Give a trajectory to which she said yes."""
    return actions.agree(actor, proposed(actor, now, number, **facts).id, now)


def inside(actor: Actor, now: Now, number: int = 0, **facts: Any) -> Trajectory:
    """Give a trajectory that runs inside."""
    return actions.start_inside(actor, agreed(actor, now, number, **facts).id, now)


def covered(actor: Actor, dossier_id: UUID, now: Now, days: int = 456, payer: str = "own_means") -> Cover:
    """Let somebody pay for help at home from today, for 15 months unless told otherwise."""
    to_on = now.on + timedelta(days=days)
    return actions.record_cover(actor, dossier_id, payer, now.on, to_on, str(uuid4()), now)


def outside(actor: Actor, now: Now, number: int = 0, **facts: Any) -> Trajectory:
    """Give a trajectory that runs at home, in Amsterdam, with somebody who pays."""
    plan = inside(actor, now, number, **facts)
    families.released(actor, plan.dossier_id, now)
    families.with_consent(actor, plan.dossier_id, Purpose.SUPPORT, now)
    covered(actor, plan.dossier_id, now)
    return actions.start_outside(actor, plan.id, now)


def with_step(
    actor: Actor, plan: Trajectory, now: Now, weeks: int | None = None, days: int | None = None, **facts: Any
) -> PlanStep:
    """Add a step some weeks before release, or on a day from today, or without either."""
    told: dict[str, Any] = {"phase": Phase.TOWARDS_RELEASE, "what": "Samen de papieren uitzoeken."}
    due_on = None if days is None else now.on + timedelta(days=days)
    step = NewStep(**told | {"due_on": due_on, "weeks_before_release": weeks} | facts)
    return actions.add_step(actor, plan.id, step, now)


def closed(
    actor: Actor, plan: Trajectory, now: Now, reason: CloseReason = CloseReason.GOALS_MET
) -> Trajectory:
    """Close a trajectory for a reason that needs no trail."""
    return actions.close(actor, plan.id, reason, None, now)
