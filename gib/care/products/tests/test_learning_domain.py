"""A course as rules: catching up, marks, trainers, and who gets a certificate."""

from contextlib import AbstractContextManager
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.care.products.domain.meeting import Presence
from gib.care.products.ik_jij_wij.domain import (
    MISSED,
    Item,
    Slot,
    check_catch_up,
    check_open,
    check_passed,
    check_scores,
    check_trainer_free,
)
from gib.core.kernel.rules import RuleBroken

TODAY = date(2011, 1, 11)


def broken(code: str) -> AbstractContextManager[object]:
    return pytest.raises(RuleBroken, match=f"^{code}$")


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize("presence", Presence)
def test_only_what_was_missed_is_caught_up_on(presence: Presence) -> None:
    def caught_up(known: date | None = None) -> None:
        check_catch_up(presence, known, day(-7), day(-1), TODAY)

    if presence in MISSED:
        caught_up()
        with broken("nothing_missed"):
            caught_up(day(-2))
    else:
        with broken("nothing_missed"):
            caught_up()


def test_catching_up_is_from_the_session_until_today() -> None:
    check_catch_up(Presence.EXCUSED, None, day(-7), day(-7), TODAY)
    check_catch_up(Presence.EXCUSED, None, day(-7), TODAY, TODAY)
    with broken("caught_up_early"):
        check_catch_up(Presence.EXCUSED, None, day(-7), day(-8), TODAY)
    with broken("visit_in_future"):
        check_catch_up(Presence.EXCUSED, None, day(-7), day(1), TODAY)


def test_marks_run_from_nought_to_five_and_may_stay_open() -> None:
    check_scores({Item.CALM: 0, Item.HELP: None})
    check_scores(dict.fromkeys(Item, 5))
    for mark in (-1, 6):
        with broken("mark_out_of_range"):
            check_scores({Item.CALM: mark})
    for empty in ({}, {Item.CALM: None}):
        with broken("nothing_answered"):
            check_scores(empty)


def test_nothing_is_changed_in_a_course_that_was_closed() -> None:
    check_open(None)
    with broken("course_over"):
        check_open(TODAY)


@pytest.mark.parametrize(("came", "needed", "has_passed"), [(6, 6, True), (8, 6, True), (5, 6, False)])
def test_a_certificate_is_for_who_was_at_enough_sessions(came: int, needed: int, has_passed: bool) -> None:
    if has_passed:
        check_passed(came, needed)
    else:
        with broken("not_passed"):
            check_passed(came, needed)


SLOTS = st.builds(
    Slot,
    st.sampled_from([day(0), day(1)]),
    st.integers(0, 24 * 4 - 1).map(lambda quarter: time(quarter // 4, quarter % 4 * 15)),
    st.sampled_from([5, 60, 120, 720]),
)


def minutes_of(slot: Slot) -> set[tuple[date, int]]:
    begins = slot.at.hour * 60 + slot.at.minute
    return {(slot.on, minute) for minute in range(begins, begins + slot.minutes)}


@given(st.lists(SLOTS, max_size=4), st.lists(SLOTS, max_size=4))
def test_a_trainer_is_free_when_no_minute_is_of_two(wanted: list[Slot], taken: list[Slot]) -> None:
    clash = any(minutes_of(one) & minutes_of(other) for one in wanted for other in taken)
    if clash:
        with broken("trainer_busy"):
            check_trainer_free(wanted, taken)
    else:
        check_trainer_free(wanted, taken)


def test_it_says_on_which_day_the_trainer_is_busy() -> None:
    weeks = [Slot(day(7 * number), time(14), 120) for number in range(3)]
    with pytest.raises(RuleBroken) as said:
        check_trainer_free(weeks, [Slot(day(7), time(15), 60)])
    assert said.value.facts == {"day": "18-01-2011"}
