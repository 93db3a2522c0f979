"""What kind of database this is."""

from datetime import date
from functools import lru_cache

from django.conf import settings
from django.db import models
from django.db.models import Q


class Installation(models.Model):
    """What kind of database this is: a demonstration carries its mark and its own day."""

    only = models.BooleanField(primary_key=True, default=True)
    is_demo = models.BooleanField(default=False)
    business_on = models.DateField(null=True)
    #: Which story a demonstration tells; empty until it was told to its end.
    story = models.CharField(max_length=60, default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="installation_one_row")]

    @classmethod
    def current(cls) -> "Installation":
        """Give the one row, or that of a real installation when none was written."""
        return _current()


@lru_cache(maxsize=1)
def _current() -> Installation:
    return Installation.objects.first() or Installation()


def forget_installation() -> None:
    """Read the mark again at the next request; for the command that writes it."""
    _current.cache_clear()


def business_day() -> date | None:
    """Give the day of a demonstration database; a real one has none and follows the calendar."""
    return Installation.current().business_on


def is_open_house() -> bool:
    """Tell whether one may step into any role: asked for by the operator, and marked in the database."""
    return bool(settings.DEMO) and Installation.current().is_demo
