"""Holidays against a calendar written out by hand, and terms that end on them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.kernel.dates import add_working_days
from gib.core.kernel.holidays import end_of_term, holidays, is_working_day

#: As the calendars of these years say.
YEARS = {
    2009: ("1-1", "10-4", "13-4", "30-4", "5-5", "21-5", "1-6", "25-12", "26-12"),
    2011: ("1-1", "22-4", "25-4", "30-4", "5-5", "2-6", "13-6", "25-12", "26-12"),
    2014: ("1-1", "18-4", "21-4", "26-4", "5-5", "29-5", "9-6", "25-12", "26-12"),
    2024: ("1-1", "29-3", "1-4", "27-4", "5-5", "9-5", "20-5", "25-12", "26-12"),
}
DAYS = st.dates(date(2005, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize("year", YEARS)
def test_the_holidays_are_those_of_the_calendar(year: int) -> None:
    written = {date(year, int(month), int(day)) for day, month in (each.split("-") for each in YEARS[year])}
    assert holidays(year) == written


def test_the_birthday_is_never_kept_on_a_sunday() -> None:
    assert date(2006, 4, 29) in holidays(2006)
    assert date(2006, 4, 30) not in holidays(2006)


def test_working_days_go_around_christmas_and_new_year() -> None:
    assert add_working_days(date(2009, 12, 24), 1) == date(2009, 12, 28)
    assert add_working_days(date(2009, 12, 31), 1) == date(2010, 1, 4)
    assert add_working_days(date(2011, 4, 21), 2) == date(2011, 4, 27)


@given(on=DAYS, days=st.integers(1, 15))
def test_a_working_day_is_what_is_counted(on: date, days: int) -> None:
    end = add_working_days(on, days)
    passed = (on + timedelta(days=at) for at in range(1, (end - on).days + 1))
    assert (sum(is_working_day(day) for day in passed), is_working_day(end)) == (days, True)


@given(DAYS)
def test_a_term_ends_on_the_first_working_day_from_its_last(day: date) -> None:
    end = end_of_term(day)
    assert is_working_day(end)
    assert not any(is_working_day(day + timedelta(days=at)) for at in range((end - day).days))
