"""Talks with volunteers."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Max, Q

from gib.core.access.tables import Kind
from gib.core.vault.fields import SealedText
from gib.people.partners.models import legal_values
from gib.people.volunteers.domain.coaching import RHYTHM_WEEKS, TalkKind
from gib.people.volunteers.models.volunteer import VolunteerRow

NOTE_LIMIT = 300


class CoachingTalk(VolunteerRow):
    """A talk with one volunteer: planned, held or cancelled; who led it is an id."""

    version = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=16)
    planned_on = models.DateField(null=True)
    held_on = models.DateField(null=True)
    cancelled_on = models.DateField(null=True)
    led_by = models.UUIDField()
    note = SealedText(max_length=NOTE_LIMIT)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=sorted(TalkKind)), name="coachingtalk_kind"),
            models.CheckConstraint(
                condition=Q(planned_on__isnull=False) | Q(held_on__isnull=False), name="coachingtalk_day"
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True) | Q(cancelled_on__isnull=True), name="coachingtalk_end"
            ),
            models.UniqueConstraint(
                fields=["volunteer", "kind"],
                condition=Q(held_on__isnull=True, cancelled_on__isnull=True),
                name="coachingtalk_one_planned",
            ),
        ]
        # Since when nobody talked with a volunteer is found in the index alone.
        indexes = [models.Index(fields=["team", "held_on"], include=["volunteer"], name="talk_by_team")]

    class Access:
        kind = Kind.VOLUNTEER
        own = "volunteer_id"
        dossier = ""
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "status": ("volunteer_id", "kind", "planned_on", "held_on", "cancelled_on", "led_by", "note")
        }


#: A talk that has a day and was neither held nor called off.
WAITING = Q(held_on__isnull=True, cancelled_on__isnull=True)


def rhythm_weeks(on: date) -> int:
    """Give how many weeks at most lie between two talks, as it holds on a day."""
    return legal_values(on).get("coaching_rhythm", RHYTHM_WEEKS)


def last_talks(rows: Any) -> dict[UUID, date]:
    """Give the day of the last talk of each volunteer among these rows."""
    held = rows.filter(held_on__isnull=False)
    return dict(held.order_by().values_list("volunteer_id").annotate(last=Max("held_on")))
