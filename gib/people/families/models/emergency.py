"""Looks into a dossier in an emergency: episodes by the second, with a reason and a finding."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from gib.core.access.actor import Actor
from gib.core.access.tables import Kind, Role
from gib.core.kernel.clock import Now
from gib.core.vault.fields import SealedText
from gib.people.families.domain.emergency import EmergencyCategory, Finding
from gib.people.families.models.checks import one_of
from gib.people.families.models.dossier import CaseRow, Dossier, number_of


class Emergency(CaseRow):
    """One look: who, why, from which moment to which, and what the privacy officer found of it.

    The scope of every table of a dossier reads this one, in Python and in the database.
    """

    user_id = models.UUIDField()
    role = models.CharField(max_length=20)
    category = models.CharField(max_length=16)
    reason = SealedText(max_length=1000)
    began_at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)
    finding = models.CharField(max_length=12, blank=True)
    remark = SealedText(max_length=1000)

    class Meta:
        constraints = [
            one_of("category", EmergencyCategory),
            one_of("finding", Finding, empty=True),
            one_of("role", (Role.PROJECT_LEADER, Role.COORDINATOR, Role.DEPUTY)),
            models.CheckConstraint(condition=Q(until_at__gt=F("began_at")), name="emergency_until"),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, finding="")
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(finding=""),
                name="emergency_review",
            ),
        ]
        indexes = [models.Index(fields=["user_id", "began_at"]), models.Index(fields=["reviewed_at"])]

    class Access:
        kind = Kind.EMERGENCY
        own = "user_id"
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "facts": (
                *("user_id", "role", "category", "began_at", "until_at", "ended_at", "number"),
                *("reviewed_at", "finding", "over_at"),
            ),
            "reason": ("reason", "remark", "reviewed_by"),
        }

    @property
    def over_at(self) -> datetime:
        """The moment from which nothing is open any more."""
        return min(self.ended_at or self.until_at, self.until_at)

    @property
    def number(self) -> str:
        """The number of the dossier; it names nobody."""
        return number_of(self.dossier_id)

    @classmethod
    def running(cls, actor: Actor, emergency_id: UUID, now: Now) -> Self | None:
        """Give the look of a session, as long as it goes on."""
        rows = cls.visible_to(actor, now.on).filter(pk=emergency_id, user_id=actor.user_id)
        found: Self | None = rows.filter(ended_at__isnull=True, until_at__gt=now.at).first()
        return found


def dossier_with(number: str, now: Now) -> Dossier | None:
    """Find the dossier with a number among all; the caller is the house.

    A number says nothing of the dossier that it belongs to, so it is compared, not looked up.
    """
    wanted = "".join(sign for sign in number.upper() if sign.isalnum())
    rows = Dossier.for_house("emergency", now.on).filter(erased_on__isnull=True)
    ids = (pk for pk in rows.values_list("pk", flat=True) if number_of(pk).replace("-", "") == wanted)
    found = next(ids, None)
    return None if found is None else rows.filter(pk=found).first()
