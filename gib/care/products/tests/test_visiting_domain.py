"""Without a database: when a prison receives visitors, by the rules of the day of the visit."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.care.products.domain.visiting import (
    MOST_OFFERED,
    Moment,
    Timetable,
    VisitRule,
    check_receives,
    notice_on,
    timetable,
)
from gib.core.kernel.rules import RuleBroken

TUESDAY = date(2011, 1, 11)
AFTERNOON = VisitRule(weekday=1, start=time(13), end=time(15, 30))
SATURDAY = VisitRule(weekday=5, start=time(10), end=time(11, 30))
SUMMER = date(2011, 6, 1)


def after(days: int) -> date:
    return TUESDAY + timedelta(days=days)


def never(_day: date) -> bool:
    return False


@pytest.mark.parametrize(
    ("days", "at", "minutes", "wanted"),
    [
        (0, time(13), 150, True),
        (0, time(13), 151, False),
        (0, time(12, 59), 30, False),
        (0, time(15), 30, True),
        (0, time(15), 31, False),
        (1, time(13), 60, False),
        (4, time(10), 60, True),
        (4, time(13), 60, False),
        (7, time(14), 60, True),
    ],
)
def test_a_visit_lies_within_the_hours_of_its_day(days: int, at: time, minutes: int, wanted: bool) -> None:
    hours = Timetable((AFTERNOON, SATURDAY))
    assert hours.takes(after(days), at, minutes) is wanted
    assert (hours.hour_for(after(days), at, minutes) == at) is wanted


def test_the_refusal_says_the_day_and_the_hours_that_were_asked() -> None:
    hours = Timetable((AFTERNOON,))
    check_receives(hours, TUESDAY, time(14), 90)
    with pytest.raises(RuleBroken) as broken:
        check_receives(hours, TUESDAY, time(15), 90)
    assert broken.value.code == "outside_visiting_hours"
    assert broken.value.facts == {"day": TUESDAY, "begins": "15:00", "ends": "16:30"}
    with pytest.raises(RuleBroken) as late:
        check_receives(hours, TUESDAY, time(23, 30), 60)
    assert late.value.facts["ends"] == "00:30"


def test_hours_that_nobody_knows_keep_nobody_away() -> None:
    unknown = timetable([VisitRule(notice=7)], "remand")
    assert (unknown.rules, unknown.on(TUESDAY)) == ((), None)
    check_receives(unknown, TUESDAY, time(5), 600)
    assert unknown.moments(TUESDAY, never) == []
    assert unknown.hour_for(TUESDAY, time(5), 600) == time(5)


def test_each_day_has_the_rules_of_that_day() -> None:
    """A rule that begins in summer says nothing about spring, and one that ends then nothing about autumn."""
    hours = Timetable((replace(AFTERNOON, until_on=SUMMER), replace(SATURDAY, from_on=SUMMER)))
    last_tuesday, first_tuesday = SUMMER - timedelta(days=1), SUMMER + timedelta(days=6)
    assert hours.takes(last_tuesday, time(13), 60)
    assert not hours.takes(first_tuesday, time(13), 60)
    assert hours.takes(SUMMER + timedelta(days=3), time(10), 60)
    assert not hours.takes(SUMMER - timedelta(days=4), time(10), 60)
    only_later = Timetable((replace(SATURDAY, from_on=SUMMER),))
    assert only_later.on(last_tuesday) is None
    assert only_later.takes(last_tuesday, time(5), 60)


@pytest.mark.parametrize(
    ("regime", "wanted"),
    [("remand", {"", "remand"}), ("open", {"", "open"}), ("sentence", {""}), (None, {"", "remand", "open"})],
)
def test_a_mother_has_the_hours_of_her_regime(regime: str | None, wanted: set[str]) -> None:
    rules = [VisitRule(regime=each, weekday=day) for day, each in enumerate(("", "remand", "open"))]
    assert {rule.regime for rule in timetable(rules, regime).rules} == wanted


def test_a_rule_may_leave_the_weekday_or_the_hours_open() -> None:
    whole_day = Timetable((VisitRule(weekday=1),))
    assert whole_day.takes(TUESDAY, time(7), 720)
    assert not whole_day.takes(after(1), time(7), 60)
    assert whole_day.moments(TUESDAY, never) == []
    assert whole_day.hour_for(after(1), time(7), 60) is None
    each_day = Timetable((VisitRule(start=time(9), end=time(10)),))
    assert all(each_day.takes(after(days), time(9), 60) for days in range(7))
    from_nine = Timetable((VisitRule(start=time(9)),))
    assert from_nine.takes(TUESDAY, time(22), 120)
    assert not from_nine.takes(TUESDAY, time(8), 60)


def test_another_hour_of_the_day_is_the_first_with_room() -> None:
    short, long = VisitRule(weekday=1, start=time(9), end=time(10)), AFTERNOON
    hours = Timetable((long, short))
    assert hours.hour_for(TUESDAY, time(18), 60) == time(9)
    assert hours.hour_for(TUESDAY, time(18), 61) == time(13)
    assert hours.hour_for(TUESDAY, time(18), 200) is None


def test_the_first_hours_that_are_left_are_offered_in_order() -> None:
    hours = Timetable((SATURDAY, AFTERNOON))
    assert hours.moments(after(1), lambda day: day == after(7)) == [
        Moment(after(4), time(10), time(11, 30)),
        Moment(after(11), time(10), time(11, 30)),
        Moment(after(14), time(13), time(15, 30)),
        Moment(after(18), time(10), time(11, 30)),
        Moment(after(21), time(13), time(15, 30)),
    ]
    assert hours.moments(TUESDAY, lambda _day: True) == []


def test_the_notice_is_the_longest_of_the_rules_of_that_day() -> None:
    rules = [
        VisitRule(notice=3),
        VisitRule(weekday=1, notice=10, until_on=SUMMER),
        VisitRule(weekday=5, notice=14, regime="remand"),
    ]
    assert [notice_on(rules, after(days)) for days in (0, 1, 4)] == [10, 3, 14]
    assert notice_on(rules, SUMMER + timedelta(days=6)) == 3
    assert notice_on([VisitRule(weekday=1)], after(1)) is None
    assert notice_on([], TUESDAY) is None


_RULES = st.builds(
    VisitRule,
    weekday=st.none() | st.integers(0, 6),
    start=st.none() | st.sampled_from([time(8), time(10, 30), time(13)]),
    end=st.none() | st.sampled_from([time(14), time(15, 30), time(18)]),
    from_on=st.none() | st.sampled_from([after(3), after(12)]),
    until_on=st.none() | st.sampled_from([after(15), after(30)]),
)


def by_minutes(rules: list[VisitRule], day: date, at: time, minutes: int) -> bool:
    """Tell minute by minute whether somebody may be inside all the time: a slow oracle."""
    told = [rule for rule in rules if rule.weekday is not None or rule.start is not None]
    holding = [r for r in told if (r.from_on or day) <= day and (r.until_on is None or day < r.until_on)]
    first = at.hour * 60 + at.minute

    def holds(rule: VisitRule, minute: int) -> bool:
        opens = rule.start.hour * 60 + rule.start.minute if rule.start else 0
        shuts = rule.end.hour * 60 + rule.end.minute if rule.end else 24 * 60
        return rule.weekday in (None, day.weekday()) and opens <= minute < shuts

    return not holding or any(
        all(holds(rule, minute) for minute in range(first, first + minutes)) for rule in holding
    )


@given(
    rules=st.lists(_RULES, max_size=4),
    days=st.integers(0, 40),
    at=st.builds(time, st.integers(0, 23), st.sampled_from([0, 30])),
    minutes=st.integers(1, 240),
)
def test_a_slow_oracle_agrees(rules: list[VisitRule], days: int, at: time, minutes: int) -> None:
    hours = timetable(rules, None)
    assert hours.takes(after(days), at, minutes) is by_minutes(rules, after(days), at, minutes)
    found = hours.hour_for(after(days), at, minutes)
    assert found is None or hours.takes(after(days), found, minutes)


@given(rules=st.lists(_RULES, max_size=4), days=st.integers(0, 20))
def test_whatever_is_offered_can_be_planned(rules: list[VisitRule], days: int) -> None:
    hours = timetable(rules, None)
    found = hours.moments(after(days), lambda day: day.day % 5 == 0)
    assert len(found) <= MOST_OFFERED
    assert [each.on for each in found] == sorted(each.on for each in found)
    for each in found:
        assert each.on >= after(days) and each.on.day % 5
        assert each.until is None or hours.takes(each.on, each.at, 1)
