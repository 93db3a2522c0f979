"""Whether a plan keeps every rule, from the problem and its times alone: it knows nothing of the solver."""

from collections.abc import Iterator, Sequence

from gib.engines.mornings.facts import Broken, Facts, broken, twice
from gib.engines.mornings.following import follow
from gib.engines.mornings.problem import Family, Home, Kind, Problem, Where
from gib.engines.mornings.trips import Room, Trip


class PlanBroken(Exception):
    """The solver gave a plan that breaks rules; it is not shown to anybody."""


def inspect(problem: Problem, trips: Sequence[Trip], rooms: Sequence[Room]) -> None:
    """Refuse a plan that breaks a rule.

    Raises:
        PlanBroken: with every rule and for whom.
    """
    if wrong := violations(problem, trips, rooms):
        raise PlanBroken("; ".join(f"{one.code} {one.who}" for one in wrong))


def violations(problem: Problem, trips: Sequence[Trip], rooms: Sequence[Room]) -> list[Broken]:
    """Name every rule that a plan breaks."""
    facts = Facts(problem)
    found = [*_once(trips, rooms)]
    for trip in trips:
        found += [*_driver(facts, trip), *follow(facts, trip)]
    for room in rooms:
        found += [*_families(facts, room, trips), *_inside(facts, room), *_escorts(facts, room, trips)]
    return found


def _once(trips: Sequence[Trip], rooms: Sequence[Room]) -> Iterator[Broken]:
    """Find who is in two places."""
    yield from twice([trip.driver for trip in trips], "morning_driver")
    yield from twice([door.home for trip in trips for door in trip.pick_ups], "morning_two_cars")
    yield from twice([name for room in rooms for name in room.families], "morning_two_rounds")


def _driver(facts: Facts, trip: Trip) -> Iterator[Broken]:
    """Find a driver who cancelled, and one who brings home others than she fetched."""
    there, back = sorted(door.home for door in trip.pick_ups), sorted(door.home for door in trip.drop_offs)
    checks = {
        "morning_driver": facts.is_gone(Kind.DRIVER_CANCELLED, trip.driver),
        "morning_brought_home": there != back,
    }
    yield from broken(trip.driver, checks)


def _families(facts: Facts, room: Room, trips: Sequence[Trip]) -> Iterator[Broken]:
    """Find families that should not come in this round, or that are not fetched as a whole."""
    yield from broken(room.round, {"morning_round": facts.is_gone(Kind.ROUND_CANCELLED, room.round)})
    for name in room.families:
        family = facts.families[name]
        checks = {
            "morning_transferred": facts.is_gone(Kind.FAMILY_TRANSFERRED, name),
            "morning_round": bool(family.rounds) and room.round not in family.rounds,
            "morning_together": family.together and len(_cars(family, trips)) > 1,
        }
        yield from broken(name, checks)
        for home in family.homes:
            yield from broken(home.id, {"morning_not_fetched": not _is_fetched(facts, home, room, trips)})


def _cars(family: Family, trips: Sequence[Trip]) -> list[Trip]:
    homes = {home.id for home in family.homes}
    return [trip for trip in trips if homes & {door.home for door in trip.pick_ups}]


def _is_fetched(facts: Facts, home: Home, room: Room, trips: Sequence[Trip]) -> bool:
    """Tell whether a home is in one car, of this round; in none when all are ill or come by themselves."""
    rounds = [trip.round for trip in trips if home.id in {door.home for door in trip.pick_ups}]
    needs_car = home.id in facts.homes and not home.own_transport
    return rounds == ([room.round] if needs_car else [])


def _inside(facts: Facts, room: Room) -> Iterator[Broken]:
    """Find a room that is too full, lacks adults, or holds who may not meet."""
    round_, homes = facts.rounds[room.round], _homes(facts, room)
    children = sum(len(facts.well(home)) for home in homes)
    adults = sum(home.adults for home in homes) + len(room.escorts)
    able = facts.problem.prison.children_per_escort * len(room.escorts)
    checks = {
        "morning_count": (children, adults) != (room.children, room.adults),
        "morning_families": len(room.families) > round_.families,
        "morning_children": children > round_.children,
        "morning_adults": adults > round_.adults,
        "morning_escorts": sum(facts.young(home) for home in homes) > able,
    }
    yield from broken(room.round, checks)
    yield from facts.apart(set(room.families), Where.ROUND)


def _homes(facts: Facts, room: Room) -> list[Home]:
    all_ = (home for name in room.families for home in facts.families[name].homes)
    return [home for home in all_ if home.id in facts.homes]


def _escorts(facts: Facts, room: Room, trips: Sequence[Trip]) -> Iterator[Broken]:
    """Find escorts who are not there, cancelled, or are counted twice."""
    yield from twice(room.escorts, "morning_escorts")
    able = _stay(facts, room) | _drive(facts, room, trips)
    for name in room.escorts:
        yield from broken(name, {"morning_escorts": name not in able})


def _stay(facts: Facts, room: Room) -> set[str]:
    here = [one.id for one in facts.problem.escorts if room.round in (one.rounds or [room.round])]
    return {name for name in here if not facts.is_gone(Kind.ESCORT_CANCELLED, name)}


def _drive(facts: Facts, room: Room, trips: Sequence[Trip]) -> set[str]:
    here = [trip.driver for trip in trips if trip.round == room.round]
    return {name for name in here if facts.drivers[name].escort}
