"""Whose turn it is on a visit morning: who waits longest, has a birthday or will soon be free, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from gib.engines.mornings.problem import Child, Family, Home, policy_on
from gib.engines.mornings.turns import points, to_release, waited

_LEAP_DAY: Final = (2, 29)


@dataclass(frozen=True)
class Waiting:
    """What is known of the children of one mother.

    Args:
        since_on: the day of their last visit or, before the first one, of her wish.
        release_on: when she will be free, as last expected.
        births: the birth dates that are known.
    """

    dossier_id: UUID
    since_on: date
    has_visited: bool = False
    release_on: date | None = None
    births: tuple[date, ...] = ()


@dataclass(frozen=True)
class Turn:
    """The place of a mother in the row: her points, and what gave them.

    `birthday_on` is a birthday near the day of the visit, before or after it. `beyond_days` is the norm that
    she waits beyond, in days; 0 when she does not.
    """

    waiting: Waiting
    points: int
    birthday_on: date | None
    beyond_days: int
    is_nearly_free: bool

    @property
    def is_first(self) -> bool:
        """Tell whether she comes before everybody for whom there is no hurry."""
        return self.beyond_days > 0 or self.is_nearly_free


def birthday_near(births: Iterable[date], on: date) -> date | None:
    """Give the birthday nearest to a day, the earlier of two, if one is so near that it gives points.

    Who was born on 29 February has it on 1 March in other years.
    """
    found = [_in_year(born, year) for born in births for year in (on.year - 1, on.year, on.year + 1)]
    nearest = min(found, key=lambda birthday: (abs(birthday - on), birthday), default=None)
    days = timedelta(days=policy_on(on).birthday_days)
    return nearest if nearest and abs(nearest - on) < days else None


def _in_year(born: date, year: int) -> date:
    is_leap_day = (born.month, born.day) == _LEAP_DAY
    return date(year, 2, 28) + timedelta(days=1) if is_leap_day else born.replace(year=year)


def turn_of(waiting: Waiting, on: date) -> Turn:
    """Work out the turn of a mother for a morning, with the points of the engine that plans mornings."""
    policy = policy_on(on)
    birthday = birthday_near(waiting.births, on)
    home = Home(id="", place="", children=(Child(id="", age=0, birthday_on=birthday),))
    family = Family("", waiting.since_on, (home,), release_on=waiting.release_on)
    left = to_release(on, family)
    return Turn(
        waiting=waiting,
        points=points(policy, on, family),
        birthday_on=birthday,
        beyond_days=policy.norm_days if waited(on, family) > policy.norm_days else 0,
        is_nearly_free=left is not None and left <= policy.near_days,
    )


def in_turn(found: Iterable[Waiting], on: date) -> list[Turn]:
    """Give who comes first on a morning: who waits beyond the norm or is nearly free, then by points.

    Who has the same points comes in the order of waiting, and then of the dossier, so that it never changes
    by chance.
    """

    def place(turn: Turn) -> tuple[bool, int, date, UUID]:
        return not turn.is_first, -turn.points, turn.waiting.since_on, turn.waiting.dossier_id

    return sorted((turn_of(waiting, on) for waiting in found), key=place)
