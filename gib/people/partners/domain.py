"""What reference data mean on a day: products, successions of municipalities, postcodes and identifiers."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from gib.core.kernel.rules import RuleBroken, declare

declare(
    {
        "postcode_invalid": "Dit is geen Nederlandse postcode. Schrijf vier cijfers en twee letters, bijvoorbeeld 1000 AB.",
        "municipality_unknown": "Deze gemeente kennen wij niet op {on}.",
        "municipality_split": "Deze gemeente is gesplitst. Kies een van de nieuwe gemeenten.",
        "oin_invalid": "Dit is geen geldig organisatie-identificatienummer (OIN). Het telt twintig cijfers.",
        "register_unreadable": "Dit bestand is geen register van gemeenten: {reason}.",
        "update_unchanged": "Dit bestand verandert niets aan het register.",
        "term_unknown": "Voor deze datum is geen termijn vastgelegd.",
    }
)


class Product(StrEnum):
    """The five products of Gezin in Balans."""

    MOEDER_DE_GANS = "moeder_de_gans"
    BEZOEKMOEDERS = "bezoekmoeders"
    MOEDER_KIND_BEZOEKEN = "moeder_kind_bezoeken"
    IK_JIJ_WIJ = "ik_jij_wij"
    MOEDERMAATJES = "moedermaatjes"


BRANDS: Final[Mapping[Product, str]] = {
    Product.MOEDER_DE_GANS: "Moeder de Gans",
    Product.BEZOEKMOEDERS: "Bezoekmoeders",
    Product.MOEDER_KIND_BEZOEKEN: "Moeder-Kind Bezoeken",
    Product.IK_JIJ_WIJ: "Ik-Jij-Wij",
    Product.MOEDERMAATJES: "Moedermaatjes",
}

#: Products that take place inside the prison, so that a permit of that prison is needed.
INSIDE: Final = frozenset(Product) - {Product.MOEDERMAATJES}


class Mark(StrEnum):
    """How sure a fact is: read, secondary, general knowledge, inferred, assumed."""

    READ = "V"
    SECONDARY = "S"
    KNOWLEDGE = "K"
    INFERRED = "I"
    ASSUMED = "A"


class PartnerKind(StrEnum):
    """What sort of organisation signs in as a partner."""

    MUNICIPALITY = "municipality"
    SAFETY_HOUSE = "safety_house"
    PRISON = "prison"


class CareKind(StrEnum):
    """What regular help a care provider gives."""

    DEBT_COUNSELLING = "debt_counselling"
    YOUTH_CARE = "youth_care"
    MENTAL_HEALTH = "mental_health"
    HOUSING = "housing"
    INCOME = "income"
    ADDICTION_CARE = "addiction_care"
    FAMILY_SUPPORT = "family_support"
    OTHER = "other"


class Regime(StrEnum):
    """Under which regime a woman is held."""

    REMAND = "remand"
    SENTENCE = "sentence"
    LOW_SECURITY = "low_security"
    OPEN = "open"
    REPEAT_OFFENDER = "repeat_offender"
    PSYCHIATRIC = "psychiatric"
    PENITENTIARY_PROGRAMME = "penitentiary_programme"
    ELECTRONIC = "electronic"


@dataclass(frozen=True)
class MunicipalityFact:
    """One municipality: valid from `valid_from` (empty: before 2010) until the day before `valid_to`."""

    code: str
    name: str
    valid_from: date | None
    valid_to: date | None
    successors: tuple[str, ...] = ()

    def is_valid_on(self, on: date) -> bool:
        """Tell whether it existed on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)


def resolve(register: Mapping[str, MunicipalityFact], code: str, on: date) -> tuple[str, ...]:
    """Follow a code to the municipalities that hold its area on a day.

    Returns: one code; several when a split asks for the postcode; none when the code did not exist yet.

    Raises:
        RuleBroken: 'municipality_unknown' for a code that is not in the register.
    """
    if code not in register:
        raise RuleBroken("municipality_unknown", on=on)
    waiting, found = [code], []
    while waiting:
        fact = register[waiting.pop()]
        if fact.is_valid_on(on):
            found.append(fact.code)
        elif fact.valid_to is not None and fact.valid_to <= on:
            waiting += fact.successors
    return tuple(sorted(set(found)))


def valid_codes(register: Iterable[MunicipalityFact], on: date) -> frozenset[str]:
    """Give the codes that existed on a day."""
    return frozenset(fact.code for fact in register if fact.is_valid_on(on))


@dataclass(frozen=True)
class RegisterDiff:
    """What a new register would change: codes added, ended, renamed or with another date."""

    added: tuple[str, ...]
    ended: tuple[str, ...]
    renamed: tuple[str, ...]
    moved: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing changes."""
        return not (self.added or self.ended or self.renamed or self.moved)


def compare(old: Mapping[str, MunicipalityFact], new: Mapping[str, MunicipalityFact]) -> RegisterDiff:
    """Compare two registers by code. Source: REF-08."""
    both = sorted(old.keys() & new.keys())
    return RegisterDiff(
        added=tuple(sorted(new.keys() - old.keys())),
        ended=tuple(code for code in both if old[code].valid_to is None and new[code].valid_to is not None),
        renamed=tuple(code for code in both if old[code].name != new[code].name),
        moved=tuple(
            code
            for code in both
            if old[code].valid_from != new[code].valid_from
            or (old[code].valid_to is not None and old[code].valid_to != new[code].valid_to)
            or (old[code].valid_to == new[code].valid_to and old[code].successors != new[code].successors)
        ),
    )


_POSTCODE: Final = re.compile(r"([1-9]\d{3})\s?([A-Z]{2})")


def parse_postcode(text: str) -> str:
    """Read a postcode and write it as "1000 AB".

    Raises:
        RuleBroken: 'postcode_invalid' outside 1000-9999 or with the letters SA, SD or SS.
        Source: REF-05.
    """
    found = _POSTCODE.fullmatch(text.strip().upper())
    if not found or found.group(2) in ("SA", "SD", "SS"):
        raise RuleBroken("postcode_invalid")
    return f"{found.group(1)} {found.group(2)}"


def parse_oin(text: str, is_test: bool = False) -> str:
    """Read an organisation identification number of twenty digits.

    Args:
        is_test: also allow the prefix 00000099.

    Raises:
        RuleBroken: 'oin_invalid' for another length or an unknown prefix. Source: API-04.
    """
    digits = text.strip()
    prefixes = {"00000001", "00000002", "00000003", "00000004", "00000006", "00000007", "00000008", "00000009"}
    allowed = prefixes | ({"00000099"} if is_test else set())
    if not re.fullmatch(r"\d{20}", digits) or digits[:8] not in allowed:
        raise RuleBroken("oin_invalid")
    return digits


#: The rectangle of the map: west, south, east, north in degrees.
_BOX: Final = (3.3, 50.7, 7.3, 53.6)


def on_map(latitude: float, longitude: float, width: int = 400, height: int = 480) -> tuple[int, int]:
    """Place a point on the map of the Netherlands, in pixels from the top left.

    Raises:
        ValueError: the point lies outside the European Netherlands.
    """
    west, south, east, north = _BOX
    if not (west <= longitude <= east and south <= latitude <= north):
        raise ValueError("outside the map")
    across = (longitude - west) / (east - west)
    down = (north - latitude) / (north - south)
    return round(across * width), round(down * height)
