"""A mother who comes where many volunteers cost nearly the same: the search looks from both of its ends."""

from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise
from typing import Final

from gib.engines.matching.solver import Crowd, Plan, augment, hand_on

#: From how many holders of a place on looking from both ends is worth its preparation.
MANY: Final = 200
#: Farther than any distance that counts, for who does not belong to the crowd.
_FAR: Final = 1 << 100


@dataclass
class _Side:
    """How far a search has come from one of its ends: distances, by which step, and what is settled."""

    known: dict[int, int] = field(default_factory=dict)
    source: dict[int, tuple[int, int]] = field(default_factory=dict)
    heap: list[tuple[int, int]] = field(default_factory=list)
    settled: list[tuple[int, int]] = field(default_factory=list)
    work: int = 0
    limit: int = _FAR

    @property
    def top(self) -> int:
        """Up to which distance all is settled; what was farther than the limit was left out."""
        return min(self.heap[0][0], self.limit) if self.heap else self.limit


@dataclass
class _Meeting:
    """A search from a demand and from whoever could leave, of whom the cheapest loses `least`."""

    front: _Side
    back: _Side
    best: int
    least: int
    at: int = -1


#: From a place, who could move on or come, and what that costs.
_Steps = Callable[[Plan, Crowd, _Side, int, int], list[tuple[int, int, int]]]


def pass_on(plan: Plan, demand: int) -> None:
    """Bring in a demand that gains by it: like `augment`, but without asking a whole crowd."""
    crowd = _crowd_of(plan, demand)
    if crowd is None or not _is_met(plan, crowd, demand):
        plan.crowd = None
        augment(plan, demand)
    if plan.suitors is not None and plan.mate[demand] >= 0:
        welcome(plan, demand)


def welcome(plan: Plan, demand: int) -> None:
    """Remember that a demand that has a volunteer now could move to others."""
    if plan.suitors is not None:
        for volunteer, gain in zip(plan.graph.targets[demand], plan.graph.gains[demand], strict=True):
            plan.suitors[volunteer][0].append(demand)
            plan.suitors[volunteer][1].append(gain)


def _offers(plan: Plan, demand: int) -> list[tuple[int, int]]:
    """Give what each volunteer costs a demand beyond the cheapest one, who comes first."""
    graph, price = plan.graph, plan.price
    base, row = plan.gain[demand] - graph.worth[demand], graph.targets[demand]
    return sorted((base + price[at] - gain, at) for at, gain in zip(row, graph.gains[demand], strict=True))


def _crowd_of(plan: Plan, demand: int) -> Crowd | None:
    """Find the crowd where a demand comes in, unless there is a free place or the crowd is small."""
    entry = _offers(plan, demand)[0][1]
    if len(plan.holders[entry]) < plan.graph.room[entry]:
        return None
    crowd = plan.crowd
    if crowd is None or crowd.price[entry] == _FAR or max(plan.graph.gains[demand]) > crowd.step:
        plan.crowd = _gather(plan, entry)
    return plan.crowd


def _gather(plan: Plan, entry: int) -> Crowd | None:
    """Gather everybody whose price is near that of one volunteer, or near that of one of them, and so on."""
    graph, level = plan.graph, plan.price[entry]
    step = max(map(max, filter(None, graph.gains)), default=0)
    low, high, above = _between(sorted({*plan.price}), level, 2 * step)
    members = [at for at, price in enumerate(plan.price) if low <= price <= high]
    held = {holder for at in members for holder in plan.holders[at]}
    if len(held) < MANY or len(held) < sum(graph.room[at] for at in members):
        return None
    price, gain = _apart(plan, members, held, level)
    return Crowd(members, held, price, gain, _suitors(plan), above - high - step, step)


def _apart(plan: Plan, members: list[int], held: set[int], level: int) -> tuple[list[int], list[int]]:
    """Give the prices and gains of a crowd beside one level, which are small numbers."""
    price, gain = [_FAR] * len(plan.price), [_FAR] * len(plan.mate)
    for at in members:
        price[at] = plan.price[at] - level
    for holder in held:
        gain[holder] = plan.gain[holder] - plan.graph.worth[holder] + level
    return price, gain


def _suitors(plan: Plan) -> list[tuple[list[int], list[int]]]:
    """Give, per volunteer, the demands with a place that she may help too, and what each gains by her."""
    if plan.suitors is None:
        plan.suitors = [([], []) for _ in plan.graph.room]
        for demand, mate in enumerate(plan.mate):
            if mate >= 0:
                welcome(plan, demand)
    return plan.suitors


def _between(prices: list[int], level: int, gap: int) -> tuple[int, int, int]:
    """Give the lowest and the highest price around a level without a gap, and the first one above them."""
    low, high = prices[0], prices[-1]
    for lower, upper in pairwise(prices):
        if upper - lower > gap:
            if upper > level:
                return low, lower, upper
            low = upper
    return low, high, high + _FAR


