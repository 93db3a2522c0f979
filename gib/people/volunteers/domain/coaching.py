"""Coaching talks and peer supervision: planned, held, and how long ago the last one was."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from gib.core.kernel.rules import RuleBroken, declare
from gib.people.volunteers.domain.volunteer import VolunteerEvent

declare(
    {
        "coaching_in_past": "Deze dag is al voorbij. Leg vast dat het gesprek er was.",
        "coaching_ahead": "Deze dag komt nog. Plan het gesprek eerst.",
        "coaching_planned": "Er staat al zo'n gesprek gepland met {number} van hen.",
        "coaching_over": "Dit gesprek is al geweest of gaat niet door.",
        "coaching_nobody": "Kies met wie.",
        "coaching_gone": "Met wie gestopt is, voert u geen gesprek meer.",
    }
)

#: A talk at least each so many weeks, when no dated term says otherwise. Source: the programme, 4 to 6 weeks.
RHYTHM_WEEKS: Final = 6


class TalkKind(StrEnum):
    """A talk between two, or peer supervision in a group; both are requirements that return."""

    COACHING = "coaching"
    PEER_SUPERVISION = "peer_supervision"


@dataclass(frozen=True)
class Talk:
    """A talk with one or more volunteers on a day; the note is short, and each of them reads it."""

    kind: TalkKind
    who: tuple[UUID, ...]
    on: date
    note: str = ""


def check_plan(talk: Talk, on: date, planned: int) -> None:
    """Refuse a plan for nobody, for a day gone by, or beside a plan that stands.

    Args:
        planned: with how many of them such a talk is planned already.

    Raises:
        RuleBroken: 'coaching_nobody', 'coaching_in_past', 'coaching_planned'.
    """
    if not talk.who:
        raise RuleBroken("coaching_nobody")
    if talk.on < on:
        raise RuleBroken("coaching_in_past")
    if planned:
        raise RuleBroken("coaching_planned", number=planned)


def check_held(talk: Talk, on: date) -> None:
    """Refuse to say that a talk with nobody was held, or one that must still come.

    Raises:
        RuleBroken: 'coaching_nobody', 'coaching_ahead'.
    """
    if not talk.who:
        raise RuleBroken("coaching_nobody")
    if talk.on > on:
        raise RuleBroken("coaching_ahead")


def quiet_days(last_on: date | None, since_on: date, on: date, weeks: int) -> int | None:
    """Say for how many days nobody talked with a volunteer, when that is longer than the rhythm.

    Args:
        last_on: her last talk of any kind; without one the days since she began count.
        weeks: the rhythm.
    """
    days = (on - max(last_on or since_on, since_on)).days
    return days if days > timedelta(weeks=weeks).days else None


@dataclass(frozen=True, kw_only=True)
class TalkPlanned(VolunteerEvent):
    """A talk with a volunteer has a day."""

    kind: TalkKind
    on: date
    sentence: ClassVar[str] = "Er is een gesprek met een vrijwilliger gepland."


@dataclass(frozen=True, kw_only=True)
class TalkHeld(VolunteerEvent):
    """A talk with a volunteer was held."""

    kind: TalkKind
    on: date
    sentence: ClassVar[str] = "Er was een gesprek met een vrijwilliger."


@dataclass(frozen=True, kw_only=True)
class TalkCancelled(VolunteerEvent):
    """A talk with a volunteer does not take place."""

    kind: TalkKind
    sentence: ClassVar[str] = "Een gesprek met een vrijwilliger gaat niet door."
