"""The best assignment of all: shortest augmenting paths with prices, exact on whole numbers of any size."""

from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any, Final

#: Farther than any distance that counts, for who does not belong to a crowd; sums of three fit in 64 bits.
FAR: Final = 1 << 60


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

    Arrays of 64 bits: `price[v]` and `gain[m]` are those of the plan but for one `level`, so a rise of
    everybody changes nothing here: the step of a holder `m` to the volunteer of her pair `k` costs
    `gain[m] + price[v] - gains[m][k]`. `loss[m]` is what the plan loses when a holder leaves it, and
    `mate[m]` her volunteer, -1 for who is outside the crowd. `rows[m]` and `wanted[v]` are the pairs of
    the holders, with their gains, seen from each side. No pair gains more than `step`; `spare` is how far
    the crowd may rise before it reaches others, `risen` how far it rose.
    """

    level: int
    members: list[int]
    price: Any
    gain: Any
    loss: Any
    mate: Any
    rows: dict[int, tuple[Any, Any]]
    wanted: dict[int, list[tuple[Any, Any]]]
    spare: int
    step: int
    risen: int = 0
    is_ahead: bool = False


@dataclass
class Plan:
    """An assignment with its prices, at every moment the best for the demands that are in it.

    `mate[m]` is the volunteer of a demand, or -1. `gain[m]` is what the demand adds, and `price[v]` how much
    a place of a volunteer is wanted; together they bound every pair from above, which proves the optimum.
    A crowd may be ahead of the gains and prices that are written down, until somebody asks for them.
    """

    graph: Graph
    mate: list[int] = field(default_factory=list)
    written_gain: list[int] = field(default_factory=list)
    written_price: list[int] = field(default_factory=list)
    holders: list[list[int]] = field(default_factory=list)
    fans: list[list[tuple[int, int]]] | None = None
    crowd: Crowd | None = None

    @property
    def gain(self) -> list[int]:
        """What each demand adds."""
        self._write()
        return self.written_gain

    @property
    def price(self) -> list[int]:
        """How much a place of each volunteer is wanted."""
        self._write()
        return self.written_price

    def price_at(self, row: list[int]) -> list[int]:
        """Give the price of some volunteers, also where the crowd is ahead of what is written down."""
        if self.crowd is None:
            return [self.written_price[at] for at in row]
        near, level = self.crowd.price[row].tolist(), self.crowd.level
        return [
            self.written_price[at] if more == FAR else level + more
            for at, more in zip(row, near, strict=True)
        ]

    def disperse(self) -> None:
        """Let go of the crowd, once what it found out is written down."""
        self._write()
        self.crowd = None

    def _write(self) -> None:
        """Write down what the crowd found out."""
        crowd, worth = self.crowd, self.graph.worth
        if crowd is None or not crowd.is_ahead:
            return
        crowd.is_ahead = False
        for at, price in zip(crowd.members, crowd.price[crowd.members].tolist(), strict=True):
            self.written_price[at] = crowd.level + price
            for holder in self.holders[at]:
                self.written_gain[holder] = worth[holder] - crowd.level + int(crowd.gain[holder])

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
    graph, worth = plan.graph, plan.graph.worth[demand]
    prices = plan.price_at(graph.targets[demand])
    offers = [gain - price for price, gain in zip(prices, graph.gains[demand], strict=True)]
    plan.written_gain[demand] = max(0, worth + max(offers, default=-worth))
    if plan.written_gain[demand]:
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
