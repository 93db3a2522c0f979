"""What a trajectory does when something happens in a family; the portal's wiring board calls these."""

from datetime import date
from uuid import UUID

from gib.care.trajectory import actions
from gib.care.trajectory.domain import PauseReason, State
from gib.care.trajectory.domain.outreach import Found
from gib.care.trajectory.models import open_trajectory
from gib.core.access.actor import Actor, house
from gib.core.journal.acts import act
from gib.core.kernel.clock import Now


def on_release_expected(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
    """Let her plan follow the new expected day of release."""
    actions.replan(house("replan"), dossier_id, now)


def on_released(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
    """Overtake the steps that were to come before it, and start the list for the first 72 hours."""
    actions.replan(house("release_drill"), dossier_id, now)
    released_on = date.fromisoformat(str(payload["released_on"]))
    actions.start_drill(house("release_drill"), dossier_id, released_on, now)


def on_detained_again(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
    """Let help at home rest: a new detention pauses a trajectory, it does not close it.

    Who was looked for is found with it, and the lists for her first weeks at home fall away.
    """
    actions.end_outreach(house("re_detention"), dossier_id, Found.DETAINED, now.on, now)
    actions.overtake_drill(house("re_detention"), dossier_id, now)
    _pause(house("re_detention"), dossier_id, now=now)


@act
def _pause(actor: Actor, dossier_id: UUID, *, now: Now) -> None:
    plan = open_trajectory(dossier_id)
    if plan is not None and State(plan.state) in (State.ACTIVE_OUTSIDE, State.TAPERING):
        actions.pause(actor, plan.id, PauseReason.RE_DETENTION, now)
