"""Days on which terms do not run out: the generally recognised holidays of the Netherlands, computed."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from dateutil.easter import easter

#: Days after Easter Sunday: Good Friday, Easter Monday, Ascension Day, Whit Monday.
_MOVING: Final = (-2, 1, 39, 50)
#: Month and day: New Year's Day, Liberation Day and both days of Christmas.
_FIXED: Final = ((1, 1), (5, 5), (12, 25), (12, 26))
_FIRST_KINGS_DAY: Final = 2014


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[date]:
    """Give the holidays of a year.

    Source: Algemene termijnenwet, article 3; Good Friday counts as one.
    """
    moving = (easter(year) + timedelta(days=days) for days in _MOVING)
    fixed = (date(year, month, day) for month, day in _FIXED)
    return frozenset({*moving, *fixed, _birthday(year)})


def _birthday(year: int) -> date:
    """Give the day on which the birthday of the King or Queen is kept; never on a Sunday."""
    day = date(year, 4, 27 if year >= _FIRST_KINGS_DAY else 30)
    return day - timedelta(days=1) if day.weekday() == 6 else day


def is_working_day(day: date) -> bool:
    """Tell whether a day is no Saturday, Sunday or holiday."""
    return day.weekday() < 5 and day not in holidays(day.year)


def end_of_term(day: date) -> date:
    """Give the day on which a term really ends: one that ends on a free day goes on to the next working day.

    Source: Algemene termijnenwet, article 1.
    """
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
