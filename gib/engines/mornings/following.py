"""Whether a car keeps every rule: its seats, who is in it, and its way by the clock."""

from collections.abc import Iterator
from itertools import pairwise

from gib.engines.mornings.facts import Broken, Facts, broken
from gib.engines.mornings.problem import Home, Seat, Where, minute
from gib.engines.mornings.trips import Door, Trip

#: A place and a moment.
Halt = tuple[str, int]


def follow(facts: Facts, trip: Trip) -> Iterator[Broken]:
    """Find what is wrong with one trip."""
    yield from _car(facts, trip)
    yield from _there(facts, trip)
    yield from _back(facts, trip)
    yield from _road(facts, trip)


def _homes(facts: Facts, doors: tuple[Door, ...]) -> list[Home]:
    return [facts.homes[door.home] for door in doors]


def _car(facts: Facts, trip: Trip) -> Iterator[Broken]:
    """Find a car that is too full, lacks child seats, or holds who may not be in it."""
    driver, homes = facts.drivers[trip.driver], _homes(facts, trip.pick_ups)
    kinds = [child.seat for home in homes for child in facts.well(home)]
    people = len(kinds) + sum(home.adults for home in homes)
    families = {facts.family_of[home.id] for home in homes}
    boosters, babies = kinds.count(Seat.BOOSTER), kinds.count(Seat.BABY)
    checks = {
        "morning_homes": len(homes) > facts.problem.policy.most_homes,
        "morning_seats": people > driver.seats,
        "morning_child_seats": boosters > driver.boosters or babies > driver.babies,
        "morning_avoids": bool(families & set(driver.avoids)),
    }
    yield from broken(driver.id, checks)
    yield from facts.apart(families, Where.CAR, Where.ROUND)


def _there(facts: Facts, trip: Trip) -> Iterator[Broken]:
    """Follow a car to the prison."""
    driver, round_ = facts.drivers[trip.driver], facts.rounds[trip.round]
    arrives = minute(trip.arrives_at)
    for door in trip.pick_ups:
        home = facts.homes[door.home]
        checks = {
            "morning_window": not _between(home, door),
            "morning_journey": arrives - minute(door.at) > facts.limit(home),
        }
        yield from broken(home.id, checks)
    way = [(driver.place, minute(trip.leaves_at)), *_halts(facts, trip.pick_ups)]
    checks = {
        "morning_driver_time": trip.leaves_at < driver.from_at,
        "morning_gate": not round_.opens_at <= trip.arrives_at <= round_.closes_at,
        "morning_road": not _can_drive(facts, [*way, (facts.problem.prison.place, arrives)]),
    }
    yield from broken(driver.id, checks)


def _between(home: Home, door: Door) -> bool:
    return (home.pick_up_from or door.at) <= door.at <= (home.pick_up_until or door.at)


def _halts(facts: Facts, doors: tuple[Door, ...]) -> list[Halt]:
    return [(facts.homes[door.home].place, minute(door.at)) for door in doors]


def _can_drive(facts: Facts, way: list[Halt]) -> bool:
    """Tell whether a car can be everywhere in time; at each door, between its ends, people get in or out."""
    loads = [0, *[facts.problem.policy.load_minutes] * (len(way) - 2)]
    return all(
        left + load + facts.minutes(one, other) <= at
        for load, ((one, left), (other, at)) in zip(loads, pairwise(way), strict=True)
    )


def _back(facts: Facts, trip: Trip) -> Iterator[Broken]:
    """Follow a car home."""
    driver, leaves = facts.drivers[trip.driver], minute(trip.departs_at)
    for door in trip.drop_offs:
        home = facts.homes[door.home]
        checks = {
            "morning_window": door.at > (home.home_by or door.at),
            "morning_journey": minute(door.at) - leaves > facts.limit(home),
        }
        yield from broken(home.id, checks)
    way = [(facts.problem.prison.place, leaves), *_halts(facts, trip.drop_offs)]
    checks = {
        "morning_gate": trip.departs_at != facts.rounds[trip.round].ends_at,
        "morning_driver_time": trip.home_at > driver.until_at,
        "morning_road": not _can_drive(facts, [*way, (driver.place, minute(trip.home_at))]),
    }
    yield from broken(driver.id, checks)


def _road(facts: Facts, trip: Trip) -> Iterator[Broken]:
    """Add up the minutes on the road."""
    driver, gate = facts.drivers[trip.driver], facts.problem.prison.place
    there, back = (
        [place for place, _at in _halts(facts, doors)] for doors in (trip.pick_ups, trip.drop_offs)
    )
    way = [driver.place, *there, gate, *back, driver.place]
    minutes = sum(facts.minutes(one, other) for one, other in pairwise(way))
    checks = {
        "morning_driver_time": minutes > driver.most_minutes,
        "morning_minutes": minutes != trip.minutes,
    }
    yield from broken(driver.id, checks)
