"""Whole-number programmes with goals in an order, solved one after the other, each with its proven bound.

What a goal reached is a row for the goals behind it, so no amount of a later one outweighs an earlier one.
The solver calculates in floating point: its plan is rounded, added up again in whole numbers, and whoever
asked checks it against the rules.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import floor
from typing import Any, Final

import highspy
import numpy as np

#: Variable -> factor.
Sum = dict[int, int]
#: The same input gives the same plan. Presolving is off: with it a plan was returned that broke two rows.
OPTIONS: Final[Mapping[str, str | int | float]] = {
    "presolve": "off",
    "parallel": "off",
    "threads": 1,
    "random_seed": 1,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.9,
}
_NEARLY: Final = 1e-5
#: A solver that says nothing, since the output of a command is an answer. By itself it greets while it is
#: made, before anybody can hush it; the calls back that it prepares at that moment are not used.
_QUIET: Final[type] = type("Quiet", (highspy.Highs,), {"enableCallbacks": highspy.Highs.silent})


@dataclass
class Programme:
    """Whole variables from 0 up to a limit, and rows of at most so much; everything at 0 must be possible."""

    limits: list[int] = field(default_factory=list)
    rows: list[tuple[Sum, int]] = field(default_factory=list)

    def variable(self, limit: int = 1) -> int:
        """Add a variable; gives its number."""
        self.limits.append(limit)
        return len(self.limits) - 1

    def at_most(self, terms: Sum, limit: int) -> None:
        """Add a row."""
        self.rows.append((terms, limit))


@dataclass(frozen=True, slots=True)
class Goal:
    """Something to have as much of as possible; what should be little has factors below 0."""

    code: str
    terms: Sum


@dataclass(frozen=True, slots=True)
class Reached:
    """What a goal reached, and the most that anybody could reach with the earlier goals as they are."""

    code: str
    value: int
    bound: int


@dataclass(frozen=True, slots=True)
class Solution:
    """The value of each variable, and the proof per goal."""

    values: list[int]
    reached: tuple[Reached, ...]


#: A way to solve: programme, goals and seconds in.
Solver = Callable[[Programme, Sequence[Goal], float], Solution]


def solve(programme: Programme, goals: Sequence[Goal], seconds: float) -> Solution:
    """Reach the goals one after the other.

    Args:
        seconds: of the clock on the wall, for all goals together; when they are over the best plan so far is
            given with its bound.
    """
    until = time.monotonic() + seconds
    rows, values, reached = [*programme.rows], [0] * len(programme.limits), []
    for goal in goals:
        left = until - time.monotonic()
        values, bound = _best(programme.limits, rows, goal, values, left)
        value = total(goal.terms, values)
        reached.append(Reached(goal.code, value, bound))
        rows.append(({at: -factor for at, factor in goal.terms.items()}, -value))
    return Solution(values, tuple(reached))


def total(terms: Sum, values: Sequence[int]) -> int:
    """Add up a sum in whole numbers."""
    return sum(factor * values[at] for at, factor in terms.items())


def _best(
    limits: list[int], rows: list[tuple[Sum, int]], goal: Goal, start: list[int], left: float
) -> tuple[list[int], int]:
    """Give the best plan for one goal, or the start when nothing better was found in time, and the bound."""
    most = sum(max(0, factor) * limits[at] for at, factor in goal.terms.items())
    if left <= 0 or total(goal.terms, start) == most:
        return start, most
    solver = _loaded(limits, rows, goal)
    solver.setOptionValue("time_limit", left)
    solver.setSolution(len(start), np.arange(len(start), dtype=np.int32), np.array(start, dtype=float))
    solver.run()
    info, found = solver.getInfo(), start
    if info.primal_solution_status == highspy.kSolutionStatusFeasible:
        found = _better(rows, goal, start, [round(value) for value in solver.getSolution().col_value])
    return found, max(total(goal.terms, found), min(most, floor(-info.mip_dual_bound + _NEARLY)))


def _better(rows: list[tuple[Sum, int]], goal: Goal, start: list[int], found: list[int]) -> list[int]:
    """Take what was found when it keeps every row in whole numbers and is no worse."""
    is_kept = all(total(terms, found) <= limit for terms, limit in rows)
    return found if is_kept and total(goal.terms, found) >= total(goal.terms, start) else start


def _loaded(limits: list[int], rows: list[tuple[Sum, int]], goal: Goal) -> Any:
    solver = _QUIET()
    for name, value in OPTIONS.items():
        solver.setOptionValue(name, value)
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = len(limits), len(rows)
    programme.col_cost_ = np.array([-goal.terms.get(at, 0) for at in range(len(limits))], dtype=float)
    programme.col_lower_ = np.zeros(len(limits))
    programme.col_upper_ = np.array(limits, dtype=float)
    programme.integrality_ = [highspy.HighsVarType.kInteger] * len(limits)
    programme.row_lower_ = np.full(len(rows), -highspy.kHighsInf)
    programme.row_upper_ = np.array([limit for _terms, limit in rows], dtype=float)
    _fill(programme.a_matrix_, [terms for terms, _limit in rows])
    solver.passModel(programme)
    return solver


def _fill(matrix: Any, rows: list[Sum]) -> None:
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.concatenate([[0], np.cumsum([len(terms) for terms in rows])]).astype(np.int32)
    matrix.index_ = np.array([at for terms in rows for at in terms], dtype=np.int32)
    matrix.value_ = np.array([factor for terms in rows for factor in terms.values()], dtype=float)
