"""Who was asked to pay, per municipality: guarded for the nation, exact with its rows for the own team."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.engines.disclosure import guarded, whole
from gib.insight.reporting.domain import GAP, Figure, by_key, days_of
from gib.insight.reporting.models import gap
from gib.people.partners.models import Municipality

#: On a page that is not asked for all of them.
MOST = 50


@dataclass(frozen=True)
class Town:
    """One municipality with its numbers as they may be seen; without a code it is all of them together."""

    code: str
    name: str
    numbers: Mapping[Figure, str]
    leads: frozenset[Figure] = frozenset()


def towns_of(actor: Actor, year: int, first_on: date | None, on: date) -> tuple[list[Town], Town]:
    """Give the municipalities of a year, those that were asked most first, and all of them together.

    Raises:
        RuleBroken: as `days_of`.
    """
    has_team = actor.may(P.SEE_TEAM_FIGURES)
    found = by_key(gap(days_of(year, first_on, on), on), actor.team_ids if has_team else None)
    names = dict(Municipality.objects.filter(pk__in=found).values_list("code", "name"))
    towns = [
        Town(code, names[code], _told(found[code], has_team), _leads(found[code], has_team)) for code in found
    ]
    return sorted(towns, key=_order), Town("", "", _together(found, has_team))


def _order(town: Town) -> tuple[int, str]:
    """Put who was asked most first, as it is written: an order by hidden numbers would tell them."""
    asked = town.numbers[Figure.ASKED]
    return -int(asked) if asked.isdigit() else -1, town.name


def _told(numbers: Mapping[str, int], has_team: bool) -> dict[Figure, str]:
    write = str if has_team else guarded
    return {figure: write(numbers.get(figure, 0)) for figure in GAP}


def _leads(numbers: Mapping[str, int], has_team: bool) -> frozenset[Figure]:
    return frozenset(figure for figure in GAP if has_team and numbers.get(figure))


def _together(found: Mapping[str, Mapping[str, int]], has_team: bool) -> dict[Figure, str]:
    """Add up; the total is rounded as its parts are, so that it tells none of them."""
    parts = {figure: [numbers.get(figure, 0) for numbers in found.values()] for figure in GAP}
    if has_team:
        return {figure: str(sum(numbers)) for figure, numbers in parts.items()}
    return {figure: whole(sum(numbers), [numbers], is_final=False) for figure, numbers in parts.items()}
