"""Prisons with their units and visiting rules, and the coordinators' seats at them."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from django.db import models
from django.db.models import Q

from gib.core.kernel.dates import Period
from gib.people.partners.domain.codes import Closing, Regime, VisitKind
from gib.people.partners.models.dated import Dated


class Prison(Dated):
    """A penitentiary institution (P.I.); it holds women from `valid_from` until `valid_to` (DJI-03)."""

    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=80)
    place = models.CharField(max_length=40)
    municipality = models.ForeignKey(
        "partners.Municipality", on_delete=models.PROTECT, related_name="prisons"
    )
    places = models.PositiveSmallIntegerField(null=True)
    latitude = models.FloatField()
    longitude = models.FloatField()

    class Meta(Dated.Meta):
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PrisonUnit(Dated):
    """A unit (afdeling) of a prison."""

    prison = models.ForeignKey(Prison, on_delete=models.CASCADE, related_name="units")
    name = models.CharField(max_length=40)

    class Meta(Dated.Meta):
        ordering = ["name"]


class VisitingRule(Dated):
    """When and under which rules one prison receives visitors; ages in years, notice in days.

    An empty regime is every regime; without weekday and hours the timetable is not known here.
    """

    prison = models.ForeignKey(Prison, on_delete=models.CASCADE, related_name="rules")
    kind = models.CharField(max_length=20)
    regime = models.CharField(max_length=24, blank=True)
    weekday = models.PositiveSmallIntegerField(null=True)
    start = models.TimeField(null=True)
    end = models.TimeField(null=True)
    max_adults = models.PositiveSmallIntegerField(default=3)
    max_children = models.PositiveSmallIntegerField(null=True)
    accompany_age = models.PositiveSmallIntegerField(default=12)
    id_age = models.PositiveSmallIntegerField(default=14)
    notice_days = models.PositiveSmallIntegerField(default=7)

    class Meta(Dated.Meta):
        ordering = ["kind", "weekday", "start", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=sorted(VisitKind)), name="visitingrule_kind"),
            models.CheckConstraint(condition=Q(regime__in=["", *sorted(Regime)]), name="visitingrule_regime"),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True) | Q(weekday__lte=6), name="visitingrule_day"
            ),
        ]


class PrisonClosure(Dated):
    """Days on which a prison lets no visitors in: a lockdown, too few staff, a search of the cells."""

    prison = models.ForeignKey(Prison, on_delete=models.CASCADE, related_name="closures")
    why = models.CharField(max_length=16)

    class Meta(Dated.Meta):
        ordering = ["valid_from", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(why__in=sorted(Closing)), name="prisonclosure_why"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=False, valid_to__isnull=False), name="prisonclosure_days"
            ),
        ]

    @property
    def days(self) -> Period:
        """From the first day up to and including the last."""
        first, opens = self.valid_from, self.valid_to
        if first is None or opens is None:
            raise ValueError("a closure has a first and a last day")
        return Period(first, opens - timedelta(days=1))


#: The end of the teams with which rows of erased dossiers lie: by it they are known.
NOBODYS_UNTIL: Final = date(1900, 1, 2)


class Team(Dated):
    """A coordinator's seat at a prison."""

    name = models.CharField(max_length=60)
    prison = models.ForeignKey(Prison, on_delete=models.PROTECT, related_name="teams")

    class Meta(Dated.Meta):
        ordering = ["name"]
        # What a volunteer may see asks for these each time, also in a country of thousands of teams.
        indexes = [models.Index(fields=["id"], condition=Q(valid_to=NOBODYS_UNTIL), name="team_nobodys")]

    def __str__(self) -> str:
        return self.name


def teams_besides(team_ids: Iterable[int], on: date) -> Any:
    """Give the teams of a day, without these."""
    return Team.objects.valid(on).exclude(pk__in=list(team_ids))


def prisons(on: date | None = None) -> Any:
    """Give the women's prisons of a day, or of all days."""
    rows = Prison.objects.select_related("municipality")
    return rows if on is None else rows.valid(on)


def units_of(prison_code: str, on: date) -> list[PrisonUnit]:
    """Give the units of a prison that are there on a day or will be later."""
    return list(PrisonUnit.objects.filter(_not_over(on), prison_id=prison_code))


def rules_of(prison_code: str, on: date) -> list[VisitingRule]:
    """Give the visiting rules of a prison that hold on a day or will hold later."""
    return list(VisitingRule.objects.filter(_not_over(on), prison_id=prison_code))


def closures_of(prison_code: str, on: date) -> list[PrisonClosure]:
    """Give the days on which a prison is closed, today or later."""
    return list(PrisonClosure.objects.filter(prison_id=prison_code, valid_to__gt=on))


def closures_ahead(on: date) -> Any:
    """Give the days on which any prison is closed, today or later, as one question."""
    return PrisonClosure.objects.filter(valid_to__gt=on)


def rules_ahead(on: date) -> Any:
    """Give the rules for usual visits in any prison that hold today or will later, as one question."""
    return VisitingRule.objects.filter(_not_over(on), kind=VisitKind.REGULAR).order_by("pk")


def _not_over(on: date) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gt=on)
