"""What an intake does when something happened elsewhere; wired before the reactions of the referral."""

from uuid import UUID

from gib.care.intake import actions
from gib.care.intake.domain import FLOW, Cause, State
from gib.care.intake.models import running_intake
from gib.core.access.actor import house
from gib.core.kernel.clock import Now


def on_released(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
    """A mother was released: an intake without a talk is overtaken; one that began goes on outside."""
    intake = running_intake(dossier_id)
    if intake is not None and FLOW.may_move(intake.state, State.OVERTAKEN):
        actions.overtake(house("after_released"), intake.id, now)


def on_placed(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
    """A mother went to another prison: a talk that was planned where she no longer is, needs another day."""
    intake = running_intake(dossier_id)
    if payload["moved"] and intake is not None and intake.state == State.PLANNED:
        actions.cancel(house("after_placed"), intake.id, Cause.PRISON, now)
