"""A proposal for the cars of a morning: which child sits in which car, by the engine that plans mornings."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from math import isqrt
from typing import Final
from uuid import UUID

from gib.care.products.moeder_kind_bezoeken.domain.rides import Car
from gib.care.products.moeder_kind_bezoeken.domain.turns import Waiting, birthday_near
from gib.core.kernel.problems import Told
from gib.engines import matching, mornings
from gib.engines.mornings import problem as told
from gib.engines.mornings.problem import Seat, clock, minute
from gib.engines.mornings.trips import Trip
from gib.people.partners.domain import areas_in

#: A place on a flat map of the country, in metres.
Spot = tuple[int, int]
_GATE: Final = "gate"
_ROUND: Final = "round"
_METRES: Final = 1000


@dataclass(frozen=True, kw_only=True)
class Rider:
    """A child that we fetch: of whom it is, where and between which times, and in which car it sits now.

    Who is not `expected` only takes the seat it has, until somebody takes it out.
    """

    id: UUID
    turn: Waiting
    place: str
    pick_up_from: time
    pick_up_until: time
    back: time
    seat: Seat = Seat.PLAIN
    ride_id: UUID | None = None
    expected: bool = True

    @property
    def area(self) -> str:
        """The postcode area of four digits in the address; empty when there is none."""
        return next(iter(areas_in(self.place)), "")


@dataclass(frozen=True, kw_only=True)
class Driving:
    """A car that goes: from which postcode area, what it takes, and whose children it does not drive."""

    id: UUID
    area: str
    car: Car
    avoids: frozenset[UUID] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Visit:
    """When and where all go: a visit takes `minutes`, a child sits in a car at most `most_minutes` a way."""

    on: date
    starts: time
    minutes: int
    most_minutes: int
    gate: Spot
    middles: Mapping[str, Spot]


@dataclass(frozen=True)
class Stop:
    """A car is at the door of these children."""

    at: time
    riders: tuple[UUID, ...]


@dataclass(frozen=True)
class Way:
    """How one car drives: past whom, when it is at the gate and leaves it, and past whom on the way home.

    The times are an estimate; they say nothing when some road is not known, so that it `is_timed` no longer.
    """

    ride_id: UUID
    leaves_at: time
    fetches: tuple[Stop, ...]
    arrives_at: time
    departs_at: time
    brings: tuple[Stop, ...]
    home_at: time
    is_timed: bool

    @property
    def riders(self) -> list[UUID]:
        """Who sits in the car."""
        return [rider for stop in self.fetches for rider in stop.riders]


@dataclass(frozen=True)
class Proposal:
    """Which child could sit in which car, and for who has no place the rules that stand in the way.

    `mend` says what to look for first when nobody can come at all.
    """

    seats: Mapping[UUID, UUID] = field(default_factory=dict)
    ways: tuple[Way, ...] = ()
    without: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)
    mend: tuple[Told, ...] = ()
    is_best: bool = True


def propose(visit: Visit, riders: Iterable[Rider], cars: Iterable[Driving], seconds: float = 3) -> Proposal:
    """Work out who could drive whom; as few families as possible change cars.

    A road of which nobody knows the length keeps nobody away: it counts as next door.

    Args:
        seconds: for the engine, on the clock.
    """
    every = list(riders)
    going = [rider for rider in every if rider.expected]
    if not going:
        return Proposal()
    homes, able = _homes(going), list(cars)
    seated = [rider for rider in every if not rider.expected]
    found = mornings.answer(_problem(visit, homes, [_left(car, seated) for car in able]), seconds)
    return _read(found, homes, _lost(visit, homes, able))


def _lost(visit: Visit, homes: "_Homes", cars: Iterable[Driving]) -> set[str]:
    """Name the cars and the homes of which nobody knows where they are."""
    nowhere = {str(car.id) for car in cars if car.area not in visit.middles}
    return nowhere | {name for name, here in homes.items() if here[0].area not in visit.middles}


def _read(found: mornings.Answer, homes: "_Homes", lost: set[str]) -> Proposal:
    """Read the answer of the engine as seats, ways and reasons."""
    ways = tuple(_way(trip, homes, lost) for trip in found.trips)
    seats = {rider: way.ride_id for way in ways for rider in way.riders}
    return Proposal(
        seats=seats,
        ways=ways,
        without=_without(
            found, [rider for here in homes.values() for rider in here if rider.id not in seats]
        ),
        mend=found.relax_first,
        is_best=found.proof.is_best,
    )


def _without(found: mornings.Answer, left: Iterable[Rider]) -> dict[UUID, tuple[str, ...]]:
    """Give the rules that stand in the way of each child, which are those of its family."""
    why = {each.family: tuple(str(said.code) for said in each.reasons) for each in found.without}
    return {rider.id: why[_family(rider)] for rider in left}


#: The children of one mother who are fetched together, by the name of their home in the engine.
_Homes = Mapping[str, list[Rider]]


def _homes(riders: Iterable[Rider]) -> _Homes:
    """Put children together whom a car finds at one door at the same time."""
    doors: dict[tuple[object, ...], list[Rider]] = defaultdict(list)
    for rider in riders:
        door = " ".join(rider.place.casefold().split())
        times = (rider.pick_up_from, rider.pick_up_until, rider.back)
        doors[rider.turn.dossier_id, door, times].append(rider)
    return {str(found[0].id): found for found in doors.values()}


def _family(rider: Rider) -> str:
    return str(rider.turn.dossier_id)


def _left(driving: Driving, seated: Iterable[Rider]) -> Driving:
    """Give a car without the seats of those who stay in it."""
    taken = Counter(rider.seat for rider in seated if rider.ride_id == driving.id)
    seats = driving.car.seats - taken.total()
    car = Car(
        seats,
        min(seats, driving.car.boosters - taken[Seat.BOOSTER]),
        min(seats, driving.car.babies - taken[Seat.BABY]),
    )
    return replace(driving, car=car)


def _problem(visit: Visit, homes: _Homes, cars: Iterable[Driving]) -> told.Problem:
    """Write the problem of one round down for the engine; who is on the list has its place in the room."""
    families = _families(visit, homes)
    drivers = [_driver(car, {family.id for family in families}) for car in cars if car.car.seats > 0]
    spots: dict[str, Spot | None] = {_GATE: visit.gate}
    spots |= {area: visit.middles.get(area) for area in sorted(_areas(homes, drivers))}
    number = sum(map(len, homes.values()))
    ends = clock(min(minute(visit.starts) + visit.minutes, minute(time.max)))
    return told.Problem(
        on=visit.on,
        policy=told.policy_on(visit.on),
        prison=told.Prison(_GATE, accompany_age=0),
        places=tuple(spots),
        minutes=tuple(
            tuple(_road(visit.on, one, other) for other in spots.values()) for one in spots.values()
        ),
        rounds=(
            told.Round(_ROUND, time.min, visit.starts, visit.starts, ends, len(families), number, adults=0),
        ),
        families=families,
        drivers=tuple(drivers),
        previous=tuple(_booked(homes, {driver.id for driver in drivers})),
    )


def _areas(homes: _Homes, drivers: Iterable[told.Driver]) -> set[str]:
    return {found[0].area for found in homes.values()} | {driver.place for driver in drivers}


def _families(visit: Visit, homes: _Homes) -> tuple[told.Family, ...]:
    by_family: dict[str, list[str]] = defaultdict(list)
    for name, found in homes.items():
        by_family[_family(found[0])].append(name)
    return tuple(
        _told(visit, family, {name: homes[name] for name in names}) for family, names in by_family.items()
    )


def _told(visit: Visit, family: str, homes: _Homes) -> told.Family:
    turn = next(iter(homes.values()))[0].turn
    return told.Family(
        id=family,
        since_on=min(turn.since_on, visit.on),
        homes=tuple(_home(visit, name, found, turn) for name, found in homes.items()),
        release_on=turn.release_on,
    )


def _home(visit: Visit, name: str, found: list[Rider], turn: Waiting) -> told.Home:
    birthday, most = birthday_near(turn.births, visit.on), visit.most_minutes
    return told.Home(
        id=name,
        place=found[0].area,
        children=tuple(told.Child(str(rider.id), 0, rider.seat, most, birthday) for rider in found),
        pick_up_from=found[0].pick_up_from,
        pick_up_until=found[0].pick_up_until,
        home_by=found[0].back,
    )


def _driver(driving: Driving, families: set[str]) -> told.Driver:
    return told.Driver(
        id=str(driving.id),
        place=driving.area,
        from_at=time.min,
        until_at=time(23, 59),
        seats=driving.car.seats,
        boosters=max(0, driving.car.boosters),
        babies=max(0, driving.car.babies),
        avoids=tuple(sorted(families & {str(each) for each in driving.avoids})),
    )


def _booked(homes: _Homes, drivers: set[str]) -> Iterable[told.Booking]:
    """Give who sits together in a car now: that is the plan of which as little as possible changes."""
    for name, found in homes.items():
        cars = {str(rider.ride_id) for rider in found}
        if len(cars) == 1 and cars <= drivers:
            yield told.Booking(name, _ROUND, *cars)


def _road(on: date, one: Spot | None, other: Spot | None) -> int:
    """Give the minutes between two spots, at the pace at which volunteers are matched too."""
    pace = matching.policy_on(on)
    if one is None or other is None:
        return pace.base_minutes
    metres = isqrt((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2)
    return pace.base_minutes + metres * pace.seconds_per_km // (60 * _METRES)


def _way(trip: Trip, homes: _Homes, lost: set[str]) -> Way:
    fetches, brings = (
        tuple(Stop(door.at, tuple(rider.id for rider in homes[door.home])) for door in doors)
        for doors in (trip.pick_ups, trip.drop_offs)
    )
    return Way(
        ride_id=UUID(trip.driver),
        leaves_at=trip.leaves_at,
        fetches=fetches,
        arrives_at=trip.arrives_at,
        departs_at=trip.departs_at,
        brings=brings,
        home_at=trip.home_at,
        is_timed=lost.isdisjoint([trip.driver, *(door.home for door in trip.pick_ups)]),
    )
