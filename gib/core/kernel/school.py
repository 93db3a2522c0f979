"""School holidays of primary schools per region, as far as they are known to this house.

From 2014 to 2029 the library knows them, after the regulations in the Staatscourant. The two years before
are written out here. Of other years nothing is known, and whoever shows a day must say so.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from holidays import SCHOOL, country_holidays

REGIONS: Final = ("Noord", "Midden", "Zuid")
#: The first and the last day of which the school holidays are known.
KNOWN_FROM: Final = date(2012, 2, 1)
KNOWN_TO: Final = date(2029, 12, 31)

_ALL: Final = ("Noord", "Midden", "Zuid")
#: Name, regions, first and last day. Source: the Ministry of Education (rijksoverheid.nl, schoolvakanties),
#: as told for 2012 by dezaak.nl, for 2013 by wilikweten.nl and schoolvakanties20132014.nl; read in 2026.
_WRITTEN: Final = (
    ("Voorjaarsvakantie", ("Noord",), date(2012, 2, 25), date(2012, 3, 4)),
    ("Voorjaarsvakantie", ("Midden", "Zuid"), date(2012, 2, 18), date(2012, 2, 26)),
    ("Meivakantie", _ALL, date(2012, 4, 28), date(2012, 5, 6)),
    ("Zomervakantie", ("Noord",), date(2012, 7, 21), date(2012, 9, 2)),
    ("Zomervakantie", ("Midden",), date(2012, 7, 7), date(2012, 8, 19)),
    ("Zomervakantie", ("Zuid",), date(2012, 6, 30), date(2012, 8, 12)),
    ("Herfstvakantie", ("Noord",), date(2012, 10, 20), date(2012, 10, 28)),
    ("Herfstvakantie", ("Midden", "Zuid"), date(2012, 10, 13), date(2012, 10, 21)),
    ("Kerstvakantie", _ALL, date(2012, 12, 22), date(2013, 1, 6)),
    ("Voorjaarsvakantie", ("Noord", "Midden"), date(2013, 2, 16), date(2013, 2, 24)),
    ("Voorjaarsvakantie", ("Zuid",), date(2013, 2, 23), date(2013, 3, 3)),
    ("Meivakantie", _ALL, date(2013, 4, 27), date(2013, 5, 5)),
    ("Zomervakantie", ("Noord",), date(2013, 7, 6), date(2013, 8, 18)),
    ("Zomervakantie", ("Midden",), date(2013, 7, 20), date(2013, 9, 1)),
    ("Zomervakantie", ("Zuid",), date(2013, 6, 29), date(2013, 8, 11)),
    ("Herfstvakantie", ("Noord", "Midden"), date(2013, 10, 19), date(2013, 10, 27)),
    ("Herfstvakantie", ("Zuid",), date(2013, 10, 12), date(2013, 10, 20)),
    ("Kerstvakantie", _ALL, date(2013, 12, 21), date(2013, 12, 31)),
)
_FIRST_OF_LIBRARY: Final = 2014


def is_known(on: date) -> bool:
    """Tell whether this house knows if a day lies in a school holiday."""
    return KNOWN_FROM <= on <= KNOWN_TO


def school_holidays(on: date, language: str = "nl") -> Mapping[str, tuple[str, ...]]:
    """Give the school holidays of a day: name -> the regions that have it then.

    Returns: nothing for a day of school, and for a day of which nothing is known.
    """
    return _of_year(on.year, language).get(on, {}) if is_known(on) else {}


@lru_cache(maxsize=16)
def _of_year(year: int, language: str) -> Mapping[date, Mapping[str, tuple[str, ...]]]:
    days: dict[date, dict[str, tuple[str, ...]]] = {}
    for on, name, region in sorted(_told(year, language), key=lambda told: REGIONS.index(told[2])):
        named = days.setdefault(on, {})
        named[name] = (*named.get(name, ()), region)
    return days


def _told(year: int, language: str) -> Iterable[tuple[date, str, str]]:
    """Give each day of a holiday in a year with its name, region by region."""
    if year < _FIRST_OF_LIBRARY:
        for name, regions, first, last in _WRITTEN:
            yield from _each(year, _word(name, language), regions, first, last)
        return
    spoken = {"en": "en_US"}.get(language, "nl")
    for region in REGIONS:
        found = country_holidays("NL", region, years=year, categories=(SCHOOL,), language=spoken)
        yield from ((on, name, region) for on, name in found.items())


def _each(
    year: int, name: str, regions: tuple[str, ...], first: date, last: date
) -> Iterable[tuple[date, str, str]]:
    days = [first + timedelta(days=each) for each in range((last - first).days + 1)]
    yield from ((on, name, region) for region in regions for on in days if on.year == year)


def _word(name: str, language: str) -> str:
    english = {
        "Voorjaarsvakantie": "Spring Break",
        "Meivakantie": "May Break",
        "Zomervakantie": "Summer Break",
        "Herfstvakantie": "Autumn Break",
        "Kerstvakantie": "Christmas Break",
    }
    return english[name] if language == "en" else name
