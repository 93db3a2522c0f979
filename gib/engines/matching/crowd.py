"""A mother who comes where many volunteers cost nearly the same: they are kept side by side, in arrays."""

from itertools import chain, pairwise
from typing import Any, Final

import numpy as np

from gib.engines.matching.ends import Meeting, between, search
from gib.engines.matching.solver import FAR, Crowd, Plan, augment, hand_on

#: From how many holders of a place on looking from both ends is worth its preparation.
MANY: Final = 200
#: What may count as a distance: beyond it, or when the crowd rose as far, the arrays are not exact enough.
_NEAR: Final = FAR // 4


def pass_on(plan: Plan, demand: int) -> None:
    """Bring in a demand that gains by it: like `augment`, but without asking a whole crowd."""
    crowd = _crowd_of(plan, demand)
    if crowd is None or not _is_met(plan, crowd, demand):
        plan.disperse()
        augment(plan, demand)


def _crowd_of(plan: Plan, demand: int) -> Crowd | None:
    """Find the crowd where a demand comes in, unless there is a free place or the crowd is small."""
    entry = _offers(plan, demand)[0][1]
    if len(plan.holders[entry]) < plan.graph.room[entry]:
        return None
    crowd = plan.crowd
    if crowd is None or crowd.price[entry] == FAR or max(plan.graph.gains[demand]) > crowd.step:
        plan.disperse()
        plan.crowd = _gather(plan, entry)
    return plan.crowd


def _offers(plan: Plan, demand: int) -> list[tuple[int, int]]:
    """Give what each volunteer costs a demand beyond the cheapest one, who comes first."""
    graph, row = plan.graph, plan.graph.targets[demand]
    base = plan.written_gain[demand] - graph.worth[demand]
    pairs = zip(plan.price_at(row), graph.gains[demand], row, strict=True)
    return sorted((base + price - more, at) for price, more, at in pairs)


def _gather(plan: Plan, entry: int) -> Crowd | None:
    """Gather everybody whose price is near that of one volunteer, or near that of one of them, and so on."""
    graph, level = plan.graph, plan.price[entry]
    step = max(map(max, filter(None, graph.gains)), default=0)
    low, high, above = _around(sorted({*plan.price}), level, 2 * step)
    members = [at for at, price in enumerate(plan.price) if low <= price <= high]
    held = [holder for at in members for holder in plan.holders[at]]
    if len(held) < max(MANY, sum(graph.room[at] for at in members)) or high - low + step > _NEAR:
        return None
    price, gain, loss, mate = _beside(plan, members, held, level)
    crowd = Crowd(level, members, price, gain, loss, mate, {}, {}, above - high - step, step)
    _take_in(plan, crowd, held)
    return crowd


def _around(prices: list[int], level: int, gap: int) -> tuple[int, int, int]:
    """Give the lowest and the highest price around a level without a gap, and the first one above them."""
    low, high = prices[0], prices[-1]
    for lower, upper in pairwise(prices):
        if upper - lower > gap:
            if upper > level:
                return low, lower, upper
            low = upper
    return low, high, high + FAR


def _beside(plan: Plan, members: list[int], held: list[int], level: int) -> tuple[Any, Any, Any, Any]:
    """Give the prices, gains, losses and volunteers of a crowd, beside one level: small numbers."""
    price, gain, loss = (np.full(size, FAR) for size in (len(plan.price), len(plan.mate), len(plan.mate)))
    mate = np.full(len(plan.mate), -1)
    price[members] = [plan.price[at] - level for at in members]
    gain[held] = [plan.gain[one] - plan.graph.worth[one] + level for one in held]
    loss[held] = [min(plan.gain[one], FAR) for one in held]
    mate[held] = [plan.mate[one] for one in held]
    return price, gain, loss, mate


def _take_in(plan: Plan, crowd: Crowd, demands: list[int]) -> None:
    """Note the pairs of demands that have a place in the crowd, from both sides."""
    rows, gains = ([of[one] for one in demands] for of in (plan.graph.targets, plan.graph.gains))
    lengths = [len(row) for row in rows]
    to, more = (np.fromiter(chain.from_iterable(each), np.int64, sum(lengths)) for each in (rows, gains))
    who = np.repeat(demands, lengths)
    for demand, row, gain in zip(demands, *_cut(lengths, to, more), strict=True):
        crowd.rows[demand] = row, gain
    order = np.argsort(to, kind="stable")
    volunteers, counts = np.unique(to, return_counts=True)
    for at, one, gain in zip(volunteers.tolist(), *_cut(counts, who[order], more[order]), strict=True):
        crowd.wanted.setdefault(at, []).append((one, gain))


