"""How a volunteer comes in to her own file: who may be invited, and how her account stands on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from gib.core.kernel.rules import RuleBroken, declare
from gib.people.accounts.domain import Standing
from gib.people.volunteers.domain.volunteer import GONE, State

declare(
    {
        "volunteer_gone": "Zij is niet meer bij ons. U kunt haar geen toegang meer geven.",
        "account_there": "Zij heeft al toegang. Eén account is genoeg.",
        "account_not_there": "Er is geen toegang om te eindigen.",
        "letter_not_there": "Er is geen brief om in te trekken.",
    }
)

#: Days after a goodbye in which a volunteer still sees what was hers, to tell of her last visits (PRV-11).
SIGHT_DAYS: Final = 14


class Entry(StrEnum):
    """How the account of a volunteer stands; derived from her letters and her appointments."""

    NONE = "none"
    INVITED = "invited"
    LATE = "late"
    IN = "in"
    UNATTESTED = "unattested"
    OVER = "over"


#: How her account stands when somebody can come in with it, now or once it is confirmed again.
HELD: Final = frozenset({Entry.IN, Entry.UNATTESTED})


@dataclass(frozen=True)
class Seen:
    """An appointment of her as it stands on a day: since when, and up to and including which day if any."""

    standing: Standing
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True)
class Sent:
    """A letter of her that nobody used or withdrew; it works until a moment."""

    expires_at: datetime


_HELD = {Standing.CURRENT: Entry.IN, Standing.FUTURE: Entry.IN, Standing.UNATTESTED: Entry.UNATTESTED}


def entry_of(seats: Iterable[Seen], letter: Sent | None, at: datetime) -> Entry:
    """Say how her account stands: what she has counts before what was sent, and that before what was.

    Args:
        letter: the newest that is neither used nor withdrawn.
    """
    found = {_HELD.get(seat.standing, Entry.OVER) for seat in seats}
    if held := found - {Entry.OVER}:
        return Entry.UNATTESTED if Entry.UNATTESTED in held else Entry.IN
    if letter:
        return Entry.INVITED if at < letter.expires_at else Entry.LATE
    return Entry.OVER if found else Entry.NONE


def check_may_invite(state: State, entry: Entry) -> None:
    """Refuse to invite who is not with us any more, or who is in already.

    Raises:
        RuleBroken: 'volunteer_gone', 'account_there'.
    """
    if state in GONE:
        raise RuleBroken("volunteer_gone")
    if entry in HELD:
        raise RuleBroken("account_there")


def may_invite(state: State, entry: Entry) -> bool:
    """Tell whether somebody may be invited on her file."""
    try:
        check_may_invite(state, entry)
    except RuleBroken:
        return False
    return True


def last_day_in(state: State, on: date) -> date | None:
    """Give the last day on which who goes can sign in; none when it ends at once.

    Who left tells of her last visits first. Who was rejected has nothing to tell.

    Source: PRV-11; rulings, numbers.
    """
    return on + timedelta(days=SIGHT_DAYS) if state is State.LEFT else None
