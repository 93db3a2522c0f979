"""Which volunteers are on the roll, of which team, and from when to when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gib.portal.year import parameters as known
from gib.portal.year.dice import Dice

#: Of the roll: who comes in the last months of the year, and who leaves in the course of it.
_NEW, _LEAVES = 0.18, 0.22
_NEW_FROM: Final = date(known.YEAR, 8, 20)
_BEGINS: Final = date(known.YEAR, 1, 1)
#: Who came early in the year and was turned down: she is on no roll, and forgotten after some weeks.
_TURNED_DOWN, _TURNED_DOWN_DAYS = 6, 200
#: A volunteer stays at least so many days; who left before the year began helped the mothers of then.
_LEAST: Final = 300
_GONE_BY: Final = date(known.YEAR - 1, 10, 1)
_BEFORE: Final = 30
_OPEN_BEFORE: Final = {code: part for code, part in known.PRISONS.items() if code not in known.OPENED}


@dataclass(frozen=True)
class Turn:
    """From when until when somebody is a volunteer, of which prison's team."""

    number: int
    prison: str
    since_on: date
    left_on: date | None
    suits: bool = True


def roll(seed: int, volunteers: int = known.VOLUNTEERS) -> Iterator[Turn]:
    """Give the volunteers on the roll in the year, those who left before it, and those who were turned down.

    Args:
        volunteers: on the roll in the year; fewer for a test.
    """
    for number in range(volunteers):
        dice = Dice(seed, "volunteer", number)
        prison = dice.pick(known.PRISONS)
        since_on, left_on = _days(dice)
        opened_on = known.OPENED.get(prison, since_on)
        if since_on < opened_on:
            since_on, left_on = opened_on + timedelta(days=dice.randrange(40)), None
        yield Turn(number, prison, since_on, left_on)
    for number in range(volunteers, volunteers + _BEFORE * volunteers // known.VOLUNTEERS):
        dice = Dice(seed, "volunteer", number)
        since_on = known.FIRST_ON + timedelta(days=dice.randrange(400))
        left_on = since_on + timedelta(days=dice.randrange(_LEAST, (_GONE_BY - since_on).days))
        yield Turn(number, dice.pick(_OPEN_BEFORE), since_on, left_on)
    yield from _turned_down(seed, volunteers + _BEFORE * volunteers // known.VOLUNTEERS)


def _turned_down(seed: int, first: int) -> Iterator[Turn]:
    """Give who came in the course of the year, and was told that this does not suit her."""
    for number in range(first, first + _TURNED_DOWN):
        dice = Dice(seed, "volunteer", number)
        since_on = _BEGINS + timedelta(days=dice.randrange(_TURNED_DOWN_DAYS))
        yield Turn(number, dice.pick(_OPEN_BEFORE), since_on, None, suits=False)


def _days(dice: Dice) -> tuple[date, date | None]:
    if dice.falls(_NEW / (1 - _LEAVES)):
        return _NEW_FROM + timedelta(days=dice.randrange((known.LAST_ON - _NEW_FROM).days)), None
    since_on = known.FIRST_ON + timedelta(days=round(dice.triangular(0, 1_200, 300)))
    if not dice.falls(_LEAVES):
        return since_on, None
    first = max(_BEGINS + timedelta(days=20), since_on + timedelta(days=_LEAST))
    return since_on, first + timedelta(days=dice.randrange(max(1, (known.LAST_ON - first).days)))
