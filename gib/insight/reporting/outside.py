"""A year for somebody of no team: every number with its divisions on one page, protected together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gib.care.trajectory.domain import CloseReason
from gib.engines.disclosure import Divided, Told, together
from gib.insight.reporting.domain import COUNTED, GAP, Figure, Group, Report, stands_on
from gib.insight.reporting.words import KEYS, PER_PRISON

#: Figure -> the group into which its number falls apart.
FALLS_APART: Final = {Figure.REFERRALS: Group.CHANNEL, Figure.CLOSED: Group.CLOSED}
#: Groups of which no total is told.
_ALONE: Final = (Group.PRODUCT, Group.PART)
#: What stands per prison, or is looked at before a mean is told there.
_AT_PRISONS: Final = frozenset(map(stands_on, PER_PRISON))
#: Municipality -> figure -> how many.
Towns = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Place:
    """A prison with what is counted there."""

    code: str
    name: str
    report: Report


def told_outside(nation: Report, places: Sequence[Place], towns: Towns, is_final: bool) -> Mapping[str, Told]:
    """Write every figure of a year and every group, under its name, with all its divisions.

    The pages of a year, of its prisons and of its municipalities show parts of this: who lays them together
    reads this and no more.
    """
    page: dict[str, Divided] = {}
    for figure in COUNTED:
        ways = {name: way for name, way in _ways(figure, nation, places, towns) if way}
        total = sum(numbers.get(figure, 0) for numbers in towns.values())
        number = total if figure in GAP else nation[Group.YEAR, figure]
        page[figure] = Divided(number, ways, is_final and figure not in GAP)
    return together(page | {group: Divided(None, {group: _keys(group, nation)}) for group in _ALONE})


def _ways(
    figure: Figure, nation: Report, places: Sequence[Place], towns: Towns
) -> Iterator[tuple[str, Mapping[str, int | str]]]:
    if figure in _AT_PRISONS:
        yield Group.PRISON, {place.code: place.report[Group.YEAR, figure] for place in places}
    if figure in GAP:
        yield Group.GAP, {code: numbers.get(figure, 0) for code, numbers in towns.items()}
    if group := FALLS_APART.get(figure):
        yield group, _keys(group, nation)


def _keys(group: Group, nation: Report) -> Mapping[str, int | str]:
    """Give the parts of a group; who was let go is divided over municipalities as well."""
    found: dict[str, int | str] = dict.fromkeys(KEYS[group], 0)
    found |= {key: number for (one, key), number in nation.items() if one is group}
    return found | {CloseReason.NOT_FUNDED: Figure.LET_GO} if group is Group.CLOSED else found
