"""Help at home after release: its phases, its hours and what is done when she cannot be reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar, Final

from dateutil.relativedelta import relativedelta

from gib.care.products.domain import ParticipationEvent
from gib.care.products.domain.participation import State
from gib.core.kernel.dates import add_months
from gib.core.kernel.rules import RuleBroken, declare
from gib.people.partners.domain import Product


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


declare(
    {
        "not_at_home": "Verlengen kan alleen zolang de hulp thuis loopt.",
        "extension_too_short": "De hulp loopt al tot {end}. Kies een latere dag.",
    }
)


def ends_on(started_on: date, months: int, extended: Iterable[date] = ()) -> date:
    """Give the last day of help at home: that of the agreed term, or of the last decision to go on."""
    return max([add_months(started_on, months), *extended])


def is_ending(last_on: date, on: date, days: int) -> bool:
    """Tell whether help at home ends within some days, or should have ended."""
    return last_on <= on + timedelta(days=days)


def check_extend(product: Product, state: State) -> None:
    """Allow a longer term for help at home that goes on.

    Raises:
        RuleBroken: 'not_at_home'.
    """
    if product is not Product.MOEDERMAATJES or state is not State.RUNNING:
        raise RuleBroken("not_at_home")


def check_longer(until_on: date, last_on: date) -> None:
    """Refuse an extension that ends no later than what was agreed.

    Raises:
        RuleBroken: 'extension_too_short'.
    """
    if until_on <= last_on:
        raise RuleBroken("extension_too_short", end=f"{last_on:%d-%m-%Y}")


@dataclass(frozen=True, kw_only=True)
class Extended(ParticipationEvent):
    """Help at home goes on beyond its term, by decision. Source: domain page 1.6."""

    sentence: ClassVar[str] = "Wij spraken af dat de hulp thuis langer duurt."
    until_on: date
