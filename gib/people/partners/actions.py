"""Loading the register, changing it with an approval, and reading postcodes and borders from a file."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from gib.people.partners.domain import Mark
from gib.people.partners.models import (
    LegalParameter,
    Municipality,
    Prison,
    SafetyHouse,
    SafetyRegion,
    Succession,
)

DATA: Final = Path(__file__).parent / "data"


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """Read one data file of this slice, a row at a time."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str) -> float | None:
    return float(text) if text else None


@transaction.atomic
def load_register() -> None:
    """Write the reference data of this project; a second time it changes nothing."""
    if Municipality.objects.exists():
        return
    found = list(rows_of("municipalities.csv"))
    Municipality.objects.bulk_create(_municipality(row) for row in found)
    Succession.objects.bulk_create(
        Succession(old_id=row["code"], new_id=new) for row in found for new in row["successors"].split("+") if new
    )
    Prison.objects.bulk_create(_prison(row) for row in rows_of("prisons.csv"))
    _load_regions()
    LegalParameter.objects.bulk_create(_term(row) for row in rows_of("terms.csv"))


def _municipality(row: dict[str, str]) -> Municipality:
    return Municipality(
        code=row["code"],
        name=row["name"],
        province=row["province"],
        valid_from=_day(row["from"]),
        valid_to=_day(row["until"]),
        latitude=_number(row["lat"]),
        longitude=_number(row["lon"]),
        mark=row["mark"],
        source="CBS, RvIG",
    )


def _prison(row: dict[str, str]) -> Prison:
    return Prison(
        code=row["code"],
        name=row["name"],
        place=row["place"],
        municipality_code=row["municipality"],
        valid_from=_day(row["from"]),
        valid_to=_day(row["until"]),
        places=int(row["places"]) if row["places"] else None,
        latitude=float(row["lat"]),
        longitude=float(row["lon"]),
        mark=row["mark"],
        source=row["source"],
    )


def _load_regions() -> None:
    found = list(rows_of("safety_regions.csv"))
    names = sorted({row["house"] for row in found})
    SafetyHouse.objects.bulk_create(SafetyHouse(name=name, mark=Mark.INFERRED) for name in names)
    houses = {house.name: house for house in SafetyHouse.objects.all()}
    SafetyRegion.objects.bulk_create(
        SafetyRegion(
            municipality_id=row["code"],
            house=houses[row["house"]],
            veilig_thuis=row["veilig_thuis"],
            mark=row["mark"],
        )
        for row in found
    )


def _term(row: dict[str, str]) -> LegalParameter:
    facts: dict[str, Any] = {"key": row["key"], "value": int(row["value"]), "unit": row["unit"]}
    return LegalParameter(
        **facts, valid_from=_day(row["from"]), valid_to=_day(row["until"]), mark=row["mark"], source=row["source"]
    )
