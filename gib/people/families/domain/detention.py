"""Detention: what may be recorded about entry, place, expected day and release."""

from dataclasses import dataclass
from datetime import date

from gib.core.kernel.dates import Period
from gib.core.kernel.rules import RuleBroken
from gib.people.families.domain.codes import Confidence, ReturnKind, Source
from gib.people.partners.domain import Regime


@dataclass(frozen=True, kw_only=True)
class NewFamily:
    """What is known of a mother at the first draft of her referral; only the team and a name are needed."""

    team_id: int
    first_name: str
    last_name: str
    born_on: date | None = None
    birth_year: int | None = None
    languages: str = "nl"
    needs_interpreter: bool = False
    phone: str = ""
    address: str = ""
    origin_code: str | None = None
    prison_code: str | None = None
    unit: str = ""
    regime: Regime = Regime.REMAND
    detained_from: date | None = None
    expected_on: date | None = None
    source: Source = Source.PRISON
    confidence: Confidence = Confidence.LIKELY


def check_born(born_on: date | None, birth_year: int | None, on: date) -> None:
    """Refuse a birth in the future.

    Raises:
        RuleBroken: 'born_in_future'.
    """
    if (born_on is not None and born_on > on) or (birth_year is not None and birth_year > on.year):
        raise RuleBroken("born_in_future")


@dataclass(frozen=True)
class Expectation:
    """An answer to "when will she be free": a day or unknown, who said so and how sure."""

    expected_on: date | None
    source: Source | str
    confidence: Confidence | str


def check_expected(new: Expectation, last: Expectation | None, on: date) -> None:
    """Let the history grow only by something new that can still come.

    Raises:
        RuleBroken: 'expected_in_past' for a day that is over, 'no_change' for what was said last.
    """
    if new.expected_on is not None and new.expected_on < on:
        raise RuleBroken("expected_in_past")
    if new == last:
        raise RuleBroken("no_change")


def check_return(kind: ReturnKind | str, municipality_code: str | None) -> None:
    """Ask for a municipality when the return is known, and only then.

    Raises:
        RuleBroken: 'municipality_missing' or 'municipality_not_asked'.

    Source: domain page 1.9: no fixed address and abroad are values of their own.
    """
    if kind == ReturnKind.KNOWN and not municipality_code:
        raise RuleBroken("municipality_missing")
    if kind != ReturnKind.KNOWN and municipality_code:
        raise RuleBroken("municipality_not_asked")


def check_release(episode: Period, released_on: date, on: date) -> None:
    """Let a release be recorded on the day itself or afterwards, within the open detention.

    Raises:
        RuleBroken: 'not_detained' when it ended already, 'day_in_future', 'before_detention'.
    """
    if episode.to_on is not None:
        raise RuleBroken("not_detained")
    if released_on > on:
        raise RuleBroken("day_in_future")
    if released_on < episode.from_on:
        raise RuleBroken("before_detention", from_on=f"{episode.from_on:%d-%m-%Y}")
