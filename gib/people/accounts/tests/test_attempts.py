"""Guesses at the same time, passwords that are weighed, and hashes that take turns."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier, Lock
from time import sleep
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from gib.people.accounts import hashers
from gib.people.accounts.domain import PATIENCE, wait_seconds
from gib.people.accounts.models import Attempts
from gib.people.accounts.validators import ContextValidator, LengthValidator

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


@given(st.sampled_from(sorted(PATIENCE)), st.integers(1, 500))
def test_a_wait_never_shrinks_and_never_passes_the_longest(kind, failures):
    now, then = wait_seconds(kind, failures), wait_seconds(kind, failures + 1)
    assert 0 <= now <= then <= PATIENCE[kind].longest


@pytest.mark.django_db(databases="__all__")
def test_who_keeps_guessing_gets_five_guesses_in_five_minutes():
    """A guess each second, as a machine does: the sixth falls after five minutes."""
    taken = [
        second
        for second in range(600)
        if Attempts.begin("account", "gib-een", AT + timedelta(seconds=second)) == 0
    ]
    assert len([second for second in taken if second < 300]) == 5
    assert taken[:3] == [0, 1, 31]


@pytest.mark.django_db(databases="__all__")
def test_waiting_is_told_and_not_counted():
    Attempts.begin("account", "gib-een", AT)
    Attempts.begin("account", "gib-een", AT)
    assert Attempts.begin("account", "gib-een", AT + timedelta(seconds=10)) == 20
    assert Attempts.failures_of("account", "GIB-EEN ") == 2
    assert Attempts.failures_of("second", "gib-een") == 0


@pytest.mark.django_db(databases="__all__")
def test_a_right_answer_starts_anew_or_gives_one_back():
    for _ in range(3):
        Attempts.begin("address", "10.0.0.1", AT)
    Attempts.give_back("address", "10.0.0.1")
    assert Attempts.failures_of("address", "10.0.0.1") == 2
    Attempts.forget("address", "10.0.0.1")
    assert Attempts.failures_of("address", "10.0.0.1") == 0
    Attempts.give_back("address", "10.0.0.1")
    assert Attempts.many_failures(["gib-een"], 1) == set()


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_of_many_guesses_at_once_two_are_judged():
    """Counted before they are judged, guesses at once do not slip through (M17)."""
    if connection.vendor == "sqlite":
        pytest.skip("a database in memory has one writer and no other threads")
    Attempts.begin("account", "gib-een", AT - timedelta(days=2))
    start = Barrier(8)

    def guess(_):
        start.wait()
        try:
            return Attempts.begin("account", "gib-een", AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(guess, range(8)))
    assert sorted(waits) == [0, 0, 30, 30, 30, 30, 30, 30]


def test_at_most_two_hashes_are_made_at_once():
    busy, most, lock = 0, 0, Lock()

    def slow(*args, **kwargs):
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        sleep(0.02)
        with lock:
            busy -= 1
        return b"x"

    with patch.object(hashers, "hash_secret_raw", slow), ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda number: hashers.digest(str(number), b"saltsalt"), range(12)))
    assert most == 2


def test_a_code_has_the_same_hash_each_time_and_another_with_another_salt():
    assert hashers.digest("ABC", b"saltsalt") == hashers.digest("ABC", b"saltsalt")
    assert hashers.digest("ABC", b"saltsalt") != hashers.digest("ABC", b"tlastlas")
    assert hashers.digest("ABC", b"saltsalt") != hashers.digest("ABD", b"saltsalt")


class Named:
    username = "gib-4k7p2"


@pytest.mark.parametrize(
    "password",
    [
        "humanitas2011!!",
        "Moedermaatjes-in-Nieuwersluis",
        "wachtwoordwachtwoord",
        "Nieuwersluis2011",
        "gib-4k7p2gib-4k7p2",
        "passwordpassword",
    ],
)
def test_a_password_of_words_of_the_house_is_refused(password):
    with pytest.raises(ValidationError):
        ContextValidator().validate(password, Named())


@pytest.mark.parametrize(
    "password",
    [
        "paarden eten geen komkommersalade",
        "mijn fiets staat in breda bij de kerk",
        "xQ7#rT2!mB9$wZ4",
        "              a",
    ],
)
def test_a_long_password_of_ones_own_is_fine(password):
    assert ContextValidator().validate(password, Named()) is None
    assert LengthValidator().validate(password) is None


@given(st.integers(1, 200))
def test_only_the_length_counts(length):
    password = "é" * length
    if 15 <= length <= 128:
        assert LengthValidator().validate(password) is None
    else:
        with pytest.raises(ValidationError):
            LengthValidator().validate(password)
