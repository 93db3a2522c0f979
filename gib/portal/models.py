"""The one table of the portal: proposals to hand a whole case to another team."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from gib.core.access.actor import Actor
from gib.core.access.tables import Kind
from gib.people.families.models import CaseRow, rows_of
from gib.people.families.models.checks import one_of
from gib.people.partners.models import Team
from gib.portal.domain import TransferState


class Transfer(CaseRow):
    """A question to another team to take over; until the answer both see the case."""

    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=TransferState.PROPOSED)
    proposed_on = models.DateField()
    answered_on = models.DateField(null=True)

    class Meta:
        constraints = [
            one_of("state", TransferState),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(state=TransferState.PROPOSED), name="transfer_one_open"
            ),
        ]

    class Access:
        kind = Kind.FAMILY
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "transfer": (
                "from_team",
                "from_team_id",
                "to_team",
                "to_team_id",
                "state",
                "proposed_on",
                "answered_on",
            )
        }


def open_transfer(dossier_id: UUID) -> Transfer | None:
    """Give the proposal of a dossier that waits for an answer, if any."""
    found: Transfer | None = rows_of(Transfer, dossier_id).filter(state=TransferState.PROPOSED).first()
    return found


def open_transfers(actor: Actor, on: date) -> list[Transfer]:
    """Give the proposals that wait, of or to the team of the actor, oldest first."""
    rows = Transfer.visible_to(actor, on).filter(state=TransferState.PROPOSED)
    return list(rows.select_related("from_team", "to_team").order_by("proposed_on"))
