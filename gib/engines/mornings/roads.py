"""The order of homes on the way: when a car must be where, and whether every child can bear it.

A way to the prison is built from its end: the last home first. It is kept as the arrivals that are possible,
so that each further home costs one step, whatever lies behind it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import permutations
from typing import Final

from gib.engines.mornings.morning import NEVER, Morning, Sitting
from gib.engines.mornings.problem import Driver, minute


class Limit(StrEnum):
    """A rule about time on the road that can be left out, to see what stands in the way."""

    WINDOW = "morning_window"
    JOURNEY = "morning_journey"
    DRIVER = "morning_driver_time"


Limits = frozenset[Limit]
#: Nothing is left out.
ALL: Final[Limits] = frozenset(Limit)


@dataclass(frozen=True, slots=True)
class Fetch:
    """Homes in this order, then the prison.

    `span` is the time from the first door to the gate without waiting; the car is at the first door by `late`
    at the latest, and arrives between `low` and `high`.
    """

    order: tuple[int, ...]
    span: int
    late: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Bring:
    """From the prison to homes in this order; `span` ends at the last door, before anybody gets out."""

    order: tuple[int, ...]
    span: int


@dataclass(frozen=True, slots=True)
class Load:
    """One car with its people in one round, along the two shortest ways that are possible."""

    driver: int
    round: int
    stops: tuple[int, ...]
    fetch: Fetch
    bring: Bring
    minutes: int


def gate(sitting: Sitting) -> Fetch:
    """Give the end of every way to the prison."""
    return Fetch((), 0, NEVER, sitting.opens, sitting.closes)


def before(morning: Morning, way: Fetch, at: int, kept: Limits = ALL) -> Fetch | None:
    """Put a home before a way to the prison; none when somebody would be fetched too early, late or long."""
    stop = morning.stops[at]
    to = morning.stops[way.order[0]].place if way.order else morning.prison
    gap = morning.problem.policy.load_minutes + morning.drive(stop.place, to)
    early, until = (stop.early, stop.late) if Limit.WINDOW in kept else (-NEVER, NEVER)
    limit = stop.limit if Limit.JOURNEY in kept else NEVER
    span, late = way.span + gap, min(until, way.late - gap)
    low, high = max(way.low, early + span), min(way.high, late + limit)
    if span > limit or early > late or low > high:
        return None
    return Fetch((at, *way.order), span, late, low, high)


def after(morning: Morning, sitting: Sitting, way: Bring, at: int, kept: Limits = ALL) -> Bring | None:
    """Put a home behind a way from the prison; none when somebody would be home too late or sit too long."""
    stop = morning.stops[at]
    come = morning.stops[way.order[-1]].place if way.order else morning.prison
    load = morning.problem.policy.load_minutes if way.order else 0
    span = way.span + load + morning.drive(come, stop.place)
    if Limit.JOURNEY in kept and span > stop.limit:
        return None
    if Limit.WINDOW in kept and sitting.ends + span > stop.home_by:
        return None
    return Bring((*way.order, at), span)


def arrival(morning: Morning, driver: Driver, way: Fetch, kept: Limits = ALL) -> int | None:
    """Give the last minute at which a driver can arrive along a way; none when she cannot leave in time."""
    gap = morning.drive(morning.home_of(driver), morning.stops[way.order[0]].place)
    start = minute(driver.from_at) if Limit.DRIVER in kept else -NEVER
    if start > way.late - gap or start + gap + way.span > way.high:
        return None
    return way.high


def back(morning: Morning, sitting: Sitting, driver: Driver, way: Bring) -> int:
    """Give the minute at which a driver is home again."""
    stop = morning.stops[way.order[-1]]
    leave = sitting.ends + way.span + morning.problem.policy.load_minutes
    return leave + morning.drive(stop.place, morning.home_of(driver))


def driven_there(morning: Morning, driver: Driver, way: Fetch) -> int:
    """Count the minutes on the road from her home to the prison, without getting in."""
    gap = morning.drive(morning.home_of(driver), morning.stops[way.order[0]].place)
    return gap + way.span - morning.problem.policy.load_minutes * len(way.order)


def driven_back(morning: Morning, driver: Driver, way: Bring) -> int:
    """Count the minutes on the road from the prison to her home, without getting out."""
    gap = morning.drive(morning.stops[way.order[-1]].place, morning.home_of(driver))
    return gap + way.span - morning.problem.policy.load_minutes * (len(way.order) - 1)


def load_of(
    morning: Morning, who: int, round_: int, ways: tuple[Sequence[Fetch], Sequence[Bring]], kept: Limits = ALL
) -> Load | None:
    """Give the load of a driver along her shortest ways of these; none when she cannot drive any."""
    driver, sitting = morning.drivers[who], morning.sittings[round_]
    there = [way for way in ways[0] if arrival(morning, driver, way, kept) is not None]
    home = [way for way in ways[1] if _is_back(morning, sitting, driver, way, kept)]
    return _shortest(morning, (who, round_), there, home, kept) if there and home else None


def _shortest(
    morning: Morning, whose: tuple[int, int], there: list[Fetch], home: list[Bring], kept: Limits
) -> Load | None:
    who, round_ = whose
    driver = morning.drivers[who]
    fetch = min(there, key=lambda way: (driven_there(morning, driver, way), way.order))
    bring = min(home, key=lambda way: (driven_back(morning, driver, way), way.order))
    minutes = driven_there(morning, driver, fetch) + driven_back(morning, driver, bring)
    if Limit.DRIVER in kept and minutes > driver.most_minutes:
        return None
    return Load(who, round_, tuple(sorted(fetch.order)), fetch, bring, minutes)


def _is_back(morning: Morning, sitting: Sitting, driver: Driver, way: Bring, kept: Limits) -> bool:
    return Limit.DRIVER not in kept or back(morning, sitting, driver, way) <= minute(driver.until_at)


def ways_of(
    morning: Morning, round_: int, stops: Sequence[int], kept: Limits
) -> tuple[list[Fetch], list[Bring]]:
    """Give every possible way along some homes, by trying all orders; for a question about one car."""
    sitting = morning.sittings[round_]
    return (
        [way for order in permutations(stops) for way in _fetched(morning, sitting, order, kept)],
        [way for order in permutations(stops) for way in _brought(morning, sitting, order, kept)],
    )


def _fetched(morning: Morning, sitting: Sitting, order: Sequence[int], kept: Limits) -> Iterator[Fetch]:
    way: Fetch | None = gate(sitting)
    for at in order:
        way = before(morning, way, at, kept) if way else None
    if way:
        yield way


def _brought(morning: Morning, sitting: Sitting, order: Sequence[int], kept: Limits) -> Iterator[Bring]:
    way: Bring | None = Bring((), 0)
    for at in order:
        way = after(morning, sitting, way, at, kept) if way else None
    if way:
        yield way
