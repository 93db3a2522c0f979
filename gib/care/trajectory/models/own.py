"""What she says of her own life beside the plan: her scores, and who stands around her."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gib.care.intake.domain import HIGHEST_MARK, Area
from gib.care.trajectory.domain.network import Ring, Tie
from gib.core.access.tables import Kind
from gib.core.vault.fields import SealedText
from gib.people.families.models import CaseRow
from gib.people.families.models.checks import one_of


class AreaScore(CaseRow):
    """Her own score for one area of life at a review, empty when she left it open.

    A correction is a next answer with a higher number; the last one counts and none is written over.
    """

    review = models.ForeignKey("trajectory.Review", on_delete=models.PROTECT, related_name="+")
    edition = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=16)
    score = models.PositiveSmallIntegerField(null=True)
    given_on = models.DateField()

    class Meta:
        ordering = ["number", "id"]
        constraints = [
            one_of("area", Area),
            models.UniqueConstraint(fields=["review", "number", "area"], name="areascore_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__lte=HIGHEST_MARK), name="areascore_range"
            ),
        ]

    class Access:
        kind = Kind.TRAJECTORY
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "scores": ("review", "review_id", "edition", "number", "area", "score", "given_on")
        }


class NetworkMap(CaseRow):
    """A drawing of who stands around her on a day, or that she did not want to draw."""

    trajectory = models.ForeignKey("trajectory.Trajectory", on_delete=models.PROTECT, related_name="+")
    drawn_on = models.DateField()
    is_refused = models.BooleanField(default=False)

    class Meta:
        ordering = ["drawn_on", "-is_refused"]
        constraints = [
            models.UniqueConstraint(
                fields=["trajectory", "drawn_on", "is_refused"], name="networkmap_one_a_day"
            )
        ]

    class Access:
        kind = Kind.TRAJECTORY
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "network": ("trajectory_id", "drawn_on", "is_refused")
        }


class NetworkPerson(CaseRow):
    """Somebody on one drawing; `thread` is the same on the drawings that follow it."""

    map = models.ForeignKey(NetworkMap, on_delete=models.PROTECT, related_name="+")
    thread = models.UUIDField()
    role = models.CharField(max_length=12)
    ring = models.CharField(max_length=12)
    name = SealedText(max_length=60)

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("role", Tie),
            one_of("ring", Ring),
            models.UniqueConstraint(fields=["map", "thread"], name="networkperson_once"),
        ]

    class Access:
        kind = Kind.TRAJECTORY
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "network": ("map_id", "thread", "role", "ring", "name")
        }
