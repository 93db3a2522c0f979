"""Days before a visit inside: is she on the list of the prison; days after one that failed: another day."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from gib.care.products.domain.contact import State
from gib.core.kernel.dates import Period
from gib.core.kernel.holidays import holidays

#: So far ahead visits are looked at; no prison asks for more notice than a form can hold.
NEAR_DAYS: Final = 97
#: In so many days after its day a visit that failed gets another one.
_WITHIN: Final = 14


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


def replacement_day(planned_on: date, on: date, closed: Iterable[Period]) -> date | None:
    """Propose another day for a visit that failed: the same weekday a week later, else the first free.

    Args:
        on: today; only a later day is proposed.
        closed: days on which the prison lets nobody in.

    Returns: a day within two weeks of the one that failed, no weekend, holiday or closed day; or None.
    """
    shut = list(closed)
    near = [planned_on + timedelta(days=each) for each in (7, *range(1, 7), *range(8, _WITHIN + 1))]
    return next((day for day in near if day > on and _is_open(day, planned_on, shut)), None)


def _is_open(day: date, planned_on: date, shut: list[Period]) -> bool:
    is_usual = day.weekday() < 5 or day.weekday() == planned_on.weekday()
    return is_usual and day not in holidays(day.year) and not any(day in each for each in shut)
