"""Local days (Europe/Amsterdam) and how people write them."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from gib.core.kernel.holidays import is_working_day
from gib.core.kernel.rules import RuleBroken, declare

ZONE = ZoneInfo("Europe/Amsterdam")
_WRITTEN = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")

declare(
    {
        "date_unreadable": (
            "Deze datum kunnen wij niet lezen. Schrijf hem als dag-maand-jaar, bijvoorbeeld 27-03-1981."
        ),
        "date_impossible": "Deze dag bestaat niet. Vul een andere dag in, bijvoorbeeld {nearest}.",
        "period_backwards": "De einddatum ligt voor de begindatum.",
    }
)


@dataclass(frozen=True)
class Period:
    """Days from `from_on` up to and including `to_on`; an empty `to_on` is open-ended."""

    from_on: date
    to_on: date | None = None

    def __post_init__(self) -> None:
        if self.to_on is not None and self.to_on < self.from_on:
            raise RuleBroken("period_backwards")

    def __contains__(self, on: date) -> bool:
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)

    def overlaps(self, other: "Period") -> bool:
        """Tell whether the two periods share at least one day."""
        return (other.to_on is None or self.from_on <= other.to_on) and (
            self.to_on is None or other.from_on <= self.to_on
        )


def local_day(at: datetime) -> date:
    """Give the day in Amsterdam of an aware moment."""
    return at.astimezone(ZONE).date()


def parse_date(text: str, latest: date) -> date:
    """Read a day as people write it: 27-03-1981, 27/3/81, 27.3.1981 or 1981-03-27.

    Args:
        text: what was typed.
        latest: two digits of a year mean the last such year up to and including this day.

    Raises:
        RuleBroken: 'date_unreadable' for another form, 'date_impossible' for 31-02.
    """
    text = text.strip()
    if iso := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in iso.groups())
        return _day(year, month, day)
    if not (written := _WRITTEN.fullmatch(text)):
        raise RuleBroken("date_unreadable")
    day, month, year = (int(part) for part in written.groups())
    if len(written.group(3)) == 2:
        year = _century(day, month, year, latest)
    return _day(year, month, day)


def _century(day: int, month: int, short: int, latest: date) -> int:
    year = latest.year // 100 * 100 + short
    return year if (year, month, day) <= (latest.year, latest.month, latest.day) else year - 100


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        if 1 <= month <= 12 and 28 < day <= 31 and year >= 1:
            nearest = date(year, month, 1) + relativedelta(months=1, days=-1)
            raise RuleBroken("date_impossible", nearest=f"{nearest:%d-%m-%Y}") from error
        raise RuleBroken("date_unreadable") from error


def age_on(born_on: date, on: date) -> int:
    """Give the age in whole years on a day; a child of 29 February has its birthday on 1 March."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def add_months(on: date, months: int) -> date:
    """Count calendar months; a day that does not exist becomes the last of its month."""
    return on + relativedelta(months=months)


def add_working_days(on: date, days: int, more: frozenset[date] = frozenset()) -> date:
    """Count working days after a day: Monday to Friday, less the holidays of the country and `more`."""
    while days > 0:
        on += timedelta(days=1)
        days -= is_working_day(on) and on not in more
    return on
