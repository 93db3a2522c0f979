"""A volunteer who visits some weeks for another: whom one may ask, and how long she sees anything of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Final
from uuid import UUID

from gib.care.products.domain.match import ASKED, Side, State
from gib.core.kernel.dates import Period
from gib.core.kernel.events import Event
from gib.core.kernel.rules import RuleBroken, declare
from gib.people.volunteers.domain.access import SIGHT_DAYS

#: Who is away for longer is not away: then another volunteer is looked for.
MOST_WEEKS: Final = 12

declare(
    {
        "stand_in_past": "Deze dagen zijn al voorbij. Kies dagen die nog komen.",
        "stand_in_long": "Invallen kan ten hoogste {weeks} weken. Zoek voor langer een andere vrijwilliger.",
        "stand_in_herself": "Zij bezoekt haar zelf al. Kies iemand anders.",
        "stand_in_open": "Voor een van deze dagen is al iemand gevraagd die invalt.",
        "stand_in_over": "Dit invallen is al voorbij of ingetrokken.",
        "stand_in_other_day": "Op die dag valt zij niet in. Vertel alleen over een bezoek dat zij overnam.",
    }
)


def check_period(days: Period, on: date) -> None:
    """Allow days on which another volunteer visits: some of them still to come, and not for ever.

    Raises:
        RuleBroken: 'stand_in_past', 'stand_in_long'.
    """
    last_on = days.to_on or date.max
    if last_on < on:
        raise RuleBroken("stand_in_past")
    if last_on >= days.from_on + timedelta(weeks=MOST_WEEKS):
        raise RuleBroken("stand_in_long", weeks=MOST_WEEKS)


def check_other(usual: UUID, asked: UUID) -> None:
    """Keep the volunteer of a match from standing in for herself.

    Raises:
        RuleBroken: 'stand_in_herself'.
    """
    if usual == asked:
        raise RuleBroken("stand_in_herself")


def check_alone(days: Period, others: Iterable[Period]) -> None:
    """Ask one volunteer for a day.

    Raises:
        RuleBroken: 'stand_in_open'.
    """
    if any(days.overlaps(other) for other in others):
        raise RuleBroken("stand_in_open")


def check_going(state: State, to_on: date, on: date) -> None:
    """Allow calling off what is asked, or agreed and not over.

    Raises:
        RuleBroken: 'stand_in_over'.
    """
    if not is_going(state, to_on, on):
        raise RuleBroken("stand_in_over")


def check_her_day(stands_in: Period, held_on: date) -> None:
    """Let who stands in tell of the days on which she did.

    Raises:
        RuleBroken: 'stand_in_other_day'.
    """
    if held_on not in stands_in:
        raise RuleBroken("stand_in_other_day")


def is_going(state: State, to_on: date, on: date) -> bool:
    """Tell whether it is asked, or agreed, and its last day has not passed."""
    return state in ASKED and to_on >= on


def sight(days: Period, on: date) -> Period:
    """Give the days on which who stands in may know who the mother is: two weeks before, until two after.

    Args:
        on: today; what is agreed late gives no sight of earlier days.

    Source: invariant 11; decision 40.
    """
    near = timedelta(days=SIGHT_DAYS)
    last_on = days.to_on or days.from_on
    return Period(max(on, days.from_on - near), last_on + near)


@dataclass(frozen=True, kw_only=True)
class StandInEvent(Event):
    """What happens to the question whether another volunteer visits her for some weeks."""

    stand_in_id: UUID
    match_id: UUID
    volunteer_id: UUID


@dataclass(frozen=True, kw_only=True)
class StandInAsked(StandInEvent):
    """Another volunteer was asked to visit for some weeks."""

    sentence: ClassVar[str] = "Uw vrijwilliger is er even niet. Wij vroegen of iemand anders mag komen."
    from_on: date
    to_on: date


@dataclass(frozen=True, kw_only=True)
class StandInAnswered(StandInEvent):
    """One of the two said yes or no to it."""

    sentence: ClassVar[str] = "Er is geantwoord of iemand anders een paar keer mag komen."
    side: Side
    said_yes: bool


@dataclass(frozen=True, kw_only=True)
class StandInAgreed(StandInEvent):
    """Both said yes: the visits of those days are hers."""

    sentence: ClassVar[str] = "Een andere vrijwilliger komt een paar keer bij u. U vond dat goed."
    from_on: date
    to_on: date
    visits: int


@dataclass(frozen=True, kw_only=True)
class StandInCalledOff(StandInEvent):
    """It is not needed any more, or not wanted."""

    sentence: ClassVar[str] = "De andere vrijwilliger komt niet meer."
    visits: int
