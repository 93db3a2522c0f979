"""What becomes of the best plan when a mother comes, goes, or is placed by hand: it stays the best."""

from dataclasses import dataclass, field
from heapq import heappop, heappush

from gib.engines.matching.crowd import pass_on
from gib.engines.matching.solver import Plan, Way, augment, enter


def join(plan: Plan, worth: int, targets: list[int], gains: list[int]) -> int:
    """Add one demand to a plan, which stays the best; gives its number."""
    demand = len(plan.mate)
    plan.graph.worth.append(0)
    plan.graph.targets.append([])
    plan.graph.gains.append([])
    plan.mate.append(-1)
    plan.written_gain.append(0)
    _offer(plan, demand, worth, targets, gains, pass_on)
    return demand


def _offer(
    plan: Plan, demand: int, worth: int, targets: list[int], gains: list[int], way: Way = augment
) -> None:
    """Give a demand that has no place its possible pairs, and bring it in."""
    graph = plan.graph
    graph.worth[demand], graph.targets[demand], graph.gains[demand] = worth, targets, gains
    if plan.fans is not None:
        for volunteer, gain in zip(targets, gains, strict=True):
            plan.fans[volunteer] = [*plan.fans[volunteer], (demand, worth + gain)]
    enter(plan, demand, way)


def withdraw(plan: Plan, demand: int) -> None:
    """Take a demand out of a plan; who gains most by her place gets it."""
    fans, graph, freed = _fans(plan), plan.graph, plan.mate[demand]
    plan.disperse()
    for volunteer in graph.targets[demand]:
        fans[volunteer] = [row for row in fans[volunteer] if row[0] != demand]
    graph.worth[demand], graph.targets[demand], graph.gains[demand] = 0, [], []
    plan.mate[demand], plan.gain[demand] = -1, 0
    if freed >= 0:
        plan.holders[freed].remove(demand)
        _refill(plan, freed)


def _fans(plan: Plan) -> list[list[tuple[int, int]]]:
    """Give, per volunteer, whom she may help and what the pair is worth."""
    if plan.fans is None:
        plan.fans = [[] for _ in plan.graph.room]
        for demand, worth in enumerate(plan.graph.worth):
            for volunteer, gain in zip(plan.graph.targets[demand], plan.graph.gains[demand], strict=True):
                plan.fans[volunteer].append((demand, worth + gain))
    return plan.fans


def forced(plan: Plan, demand: int, volunteer: int) -> tuple[Plan, int]:
    """Give the best plan in which one pair stands, and its worth; the pair must be a possible one."""
    _fans(plan)
    other = plan.copy()
    weight = plan.graph.weight(demand, volunteer)
    withdraw(other, demand)
    above = bound(other) + weight + 1
    _offer(other, demand, above, [volunteer], [weight])
    return other, bound(other) - above


def bound(plan: Plan) -> int:
    """Give what no plan exceeds, which is what the best plan is worth."""
    return sum(plan.gain) + sum(map(int.__mul__, plan.price, plan.graph.room))


@dataclass
class _Search:
    """What a search for who should have a freed place has found."""

    best: int
    end: int
    taker: int = -1
    distance: dict[int, int] = field(default_factory=dict)
    source: dict[int, tuple[int, int]] = field(default_factory=dict)
    settled: list[tuple[int, int]] = field(default_factory=list)
    heap: list[tuple[int, int]] = field(default_factory=list)


def _refill(plan: Plan, freed: int) -> None:
    """Give a freed place to whoever adds most, who may free one in turn; or leave the cheapest one free."""
    search = _Search(plan.price[freed], freed, distance={freed: 0}, heap=[(0, freed)])
    while search.heap and search.heap[0][0] < search.best:
        distance, volunteer = heappop(search.heap)
        if distance > search.distance[volunteer]:
            continue
        search.settled.append((distance, volunteer))
        if distance + plan.price[volunteer] < search.best:
            search.best, search.end, search.taker = distance + plan.price[volunteer], volunteer, -1
        _look(plan, search, volunteer, distance)
    for distance, volunteer in search.settled:
        by = max(0, search.best - distance)
        plan.price[volunteer] -= by
        for holder in plan.holders[volunteer]:
            plan.gain[holder] += by
    _shift(plan, search, freed)


def _look(plan: Plan, search: _Search, volunteer: int, distance: int) -> None:
    """Look from a free place at everybody whom this volunteer may help."""
    base, known = distance + plan.price[volunteer], search.distance
    for demand, weight in _fans(plan)[volunteer]:
        cost, mate = base + plan.gain[demand] - weight, plan.mate[demand]
        if cost >= search.best or mate == volunteer:
            continue
        if mate < 0:
            search.best, search.end, search.taker = cost, volunteer, demand
        elif mate not in known or cost < known[mate]:
            known[mate] = cost
            search.source[mate] = (demand, volunteer)
            heappush(search.heap, (cost, mate))


def _shift(plan: Plan, search: _Search, freed: int) -> None:
    """Move everybody one place along the way that was found, from its end back to the freed place."""
    volunteer = search.end
    if search.taker >= 0:
        plan.mate[search.taker] = volunteer
        plan.holders[volunteer].append(search.taker)
    while volunteer != freed:
        mover, to = search.source[volunteer]
        plan.holders[volunteer].remove(mover)
        plan.holders[to].append(mover)
        plan.mate[mover] = to
        volunteer = to
