"""The key store, in a database of its own, and the base of every table with sealed fields."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from django.db import models

from gib.core.kernel.ids import new_id


class BoxKind(StrEnum):
    """Whose secrets a key opens."""

    DOSSIER = "dossier"
    VOLUNTEER = "volunteer"
    STAFF = "staff"
    PARTNER = "partner"
    STAGING = "staging"


class WrappedKey(models.Model):
    """The data key of one box, wrapped by a master key. Destroying it destroys what it sealed."""

    box_id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=16)
    wrapped = models.BinaryField()
    master_version = models.PositiveSmallIntegerField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[str(kind) for kind in BoxKind]), name="wrappedkey_kind"
            )
        ]


class Tombstone(models.Model):
    """A box that was erased. The same row lies in every store, so that a restore of one erases it again."""

    box_id = models.UUIDField(primary_key=True)
    at = models.DateTimeField(db_index=True)


class SealedModel(models.Model):
    """A row with sealed fields: its uuid is made in Python, since it is part of their seal.

    `BOX` names the attribute that holds the box id; "id" when the row is a box of its own.
    """

    BOX: ClassVar[str] = "dossier_id"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True

    @property
    def box_id(self) -> UUID:
        """The box whose key seals this row."""
        box: UUID = getattr(self, self.BOX)
        return box
