"""When volunteers can and what they like, in codes that the matching reads."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from gib.core.access.actor import Actor
from gib.core.access.tables import Kind
from gib.core.access.together import ask
from gib.engines.matching.problem import AgeGroup, Daypart, Gender
from gib.people.volunteers.domain.availability import AbsenceKind, Away, Interest, RatherNot
from gib.people.volunteers.models.volunteer import VolunteerRow


def codes(text: str) -> tuple[str, ...]:
    """Read codes that lie in one column."""
    return tuple(part for part in text.split(",") if part)


class Week(VolunteerRow):
    """In which parts of the week she can, from a day until she said otherwise."""

    version = models.PositiveIntegerField(default=0)
    dayparts = models.CharField(max_length=320, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="week_dates"
            ),
            models.UniqueConstraint(fields=["volunteer"], condition=Q(to_on__isnull=True), name="week_last"),
        ]

    class Access:
        kind = Kind.VOLUNTEER
        own = "volunteer_id"
        dossier = ""
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "preferences": ("dayparts", "from_on", "to_on", "volunteer_id")
        }


class Absence(VolunteerRow):
    """Days on which she is not there."""

    version = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=8, default=AbsenceKind.AWAY)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=sorted(AbsenceKind)), name="absence_kind"),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="absence_dates"
            ),
        ]
        indexes = [models.Index(fields=["volunteer", "from_on"])]

    class Access:
        kind = Kind.VOLUNTEER
        own = "volunteer_id"
        dossier = ""
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "preferences": ("kind", "from_on", "to_on", "volunteer_id")
        }


class Preference(VolunteerRow):
    """What she likes and rather not does; languages, travel and places lie with the volunteer herself."""

    version = models.PositiveIntegerField(default=0)
    interests = models.CharField(max_length=120, blank=True)
    experience = models.CharField(max_length=24, blank=True)
    rather_not = models.CharField(max_length=40, blank=True)
    areas = models.CharField(max_length=60, blank=True)
    months = models.PositiveSmallIntegerField(default=0)
    gender = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["volunteer"], name="preference_once"),
            models.CheckConstraint(condition=Q(gender__in=["", *sorted(Gender)]), name="preference_gender"),
        ]

    class Access:
        kind = Kind.VOLUNTEER
        own = "volunteer_id"
        dossier = ""
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "preferences": (
                "interests",
                "experience",
                "rather_not",
                "areas",
                "months",
                "gender",
                "volunteer_id",
            )
        }


@dataclass
class Told:
    """What one volunteer told, for the matching and for her page: in the codes of the engine."""

    dayparts: tuple[Daypart, ...] = ()
    absences: list[Any] = field(default_factory=list)
    interests: tuple[Interest, ...] = ()
    experience: tuple[AgeGroup, ...] = ()
    rather_not: tuple[RatherNot, ...] = ()
    areas: tuple[str, ...] = ()
    months: int = 0
    gender: Gender | None = None

    def take(self, row: Any) -> None:
        """Take over what her wishes say."""
        self.interests = tuple(map(Interest, codes(row.interests)))
        self.experience = tuple(map(AgeGroup, codes(row.experience)))
        self.rather_not = tuple(map(RatherNot, codes(row.rather_not)))
        self.areas, self.months = codes(row.areas), row.months
        self.gender = Gender(row.gender) if row.gender else None


def told_of(actor: Actor, on: date, volunteer_ids: list[UUID] | None = None) -> dict[UUID, Told]:
    """Give what volunteers told, by volunteer, as it holds on a day; absences also for later days.

    Args:
        volunteer_ids: only these; without it all that exist for this reader.
    """
    about = {} if volunteer_ids is None else {"volunteer_id__in": volunteer_ids}
    found: dict[UUID, Told] = defaultdict(Told)
    ended = Q(to_on__isnull=True) | Q(to_on__gte=on)
    weeks, absences, wishes = ask(
        [
            Week.visible_to(actor, on).filter(ended, from_on__lte=on, **about),
            Absence.visible_to(actor, on).filter(ended, **about).order_by("from_on", "id"),
            Preference.visible_to(actor, on).filter(**about),
        ]
    )
    for row in weeks:
        found[row.volunteer_id].dayparts = tuple(map(Daypart, codes(row.dayparts)))
    for row in absences:
        found[row.volunteer_id].absences.append(row)
    for row in wishes:
        found[row.volunteer_id].take(row)
    return found


def away_of(rows: Any) -> list[Away]:
    """Give absences as plain facts, for the rules."""
    return [Away(row.from_on, row.to_on, AbsenceKind(row.kind)) for row in rows]
