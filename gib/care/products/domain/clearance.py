"""Days before a visit inside: is she on the list of the prison; days after one that failed: another day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Final

from gib.care.products.domain.contact import CANCELLED, MISSED, Reason, State
from gib.care.products.domain.visiting import Timetable
from gib.core.kernel.dates import Period
from gib.core.kernel.holidays import holidays

#: So far ahead visits are looked at; no prison asks for more notice than a form can hold.
NEAR_DAYS: Final = 97
#: Outcomes of a visit that did not take place, whichever side it was.
FAILED: Final = frozenset({*CANCELLED, *MISSED})
#: She is no longer where she would have been visited.
_ELSEWHERE: Final = (Reason.MOVED, Reason.RELEASED)
_WEEK: Final = 7


class Clearance(StrEnum):
    """What is still missing for a visit inside."""

    DUE = "due"
    LATE = "late"
    NO_PERMIT = "no_permit"
    NO_HOUR = "no_hour"
    NO_IDENTITY = "no_identity"


@dataclass(frozen=True)
class Gate:
    """What is known of the gate on the day of a visit, by the rules of that day.

    Args:
        has_permit: whether it opens to the volunteer.
        is_identified: whether her identity document was seen and is valid then. A volunteer is an adult, and
            no prison asks for one only from a later age.
        is_received: whether visitors may come at that hour, or nobody knows the hours.
        notice: days before the visit on which the prison wants to know.
    """

    has_permit: bool
    is_identified: bool
    is_received: bool
    notice: int


def clearance_of(state: State, planned_on: date, gate: Gate, lead: int, on: date) -> Clearance | None:
    """Tell what is missing for a visit inside, days ahead; None when nothing is, or it is far away.

    A prison that knows who comes and when has agreed to the hour too.

    Args:
        lead: days before the notice from which the coordinator is reminded.

    Source: domain page 1.3, 1.8 and 7.2: pass valid for this prison, pass and identity document at each
    visit, notice in days, hours per weekday.
    """
    due_on = planned_on - timedelta(days=gate.notice)
    if on < due_on - timedelta(days=lead):
        return None
    if not gate.has_permit:
        return Clearance.NO_PERMIT
    if state is State.CLEARED:
        return None if gate.is_identified else Clearance.NO_IDENTITY
    if not gate.is_received:
        return Clearance.NO_HOUR
    return Clearance.LATE if on > due_on else Clearance.DUE


@dataclass(frozen=True)
class Planned:
    """When a visit was, in local time, perhaps without an hour, and how many minutes it would take."""

    on: date
    at: time | None
    minutes: int


def asks_another_day(state: State, reason: str) -> bool:
    """Tell whether a visit failed and another day would help: not when she is no longer there."""
    return state in FAILED and reason not in _ELSEWHERE


def is_replaced(failed_on: date, kept: Iterable[date], failed: Iterable[date], rhythm: int) -> bool:
    """Tell whether the two see each other around a day that failed all the same, or that failed too.

    Args:
        kept: the days of their visits that took place or lie ahead; the week before counts too.
        failed: the days of their visits that failed; of two in a row only the last asks for another.
        rhythm: days between two visits.
    """
    seen = [(day - failed_on).days for day in kept]
    lost = [(day - failed_on).days for day in failed]
    return any(-_WEEK < each < rhythm for each in seen) or any(0 < each < rhythm for each in lost)


@dataclass(frozen=True)
class Around:
    """What decides on which other day a visit can be: days on which it cannot, and hours that are known.

    Args:
        closed: days on which the prison lets nobody in, and those on which the volunteer is away.
        hours: when the prison receives visitors, by the rules of each day.
    """

    closed: tuple[Period, ...] = ()
    hours: Timetable = field(default_factory=Timetable)


def replacement_of(
    planned: Planned, rhythm: int, on: date, around: Around
) -> tuple[date, time | None] | None:
    """Propose another day and hour for a visit that failed: a week later, else the first day that is free.

    Args:
        rhythm: days between two visits; when these are over, the next visit is near.
        on: today; only a later day is proposed.

    Returns: a day before the next of the rhythm on which the prison receives visitors, no holiday and no
        closed day, at the same hour when that can be; where no hours are known no weekend, unless she came
        in one. None when there is none.
    """
    ahead = sorted(range(1, rhythm), key=lambda days: days != _WEEK)
    near = (planned.on + timedelta(days=each) for each in ahead)
    found = next((day for day in near if day > on and _is_open(day, planned, around)), None)
    return None if found is None else (found, _hour(found, planned, around))


def _is_open(day: date, planned: Planned, around: Around) -> bool:
    is_usual = day.weekday() < 5 or day.weekday() == planned.on.weekday()
    if day in holidays(day.year) or any(day in each for each in around.closed):
        return False
    hours = around.hours.on(day)
    if hours is None:
        return is_usual
    return bool(hours) if planned.at is None else _hour(day, planned, around) is not None


def _hour(day: date, planned: Planned, around: Around) -> time | None:
    return planned.at and around.hours.hour_for(day, planned.at, planned.minutes)
