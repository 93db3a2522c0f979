"""Which mothers are kept apart: they never stand on the list of one group."""

from datetime import date
from typing import Any, ClassVar, Final, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.rows import ScopedQuerySet
from gib.core.access.tables import Kind, Role
from gib.people.families.models.checks import in_order
from gib.people.families.models.dossier import CaseRow, Dossier
from gib.people.families.models.readers import on_day

#: Only who may see the other dossier too learns that the two are kept apart.
_SEES_OTHER: Final = "EXISTS (SELECT 1 FROM families_dossier o WHERE o.id = other_id)"


class SeparationRows(ScopedQuerySet):
    """Pairs that are kept apart; each exists for who may see both dossiers."""

    def narrowed(self, actor: Actor, on: date) -> Self:
        """Keep what exists for this actor: both dossiers must."""
        if actor.role is Role.SYSTEM:
            return self
        return self.filter(other__in=Dossier.visible_to(actor, on).values("id"))

    def of(self, dossier_id: UUID) -> Self:
        """Keep the pairs that one dossier is in."""
        return self.filter(Q(dossier_id=dossier_id) | Q(other_id=dossier_id))


class Separation(CaseRow):
    """An episode in which two mothers are kept apart; why is not stored.

    It has no side: the dossier with the lower id comes first, so that a pair is there once.
    """

    other = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    set_by = models.UUIDField()

    objects: ClassVar[Any] = SeparationRows.as_manager()

    class Meta:
        constraints = [
            in_order(),
            models.CheckConstraint(condition=Q(dossier__lt=F("other")), name="separation_lower_first"),
            models.UniqueConstraint(
                fields=["dossier", "other"], condition=Q(to_on__isnull=True), name="separation_one_open"
            ),
        ]

    class Access:
        kind = Kind.APART
        narrow: ClassVar[dict[Role, str]] = dict.fromkeys(
            (Role.COORDINATOR, Role.DEPUTY, Role.EMERGENCY), _SEES_OTHER
        )
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "pair": ("other_id", "from_on", "to_on", "set_by", "besides")
        }

    def besides(self, dossier_id: UUID) -> UUID:
        """Give the other dossier of the pair."""
        return self.other_id if dossier_id == self.dossier_id else self.dossier_id


def apart_from(dossier_id: UUID, on: date) -> set[UUID]:
    """Give the dossiers from which one is kept apart on a day, also those that the caller may not see."""
    with rls.system("apart", on):
        rows: Any = Separation.for_house("apart", on).filter(on_day(on))
        return {row.besides(dossier_id) for row in rows.of(dossier_id)}
