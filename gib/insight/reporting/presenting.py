"""The figures of a year as lines: exact for the own team, guarded for the nation, with the year before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gib.care.aftercare.domain.coverage import guarded
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.insight.reporting.domain import Group, Report, beside, days_of
from gib.insight.reporting.models import count
from gib.insight.reporting.words import FIGURES, GROUPS, KEYS, Word


@dataclass(frozen=True)
class Line:
    """One figure; `own` is empty for who has no team, `before` without a year before."""

    group: Group
    key: str
    name: str
    own: str
    nation: str
    before: str
    meaning: str


@dataclass(frozen=True)
class _Reports:
    """What is counted for one reader; the year before is of her team, or of the nation without one."""

    nation: Report
    own: Report | None
    before: Report | None

    def line(self, group: Group, key: str, name: Word, meaning: Word) -> Line:
        at = (group, key)
        own = None if self.own is None else self.own.get(at, 0)
        before = None if self.before is None else self.before.get(at, 0)
        return Line(
            *(group, key, str(name)),
            own="" if own is None else str(own),
            nation=beside(self.nation.get(at, 0), own or 0),
            before="" if before is None else guarded(before) if own is None else str(before),
            meaning=str(meaning),
        )


def lines_of(actor: Actor, year: int, first_on: date | None, on: date) -> list[Line]:
    """Give every line of a year, as somebody may see it: exact for the own team, guarded for the nation.

    Raises:
        RuleBroken: as `days_of`.
    """
    days = days_of(year, first_on, on)
    has_before = first_on is not None and first_on.year < year
    team_ids = actor.team_ids if actor.may(P.SEE_TEAM_FIGURES) else None
    reports = _Reports(
        nation=count(days, on),
        own=None if team_ids is None else count(days, on, team_ids),
        before=count(days_of(year - 1, first_on, on), on, team_ids) if has_before else None,
    )
    return [*_whole(reports), *_groups(reports)]


def _whole(reports: _Reports) -> Iterator[Line]:
    for figure, (name, meaning) in FIGURES.items():
        yield reports.line(Group.YEAR, str(figure), name, meaning)


def _groups(reports: _Reports) -> Iterator[Line]:
    for group, words in KEYS.items():
        for key, word in words.items():
            if (group, key) in reports.nation.keys() | (reports.before or {}).keys():
                yield reports.line(group, key, word, GROUPS[group][1])
