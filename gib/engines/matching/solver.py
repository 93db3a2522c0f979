"""The best assignment of all: shortest augmenting paths with prices, exact on whole numbers of any size."""

from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush


@dataclass(frozen=True)
class Graph:
    """Who may be matched with whom, in numbers.

    A demand `m` is worth `worth[m]` when it is matched at all, and `gains[m][k]` more with the volunteer
    `targets[m][k]`; both are at least 0, and their sum is above 0. `room` is how many
    each volunteer can take.
    """

    worth: list[int]
    targets: list[list[int]]
    gains: list[list[int]]
    room: list[int]

    @property
    def pairs(self) -> int:
        """How many pairs are possible."""
        return sum(map(len, self.targets))

    def weight(self, demand: int, volunteer: int) -> int:
        """Give what a pair is worth; it must be a possible one."""
        return self.worth[demand] + self.gains[demand][self.targets[demand].index(volunteer)]


@dataclass
class Crowd:
    """Volunteers whose prices lie so near each other, and so far from all others, that a search stays inside.

    `price[v]` and `gain[m]` are those of the plan but for what is the same for all of the crowd, so a rise of
    everybody changes nothing here: the step of a holder `m` to the volunteer of her pair `k` costs
    `gain[m] + price[v] - gains[m][k]`. `spare` is how far the crowd may rise before it reaches others.
    """

    members: list[int]
    held: set[int]
    price: list[int]
    gain: list[int]
    suitors: list[tuple[list[int], list[int]]]
    spare: int
    step: int


@dataclass
class Plan:
    """An assignment with its prices, at every moment the best for the demands that are in it.

    `mate[m]` is the volunteer of a demand, or -1. `gain[m]` is what the demand adds, and `price[v]` how much
    a place of a volunteer is wanted; together they bound every pair from above, which proves the optimum.
    """

    graph: Graph
    mate: list[int] = field(default_factory=list)
    gain: list[int] = field(default_factory=list)
    price: list[int] = field(default_factory=list)
    holders: list[list[int]] = field(default_factory=list)
    fans: list[list[tuple[int, int]]] | None = None
    suitors: list[tuple[list[int], list[int]]] | None = None
    crowd: Crowd | None = None

    @property
    def objective(self) -> int:
        """What all pairs of the plan are worth together."""
        weight = self.graph.weight
        return sum(weight(at, mate) for at, mate in enumerate(self.mate) if mate >= 0)

    def copy(self) -> "Plan":
        """Give a plan of its own, to try something out without changing this one."""
        own = self.graph
        graph = Graph([*own.worth], [*own.targets], [*own.gains], [*own.room])
        holders = [[*held] for held in self.holders]
        fans = None if self.fans is None else [*self.fans]
        return Plan(graph, [*self.mate], [*self.gain], [*self.price], holders, fans)


#: How a demand that gains by it gets its place.
Way = Callable[[Plan, int], None]


def solve(graph: Graph) -> Plan:
    """Find the assignment of the highest worth, and the prices that prove it.

    Demands enter in the order of their worth, so that one that was matched is rarely let go again.
    """
    plan = Plan(graph, [-1] * len(graph.worth), [0] * len(graph.worth), [0] * len(graph.room))
    plan.holders = [[] for _ in graph.room]
    for demand in sorted(range(len(graph.worth)), key=lambda at: -graph.worth[at]):
        enter(plan, demand)
    return plan


def enter(plan: Plan, demand: int, way: Way | None = None) -> None:
    """Bring a demand into the plan, which stays the best; another may lose her place to it."""
    graph, price = plan.graph, plan.price
    worth = graph.worth[demand]
    offers = [gain - price[at] for at, gain in zip(graph.targets[demand], graph.gains[demand], strict=True)]
    plan.gain[demand] = max(0, worth + max(offers, default=-worth))
    if plan.gain[demand]:
        (way or augment)(plan, demand)


@dataclass
class _Search:
    """What a search for the cheapest way has found: distances, where each was reached from, the best end."""

    best: int
    end: int
    is_free: bool = False
    distance: dict[int, int] = field(default_factory=dict)
    source: dict[int, int] = field(default_factory=dict)
    settled: list[tuple[int, int]] = field(default_factory=list)
    heap: list[tuple[int, int]] = field(default_factory=list)


def augment(plan: Plan, demand: int) -> None:
    """Give a demand the place that costs all together least: a free one, one of another, or none."""
    search = _Search(plan.gain[demand], demand)
    _look(plan, search, demand, 0)
    while search.heap and search.heap[0][0] < search.best:
        distance, volunteer = heappop(search.heap)
        if distance > search.distance[volunteer]:
            continue
        search.settled.append((distance, volunteer))
        for holder in plan.holders[volunteer]:
            if distance + plan.gain[holder] < search.best:
                search.best, search.end, search.is_free = distance + plan.gain[holder], holder, False
            _look(plan, search, holder, distance)
    plan.gain[demand] -= search.best
    for distance, volunteer in search.settled:
        _raise_price(plan, volunteer, search.best - distance)
    _shift(plan, search, demand)


def _look(plan: Plan, search: _Search, demand: int, distance: int) -> None:
    """Look from a demand at every volunteer who may help her: this loop is where the time goes."""
    graph, price, known = plan.graph, plan.price, search.distance
    room, holders, best = graph.room, plan.holders, search.best
    base = distance + plan.gain[demand] - graph.worth[demand]
    for volunteer, gain in zip(graph.targets[demand], graph.gains[demand], strict=True):
        cost = base + price[volunteer] - gain
        if cost < best and (volunteer not in known or cost < known[volunteer]):
            known[volunteer] = cost
            search.source[volunteer] = demand
            if len(holders[volunteer]) < room[volunteer]:
                best, search.end, search.is_free = cost, volunteer, True
            else:
                heappush(search.heap, (cost, volunteer))
    search.best = best


def _raise_price(plan: Plan, volunteer: int, by: int) -> None:
    plan.price[volunteer] += by
    for holder in plan.holders[volunteer]:
        plan.gain[holder] -= by


def _shift(plan: Plan, search: _Search, demand: int) -> None:
    """Hand on the places along the way that was found, from its end back to the demand."""
    volunteer = search.end
    if not search.is_free:
        if search.end == demand:
            return
        volunteer = plan.mate[search.end]
        plan.holders[volunteer].remove(search.end)
        plan.mate[search.end] = -1
    hand_on(plan, search.source, volunteer, demand)


def hand_on(plan: Plan, source: dict[int, int], volunteer: int, demand: int) -> None:
    """Give a place that is free to who was led there, hers to who was led to that one, up to a demand."""
    mover = source[volunteer]
    while mover != demand:
        before = plan.mate[mover]
        plan.mate[mover] = volunteer
        plan.holders[before].remove(mover)
        plan.holders[volunteer].append(mover)
        volunteer, mover = before, source[before]
    plan.mate[demand] = volunteer
    plan.holders[volunteer].append(demand)
