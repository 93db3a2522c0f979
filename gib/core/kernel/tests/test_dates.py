"""Days as people write them, and counting with them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.kernel.clock import now_on, real_now
from gib.core.kernel.dates import Period, add_months, add_working_days, age_on, local_day, parse_date
from gib.core.kernel.rules import CATALOGUE, RuleBroken

TODAY = date(2011, 1, 11)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("27-03-1981", date(1981, 3, 27)),
        ("27/3/81", date(1981, 3, 27)),
        (" 7.3.1981 ", date(1981, 3, 7)),
        ("27 3 1981", date(1981, 3, 27)),
        ("1981-03-27", date(1981, 3, 27)),
        ("11-1-11", TODAY),
        ("12-1-11", date(1911, 1, 12)),
        ("29-02-2008", date(2008, 2, 29)),
    ],
)
def test_a_day_is_read_as_it_is_written(text: str, day: date) -> None:
    assert parse_date(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["", "gisteren", "27-13-1981", "3-27", "00-01-2010", "1-1-10000", "27-03-198"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        parse_date(text, TODAY)
    assert refusal.value.code == "date_unreadable"


@pytest.mark.parametrize(("text", "nearest"), [("31-02-2010", "28-02-2010"), ("31-4-2010", "30-04-2010")])
def test_a_day_that_does_not_exist_names_the_nearest(text: str, nearest: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        parse_date(text, TODAY)
    assert refusal.value.code == "date_impossible"
    assert nearest in CATALOGUE["date_impossible"].format(**refusal.value.facts)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), st.sampled_from("-/."))
def test_every_written_day_reads_back(day: date, sign: str) -> None:
    assert parse_date(f"{day.day}{sign}{day.month}{sign}{day.year}", TODAY) == day


@given(st.text(max_size=30))
def test_any_text_gives_a_day_or_a_sentence(text: str) -> None:
    try:
        assert isinstance(parse_date(text, TODAY), date)
    except RuleBroken as refusal:
        assert refusal.code in ("date_unreadable", "date_impossible")


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(1999, 1, 11), TODAY, 12),
        (date(1999, 1, 12), TODAY, 11),
        (date(1996, 2, 29), date(2010, 2, 28), 13),
        (date(1996, 2, 29), date(2010, 3, 1), 14),
    ],
)
def test_an_age_changes_on_the_birthday(born: date, on: date, age: int) -> None:
    assert age_on(born, on) == age


def test_months_end_on_a_day_that_exists() -> None:
    assert add_months(date(2010, 1, 31), 1) == date(2010, 2, 28)
    assert add_months(date(2024, 2, 29), 24) == date(2026, 2, 28)


def test_working_days_skip_weekend_and_holidays() -> None:
    assert add_working_days(date(2011, 1, 7), 1) == date(2011, 1, 10)
    assert add_working_days(date(2011, 1, 7), 5) == date(2011, 1, 14)
    assert add_working_days(date(2011, 1, 7), 1, frozenset({date(2011, 1, 10)})) == TODAY


def test_a_period_holds_both_its_ends() -> None:
    period = Period(date(2010, 1, 1), date(2010, 1, 31))
    assert date(2010, 1, 1) in period
    assert date(2010, 1, 31) in period
    assert date(2010, 2, 1) not in period
    assert date(2030, 1, 1) in Period(date(2010, 1, 1))


def test_a_period_cannot_run_backwards() -> None:
    with pytest.raises(RuleBroken) as refusal:
        Period(date(2010, 1, 2), date(2010, 1, 1))
    assert refusal.value.code == "period_backwards"


@given(st.tuples(*[st.integers(0, 9)] * 4))
def test_overlap_equals_a_shared_day(ends: tuple[int, int, int, int]) -> None:
    one = Period(date(2010, 1, 1 + min(ends[:2])), date(2010, 1, 1 + max(ends[:2])))
    other = Period(date(2010, 1, 1 + min(ends[2:])), date(2010, 1, 1 + max(ends[2:])))
    days = [date(2010, 1, day) for day in range(1, 32)]
    shared = any(day in one and day in other for day in days)
    assert one.overlaps(other) is other.overlaps(one) is shared


def test_the_local_day_changes_at_midnight_in_amsterdam() -> None:
    assert local_day(datetime(2010, 7, 1, 22, 30, tzinfo=UTC)) == date(2010, 7, 2)
    assert local_day(datetime(2010, 1, 1, 22, 30, tzinfo=UTC)) == date(2010, 1, 1)


def test_a_business_day_leaves_the_moment_real() -> None:
    held = now_on(TODAY)
    assert held.on == TODAY
    assert abs((held.at - real_now().at).total_seconds()) < 5
    assert now_on(None).on == local_day(held.at)
