"""Help at home after release: its phases, its hours and what is done when she cannot be reached."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar, Final

from gib.care.products.domain import ParticipationEvent
from gib.care.products.domain.home import months_since
from gib.care.products.domain.participation import State
from gib.core.kernel.dates import add_months
from gib.core.kernel.rules import RuleBroken, declare
from gib.people.partners.domain import Product


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


#: States in which help at home was rounded off with her.
FINISHED: Final = frozenset({State.COMPLETED, State.PARTLY_COMPLETED})
#: How often she is called after the farewell: once more when she did not answer.
MOST_CALLS: Final = 2


class Faring(StrEnum):
    """How she is doing when we call her after the farewell."""

    WELL = "well"
    MIXED = "mixed"
    HARD = "hard"
    NOT_REACHED = "not_reached"


declare(
    {
        "farewell_not_home": "Afscheid nemen kan alleen zolang de hulp thuis loopt.",
        "farewell_in_future": "Een afscheid dat nog komt kunt u nog niet vastleggen.",
        "farewell_before_start": "Dit afscheid ligt voor het begin van de hulp thuis.",
        "call_not_finished": "Nabellen kan alleen na hulp thuis die is afgerond.",
        "call_done": "Zij is al nagebeld. Meer hoeft niet.",
        "call_in_future": "Een gesprek dat nog komt kunt u nog niet vastleggen.",
        "call_too_early": "Nabellen kan vanaf {day}.",
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


def check_farewell(product: Product, state: State, started_on: date | None, held_on: date, on: date) -> None:
    """Allow a farewell from help at home that goes on.

    Raises:
        RuleBroken: 'farewell_not_home', 'farewell_in_future', 'farewell_before_start'.

    Source: domain page 1.6, end talk.
    """
    if product is not Product.MOEDERMAATJES or state is not State.RUNNING:
        raise RuleBroken("farewell_not_home")
    if held_on > on:
        raise RuleBroken("farewell_in_future")
    if started_on is not None and held_on < started_on:
        raise RuleBroken("farewell_before_start")


def call_due(
    ended_on: date, calls: Sequence[tuple[date, Faring]], months: int, again_days: int
) -> date | None:
    """Tell from which day she is called to hear how she is doing; None when nobody calls any more.

    Args:
        calls: the calls that were made, oldest first.
        months: after the farewell; `again_days` after a call that she did not answer.

    Source: domain page 1.6, check call after three months.
    """
    if len(calls) >= MOST_CALLS or any(faring is not Faring.NOT_REACHED for _on, faring in calls):
        return None
    return calls[-1][0] + timedelta(days=again_days) if calls else add_months(ended_on, months)


def check_call(is_finished: bool, due_on: date | None, called_on: date, on: date) -> None:
    """Allow a call to a mother whose help at home was rounded off.

    Raises:
        RuleBroken: 'call_not_finished', 'call_done', 'call_in_future', 'call_too_early'.
    """
    if not is_finished:
        raise RuleBroken("call_not_finished")
    if due_on is None:
        raise RuleBroken("call_done")
    if called_on > on:
        raise RuleBroken("call_in_future")
    if called_on < due_on:
        raise RuleBroken("call_too_early", day=f"{due_on:%d-%m-%Y}")


@dataclass(frozen=True, kw_only=True)
class FarewellSaid(ParticipationEvent):
    """She and her maatje said goodbye. Source: domain page 1.6."""

    sentence: ClassVar[str] = "U en uw moedermaatje namen afscheid."
    held_on: date


@dataclass(frozen=True, kw_only=True)
class CheckCalled(ParticipationEvent):
    """She was called after the farewell."""

    sentence: ClassVar[str] = "Wij belden u om te horen hoe het gaat."
    called_on: date
    faring: Faring


@dataclass(frozen=True, kw_only=True)
class Extended(ParticipationEvent):
    """Help at home goes on beyond its term, by decision. Source: domain page 1.6."""

    sentence: ClassVar[str] = "Wij spraken af dat de hulp thuis langer duurt."
    until_on: date
