"""Guesses, codes, days and letters beside slow answers: what a patient thief could try in any order."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.kernel.rules import RuleBroken
from gib.people.accounts import domain
from gib.people.accounts.builders import project_leader
from gib.people.accounts.domain import (
    ATTEST_DAYS,
    LETS_IN,
    PARTNER_KINDS,
    PATIENCE,
    TIED_TO,
    Seat,
    Standing,
    check_may_let_in,
    check_open,
    check_partner,
    check_seat,
    grouped,
    new_code,
    standing,
    ungrouped,
    wait_seconds,
)
from gib.people.accounts.models import RecoveryCode
from gib.people.accounts.models.attempts import Attempts
from gib.people.partners.domain import PartnerKind

AT = datetime(2011, 1, 11, 9, tzinfo=UTC)
TODAY = date(2011, 1, 11)
KINDS = sorted(PATIENCE)


# How long one waits.


@pytest.mark.parametrize(
    ("kind", "waits"),
    [
        ("account", [0, 30, 60, 120, 240, 480, 900, 900, 900]),
        ("second", [0, 30, 60, 120, 240, 480, 900, 900, 900]),
        ("invitation", [0, 30, 60, 120, 240, 480, 900, 900, 900]),
        ("address", [0] * 20 + [2, 4, 8, 16, 32, 60, 60]),
    ],
)
def test_the_waits_of_each_kind(kind: str, waits: list[int]) -> None:
    assert [wait_seconds(kind, number) for number in range(1, len(waits) + 1)] == waits


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("failures", [0, 17, 40, 10_000, 2**40])
def test_any_number_of_failures_has_a_wait_that_ends(kind: str, failures: int) -> None:
    assert 0 <= wait_seconds(kind, failures) <= PATIENCE[kind].longest


@pytest.mark.parametrize("kind", ["account", "second", "invitation"])
def test_a_day_of_guessing_gets_about_a_hundred_guesses(kind: str) -> None:
    """What a machine that waits exactly as told can try in a day, against a code of 100 bits."""
    spent = tried = 0
    while spent < 24 * 3600:
        tried += 1
        spent += wait_seconds(kind, tried)
    assert 90 <= tried <= 110


class _Slow:
    """The same count, kept as a plain list of moments."""

    def __init__(self) -> None:
        self.failures, self.last, self.free = 0, AT, AT

    def begin(self, kind: str, at: datetime) -> int:
        if self.free > at:
            left = (self.free - at).total_seconds()
            return int(left) + (left % 1 > 0)
        if at - self.last > timedelta(hours=PATIENCE[kind].forget_hours):
            self.failures = 0
        self.failures += 1
        self.last = at
        self.free = at + timedelta(seconds=wait_seconds(kind, self.failures))
        return 0


class Guessing(RuleBasedStateMachine):
    """Guesses at three names in any order and tempo: the rows say what the slow count says."""

    @initialize()
    def begin(self) -> None:
        Attempts.objects.all().delete()
        self.now = AT
        self.slow: dict[tuple[str, str], _Slow] = {}

    def _of(self, kind: str, who: str) -> _Slow:
        return self.slow.setdefault((kind, who), _Slow())

    @rule(
        kind=st.sampled_from(KINDS),
        who=st.sampled_from(["anna", "bea"]),
        typed=st.sampled_from(["{}", " {} "]),
    )
    def guess(self, kind: str, who: str, typed: str) -> None:
        known = (kind, who) in self.slow
        slow = self._of(kind, who)
        if not known:
            slow.last = slow.free = self.now
        assert Attempts.begin(kind, typed.format(who.upper()), self.now) == slow.begin(kind, self.now)

    @rule(seconds=st.sampled_from([1, 29, 30, 61, 900, 3599, 3601]))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(kind=st.sampled_from(KINDS), who=st.sampled_from(["anna", "bea"]))
    def right(self, kind: str, who: str) -> None:
        Attempts.forget(kind, who)
        self.slow.pop((kind, who), None)

    @rule(kind=st.sampled_from(KINDS), who=st.sampled_from(["anna", "bea"]))
    def give_back(self, kind: str, who: str) -> None:
        Attempts.give_back(kind, who)
        if (kind, who) in self.slow:
            self.slow[kind, who].failures = max(0, self.slow[kind, who].failures - 1)

    @invariant()
    def counts_are_equal(self) -> None:
        for (kind, who), slow in getattr(self, "slow", {}).items():
            assert Attempts.failures_of(kind, who) == slow.failures

    @invariant()
    def nobody_is_named(self) -> None:
        assert not {"anna", "bea"} & set(Attempts.objects.values_list("key", flat=True))


class TestGuessing(TestCase):
    """The machine, on the database."""

    databases = {"default", "keys", "log"}

    def test_any_order_of_guesses(self) -> None:
        run_state_machine_as_test(Guessing, settings=settings(max_examples=15, stateful_step_count=30))


@pytest.mark.django_db(databases="__all__")
class TestCount:
    """What is counted apart, and together."""

    @pytest.mark.parametrize("kind", KINDS)
    def test_two_names_and_two_kinds_do_not_slow_each_other(self, kind: str) -> None:
        for _ in range(25):
            Attempts.begin(kind, "anna", AT + timedelta(days=1))
        assert Attempts.begin(kind, "bea", AT + timedelta(days=1)) == 0
        for other in set(KINDS) - {kind}:
            assert Attempts.begin(other, "anna", AT + timedelta(days=1)) == 0

    def test_many_failures_names_only_the_accounts_that_were_asked_for(self) -> None:
        now = AT
        for name, guesses in (("anna", 3), ("bea", 10), ("cora", 12)):
            for number in range(guesses):
                Attempts.begin("account", name, now + timedelta(hours=number))
        for number in range(12):
            Attempts.begin("second", "dora", now + timedelta(hours=number))
        assert Attempts.many_failures(["anna", "bea", "dora"], 10) == {"bea"}
        assert Attempts.many_failures([], 1) == set()
        assert Attempts.many_failures(["anna", "bea", "cora"], 3) == {"anna", "bea", "cora"}

    def test_giving_back_never_goes_below_nothing(self) -> None:
        Attempts.give_back("account", "anna")
        Attempts.begin("account", "anna", AT)
        for _ in range(3):
            Attempts.give_back("account", "anna")
        assert Attempts.failures_of("account", "anna") == 0


# Codes on paper.


@pytest.mark.django_db(databases="__all__")
class TestCodes:
    """A list of ten, each once."""

    @pytest.fixture
    def user(self) -> Any:
        return project_leader()[0]

    def test_each_code_of_the_list_works_once_in_any_order(self, user: Any) -> None:
        codes = RecoveryCode.renew(user.id)
        assert len(set(codes)) == len(codes) == domain.CODE_COUNT
        for left, code in zip(range(9, -1, -1), reversed(codes), strict=True):
            assert RecoveryCode.use(user.id, code, AT)
            assert not RecoveryCode.use(user.id, code, AT)
            assert RecoveryCode.left(user.id) == left

    @pytest.mark.parametrize("write", [grouped, str.lower, lambda code: f"  {grouped(code).lower()} "])
    def test_a_code_is_read_as_people_write_it(self, user: Any, write: Any) -> None:
        assert RecoveryCode.use(user.id, write(RecoveryCode.renew(user.id)[0]), AT)

    @pytest.mark.parametrize("typed", ["", " ", "A" * 20, "A" * 4000, "\x00", "ＡＢＣ", "é" * 20])
    def test_what_is_no_code_opens_nothing_and_uses_nothing_up(self, user: Any, typed: str) -> None:
        RecoveryCode.renew(user.id)
        assert not RecoveryCode.use(user.id, typed, AT)
        assert RecoveryCode.left(user.id) == domain.CODE_COUNT

    def test_a_part_of_a_code_or_two_codes_open_nothing(self, user: Any) -> None:
        one, other, *_ = RecoveryCode.renew(user.id)
        for typed in (one[:-1], one + "A", one + other, f"{one} {other}"):
            assert not RecoveryCode.use(user.id, typed, AT)

    def test_the_code_of_another_opens_nothing(self, user: Any) -> None:
        stranger = project_leader("Iemand Anders")[0]
        codes = RecoveryCode.renew(user.id)
        RecoveryCode.renew(stranger.id)
        assert not RecoveryCode.use(stranger.id, codes[0], AT)
        assert not RecoveryCode.use(uuid4(), codes[0], AT)

    def test_a_new_list_ends_the_old_one(self, user: Any) -> None:
        old = RecoveryCode.renew(user.id)
        RecoveryCode.use(user.id, old[0], AT)
        new = RecoveryCode.renew(user.id)
        assert not any(RecoveryCode.use(user.id, code, AT) for code in old)
        assert RecoveryCode.left(user.id) == domain.CODE_COUNT
        assert RecoveryCode.use(user.id, new[0], AT)

    def test_who_never_had_a_list_has_none(self, user: Any) -> None:
        assert RecoveryCode.left(user.id) is None
        assert not RecoveryCode.use(user.id, "A" * 20, AT)

    def test_only_hashes_are_kept_and_they_differ(self, user: Any) -> None:
        codes = RecoveryCode.renew(user.id)
        kept = list(RecoveryCode.objects.filter(user=user).values_list("digest", flat=True))
        assert len(set(kept)) == len(codes)
        assert not set(kept) & set(codes)


@given(st.integers(1, 60))
def test_a_code_written_in_groups_is_read_back(length: int) -> None:
    code = new_code(length)
    assert ungrouped(grouped(code)) == code
    assert ungrouped(grouped(code).lower().replace("-", " ")) == code
    assert {len(group) for group in grouped(code).split("-")[:-1]} <= {4}


@pytest.mark.parametrize(("typed", "read"), [("0", "O"), ("1", "I"), ("8", "B"), ("o-i b", "OIB"), ("", "")])
def test_what_is_easily_misread_is_read_right(typed: str, read: str) -> None:
    assert ungrouped(typed) == read


# Days.

DAYS = st.integers(-200, 200).map(lambda days: TODAY + timedelta(days=days))


@given(DAYS, st.none() | DAYS, DAYS, DAYS)
def test_an_appointment_stands_on_a_day_as_written_out(
    from_on: date, to_on: date | None, attested: date, on: date
) -> None:
    found = standing(from_on, to_on, attested, on)
    is_begun, is_over = from_on <= on, to_on is not None and to_on < on
    is_fresh = (on - attested).days <= ATTEST_DAYS
    slow = (
        Standing.FUTURE
        if not is_begun
        else Standing.ENDED
        if is_over
        else Standing.CURRENT
        if is_fresh
        else Standing.UNATTESTED
    )
    assert found is slow


@given(DAYS, DAYS)
def test_confirming_again_brings_back_what_lapsed_and_nothing_else(from_on: date, on: date) -> None:
    before = standing(from_on, None, from_on - timedelta(days=400), on)
    after = standing(from_on, None, on, on)
    assert (before, after) in {
        (Standing.FUTURE, Standing.FUTURE),
        (Standing.UNATTESTED, Standing.CURRENT),
    }


@pytest.mark.parametrize(
    ("hours", "used", "withdrawn", "is_open"),
    [
        (0, False, False, True),
        (71.99, False, False, True),
        (72, False, False, False),
        (1000, False, False, False),
        (1, True, False, False),
        (1, False, True, False),
        (1, True, True, False),
        (-5, False, False, True),
    ],
)
def test_a_letter_is_open_for_three_days_once(
    hours: float, used: bool, withdrawn: bool, is_open: bool
) -> None:
    at, end = AT + timedelta(hours=hours), AT + timedelta(hours=72)
    try:
        check_open(AT if used else None, AT if withdrawn else None, end, at)
        assert is_open
    except RuleBroken as broken:
        assert (broken.code, is_open) == ("invitation_closed", False)


# Who lets in whom.


@pytest.mark.parametrize(("role", "other"), list(product(Role, Role)))
def test_each_pair_of_roles_is_decided(role: Role, other: Role) -> None:
    own, elsewhere = Actor(uuid4(), role, frozenset({1})), 2
    allowed = other in LETS_IN.get(role, frozenset())
    assert _passes(lambda: check_may_let_in(own, other, 1)) is allowed
    wanted = allowed and role not in (Role.COORDINATOR, Role.DEPUTY)
    assert _passes(lambda: check_may_let_in(own, other, elsewhere)) is wanted
    assert _passes(lambda: check_may_let_in(own, other, None)) is wanted


def _passes(check: Any) -> bool:
    try:
        check()
    except RuleBroken:
        return False
    return True


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("given_facts", list(product([True, False], repeat=3)), ids=str)
def test_a_seat_is_complete_with_what_its_role_is_tied_to(role: Role, given_facts: Iterable[bool]) -> None:
    team, partner, end = given_facts
    seat = Seat(role, 1 if team else None, 2 if partner else None, None, TODAY if end else None)
    held = {name for name, there in (("team", team), ("partner", partner), ("end", end)) if there}
    assert _passes(lambda: check_seat(seat)) is (TIED_TO.get(role, frozenset()) <= held)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", [None, *PartnerKind])
@pytest.mark.parametrize("is_of_team", [True, False])
def test_an_organisation_fits_a_role_or_not(role: Role, kind: PartnerKind | None, is_of_team: bool) -> None:
    fits = kind is None or (
        kind == PARTNER_KINDS.get(role) and (kind is not PartnerKind.PRISON or is_of_team)
    )
    assert _passes(lambda: check_partner(role, kind, is_of_team)) is fits
