"""Every load that a car could carry: since a car holds few homes, all of them can be tried."""

from collections.abc import Iterator

from gib.engines.mornings.morning import Morning, Stop
from gib.engines.mornings.problem import Driver
from gib.engines.mornings.roads import Bring, Fetch, Load, after, before, gate, load_of

#: Homes of one car, as bits of one number.
Mask = int
#: What people take: seats, of which boosters, of which baby seats.
Need = tuple[int, int, int]


def need(stops: list[Stop]) -> Need:
    """Count what the people of some homes take in a car."""
    return (
        sum(stop.people for stop in stops),
        sum(stop.boosters for stop in stops),
        sum(stop.babies for stop in stops),
    )


def holds(driver: Driver, wanted: Need) -> bool:
    """Tell whether a car has the seats."""
    return wanted[0] <= driver.seats and wanted[1] <= driver.boosters and wanted[2] <= driver.babies


def loads(morning: Morning) -> list[Load]:
    """Give the best load of every driver for every round and every set of homes that can share a car."""
    found: list[Load] = []
    for round_ in range(len(morning.sittings)):
        fetches = _fetches(morning, round_)
        brings = _brings(morning, round_, set(fetches))
        for mask in sorted(brings):
            found += _driven(morning, round_, mask, (_nearest(fetches[mask]), _quickest(brings[mask])))
    return found


def _driven(
    morning: Morning, round_: int, mask: Mask, ways: tuple[list[Fetch], list[Bring]]
) -> Iterator[Load]:
    stops = [morning.stops[at] for at in ways[1][0].order]
    families, wanted = {morning.groups[stop.family].id for stop in stops}, need(stops)
    if not _is_whole(morning, mask, stops):
        return
    for who, driver in enumerate(morning.drivers):
        if holds(driver, wanted) and not families & set(driver.avoids):
            load = load_of(morning, who, round_, ways)
            if load:
                yield load


def _is_whole(morning: Morning, mask: Mask, stops: list[Stop]) -> bool:
    """Tell whether a family that stays together is in the car with all its homes, or not at all."""
    return all(
        mask >> at & 1
        for stop in stops
        if morning.groups[stop.family].together
        for at in morning.groups[stop.family].stops
        if morning.stops[at].is_fetched
    )


def _fetches(morning: Morning, round_: int) -> dict[Mask, list[Fetch]]:
    """Build all ways to the prison, home by home; a way that fails is not built further."""
    found: dict[Mask, list[Fetch]] = {}
    able = [at for at, stop in enumerate(morning.stops) if stop.is_fetched and _may(morning, round_, stop)]
    ways = [(0, gate(morning.sittings[round_]))]
    for _ in range(morning.problem.policy.most_homes):
        ways = [longer for mask, way in ways for longer in _longer(morning, mask, way, able)]
        for mask, way in ways:
            found.setdefault(mask, []).append(way)
    return found


def _may(morning: Morning, round_: int, stop: Stop) -> bool:
    return round_ in morning.groups[stop.family].rounds


def _longer(morning: Morning, mask: Mask, way: Fetch, able: list[int]) -> Iterator[tuple[Mask, Fetch]]:
    for at in able:
        if not mask >> at & 1 and _shares(morning, way.order, at):
            longer = before(morning, way, at)
            if longer:
                yield mask | 1 << at, longer


def _shares(morning: Morning, order: tuple[int, ...], at: int) -> bool:
    """Tell whether a home can share some car with others: nobody who must stay apart, and seats enough."""
    family, stops = morning.stops[at].family, morning.stops
    if any((family, stops[other].family) in morning.apart_in_car for other in order):
        return False
    wanted = need([stops[each] for each in (*order, at)])
    return any(holds(driver, wanted) for driver in morning.drivers)


def _brings(morning: Morning, round_: int, masks: set[Mask]) -> dict[Mask, list[Bring]]:
    """Build all ways from the prison for people who can get there."""
    found: dict[Mask, list[Bring]] = {}
    begun = {part for mask in masks for part in _parts(mask)}
    ways = [(0, Bring((), 0))]
    while ways:
        ways = [longer for mask, way in ways for longer in _farther(morning, round_, (mask, way), begun)]
        for mask, way in ways:
            found.setdefault(mask, []).append(way)
    return {mask: found[mask] for mask in masks & found.keys()}


def _farther(
    morning: Morning, round_: int, begun: tuple[Mask, Bring], able: set[Mask]
) -> Iterator[tuple[Mask, Bring]]:
    mask, way = begun
    for at in range(len(morning.stops)):
        if not mask >> at & 1 and mask | 1 << at in able:
            longer = after(morning, morning.sittings[round_], way, at)
            if longer:
                yield mask | 1 << at, longer


def _parts(mask: Mask) -> Iterator[Mask]:
    """Give every choice of some of the homes, all of them included."""
    part = mask
    while part:
        yield part
        part = (part - 1) & mask


def _nearest(ways: list[Fetch]) -> list[Fetch]:
    """Leave out ways for which another with the same first home is no longer and leaves no less room."""
    kept: list[Fetch] = []
    for way in sorted(ways, key=lambda way: (way.span, -way.late, -way.high, way.order)):
        if not any(
            one.order[0] == way.order[0] and one.late >= way.late and one.high >= way.high for one in kept
        ):
            kept.append(way)
    return kept


def _quickest(ways: list[Bring]) -> list[Bring]:
    """Leave out ways for which another with the same last home is no longer."""
    best: dict[int, Bring] = {}
    for way in sorted(ways, key=lambda way: (way.span, way.order)):
        best.setdefault(way.order[-1], way)
    return list(best.values())
