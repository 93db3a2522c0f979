"""Who helps and who signs in from outside: care providers and partner organisations."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from gib.people.partners.domain.codes import CareKind, PartnerKind
from gib.people.partners.models.dated import Dated
from gib.people.partners.models.municipalities import Municipality, SafetyHouse, neighbours
from gib.people.partners.models.prisons import Prison


class CareProvider(Dated):
    """Regular help to which a mother can be led: debt help, youth care, mental health care and more.

    It works in one municipality, in the region of a safety house, or (both empty) everywhere.
    """

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, related_name="providers"
    )
    safety_house = models.ForeignKey(
        SafetyHouse, on_delete=models.PROTECT, null=True, related_name="providers"
    )
    phone = models.CharField(max_length=20, blank=True)
    website = models.URLField(blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta(Dated.Meta):
        ordering = ["name", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=sorted(CareKind)), name="careprovider_kind"),
            models.CheckConstraint(
                condition=Q(municipality__isnull=True) | Q(safety_house__isnull=True),
                name="careprovider_area",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def area(self) -> str:
        """Where it works, as a name; empty for the whole country."""
        return str(self.municipality or self.safety_house or "")


class Partner(Dated):
    """An organisation whose people sign in: a municipality, a safety house, a prison."""

    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=80)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, related_name="partners"
    )
    safety_house = models.ForeignKey(
        SafetyHouse, on_delete=models.PROTECT, null=True, related_name="partners"
    )
    prison = models.ForeignKey(Prison, on_delete=models.PROTECT, null=True, related_name="partners")

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


def providers(on: date, kind: str = "", municipality: str = "") -> Any:
    """Give the care providers of a day, of one kind, or that a mother in one municipality can go to."""
    rows = CareProvider.objects.valid(on).select_related("municipality", "safety_house")
    rows = rows.filter(kind=kind) if kind else rows
    return rows.filter(neighbours(municipality)) if municipality else rows
