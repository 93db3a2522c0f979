"""What an intake does when something happened elsewhere; wired before the reactions of the referral."""

from datetime import date
from uuid import UUID

from gib.care.intake import actions
from gib.care.intake.domain import FLOW, Cause, State
from gib.care.intake.models import Intake, running_intake
from gib.core.access.actor import house
from gib.core.kernel.clock import Now


def on_released(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
    """A mother was released: an intake without a talk is overtaken; one that began goes on outside."""
    intake = running_intake(dossier_id)
    if intake is not None and FLOW.may_move(intake.state, State.OVERTAKEN):
        actions.overtake(house("after_released"), intake.id, now)


def on_referral_ended(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
    """She does not want this, said before an intake was complete: the intake that waited ends with it."""
    intake = _of_referral(dossier_id, payload)
    if intake is not None:
        day = payload["not_before_on"]
        not_before_on = date.fromisoformat(str(day)) if day else None
        actions.refuse_along(house("after_referral"), intake.id, not_before_on, now)


def on_referral_overtaken(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
    """She left before anybody spoke with her, noted at the referral: the intake that waited ends too."""
    intake = _of_referral(dossier_id, payload)
    if intake is not None:
        actions.overtake(house("after_referral"), intake.id, now)


def _of_referral(dossier_id: UUID, payload: dict[str, object]) -> Intake | None:
    intake = running_intake(dossier_id)
    return intake if intake is not None and str(intake.referral_id) == payload["referral_id"] else None


def on_placed(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
    """A mother went to another prison: a talk that was planned where she no longer is, needs another day."""
    intake = running_intake(dossier_id)
    if payload["moved"] and intake is not None and intake.state == State.PLANNED:
        actions.cancel(house("after_placed"), intake.id, Cause.PRISON, now)
