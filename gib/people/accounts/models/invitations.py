"""Letters with which somebody comes in for the first time, or starts again."""

import hashlib
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.kernel.clock import Now
from gib.core.kernel.ids import new_id
from gib.people.accounts.domain import (
    INVITATION_HOURS,
    LETTER_LENGTH,
    SPOKEN_LENGTH,
    Letter,
    Purpose,
    Seat,
    new_code,
    ungrouped,
)
from gib.people.accounts.hashers import digest
from gib.people.accounts.models.people import ROLES, User
from gib.people.partners.models import Partner, Team


def fast_digest(code: str) -> str:
    """Hash a long random code, so that it can be looked up."""
    return hashlib.sha256(ungrouped(code).encode()).hexdigest()


class Invitation(models.Model):
    """A code on paper and a code by voice, both needed, once, within 72 hours."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    purpose = models.CharField(max_length=8)
    role = models.CharField(max_length=20, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+")
    volunteer_id = models.UUIDField(null=True, db_index=True)
    to_on = models.DateField(null=True)
    code_digest = models.CharField(max_length=64, unique=True)
    spoken_digest = models.CharField(max_length=64)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose=Purpose.RESET, role="") | Q(purpose=Purpose.APPOINT, role__in=ROLES),
                name="invitation_purpose",
            )
        ]

    @classmethod
    def written(cls, user: User, seat: Seat | None, actor: Actor, now: Now) -> tuple["Invitation", Letter]:
        """Make an invitation and its two codes; only their hashes stay."""
        code, spoken = new_code(LETTER_LENGTH), new_code(SPOKEN_LENGTH)
        row = cls(
            user=user,
            purpose=Purpose.APPOINT if seat else Purpose.RESET,
            code_digest=fast_digest(code),
            made_by=actor.user_id,
            made_at=now.at,
            expires_at=now.at + timedelta(hours=INVITATION_HOURS),
            **(_columns(seat) if seat else {}),
        )
        row.spoken_digest = digest(spoken, row.id.bytes)
        return row, Letter(row.id, user.username, code, spoken)

    @classmethod
    def of_code(cls, code: str) -> "Invitation | None":
        """Find the invitation of a letter."""
        return cls.objects.select_related("user").filter(code_digest=fast_digest(code)).first()

    @classmethod
    def open_by(cls, user_id: UUID, now: Now) -> "models.QuerySet[Invitation]":
        """Give what somebody sent out and nobody used yet."""
        rows = cls.objects.filter(made_by=user_id, used_at__isnull=True, withdrawn_at__isnull=True)
        return (
            rows.filter(expires_at__gt=now.at)
            .select_related("user", "team", "partner")
            .order_by("expires_at")
        )

    def hears(self, spoken: str) -> bool:
        """Tell whether this is the code that was read out."""
        return digest(ungrouped(spoken), self.id.bytes) == self.spoken_digest

    @property
    def seat(self) -> Seat | None:
        """The seat that is offered; none for a new start."""
        if self.purpose == Purpose.RESET:
            return None
        return Seat(Role(self.role), self.team_id, self.partner_id, self.volunteer_id, self.to_on)


def _columns(seat: Seat) -> dict[str, Any]:
    return {
        "role": seat.role,
        "team_id": seat.team_id,
        "partner_id": seat.partner_id,
        "volunteer_id": seat.volunteer_id,
        "to_on": seat.to_on,
    }
