"""Writing the reference data of this project into an empty database."""

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from gib.people.partners.domain.codes import Mark
from gib.people.partners.domain.files import RegisterRow, day, read_register
from gib.people.partners.models import (
    AllowanceTariff,
    KilometreRate,
    LegalParameter,
    Municipality,
    PlannedChange,
    Prison,
    SafetyHouse,
    SafetyRegion,
    Succession,
    VisitingRule,
)

DATA: Final = Path(__file__).parent.parent / "data"


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """Read one data file of this slice, a row at a time."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


@transaction.atomic
def load_register() -> bool:
    """Write the reference data of this project; tells whether it did, a second time it changes nothing."""
    if Municipality.objects.exists():
        return False
    write_all()
    return True


def write_all() -> None:
    """Write every table of the reference data."""
    _load_municipalities()
    _load_regions()
    for model, make, name in _TABLES:
        model.objects.bulk_create(make(row) for row in rows_of(name))


def _load_municipalities() -> None:
    with (DATA / "municipalities.csv").open(encoding="utf-8", newline="") as lines:
        found = read_register(lines).values()
    Municipality.objects.bulk_create(municipality(row) for row in found)
    facts = [row.fact for row in found]
    Succession.objects.bulk_create(heir for fact in facts for heir in heirs(fact.code, fact.successors))


def municipality(row: RegisterRow) -> Municipality:
    """Make a municipality of a row of the register."""
    return Municipality(
        code=row.fact.code,
        name=row.fact.name,
        province=row.province,
        valid_from=row.fact.valid_from,
        valid_to=row.fact.valid_to,
        latitude=row.latitude,
        longitude=row.longitude,
        mark=row.mark,
        source="CBS, RvIG",
    )


def heirs(code: str, successors: Iterable[str]) -> list[Succession]:
    """Make the successions of one municipality."""
    return [Succession(old_id=code, new_id=new) for new in successors]


def _planned(row: dict[str, str]) -> PlannedChange:
    return PlannedChange(
        municipality_id=row["code"],
        successors=row["successors"],
        ends_on=date.fromisoformat(row["until"]),
        mark=Mark.ASSUMED,
        source=row["note"],
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
            source="inferred from safety regions",
        )
        for row in found
    )


def _prison(row: dict[str, str]) -> Prison:
    return Prison(
        code=row["code"],
        name=row["name"],
        place=row["place"],
        municipality_id=row["municipality"],
        places=int(row["places"]) if row["places"] else None,
        latitude=float(row["lat"]),
        longitude=float(row["lon"]),
        **_dated(row),
    )


def _rule(row: dict[str, str]) -> VisitingRule:
    numbers = ("max_adults", "accompany_age", "id_age", "notice_days")
    facts: dict[str, Any] = {name: int(row[name]) for name in numbers}
    return VisitingRule(prison_id=row["prison"], kind=row["kind"], **facts, **_dated(row))


def _term(row: dict[str, str]) -> LegalParameter:
    return LegalParameter(key=row["key"], value=int(row["value"]), unit=row["unit"], **_dated(row))


def _allowance(row: dict[str, str]) -> AllowanceTariff:
    numbers = ("month_cents", "year_cents", "hour_cents", "young_hour_cents", "adult_age")
    facts: dict[str, Any] = {name: int(row[name]) if row[name] else None for name in numbers}
    return AllowanceTariff(**facts, **_dated(row))


def _rate(row: dict[str, str]) -> KilometreRate:
    return KilometreRate(kind=row["kind"], cents=int(row["cents"]), **_dated(row))


def _dated(row: dict[str, str]) -> dict[str, Any]:
    return {
        "valid_from": day(row["from"]),
        "valid_to": day(row["until"]),
        "mark": row["mark"],
        "source": row["source"],
    }


#: What lies in a file of its own: table, how a row becomes one of its rows, file.
_TABLES: Final[tuple[tuple[Any, Callable[[dict[str, str]], Any], str], ...]] = (
    (PlannedChange, _planned, "pending.csv"),
    (Prison, _prison, "prisons.csv"),
    (VisitingRule, _rule, "visiting_rules.csv"),
    (LegalParameter, _term, "terms.csv"),
    (AllowanceTariff, _allowance, "allowances.csv"),
    (KilometreRate, _rate, "kilometre_rates.csv"),
)
