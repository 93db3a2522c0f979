"""Her own scores at a review: which areas of life are asked, and what may be answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gib.care.intake.domain import HIGHEST_MARK, LIFE_AREAS, Area
from gib.core.kernel.rules import RuleBroken, declare

#: Every edition of the list that was ever asked, by its number: an old answer keeps the list it was given to.
#: Source: domain page 4.1, the seven areas of life.
LISTS: Final[Mapping[int, tuple[Area, ...]]] = {1: LIFE_AREAS}
#: The list that is asked today.
EDITION: Final = max(LISTS)

declare({"nothing_scored": "Er is nog geen cijfer gekozen. Het hoeft niet: u mag ook teruggaan."})


@dataclass(frozen=True, kw_only=True)
class Scores:
    """What she answered: 0 (very bad) to 5 (good) for an area, or nothing where she left it open.

    `version` is the number of her last answer on the page that this comes from; empty for no page at all.
    """

    given: Mapping[Area, int | None]
    version: int | None = None


def complete(given: Mapping[Area, int | None], edition: int = EDITION) -> dict[Area, int | None]:
    """Lay her answers along a list: what she left open is empty, what the list does not ask falls away."""
    return {area: given.get(area) for area in LISTS[edition]}


def check_scores(given: Mapping[Area, int | None], number: int) -> None:
    """Allow her own scores; each may stay open, but a first answer says something.

    Args:
        number: how often she answered at this review before. A later answer may take everything back.

    Raises:
        RuleBroken: 'mark_out_of_range', 'nothing_scored'.
    """
    scores = [score for score in given.values() if score is not None]
    if not all(0 <= score <= HIGHEST_MARK for score in scores):
        raise RuleBroken("mark_out_of_range")
    if not scores and not number:
        raise RuleBroken("nothing_scored")
