"""How the matching engine does beside others on the same problems in the same run: printed, never asserted.

What is right is asserted: every plan of ours is proven, and nobody reaches more.
"""

import gc
import os
import platform
import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from multiprocessing import get_context
from statistics import median

from gib.engines.matching import insert, price, top
from gib.engines.matching.batch import solve as by_ortools
from gib.engines.matching.certificate import certify
from gib.engines.matching.changes import bound
from gib.engines.matching.market import Market, Matching, market_of, matched
from gib.engines.matching.problem import Problem
from gib.engines.matching.solver import Graph, Plan, solve
from gib.engines.matching.tests.worlds import DEPARTMENT, GIB, NATION, REGION, SMALL, drawn
from gib.engines.matching.tiers import Tiers
from tests.services import online, rivals

OWN: dict[str, Callable[[Graph], Plan]] = {"own, pure Python": solve, "OR-Tools with prices": by_ortools}
RIVALS: dict[str, Callable[[Graph, int], rivals.Mates]] = {
    "OR-Tools flow, no prices": rivals.flow,
    "SciPy sparse": rivals.jonker_volgenant,
    "best pair first": rivals.best_pair_first,
    "oldest first": rivals.oldest_first,
}
#: Times that each is run at a size; the nation takes too long for more.
SIZES = {"GIB": (GIB, 9), "department": (DEPARTMENT, 9), "region": (REGION, 5), "nation": (NATION, 1)}
_MARKETS: list[Market] = []


def main(names: Sequence[str]) -> None:
    """Print every measurement, or those of the given names."""
    print(f"{platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", end="; ")
    print(", ".join(f"{name} {version(name)}" for name in ("ortools", "scipy", "numpy")))
    agree()
    parts: dict[str, Callable[[], None]] = {name: partial(beside, name) for name in SIZES}
    parts |= {"arrivals": arrivals, "candidates": candidates, "choices": choices, "year": years}
    for name in names or parts:
        parts[name]()


def agree() -> None:
    """Refuse to measure solvers that do not reach the same on small problems."""
    for seed in range(100):
        market = market_of(drawn(GIB if seed % 5 == 0 else SMALL, seed))
        assert matched(market, by_ortools).reached == matched(market).reached, seed
    nobody = market_of(replace(drawn(SMALL), volunteers=(), pending=(), exclusions=()))
    assert matched(nobody, by_ortools).reached.served == 0
    print("both solvers reach the same on 100 problems, each with its proof")


def beside(name: str) -> None:
    """Measure each way in a process of its own, in turn, on one problem."""
    size, rounds = SIZES[name]
    began = time.process_time()
    problem = drawn(size, 1)
    drawn_in = time.process_time() - began
    market = market_of(problem)
    pairs_in = time.process_time() - began - drawn_in
    _MARKETS[:] = [market]
    gc.freeze()
    rows: dict[str, list[tuple[float, int, int]]] = {}
    for _ in range(rounds):
        for way in (*OWN, *RIVALS):
            with ProcessPoolExecutor(1, mp_context=get_context("fork")) as apart:
                rows.setdefault(way, []).append(apart.submit(measure, way).result())
    report(name, market, pairs_in, rows)


def measure(way: str) -> tuple[float, int, int]:
    """Run one way; gives seconds of CPU, the most memory in MB, and what its plan is worth."""
    market, began = _MARKETS[0], time.process_time()
    if way in OWN:
        plan = OWN[way](market.graph)
        took = time.process_time() - began
        worth = certify(market.graph, plan)
        assert worth == bound(plan)
    else:
        mates = RIVALS[way](market.graph, market.scale.points)
        took = time.process_time() - began
        worth = Plan(market.graph, mates).objective
    return took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, worth


def report(name: str, market: Market, pairs_in: float, rows: dict[str, list[tuple[float, int, int]]]) -> None:
    """Print one size: what each way took and reached, beside OR-Tools and the bound."""
    graph, best = market.graph, max(row[0][2] for row in rows.values())
    print(
        f"\n{name}: {len(graph.worth)} wait, {len(graph.room)} volunteers, {sum(graph.room)} places,"
        f" {graph.pairs} pairs found and weighed in {pairs_in:.2f} s"
    )
    floor = median(row[0] for row in rows["OR-Tools flow, no prices"])
    print(f"{'':26}{'CPU s':>9}{'ratio':>7}{'MB':>6}  urgent   met    days   points kept  proof")
    for way, found in rows.items():
        took, reached = median(row[0] for row in found), market.scale.read(found[0][2])
        proof = (
            "gap 0, checked" if way in OWN else "same goals" if _same(market, found[0][2], best) else "less"
        )
        assert way not in OWN or found[0][2] == best
        cost = f"{took:9.4f}{took / floor:7.1f}{max(row[1] for row in found):6}"
        print(f"{way:26}{cost}{goals(reached)}  {proof}")
    print(f"{'bound of the prices':48}{goals(market.scale.read(best))}  no plan is worth more than {best:,}")


