"""A problem made ready for planning: changes carried out, people in the order of their ids, plain numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from gib.engines.mornings.problem import (
    Child,
    Driver,
    Family,
    Home,
    Kind,
    Problem,
    Round,
    Seat,
    Where,
    minute,
)
from gib.engines.mornings.turns import is_urgent, points

#: Later than any time of a day.
NEVER: Final = 100_000


@dataclass(frozen=True, slots=True)
class Stop:
    """A home as a car sees it; times are minutes after midnight, `limit` is the shortest of its children."""

    id: str
    family: int
    place: int
    children: int
    adults: int
    boosters: int
    babies: int
    early: int
    late: int
    home_by: int
    limit: int
    unaccompanied: int
    is_fetched: bool

    @property
    def people(self) -> int:
        """How many seats it takes."""
        return self.children + self.adults


@dataclass(frozen=True, slots=True)
class Group:
    """A family as a room sees it; `rounds` and `stops` are numbers of the morning."""

    id: str
    stops: tuple[int, ...]
    rounds: tuple[int, ...]
    children: int
    adults: int
    unaccompanied: int
    points: int
    is_urgent: bool
    together: bool


@dataclass(frozen=True, slots=True)
class Sitting:
    """A round in minutes after midnight; `escorts` are those who do not drive."""

    id: str
    opens: int
    closes: int
    ends: int
    families: int
    children: int
    adults: int
    escorts: tuple[str, ...]


@dataclass(frozen=True)
class Morning:
    """All that planning asks, by number; `hers` are the bookings of a family that had a place before."""

    problem: Problem
    groups: tuple[Group, ...]
    stops: tuple[Stop, ...]
    drivers: tuple[Driver, ...]
    sittings: tuple[Sitting, ...]
    excused: tuple[str, ...]

    @cached_property
    def place_of(self) -> dict[str, int]:
        """The row of each place."""
        return {code: at for at, code in enumerate(self.problem.places)}

    @cached_property
    def prison(self) -> int:
        """The row of the prison."""
        return self.place_of[self.problem.prison.place]

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The number of each family that can come."""
        return {group.id: at for at, group in enumerate(self.groups)}

    def pairs(self, *where: Where) -> set[tuple[int, int]]:
        """Give who may not meet there, both ways."""
        known = self.number_of
        found = [
            (known[one.family], known[one.other])
            for one in self.problem.apart
            if one.where in where and {one.family, one.other} <= known.keys()
        ]
        return {*found, *((other, one) for one, other in found)}

    @cached_property
    def apart_in_car(self) -> set[tuple[int, int]]:
        """Who may not share a car, both ways."""
        return self.pairs(Where.CAR, Where.ROUND)

    @cached_property
    def apart_in_round(self) -> set[tuple[int, int]]:
        """Who may not share a round, both ways."""
        return self.pairs(Where.ROUND)

    def drive(self, one: int, other: int) -> int:
        """Give the minutes from one place to another."""
        return self.problem.minutes[one][other]

    def home_of(self, driver: Driver) -> int:
        """Give the row of the place where a driver lives."""
        return self.place_of[driver.place]


def morning_of(problem: Problem) -> Morning:
    """Make a problem ready: what the changes take away is gone, the order of the input does not count."""
    gone = {kind: {one.id for one in problem.changes if one.kind is kind} for kind in Kind}
    rounds = sorted(
        (one for one in problem.rounds if one.id not in gone[Kind.ROUND_CANCELLED]),
        key=lambda one: one.starts_at,
    )
    families = sorted(problem.families, key=lambda one: one.id)
    coming = [found for one in families if (found := _coming(one, gone))]
    stops = [stop for at, one in enumerate(coming) for stop in _stops(problem, at, one)]
    numbers = {one.id: at for at, one in enumerate(rounds)}
    return Morning(
        problem,
        tuple(_group(problem, at, one, stops, numbers) for at, one in enumerate(coming)),
        tuple(stops),
        tuple(sorted(_left(problem.drivers, gone[Kind.DRIVER_CANCELLED]), key=lambda one: one.id)),
        tuple(_sitting(problem, one, gone[Kind.ESCORT_CANCELLED]) for one in rounds),
        tuple(sorted({one.id for one in families} - {one.id for one in coming})),
    )


def _left(drivers: tuple[Driver, ...], gone: set[str]) -> Iterator[Driver]:
    return (one for one in drivers if one.id not in gone)


def _coming(family: Family, gone: dict[Kind, set[str]]) -> Family | None:
    """Give a family without its ill children; none when nobody is left to come."""
    if family.id in gone[Kind.FAMILY_TRANSFERRED]:
        return None
    well = [replace(home, children=_well(home, gone[Kind.CHILD_ILL])) for home in family.homes]
    homes = sorted((home for home in well if home.children), key=lambda home: home.id)
    return replace(family, homes=tuple(homes)) if homes else None


def _well(home: Home, ill: set[str]) -> tuple[Child, ...]:
    return tuple(child for child in home.children if child.id not in ill)


def _stops(problem: Problem, family: int, one: Family) -> Iterator[Stop]:
    places = {code: at for at, code in enumerate(problem.places)}
    for home in one.homes:
        seats = [child.seat for child in home.children]
        young = sum(child.age < problem.prison.accompany_age for child in home.children)
        yield Stop(
            id=home.id,
            family=family,
            place=places[home.place],
            children=len(seats),
            adults=home.adults,
            boosters=seats.count(Seat.BOOSTER),
            babies=seats.count(Seat.BABY),
            early=minute(home.pick_up_from) if home.pick_up_from else 0,
            late=minute(home.pick_up_until) if home.pick_up_until else NEVER,
            home_by=minute(home.home_by) if home.home_by else NEVER,
            limit=min(child.most_minutes for child in home.children),
            unaccompanied=0 if home.adults else young,
            is_fetched=not home.own_transport,
        )


def _group(problem: Problem, at: int, one: Family, stops: list[Stop], numbers: dict[str, int]) -> Group:
    own = [stop for stop in stops if stop.family == at]
    return Group(
        id=one.id,
        stops=tuple(number for number, stop in enumerate(stops) if stop.family == at),
        rounds=tuple(number for name, number in numbers.items() if not one.rounds or name in one.rounds),
        children=sum(stop.children for stop in own),
        adults=sum(stop.adults for stop in own),
        unaccompanied=sum(stop.unaccompanied for stop in own),
        points=points(problem.policy, problem.on, one),
        is_urgent=is_urgent(problem.policy, problem.on, one),
        together=one.together,
    )


def _sitting(problem: Problem, one: Round, gone: set[str]) -> Sitting:
    escorts = sorted(
        each.id
        for each in problem.escorts
        if each.id not in gone and (not each.rounds or one.id in each.rounds)
    )
    opens, closes, ends = (minute(at) for at in (one.opens_at, one.closes_at, one.ends_at))
    return Sitting(one.id, opens, closes, ends, one.families, one.children, one.adults, tuple(escorts))
