"""The plan equals trying everything, also after a change, and hangs on nothing but the problem."""

import json
import random
from dataclasses import replace

import pytest

from gib.core.kernel.reading import plain
from gib.engines.mornings import answer, check
from gib.engines.mornings.answer import Answer, booked
from gib.engines.mornings.problem import Change, Kind, Problem
from gib.engines.mornings.tests import oracle
from gib.engines.mornings.tests.validator import found
from gib.engines.mornings.tests.worlds import Size, drawn

GOALS = ("kept", "unchanged", "urgent", "served", "points", "minutes")
#: Families, drivers, rounds: at most some ten thousand plans each.
SMALL = ((1, 1, 1), (2, 3, 2), (3, 2, 2), (4, 2, 1), (4, 3, 1), (5, 2, 1), (6, 1, 1), (6, 2, 1), (3, 0, 2))


def small(seed: int) -> Problem:
    """Draw a morning of at most six families."""
    families, drivers, rounds = SMALL[seed % len(SMALL)]
    return drawn(Size(families, drivers, rounds, trouble=(5, 15, 40)[seed // 9 % 3]), seed)


def worth(got: Answer) -> oracle.Worth:
    """Write what an answer is worth as the oracle does."""
    reached = {one.code: one.value for one in got.proof.goals}
    first, second, third, fourth, fifth, sixth = (reached.get(code, 0) for code in GOALS)
    return first, second, third, fourth, fifth, sixth


def changed(problem: Problem, seed: int) -> Problem:
    """Let a morning that was planned meet one thing or two."""
    pick = random.Random(seed)
    able = {
        Kind.CHILD_ILL: [
            child.id for one in problem.families for home in one.homes for child in home.children
        ],
        Kind.FAMILY_TRANSFERRED: [one.id for one in problem.families],
        Kind.DRIVER_CANCELLED: [one.id for one in problem.drivers],
        Kind.ESCORT_CANCELLED: [one.id for one in problem.escorts],
        Kind.ROUND_CANCELLED: [one.id for one in problem.rounds],
    }
    kinds = pick.choices([kind for kind in able if able[kind]], k=pick.randint(1, 2))
    changes = tuple(Change(kind, pick.choice(able[kind])) for kind in kinds)
    return replace(problem, previous=booked(problem, answer(problem)), changes=changes)


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
