"""Holidays against a calendar written out by hand, and terms that end on them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.kernel.dates import add_working_days
from gib.core.kernel.holidays import end_of_term, holiday_names, holidays, is_working_day

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


#: Each holiday with its name, as the calendars of these years print them.
NAMED = [
    ("2010-01-01", "Nieuwjaarsdag"),
    ("2010-04-02", "Goede vrijdag"),
    ("2010-04-04", "Eerste paasdag"),
    ("2010-04-05", "Tweede paasdag"),
    ("2010-04-30", "Koninginnedag"),
    ("2010-05-05", "Bevrijdingsdag"),
    ("2010-05-13", "Hemelvaartsdag"),
    ("2010-05-23", "Eerste pinksterdag"),
    ("2010-05-24", "Tweede pinksterdag"),
    ("2010-12-25", "Eerste kerstdag"),
    ("2010-12-26", "Tweede kerstdag"),
    ("2011-01-01", "Nieuwjaarsdag"),
    ("2011-04-22", "Goede vrijdag"),
    ("2011-04-24", "Eerste paasdag"),
    ("2011-04-25", "Tweede paasdag"),
    ("2011-04-30", "Koninginnedag"),
    ("2011-05-05", "Bevrijdingsdag"),
    ("2011-06-02", "Hemelvaartsdag"),
    ("2011-06-12", "Eerste pinksterdag"),
    ("2011-06-13", "Tweede pinksterdag"),
    ("2011-12-25", "Eerste kerstdag"),
    ("2011-12-26", "Tweede kerstdag"),
    ("2012-01-01", "Nieuwjaarsdag"),
    ("2012-04-06", "Goede vrijdag"),
    ("2012-04-08", "Eerste paasdag"),
    ("2012-04-09", "Tweede paasdag"),
    ("2012-04-30", "Koninginnedag"),
    ("2012-05-05", "Bevrijdingsdag"),
    ("2012-05-17", "Hemelvaartsdag"),
    ("2012-05-27", "Eerste pinksterdag"),
    ("2012-05-28", "Tweede pinksterdag"),
    ("2012-12-25", "Eerste kerstdag"),
    ("2012-12-26", "Tweede kerstdag"),
    ("2013-01-01", "Nieuwjaarsdag"),
    ("2013-03-29", "Goede vrijdag"),
    ("2013-03-31", "Eerste paasdag"),
    ("2013-04-01", "Tweede paasdag"),
    ("2013-04-30", "Koninginnedag"),
    ("2013-05-05", "Bevrijdingsdag"),
    ("2013-05-09", "Hemelvaartsdag"),
    ("2013-05-19", "Eerste pinksterdag"),
    ("2013-05-20", "Tweede pinksterdag"),
    ("2013-12-25", "Eerste kerstdag"),
    ("2013-12-26", "Tweede kerstdag"),
    ("2026-01-01", "Nieuwjaarsdag"),
    ("2026-04-03", "Goede vrijdag"),
    ("2026-04-05", "Eerste paasdag"),
    ("2026-04-06", "Tweede paasdag"),
    ("2026-04-27", "Koningsdag"),
    ("2026-05-05", "Bevrijdingsdag"),
    ("2026-05-14", "Hemelvaartsdag"),
    ("2026-05-24", "Eerste pinksterdag"),
    ("2026-05-25", "Tweede pinksterdag"),
    ("2026-12-25", "Eerste kerstdag"),
    ("2026-12-26", "Tweede kerstdag"),
    ("2027-01-01", "Nieuwjaarsdag"),
    ("2027-03-26", "Goede vrijdag"),
    ("2027-03-28", "Eerste paasdag"),
    ("2027-03-29", "Tweede paasdag"),
    ("2027-04-27", "Koningsdag"),
    ("2027-05-05", "Bevrijdingsdag"),
    ("2027-05-06", "Hemelvaartsdag"),
    ("2027-05-16", "Eerste pinksterdag"),
    ("2027-05-17", "Tweede pinksterdag"),
    ("2027-12-25", "Eerste kerstdag"),
    ("2027-12-26", "Tweede kerstdag"),
]


@pytest.mark.parametrize(("on", "name"), NAMED)
def test_a_holiday_has_its_name_on_its_day(on: str, name: str) -> None:
    told = holiday_names(int(on[:4]))
    assert told[date.fromisoformat(on)] == name
    assert list(told.values()).count(name) == 1


@pytest.mark.parametrize("year", [2010, 2011, 2012, 2013, 2026, 2027])
def test_no_other_day_of_a_year_has_a_name(year: int) -> None:
    assert {str(on) for on in holiday_names(year)} == {on for on, _name in NAMED if on[:4] == str(year)}
