"""The claims engine beside a ledger made by hand: the years 2010 to 2026, to the last cent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.kernel.rules import RuleBroken
from gib.people.volunteers.domain import allowances
from gib.people.volunteers.domain.allowances import (
    Allowance,
    Amount,
    Limits,
    Rate,
    Verdict,
    allowance_on,
    check_fits,
    hour_rate,
    hours_cents,
    judge,
    limits_on,
    rate_on,
    travel_cents,
)

#: The amounts of law 8.3 in euros, written down by hand: year -> month, year, an hour, an hour when young.
LEDGER: Final = {
    **dict.fromkeys(range(2010, 2019), ("150", "1500", "4.50", "2.50")),
    2019: ("170", "1700", None, None),
    2020: ("170", "1700", "5.00", "2.75"),
    2021: ("180", "1800", "5.00", "2.75"),
    2022: ("180", "1800", "5.00", "2.75"),
    2023: ("190", "1900", "5.00", "2.75"),
    2024: ("210", "2100", "5.50", "3.25"),
    2025: ("210", "2100", "5.60", "3.30"),
    2026: ("220", "2200", None, None),
}
#: What a kilometre of an employee is worth: law 8.4, in euros.
PER_KM: Final = {
    **dict.fromkeys(range(2010, 2023), "0.19"),
    2023: "0.21",
    2024: "0.23",
    2025: "0.23",
    2026: "0.23",
}
UNCONFIRMED: Final = 2026


def cents(text: str | None) -> int | None:
    return None if text is None else int(Decimal(text) * 100)


def table() -> list[Allowance]:
    """Write the ledger as the rows of the engine, a year each."""
    return [
        Allowance(
            date(year, 1, 1),
            date(year + 1, 1, 1),
            int(month) * 100,
            int(whole) * 100,
            cents(hour),
            cents(young),
            adult_age=23,
            is_confirmed=year != UNCONFIRMED,
        )
        for year, (month, whole, hour, young) in LEDGER.items()
    ]


def by_hand(paid: list[Amount], new: Amount, elsewhere: int = 0) -> Verdict:
    """Judge slowly and in euros: add up the month, add up the year, look both up in the ledger."""
    year = new.on.year if new.on.year != UNCONFIRMED else UNCONFIRMED - 1
    month_most, year_most = (Decimal(text or "0") for text in LEDGER[year][:2])
    everything = [*paid, new]
    in_year = [Decimal(row.cents) / 100 for row in everything if row.on.year == new.on.year]
    in_month = [
        Decimal(row.cents) / 100
        for row in everything
        if (row.on.year, row.on.month) == (new.on.year, new.on.month)
    ]
    over_month, over_year = sum(in_month) > month_most, sum(in_year) + Decimal(elsewhere) / 100 > year_most
    if new.cents <= 0 or not (over_month or over_year):
        return Verdict.FITS
    if new.on.year == UNCONFIRMED:
        return Verdict.REVIEW
    return Verdict.MONTH_FULL if over_month else Verdict.YEAR_FULL


def limits(year: int) -> Limits:
    return limits_on(table(), date(year, 6, 1))


@pytest.mark.requirement("DEC-03")
@pytest.mark.parametrize("year", LEDGER)
class TestLedger:
    """Each year of the ledger, at the last cent that fits and the first that does not."""

    def test_the_month(self, year: int) -> None:
        most = int(LEDGER[UNCONFIRMED - 1 if year == UNCONFIRMED else year][0]) * 100
        full = Amount(date(year, 3, 31), most - 1)
        for new, wanted in ((1, Verdict.FITS), (2, Verdict.MONTH_FULL)):
            here = judge(limits(year), [full], Amount(date(year, 3, 1), new))
            assert here == by_hand([full], Amount(date(year, 3, 1), new))
            assert here == (Verdict.REVIEW if year == UNCONFIRMED and new > 1 else wanted)
            assert judge(limits(year), [full], Amount(date(year, 4, 1), new)) is Verdict.FITS

    def test_ten_full_months_fill_the_year(self, year: int) -> None:
        most = int(LEDGER[UNCONFIRMED - 1 if year == UNCONFIRMED else year][0]) * 100
        paid = [Amount(date(year, month, 15), most) for month in range(1, 10)]
        tenth, after = Amount(date(year, 10, 1), most), Amount(date(year, 11, 1), 1)
        assert judge(limits(year), paid, tenth) is Verdict.FITS
        found = judge(limits(year), [*paid, tenth], after)
        assert found == by_hand([*paid, tenth], after)
        assert found == (Verdict.REVIEW if year == UNCONFIRMED else Verdict.YEAR_FULL)

    def test_other_years_do_not_count(self, year: int) -> None:
        around = [Amount(date(year - 1, 12, 31), 999_999), Amount(date(year + 1, 1, 1), 999_999)]
        assert judge(limits(year), around, Amount(date(year, 1, 1), 15_000)) is Verdict.FITS

    def test_a_kilometre(self, year: int) -> None:
        fiscal = [Rate(date(at, 1, 1), date(at + 1, 1, 1), cents(text) or 0) for at, text in PER_KM.items()]
        for tenths in (*range(0, 400), 1000, 99_999):
            exact = Decimal(tenths) / 10 * Decimal(PER_KM[year])
            wanted = int(exact.quantize(Decimal("0.01"), ROUND_HALF_UP) * 100)
            for on in (date(year, 1, 1), date(year, 12, 31)):
                assert travel_cents(tenths, rate_on((), fiscal, on).cents) == wanted

    def test_an_hour(self, year: int) -> None:
        row = allowance_on(table(), date(year, 7, 1))
        if LEDGER[year][2] is None:
            with pytest.raises(RuleBroken, match="hourly_unsettled"):
                hour_rate(row, 40)
            return
        for age, text in ((23, LEDGER[year][2]), (22, LEDGER[year][3]), (None, LEDGER[year][3])):
            for minutes in (1, 7, 30, 45, 90, 240):
                exact = Decimal(str(text)) * minutes / 60
                wanted = int(exact.quantize(Decimal("0.01"), ROUND_HALF_UP) * 100)
                assert hours_cents(minutes, hour_rate(row, age)) == wanted


DAYS = st.dates(date(2010, 1, 1), date(2026, 12, 31))
AMOUNTS = st.builds(Amount, DAYS, st.integers(-20_000, 25_000))


@given(st.lists(AMOUNTS, max_size=30), DAYS, st.integers(-500, 30_000), st.integers(0, 200_000))
def test_any_payments_are_judged_as_by_hand(paid: list[Amount], on: date, new: int, elsewhere: int) -> None:
    here = judge(limits_on(table(), on), paid, Amount(on, new), elsewhere)
    assert here == by_hand(paid, Amount(on, new), elsewhere)


def test_a_wrong_engine_would_be_noticed() -> None:
    """The comparison has teeth: an engine that is one cent too generous differs from the ledger."""
    on = date(2025, 5, 1)
    generous = replace(limits_on(table(), on), month_cents=21_001)
    assert judge(generous, [], Amount(on, 21_001)) != by_hand([], Amount(on, 21_001))


@pytest.mark.requirement("DEC-01")
class TestUnconfirmed:
    """A year that nobody stands for is paid up to the last one that somebody does."""

    on = date(2026, 2, 3)

    @pytest.mark.parametrize(("new", "wanted"), [(21_000, Verdict.FITS), (21_001, Verdict.REVIEW)])
    def test_up_to_the_year_before(self, new: int, wanted: Verdict) -> None:
        assert judge(limits_on(table(), self.on), [], Amount(self.on, new)) is wanted
        assert judge(limits_on(table(), self.on), [], Amount(self.on, 21_500)) is Verdict.REVIEW

    def test_once_somebody_stands_for_it_its_own_amounts_count(self) -> None:
        rows = [replace(row, is_confirmed=True) for row in table()]
        assert judge(limits_on(rows, self.on), [], Amount(self.on, 22_000)) is Verdict.FITS
        assert judge(limits_on(rows, self.on), [], Amount(self.on, 22_001)) is Verdict.MONTH_FULL

    def test_without_any_confirmed_year_all_is_looked_at(self) -> None:
        rows = [replace(row, is_confirmed=False) for row in table()]
        assert judge(limits_on(rows, self.on), [], Amount(self.on, 1)) is Verdict.REVIEW

    def test_a_later_year_says_nothing_about_an_earlier_one(self) -> None:
        rows = [replace(row, is_confirmed=row.from_on == date(2026, 1, 1)) for row in table()]
        assert limits_on(rows, date(2025, 2, 3)).month_cents == 0


@pytest.mark.requirement("DEC-03")
def test_the_example_of_the_tax_office() -> None:
    """Four euros an hour with travel comes to 208 in a month of 2023: the whole is no allowance any more."""
    on = date(2023, 6, 30)
    paid = [Amount(date(2023, 6, day), 2_600) for day in range(1, 8)]
    assert sum(row.cents for row in paid) + 2_600 == 20_800
    with pytest.raises(RuleBroken) as refused:
        check_fits(limits_on(table(), on), paid, Amount(on, 2_600), 0)
    assert (refused.value.code, refused.value.facts) == ("allowance_month_full", {"left": "€\u00a08,00"})


@pytest.mark.requirement("DEC-06")
def test_what_others_pay_lowers_the_year() -> None:
    paid = [Amount(date(2025, month, 1), 21_000) for month in range(1, 8)]
    check = limits_on(table(), date(2025, 9, 1))
    assert check_fits(check, paid, Amount(date(2025, 9, 1), 3_000), 60_000) is Verdict.FITS
    with pytest.raises(RuleBroken, match="allowance_year_full"):
        check_fits(check, paid, Amount(date(2025, 9, 1), 3_001), 60_000)
    assert judge(check, [], Amount(date(2025, 9, 1), 1), 300_000) is Verdict.YEAR_FULL


def test_a_counter_entry_always_fits_and_makes_room() -> None:
    on = date(2025, 5, 1)
    full, back = Amount(on, 21_000), Amount(on, -5_000)
    here = limits_on(table(), on)
    assert judge(here, [full], back) is Verdict.FITS
    assert judge(here, [full, back], Amount(on, 5_000)) is Verdict.FITS
    assert judge(here, [full, back], Amount(on, 5_001)) is Verdict.MONTH_FULL


@pytest.mark.requirement("DEC-05")
class TestRates:
    """The day of the ride decides."""

    fiscal = (
        Rate(None, date(2023, 1, 1), 19),
        Rate(date(2023, 1, 1), date(2024, 1, 1), 21),
        Rate(date(2024, 1, 1), None, 23),
    )

    @pytest.mark.parametrize(
        ("on", "wanted"), [(date(2022, 12, 31), 19), (date(2023, 1, 1), 21), (date(2024, 1, 1), 23)]
    )
    def test_the_rate_of_a_day(self, on: date, wanted: int) -> None:
        assert rate_on((), self.fiscal, on).cents == wanted

    def test_the_own_rate_comes_first_on_its_days(self) -> None:
        own = (Rate(date(2024, 7, 1), date(2024, 8, 1), 30),)
        days = (date(2024, 6, 30), date(2024, 7, 1), date(2024, 7, 31), date(2024, 8, 1))
        assert [rate_on(own, self.fiscal, on).cents for on in days] == [23, 30, 30, 23]

    @pytest.mark.parametrize(
        ("tenths", "rate", "wanted"), [(125, 19, 238), (50, 19, 95), (5, 21, 11), (0, 19, 0)]
    )
    def test_half_a_cent_goes_up(self, tenths: int, rate: int, wanted: int) -> None:
        assert travel_cents(tenths, rate) == wanted
        assert travel_cents(-tenths, rate) == -wanted


@pytest.mark.parametrize(
    ("perform", "code"),
    [
        (lambda: rate_on((), (), date(2011, 1, 1)), "rate_unknown"),
        (lambda: allowance_on((), date(2011, 1, 1)), "allowance_unknown"),
        (lambda: limits_on(table(), date(2009, 12, 31)), "allowance_unknown"),
        (lambda: limits_on(table(), date(2027, 1, 1)), "allowance_unknown"),
    ],
)
def test_a_day_without_amounts(perform: Callable[[], object], code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        perform()


def test_every_day_of_the_ledger_has_one_row() -> None:
    on = date(2010, 1, 1)
    while on < date(2027, 1, 1):
        assert allowance_on(table(), on).from_on == date(on.year, 1, 1)
        on += timedelta(days=17)


def test_half_a_cent_goes_away_from_zero() -> None:
    assert [allowances.half_up(number, 10) for number in (-5, -4, 4, 5)] == [-1, 0, 0, 1]
