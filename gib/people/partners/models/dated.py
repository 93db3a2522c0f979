"""What every dated fact has: its days, where it was found, how sure it is, and who stands for it."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from gib.people.partners.domain.codes import Mark


class DatedQuerySet(models.QuerySet[Any, Any]):
    """Rows that hold from one day until another."""

    def valid(self, on: date) -> Self:
        """Keep what holds on a day."""
        started = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
        return self.filter(started, Q(valid_to__isnull=True) | Q(valid_to__gt=on))

    def unconfirmed(self) -> Self:
        """Keep what was not read in its source and nobody stands for."""
        return self.filter(confirmed_on__isnull=True).exclude(mark=Mark.READ)


class Dated(models.Model):
    """A fact with its days, where it was found, how sure it is and who confirmed it.

    `valid_to` is the first day it no longer holds; `confirmed_by` is the id of a user.
    """

    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    mark = models.CharField(max_length=1, default=Mark.ASSUMED)
    confirmed_by = models.UUIDField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="%(class)s_dates",
            ),
            models.CheckConstraint(condition=Q(mark__in=[str(mark) for mark in Mark]), name="%(class)s_mark"),
        ]

    @property
    def is_confirmed(self) -> bool:
        """Tell whether somebody stands for this fact, or it was read in its source."""
        return self.confirmed_on is not None or self.mark == Mark.READ

    def is_valid_on(self, on: date) -> bool:
        """Tell whether it holds on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on < self.valid_to
        )
