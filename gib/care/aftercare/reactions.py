"""What aftercare does when it hears of something: she moves, is released, or takes her consent back."""

from typing import Any
from uuid import UUID

from gib.care.aftercare import actions
from gib.care.aftercare.domain import FLOW, State
from gib.care.aftercare.models import FundingRequest, requests_of
from gib.core.access.actor import house
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.people.families.domain.codes import Purpose
from gib.people.families.models import participant_of


def return_changed(dossier_id: UUID, payload: dict[str, Any], now: Now) -> None:
    """End the requests at a municipality to which she no longer goes; the check begins anew."""
    acting = house("return_changed")
    code = participant_of(dossier_id).return_municipality_id
    for row in requests_of(dossier_id):
        if row.municipality_id != code and FLOW.may_move(row.state, State.SUPERSEDED):
            actions.supersede(acting, row.id, now)


def consent_withdrawn(dossier_id: UUID, payload: dict[str, Any], now: Now) -> None:
    """Take back what still waits at a municipality that may know nothing of her any more (CON-02)."""
    if payload["purpose"] != Purpose.MUNICIPALITY:
        return
    acting = house("consent_withdrawn")
    for row in requests_of(dossier_id):
        if row.municipality_id == payload["recipient"] and row.state in (State.SUBMITTED, State.QUESTION):
            actions.withdraw(acting, row.id, now)


def released(dossier_id: UUID, payload: dict[str, Any], now: Now) -> None:
    """End what stands at a municipality to which she did not go; what waits for an answer is urgent."""
    if payload.get("municipality"):
        return_changed(dossier_id, payload, now)
    _hurry(house("released"), dossier_id, now)


@act
def _hurry(actor: Any, dossier_id: UUID, now: Now) -> None:
    rows: Any = FundingRequest.for_action(actor, now.on)
    waiting = list(rows.open().filter(dossier_id=dossier_id, is_urgent=False))
    for row in waiting:
        row.is_urgent = True
    carry_out(actor, now, rows=waiting)
