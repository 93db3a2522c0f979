"""A problem made ready for planning: changes carried out, people in the order of their ids, plain numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time
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
#: What the changes of a problem take away.
Gone = set[tuple[Kind, str]]


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
    """All that planning asks, by number; who is `excused` cannot come since something changed."""

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
    gone = {(one.kind, one.id) for one in problem.changes}
    rounds, drivers, coming = _rounds(problem, gone), _drivers(problem, gone), _families(problem, gone)
    stops = [stop for at, one in enumerate(coming) for stop in _stops(problem, at, one)]
    return Morning(
        problem,
        tuple(_group(problem, at, one, stops, rounds) for at, one in enumerate(coming)),
        tuple(stops),
        tuple(drivers),
        tuple(_sitting(problem, one, gone) for one in rounds),
        tuple(sorted({one.id for one in problem.families} - {one.id for one in coming})),
    )


def _rounds(problem: Problem, gone: Gone) -> list[Round]:
    left = [one for one in problem.rounds if (Kind.ROUND_CANCELLED, one.id) not in gone]
    return sorted(left, key=lambda one: one.starts_at)


def _drivers(problem: Problem, gone: Gone) -> list[Driver]:
    return sorted((one for one in problem.drivers if (Kind.DRIVER_CANCELLED, one.id) not in gone), key=_id)


def _families(problem: Problem, gone: Gone) -> list[Family]:
    found = (_coming(one, gone) for one in problem.families)
    return sorted((one for one in found if one), key=_id)


def _id(one: Family | Driver | Home) -> str:
    return one.id


def _coming(family: Family, gone: Gone) -> Family | None:
    """Give a family without its ill children; none when nobody is left to come."""
    if (Kind.FAMILY_TRANSFERRED, family.id) in gone:
        return None
    well = [replace(home, children=_well(home, gone)) for home in family.homes]
    homes = sorted((home for home in well if home.children), key=_id)
    return replace(family, homes=tuple(homes)) if homes else None


def _well(home: Home, gone: Gone) -> tuple[Child, ...]:
    return tuple(child for child in home.children if (Kind.CHILD_ILL, child.id) not in gone)


def _stops(problem: Problem, family: int, one: Family) -> Iterator[Stop]:
    for home in one.homes:
        seats = [child.seat for child in home.children]
        young = sum(child.age < problem.prison.accompany_age for child in home.children)
        yield Stop(
            id=home.id,
            family=family,
            place=problem.places.index(home.place),
            children=len(seats),
            adults=home.adults,
            boosters=seats.count(Seat.BOOSTER),
            babies=seats.count(Seat.BABY),
            early=_minute(home.pick_up_from, 0),
            late=_minute(home.pick_up_until, NEVER),
            home_by=_minute(home.home_by, NEVER),
            limit=min(child.most_minutes for child in home.children),
            unaccompanied=0 if home.adults else young,
            is_fetched=not home.own_transport,
        )


def _minute(at: time | None, otherwise: int) -> int:
    return minute(at) if at else otherwise


def _group(problem: Problem, at: int, one: Family, stops: list[Stop], rounds: list[Round]) -> Group:
    own = {number: stop for number, stop in enumerate(stops) if stop.family == at}
    return Group(
        id=one.id,
        stops=tuple(own),
        rounds=_able(one, [each.id for each in rounds]),
        children=sum(stop.children for stop in own.values()),
        adults=sum(stop.adults for stop in own.values()),
        unaccompanied=sum(stop.unaccompanied for stop in own.values()),
        points=points(problem.policy, problem.on, one),
        is_urgent=is_urgent(problem.policy, problem.on, one),
        together=one.together,
    )


def _able(family: Family, rounds: list[str]) -> tuple[int, ...]:
    return tuple(at for at, name in enumerate(rounds) if name in (family.rounds or rounds))


def _sitting(problem: Problem, one: Round, gone: Gone) -> Sitting:
    escorts = sorted(
        each.id
        for each in problem.escorts
        if (Kind.ESCORT_CANCELLED, each.id) not in gone and (not each.rounds or one.id in each.rounds)
    )
    opens, closes, ends = (minute(at) for at in (one.opens_at, one.closes_at, one.ends_at))
    return Sitting(one.id, opens, closes, ends, one.families, one.children, one.adults, tuple(escorts))
