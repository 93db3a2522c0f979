"""Days before a visit inside: is she on the list of the prison; days after one that failed: another day."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from gib.care.products.domain.contact import CANCELLED, MISSED, Reason, State
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


def clearance_of(
    state: State, planned_on: date, has_permit: bool, notice: int, lead: int, on: date
) -> Clearance | None:
    """Tell what is missing for a visit inside, days ahead; None when nothing is, or it is far away.

    Args:
        has_permit: whether the gate opens to the volunteer on that day.
        notice: days before the visit on which the prison wants to know.
        lead: days before that from which the coordinator is reminded.

    Source: domain page 1.3 and 7.2: pass valid for this prison, notice in days.
    """
    due_on = planned_on - timedelta(days=notice)
    if on < due_on - timedelta(days=lead):
        return None
    if not has_permit:
        return Clearance.NO_PERMIT
    if state is State.CLEARED:
        return None
    return Clearance.LATE if on > due_on else Clearance.DUE


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


def replacement_day(planned_on: date, rhythm: int, on: date, closed: Iterable[Period]) -> date | None:
    """Propose another day for a visit that failed: the same weekday a week later, else the first free.

    Args:
        rhythm: days between two visits; when these are over, the next visit is near.
        on: today; only a later day is proposed.
        closed: days on which the prison lets nobody in.

    Returns: a day before the next of the rhythm, no weekend (unless she came in weekends), holiday or
        closed day; None when there is none.
    """
    shut = list(closed)
    ahead = sorted(range(1, rhythm), key=lambda days: days != _WEEK)
    near = [planned_on + timedelta(days=each) for each in ahead]
    return next((day for day in near if day > on and _is_open(day, planned_on, shut)), None)


def _is_open(day: date, planned_on: date, shut: list[Period]) -> bool:
    is_usual = day.weekday() < 5 or day.weekday() == planned_on.weekday()
    return is_usual and day not in holidays(day.year) and not any(day in each for each in shut)
