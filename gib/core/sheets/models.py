"""Sheets on their way in: sealed, for a day; and which headings went to which columns before."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Self
from uuid import UUID

from django.db import models, transaction

from gib.core.access import rls
from gib.core.access.rows import ScopedModel
from gib.core.access.tables import Kind
from gib.core.kernel.clock import Now
from gib.core.sheets.domain import KEPT, UPLOAD_FLOW, UploadState
from gib.core.sheets.mapping import fingerprint
from gib.core.sheets.tables import Table
from gib.core.sheets.template import Template
from gib.core.vault import boxes
from gib.core.vault.fields import SealedJson
from gib.core.vault.models import BoxKind


class Upload(ScopedModel):
    """One sheet that somebody brings in.

    Its content lies sealed in a box of its own and goes with that box: when it is carried out, set
    aside, or after 24 hours. Afterwards the box holds only the ids that were made, so that they can be
    taken back, and it closes again after 24 hours.
    """

    BOX: ClassVar[str] = "id"

    template = models.CharField(max_length=32)
    state = models.CharField(max_length=16, default=UploadState.UPLOADED)
    made_by_id = models.UUIDField(db_index=True)
    made_at = models.DateTimeField()
    closes_at = models.DateTimeField(db_index=True)
    emptied_at = models.DateTimeField(null=True)
    chosen = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    content = SealedJson()
    made = SealedJson()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[str(state) for state in UploadState]), name="upload_state"
            )
        ]
        indexes = [models.Index(fields=["made_by_id", "-made_at"])]

    class Access:
        kind = Kind.UPLOAD
        own = "made_by_id"
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "status": (
                *(
                    "template",
                    "state",
                    "made_by_id",
                    "made_at",
                    "closes_at",
                    "emptied_at",
                    "chosen",
                    "counts",
                ),
                *("positions", "table"),
            ),
            "content": ("content", "made"),
        }

    @classmethod
    def begin(cls, template: Template, table: Table, chosen: Mapping[int, str], by: UUID, now: Now) -> Self:
        """Make the row of a sheet just read, and the box that seals it."""
        upload = cls(template=template.key, made_by_id=by, made_at=now.at, closes_at=now.at + KEPT)
        boxes.make(upload.id, BoxKind.STAGING)
        upload.content = table.to_json()
        upload.choose(chosen)
        return upload

    def choose(self, chosen: Mapping[int, str]) -> None:
        """Note which heading goes to which column."""
        self.chosen = {str(position): key for position, key in chosen.items()}

    @property
    def positions(self) -> dict[int, str]:
        """Which heading, by position, goes to which column."""
        return {int(position): key for position, key in self.chosen.items()}

    @property
    def table(self) -> Table:
        """The table that was read. Raises `boxes.Erased` after a day."""
        return Table.from_json(self.content)

    def move(self, to: UploadState) -> None:
        """Go to another state.

        Raises:
            RuleBroken: 'illegal_move'.
        """
        self.state = UPLOAD_FLOW.move(self.state, to)

    def carried_out(self, made: Sequence[UUID], counts: Mapping[str, int], now: Now) -> None:
        """Keep only the ids that were made, for a day, so that they can be taken back."""
        self.content = None
        self.made = [str(row_id) for row_id in made]
        self.counts = dict(counts)
        self.closes_at = now.at + KEPT

    def close(self, now: Now) -> None:
        """Forget the content for good: the box goes when the act is committed, or at the next tick."""
        self.content = self.made = None
        self.closes_at = now.at
        boxes.erase(self.id, now.at)


class RememberedMapping(models.Model):
    """Which column each heading of a known row of headings went to, by position; no heading is kept."""

    template = models.CharField(max_length=32)
    fingerprint = models.CharField(max_length=64)
    chosen = models.JSONField()
    used_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["template", "fingerprint"], name="mapping_once_per_headings")
        ]

    @classmethod
    def recall(cls, template: Template, headings: Sequence[str]) -> dict[int, str] | None:
        """Give what was chosen before for this row of headings, as far as those columns still exist."""
        found = cls.objects.filter(template=template.key, fingerprint=fingerprint(headings)).first()
        if found is None:
            return None
        known = {column.key for column in template.columns}
        return {int(at): key for at, key in found.chosen.items() if key in known and int(at) < len(headings)}

    @classmethod
    def keep(cls, template: Template, headings: Sequence[str], chosen: Mapping[int, str], now: Now) -> None:
        """Remember what was chosen for this row of headings."""
        cls.objects.update_or_create(
            template=template.key,
            fingerprint=fingerprint(headings),
            defaults={"chosen": {str(at): key for at, key in chosen.items()}, "used_on": now.on},
        )


def expire(now: Now) -> int:
    """Erase the content of every sheet whose day is over; the tick calls this each minute.

    Returns: how many were emptied.
    """
    with rls.system("expire_uploads", now.on), transaction.atomic():
        due = list(Upload.for_house("expire_uploads", now.on).filter(closes_at__lte=now.at, emptied_at=None))
        for upload in due:
            boxes.erase(upload.id, now.at)
            if UPLOAD_FLOW.may_move(upload.state, UploadState.DISCARDED):
                upload.move(UploadState.DISCARDED)
            upload.content = upload.made = None
            upload.emptied_at = now.at
            upload.save()
    return len(due)
