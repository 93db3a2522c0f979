"""Who was asked to pay, per municipality: guarded for the nation, exact with its rows for the own team."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.engines.disclosure import Told
from gib.insight.reporting.domain import GAP, Figure, Group, by_key, days_of
from gib.insight.reporting.models import gap
from gib.insight.reporting.presenting import year_of
from gib.people.partners.models import Municipality

Numbers = Mapping[Figure, str]
#: On a page that is not asked for all of them.
MOST = 50


@dataclass(frozen=True)
class Town:
    """One municipality with its numbers as they may be seen; without a code it is all of them together."""

    code: str
    name: str
    numbers: Numbers
    leads: frozenset[Figure] = frozenset()


def towns_of(actor: Actor, year: int, first_on: date | None, on: date) -> tuple[list[Town], Town]:
    """Give the municipalities of a year, those that were asked most first, and all of them together.

    Raises:
        RuleBroken: as `days_of`.
    """
    has_team = actor.may(P.SEE_TEAM_FIGURES)
    if has_team:
        towns, whole = _own(by_key(gap(days_of(year, first_on, on), on), actor.team_ids))
    else:
        towns, whole = _outside(year_of(actor, year, first_on, on).page)
    names = dict(Municipality.objects.filter(pk__in=towns).values_list("code", "name"))
    found = [
        Town(code, names[code], numbers, _leads(numbers) if has_team else frozenset())
        for code, numbers in towns.items()
    ]
    return sorted(found, key=_order), Town("", "", whole)


def _own(found: Mapping[str, Mapping[str, int]]) -> tuple[Mapping[str, Numbers], Numbers]:
    """Write the numbers of the own team, exactly."""
    towns = {code: {figure: str(numbers.get(figure, 0)) for figure in GAP} for code, numbers in found.items()}
    return towns, {figure: str(sum(numbers.get(figure, 0) for numbers in found.values())) for figure in GAP}


def _outside(page: Mapping[str, Told]) -> tuple[Mapping[str, Numbers], Numbers]:
    """Write the numbers of the nation as they stand on the page of the year."""
    ways = {figure: page[figure].ways.get(Group.GAP, {}) for figure in GAP}
    towns = {code: {figure: ways[figure][code] for figure in GAP} for code in ways[Figure.ASKED]}
    return towns, {figure: page[figure].total for figure in GAP}


def _leads(numbers: Numbers) -> frozenset[Figure]:
    return frozenset(figure for figure, told in numbers.items() if told != "0")


def _order(town: Town) -> tuple[int, str]:
    """Put who was asked most first, as it is written: an order by hidden numbers would tell them."""
    asked = town.numbers[Figure.ASKED]
    return -int(asked) if asked.isdigit() else -1, town.name
