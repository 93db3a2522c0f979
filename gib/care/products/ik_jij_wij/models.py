"""Course series, their sessions and who joined."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from gib.care.products.domain.meeting import State as MeetingState
from gib.care.products.ik_jij_wij.domain import PASS_AT, PLACES, SESSIONS, Item, Leaving, Moment, Slot
from gib.care.products.models import Contact, GroupMeeting, Participation, norm
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import Kind
from gib.core.vault.fields import SealedText
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


class TrainerRows(models.QuerySet["CourseTrainer", "CourseTrainer"]):
    """Who gives which course."""

    def running(self) -> "TrainerRows":
        """Keep who gives it still."""
        return self.filter(to_on__isnull=True)

    def of(self, actor: Actor) -> "TrainerRows":
        """Keep who still gives a course of the teams of this actor."""
        return self.running().filter(course__team_id__in=sorted(actor.team_ids)).select_related("course")


class CourseTrainer(models.Model):
    """An episode in which a volunteer gives a course."""

    course = models.ForeignKey(CourseGroup, on_delete=models.PROTECT, related_name="trainers")
    volunteer = models.ForeignKey("volunteers.Volunteer", on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=0)

    objects = TrainerRows.as_manager()

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            in_order(),
            models.UniqueConstraint(
                fields=["course", "volunteer"], condition=Q(to_on__isnull=True), name="coursetrainer_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}, {self.from_on:%d-%m-%Y}"

    @classmethod
    def of(cls, actor: Actor) -> TrainerRows:
        """Give who still gives a course of the teams of this actor."""
        return cls.objects.of(actor)


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


class PersonalPlan(CaseRow):
    """What she takes along from the course, in her words: about herself, about others, about all of them."""

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="+")
    me = SealedText(max_length=1000)
    you = SealedText(max_length=1000)
    we = SealedText(max_length=1000)
    written_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participation"], name="personalplan_once")]

    class Access:
        kind = Kind.PARTICIPATION
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "dates": ("participation_id",),
            "plan": ("me", "you", "we", "written_on", "version"),
        }


def _mark() -> "models.PositiveSmallIntegerField[int | None, int | None]":
    return models.PositiveSmallIntegerField(null=True)


class CourseScores(CaseRow):
    """The marks she gave herself before or after the course, 0 to 5; what she left open is empty."""

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="+")
    moment = models.CharField(max_length=8)
    filled_on = models.DateField()
    strengths = _mark()
    choices = _mark()
    chances = _mark()
    calm = _mark()
    parenting = _mark()
    help = _mark()

    class Meta:
        constraints = [
            one_of("moment", Moment),
            models.UniqueConstraint(fields=["participation", "moment"], name="coursescores_once"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{item}__isnull": True}) | Q(**{f"{item}__lte": 5}),
                    name=f"coursescores_{item}",
                )
                for item in Item
            ),
        ]

    class Access:
        kind = Kind.PARTICIPATION
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "dates": ("participation_id", "moment", "filled_on"),
            "scores": tuple(Item),
        }


def taken_of(volunteer_id: UUID, on: date, besides: int | None = None) -> list[Slot]:
    """Give the hours from a day on at which a volunteer gives a course or sees a mother, of any team.

    Args:
        besides: a course of which the hours do not count.
    """
    courses = CourseTrainer.objects.running().filter(volunteer_id=volunteer_id)
    given = courses.exclude(course_id=besides).values("course_id")
    found = _hours(CourseSession.objects.filter(course__in=given), on)
    with rls.system("trainer", on):
        visits: Any = Contact.for_house("trainer", on).filter(volunteer_id=volunteer_id, planned_on__gte=on)
        planned = visits.ahead().filter(planned_time__isnull=False)
        hours = list(planned.values_list("planned_on", "planned_time", "planned_minutes"))
    usual = norm("visit_minutes", on)
    return found + [Slot(day, at, minutes or usual) for day, at, minutes in hours]


def taken_of_trainers(course: CourseGroup, on: date) -> list[Slot]:
    """Give the hours from a day on at which somebody who gives a course is busy elsewhere."""
    open_rows = CourseTrainer.objects.running().filter(course=course)
    return [slot for each in open_rows for slot in taken_of(each.volunteer_id, on, besides=course.pk)]


def hours_of(course: CourseGroup, on: date) -> list[Slot]:
    """Give the hours from a day on at which a course takes place."""
    return _hours(course.sessions, on)


def _hours(sessions: Any, on: date) -> list[Slot]:
    """Give the hours from a day on of those of these sessions that are to take place."""
    planned = sessions.filter(meeting__state=MeetingState.PLANNED, meeting__planned_on__gte=on)
    names = ("planned_on", "planned_time", "minutes")
    return [Slot(*told) for told in planned.values_list(*(f"meeting__{name}" for name in names))]
