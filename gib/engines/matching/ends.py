"""The cheapest way through a crowd, looked for from both of its ends.

Everybody at one distance is looked at together: distances are points, so there are few of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any

import numpy as np

from gib.engines.matching.solver import FAR, Crowd

_NONE = np.empty(0, dtype=np.int64)


@dataclass
class Side:
    """How far a search has come from one of its ends.

    Per volunteer the distance, who moves there, and from where; `levels` are those who were reached and not
    looked at, by distance, and `looked` those who were.
    """

    known: Any
    mover: Any
    source: Any
    heap: list[int] = field(default_factory=list)
    levels: dict[int, list[Any]] = field(default_factory=dict)
    looked: list[Any] = field(default_factory=list)
    work: int = 0
    limit: int = FAR

    @property
    def top(self) -> int:
        """Up to which distance all is settled; what was farther than the limit was left out."""
        return min(self.heap[0], self.limit) if self.heap else self.limit

    @property
    def settled(self) -> Any:
        """Who was looked at."""
        return np.concatenate([_NONE, *self.looked])

    def reach(self, cost: Any, to: Any, mover: Any, source: Any) -> None:
        """Note how volunteers are reached; of several ways to one of them the cheapest is kept."""
        order = np.argsort(-cost, kind="stable")
        cost, to, mover, source = cost[order], to[order], mover[order], source[order]
        self.known[to], self.mover[to], self.source[to] = cost, mover, source
        kept = self.known[to] == cost
        cost, to = cost[kept], to[kept]
        for distance in set(cost.tolist()):
            if distance not in self.levels:
                heappush(self.heap, distance)
            self.levels.setdefault(distance, []).append(to[cost == distance])

    def nearest(self) -> tuple[int, Any]:
        """Take who is nearest and was not looked at, and was not reached nearer since."""
        distance = heappop(self.heap)
        found = np.unique(np.concatenate(self.levels.pop(distance)))
        found = found[self.known[found] == distance]
        self.looked.append(found)
        return distance, found


@dataclass
class Meeting:
    """A search from a demand and from whoever could leave, of whom the cheapest loses `least`.

    `best` is the length of the cheapest way so far, beside `least`; `at` is where its halves meet, or -1.
    """

    front: Side
    back: Side
    best: int
    least: int
    at: int = -1


#: From places at one distance, who could move on or come: the cost, to whom, who moves, and from where.
_Steps = Callable[[list[list[int]], Crowd, list[int]], tuple[Any, Any, Any, Any]]


def between(crowd: Crowd, demand: int, offers: list[tuple[int, int]], limit: int, least: int) -> Meeting:
    """Begin at both ends: with whom who comes may go to, and with the places of who could leave.

    Ways of the limit or longer do not count.
    """
    size = len(crowd.price)
    front, back = (Side(np.full(size, FAR), np.full(size, -1), np.full(size, -1)) for _ in range(2))
    near = [(cost, at) for cost, at in offers if cost < limit - least]
    cost, to = np.array(near, dtype=np.int64).reshape(-1, 2).T
    front.reach(cost, to, np.full(len(to), demand), np.full(len(to), -1))
    leaving = np.flatnonzero(crowd.loss < limit)
    back.reach(crowd.loss[leaving] - least, crowd.mate[leaving], leaving, np.full(len(leaving), -1))
    return Meeting(front, back, limit - least, least)


def search(holders: list[list[int]], crowd: Crowd, found: Meeting) -> None:
    """Look in turn from both ends, until no way that is left can be below the best one."""
    front, back = found.front, found.back
    _meet(found, np.arange(len(crowd.price)))
    while front.top + back.top < found.best:
        if front.work <= back.work:
            _look(holders, crowd, found, front, back, _onward)
        else:
            _look(holders, crowd, found, back, front, _backward)


def _look(
    holders: list[list[int]], crowd: Crowd, found: Meeting, side: Side, other: Side, steps: _Steps
) -> None:
    """Settle the nearest volunteers of one side, and see whom they lead to."""
    less = found.best - other.top
    side.limit = min(side.limit, less)
    distance, nearest = side.nearest()
    cost, to, mover, source = steps(holders, crowd, nearest.tolist())
    cost += distance
    side.work += len(cost)
    better = np.flatnonzero(cost < np.minimum(side.known[to], less))
    side.reach(cost[better], to[better], mover[better], source[better])
    _meet(found, to[better])


def _meet(found: Meeting, reached: Any) -> None:
    """See whether a way from both ends together is below the best one."""
    both = found.front.known[reached] + found.back.known[reached]
    if len(both) and both.min() < found.best:
        found.best, found.at = int(both.min()), int(reached[both.argmin()])


def _onward(holders: list[list[int]], crowd: Crowd, places: list[int]) -> tuple[Any, Any, Any, Any]:
    """List whom the holders of places could move to."""
    movers = [holder for at in places for holder in holders[at]]
    mover, to, more = _side_by_side([(one, *crowd.rows[one]) for one in movers])
    return crowd.gain[mover] + crowd.price[to] - more, to, mover, crowd.mate[mover]


def _backward(_holders: list[list[int]], crowd: Crowd, places: list[int]) -> tuple[Any, Any, Any, Any]:
    """List whose holders could move to these volunteers."""
    at, mover, more = _side_by_side([(at, *pairs) for at in places for pairs in crowd.wanted[at]])
    return crowd.gain[mover] + crowd.price[at] - more, crowd.mate[mover], mover, at


def _side_by_side(pairs: list[tuple[int, Any, Any]]) -> tuple[Any, Any, Any]:
    """Put pairs of several side by side: whose they are, with whom, and what each gains."""
    keys, lengths = [pair[0] for pair in pairs], [len(pair[1]) for pair in pairs]
    others, gains = (np.concatenate([_NONE, *(pair[at] for pair in pairs)]) for at in (1, 2))
    return np.repeat(np.array(keys, dtype=np.int64), lengths), others, gains
