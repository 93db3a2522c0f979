"""Which volunteer is never asked for which mother."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from gib.care.products.domain.match import Why
from gib.core.access.tables import Kind
from gib.people.families.models import CaseRow, rows_of
from gib.people.families.models.checks import in_order, one_of
from gib.people.families.models.readers import on_day


class Exclusion(CaseRow):
    """An episode in which a volunteer is not asked for a mother, and why in one code."""

    volunteer = models.ForeignKey("volunteers.Volunteer", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=16)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    set_by = models.UUIDField()

    class Meta:
        constraints = [
            one_of("why", Why),
            in_order(),
            models.UniqueConstraint(
                fields=["dossier", "volunteer"], condition=Q(to_on__isnull=True), name="exclusion_one_open"
            ),
        ]

    class Access:
        kind = Kind.APART
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "pair": ("volunteer_id", "why", "from_on", "to_on", "set_by")
        }


def is_excluded(dossier_id: UUID, volunteer_id: UUID, on: date) -> bool:
    """Tell whether a volunteer is not to be asked for a mother on a day."""
    return bool(rows_of(Exclusion, dossier_id).filter(on_day(on), volunteer_id=volunteer_id).exists())
