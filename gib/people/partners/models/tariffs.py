"""What volunteers may receive and what a kilometre is worth, as dated rows."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from gib.people.partners.domain.codes import RateKind
from gib.people.partners.models.dated import Dated, DatedQuerySet


class AllowanceTariff(Dated):
    """The fiscal amounts for volunteers in cents; an amount an hour is empty where no source settles it."""

    month_cents = models.PositiveIntegerField()
    year_cents = models.PositiveIntegerField()
    hour_cents = models.PositiveIntegerField(null=True)
    young_hour_cents = models.PositiveIntegerField(null=True)
    adult_age = models.PositiveSmallIntegerField(null=True)

    class Meta(Dated.Meta):
        ordering = ["valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["valid_from"], name="allowancetariff_once"),
            models.CheckConstraint(
                condition=Q(month_cents__lte=F("year_cents")), name="allowancetariff_month_in_year"
            ),
        ]


class KilometreRate(Dated):
    """What a kilometre is worth in whole cents, with a note when we pay more than employees get untaxed."""

    kind = models.CharField(max_length=8, default=RateKind.OWN)
    cents = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=200, blank=True)

    class Meta(Dated.Meta):
        ordering = ["kind", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["kind", "valid_from"], name="kilometrerate_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[str(kind) for kind in RateKind]), name="kilometrerate_kind"
            ),
        ]


def rate_rows(kind: RateKind, on: date | None = None) -> DatedQuerySet:
    """Give the rates a kilometre of a kind, oldest first; with a day, those that hold on it."""
    rows: DatedQuerySet = KilometreRate.objects.filter(kind=kind).order_by("valid_from")
    return rows if on is None else rows.valid(on)