def goals(reached: Tiers) -> str:
    """Write what a plan reaches, or a bound, goal by goal."""
    first = f"{reached.urgent:8}{reached.served:6}{reached.days:8}"
    return f"{first}{reached.points:9}{reached.kept:5}"


def _same(market: Market, one: int, other: int) -> bool:
    return replace(market.scale.read(one), kept=0) == replace(market.scale.read(other), kept=0)


def arrivals() -> None:
    """Bring mothers one by one into the best plan, and solve anew at the end; who comes today first."""
    for name, size, late in (("region", REGION, 500), ("nation", NATION, 1_000)):
        problem = drawn(replace(size, waiting=size.waiting + 2 * late), 2)
        today = tuple(replace(one, since_on=problem.on) for one in problem.waiting[-2 * late : -late])
        problem = replace(problem, waiting=(*problem.waiting[: -2 * late], *today, *problem.waiting[-late:]))
        early = without(problem, 2 * late)
        matching, took = matched(market_of(early), by_ortools), []
        for demand in problem.waiting[-2 * late :]:
            hers = tuple(one for one in problem.exclusions if one.mother == demand.mother)
            took.append(timed(partial(insert, matching, demand, hers)))
        anew = matched(market_of(replace(problem, pending=early.pending)), by_ortools)
        assert matching.reached == anew.reached
        print(f"\n{2 * late} mothers come one by one into the best plan of a {name}, which stays the best:")
        print(f"{late} of them wait since today: {spread(took[:late])}")
        print(f"{late} of them wait for some time: {spread(took[late:])}")
        print(f"all of them: {spread(took)}")


def without(problem: Problem, late: int) -> Problem:
    """Give a problem as it was before the last mothers came."""
    waiting = problem.waiting[:-late]
    mothers, demands = {one.mother for one in waiting}, {one.id for one in waiting}
    return replace(
        problem,
        waiting=waiting,
        exclusions=tuple(one for one in problem.exclusions if one.mother in mothers),
        pending=tuple(one for one in problem.pending if one.demand in demands),
    )


def candidates() -> None:
    """Find the best five of all volunteers of a nation, with reasons and with counts of who may not."""
    problem = drawn(replace(NATION, waiting=600), 3)
    pool = market_of(replace(problem, waiting=problem.waiting[:100])).pool
    took = [timed(partial(top, pool, demand)) for demand in problem.waiting[100:]]
    print(f"\nthe best five of {NATION.volunteers} volunteers with reasons and counts: {spread(took)}")


def choices() -> None:
    """Price pairs chosen by hand, which a test compares with solving anew."""
    for name in ("department", "region"):
        matching = matched(market_of(drawn(SIZES[name][0], 4)))
        market, pick = matching.market, random.Random(4)
        pairs = [(at, to) for at, targets in enumerate(market.graph.targets) for to in targets]
        took = [timed(priced(matching, *pair)) for pair in pick.sample(pairs, 300)]
        print(f"\nthe exact price of a pair chosen by hand in a {name}: {spread(took)}")


def priced(matching: Matching, demand: int, volunteer: int) -> Callable[[], object]:
    """Give the pricing of one pair."""
    market = matching.market
    return partial(price, matching, market.demands[demand].id, market.pool.volunteers[volunteer].id)


def years(seeds: int = 20) -> None:
    """Live years in which mothers come one by one, beside who comes first and beside hindsight."""
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as apart:
        online.report(list(apart.map(online.lived, range(seeds))))


def timed(act: Callable[[], object]) -> float:
    """Give the milliseconds of CPU that something takes."""
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


def spread(took: list[float]) -> str:
    """Write the middle, the 95th percentile and the most of some times."""
    ordered = sorted(took)
    middle, high = median(ordered), ordered[int(0.95 * len(ordered))]
    return f"p50 {middle:.2f} ms, p95 {high:.2f} ms, most {ordered[-1]:.1f} ms of CPU"


if __name__ == "__main__":
    main(sys.argv[1:])
