"""How long each volunteer travels: as somebody told, else by the distance between two areas."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from math import isqrt
from typing import Final

from gib.engines.matching.bits import bits_of
from gib.engines.matching.problem import Problem, Travel, Volunteer

#: Seconds in a minute times metres in a kilometre.
_PACE: Final = 60_000


class Roads:
    """The roads from the homes of volunteers, who are known by their place in the pool."""

    def __init__(self, problem: Problem, volunteers: Sequence[Volunteer]) -> None:
        self._policy, self._volunteers = problem.policy, volunteers
        self._places = {one.code: one for one in problem.places}
        self._told: dict[str, dict[str, int]] = defaultdict(dict)
        for road in problem.travel:
            self._told[road.to_place][road.from_place] = road.minutes
        self._beyond: dict[str, int] = {}

    @cached_property
    def _homes(self) -> list[tuple[int, int] | None]:
        homes = [self._places.get(one.home) for one in self._volunteers]
        return [(home.x, home.y) if home else None for home in homes]

    @cached_property
    def _reach(self) -> list[tuple[int, int, int, int]]:
        """Where each volunteer lives and from which square of metres on it is too far, west to east."""
        found = []
        for at, (one, home) in enumerate(zip(self._volunteers, self._homes, strict=True)):
            minutes = one.most_minutes - self._policy.base_minutes
            if home and minutes >= 0:
                metres = ((minutes + 1) * _PACE - 1) // self._policy.seconds_per_km
                found.append((*home, (metres + 1) ** 2, at))
        return sorted(found)

    @cached_property
    def _farthest(self) -> int:
        return isqrt(max((far for _x, _y, far, _at in self._reach), default=0))

    def beyond(self, place: str, everyone: int) -> int:
        """Tell for whom a place lies too far, or for whom nobody knows how far."""
        if place not in self._beyond:
            told = self._told.get(place, {})
            near = [at for at in self._near(place) if self._volunteers[at].home not in told]
            if told:
                near += [
                    at
                    for at, one in enumerate(self._volunteers)
                    if told.get(one.home, one.most_minutes + 1) <= one.most_minutes
                ]
            self._beyond[place] = everyone & ~bits_of(near)
        return self._beyond[place]

    def _near(self, place: str) -> list[int]:
        if (known := self._places.get(place)) is None:
            return []
        x, y, reach = known.x, known.y, self._reach
        first = bisect_left(reach, (x - self._farthest,))
        last = bisect_right(reach, (x + self._farthest + 1,))
        return [at for vx, vy, far, at in reach[first:last] if (vx - x) ** 2 + (vy - y) ** 2 < far]

    def told(self, home: str, place: str) -> tuple[Travel, ...]:
        """Give what somebody told of one road, when she did."""
        minutes = self._told.get(place, {}).get(home)
        return () if minutes is None else (Travel(home, place, minutes),)

    def minutes(self, place: str, ats: Sequence[int]) -> list[int | None]:
        """Tell the minutes of some volunteers to a place; None where nobody knows."""
        known, homes = self._places.get(place), self._homes
        base, pace = self._policy.base_minutes, self._policy.seconds_per_km
        x, y = (known.x, known.y) if known else (0, 0)
        found = [
            None
            if known is None or (home := homes[at]) is None
            else base + isqrt((home[0] - x) ** 2 + (home[1] - y) ** 2) * pace // _PACE
            for at in ats
        ]
        if told := self._told.get(place):
            return [told.get(self._volunteers[at].home, road) for at, road in zip(ats, found, strict=True)]
        return found
