"""An information meeting as rules: rooms, places, what is counted, and what comes of a wish for a talk."""

from contextlib import AbstractContextManager
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.care.products.domain.contact import Theme, check_minutes
from gib.care.products.domain.meeting import SPEAKERS, SpeakerState, check_places, check_room, overlap
from gib.care.products.moeder_de_gans.domain import (
    ANSWERS,
    POLL,
    FollowUp,
    Question,
    check_follow_up,
    check_tally,
    follow_up,
    mean,
)
from gib.core.kernel.rules import RuleBroken


def broken(code: str) -> AbstractContextManager[object]:
    return pytest.raises(RuleBroken, match=f"^{code}$")


MINUTES = st.integers(0, 24 * 60 - 1)
LONG = st.integers(5, 720)


def clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


@given(MINUTES, LONG, MINUTES, LONG)
def test_two_things_overlap_when_a_minute_is_of_both(one: int, long: int, two: int, longer: int) -> None:
    both = set(range(one, one + long)) & set(range(two, two + longer))
    assert overlap(clock(one), long, clock(two), longer) is bool(both)


def test_a_room_is_taken_by_one_at_a_time() -> None:
    taken = [(time(10), 120, "Moeder de Gans")]
    check_room(time(12), 60, taken)
    check_room(time(8), 120, taken)
    check_room(time(10), 60, [])
    for at, minutes in ((time(11), 30), (time(9), 61), (time(9), 400)):
        with broken("room_taken"):
            check_room(at, minutes, taken)


def test_a_room_has_places() -> None:
    check_places(12, 12)
    with broken("meeting_full"):
        check_places(13, 12)


@pytest.mark.parametrize("minutes", [4, 0, -30, 721, 10_000])
def test_nothing_lasts_longer_than_twelve_hours(minutes: int) -> None:
    check_minutes(5)
    check_minutes(720)
    with broken("minutes_out_of_range"):
        check_minutes(minutes)


def test_the_way_of_a_speaker() -> None:
    state = SPEAKERS.move(SpeakerState.ASKED, SpeakerState.CONFIRMED)
    assert SPEAKERS.move(state, SpeakerState.ABSENT) is SpeakerState.ABSENT
    assert SPEAKERS.correct(SpeakerState.ABSENT, SpeakerState.CAME) is SpeakerState.CAME
    assert SPEAKERS.correct(SpeakerState.DECLINED, SpeakerState.CONFIRMED) is SpeakerState.CONFIRMED
    with broken("illegal_move"):
        SPEAKERS.move(SpeakerState.DECLINED, SpeakerState.CAME)


def test_every_question_has_answers_and_the_slip_has_three_questions_of_which_one_twice() -> None:
    assert set(ANSWERS) == set(Question)
    assert {Question.ASKED, *POLL} == set(Question)
    assert ANSWERS[Question.ASKED] == tuple(Theme)


def test_there_are_no_more_answers_than_women() -> None:
    check_tally({Question.LEARNED: {"yes": 3, "no": 2}, Question.ASKED: {Theme.MONEY: 40}}, 5)
    with broken("poll_too_many"):
        check_tally({Question.LEARNED: {"yes": 3, "no": 3}}, 5)
    with broken("count_negative"):
        check_tally({Question.ASKED: {Theme.MONEY: -1}}, 5)
    with broken("answer_unknown"):
        check_tally({Question.LEARNED: {"maybe": 1}}, 5)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=40))
def test_the_mean_is_that_of_the_slips(marks: list[int]) -> None:
    numbers = {str(mark): marks.count(mark) for mark in range(1, 6)}
    assert mean(numbers) == pytest.approx(sum(marks) / len(marks))


def test_of_no_slips_there_is_no_mean() -> None:
    assert mean({"1": 0, "5": 0}) is None


def test_a_wish_for_a_talk_is_followed_once() -> None:
    check_follow_up(True, False)
    with broken("no_talk_wanted"):
        check_follow_up(False, False)
    with broken("followed_up"):
        check_follow_up(True, True)


def test_what_comes_of_it_depends_on_what_she_has() -> None:
    assert follow_up(True, True) is FollowUp.STEP
    assert follow_up(False, True) is FollowUp.WAITS
    assert follow_up(False, False) is FollowUp.REFERRAL
