"""Which agreement was signed, and how far a request for a certificate of conduct is."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gib.core.access.tables import Kind
from gib.people.volunteers.domain.agreement import VogDays
from gib.people.volunteers.models.volunteer import VolunteerRow


class SignedAgreement(VolunteerRow):
    """That an agreement was signed on a day, by the number of its text; never a copy."""

    number = models.CharField(max_length=12)
    signed_on = models.DateField()
    seen_by = models.UUIDField()

    class Access:
        kind = Kind.VOLUNTEER
        own = "volunteer_id"
        dossier = ""
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "status": ("volunteer_id", "number", "signed_on", "seen_by")
        }


class VogRequest(VolunteerRow):
    """A request under the free scheme by its days, without why one is refused (VOG-03, VOG-04)."""

    version = models.PositiveIntegerField(default=0)
    requested_on = models.DateField(null=True)
    issued_on = models.DateField(null=True)
    seen_on = models.DateField(null=True)
    excluded_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(requested_on__isnull=False) | Q(excluded_on__isnull=False), name="vogrequest_day"
            ),
            models.UniqueConstraint(
                fields=["volunteer"],
                condition=Q(seen_on__isnull=True, excluded_on__isnull=True),
                name="vogrequest_one_open",
            ),
        ]

    class Access:
        kind = Kind.VOLUNTEER
        own = "volunteer_id"
        dossier = ""
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "status": ("volunteer_id", "requested_on", "issued_on", "seen_on", "excluded_on")
        }


def days_of(row: object) -> VogDays:
    """Give the days of a request, for the rules; a projection will do."""
    names = ("requested_on", "issued_on", "seen_on", "excluded_on")
    return VogDays(*(getattr(row, name) for name in names))
