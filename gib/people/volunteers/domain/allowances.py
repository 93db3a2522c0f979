"""The claims engine: what a kilometre and an hour are worth on a day, and what fits in a month and a year.

Amounts are whole euro cents; kilometres are counted in tenths, time in minutes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from gib.core.kernel.money import euros
from gib.core.kernel.rules import RuleBroken, declare

declare(
    {
        "rate_unknown": "Voor deze dag is geen bedrag per kilometer vastgelegd.",
        "allowance_unknown": "Voor deze dag is geen hoogste bedrag voor vrijwilligers vastgelegd.",
        "hourly_unsettled": "Voor dit jaar is geen bedrag per uur vastgelegd.",
        "allowance_month_full": (
            "Dit past niet meer in deze maand. Er mag nog {left} bij. Over het hoogste bedrag heen gaat niet."
        ),
        "allowance_year_full": (
            "Dit past niet meer in dit jaar. Er mag nog {left} bij. Over het hoogste bedrag heen gaat niet."
        ),
    }
)

_TENTHS: Final = 10
_HOUR: Final = 60


class Mode(StrEnum):
    """How a volunteer is paid in a year: what she can prove, or an allowance within limits."""

    COSTS = "costs"
    ALLOWANCE = "allowance"


class Verdict(StrEnum):
    """What the limits say of one more payment."""

    FITS = "fits"
    REVIEW = "review"
    MONTH_FULL = "month_full"
    YEAR_FULL = "year_full"


@dataclass(frozen=True)
class Allowance:
    """The fiscal amounts for volunteers from a day, up to and without another.

    The amounts an hour are empty where no source settles them; `adult_age` is the age from which the higher
    one counts. Source: law 8.3.
    """

    from_on: date | None
    until: date | None
    month_cents: int
    year_cents: int
    hour_cents: int | None = None
    young_hour_cents: int | None = None
    adult_age: int | None = None
    is_confirmed: bool = True

    def is_over(self, on: date) -> bool:
        """Tell whether on a day others hold."""
        return self.until is not None and self.until <= on


@dataclass(frozen=True)
class Rate:
    """What a kilometre is worth in cents, from a day, up to and without another."""

    from_on: date | None
    until: date | None
    cents: int


@dataclass(frozen=True)
class Amount:
    """What was or would be paid for the work of one day; a counter-entry is negative."""

    on: date
    cents: int


@dataclass(frozen=True)
class Limits:
    """How much a month and a year may hold, and whether somebody stands for that.

    Of a year that nobody stands for, `month_cents` and `year_cents` are those of the last year that somebody
    does stand for: what lies above them is looked at by a person.
    """

    month_cents: int
    year_cents: int
    is_confirmed: bool


def half_up(number: int, divisor: int) -> int:
    """Divide and round to whole cents, half a cent away from zero."""
    sign = -1 if number < 0 else 1
    return sign * ((2 * abs(number) + divisor) // (2 * divisor))


def travel_cents(km_tenths: int, rate_cents: int) -> int:
    """Give what a ride is worth, rounded half up to cents per line. Source: DEC-05."""
    return half_up(km_tenths * rate_cents, _TENTHS)


def hours_cents(minutes: int, hour_cents: int) -> int:
    """Give what some time is worth at an amount an hour, rounded half up to cents."""
    return half_up(minutes * hour_cents, _HOUR)


def _holds(row: Allowance | Rate, on: date) -> bool:
    return (row.from_on is None or row.from_on <= on) and (row.until is None or on < row.until)


def rate_on(own: Iterable[Rate], fiscal: Iterable[Rate], on: date) -> Rate:
    """Give what a kilometre of a day is worth: the own rate, else the fiscal one of employees.

    Raises:
        RuleBroken: 'rate_unknown' when there is none.

    Source: DEC-05, law 8.4.
    """
    for row in (*own, *fiscal):
        if _holds(row, on):
            return row
    raise RuleBroken("rate_unknown")


def allowance_on(rows: Iterable[Allowance], on: date) -> Allowance:
    """Give the fiscal amounts of a day.

    Raises:
        RuleBroken: 'allowance_unknown' when there are none.
    """
    for row in rows:
        if _holds(row, on):
            return row
    raise RuleBroken("allowance_unknown")


def hour_rate(row: Allowance, age: int | None) -> int:
    """Give the guide amount an hour in cents for somebody of an age; of an unknown age, the lower one.

    Raises:
        RuleBroken: 'hourly_unsettled' when no source settles it for that year.
    """
    if row.hour_cents is None or row.young_hour_cents is None:
        raise RuleBroken("hourly_unsettled")
    is_adult = age is not None and age >= (row.adult_age or 0)
    return row.hour_cents if is_adult else row.young_hour_cents


def limits_on(rows: Iterable[Allowance], on: date) -> Limits:
    """Give what a month and a year of a day may hold.

    Raises:
        RuleBroken: 'allowance_unknown'.

    Source: DEC-01: above the amounts of the last confirmed year a person looks.
    """
    known = sorted(rows, key=lambda row: row.from_on or date.min)
    row = allowance_on(known, on)
    if row.is_confirmed:
        return Limits(row.month_cents, row.year_cents, True)
    last = next((each for each in reversed(known) if each.is_confirmed and each.is_over(on)), None)
    return Limits(last.month_cents, last.year_cents, False) if last else Limits(0, 0, False)


def room(limits: Limits, known: Iterable[Amount], on: date, elsewhere_cents: int) -> tuple[int, int]:
    """Give how many cents still fit in the month and in the year of a day; nothing left is zero.

    Args:
        known: every amount granted or paid to her, of whatever day.
        elsewhere_cents: what she declared to receive from other organisations in that year (DEC-06).
    """
    year = [row for row in known if row.on.year == on.year]
    month_left = limits.month_cents - sum(row.cents for row in year if row.on.month == on.month)
    year_left = limits.year_cents - elsewhere_cents - sum(row.cents for row in year)
    return max(month_left, 0), max(year_left, 0)


def judge(limits: Limits, known: Iterable[Amount], new: Amount, elsewhere_cents: int = 0) -> Verdict:
    """Say whether one more payment of an allowance fits: everything paid counts, to the last cent.

    A payment counts in the month of the work that it is for, so that nobody is stopped because an office was
    late. A counter-entry always fits.

    Source: DEC-01, DEC-03, DEC-06.
    """
    month_left, year_left = room(limits, known, new.on, elsewhere_cents)
    if new.cents <= 0 or new.cents <= min(month_left, year_left):
        return Verdict.FITS
    if not limits.is_confirmed:
        return Verdict.REVIEW
    return Verdict.MONTH_FULL if new.cents > month_left else Verdict.YEAR_FULL


def check_fits(limits: Limits, known: Iterable[Amount], new: Amount, elsewhere_cents: int) -> Verdict:
    """Refuse a payment at the first cent over the month or the year.

    Returns: `FITS` or `REVIEW`.

    Raises:
        RuleBroken: 'allowance_month_full', 'allowance_year_full' with how much is left.
    """
    rows = list(known)
    verdict = judge(limits, rows, new, elsewhere_cents)
    month_left, year_left = room(limits, rows, new.on, elsewhere_cents)
    if verdict is Verdict.MONTH_FULL:
        raise RuleBroken("allowance_month_full", left=euros(month_left))
    if verdict is Verdict.YEAR_FULL:
        raise RuleBroken("allowance_year_full", left=euros(year_left))
    return verdict
