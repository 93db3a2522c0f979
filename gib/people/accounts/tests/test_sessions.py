"""The clocks of a session beside a plain list of moments, and what a session may carry."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from hypothesis import given
from hypothesis import strategies as st

from gib.core.access.tables import Role
from gib.people.accounts import sessions
from gib.people.accounts.domain import IDLE_MINUTES, SESSION_HOURS, SHARED_IDLE_MINUTES, Letter

BEGAN = 1_294_736_400.0
MINUTE, HOUR = 60, 3600
ROLES = st.none() | st.sampled_from(Role)


class _Clock:
    """The time of this test only."""

    def __init__(self) -> None:
        self.now = BEGAN

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Clock:
    found = _Clock()
    monkeypatch.setattr(sessions.time, "time", found)
    return found


def _idle(role: Role | None) -> int:
    return (SHARED_IDLE_MINUTES if role is Role.REFERRER else IDLE_MINUTES) * MINUTE


@given(ROLES, st.lists(st.integers(1, 20 * MINUTE), max_size=60))
def test_a_session_ends_when_it_was_silent_or_lasted_too_long(role: Role | None, gaps: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        clock = _Clock()
        patch.setattr(sessions.time, "time", clock)
        session: Any = SessionBase()
        sessions.begin(session, proved=True)
        marked = BEGAN
        for gap in gaps:
            clock.now += gap
            over = clock.now - marked >= _idle(role) or clock.now - BEGAN >= SESSION_HOURS * HOUR
            assert sessions.is_over(session, role) is over
            if over:
                break
            sessions.mark(session)
            if clock.now - marked >= MINUTE:
                marked = clock.now


@pytest.mark.parametrize(
    ("role", "seconds", "is_over"),
    [
        (Role.COORDINATOR, 15 * MINUTE - 1, False),
        (Role.COORDINATOR, 15 * MINUTE, True),
        (Role.REFERRER, 10 * MINUTE - 1, False),
        (Role.REFERRER, 10 * MINUTE, True),
        (None, 15 * MINUTE - 1, False),
        (None, 15 * MINUTE, True),
    ],
)
def test_the_second_at_which_silence_ends_it(
    clock: _Clock, role: Role | None, seconds: int, is_over: bool
) -> None:
    session: Any = SessionBase()
    sessions.begin(session, proved=False)
    clock.now += seconds
    assert sessions.is_over(session, role) is is_over


def test_a_busy_session_ends_at_eight_hours_to_the_second(clock: _Clock) -> None:
    session: Any = SessionBase()
    sessions.begin(session, proved=True)
    for _ in range(8 * 60 - 1):
        clock.now += MINUTE
        sessions.mark(session)
        assert not sessions.is_over(session, Role.COORDINATOR)
    clock.now += MINUTE - 1
    assert not sessions.is_over(session, Role.COORDINATOR)
    clock.now += 1
    assert sessions.is_over(session, Role.COORDINATOR)


@given(ROLES)
def test_a_session_that_never_began_is_over(role: Role | None) -> None:
    assert sessions.is_over(SessionBase(), role)


def test_a_mark_within_the_minute_writes_nothing(clock: _Clock) -> None:
    session: Any = SessionBase()
    sessions.begin(session, proved=True)
    session.modified = False
    clock.now += MINUTE - 1
    sessions.mark(session)
    assert not session.modified
    clock.now += 1
    sessions.mark(session)
    assert session.modified


@pytest.mark.parametrize("held", [None, False, 0, 1, "True", "yes", [True]])
def test_only_a_true_proof_is_a_proof(held: object) -> None:
    session: Any = SessionBase()
    session["gib.proved"] = held
    assert not sessions.is_proved(session)
    sessions.prove(session)
    assert sessions.is_proved(session)


def test_beginning_again_takes_the_proof_away(clock: _Clock) -> None:
    session: Any = SessionBase()
    sessions.begin(session, proved=True)
    sessions.begin(session, proved=False)
    assert not sessions.is_proved(session)


def test_a_chosen_role_is_remembered_and_can_change() -> None:
    session: Any = SessionBase()
    assert sessions.chosen_seat(session) is None
    for seat in (3, 7):
        sessions.choose_seat(session, seat)
        assert sessions.chosen_seat(session) == seat


# What travels over a redirect.

CODES = st.lists(st.text("ABCDEFGHJKLMNPQRSTUVWXYZ234567", min_size=20, max_size=20), max_size=10)


def _held(session: Any) -> str:
    return json.dumps(dict(session.items()))


@pytest.mark.django_db(databases="__all__")
@given(CODES)
def test_new_codes_are_given_once_and_lie_sealed(codes: list[str]) -> None:
    session: Any = SessionBase()
    sessions.keep_codes(session, codes)
    assert not any(code in _held(session) for code in codes)
    assert sessions.take_codes(session) == codes
    assert sessions.take_codes(session) == []


def test_a_session_without_codes_has_none() -> None:
    assert sessions.take_codes(SessionBase()) == []


def _letter() -> Letter:
    return Letter(uuid4(), "gib-4k7p2", "ABCDEFGHJKLMNPQRSTUVWXYZ", "K7P2MN")


@pytest.mark.django_db(databases="__all__")
def test_a_letter_is_found_by_its_own_number_only_and_lies_sealed() -> None:
    session: Any = SessionBase()
    letter = _letter()
    sessions.keep_letter(session, letter, "/toegang/")
    assert letter.code not in _held(session)
    assert letter.spoken not in _held(session)
    kept = sessions.kept_letter(session, letter.invitation_id)
    assert kept is not None
    assert (kept["code"], kept["spoken"], kept["username"]) == (letter.code, letter.spoken, letter.username)
    assert sessions.kept_letter(session, uuid4()) is None
    assert sessions.kept_letter(session, "") is None


@pytest.mark.django_db(databases="__all__")
def test_the_last_letter_replaces_the_one_before() -> None:
    session: Any = SessionBase()
    one, other = _letter(), _letter()
    for letter in (one, other):
        sessions.keep_letter(session, letter, "/toegang/")
    assert sessions.kept_letter(session, one.invitation_id) is None
    assert sessions.kept_letter(session, other.invitation_id) is not None


def test_no_letter_is_kept_in_a_session_that_made_none() -> None:
    assert sessions.kept_letter(SessionBase(), uuid4()) is None


@pytest.mark.django_db(databases="__all__")
def test_what_lies_in_the_database_is_not_readable() -> None:
    store = SessionStore()
    letter = _letter()
    sessions.keep_letter(store, letter, "/toegang/")
    sessions.keep_codes(store, ["ABCDEFGHJKLMNPQRSTUV"])
    store.save()
    raw = SessionStore(store.session_key)
    again = json.dumps(raw.load())
    assert letter.code not in again
    assert "ABCDEFGHJKLMNPQRSTUV" not in again
    assert sessions.take_codes(raw) == ["ABCDEFGHJKLMNPQRSTUV"]
