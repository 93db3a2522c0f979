"""Help at home after release: its phases, its hours and what is done when she cannot be reached."""

from datetime import date
from enum import StrEnum
from typing import Final

from dateutil.relativedelta import relativedelta


class Phase(StrEnum):
    """Where the months at home stand."""

    LANDING = "landing"
    STABILISE = "stabilise"
    BUILD = "build"
    LET_GO = "let_go"
    FAREWELL = "farewell"


#: From which month each phase begins. Source: domain page 1.6, phases [A].
_FROM_MONTH: Final = ((15, Phase.FAREWELL), (11, Phase.LET_GO), (5, Phase.BUILD), (1, Phase.STABILISE))


def months_since(started_on: date, on: date) -> int:
    """Count whole months since the help at home began."""
    passed = relativedelta(on, started_on)
    return passed.years * 12 + passed.months


def phase(started_on: date, on: date) -> Phase:
    """Tell in which phase the help at home is, by the months that have passed."""
    months = months_since(started_on, on)
    return next((name for start, name in _FROM_MONTH if months >= start), Phase.LANDING)


def hours_budget(started_on: date, on: date, hours_a_week: int) -> int:
    """Give the hours that fit the agreed average up to today, beside the hours really given."""
    return ((on - started_on).days // 7 + 1) * hours_a_week


def months_left(started_on: date, on: date, months: int) -> int:
    """Give the months left of the agreed term; below zero it runs on by decision."""
    return months - months_since(started_on, on)


def is_unreachable(last_contact_on: date, on: date, days: int) -> bool:
    """Tell whether she could not be reached for longer than `days`: graded outreach, not silent closure.

    Source: domain page 1.6, exceptions.
    """
    return (on - last_contact_on).days > days
