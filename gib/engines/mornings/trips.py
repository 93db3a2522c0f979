"""A plan as people read it: who is where at what time on the wall."""

from dataclasses import dataclass
from datetime import time

from gib.engines.mornings.morning import Morning
from gib.engines.mornings.planning import Planned
from gib.engines.mornings.problem import clock
from gib.engines.mornings.roads import Load, arrival, back


@dataclass(frozen=True)
class Door:
    """A car is at the door of a home."""

    home: str
    at: time


@dataclass(frozen=True)
class Trip:
    """The morning of one driver; `minutes` is her time on the road, without getting in and out or waiting."""

    driver: str
    round: str
    leaves_at: time
    pick_ups: tuple[Door, ...]
    arrives_at: time
    departs_at: time
    drop_offs: tuple[Door, ...]
    home_at: time
    minutes: int


@dataclass(frozen=True)
class Room:
    """Who is inside in one round; adults are those who come along and the escorts."""

    round: str
    families: tuple[str, ...]
    children: int
    adults: int
    escorts: tuple[str, ...]


def trips(planned: Planned) -> tuple[Trip, ...]:
    """Write the trips, in the order of the drivers."""
    return tuple(_trip(planned.morning, load) for load in sorted(planned.loads, key=lambda one: one.driver))


def _trip(morning: Morning, load: Load) -> Trip:
    driver, sitting = morning.drivers[load.driver], morning.sittings[load.round]
    arrives = arrival(morning, driver, load.fetch)
    if arrives is None:
        raise ValueError("a load whose driver cannot arrive")
    doors = _doors(morning, load, arrives)
    first = morning.stops[load.fetch.order[0]]
    return Trip(
        driver=driver.id,
        round=sitting.id,
        leaves_at=clock(doors[0] - morning.drive(morning.home_of(driver), first.place)),
        pick_ups=_named(morning, load.fetch.order, doors),
        arrives_at=clock(arrives),
        departs_at=clock(sitting.ends),
        drop_offs=_named(morning, load.bring.order, _doors_back(morning, load, sitting.ends)),
        home_at=clock(back(morning, sitting, driver, load.bring)),
        minutes=load.minutes,
    )


def _named(morning: Morning, order: tuple[int, ...], doors: list[int]) -> tuple[Door, ...]:
    return tuple(Door(morning.stops[at].id, clock(when)) for at, when in zip(order, doors, strict=True))


def _doors(morning: Morning, load: Load, arrives: int) -> list[int]:
    """Give the latest moment at each door for this arrival: nobody sits in a car longer than needed."""
    found: list[int] = []
    when, to = arrives, morning.prison
    for at in reversed(load.fetch.order):
        stop = morning.stops[at]
        when = min(stop.late, when - morning.problem.policy.load_minutes - morning.drive(stop.place, to))
        found, to = [when, *found], stop.place
    return found


def _doors_back(morning: Morning, load: Load, leaves: int) -> list[int]:
    found: list[int] = []
    when, come = leaves, morning.prison
    for at in load.bring.order:
        stop = morning.stops[at]
        when += morning.drive(come, stop.place)
        found.append(when)
        when, come = when + morning.problem.policy.load_minutes, stop.place
    return found


def rooms(planned: Planned) -> tuple[Room, ...]:
    """Write who is inside, in the order of the rounds."""
    return tuple(_room(planned, at) for at in range(len(planned.morning.sittings)))


def _room(planned: Planned, round_: int) -> Room:
    morning, escorts = planned.morning, planned.escorts[round_]
    here = [morning.groups[at] for at, where in sorted(planned.rounds.items()) if where == round_]
    return Room(
        morning.sittings[round_].id,
        tuple(group.id for group in here),
        sum(group.children for group in here),
        sum(group.adults for group in here) + len(escorts),
        escorts,
    )