def _is_met(plan: Plan, crowd: Crowd, demand: int) -> bool:
    """Look for the cheapest way inside the crowd, near first; tell whether it was found and taken."""
    crowd.gain += [_FAR] * (len(plan.mate) - len(crowd.gain))
    offers, least = _offers(plan, demand), min([plan.gain[holder] for holder in crowd.held])
    outside = [cost for cost, at in offers if crowd.price[at] == _FAR]
    most = min(plan.gain[demand], crowd.spare, *outside)
    for near in (crowd.step // 16, crowd.step, most):
        limit = min(most, least + near)
        found = _ends(plan, crowd, demand, offers, limit, least)
        _search(plan, crowd, found)
        if found.at >= 0 or limit == plan.gain[demand]:
            _settle(plan, crowd, demand, found)
            return True
    return False


def _ends(
    plan: Plan, crowd: Crowd, demand: int, offers: list[tuple[int, int]], limit: int, least: int
) -> _Meeting:
    """Begin at both ends: with whom who comes may go to, and with the places of who could leave."""
    front, back = _Side(), _Side()
    for cost, at in offers:
        if cost < limit - least:
            front.known[at], front.source[at] = cost, (demand, -1)
    leaving = [(plan.gain[holder], holder) for holder in crowd.held if plan.gain[holder] < limit]
    for loss, holder in sorted(leaving, reverse=True):
        back.known[plan.mate[holder]], back.source[plan.mate[holder]] = loss - least, (holder, -1)
    for side in (front, back):
        side.heap = sorted((distance, at) for at, distance in side.known.items())
    return _Meeting(front, back, limit - least, least)


def _search(plan: Plan, crowd: Crowd, found: _Meeting) -> None:
    """Look in turn from both ends, until no way that is left can be below the best one."""
    front, back = found.front, found.back
    for at in front.known.keys() & back.known.keys():
        _meet(found, at)
    while front.top + back.top < found.best:
        if front.work <= back.work:
            _look(plan, crowd, found, front, back, _onward)
        else:
            _look(plan, crowd, found, back, front, _backward)


def _look(plan: Plan, crowd: Crowd, found: _Meeting, side: _Side, other: _Side, steps: _Steps) -> None:
    """Settle the nearest volunteer of one side, and see whom she leads to."""
    distance, at = heappop(side.heap)
    known, source, heap, less = side.known, side.source, side.heap, found.best - other.top
    if distance > known[at]:
        return
    side.limit = min(side.limit, less)
    side.settled.append((distance, at))
    for cost, mover, to in steps(plan, crowd, side, at, less - distance):
        cost += distance
        if cost < known.get(to, less):
            known[to], source[to] = cost, (mover, at)
            heappush(heap, (cost, to))
            if to in other.known:
                _meet(found, to)


def _meet(found: _Meeting, at: int) -> None:
    if (cost := found.front.known[at] + found.back.known[at]) < found.best:
        found.best, found.at = cost, at


def _onward(plan: Plan, crowd: Crowd, side: _Side, at: int, less: int) -> list[tuple[int, int, int]]:
    """List whom the holders of a place could move to for less: the cost, who moves, and to whom."""
    graph, price, found = plan.graph, crowd.price, []
    for holder in plan.holders[at]:
        row, gain = graph.targets[holder], crowd.gain[holder]
        most, pairs = less - gain, zip(row, graph.gains[holder], strict=True)
        found += [(gain + cost, holder, to) for to, more in pairs if (cost := price[to] - more) < most]
        side.work += len(row)
    return found


def _backward(plan: Plan, crowd: Crowd, side: _Side, at: int, less: int) -> list[tuple[int, int, int]]:
    """List whose holders could move to this volunteer for less: the cost, who moves, and from whom."""
    gain, mate, price = crowd.gain, plan.mate, crowd.price[at]
    movers, gains = crowd.suitors[at]
    most, pairs = less - price, zip(movers, gains, strict=True)
    side.work += len(movers)
    return [(price + cost, one, mate[one]) for one, more in pairs if (cost := gain[one] - more) < most]


def _settle(plan: Plan, crowd: Crowd, demand: int, found: _Meeting) -> None:
    """Raise the prices by what was found out, and hand on the places along the way."""
    _raise_all(plan, crowd, found)
    plan.gain[demand] -= found.best + found.least
    if found.at >= 0:
        _hand_back(plan, crowd, found)
        hand_on(plan, {at: mover for at, (mover, _before) in found.front.source.items()}, found.at, demand)
        row, mate = plan.graph.targets[demand], plan.mate[demand]
        crowd.held.add(demand)
        crowd.gain[demand] = plan.graph.gains[demand][row.index(mate)] - crowd.price[mate]


def _raise_all(plan: Plan, crowd: Crowd, found: _Meeting) -> None:
    """Raise who is far from both ends by the same, who is near the front by more, near the back by less."""
    ahead = max(0, min(found.front.top, found.best))
    level = found.best - ahead + found.least
    crowd.spare -= found.best + found.least
    for at in crowd.members:
        plan.price[at] += level
    for holder in crowd.held:
        plan.gain[holder] -= level
    for distance, at in found.front.settled:
        _raise(plan, crowd, at, max(0, ahead - distance))
    for loss, at in found.back.settled:
        _raise(plan, crowd, at, min(0, loss + ahead - found.best))


def _raise(plan: Plan, crowd: Crowd, at: int, by: int) -> None:
    plan.price[at] += by
    crowd.price[at] += by
    for holder in plan.holders[at]:
        plan.gain[holder] -= by
        crowd.gain[holder] -= by


def _hand_back(plan: Plan, crowd: Crowd, found: _Meeting) -> None:
    """Free a place where both ends met, by handing on places from there to who leaves."""
    at = found.at
    while at >= 0:
        mover, to = found.back.source[at]
        plan.holders[at].remove(mover)
        plan.mate[mover] = to
        if to >= 0:
            plan.holders[to].append(mover)
        else:
            crowd.held.discard(mover)
            crowd.gain[mover] = _FAR
        at = to
