"""The rhythm of visits in local time, over ten years and every change of the clock."""

import itertools
from datetime import UTC, date, datetime, time, timedelta

import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar as Reader
from x_wr_timezone import to_standard

from gib.care.products.domain.series import (
    CALLED_OFF,
    Change,
    Gap,
    Rhythm,
    check_change,
    check_free,
    check_hour,
    due_days,
    occurrences,
)
from gib.care.products.tests.conftest import broken
from gib.core.kernel.dates import ZONE, Period
from gib.core.kernel.holidays import holidays
from gib.core.papers.feed import Slot, ics

#: A Monday; the six days after it are the other weekdays.
MONDAY = date(2010, 1, 4)
TEN_YEARS = Period(MONDAY, date(2020, 1, 31))
TODAY = date(2011, 1, 11)
SUNDAYS = {
    *(date(2010, 3, 28), date(2010, 10, 31), date(2011, 3, 27), date(2011, 10, 30), date(2012, 3, 25)),
    *(date(2012, 10, 28), date(2013, 3, 31), date(2013, 10, 27), date(2014, 3, 30), date(2014, 10, 26)),
    *(date(2015, 3, 29), date(2015, 10, 25), date(2016, 3, 27), date(2016, 10, 30), date(2017, 3, 26)),
    *(date(2017, 10, 29), date(2018, 3, 25), date(2018, 10, 28), date(2019, 3, 31), date(2019, 10, 27)),
}


def a_rhythm(weekday: int = 0, every: int = 14, at: time = time(10, 30)) -> Rhythm:
    return Rhythm(MONDAY + timedelta(days=weekday), at, every)


# ---- ten years


@pytest.mark.parametrize("weekday", range(7))
def test_ten_years_of_visits_never_leave_their_hour_on_the_wall(weekday: int) -> None:
    found = occurrences(a_rhythm(weekday), [], TEN_YEARS)
    assert len(found) in (262, 263)
    assert {(each.due_on.weekday(), each.moment.astimezone(ZONE).time()) for each in found} == {
        (weekday, time(10, 30))
    }
    days = [each.on for each in found]
    assert {after - before for before, after in itertools.pairwise(days)} == {timedelta(days=14)}


def test_every_night_of_summer_time_is_met_by_one_of_two_series_on_sunday() -> None:
    both = [Rhythm(MONDAY + timedelta(days=6 + later), time(10, 30), 14) for later in (0, 7)]
    days = {each.on: each for rhythm in both for each in occurrences(rhythm, [], TEN_YEARS)}
    assert set(days) >= SUNDAYS
    for sunday in SUNDAYS:
        hours = {3: 2, 10: 1}[sunday.month]
        expected = datetime(sunday.year, sunday.month, sunday.day, 10, 30, tzinfo=UTC) - timedelta(
            hours=hours
        )
        assert days[sunday].moment.astimezone(UTC) == expected


@pytest.mark.parametrize("weekday", range(7))
def test_the_feed_of_ten_years_read_back_is_the_series(weekday: int) -> None:
    changes = [
        Change(MONDAY + timedelta(days=weekday + 28), Gap.CLOSURE),
        Change(MONDAY + timedelta(days=weekday + 14), Gap.MOVED, date(2010, 1, 27), time(15, 15)),
    ]
    found = [each for each in occurrences(a_rhythm(weekday), changes, TEN_YEARS) if not each.falls_away]
    slots = [Slot(f"{each.due_on}@agenda", each.on, each.at, 90) for each in found]
    body = ics(slots, "Afspraak", datetime(2010, 1, 1, 12, tzinfo=ZONE))
    read = recurring_ical_events.of(to_standard(Reader.from_ical(body))).between(MONDAY, date(2020, 3, 1))
    told = {str(event["UID"]): event["DTSTART"].dt for event in read}
    assert told == {slot.uid: each.moment for slot, each in zip(slots, found, strict=True)}
    assert {at.time() for at in told.values()} == {time(10, 30), time(15, 15)}


@given(
    start=st.dates(date(2010, 1, 1), date(2012, 1, 1)),
    every=st.sampled_from([7, 14, 28]),
    first=st.dates(date(2009, 1, 1), date(2013, 1, 1)),
    length=st.integers(0, 400),
    last=st.none() | st.dates(date(2012, 1, 1), date(2013, 1, 1)),
)
def test_the_days_are_those_that_one_would_count(
    start: date, every: int, first: date, length: int, last: date | None
) -> None:
    window = Period(first, first + timedelta(days=length))
    slow = [start + timedelta(days=every * each) for each in range(400)]
    wanted = [day for day in slow if day in window and (last is None or day <= last)]
    assert due_days(Rhythm(start, time(10), every, last), window) == wanted