def _cut(lengths: Any, *arrays: Any) -> list[list[Any]]:
    """Cut arrays into pieces of these lengths."""
    ends = np.cumsum(lengths).tolist()
    return [[array[start:end] for start, end in pairwise((0, *ends))] for array in arrays]


def _is_met(plan: Plan, crowd: Crowd, demand: int) -> bool:
    """Look for the cheapest way inside the crowd, near first; tell whether it was found and taken."""
    _make_room(crowd, len(plan.mate))
    offers, gain, least = _offers(plan, demand), plan.written_gain[demand], int(crowd.loss.min())
    most = min(gain, crowd.spare, *[cost for cost, at in offers if crowd.price[at] == FAR])
    for near in (crowd.step // 16, crowd.step, most):
        limit = min(most, least + near)
        if limit + crowd.risen > _NEAR:
            return False
        found = between(crowd, demand, offers, limit, least)
        search(plan.holders, crowd, found)
        if found.at >= 0 or limit == gain:
            _settle(plan, crowd, demand, found)
            return True
    return False


def _make_room(crowd: Crowd, demands: int) -> None:
    """Let the arrays of a crowd hold every demand that came since."""
    more = demands - len(crowd.mate)
    crowd.gain, crowd.loss = (np.append(each, np.full(more, FAR)) for each in (crowd.gain, crowd.loss))
    crowd.mate = np.append(crowd.mate, np.full(more, -1))


def _settle(plan: Plan, crowd: Crowd, demand: int, found: Meeting) -> None:
    """Raise the prices by what was found out, and hand on the places along the way."""
    _raise_all(crowd, found)
    plan.written_gain[demand] -= found.best + found.least
    if found.at >= 0:
        _hand_back(plan, crowd, found)
        _hand_on(plan, crowd, found, demand)


def _raise_all(crowd: Crowd, found: Meeting) -> None:
    """Raise who is far from both ends by the same, who is near the front by more, near the back by less."""
    front, back = found.front, found.back
    ahead = max(0, min(front.top, found.best))
    level = found.best - ahead + found.least
    near, far = front.settled, back.settled
    beside = np.zeros(len(crowd.price), dtype=np.int64)
    beside[near] += np.maximum(0, ahead - front.known[near])
    beside[far] += np.minimum(0, back.known[far] + ahead - found.best)
    held = np.flatnonzero(crowd.mate >= 0)
    more = beside[crowd.mate[held]]
    crowd.price += beside
    crowd.gain[held] -= more
    crowd.loss[held] -= more + level
    crowd.level += level
    crowd.spare -= found.best + found.least
    crowd.risen += found.best + found.least
    crowd.is_ahead = True


def _hand_back(plan: Plan, crowd: Crowd, found: Meeting) -> None:
    """Free a place where both ends met, by handing on places from there to who leaves and gains nothing."""
    at = found.at
    while at >= 0:
        mover, to = int(found.back.mover[at]), int(found.back.source[at])
        plan.holders[at].remove(mover)
        plan.mate[mover] = crowd.mate[mover] = to
        if to >= 0:
            plan.holders[to].append(mover)
        else:
            plan.written_gain[mover] = 0
            crowd.gain[mover] = crowd.loss[mover] = FAR
        at = to


def _hand_on(plan: Plan, crowd: Crowd, found: Meeting, demand: int) -> None:
    """Hand on the place that is free now to who was led there, up to who comes; she belongs to the crowd."""
    movers, at = {}, found.at
    while at >= 0:
        movers[at] = int(found.front.mover[at])
        at = int(found.front.source[at])
    hand_on(plan, movers, found.at, demand)
    for at, mover in movers.items():
        crowd.mate[mover] = at
    row, mate = plan.graph.targets[demand], plan.mate[demand]
    crowd.gain[demand] = plan.graph.gains[demand][row.index(mate)] - crowd.price[mate]
    crowd.loss[demand] = min(plan.written_gain[demand], FAR)
    _take_in(plan, crowd, [demand])
