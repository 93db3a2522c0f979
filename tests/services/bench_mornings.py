"""What plans of mornings cost, beside CP-SAT of OR-Tools and working by hand on the same problems.

`make bench-mornings` prints it; nothing here is asserted but that plans keep the rules and proofs agree. With
arguments only those parts run: mornings, calendars, changes, brute, plans.
"""

import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import median

from gib.core.kernel.reading import plain
from gib.engines.mornings import answer
from gib.engines.mornings.answer import booked
from gib.engines.mornings.loads import loads
from gib.engines.mornings.morning import Morning, morning_of
from gib.engines.mornings.planning import Planned, plan
from gib.engines.mornings.problem import Problem
from gib.engines.mornings.solver import solve
from gib.engines.mornings.tests import calendars as visit_worlds
from gib.engines.mornings.tests import oracle
from gib.engines.mornings.tests.small import changed, small, worth
from gib.engines.mornings.tests.validator import found
from gib.engines.mornings.tests.worlds import Size, drawn
from gib.engines.mornings.visits import planning as visits
from tests.services.morning_rivals import ByHand, cp_sat

SECONDS = 30
SIZES = {
    "8 families, 5 drivers": Size(8, 5, trouble=5),
    "12 families, 7 drivers": Size(12, 7, trouble=5),
    "20 families, 10 drivers": Size(20, 10, trouble=5),
    "20 families, 10 drivers, wide": Size(20, 10, trouble=2, kilometres=25),
    "30 families, 15 drivers, 2 rounds": Size(30, 15, 2, trouble=5),
    "45 families, 22 drivers": Size(45, 22, trouble=5),
    "45 families, 22 drivers, wide": Size(45, 22, trouble=3, kilometres=30),
}
WAYS: dict[str, Callable[[Morning], Planned]] = {
    "own (HiGHS)": lambda morning: plan(morning, SECONDS, solve),
    "CP-SAT, 2 threads": lambda morning: plan(morning, SECONDS, cp_sat),
    "by hand": lambda morning: ByHand(morning).plan(),
}


def main(parts: Sequence[str]) -> None:
    """Run every part, or those that are named."""
    every = {
        "mornings": mornings,
        "calendars": calendars,
        "changes": changes,
        "brute": brute,
        "plans": plans,
    }
    for name in parts or every:
        every[name]()


def mornings(seeds: int = 3) -> None:
    """Plan mornings of many sizes by each way, in turn."""
    print(f"{'':36}{'loads':>7}", end=" ")
    print(f"{'way':18}{'seconds':>8}{'of CPU':>8}  urgent served points minutes     gap unserved")
    for name, size in SIZES.items():
        for seed in range(seeds):
            morning = morning_of(drawn(size, seed))
            number, best = len(loads(morning)), None
            for way, made in WAYS.items():
                began, cpu = time.perf_counter(), time.process_time()
                got = made(morning)
                took, cpu = time.perf_counter() - began, time.process_time() - cpu
                goals = {one.code: one for one in got.reached}
                best = best or got
                proof = "" if way == "by hand" else gap(got)
                print(
                    f"{name:36}{number:7} {way:18}{took:8.2f}{cpu:8.2f}"
                    f"{goals['urgent'].value:8}{goals['served'].value:7}{goals['points'].value:7}"
                    f"{-goals['minutes'].value:8}{proof:>8}{len(got.unplaced):9}",
                    flush=True,
                )
                agree(best, got, way)


def gap(got: Planned) -> str:
    """Write the first goal that is not proven, and how far at most it lies from the best, in hundredths."""
    for one in got.reached:
        if one.value != one.bound:
            return f"{one.code[:1]} {100 * (one.bound - one.value) / max(1, abs(one.value)):.1f}%"
    return "0"


def agree(best: Planned, got: Planned, way: str) -> None:
    """Let two proofs not contradict each other."""
    both = gap(best) == gap(got) == "0" and way != "by hand"
    assert not both or [one.value for one in best.reached] == [one.value for one in got.reached]


