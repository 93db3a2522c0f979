"""What the portal does when it hears that a mother was moved: the team of that prison is asked."""

from typing import Any
from uuid import UUID

from gib.core.access.actor import house
from gib.core.kernel.clock import Now
from gib.people.families.models import Dossier
from gib.people.partners.models import Team
from gib.portal import actions
from gib.portal.models import open_transfer


def on_placed(dossier_id: UUID, payload: dict[str, Any], now: Now) -> None:
    """Propose the case to the team of the prison to which she was moved, once, when there is one."""
    team = Team.objects.valid(now.on).filter(prison_id=payload["prison"]).order_by("pk").first()
    dossier = Dossier.for_house("transfer", now.on).get(pk=dossier_id)
    if payload["moved"] and team and team.pk != dossier.team_id and open_transfer(dossier_id) is None:
        actions.propose_transfer(house("transfer"), dossier_id, team.pk, now)
