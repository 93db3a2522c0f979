"""Small mornings and what may happen to them, for the tests and the benchmark."""

import random
from dataclasses import replace

from gib.engines.mornings import answer
from gib.engines.mornings.answer import Answer, booked
from gib.engines.mornings.problem import Change, Kind, Problem
from gib.engines.mornings.tests import oracle
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
