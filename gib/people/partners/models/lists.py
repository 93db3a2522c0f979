"""What the pages of reference data list and offer to choose from."""

from datetime import date
from typing import Any

from gib.people.partners.models.municipalities import (
    MADE_UP,
    Border,
    Municipality,
    PlannedChange,
    Postcode,
    RegisterProposal,
    SafetyHouse,
)
from gib.people.partners.models.terms import LegalParameter


def municipalities(on: date, name: str = "", province: str = "", letter: str = "") -> Any:
    """Give the municipalities of a day by part of their name, province or first letter, in order of name."""
    filters = {"name__icontains": name, "province": province, "name__istartswith": letter}
    return Municipality.objects.valid(on).filter(
        **{field: value for field, value in filters.items() if value}
    )


def initials(on: date) -> list[str]:
    """Give the first signs of the names on a day; 's-Hertogenbosch stands under its own."""
    return sorted({name[0].upper() for name in Municipality.objects.valid(on).values_list("name", flat=True)})


def provinces() -> list[str]:
    """Give the names of the provinces."""
    return list(Municipality.objects.order_by("province").values_list("province", flat=True).distinct())


def kin(code: str) -> tuple[list[Municipality], list[Municipality]]:
    """Give the municipalities whose area one took over, and those that took over its own."""
    rows = Municipality.objects
    before = rows.filter(successions__new_id=code)
    return list(before), list(rows.filter(inheritances__old_id=code))


def waiting_changes(code: str = "") -> list[PlannedChange]:
    """Give the announced changes that nobody confirmed, of one municipality or of all."""
    rows = PlannedChange.objects.unconfirmed().select_related("municipality")
    return list(rows.filter(municipality_id=code) if code else rows)


def latest_proposals(most: int = 5) -> list[RegisterProposal]:
    """Give the newest proposals for the register."""
    return list(RegisterProposal.objects.order_by("-pk")[:most])


def place_choices(on: date) -> list[tuple[str, str]]:
    """Offer the municipalities of a day; the two that share a name differ by their province."""
    return [(row.code, f"{row.name}, {row.province}") for row in Municipality.objects.valid(on)]


def house_choices() -> list[tuple[str, str]]:
    """Offer the regions of the safety houses."""
    return [(str(row.pk), row.name) for row in SafetyHouse.objects.all()]


def history(key: str) -> list[LegalParameter]:
    """Give every value that a term has had or will have, oldest first."""
    return list(LegalParameter.objects.filter(key=key))


def imported() -> tuple[int, int]:
    """Count the postcodes and borders that an operator brought in; those made up for a story are nobody's."""
    return Postcode.objects.exclude(place=MADE_UP).count(), Border.objects.count()
