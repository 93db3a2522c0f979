"""Course series, their sessions and who joined."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gib.care.products.ik_jij_wij.domain import PASS_AT, PLACES, SESSIONS, Leaving
from gib.care.products.models import GroupMeeting, Participation
from gib.core.access.actor import Actor
from gib.core.access.tables import Kind
from gib.people.families.models import CaseRow
from gib.people.families.models.checks import in_order, one_of


class CourseRows(models.QuerySet["CourseGroup", "CourseGroup"]):
    """Series; they name nobody, but each team plans its own."""

    def of(self, actor: Actor) -> "CourseRows":
        """Keep the series of the teams of this actor."""
        return self.filter(team_id__in=sorted(actor.team_ids))


class CourseGroup(models.Model):
    """A series in one prison; how many sessions it has and how many complete it is its own data."""

    team = models.ForeignKey("partners.Team", on_delete=models.PROTECT, related_name="+")
    prison = models.ForeignKey("partners.Prison", on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField()
    session_count = models.PositiveSmallIntegerField(default=SESSIONS)
    pass_at = models.PositiveSmallIntegerField(default=PASS_AT)
    places = models.PositiveSmallIntegerField(default=PLACES)
    closed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=0)

    objects = CourseRows.as_manager()

    class Meta:
        ordering = ["-from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pass_at__lte=models.F("session_count")), name="coursegroup_pass"
            )
        ]

    @classmethod
    def of(cls, actor: Actor) -> CourseRows:
        """Give the series of the teams of this actor."""
        return cls.objects.of(actor)

    def __str__(self) -> str:
        return f"Ik-Jij-Wij {self.from_on:%d-%m-%Y}"


class CourseSession(models.Model):
    """One numbered session; the meeting behind it knows day, room and who came."""

    course = models.ForeignKey(CourseGroup, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    meeting = models.OneToOneField(GroupMeeting, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["course", "number"], name="coursesession_once")]


class Enrolment(CaseRow):
    """An episode in which a mother is in a course."""

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey(CourseGroup, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    reason = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            one_of("reason", Leaving, empty=True),
            in_order(),
            models.UniqueConstraint(
                fields=["participation"], condition=Q(to_on__isnull=True), name="enrolment_one_open"
            ),
        ]

    class Access:
        kind = Kind.PARTICIPATION
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "dates": ("course", "course_id", "participation_id", "from_on", "to_on"),
            "choice": ("reason",),
        }
