"""Municipalities with their dates, who holds whose area, which region serves them, and planned changes."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db import models
from django.db.models import Q

from gib.people.partners.domain.identifiers import parse_postcode
from gib.people.partners.domain.register import MunicipalityFact, overlapping, resolve
from gib.people.partners.models.dated import Dated


class Municipality(Dated):
    """A municipality; its code is the key, never its name: there are two called Bergen (REF-06)."""

    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=60)
    province = models.CharField(max_length=20)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta(Dated.Meta):
        ordering = ["name", "code"]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """One municipality that came to hold (part of) the area of another, when the old one ended."""

    old = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="successions")
    new = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="inheritances")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="succession_once")]


class PlannedChange(Dated):
    """An announced end of a municipality: without effect until somebody confirms it (REF-04)."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="planned_changes")
    successors = models.CharField(max_length=60)
    ends_on = models.DateField()

    @property
    def successor_codes(self) -> list[str]:
        """The codes of the municipalities that would take over."""
        return self.successors.split("+")

    @property
    def successor_names(self) -> str:
        """The names of the municipalities that would take over."""
        found = Municipality.objects.filter(pk__in=self.successor_codes)
        return ", ".join(found.values_list("name", flat=True))


class SafetyHouse(Dated):
    """A Veiligheidshuis: the table of justice, care and municipalities in one region."""

    name = models.CharField(max_length=60, unique=True)

    class Meta(Dated.Meta):
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SafetyRegion(Dated):
    """Which safety house and which Veilig Thuis serve a municipality; inferred until confirmed (ZVH-06)."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="regions")
    house = models.ForeignKey(SafetyHouse, on_delete=models.PROTECT, related_name="regions")
    veilig_thuis = models.CharField(max_length=60)


#: Place of a postcode area that was made up for a story, and has no source to name.
MADE_UP: Final = "verzonnen"


class Postcode(models.Model):
    """The four digits of a postcode in one municipality; some lie in two, which asks (REF-05).

    `village` names the small place of several areas that it belongs to, and is empty in a town.
    """

    digits = models.CharField(max_length=4, db_index=True)
    place = models.CharField(max_length=80)
    municipality_code = models.CharField(max_length=4, blank=True)
    village = models.CharField(max_length=90, blank=True)
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


class RegisterProposal(models.Model):
    """A new register that waits for the approval of a named person (REF-08).

    `before` is the digest of the register it was compared with; the persons are ids of users.
    """

    text = models.TextField()
    before = models.CharField(max_length=64)
    proposed_by = models.UUIDField()
    proposed_on = models.DateField()
    approved_by = models.UUIDField(null=True)
    approved_on = models.DateField(null=True)


def register() -> dict[str, MunicipalityFact]:
    """Give the whole register as plain facts by code, in two queries."""
    heirs: dict[str, list[str]] = defaultdict(list)
    for old, new in Succession.objects.order_by("new_id").values_list("old_id", "new_id"):
        heirs[old].append(new)
    rows = Municipality.objects.values_list("code", "name", "valid_from", "valid_to")
    return {
        code: MunicipalityFact(code, name, start, end, tuple(heirs[code])) for code, name, start, end in rows
    }


def regions_of(code: str, on: date) -> list[SafetyRegion]:
    """Give the safety houses and Veilig Thuis of a municipality; for one that ended, those of its heirs.

    The regions are known for the municipalities of today: more than one means that a split asks.
    """
    rows = (
        SafetyRegion.objects.valid(on).select_related("house", "municipality").order_by("house__name", "pk")
    )
    own = list(rows.filter(municipality_id=code))
    if own or not (known := register()).get(code):
        return own
    found = rows.filter(municipality_id__in=resolve(known, code, date.max))
    return list({(row.house_id, row.veilig_thuis): row for row in found}.values())


def municipalities_of_postcode(text: str, on: date) -> tuple[str, ...]:
    """Propose the municipalities of a postcode on a day: none when unknown, several to choose from.

    Raises:
        RuleBroken: 'postcode_invalid'.

    Source: REF-05.
    """
    codes = Postcode.objects.filter(digits=parse_postcode(text)[:4]).exclude(municipality_code="")
    found, known = set[str](), register()
    for code in codes.values_list("municipality_code", flat=True).distinct():
        found.update(overlapping(known, code, on) if code in known else ())
    return tuple(sorted(found))


def villages_of(areas: Iterable[str]) -> dict[str, str]:
    """Name the village of each of some postcode areas that lies in one."""
    found = Postcode.objects.filter(digits__in={*areas}).exclude(village="")
    return dict(found.values_list("digits", "village"))


def neighbours(code: str) -> Q:
    """Filter help for one municipality: in it, for its region, or for the whole country."""
    houses = SafetyRegion.objects.filter(municipality_id=code).values("house_id")
    nationwide = Q(municipality__isnull=True, safety_house__isnull=True)
    return Q(municipality_id=code) | Q(safety_house_id__in=houses) | nationwide
