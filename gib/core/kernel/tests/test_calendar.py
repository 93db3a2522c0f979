"""Days and periods beside slow answers: leap days, summer time, the turn of a year and of a century."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.kernel.clock import Now, now_on, real_now
from gib.core.kernel.dates import (
    Period,
    add_months,
    add_working_days,
    age_on,
    local_day,
    parse_date,
)
from gib.core.kernel.holidays import holidays
from gib.core.kernel.rules import CATALOGUE, RuleBroken

TODAY = date(2011, 1, 11)
NEAR = st.integers(-20, 20).map(lambda days: TODAY + timedelta(days=days))
ANY = st.dates(date(1920, 1, 1), date(2100, 1, 1))
PERIODS = st.tuples(NEAR, st.none() | st.integers(0, 15)).map(
    lambda told: Period(told[0], None if told[1] is None else told[0] + timedelta(days=told[1]))
)


def _days(period: Period) -> set[date]:
    last = period.to_on or TODAY + timedelta(days=60)
    return {period.from_on + timedelta(days=number) for number in range((last - period.from_on).days + 1)}


# Periods.


@given(PERIODS, NEAR)
def test_a_day_lies_in_a_period_when_it_is_one_of_its_days(period: Period, on: date) -> None:
    assert (on in period) is (on in _days(period))


@given(PERIODS, PERIODS)
def test_two_periods_overlap_when_they_share_a_day(one: Period, other: Period) -> None:
    assert one.overlaps(other) is other.overlaps(one) is bool(_days(one) & _days(other))


@given(PERIODS)
def test_a_period_overlaps_itself_and_not_what_comes_after(period: Period) -> None:
    assert period.overlaps(period)
    if period.to_on is not None:
        after = Period(period.to_on + timedelta(days=1))
        assert not period.overlaps(after)
        assert period.overlaps(Period(period.to_on))


@given(NEAR, st.integers(1, 400))
def test_a_period_does_not_end_before_it_begins(from_on: date, days: int) -> None:
    with pytest.raises(RuleBroken, match="period_backwards"):
        Period(from_on, from_on - timedelta(days=days))
    assert from_on in Period(from_on, from_on)


# The day in Amsterdam.


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2011, 1, 10, 22, 59, 59, tzinfo=UTC), date(2011, 1, 10)),
        (datetime(2011, 1, 10, 23, 0, tzinfo=UTC), date(2011, 1, 11)),
        (datetime(2011, 7, 10, 21, 59, 59, tzinfo=UTC), date(2011, 7, 10)),
        (datetime(2011, 7, 10, 22, 0, tzinfo=UTC), date(2011, 7, 11)),
        (datetime(2010, 12, 31, 23, 0, tzinfo=UTC), date(2011, 1, 1)),
        (datetime(2011, 3, 26, 23, 0, tzinfo=UTC), date(2011, 3, 27)),
        (datetime(2011, 3, 27, 22, 0, tzinfo=UTC), date(2011, 3, 28)),
        (datetime(2011, 10, 29, 22, 0, tzinfo=UTC), date(2011, 10, 30)),
        (datetime(2011, 10, 30, 22, 59, tzinfo=UTC), date(2011, 10, 30)),
        (datetime(2011, 10, 30, 23, 0, tzinfo=UTC), date(2011, 10, 31)),
        (datetime(2012, 2, 28, 23, 0, tzinfo=UTC), date(2012, 2, 29)),
    ],
)
def test_the_day_turns_at_midnight_in_amsterdam(at: datetime, day: date) -> None:
    assert local_day(at) == day


@given(st.integers(0, 25 * 366 * 24 * 60), st.integers(-12, 14))
def test_the_zone_in_which_a_moment_is_written_does_not_count(minutes: int, hours: int) -> None:
    moment = datetime(2005, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    assert local_day(moment.astimezone(timezone(timedelta(hours=hours)))) == local_day(moment)


@given(st.dates(date(2005, 1, 1), date(2030, 1, 1)))
def test_every_day_lasts_from_its_midnight_until_the_next(on: date) -> None:
    zone = ZoneInfo("Europe/Amsterdam")
    midnight = datetime(on.year, on.month, on.day, tzinfo=zone).astimezone(UTC)
    assert local_day(midnight) == on
    assert local_day(midnight - timedelta(seconds=1)) == on - timedelta(days=1)


def test_now_is_the_day_of_its_own_moment_unless_told() -> None:
    now = real_now()
    assert now.on == local_day(now.at)
    assert now_on(TODAY).on == TODAY
    assert abs((now_on(TODAY).at - real_now().at).total_seconds()) < 60
    assert now_on(None).on in (now.on, now.on + timedelta(days=1))
    assert Now(now.at, TODAY) == Now(now.at, TODAY)


# How people write a day.


@given(ANY, st.sampled_from(["-", "/", ".", " "]), st.sampled_from(["{:02}", "{}"]))
def test_a_day_written_in_full_is_read_back(on: date, sign: str, width: str) -> None:
    text = sign.join([width.format(on.day), width.format(on.month), str(on.year)])
    assert parse_date(f" {text} ", TODAY) == on
    assert parse_date(on.isoformat(), TODAY) == on


@given(st.dates(date(1911, 1, 12), TODAY))
def test_two_digits_mean_the_last_such_year(on: date) -> None:
    assert parse_date(f"{on.day}-{on.month}-{on.year % 100:02}", TODAY) == on


@pytest.mark.parametrize(
    ("text", "latest", "day"),
    [
        ("11-1-11", TODAY, date(2011, 1, 11)),
        ("12-1-11", TODAY, date(1911, 1, 12)),
        ("1-1-00", TODAY, date(2000, 1, 1)),
        ("31-12-99", TODAY, date(1999, 12, 31)),
        ("29-2-08", TODAY, date(2008, 2, 29)),
        ("29-2-12", date(2012, 3, 1), date(2012, 2, 29)),
        ("1-1-0980", TODAY, date(980, 1, 1)),
    ],
)
def test_years_at_the_edge(text: str, latest: date, day: date) -> None:
    assert parse_date(text, latest) == day


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("31-2-2011", "28-02-2011"),
        ("30-2-2012", "29-02-2012"),
        ("29-2-2011", "28-02-2011"),
        ("31-4-2011", "30-04-2011"),
        ("31-11-1981", "30-11-1981"),
        ("2011-02-30", "28-02-2011"),
    ],
)
def test_a_day_that_does_not_exist_is_told_with_one_that_does(text: str, nearest: str) -> None:
    with pytest.raises(RuleBroken, match="date_impossible") as broken:
        parse_date(text, TODAY)
    assert broken.value.facts == {"nearest": nearest}
    assert nearest in CATALOGUE["date_impossible"].format(**broken.value.facts)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "gisteren", "1-1", "1981", "32-1-2011", "1-13-2011", "0-1-2011", "1-0-2011", "1-1-20111"),
        *("1--1-2011", "1-1-2011-", "11-jan-2011", "2011/01/11", "1-1-'11", "-1-1-2011", "99-99-9999"),
        *("٣/١/٢٠١١x", "1,1,2011", "0000-00-00", "31-12-0000"),
    ],
)
def test_what_is_no_day_is_told_how_to_write_one(text: str) -> None:
    with pytest.raises(RuleBroken, match="date_unreadable"):
        parse_date(text, TODAY)


@given(st.text(max_size=12))
def test_any_text_is_a_day_or_refused_with_a_code(text: str) -> None:
    try:
        assert isinstance(parse_date(text, TODAY), date)
    except RuleBroken as broken:
        assert broken.code in ("date_unreadable", "date_impossible")


# Ages and terms.


@given(st.dates(date(1990, 1, 1), date(2011, 1, 1)), st.integers(0, 9000))
def test_an_age_is_the_number_of_birthdays_that_came(born: date, days: int) -> None:
    on = born + timedelta(days=days)
    birthdays = 0
    for year in range(born.year + 1, on.year + 1):
        try:
            birthday = born.replace(year=year)
        except ValueError:
            birthday = date(year, 3, 1)
        birthdays += birthday <= on
    assert age_on(born, on) == birthdays


@pytest.mark.parametrize(
    ("on", "months", "then"),
    [
        (date(2011, 1, 31), 1, date(2011, 2, 28)),
        (date(2012, 1, 31), 1, date(2012, 2, 29)),
        (date(2008, 2, 29), 12, date(2009, 2, 28)),
        (date(2008, 2, 29), 48, date(2012, 2, 29)),
        (date(2010, 12, 31), 2, date(2011, 2, 28)),
        (date(2011, 3, 31), -1, date(2011, 2, 28)),
        (date(2011, 1, 11), 0, date(2011, 1, 11)),
    ],
)
def test_months_end_on_a_day_that_exists(on: date, months: int, then: date) -> None:
    assert add_months(on, months) == then


@given(ANY, st.integers(0, 120))
def test_months_later_is_so_many_months_later(on: date, months: int) -> None:
    then = add_months(on, months)
    assert (then.year - on.year) * 12 + then.month - on.month == months
    assert then.day == on.day or (then + timedelta(days=1)).day == 1


@given(NEAR, st.integers(0, 25), st.frozensets(NEAR, max_size=6))
def test_working_days_are_counted_one_by_one(on: date, days: int, more: frozenset[date]) -> None:
    then = add_working_days(on, days, more)
    between = [on + timedelta(days=number) for number in range(1, (then - on).days + 1)]
    free = more.union(*(holidays(year) for year in {on.year, then.year}))
    assert sum(day.isoweekday() <= 5 and day not in free for day in between) == days
    assert days == 0 or (then.isoweekday() <= 5 and then not in free)


def test_no_working_days_from_now_is_now_even_on_sunday() -> None:
    assert add_working_days(date(2011, 1, 9), 0) == date(2011, 1, 9)
    assert add_working_days(date(2011, 1, 7), 1) == date(2011, 1, 10)
