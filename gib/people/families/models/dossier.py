"""The dossier itself, who is involved in it, and the base of every table that belongs to one."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from gib.core.access.rows import ScopedModel
from gib.core.access.tables import INVOLVED, Kind
from gib.people.partners.models import Team

_ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXZ"


class Dossier(ScopedModel):
    """One mother's case. Its id names the box that seals all of it, and tells nothing (BSN-04)."""

    BOX: ClassVar[str] = "id"

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    erased_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["team", "-opened_on", "-id"], include=["erased_on"], name="dossier_by_team")
        ]

    class Access:
        kind = Kind.FAMILY
        dossier = "id"
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "identity": ("team", "opened_on", "erased_on", "number")
        }

    @property
    def dossier_id(self) -> UUID:
        """The dossier of a dossier is itself."""
        return self.id

    @property
    def number(self) -> str:
        """A short number to say on the phone; it follows from the id and reveals no order."""
        return number_of(self.id)


def number_of(dossier_id: UUID) -> str:
    """Write the number of a dossier: two groups of four signs without vowels, such as 7KQX-2MFB."""
    rest, signs = dossier_id.int, ""
    for _ in range(8):
        rest, at = divmod(rest, len(_ALPHABET))
        signs += _ALPHABET[at]
    return f"{signs[:4]}-{signs[4:]}"


class CaseRow(ScopedModel):
    """A row of a dossier: sealed with its key, scoped by its team and by who is involved."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class Involvement(models.Model):
    """An episode in which a user, a volunteer or a partner is involved in a dossier.

    Later stages write it by calling down in the transaction of the act that is its ground;
    `source_id` names the row that is. `party` is written by `Actor.party`.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    party = models.CharField(max_length=48)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    source_id = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=sorted(str(scope) for scope in INVOLVED)), name="involvement_kind"
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="involvement_dates"
            ),
        ]
        # Which cases a reader is in is asked for nearly each row of another team: the index alone answers.
        indexes = [
            models.Index(
                fields=["kind", "party", "dossier"], include=["from_on", "to_on"], name="involvement_of_party"
            )
        ]

    @classmethod
    def of_source(cls, source_id: UUID) -> "models.QuerySet[Involvement]":
        """Give the episodes that one row is the ground of."""
        return cls.objects.filter(source_id=source_id)

    @classmethod
    def current(cls, dossier_id: UUID, on: date) -> "models.QuerySet[Involvement]":
        """Give who is involved in a dossier on a day."""
        open_ended = Q(to_on__isnull=True) | Q(to_on__gte=on)
        return cls.objects.filter(open_ended, dossier_id=dossier_id, from_on__lte=on)
