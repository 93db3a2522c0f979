"""Reference data with dates: places, organisations, rules and terms. `valid_to` is the first day it no longer holds."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from gib.core.kernel.rules import RuleBroken
from gib.people.partners.domain import CareKind, Mark, MunicipalityFact, PartnerKind


class DatedQuerySet(models.QuerySet[Any, Any]):
    """Rows that hold from one day until another."""

    def valid(self, on: date) -> Self:
        """Keep what holds on a day."""
        started = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
        return self.filter(started, Q(valid_to__isnull=True) | Q(valid_to__gt=on))


class Dated(models.Model):
    """A fact with its days, where it was found, how sure it is and who confirmed it."""

    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    mark = models.CharField(max_length=1, default=Mark.ASSUMED)
    confirmed_by = models.CharField(max_length=80, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="%(class)s_dates",
            ),
            models.CheckConstraint(condition=Q(mark__in=[str(mark) for mark in Mark]), name="%(class)s_mark"),
        ]

    @property
    def is_confirmed(self) -> bool:
        """Tell whether somebody stands for this fact, or it was read in its source."""
        return self.confirmed_on is not None or self.mark == Mark.READ


class Municipality(Dated):
    """A municipality; its code is the key, never its name: there are two called Bergen (REF-06)."""

    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=60)
    province = models.CharField(max_length=20)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    successors = models.ManyToManyField("self", through="Succession", symmetrical=False, related_name="+")

    class Meta(Dated.Meta):
        ordering = ["name", "code"]

    def __str__(self) -> str:
        return self.name

    def fact(self) -> MunicipalityFact:
        """Give the plain fact, for the rules."""
        codes = tuple(sorted(row.new_id for row in self.successions.all()))
        return MunicipalityFact(self.code, self.name, self.valid_from, self.valid_to, codes)


class Succession(models.Model):
    """One municipality that came to hold (part of) the area of another."""

    old = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="successions")
    new = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="succession_once")]


class SafetyHouse(Dated):
    """A Veiligheidshuis."""

    name = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.name


class SafetyRegion(Dated):
    """Which safety house and which Veilig Thuis serve a municipality; inferred until confirmed."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="regions")
    house = models.ForeignKey(SafetyHouse, on_delete=models.PROTECT, related_name="regions")
    veilig_thuis = models.CharField(max_length=60)


class Prison(Dated):
    """A penitentiary institution (P.I.); it holds women from `valid_from` until `valid_to`."""

    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=80)
    place = models.CharField(max_length=40)
    municipality_code = models.CharField(max_length=4)
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


class VisitingRule(Dated):
    """When and under which rules one prison receives visitors; ages in years, notice in days."""

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


class CareProvider(Dated):
    """Regular help to which a mother can be led: debt help, youth care, mental health care and more."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, related_name="providers")
    phone = models.CharField(max_length=20, blank=True)
    website = models.URLField(blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta(Dated.Meta):
        ordering = ["name"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=[str(kind) for kind in CareKind]), name="careprovider_kind"),
        ]

    def __str__(self) -> str:
        return self.name


class Partner(Dated):
    """An organisation whose people sign in: the aftercare desk of a municipality, a safety house, a prison."""

    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=80)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, related_name="+")
    safety_house = models.ForeignKey(SafetyHouse, on_delete=models.PROTECT, null=True, related_name="+")
    prison = models.ForeignKey(Prison, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(Dated.Meta):
        ordering = ["name"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind=PartnerKind.MUNICIPALITY, municipality__isnull=False)
                | Q(kind=PartnerKind.SAFETY_HOUSE, safety_house__isnull=False)
                | Q(kind=PartnerKind.PRISON, prison__isnull=False),
                name="partner_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Team(Dated):
    """A coordinator's seat at a prison."""

    name = models.CharField(max_length=60)
    prison = models.ForeignKey(Prison, on_delete=models.PROTECT, related_name="teams")

    class Meta(Dated.Meta):
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Postcode(models.Model):
    """The four digits of a postcode in one municipality; some lie in two, which asks (REF-05)."""

    digits = models.CharField(max_length=4, db_index=True)
    place = models.CharField(max_length=80)
    municipality_code = models.CharField(max_length=4)
    latitude = models.FloatField()
    longitude = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digits", "municipality_code", "place"], name="postcode_once")
        ]


class Border(models.Model):
    """The border of a municipality as a path of the map, when an operator has imported one."""

    municipality_code = models.CharField(max_length=4, primary_key=True)
    path = models.TextField()
    attribution = models.CharField(max_length=80)


class LegalParameter(Dated):
    """A term, age or threshold that the chain uses, as a dated row with its source (CMP-02)."""

    key = models.CharField(max_length=40)
    value = models.PositiveIntegerField()
    unit = models.CharField(max_length=12)

    class Meta(Dated.Meta):
        ordering = ["key", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["key", "valid_from"], name="legalparameter_once"),
        ]


def legal_value(key: str, on: date) -> int:
    """Give a legal parameter as it holds on a day, in the unit of its row.

    Raises:
        RuleBroken: 'term_unknown' when no row holds on that day.
    """
    value = LegalParameter.objects.valid(on).filter(key=key).values_list("value", flat=True).first()
    if value is None:
        raise RuleBroken("term_unknown")
    return int(value)
