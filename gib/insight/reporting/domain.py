"""Which figures there are, over which days they count, and how small numbers are kept small."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from gib.care.aftercare.domain.coverage import LEAST, guarded
from gib.core.kernel.dates import Period
from gib.core.kernel.rules import RuleBroken, declare

#: Stands for a number that would tell, with the own number beside it, how many others have.
HIDDEN: Final = "–"


class Group(StrEnum):
    """What a figure is counted by; `year` is the whole."""

    YEAR = "year"
    PRODUCT = "product"
    CHANNEL = "channel"
    CLOSED = "closed"
    PART = "part"


class Figure(StrEnum):
    """One figure of a whole year."""

    MOTHERS = "mothers"
    CHILDREN = "children"
    VOLUNTEERS = "volunteers"
    ACTIVE_VOLUNTEERS = "active_volunteers"
    REFERRALS = "referrals"
    TALKS = "talks"
    TRAJECTORIES = "trajectories"
    MATCHES = "matches"
    CONTACTS = "contacts"
    CLOSED = "closed"
    LET_GO = "let_go"


#: Group and key -> how many.
Report = Mapping[tuple[Group, str], int]

declare(
    {
        "year_outside": "Over {year} zijn hier geen gegevens. De eerste zijn van {first}.",
        "year_open": "{year} is nog niet voorbij. De cijfers kunnen nog veranderen.",
    }
)


def days_of(year: int, first_on: date | None, on: date) -> Period:
    """Give the days of a year over which figures count: up to today in the year that runs.

    Args:
        first_on: the first day of which anything is known here; None when nothing is.

    Raises:
        RuleBroken: 'year_outside' for a year before the first day or after today.
    """
    first_year = (first_on or on).year
    if not first_year <= year <= on.year:
        raise RuleBroken("year_outside", year=year, first=first_year)
    return Period(date(year, 1, 1), min(date(year, 12, 31), on))


def check_over(year: int, on: date) -> None:
    """Allow figures that do not change any more.

    Raises:
        RuleBroken: 'year_open' while the year runs.
    """
    if on <= date(year, 12, 31):
        raise RuleBroken("year_open", year=year)


def beside(count: int, own: int) -> str:
    """Write a national number for somebody who knows that of her own team.

    What is left for the others must not be small either. Source: invariant 13, also by differencing.
    """
    tells = count >= LEAST and 0 < count - own < LEAST
    return HIDDEN if tells else guarded(count)