def calendars() -> None:
    """Plan the fortnightly visits of twelve weeks, with room enough and with too little."""
    print(f"\n{'':36}{'way':18}{'seconds':>8}{'of CPU':>8}   visits in rhythm  gap")
    for pairs, tight in ((60, 1.2), (110, 1.2), (110, 0.9)):
        calendar = visit_worlds.drawn(pairs, tight=tight)
        for way, solver in (("own (HiGHS)", solve), ("CP-SAT, 2 threads", cp_sat)):
            began, cpu = time.perf_counter(), time.process_time()
            held, rhythm = visits.plan(calendar, SECONDS, solver).reached
            took, cpu = time.perf_counter() - began, time.process_time() - cpu
            proof = held.bound - held.value, rhythm.bound - rhythm.value
            name = f"{pairs} pairs, {'room' if tight > 1 else 'too little room'}"
            print(
                f"{name:36}{way:18}{took:8.2f}{cpu:8.2f}{held.value:5}/{6 * pairs}{rhythm.value:10}  {proof}",
                flush=True,
            )


def changes(number: int = 100) -> None:
    """Plan again after something changed, and plan anew as if nothing had been promised."""
    took, touched, anew = [], [], []
    for seed in range(number):
        before = drawn(Size(16, 8, trouble=5), seed)
        problem = changed(before, seed)
        began = time.perf_counter()
        got = answer(problem)
        took.append(time.perf_counter() - began)
        assert got.proof.is_best and not found(plain(problem), plain(got))
        touched.append(len(got.changed))
        anew.append(moved(problem))
    print(
        f"\n{number} mornings of 16 families after a change or two:"
        f" {median(took):.2f} s, most {max(took):.2f} s"
    )
    print(f"families changed {spread(touched)}; when planned anew {spread(anew)}")


def moved(problem: Problem) -> int:
    """Count whose round or driver changes when the same morning is planned without its previous plan."""
    forgotten = replace(problem, previous=())
    now = {(one.home, one.round, one.driver) for one in booked(forgotten, answer(forgotten))}
    family = {home.id: one.id for one in problem.families for home in one.homes}
    ill = {one.id for one in problem.changes}
    gone = {
        home.id
        for one in problem.families
        for home in one.homes
        if one.id in ill or {child.id for child in home.children} <= ill
    }
    return len(
        {family[one.home] for one in problem.previous if one.home not in gone}
        - {family[home] for home, round_, driver in now if before(problem, home) == (round_, driver)}
    )


def before(problem: Problem, home: str) -> tuple[str, str] | None:
    """Give where a home was booked."""
    return next(((one.round, one.driver) for one in problem.previous if one.home == home), None)


def spread(counts: Sequence[int]) -> str:
    """Write the average and the most."""
    return f"{sum(counts) / len(counts):.2f} on average, {max(counts)} at most"


def brute(number: int = 3_000) -> None:
    """Compare small mornings with trying everything, before and after a change."""
    began = time.perf_counter()
    for seed in range(1_000, 1_000 + number):
        problem = small(seed)
        assert worth(answer(problem)) == oracle.best(plain(problem)), seed
        if seed % 3 == 0:
            problem = changed(problem, seed)
            assert worth(answer(problem)) == oracle.best(plain(problem)), seed
    print(f"\n{number} mornings of up to 6 families equal trying everything", end=", ")
    print(f"a third of them also after a change ({time.perf_counter() - began:.0f} s)")


def plans(number: int = 10_000) -> None:
    """Let the validator look at many random plans."""
    broken = placed = 0
    began = time.perf_counter()
    for seed in range(number):
        pick = random.Random(seed)
        size = Size(pick.randint(1, 12), pick.randint(0, 6), pick.randint(1, 3), pick.choice((5, 20, 40)))
        problem = drawn(size, seed)
        got = answer(problem)
        broken += bool(found(plain(problem), plain(got)))
        placed += sum(len(room.families) for room in got.rounds)
    print(f"\n{number} random plans with {placed} families that come: {broken} break a rule", end=" ")
    print(f"({time.perf_counter() - began:.0f} s)")
    assert not broken


if __name__ == "__main__":
    main(sys.argv[1:])
