"""The plan equals trying everything, also after a change, and hangs on nothing but the problem."""

import json
import random
from dataclasses import replace

import pytest

from gib.core.kernel.reading import plain
from gib.engines.mornings import answer, check
from gib.engines.mornings.answer import Answer, booked
from gib.engines.mornings.problem import Kind, Problem
from gib.engines.mornings.tests import oracle
from gib.engines.mornings.tests.small import changed, small, worth
from gib.engines.mornings.tests.validator import found
from gib.engines.mornings.tests.worlds import Size, drawn


@pytest.mark.parametrize("part", range(6))
def test_no_plan_of_up_to_six_families_is_better(part: int) -> None:
    for seed in range(part * 50, part * 50 + 50):
        problem = small(seed)
        raw, got = plain(problem), answer(problem)
        assert worth(got) == oracle.best(raw), seed
        assert got.proof.is_best
        assert found(raw, plain(got)) == set(), seed


@pytest.mark.parametrize("part", range(4))
def test_after_a_change_as_few_families_change_as_can_be(part: int) -> None:
    touched = 0
    for seed in range(part * 25, part * 25 + 25):
        problem = changed(small(seed), seed)
        check(problem)
        raw, got = plain(problem), answer(problem)
        assert worth(got) == oracle.best(raw), seed
        assert found(raw, plain(got)) == set(), seed
        assert len(got.changed) == had(problem, got) - dict(goals(got)).get("unchanged", 0)
        touched += bool(got.changed)
    assert touched


def goals(got: Answer) -> list[tuple[str, int]]:
    """Give the goals by their code."""
    return [(one.code, one.value) for one in got.proof.goals]


def had(problem: Problem, got: Answer) -> int:
    """Count the families that had a place and can still come."""
    ill = {one.id for one in problem.changes if one.kind is Kind.CHILD_ILL}
    homes = {one.home for one in problem.previous}
    return sum(
        any(home.id in homes and {child.id for child in home.children} - ill for home in family.homes)
        for family in problem.families
        if family.id not in got.excused
    )


def test_nothing_changes_when_nothing_happened() -> None:
    for seed in range(10):
        problem = small(seed)
        before = answer(problem)
        after = answer(replace(problem, previous=booked(problem, before)))
        assert after.changed == ()
        assert (after.rounds, after.trips) == (before.rounds, before.trips)


def test_the_same_problem_gives_the_same_answer_byte_for_byte() -> None:
    problem = drawn(Size(12, 6, 2), 3)
    turned = replace(
        problem,
        rounds=problem.rounds[::-1],
        families=tuple(replace(one, homes=one.homes[::-1]) for one in problem.families[::-1]),
        drivers=problem.drivers[::-1],
        escorts=problem.escorts[::-1],
        apart=problem.apart[::-1],
    )
    written = [
        json.dumps(plain(answer(each))) for each in (problem, problem, turned, drawn(Size(12, 6, 2), 4))
    ]
    assert written[0] == written[1] == written[2] != written[3]


def test_plans_of_any_size_keep_every_rule() -> None:
    for seed in range(60):
        pick = random.Random(seed)
        size = Size(pick.randint(7, 14), pick.randint(1, 7), pick.randint(1, 3), pick.choice((5, 25)))
        problem = drawn(size, seed)
        got = answer(problem)
        assert found(plain(problem), plain(got)) == set(), seed
        assert got.proof.is_best


def test_a_morning_of_twenty_families_is_proven_best() -> None:
    problem = drawn(Size(20, 10, trouble=5), 1)
    got = answer(problem)
    assert [one.bound - one.value for one in got.proof.goals] == [0, 0, 0, 0]
    assert dict(goals(got))["served"] >= 12
    assert found(plain(problem), plain(got)) == set()


def test_without_time_the_answer_says_so_and_still_keeps_every_rule() -> None:
    problem = drawn(Size(12, 6), 3)
    got = answer(problem, seconds=0)
    assert not got.proof.is_best
    assert "morning_unproven" in [note.code for note in got.notes]
    assert {told.code for one in got.without for told in one.reasons} >= {"morning_no_time"}
    assert found(plain(problem), plain(got)) == set()
