"""How a child comes to a visit morning and home again: what is agreed at its door, and who drives it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from gib.care.products.moeder_kind_bezoeken.domain import BEFORE, ChildEvent, State
from gib.core.kernel.events import Event
from gib.core.kernel.rules import RuleBroken, declare
from gib.engines.mornings.problem import Seat, minute

#: How many passengers a car of a volunteer can have.
MOST_SEATS: Final = 8


class RideEnd(StrEnum):
    """Why a ride does not take place."""

    DRIVER = "driver"
    CAR = "car"
    NOT_NEEDED = "not_needed"
    OTHER = "other"


declare(
    {
        "no_seats": "In een auto is plek voor 1 tot en met {most} kinderen.",
        "more_child_seats": "Er kunnen niet meer kinderzitjes zijn dan plekken in de auto.",
        "driver_taken": "Deze vrijwilliger rijdt deze ochtend al.",
        "ride_over": "Deze rit gaat niet door. Kies een andere auto.",
        "child_in_car": "Dit kind zit al in een auto. Haal het daar eerst uit.",
        "not_in_car": "Dit kind zit nog niet in een auto.",
        "car_full": "Deze auto is vol.",
        "child_seats_full": "In deze auto is geen kinderzitje meer vrij dat bij dit kind past.",
        "pick_up_unknown": "Spreek eerst thuis af waar en wanneer dit kind wordt opgehaald.",
        "window_reversed": "De laatste ophaaltijd is eerder dan de eerste.",
        "pick_up_late": "Dan is het bezoek al begonnen. Kies een eerdere ophaaltijd.",
        "ride_too_long": "Dan kan dit kind {minutes} minuten in de auto zitten. Meer dan {most} mag niet.",
        "child_on_its_way": "Dit kind is al onderweg of weer thuis.",
        "room_full": "In de zaal is plek voor {most} kinderen. Er kan geen kind meer bij.",
    }
)


@dataclass(frozen=True, kw_only=True)
class AtHome:
    """What was agreed at the door of a child; who is brought by its own people needs no place and no time.

    Args:
        place: where it is fetched, in words.
        pick_up_from, pick_up_until: between which local times the car comes.
    """

    is_fetched: bool
    place: str = ""
    pick_up_from: time | None = None
    pick_up_until: time | None = None
    seat: Seat = Seat.PLAIN


@dataclass(frozen=True)
class Car:
    """How many children a car takes, and on how many of its seats a booster or a baby seat can be."""

    seats: int
    boosters: int = 0
    babies: int = 0


@dataclass(frozen=True)
class Times:
    """The local times between which a visit lasts, and the one at which a child should be home."""

    starts: time
    minutes: int
    back: time


def check_car(car: Car) -> None:
    """Allow a ride with a car that takes children.

    Raises:
        RuleBroken: 'no_seats', 'more_child_seats'.
    """
    if not 1 <= car.seats <= MOST_SEATS:
        raise RuleBroken("no_seats", most=MOST_SEATS)
    if car.boosters + car.babies > car.seats:
        raise RuleBroken("more_child_seats")


def check_free(is_driving: bool) -> None:
    """Allow one ride a morning to each driver.

    Raises:
        RuleBroken: 'driver_taken'.
    """
    if is_driving:
        raise RuleBroken("driver_taken")


def check_goes(cancelled_on: date | None) -> None:
    """Allow going on with a ride that was not called off.

    Raises:
        RuleBroken: 'ride_over'.
    """
    if cancelled_on is not None:
        raise RuleBroken("ride_over")


def check_before(state: State) -> None:
    """Allow arranging the way of a child that has not left home yet.

    Raises:
        RuleBroken: 'child_on_its_way'.
    """
    if state not in BEFORE:
        raise RuleBroken("child_on_its_way")


def check_outside(is_in_car: bool) -> None:
    """Keep a child out of two cars.

    Raises:
        RuleBroken: 'child_in_car'.
    """
    if is_in_car:
        raise RuleBroken("child_in_car")


def check_at_home(home: AtHome, times: Times, most: int) -> None:
    """Allow what is agreed at the door: a place, times in order, and no journey beyond the limit.

    A child sits in the car at most from the first time until the visit starts, and at most from its end until
    the child should be home.

    Args:
        most: the longest journey, in minutes each way.

    Raises:
        RuleBroken: 'pick_up_unknown', 'window_reversed', 'pick_up_late', 'ride_too_long'.
    """
    if not home.is_fetched:
        return
    if not (home.place and home.pick_up_from and home.pick_up_until):
        raise RuleBroken("pick_up_unknown")
    if home.pick_up_until < home.pick_up_from:
        raise RuleBroken("window_reversed")
    if home.pick_up_until >= times.starts:
        raise RuleBroken("pick_up_late")
    longest = max(
        minute(times.starts) - minute(home.pick_up_from),
        minute(times.back) - minute(times.starts) - times.minutes,
    )
    if longest > most:
        raise RuleBroken("ride_too_long", minutes=longest, most=most)


def check_fits(car: Car, taken: Iterable[Seat], seat: Seat) -> None:
    """Allow one child more in a car.

    Args:
        taken: on what those sit who are in it already.

    Raises:
        RuleBroken: 'car_full', 'child_seats_full'.
    """
    wanted = Counter([*taken, seat])
    if wanted.total() > car.seats:
        raise RuleBroken("car_full")
    if wanted[Seat.BOOSTER] > car.boosters or wanted[Seat.BABY] > car.babies:
        raise RuleBroken("child_seats_full")


def check_room(number: int, most: int | None) -> None:
    """Allow one child more in the room of a prison.

    Args:
        number: how many children are on the list already.
        most: how many the rule of the prison allows; nothing when it does not say.

    Raises:
        RuleBroken: 'room_full'.
    """
    if most is not None and number >= most:
        raise RuleBroken("room_full", most=most)


@dataclass(frozen=True, kw_only=True)
class RidePlanned(Event):
    """A volunteer drives to a visit morning; it belongs to no dossier."""

    sentence: ClassVar[str] = "Iemand van ons rijdt naar een bezoekochtend."
    meeting_id: int
    ride_id: UUID
    volunteer_id: UUID


@dataclass(frozen=True, kw_only=True)
class RideCancelled(Event):
    """A ride does not take place; so many children have no car any more."""

    sentence: ClassVar[str] = "Een rit naar een bezoekochtend gaat niet door."
    meeting_id: int
    ride_id: UUID
    reason: RideEnd
    children: int


@dataclass(frozen=True, kw_only=True)
class PickUpAgreed(ChildEvent):
    """It was agreed at home how the child comes; not where, and not when."""

    sentence: ClassVar[str] = "Wij spraken thuis af hoe uw kind naar u toe komt."
    is_fetched: bool


@dataclass(frozen=True, kw_only=True)
class ChildSeated(ChildEvent):
    """The child has a place in a car."""

    sentence: ClassVar[str] = "Iemand van ons rijdt uw kind naar u toe."
    ride_id: UUID


@dataclass(frozen=True, kw_only=True)
class ChildUnseated(ChildEvent):
    """The child has no place in that car any more."""

    sentence: ClassVar[str] = "Wij zoeken een andere auto voor uw kind."
    ride_id: UUID


@dataclass(frozen=True, kw_only=True)
class HomeReminded(ChildEvent):
    """Who cares for the child was reminded of what it takes along."""

    sentence: ClassVar[str] = "Wij zeiden thuis wat uw kind moet meenemen."


@dataclass(frozen=True, kw_only=True)
class ChildPutBack(ChildEvent):
    """A step of the day was noted by mistake and was put right."""

    sentence: ClassVar[str] = "Wij zetten iets recht over het bezoek van uw kind."
    to: State
