"""The map of the people around her, drawn together on a day: rings, roles, and what changed since."""

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from gib.care.trajectory.domain.stages import State
from gib.core.kernel.events import Event
from gib.core.kernel.rules import RuleBroken, declare


class Ring(StrEnum):
    """How near somebody stands to her, as she says it; the last ring is for who helps her as their work."""

    HEART = "heart"
    NEAR = "near"
    FURTHER = "further"
    PROFESSIONAL = "professional"


class Tie(StrEnum):
    """What somebody is to her."""

    CHILD = "child"
    PARTNER = "partner"
    PARENT = "parent"
    FAMILY = "family"
    FRIEND = "friend"
    NEIGHBOUR = "neighbour"
    VOLUNTEER = "volunteer"
    HELPER = "helper"
    OTHER = "other"


#: More names on one drawing cannot be read.
MOST_PEOPLE: Final = 30
#: Stages in which help at home runs, so that her network is asked about.
AT_HOME: Final = frozenset({State.ACTIVE_OUTSIDE, State.TAPERING})

declare(
    {
        "map_of_another_day": "Deze tekening is van een andere dag. Teken opnieuw: u begint met een kopie.",
        "map_full": "Op een tekening passen {most} mensen.",
        "no_map": "Er is nog niets getekend.",
    }
)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody on the map: a role, a ring, and a name or nickname that she chooses, or none.

    `version` is that of the page that this comes from; empty for no page at all.
    """

    role: Tie
    ring: Ring
    name: str = ""
    version: int | None = None


@dataclass(frozen=True)
class Placed:
    """Somebody as one drawing shows her; `thread` is the same person on the next drawing."""

    thread: UUID
    ring: Ring


@dataclass(frozen=True)
class Changes:
    """Who came, who went, and who moved from which ring to which, by thread."""

    came: tuple[UUID, ...]
    went: tuple[UUID, ...]
    moved: tuple[tuple[UUID, Ring, Ring], ...]


def changes(then: Iterable[Placed], now: Iterable[Placed]) -> Changes:
    """Compare two drawings, for the words beside them; the order is that of the drawings."""
    before = {each.thread: each.ring for each in then}
    after = {each.thread: each.ring for each in now}
    stayed = [(thread, before[thread], ring) for thread, ring in after.items() if thread in before]
    return Changes(
        came=_without(after, before),
        went=_without(before, after),
        moved=tuple(each for each in stayed if each[1] is not each[2]),
    )


def _without(some: Iterable[UUID], others: Container[UUID]) -> tuple[UUID, ...]:
    return tuple(thread for thread in some if thread not in others)


def sizes(people: Iterable[Placed]) -> dict[Ring, int]:
    """Count the people on a drawing by ring; an empty ring counts none."""
    found = Counter(each.ring for each in people)
    return {ring: found[ring] for ring in Ring}


def is_asked(state: State, answered_on: date | None, asked_since: date | None) -> bool:
    """Tell whether to ask her to draw: at the start of help at home and at each review of it.

    Args:
        answered_on: the day on which she last drew, or said that she did not want to.
        asked_since: the day of the last review; empty without one.
    """
    if state not in AT_HOME:
        return False
    return answered_on is None or (asked_since is not None and answered_on < asked_since)


def check_drawing(drawn_on: date, on: date) -> None:
    """Allow changes to the drawing of today only: a drawing shows how it was on its day.

    Raises:
        RuleBroken: 'map_of_another_day'.
    """
    if drawn_on != on:
        raise RuleBroken("map_of_another_day")


def check_room(people: int) -> None:
    """Allow one more on a drawing.

    Raises:
        RuleBroken: 'map_full'.
    """
    if people >= MOST_PEOPLE:
        raise RuleBroken("map_full", most=MOST_PEOPLE)


@dataclass(frozen=True, kw_only=True)
class NetworkDrawn(Event):
    """A drawing was begun; `people` came along from the one before."""

    sentence: ClassVar[str] = "U tekende samen met ons wie er om u heen staan."
    map_id: UUID
    people: int


@dataclass(frozen=True, kw_only=True)
class NetworkRefused(Event):
    """She did not want to draw."""

    sentence: ClassVar[str] = "U wilde niet tekenen wie er om u heen staan. Dat is goed."
    map_id: UUID


@dataclass(frozen=True, kw_only=True)
class PersonPlaced(Event):
    """Somebody came on the drawing."""

    sentence: ClassVar[str] = "U zette iemand op de tekening van uw netwerk."
    person_id: UUID
    ring: Ring


@dataclass(frozen=True, kw_only=True)
class PersonChanged(Event):
    """Somebody on the drawing was put elsewhere or named otherwise."""

    sentence: ClassVar[str] = "U veranderde iemand op de tekening van uw netwerk."
    person_id: UUID
    ring: Ring


@dataclass(frozen=True, kw_only=True)
class PersonTaken(Event):
    """Somebody was taken off the drawing."""

    sentence: ClassVar[str] = "U haalde iemand van de tekening van uw netwerk."
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class NetworkErased(Event):
    """All drawings were erased because she asked for it."""

    sentence: ClassVar[str] = "U vroeg ons de tekeningen van uw netwerk te wissen. Dat is gedaan."
    trajectory_id: UUID
    maps: int
