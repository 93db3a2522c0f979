"""Random attempts to reach a mother, beside a slow and simple oracle of the ladder."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.care.trajectory.domain.outreach import (
    LADDER,
    Attempt,
    Outcome,
    Rung,
    Search,
    check_attempt,
    check_given_up,
    next_rung,
    rung_due,
)
from gib.core.kernel.rules import RuleBroken

START = date(2011, 1, 11)
ORDER = ["message", "call", "letter", "visit", "named"]
DAYS = {"message": 0, "call": 3, "letter": 7, "visit": 14, "named": 21}
WEEKS = 42

ATTEMPTS = st.lists(
    st.builds(
        Attempt,
        rung=st.sampled_from(Rung),
        outcome=st.sampled_from(
            [Outcome.NO_ANSWER, Outcome.NO_ANSWER, Outcome.NOT_POSSIBLE, Outcome.REACHED]
        ),
        tried_on=st.integers(0, 70).map(lambda days: START + timedelta(days=days)),
        note=st.sampled_from(["", "Er doet niemand open."]),
    ),
    max_size=30,
)


@dataclass
class Plain:
    """What somebody with paper would keep: the attempts of one search, in the order of telling."""

    kept: list[Attempt] = field(default_factory=list)

    def refuses(self, told: Attempt, on: date, may_visit: bool) -> str:
        """Say why an attempt is refused; empty when it is written down."""
        if told.tried_on > on:
            return "attempt_in_future"
        if self.kept and told.tried_on < self.kept[-1].tried_on:
            return "attempt_before_last"
        if told.outcome != "reached" and not self.is_next(told.rung):
            return "rung_too_early"
        if told.outcome == "not_possible":
            return "" if told.note else "attempt_without_why"
        return "home_visit_missing" if told.rung == "visit" and not may_visit else ""

    def is_next(self, rung: str) -> bool:
        """Tell whether every milder step was tried before this one."""
        tried = {each.rung for each in self.kept}
        return rung in tried or all(milder in tried for milder in ORDER[: ORDER.index(rung)])

    def refuses_end(self, on: date) -> str:
        """Say why she may not be given up yet; empty when she may."""
        if {each.rung for each in self.kept} != set(ORDER):
            return "outreach_missing"
        return "outreach_too_short" if (on - self.kept[0].tried_on).days < WEEKS else ""

    @property
    def search(self) -> Search:
        """The same, as the rules see it."""
        if not self.kept:
            return Search()
        days = [each.tried_on for each in self.kept]
        return Search(days[0], days[-1], frozenset(each.rung for each in self.kept))


def broken_by(told: Attempt, plain: Plain, on: date, may_visit: bool) -> str:
    """Give the code with which the rules refuse an attempt; empty when they allow it."""
    try:
        check_attempt(told, plain.search, on, may_visit=may_visit)
    except RuleBroken as broken:
        return broken.code
    return ""


def end_broken_by(plain: Plain, on: date) -> str:
    """Give the code with which the rules refuse to give her up; empty when they allow it."""
    try:
        check_given_up(plain.search, on, WEEKS)
    except RuleBroken as broken:
        return broken.code
    return ""


@given(attempts=ATTEMPTS, may_visit=st.booleans(), ahead=st.integers(0, 70))
def test_every_walk_up_the_ladder_agrees_with_paper(
    attempts: list[Attempt], may_visit: bool, ahead: int
) -> None:
    plain, on = Plain(), START + timedelta(days=ahead)
    for told in attempts:
        code = broken_by(told, plain, on, may_visit)
        assert code == plain.refuses(told, on, may_visit)
        if code:
            continue
        plain = Plain() if told.outcome is Outcome.REACHED else Plain([*plain.kept, told])
        for later in (0, 20, WEEKS - 1, WEEKS, 100):
            day = START + timedelta(days=later)
            assert end_broken_by(plain, day) == plain.refuses_end(day)


@given(attempts=ATTEMPTS)
def test_the_next_step_is_the_mildest_that_was_not_tried(attempts: list[Attempt]) -> None:
    tried = {each.rung for each in attempts}
    left = [rung for rung in ORDER if rung not in tried]
    assert next_rung(tried) == (left[0] if left else None)
    search = Search(START, START, frozenset(tried))
    assert rung_due(search) == (START + timedelta(days=DAYS[left[0]]) if left else None)


@pytest.mark.parametrize("rung", ORDER)
def test_the_table_is_the_one_on_paper(rung: str) -> None:
    assert (list(LADDER).index(Rung(rung)), LADDER[Rung(rung)]) == (ORDER.index(rung), DAYS[rung])


@pytest.mark.parametrize("number", range(len(LADDER) + 1))
def test_the_next_rung_comes_in_the_order_and_on_the_day_of_the_ladder(number: int) -> None:
    began = date(2011, 1, 31)
    rungs = [*LADDER]
    search = Search(from_on=began, last_on=began, tried=frozenset(rungs[:number]))
    expected = rungs[number] if number < len(rungs) else None
    assert next_rung(search.tried) is expected
    assert rung_due(search) == (began + timedelta(days=LADDER[expected]) if expected else None)
    assert rung_due(Search(tried=search.tried)) is None
