"""A group meeting and who came: information meetings, visit mornings and course sessions alike."""

from collections.abc import Iterable
from datetime import date, time
from enum import StrEnum
from typing import Final

from gib.core.kernel.flow import Flow, steps
from gib.core.kernel.rules import RuleBroken, declare


class State(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


FLOW: Final = Flow(State.PLANNED, steps({State.PLANNED: (State.HELD, State.CANCELLED)}))


class Presence(StrEnum):
    """Whether she came. What release or transfer overtook is not an absence."""

    INVITED = "invited"
    PRESENT = "present"
    EXCUSED = "excused"
    PREVENTED = "prevented"
    REFUSED = "refused"
    OVERTAKEN = "overtaken"


OUTCOMES: Final = (Presence.PRESENT, Presence.EXCUSED, Presence.PREVENTED, Presence.REFUSED)
#: A wrong tick can be put right, so each outcome leads to the others.
PRESENCE: Final = Flow(
    Presence.INVITED,
    steps(
        {
            Presence.INVITED: (*OUTCOMES, Presence.OVERTAKEN),
            **{here: tuple(to for to in OUTCOMES if to is not here) for here in OUTCOMES},
        }
    ),
    # She may have come before she left that day, or may be back and invited anew.
    corrections=steps({Presence.OVERTAKEN: (*OUTCOMES, Presence.INVITED)}),
)


class Speaker(StrEnum):
    """Which kind of organisation tells about itself; no names of persons."""

    YOUTH_CARE = "youth_care"
    MUNICIPALITY = "municipality"
    LAWYER = "lawyer"
    AFTERCARE = "aftercare"
    DEBT_HELP = "debt_help"
    MENTAL_HEALTH = "mental_health"
    PRISON = "prison"
    EXPERIENCED_MOTHER = "experienced_mother"


class SpeakerState(StrEnum):
    """Where it stands with one who was asked to tell something."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    CAME = "came"
    ABSENT = "absent"


_ON_THE_DAY: Final = (SpeakerState.CAME, SpeakerState.ABSENT)
SPEAKERS: Final = Flow(
    SpeakerState.ASKED,
    steps(
        {
            SpeakerState.ASKED: (SpeakerState.CONFIRMED, SpeakerState.DECLINED, *_ON_THE_DAY),
            SpeakerState.CONFIRMED: (SpeakerState.DECLINED, *_ON_THE_DAY),
        }
    ),
    # A wrong press can be put right, and who said no may say yes after all.
    corrections=steps(
        {
            SpeakerState.CAME: (SpeakerState.ABSENT,),
            SpeakerState.ABSENT: (SpeakerState.CAME,),
            SpeakerState.DECLINED: (SpeakerState.CONFIRMED,),
        }
    ),
)
#: Who still counts on the programme of a meeting.
EXPECTED: Final = frozenset({SpeakerState.ASKED, SpeakerState.CONFIRMED, SpeakerState.CAME})

#: How many find a place when nobody says otherwise. Source: domain page 1.2 [A].
PLACES: Final = 12

declare(
    {
        "room_taken": "Deze zaal is dan al bezet: er is om {at} ook {brand}. Kies een andere tijd of zaal.",
        "meeting_full": "Deze zaal is vol: er zijn {places} plekken. Kies een andere dag of zaal.",
        "meeting_over": "Deze bijeenkomst is al geweest of gaat niet door.",
        "count_negative": "Het aantal vrouwen kan niet kleiner zijn dan nul.",
        "already_invited": "Zij staat al op de lijst.",
        # What it does not say: because of whom, and that a case is behind it.
        "kept_apart": "Zij kan niet op deze lijst. Kies een andere dag of groep.",
        "wrong_product": "Dit onderdeel hoort niet bij deze bijeenkomst.",
    }
)


def counts(presence: str, caught_up_on: date | None) -> bool:
    """Tell whether a meeting counts for her: she was there, or caught up on it."""
    return presence == Presence.PRESENT or caught_up_on is not None


def overlap(at: time, minutes: int, other_at: time, other_minutes: int) -> bool:
    """Tell whether two things on one day are going on at the same minute; one may begin as the other ends."""
    begins, other = at.hour * 60 + at.minute, other_at.hour * 60 + other_at.minute
    return begins < other + other_minutes and other < begins + minutes


def check_room(at: time, minutes: int, taken: Iterable[tuple[time, int, str]]) -> None:
    """Allow a room at a time of a day.

    Args:
        at: local time; `minutes` is how long.
        taken: what is planned in that room on that day: its time, its minutes and its name.

    Raises:
        RuleBroken: 'room_taken'.
    """
    for other_at, other_minutes, brand in taken:
        if overlap(at, minutes, other_at, other_minutes):
            raise RuleBroken("room_taken", at=f"{other_at:%H:%M}", brand=brand)


def check_places(expected: int, places: int) -> None:
    """Allow so many women in a room.

    Raises:
        RuleBroken: 'meeting_full'.
    """
    if expected > places:
        raise RuleBroken("meeting_full", places=places)


def check_count(unknown: int) -> None:
    """Allow a head count of women without a dossier (CON-03).

    Raises:
        RuleBroken: 'count_negative'.
    """
    if unknown < 0:
        raise RuleBroken("count_negative")


def check_on(state: State) -> None:
    """Allow going on with a meeting that was not called off.

    Raises:
        RuleBroken: 'meeting_over'.
    """
    if state is State.CANCELLED:
        raise RuleBroken("meeting_over")


def check_planned(state: State) -> None:
    """Allow inviting to a meeting that is still to come.

    Raises:
        RuleBroken: 'meeting_over'.
    """
    if state is not State.PLANNED:
        raise RuleBroken("meeting_over")


def check_apart(is_apart: bool) -> None:
    """Keep a mother off a list on which somebody stands from whom she is kept apart.

    Raises:
        RuleBroken: 'kept_apart', in words that tell nothing of the other.

    Source: domain page 1.2, exceptions.
    """
    if is_apart:
        raise RuleBroken("kept_apart")
