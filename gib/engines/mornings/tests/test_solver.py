"""Goals one after the other, each with its bound; small programmes are tried out whole."""

import random
from itertools import product

from gib.engines.mornings.solver import Goal, Programme, solve, total


def drawn(seed: int) -> tuple[Programme, list[Goal]]:
    """Draw a programme of a few variables, rows and goals."""
    pick, programme = random.Random(seed), Programme()
    variables = [programme.variable(pick.randint(1, 2)) for _ in range(6)]
    for _ in range(5):
        terms = {at: pick.randint(-2, 4) for at in pick.sample(variables, 3)}
        programme.at_most(terms, pick.randint(0, 5))
    goals = [Goal(str(at), {each: pick.randint(-3, 5) for each in variables}) for at in range(3)]
    return programme, goals


def test_the_goals_are_reached_in_their_order() -> None:
    for seed in range(150):
        programme, goals = drawn(seed)
        found = solve(programme, goals, 30)
        able = [
            values
            for values in product(*(range(limit + 1) for limit in programme.limits))
            if all(total(terms, values) <= limit for terms, limit in programme.rows)
        ]
        best = max(tuple(total(goal.terms, values) for goal in goals) for values in able)
        assert tuple(one.value for one in found.reached) == best
        assert tuple(one.bound for one in found.reached) == best
        assert tuple(found.values) in able


def test_without_time_nothing_is_planned_and_the_bound_is_what_all_together_are_worth() -> None:
    programme = Programme()
    one, other = programme.variable(2), programme.variable()
    programme.at_most({one: 1, other: 1}, 1)
    found = solve(programme, [Goal("a", {one: 3, other: -1})], 0)
    assert found.values == [0, 0]
    assert [(reached.value, reached.bound) for reached in found.reached] == [(0, 6)]


def test_nothing_to_choose_is_nothing_to_solve() -> None:
    found = solve(Programme(), [Goal("a", {})], 30)
    assert (found.values, found.reached[0].value, found.reached[0].bound) == ([], 0, 0)
