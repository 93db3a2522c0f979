"""Days on which terms do not run out: the generally recognised holidays of the Netherlands."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from holidays import OPTIONAL, PUBLIC, country_holidays


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[date]:
    """Give the holidays of a year, less the Sundays of Easter and Whitsun, which are free as Sundays.

    Source: Algemene termijnenwet, article 3; Good Friday counts as one, and Liberation Day in every year.
    """
    found = country_holidays("NL", years=year, categories=(PUBLIC, OPTIONAL), language="nl")
    found.pop_named("Eerste p", lookup="istartswith")
    return frozenset(found)


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


@lru_cache(maxsize=64)
def holiday_names(year: int, language: str = "nl") -> Mapping[date, str]:
    """Give the holidays of a year by their names, the Sundays of Easter and Whitsun included.

    Args:
        language: a code of two letters; what the library lacks is told in Dutch.
    """
    spoken = {"en": "en_US"}.get(language, "nl")
    found = country_holidays("NL", years=year, categories=(PUBLIC, OPTIONAL), language=spoken)
    return dict(found.items())
