"""Without a database: what a visit inside still lacks, and which day takes the place of one that failed."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.care.products.domain.clearance import (
    FAILED,
    Around,
    Clearance,
    Gate,
    Planned,
    asks_another_day,
    clearance_of,
    is_replaced,
    replacement_of,
)
from gib.care.products.domain.contact import AHEAD, TOOK_PLACE, Reason, State
from gib.care.products.domain.visiting import Timetable, VisitRule
from gib.core.kernel.dates import Period
from gib.core.kernel.holidays import holidays

TUESDAY = date(2011, 1, 25)
RHYTHM = 14
OPEN = Gate(has_permit=True, is_identified=True, is_received=True, notice=7)
SHUT = replace(OPEN, has_permit=False)
UNKNOWN = replace(OPEN, is_identified=False)
MORNING = time(10, 30)


def after(days: int) -> date:
    return TUESDAY + timedelta(days=days)


def replacement_day(planned_on: date, rhythm: int, on: date, closed: list[Period]) -> date | None:
    """Give the day that is proposed where no hours are known: always at the hour that it was."""
    found = replacement_of(Planned(planned_on, MORNING, 60), rhythm, on, Around(tuple(closed)))
    assert found is None or found[1] == MORNING
    return found and found[0]


@pytest.mark.parametrize(
    ("days", "state", "gate", "wanted"),
    [
        (15, State.PLANNED, OPEN, None),
        (14, State.PLANNED, OPEN, Clearance.DUE),
        (7, State.CONFIRMED, OPEN, Clearance.DUE),
        (6, State.PLANNED, OPEN, Clearance.LATE),
        (0, State.PLANNED, OPEN, Clearance.LATE),
        (6, State.CLEARED, OPEN, None),
        (6, State.CLEARED, SHUT, Clearance.NO_PERMIT),
        (14, State.PLANNED, SHUT, Clearance.NO_PERMIT),
        (15, State.PLANNED, SHUT, None),
        (14, State.PLANNED, replace(OPEN, is_received=False), Clearance.NO_HOUR),
        (6, State.CONFIRMED, replace(OPEN, is_received=False), Clearance.NO_HOUR),
        (6, State.CLEARED, replace(OPEN, is_received=False), None),
        (14, State.PLANNED, UNKNOWN, Clearance.DUE),
        (6, State.CONFIRMED, UNKNOWN, Clearance.LATE),
        (14, State.CLEARED, UNKNOWN, Clearance.NO_IDENTITY),
        (15, State.CLEARED, UNKNOWN, None),
        (6, State.CLEARED, replace(UNKNOWN, has_permit=False), Clearance.NO_PERMIT),
        (15, State.PLANNED, replace(OPEN, is_received=False), None),
        (14, State.PLANNED, replace(SHUT, is_received=False), Clearance.NO_PERMIT),
    ],
)
def test_what_is_missing_is_told_days_ahead(
    days: int, state: State, gate: Gate, wanted: Clearance | None
) -> None:
    assert clearance_of(state, TUESDAY, gate, 7, after(-days)) is wanted


@given(notice=st.integers(0, 90), lead=st.integers(0, 30), days=st.integers(0, 130))
def test_the_notice_of_the_prison_draws_the_lines(notice: int, lead: int, days: int) -> None:
    """Far away nothing, then due, then late, at every notice; once she is on the list nothing at all."""
    wanted = None
    if days <= notice + lead:
        wanted = Clearance.DUE if days >= notice else Clearance.LATE
    gate = replace(OPEN, notice=notice)
    assert clearance_of(State.PLANNED, TUESDAY, gate, lead, after(-days)) is wanted
    assert clearance_of(State.CLEARED, TUESDAY, gate, lead, after(-days)) is None


def test_every_state_of_a_visit_is_ahead_or_held_or_failed_or_overtaken() -> None:
    assert {*AHEAD, *TOOK_PLACE, *FAILED, State.OVERTAKEN} == set(State)
    assert not FAILED & (AHEAD | TOOK_PLACE)


@pytest.mark.parametrize("state", sorted(FAILED))
def test_a_visit_that_failed_asks_for_another_day_unless_she_is_gone(state: State) -> None:
    assert asks_another_day(state, Reason.ILL)
    assert asks_another_day(state, "")
    assert not asks_another_day(state, Reason.MOVED)
    assert not asks_another_day(state, Reason.RELEASED)


@pytest.mark.parametrize("state", sorted({*AHEAD, *TOOK_PLACE, State.OVERTAKEN}))
def test_a_visit_that_did_not_fail_asks_nothing(state: State) -> None:
    assert not asks_another_day(state, Reason.ILL)


@pytest.mark.parametrize(
    ("days", "wanted"),
    [(-7, False), (-6, True), (0, True), (7, True), (13, True), (14, False)],
)
def test_a_visit_around_the_day_takes_its_place(days: int, wanted: bool) -> None:
    """The visit that the series has two weeks later is no replacement; the proposed one, a week later, is."""
    assert is_replaced(TUESDAY, [after(days)], [], RHYTHM) is wanted


@pytest.mark.parametrize(("days", "wanted"), [(-7, False), (0, False), (7, True), (13, True), (14, False)])
def test_of_two_that_failed_in_a_row_the_last_asks(days: int, wanted: bool) -> None:
    assert is_replaced(TUESDAY, [], [after(days)], RHYTHM) is wanted


def test_another_day_is_a_week_later_or_the_first_that_is_free() -> None:
    week = after(7)
    assert replacement_day(TUESDAY, RHYTHM, TUESDAY, []) == week
    assert replacement_day(TUESDAY, RHYTHM, TUESDAY, [Period(week, week)]) == after(1)
    assert replacement_day(TUESDAY, RHYTHM, after(4), [Period(week, week)]) == after(6)
    assert replacement_day(TUESDAY, RHYTHM, after(7), []) == after(8)


def test_there_is_no_other_day_when_the_next_visit_is_near_or_the_prison_is_shut() -> None:
    assert replacement_day(TUESDAY, RHYTHM, after(12), []) == after(13)
    assert replacement_day(TUESDAY, RHYTHM, after(13), []) is None
    assert replacement_day(TUESDAY, RHYTHM, TUESDAY, [Period(TUESDAY)]) is None
    assert replacement_day(TUESDAY, 7, TUESDAY, []) == after(1)


def test_a_holiday_is_passed_over_and_a_weekend_only_for_who_came_in_one() -> None:
    monday = date(2011, 6, 6)
    assert replacement_day(monday, RHYTHM, monday, []) == date(2011, 6, 7)
    saturday = date(2011, 1, 22)
    assert replacement_day(saturday, RHYTHM, saturday, []) == date(2011, 1, 29)
    full = [Period(after(1), after(3)), Period(after(6), after(30))]
    assert replacement_day(TUESDAY, RHYTHM, TUESDAY, full) is None


@pytest.mark.parametrize(
    ("rules", "at", "wanted"),
    [
        ([VisitRule(weekday=1, start=time(10), end=time(12))], MORNING, (after(7), MORNING)),
        ([VisitRule(weekday=1, start=time(13), end=time(15))], MORNING, (after(7), time(13))),
        ([VisitRule(weekday=3, start=time(10), end=time(12))], MORNING, (after(2), MORNING)),
        ([VisitRule(weekday=5, start=time(9), end=time(10))], MORNING, (after(4), time(9))),
        ([VisitRule(weekday=1, start=time(13), end=time(13, 30))], MORNING, None),
        ([VisitRule(weekday=5)], None, (after(4), None)),
        ([], None, (after(7), None)),
        (
            [
                VisitRule(weekday=1, start=time(10), end=time(12), until_on=after(7)),
                VisitRule(weekday=2, start=time(10), end=time(12), from_on=after(7)),
            ],
            MORNING,
            (after(8), MORNING),
        ),
    ],
)
def test_another_day_and_hour_follow_the_rules_of_that_day(
    rules: list[VisitRule], at: time | None, wanted: tuple[date, time | None] | None
) -> None:
    """The same hour a week later when the prison receives then, else the first hour with room."""
    around = Around(hours=Timetable(tuple(rules)))
    assert replacement_of(Planned(TUESDAY, at, 60), RHYTHM, TUESDAY, around) == wanted


@given(
    failed_on=st.dates(date(2009, 1, 1), date(2013, 12, 31)),
    rhythm=st.sampled_from([7, 14, 28]),
    waited=st.integers(-7, 40),
    shut=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5)), max_size=4),
)
def test_a_proposal_can_always_be_kept(
    failed_on: date, rhythm: int, waited: int, shut: list[tuple[int, int]]
) -> None:
    """Whatever is proposed lies ahead and before the next visit, on a day on which people work and let in."""
    on = failed_on + timedelta(days=waited)
    closed = [
        Period(failed_on + timedelta(days=begins), failed_on + timedelta(days=begins + lasts))
        for begins, lasts in shut
    ]
    day = replacement_day(failed_on, rhythm, on, closed)
    ahead = [failed_on + timedelta(days=each) for each in range(1, rhythm)]
    free = {
        each
        for each in ahead
        if each > on
        and (each.weekday() < 5 or each.weekday() == failed_on.weekday())
        and each not in holidays(each.year)
        and not any(each in one for one in closed)
    }
    assert day in free if free else day is None
    week = failed_on + timedelta(days=7)
    assert day == week or week not in free
