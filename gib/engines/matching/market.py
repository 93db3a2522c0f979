"""Who may be matched with whom and what each pair is worth; the best plan for all, with its proof."""

from collections.abc import Callable
from dataclasses import dataclass, field

from gib.engines.matching.bits import places_in
from gib.engines.matching.certificate import certify
from gib.engines.matching.changes import bound
from gib.engines.matching.pool import Pool
from gib.engines.matching.problem import Demand, Problem
from gib.engines.matching.rules import possible
from gib.engines.matching.score import scores
from gib.engines.matching.solver import Graph, Plan, solve
from gib.engines.matching.tiers import Scale, Tiers, scale_of

#: A solver gives the best plan of a graph; whichever it is, its plan is checked.
Solver = Callable[[Graph], Plan]


@dataclass(frozen=True)
class Market:
    """A problem in numbers: demand `m` is `demands[m]`, in the order of their ids, and so with volunteers."""

    pool: Pool
    demands: list[Demand]
    graph: Graph
    scale: Scale
    number_of: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Matching:
    """The best plan of a market: proven, with what it reaches."""

    market: Market
    plan: Plan

    @property
    def reached(self) -> Tiers:
        """What the plan reaches, goal by goal."""
        return self.market.scale.read(bound(self.plan))

    def name(self, volunteer: int) -> str:
        """Name a volunteer by her number; empty for nobody."""
        return self.market.pool.volunteers[volunteer].id if volunteer >= 0 else ""


def market_of(problem: Problem) -> Market:
    """Find every possible pair of a problem and weigh it."""
    pool = Pool(problem)
    demands = sorted(problem.waiting, key=lambda one: one.id)
    scale = scale_of(pool, demands)
    graph = Graph([], [], [], [one.free for one in pool.volunteers])
    for demand in demands:
        targets, gains = offers(pool, demand, scale)
        graph.worth.append(scale.worth(pool, demand))
        graph.targets.append(targets)
        graph.gains.append(gains)
    return Market(pool, demands, graph, scale, {one.id: at for at, one in enumerate(demands)})


def offers(pool: Pool, demand: Demand, scale: Scale) -> tuple[list[int], list[int]]:
    """Give who may help with a demand, and what each is worth beyond its being met."""
    targets, shared = list(places_in(possible(pool, demand))), scale.gains.setdefault
    gains = [shared(score, score << scale.points) for score in scores(pool, demand, targets)]
    asked = pool.place_of.get(pool.asked.get(demand.id, ""))
    if asked in targets:
        gains[targets.index(asked)] += 1
    return targets, gains


def match(problem: Problem, solver: Solver = solve) -> Matching:
    """Find the best assignment for everybody who waits, and prove it.

    Raises:
        NotProven: the solver gave a plan that its own prices do not prove.
    """
    return matched(market_of(problem), solver)


def matched(market: Market, solver: Solver = solve) -> Matching:
    """Find the best plan of a market, and prove it.

    Raises:
        NotProven: the solver gave a plan that its own prices do not prove.
    """
    plan = solver(market.graph)
    certify(market.graph, plan)
    return Matching(market, plan)
