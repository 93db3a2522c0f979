"""What the problem of one visit morning consists of: facts in ids, codes, minutes and times, and weights."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Final

from gib.core.kernel.problems import in_force
from gib.core.kernel.reading import at_least, some


class Seat(StrEnum):
    """What a child sits on in a car."""

    PLAIN = "plain"
    BOOSTER = "booster"
    BABY = "baby"


class Where(StrEnum):
    """What two families may not share; who may not share a round does not share a car either."""

    CAR = "car"
    ROUND = "round"


class Kind(StrEnum):
    """What happened since the previous plan was made."""

    CHILD_ILL = "child_ill"
    FAMILY_TRANSFERRED = "family_transferred"
    DRIVER_CANCELLED = "driver_cancelled"
    ESCORT_CANCELLED = "escort_cancelled"
    ROUND_CANCELLED = "round_cancelled"


@dataclass(frozen=True, slots=True)
class Prison:
    """Where all go, and its rule for children: one adult inside for so many of them under an age.

    A child that comes with an adult of its own home needs nobody else.
    """

    place: str
    accompany_age: int = at_least(0, default=12)
    children_per_escort: int = at_least(1, default=4)


@dataclass(frozen=True, slots=True)
class Round:
    """One visit of several families at a time in one room, which holds so many of each.

    A car arrives from `opens_at` up to and including `closes_at` and leaves with the same families at
    `ends_at`. `adults` are those who come along and escorts; the mothers are not counted.
    """

    id: str
    opens_at: time
    closes_at: time
    starts_at: time
    ends_at: time
    families: int = at_least(0)
    children: int = at_least(0)
    adults: int = at_least(0)


@dataclass(frozen=True, slots=True)
class Child:
    """A child that may come; `most_minutes` is the longest it may sit in a car, each way."""

    id: str
    age: int = at_least(0)
    seat: Seat = Seat.PLAIN
    most_minutes: int = at_least(1, default=90)
    birthday_on: date | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """Where children of one family live: they are fetched together, with `adults` who come along.

    A car may be at the door from `pick_up_from` up to and including `pick_up_until`, and brings them home by
    `home_by`; what is empty does not count. Who has `own_transport` needs no driver.
    """

    id: str
    place: str
    children: tuple[Child, ...] = some()
    adults: int = at_least(0, default=0)
    pick_up_from: time | None = None
    pick_up_until: time | None = None
    home_by: time | None = None
    own_transport: bool = False


@dataclass(frozen=True, slots=True)
class Family:
    """The children of one mother: they come all, in the same round, or not.

    `since_on` is the day of the last visit or, before the first one, of the request. No `rounds` means that
    any will do. Who must be `together` sits in one car, also from several homes.
    """

    id: str
    since_on: date
    homes: tuple[Home, ...] = some()
    release_on: date | None = None
    rounds: tuple[str, ...] = ()
    together: bool = False


@dataclass(frozen=True, slots=True)
class Driver:
    """Somebody who drives once this morning: from home, past homes, to the prison, and all the way back.

    `seats` are for passengers, of which `boosters` and `babies` can be a child seat. `most_minutes` is how
    long she wants to drive in all. `avoids` are families whom she does not drive. An escort goes inside.
    """

    id: str
    place: str
    from_at: time
    until_at: time
    seats: int = at_least(1)
    boosters: int = at_least(0, default=0)
    babies: int = at_least(0, default=0)
    most_minutes: int = at_least(1, default=300)
    avoids: tuple[str, ...] = ()
    escort: bool = False


@dataclass(frozen=True, slots=True)
class Escort:
    """Somebody who is inside with the children, in every round that she names, or in all."""

    id: str
    rounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Apart:
    """Two families who may not meet."""

    family: str
    other: str
    where: Where = Where.ROUND


@dataclass(frozen=True, slots=True)
class Booking:
    """A home that had a place in the previous plan; without driver by own transport."""

    home: str
    round: str
    driver: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened since: to the child, family, driver, escort or round of this id."""

    kind: Kind
    id: str


@dataclass(frozen=True, slots=True)
class Weights:
    """The most points of a turn that each component can give."""

    waiting: int = at_least(0)
    birthday: int = at_least(0)
    release: int = at_least(0)


@dataclass(frozen=True, slots=True)
class Policy:
    """The terms under which is planned, from a day on: a change is a new version.

    Who waits longer than `norm_days`, or is free within `near_days`, comes first. A birthday counts within
    `birthday_days` of it. Getting in or out takes `load_minutes` at each home, of which one car has at most
    `most_homes`.
    """

    version: str
    from_on: date
    weights: Weights
    norm_days: int = at_least(1)
    near_days: int = at_least(1)
    birthday_days: int = at_least(1)
    load_minutes: int = at_least(0)
    most_homes: int = at_least(1)


@dataclass(frozen=True, slots=True)
class Problem:
    """All that is known of one morning; `minutes` has a row per place, with the minutes to each place."""

    on: date
    policy: Policy
    prison: Prison
    places: tuple[str, ...] = some()
    minutes: tuple[tuple[int, ...], ...] = at_least(0)
    rounds: tuple[Round, ...] = some()
    families: tuple[Family, ...] = ()
    drivers: tuple[Driver, ...] = ()
    escorts: tuple[Escort, ...] = ()
    apart: tuple[Apart, ...] = ()
    previous: tuple[Booking, ...] = ()
    changes: tuple[Change, ...] = ()


#: The policies of the house, the oldest first: four visits a year is the norm, the weights are choices.
#: Source: domain.md 7.2, special parent-child visits.
POLICIES: Final = (
    Policy(
        version="2010-1",
        from_on=date(2010, 1, 1),
        weights=Weights(waiting=300, birthday=100, release=200),
        norm_days=91,
        near_days=42,
        birthday_days=14,
        load_minutes=5,
        most_homes=4,
    ),
)


def policy_on(on: date) -> Policy:
    """Give the policy of the house that holds on a day; the first one also counts for earlier days."""
    return in_force(POLICIES, on)


def minute(at: time) -> int:
    """Count the minutes from midnight on the wall."""
    return at.hour * 60 + at.minute


def clock(minutes: int) -> time:
    """Give the time on the wall so many minutes after midnight, below 24 hours."""
    return time(*divmod(minutes, 60))
