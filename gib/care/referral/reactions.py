"""What a referral does when something happened elsewhere; the wiring board calls these after the commit."""

from uuid import UUID

from gib.care.referral import actions
from gib.care.referral.domain import FLOW, Overtaking, State
from gib.care.referral.models import latest_referral
from gib.core.access.actor import house
from gib.core.kernel.clock import Now
from gib.people.partners.models import Team


def on_released(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
    """A mother was released: a referral without a talk is overtaken."""
    _overtake(dossier_id, Overtaking.RELEASED, now)


def on_placed(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
    """A mother went to another prison: without a team there, a referral without a talk is overtaken.

    Where there is a team the referral goes along with her dossier.
    """
    teams = Team.objects.valid(now.on).filter(prison_id=str(payload["prison"]))
    if payload["moved"] and not teams.exists():
        _overtake(dossier_id, Overtaking.TRANSFERRED, now)


def _overtake(dossier_id: UUID, reason: Overtaking, now: Now) -> None:
    row = latest_referral(dossier_id)
    if row is not None and row.talked_on is None and FLOW.may_move(row.state, State.OVERTAKEN):
        actions.overtake(house(f"after_{reason}"), row.id, reason, now)
