"""What handovers do when she takes her consent back: what was not sent yet, stays here."""

from typing import Any
from uuid import UUID

from gib.care.handover import actions
from gib.care.handover.domain import Ground, Side, State
from gib.care.handover.models import handovers_of
from gib.core.access.actor import house
from gib.core.kernel.clock import Now
from gib.people.families.domain.codes import Purpose


def consent_withdrawn(dossier_id: UUID, payload: dict[str, Any], now: Now) -> None:
    """End the handovers to an organisation that may know nothing of her any more (CON-02)."""
    if payload["purpose"] != Purpose.CARE_PROVIDER:
        return
    acting = house("consent_withdrawn")
    for row in handovers_of(dossier_id):
        if row.state == State.CONSENTED and str(row.provider_id) == payload["recipient"]:
            actions.decline(acting, row.id, Side.MOTHER, Ground.NOT_WANTED, now)
