"""Whether a plan keeps every rule, from the problem and its times alone: it knows nothing of the solver."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from gib.engines.mornings.problem import Family, Home, Kind, Problem, Round, Seat, Where, minute
from gib.engines.mornings.trips import Room, Trip


class Broken(NamedTuple):
    """A rule that a plan breaks, and for whom."""

    code: str
    who: str


class PlanBroken(Exception):
    """The solver gave a plan that breaks rules; it is not shown to anybody."""


def inspect(problem: Problem, trips: Sequence[Trip], rooms: Sequence[Room]) -> None:
    """Refuse a plan that breaks a rule.

    Raises:
        PlanBroken: with every rule and for whom.
    """
    if broken := violations(problem, trips, rooms):
        raise PlanBroken("; ".join(f"{one.code} {one.who}" for one in broken))


def violations(problem: Problem, trips: Sequence[Trip], rooms: Sequence[Room]) -> list[Broken]:
    """Name every rule that a plan breaks."""
    facts = _Facts(problem)
    return [
        *facts.people(trips, rooms),
        *(broken for trip in trips for broken in facts.trip(trip)),
        *(broken for room in rooms for broken in facts.room(room, trips)),
    ]


class _Facts:
    """The problem, by id."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.gone = {(one.kind, one.id) for one in problem.changes}
        self.families = {one.id: one for one in problem.families}
        self.drivers = {one.id: one for one in problem.drivers}
        self.rounds = {one.id: one for one in problem.rounds}
        self.homes = {home.id: home for one in problem.families for home in one.homes if self.well(home)}
        self.family_of = {home.id: one for one in problem.families for home in one.homes}

    def well(self, home: Home) -> list[int]:
        """Give the numbers of the children of a home who are not ill."""
        return [at for at, child in enumerate(home.children) if (Kind.CHILD_ILL, child.id) not in self.gone]

    def minutes(self, one: str, other: str) -> int:
        """Give the minutes between two places."""
        places = self.problem.places
        return self.problem.minutes[places.index(one)][places.index(other)]

    def limit(self, home: Home) -> int:
        """Give the longest that all children of a home may sit in a car."""
        return min(home.children[at].most_minutes for at in self.well(home))

    def people(self, trips: Sequence[Trip], rooms: Sequence[Room]) -> Iterator[Broken]:
        """Find who is in two places, in none, or where they cannot be."""
        yield from _twice([trip.driver for trip in trips], "morning_driver")
        yield from _twice([door.home for trip in trips for door in trip.pick_ups], "morning_two_cars")
        yield from _twice([name for room in rooms for name in room.families], "morning_two_rounds")
        for trip in trips:
            if (Kind.DRIVER_CANCELLED, trip.driver) in self.gone:
                yield Broken("morning_driver", trip.driver)
            if {door.home for door in trip.pick_ups} != {door.home for door in trip.drop_offs}:
                yield Broken("morning_brought_home", trip.driver)
        for room in rooms:
            if (Kind.ROUND_CANCELLED, room.round) in self.gone:
                yield Broken("morning_round", room.round)
            for name in room.families:
                yield from self.family(self.families[name], room, trips)

    def family(self, family: Family, room: Room, trips: Sequence[Trip]) -> Iterator[Broken]:
        """Find a family that should not come, or that is not fetched as a whole."""
        if (Kind.FAMILY_TRANSFERRED, family.id) in self.gone:
            yield Broken("morning_transferred", family.id)
        if family.rounds and room.round not in family.rounds:
            yield Broken("morning_round", family.id)
        cars = set()
        for home in family.homes:
            found = [one.driver for one in trips if home.id in {door.home for door in one.pick_ups}]
            here = [one.driver for one in trips if one.driver in found and one.round == room.round]
            cars |= set(found)
            if home.id in self.homes and (len(here) != int(not home.own_transport) or here != found):
                yield Broken("morning_not_fetched", home.id)
        if family.together and len(cars) > 1:
            yield Broken("morning_together", family.id)

    def trip(self, trip: Trip) -> Iterator[Broken]:
        """Find what is wrong with one car."""
        yield from self.car(trip)
        yield from self.there(trip)
        yield from self.back(trip)
        yield from self.road(trip)

    def car(self, trip: Trip) -> Iterator[Broken]:
        """Find a car that is too full, lacks child seats, or holds who may not be in it."""
        driver, homes = self.drivers[trip.driver], [self.homes[door.home] for door in trip.pick_ups]
        kinds = [home.children[at].seat for home in homes for at in self.well(home)]
        if len(homes) > self.problem.policy.most_homes:
            yield Broken("morning_homes", driver.id)
        if len(kinds) + sum(home.adults for home in homes) > driver.seats:
            yield Broken("morning_seats", driver.id)
        if kinds.count(Seat.BOOSTER) > driver.boosters or kinds.count(Seat.BABY) > driver.babies:
            yield Broken("morning_child_seats", driver.id)
        families = {self.family_of[home.id].id for home in homes}
        for name in sorted(families & set(driver.avoids)):
            yield Broken("morning_avoids", name)
        yield from self.apart(families, (Where.CAR, Where.ROUND))

    def apart(self, families: set[str], where: tuple[Where, ...]) -> Iterator[Broken]:
        """Find two who may not meet."""
        for pair in self.problem.apart:
            if pair.where in where and {pair.family, pair.other} <= families:
                yield Broken("morning_apart", pair.family)

    def there(self, trip: Trip) -> Iterator[Broken]:
        """Follow a car to the prison by the clock."""
        driver, round_ = self.drivers[trip.driver], self.rounds[trip.round]
        load, arrives = self.problem.policy.load_minutes, minute(trip.arrives_at)
        ready, place = minute(trip.leaves_at), driver.place
        if trip.leaves_at < driver.from_at:
            yield Broken("morning_driver_time", driver.id)
        for door in trip.pick_ups:
            home, at = self.homes[door.home], minute(door.at)
            if ready + self.minutes(place, home.place) > at:
                yield Broken("morning_road", home.id)
            if door.at < (home.pick_up_from or door.at) or door.at > (home.pick_up_until or door.at):
                yield Broken("morning_window", home.id)
            if arrives - at > self.limit(home):
                yield Broken("morning_journey", home.id)
            ready, place = at + load, home.place
        if ready + self.minutes(place, self.problem.prison.place) > arrives:
            yield Broken("morning_road", driver.id)
        if not round_.opens_at <= trip.arrives_at <= round_.closes_at:
            yield Broken("morning_gate", driver.id)

    def back(self, trip: Trip) -> Iterator[Broken]:
        """Follow a car home by the clock."""
        driver, load = self.drivers[trip.driver], self.problem.policy.load_minutes
        leaves = minute(self.rounds[trip.round].ends_at)
        ready, place = leaves, self.problem.prison.place
        if minute(trip.departs_at) != leaves:
            yield Broken("morning_gate", driver.id)
        for door in trip.drop_offs:
            home, at = self.homes[door.home], minute(door.at)
            if ready + self.minutes(place, home.place) > at:
                yield Broken("morning_road", home.id)
            if at - leaves > self.limit(home):
                yield Broken("morning_journey", home.id)
            if door.at > (home.home_by or door.at):
                yield Broken("morning_window", home.id)
            ready, place = at + load, home.place
        if ready + self.minutes(place, driver.place) > minute(trip.home_at):
            yield Broken("morning_road", driver.id)
        if trip.home_at > driver.until_at:
            yield Broken("morning_driver_time", driver.id)

    def road(self, trip: Trip) -> Iterator[Broken]:
        """Add up the minutes on the road."""
        driver, gate = self.drivers[trip.driver], self.problem.prison.place
        there = [self.homes[door.home].place for door in trip.pick_ups]
        back = [self.homes[door.home].place for door in trip.drop_offs]
        minutes = sum(
            self.minutes(one, other)
            for one, other in pairwise([driver.place, *there, gate, *back, driver.place])
        )
        if minutes > driver.most_minutes:
            yield Broken("morning_driver_time", driver.id)
        if minutes != trip.minutes:
            yield Broken("morning_minutes", driver.id)

    def room(self, room: Room, trips: Sequence[Trip]) -> Iterator[Broken]:
        """Find a room that is too full, lacks adults, or holds who may not meet."""
        round_, families = self.rounds[room.round], [self.families[name] for name in room.families]
        homes = [home for family in families for home in family.homes if home.id in self.homes]
        children = sum(len(self.well(home)) for home in homes)
        adults = sum(home.adults for home in homes) + len(room.escorts)
        if (children, adults) != (room.children, room.adults):
            yield Broken("morning_count", room.round)
        yield from _too_full(round_, len(families), children, adults)
        if self.young(homes) > self.problem.prison.children_per_escort * len(room.escorts):
            yield Broken("morning_escorts", room.round)
        for name in sorted({*room.escorts} - self.able(room, trips)):
            yield Broken("morning_escorts", name)
        yield from _twice(list(room.escorts), "morning_escorts")
        yield from self.apart({family.id for family in families}, (Where.ROUND,))

    def young(self, homes: list[Home]) -> int:
        """Count the children who need somebody beside them and bring nobody."""
        age = self.problem.prison.accompany_age
        alone = [home for home in homes if not home.adults]
        return sum(home.children[at].age < age for home in alone for at in self.well(home))

    def able(self, room: Room, trips: Sequence[Trip]) -> set[str]:
        """Name who can be inside in a round."""
        here = {
            one.id
            for one in self.problem.escorts
            if (not one.rounds or room.round in one.rounds)
            and (Kind.ESCORT_CANCELLED, one.id) not in self.gone
        }
        drive = {one.driver for one in trips if one.round == room.round and self.drivers[one.driver].escort}
        return here | drive


def _twice(names: list[str], code: str) -> Iterator[Broken]:
    for one, other in combinations(sorted(names), 2):
        if one == other:
            yield Broken(code, one)


def _too_full(round_: Round, families: int, children: int, adults: int) -> Iterator[Broken]:
    counts = {"families": families, "children": children, "adults": adults}
    for what, count in counts.items():
        if count > getattr(round_, what):
            yield Broken(f"morning_{what}", round_.id)
