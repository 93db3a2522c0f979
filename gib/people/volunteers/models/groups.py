"""Training groups with their days, and the volunteers in them with when they came."""

from collections import Counter
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from gib.core.access.actor import Actor
from gib.core.access.tables import Kind
from gib.people.partners.models import Team
from gib.people.volunteers.domain.groups import TAUGHT, Outcome, Trainer
from gib.people.volunteers.models.volunteer import VolunteerRow


class TeamPlan(models.Model):
    """A plan of a team that names nobody."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    @classmethod
    def of(cls, actor: Actor) -> models.QuerySet[Self]:
        """Give those of the teams of this actor."""
        return cls._default_manager.filter(team_id__in=sorted(actor.team_ids))


class TrainingGroup(TeamPlan):
    """A training that a team gives, for one requirement."""

    requirement = models.CharField(max_length=32)
    from_on = models.DateField()
    to_on = models.DateField()
    at = models.TimeField()
    room = models.CharField(max_length=60)
    trainer = models.CharField(max_length=12)
    places = models.PositiveSmallIntegerField()
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(requirement__in=sorted(TAUGHT)), name="traininggroup_requirement"
            ),
            models.CheckConstraint(condition=Q(trainer__in=sorted(Trainer)), name="traininggroup_trainer"),
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="traininggroup_dates"),
        ]
        indexes = [models.Index(fields=["team", "-from_on"])]


class TrainingSession(TeamPlan):
    """One day of a training; `noted_on` is when it was written down who came."""

    training = models.ForeignKey(TrainingGroup, on_delete=models.PROTECT, related_name="sessions")
    planned_on = models.DateField()
    noted_on = models.DateField(null=True)

    class Meta:
        ordering = ["planned_on"]
        constraints = [
            models.UniqueConstraint(fields=["training", "planned_on"], name="trainingsession_once")
        ]


class Trainee(VolunteerRow):
    """A volunteer in a training, from a day until it ended for her."""

    version = models.PositiveIntegerField(default=0)
    training = models.ForeignKey(TrainingGroup, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    outcome = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True, outcome="")
                | Q(to_on__isnull=False, outcome__in=sorted(Outcome)),
                name="trainee_outcome",
            ),
            models.UniqueConstraint(
                fields=["volunteer", "training"], condition=Q(to_on__isnull=True), name="trainee_once"
            ),
        ]
        indexes = [models.Index(fields=["training"])]

    class Access:
        kind = Kind.VOLUNTEER
        own = "volunteer_id"
        dossier = ""
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "status": ("volunteer_id", "training_id", "training", "from_on", "to_on", "outcome")
        }


class TrainingPresence(VolunteerRow):
    """That a volunteer was there on one day of a training; who was not has no row."""

    trainee = models.ForeignKey(Trainee, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trainee", "session"], name="trainingpresence_once")]

    class Access:
        kind = Kind.VOLUNTEER
        own = "volunteer_id"
        dossier = ""
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "status": ("volunteer_id", "trainee_id", "session_id")
        }


def trainings_of(actor: Actor) -> models.QuerySet[TrainingGroup]:
    """Give the trainings of the teams of this actor, the newest first."""
    return TrainingGroup.of(actor).order_by("-from_on", "-pk")


def came_of(rows: models.QuerySet[TrainingPresence]) -> Counter[UUID]:
    """Count on how many days each trainee was there."""
    return Counter(rows.values_list("trainee_id", flat=True))
