"""How a register of municipalities and a list of postcodes stand in a file."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from gib.core.kernel.rules import RuleBroken, declare
from gib.people.partners.domain.codes import Mark
from gib.people.partners.domain.register import MunicipalityFact

declare(
    {
        "register_unreadable": "Dit is geen register van gemeenten. Regel {line} kunnen wij niet lezen.",
        "register_code_twice": "Gemeente {municipality} staat er twee keer in.",
        "postcodes_unreadable": "Dit is geen lijst van postcodes. Regel {line} kunnen wij niet lezen.",
    }
)

COLUMNS: Final = ("code", "name", "province", "from", "until", "successors", "lat", "lon", "mark")
_DUTCH: Final = "NL"
_POSTCODE_COLUMNS: Final = 12
#: A place with more postcode areas counts as a town: nothing in the file tells how many people live there.
_VILLAGE_AREAS: Final = 3


@dataclass(frozen=True)
class RegisterRow:
    """One line of the register: the fact, its province, centre (degrees) and how sure it is."""

    fact: MunicipalityFact
    province: str
    latitude: float | None
    longitude: float | None
    mark: Mark


@dataclass(frozen=True)
class PostcodeRow:
    """One line of the postcodes: four digits, place, municipality code (may be empty), degrees."""

    digits: str
    place: str
    municipality_code: str
    latitude: float
    longitude: float


def read_register(lines: Iterable[str]) -> dict[str, RegisterRow]:
    """Read a register: a CSV of this project, with the columns of `COLUMNS`.

    Raises:
        RuleBroken: 'register_unreadable' with the number of the line, 'register_code_twice'.

    Source: REF-08.
    """
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise RuleBroken("register_unreadable", line=1)
    found: dict[str, RegisterRow] = {}
    for row in reader:
        try:
            read = _register_row(row)
        except (AttributeError, TypeError, ValueError) as error:
            raise RuleBroken("register_unreadable", line=reader.line_num) from error
        if read.fact.code in found:
            raise RuleBroken("register_code_twice", municipality=read.fact.code)
        found[read.fact.code] = read
    return found


def _register_row(row: dict[str, str]) -> RegisterRow:
    if not re.fullmatch(r"[0-9]{4}", row["code"]) or not row["name"]:
        raise ValueError("a municipality has a code of four digits and a name")
    successors = tuple(code for code in row["successors"].split("+") if code)
    return RegisterRow(
        MunicipalityFact(
            row["code"], row["name"], day(row["from"]), day(row["until"]), tuple(sorted(successors))
        ),
        row["province"],
        number(row["lat"]),
        number(row["lon"]),
        Mark(row["mark"]),
    )


def day(text: str) -> date | None:
    """Read a day of a data file; empty is none.

    Raises:
        ValueError: it is not written as year-month-day.
    """
    return date.fromisoformat(text) if text else None


def number(text: str) -> float | None:
    """Read a number of a data file; empty is none.

    Raises:
        ValueError: it is no number.
    """
    return float(text) if text else None


def read_postcodes(lines: Iterable[str]) -> Iterator[PostcodeRow]:
    """Read the Dutch lines of a file in the format of GeoNames: twelve columns with tabs between them.

    Raises:
        RuleBroken: 'postcodes_unreadable' with the number of the line.
    """
    for count, line in enumerate(lines, start=1):
        cells = line.rstrip("\n").split("\t")
        try:
            if len(cells) != _POSTCODE_COLUMNS or not re.fullmatch(r"[1-9][0-9]{3}", cells[1][:4]):
                raise ValueError("twelve columns, a postcode in the second")
            if cells[0] == _DUTCH:
                yield PostcodeRow(cells[1][:4], cells[2], cells[6], float(cells[9]), float(cells[10]))
        except ValueError as error:
            raise RuleBroken("postcodes_unreadable", line=count) from error


def villages_of(rows: Iterable[PostcodeRow]) -> dict[str, str]:
    """Name the village of each postcode area that is one of the two or three areas of a small place.

    Of a place with one area, the area tells it already. An area of two villages belongs to the larger one.
    """
    areas: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        areas[row.place, row.municipality_code].add(row.digits)
    found: dict[str, str] = {}
    for (place, code), digits in sorted(areas.items(), key=lambda each: (len(each[1]), each[0])):
        if 1 < len(digits) <= _VILLAGE_AREAS:
            found |= dict.fromkeys(digits, f"{place} {code}".strip())
    return found
