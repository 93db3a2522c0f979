"""A mother who cannot be reached: a ladder of attempts, from a message to whom she named herself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from gib.care.trajectory.domain.stages import NORMS
from gib.core.kernel.events import Event
from gib.core.kernel.rules import RuleBroken, declare


class Rung(StrEnum):
    """A way to reach her, each one going further than the one before."""

    MESSAGE = "message"
    CALL = "call"
    LETTER = "letter"
    VISIT = "visit"
    NAMED = "named"


#: From how many days after the first attempt each rung is tried; in this order. Source: domain page 1.6 [A].
LADDER: Final[Mapping[Rung, int]] = {
    Rung.MESSAGE: 0,
    Rung.CALL: 3,
    Rung.LETTER: 7,
    Rung.VISIT: 14,
    Rung.NAMED: 21,
}


class Outcome(StrEnum):
    """What came of an attempt."""

    NO_ANSWER = "no_answer"
    REACHED = "reached"
    NOT_POSSIBLE = "not_possible"


class Found(StrEnum):
    """Why nobody looks for her any more."""

    REACHED = "reached"
    CONTACT = "contact"
    DETAINED = "detained"
    CLOSED = "closed"


declare(
    {
        "rung_too_early": "Probeer eerst de stap die hiervoor komt.",
        "attempt_in_future": "Een poging die nog komt kunt u nog niet vastleggen.",
        "attempt_before_last": "Deze poging ligt voor de vorige, van {day}. Kies een latere dag.",
        "attempt_without_why": "Schrijf op waarom dit niet kon.",
        "home_visit_missing": "Zij gaf geen toestemming om thuis langs te komen. Kies dat het niet kon.",
        "outreach_missing": (
            "Wij sluiten niet af zolang wij niet alles probeerden om haar te bereiken. "
            "Nog te doen: {left} van {all} stappen."
        ),
        "outreach_too_short": (
            "Wij proberen minstens {days} dagen om haar te bereiken. Afsluiten kan vanaf {day}."
        ),
    }
)


@dataclass(frozen=True)
class Attempt:
    """One attempt to reach her; `note` is sealed, and says why when it was not possible."""

    rung: Rung
    outcome: Outcome
    tried_on: date
    note: str = ""


@dataclass(frozen=True)
class Search:
    """How far the attempts to reach her have come; all of it is empty before the first."""

    from_on: date | None = None
    last_on: date | None = None
    tried: frozenset[Rung] = frozenset()


def next_rung(tried: Collection[Rung]) -> Rung | None:
    """Give the rung that comes now; None once all were tried."""
    return next((rung for rung in LADDER if rung not in tried), None)


def rung_due(search: Search) -> date | None:
    """Give from which day the next rung is tried; None without a search or once all were tried."""
    rung = next_rung(search.tried)
    if rung is None or search.from_on is None:
        return None
    return search.from_on + timedelta(days=LADDER[rung])


def check_attempt(attempt: Attempt, search: Search, on: date, *, may_visit: bool) -> None:
    """Allow an attempt that was made, one rung at a time; who was reached, was reached in any way.

    Args:
        may_visit: whether she allows that somebody comes to her home.

    Raises:
        RuleBroken: 'attempt_in_future', 'attempt_before_last', 'rung_too_early', 'attempt_without_why',
        'home_visit_missing'.

    Source: domain page 1.6, exceptions; CON-01.
    """
    _check_day(attempt.tried_on, search.last_on, on)
    if attempt.outcome is not Outcome.REACHED:
        _check_rung(attempt.rung, search.tried)
    if attempt.outcome is Outcome.NOT_POSSIBLE:
        if not attempt.note.strip():
            raise RuleBroken("attempt_without_why")
    elif attempt.rung is Rung.VISIT and not may_visit:
        raise RuleBroken("home_visit_missing")


def _check_day(tried_on: date, last_on: date | None, on: date) -> None:
    if tried_on > on:
        raise RuleBroken("attempt_in_future")
    if last_on is not None and tried_on < last_on:
        raise RuleBroken("attempt_before_last", day=f"{last_on:%d-%m-%Y}")


def _check_rung(rung: Rung, tried: Collection[Rung]) -> None:
    if rung not in tried and rung is not next_rung(tried):
        raise RuleBroken("rung_too_early")


def check_given_up(search: Search, on: date, days: int = NORMS["outreach_days"]) -> None:
    """Allow an ending because she is out of reach: every rung was tried, for at least some days.

    Raises:
        RuleBroken: 'outreach_missing', 'outreach_too_short'.

    Source: domain page 1.6: graded outreach, not silent closure.
    """
    left = len(LADDER) - len(search.tried)
    if search.from_on is None or left:
        raise RuleBroken("outreach_missing", left=left, all=len(LADDER))
    from_on = search.from_on + timedelta(days=days)
    if on < from_on:
        raise RuleBroken("outreach_too_short", days=days, day=f"{from_on:%d-%m-%Y}")


@dataclass(frozen=True, kw_only=True)
class OutreachTried(Event):
    """Somebody tried to reach her."""

    sentence: ClassVar[str] = "Wij probeerden u te bereiken."
    outreach_id: UUID
    rung: Rung
    outcome: Outcome
    tried_on: date


@dataclass(frozen=True, kw_only=True)
class OutreachEnded(Event):
    """There is contact again, or it is known where she is."""

    sentence: ClassVar[str] = "Er is weer contact met u, of wij weten waar u bent. Wij zoeken niet meer."
    outreach_id: UUID
    found: Found
