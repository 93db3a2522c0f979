"""What she says of her own life beside the plan: her scores."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gib.care.intake.domain import HIGHEST_MARK, Area
from gib.core.access.tables import Kind
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
