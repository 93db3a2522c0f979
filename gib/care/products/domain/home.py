"""The phases of help at home, that the pages of matches and visits show as well."""

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


#: Phases in which visits become fewer.
TAPERS: Final = frozenset({Phase.LET_GO, Phase.FAREWELL})


def rhythm(now: Phase, weekly_days: int, fewer_days: int) -> int:
    """Give how many days lie between two visits at home: fewer visits from letting go on.

    Source: domain page 1.6: weekly, and every two weeks in the last months.
    """
    return fewer_days if now in TAPERS else weekly_days
