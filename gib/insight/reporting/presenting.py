"""The figures of a year as lines: exact for the own team, guarded for the nation, with the year before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.insight.reporting.domain import Figure, Group, Report, days_of, guarded
from gib.insight.reporting.models import count
from gib.insight.reporting.words import FIGURES, GROUPS, KEYS


@dataclass(frozen=True)
class Line:
    """One figure; `own` is empty for who has no team."""

    group: Group
    key: str
    name: str
    own: str
    nation: str
    before: str
    meaning: str


def lines_of(actor: Actor, year: int, first_on: date | None, on: date) -> list[Line]:
    """Give every line of a year, as somebody may see it.

    Raises:
        RuleBroken: as `days_of`.
    """
    nation = count(days_of(year, first_on, on), on)
    own = count(days_of(year, first_on, on), on, actor.team_ids) if actor.may(P.SEE_TEAM_FIGURES) else None
    has_before = first_on is not None and first_on.year < year
    before = count(days_of(year - 1, first_on, on), on) if has_before else None
    return [*_whole(nation, own, before), *_groups(nation, own, before)]


def _written(report: Report | None, key: tuple[Group, str], is_own: bool = False) -> str:
    if report is None:
        return ""
    number = report.get(key, 0)
    return str(number) if is_own else guarded(number)


def _whole(nation: Report, own: Report | None, before: Report | None) -> Iterator[Line]:
    for figure in Figure:
        key = (Group.YEAR, str(figure))
        name, meaning = FIGURES[figure]
        told = (_written(own, key, True), _written(nation, key), _written(before, key))
        yield Line(*key, str(name), *told, str(meaning))


def _groups(nation: Report, own: Report | None, before: Report | None) -> Iterator[Line]:
    for group, words in KEYS.items():
        for code, word in words.items():
            key = (group, code)
            if nation.get(key) or (before or {}).get(key):
                told = (_written(own, key, True), _written(nation, key), _written(before, key))
                yield Line(*key, str(word), *told, str(GROUPS[group][1]))
