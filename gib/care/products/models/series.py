"""Series of visits of a match, and the days on which a series is otherwise."""

from datetime import date, time
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from gib.care.products.domain.contact import State as Visit
from gib.care.products.domain.match import EndReason
from gib.care.products.domain.meeting import Presence
from gib.care.products.domain.meeting import State as Meeting
from gib.care.products.domain.series import Change, Gap, Rhythm, Shut
from gib.care.products.models.contact import Contact
from gib.care.products.models.match import Match
from gib.care.products.models.meeting import Attendance
from gib.care.products.models.readers import norm
from gib.care.products.models.standin import StandIn
from gib.core.access import rls
from gib.core.access.rows import ScopedQuerySet
from gib.core.access.tables import Kind
from gib.core.access.together import ask
from gib.core.kernel.dates import Period
from gib.core.vault.fields import SealedText
from gib.people.families.models import CaseRow, rows_of
from gib.people.families.models.checks import in_order, one_of
from gib.people.partners.models import closures_of
from gib.people.volunteers.models import Absence
from gib.people.volunteers.models.availability import away_of


class SeriesRows(ScopedQuerySet):
    """Series; what is over stays as it was."""

    def going_on(self) -> Self:
        """Keep what nobody ended and no release overtook."""
        return self.filter(end_reason="")


class VisitSeries(CaseRow):
    """An episode in which visits of one match fall on a fixed weekday and hour, in local time.

    `to_on` is the last day on which a visit may fall, when somebody agreed one. `end_reason` says why it
    ended before that: a release overtakes it.
    """

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    at = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    every_days = models.PositiveSmallIntegerField()
    place = SealedText(max_length=120)
    end_reason = models.CharField(max_length=20, blank=True)
    ended_on = models.DateField(null=True)

    objects: ClassVar[Any] = SeriesRows.as_manager()

    class Meta:
        ordering = ["-from_on", "id"]
        constraints = [
            in_order(),
            one_of("end_reason", EndReason, empty=True),
            models.CheckConstraint(condition=Q(every_days__in=[7, 14, 28]), name="visitseries_rhythm"),
            models.UniqueConstraint(
                fields=["match"], condition=Q(end_reason=""), name="visitseries_one_at_a_time"
            ),
        ]

    class Access:
        kind = Kind.PARTICIPATION
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "rhythm": (
                *("match_id", "match", "from_on", "to_on", "at", "minutes", "every_days", "place"),
                *("end_reason", "ended_on", "rhythm"),
            )
        }

    @property
    def rhythm(self) -> Rhythm:
        """On which days and at which hour it falls."""
        return Rhythm(self.from_on, self.at, self.every_days, self.to_on)


class SeriesException(CaseRow):
    """A decision about one day of a series: it falls away with a reason, or it is moved."""

    series = models.ForeignKey(VisitSeries, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    why = models.CharField(max_length=12)
    moved_on = models.DateField(null=True)
    moved_at = models.TimeField(null=True)
    decided_on = models.DateField()
    decided_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            one_of("why", Gap),
            models.UniqueConstraint(fields=["series", "due_on"], name="seriesexception_once"),
            models.CheckConstraint(
                condition=~Q(why=Gap.MOVED) | Q(moved_on__isnull=False), name="seriesexception_moved"
            ),
        ]

    class Access:
        kind = Kind.PARTICIPATION
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "rhythm": ("series_id", "due_on", "why", "moved_on", "moved_at", "change"),
            "decision": ("decided_on", "decided_by"),
        }

    @property
    def change(self) -> Change:
        """What was decided."""
        return Change(self.due_on, Gap(self.why), self.moved_on, self.moved_at)


def changes_of(series: VisitSeries) -> list[Change]:
    """Give what was decided about single days of a series; the caller came through its scope."""
    return [row.change for row in rows_of(SeriesException, series.dossier_id).filter(series_id=series.pk)]


def met_days(series: VisitSeries) -> set[date]:
    """Give the days of a series that have a visit, whatever became of it, unless it was overtaken."""
    rows = rows_of(Contact, series.dossier_id).filter(series_id=series.pk)
    return set(rows.exclude(state=Visit.OVERTAKEN).values_list("due_on", flat=True))


def shut_for(series: Any, window: Period) -> Shut:
    """Tell on which of some days nobody comes: the prison is closed, or she is away and nobody stands in."""
    with rls.system("series", window.from_on):
        absences = Absence.for_house("series", window.from_on).filter(volunteer_id=series.match.volunteer_id)
        agreed: Any = StandIn.for_house("series", window.from_on).filter(match_id=series.match_id)
        found, standing = ask([absences, agreed.agreed()])
    away, taken = away_of(found), [row.days for row in standing]
    closed = [each.days for each in closures_of(series.match.prison_id or "", window.from_on)]

    def shut(day: date) -> Gap | None:
        if any(day in each for each in closed):
            return Gap.CLOSURE
        if any(day in each for each in taken):
            return None
        return Gap.AWAY if any(each.holds_on(day) for each in away) else None

    return shut


def booked(
    dossier_id: UUID, volunteer_id: UUID, on: date, besides: UUID | None = None
) -> list[tuple[time, int]]:
    """Give when a mother or her volunteer is taken on a day: local time and minutes.

    The house itself looks: a volunteer may visit for another team, whose rows the reader does not see.
    """
    with rls.system("booked", on):
        theirs = Q(dossier_id=dossier_id) | Q(volunteer_id=volunteer_id)
        rows: Any = Contact.for_house("booked", on).filter(theirs, planned_on=on).exclude(pk=besides)
        visits = list(rows.ahead().values_list("planned_time", "planned_minutes"))
        guests = Attendance.for_house("booked", on).filter(dossier_id=dossier_id, presence=Presence.INVITED)
        there = guests.filter(meeting__planned_on=on, meeting__state=Meeting.PLANNED)
        groups = list(there.values_list("meeting__planned_time", "meeting__minutes"))
    usual = norm("visit_minutes", on)
    return [(at, minutes or usual) for at, minutes in (*visits, *groups) if at is not None]