def test_without_any_end_there_is_no_list() -> None:
    assert due_days(a_rhythm(), Period(MONDAY)) == []


# ---- days that are otherwise


def test_a_holiday_falls_away_by_itself_and_a_decision_goes_before_it() -> None:
    whit = date(2011, 6, 13)
    assert whit in holidays(2011)
    rhythm = Rhythm(date(2011, 5, 30), time(10), 14)
    (one,) = occurrences(rhythm, [], Period(whit, whit))
    assert (one.falls_away, one.why) == (True, Gap.HOLIDAY)
    (same,) = occurrences(rhythm, [Change(whit, Gap.MOVED, whit)], Period(whit, whit))
    assert (same.falls_away, same.on, same.at) == (False, whit, time(10))
    (other,) = occurrences(rhythm, [Change(whit, Gap.REGIME)], Period(whit, whit))
    assert (other.falls_away, other.why) == (True, Gap.REGIME)


def test_a_shut_day_falls_away_with_its_reason() -> None:
    rhythm = Rhythm(TODAY, time(10), 14)
    window = Period(TODAY, TODAY + timedelta(days=14))
    first, second = occurrences(rhythm, [], window, lambda day: Gap.AWAY if day == TODAY else None)
    assert (first.why, first.falls_away, second.why, second.falls_away) == (Gap.AWAY, True, None, False)


def test_every_reason_to_fall_away_says_who_called_it_off() -> None:
    assert set(CALLED_OFF) == set(Gap) - {Gap.MOVED}


# ---- refusals


@pytest.mark.parametrize("at", [time(0), time(6, 59), time(21, 1), time(23, 59), time(2, 30)])
def test_nobody_visits_at_night_when_clocks_change(at: time) -> None:
    with broken("visit_at_night"):
        check_hour(at)


@pytest.mark.parametrize("at", [time(7), time(10, 30), time(21)])
def test_by_day_everybody_may_come(at: time) -> None:
    check_hour(at)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (Change(TODAY + timedelta(days=1), Gap.HOLIDAY), "not_in_series"),
        (Change(TODAY - timedelta(days=14), Gap.HOLIDAY), "not_in_series"),
        (Change(TODAY + timedelta(days=28), Gap.HOLIDAY), "day_changed"),
        (Change(TODAY + timedelta(days=14), Gap.MOVED), "moved_where"),
        (Change(TODAY + timedelta(days=14), Gap.MOVED, TODAY - timedelta(days=1)), "visit_in_past"),
        (Change(TODAY + timedelta(days=14), Gap.MOVED, TODAY, time(3)), "visit_at_night"),
    ],
)
def test_a_decision_about_a_day_that_cannot_be_is_refused(change: Change, code: str) -> None:
    known = {TODAY + timedelta(days=28)}
    with broken(code):
        check_change(Rhythm(TODAY, time(10), 14), change, known, TODAY)


def test_a_day_of_the_series_that_is_over_stays_as_it_was() -> None:
    with broken("visit_in_past"):
        check_change(Rhythm(TODAY, time(10), 14), Change(TODAY, Gap.AWAY), set(), TODAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("at", "minutes", "fits"),
    [
        (time(9), 60, True),
        (time(9), 61, False),
        (time(10), 30, False),
        (time(11, 29), 5, False),
        (time(11, 30), 60, True),
        (time(8), 300, False),
    ],
)
def test_nobody_is_in_two_places(at: time, minutes: int, fits: bool) -> None:
    others = [(time(13), 60), (time(10), 90)]
    if fits:
        check_free(at, minutes, others)
        return
    with broken("visit_overlaps"):
        check_free(at, minutes, others)


@given(
    begins=st.integers(0, 1300),
    lasts=st.integers(5, 139),
    others=st.lists(st.tuples(st.integers(0, 1300), st.integers(5, 139)), max_size=4),
)
def test_an_overlap_is_a_minute_that_two_share(
    begins: int, lasts: int, others: list[tuple[int, int]]
) -> None:
    def at(minute: int) -> time:
        return time(minute // 60, minute % 60)

    mine = set(range(begins, begins + lasts))
    shared = any(mine & set(range(first, first + length)) for first, length in others)
    rows = [(at(first), length) for first, length in others]
    if shared:
        with broken("visit_overlaps"):
            check_free(at(begins), lasts, rows)
    else:
        check_free(at(begins), lasts, rows)
