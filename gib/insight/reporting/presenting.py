"""The figures of a year as lines: exact for the own team, guarded for the nation, with the year before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.engines.disclosure import HIDDEN, beside, guarded, whole
from gib.insight.reporting.domain import (
    GAP,
    WORKED_OUT,
    Cells,
    Figure,
    Group,
    Report,
    by_key,
    days_of,
    report_of,
    stands_on,
)
from gib.insight.reporting.models import cells, gap, team_places
from gib.insight.reporting.words import FIGURES, GROUPS, KEYS, PER_PRISON, Word
from gib.people.partners.models import prisons

#: Whole figure -> the group into which its number falls apart.
_FALLS_APART = {Figure.REFERRALS: Group.CHANNEL, Figure.CLOSED: Group.CLOSED}


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
class Year:
    """What is counted of one year for one reader; who has no team sees prisons and municipalities apart."""

    nation: Report
    own: Report | None
    places: Sequence[tuple[str, Report]]
    towns: Mapping[str, Mapping[str, int]]
    is_final: bool

    def told_own(self, group: Group, key: str) -> str:
        """Write the number of the own team, exactly; nothing for who has none."""
        if self.own is None:
            return ""
        is_empty = key in WORKED_OUT and not self.own[Group.YEAR, stands_on(Figure(key))]
        return HIDDEN if is_empty else str(self.own.get((group, key), 0))

    def told(self, group: Group, key: str) -> str:
        """Write a number of the nation; its parts only for who has no team, and so knows none of them."""
        if group is not Group.YEAR:
            return guarded(self.nation.get((group, key), 0)) if self.own is None else ""
        figure = Figure(key)
        if figure in WORKED_OUT:
            own = 0 if self.own is None else self.own[group, stands_on(figure)]
            return told_of(self.nation, figure, own)
        count, is_final = self.nation[group, key], self.is_final and figure not in GAP
        if self.own is not None:
            return beside(count, self.own[group, key], is_final=is_final)
        return whole(count, list(self._ways(figure)), is_final=is_final)

    def _ways(self, figure: Figure) -> Iterator[list[int]]:
        """Give each way in which who has no team sees a figure of the whole nation divided."""
        if figure in PER_PRISON:
            yield [report[Group.YEAR, figure] for _name, report in self.places]
        if figure in GAP:
            yield [numbers.get(figure, 0) for numbers in self.towns.values()]
        if group := _FALLS_APART.get(figure):
            yield [number for (one, _key), number in self.nation.items() if one is group]


def told_of(report: Report, figure: Figure, own: int = 0) -> str:
    """Write a number of a prison, or one that is worked out of numbers large enough to be told."""
    stands = report[Group.YEAR, stands_on(figure)]
    if figure not in WORKED_OUT:
        return guarded(stands)
    if not stands or not beside(stands, own).isdigit():
        return HIDDEN
    number = report[Group.YEAR, figure]
    return guarded(number) if figure is Figure.HOURS else str(number)


def year_of(actor: Actor, year: int, first_on: date | None, on: date) -> Year:
    """Count a year for a reader.

    Raises:
        RuleBroken: as `days_of`.
    """
    days = days_of(year, first_on, on)
    counted = cells(days, on)
    has_team = actor.may(P.SEE_TEAM_FIGURES)
    return Year(
        nation=report_of(counted),
        own=report_of(counted, actor.team_ids) if has_team else None,
        places=() if has_team else _places(counted),
        towns={} if has_team else by_key(gap(days, on)),
        is_final=on.year > year,
    )


def _places(counted: Cells) -> list[tuple[str, Report]]:
    """Divide a year over the prisons that had a part in it, by the team of a mother or volunteer."""
    teams: dict[str, set[int]] = {}
    for team_id, code in team_places().items():
        teams.setdefault(code, set()).add(team_id)
    there = {team_id for _group, _key, team_id in counted}
    return [
        (str(prison), report_of(counted, teams[prison.code]))
        for prison in prisons()
        if there & teams.get(prison.code, set())
    ]


def lines_of(actor: Actor, year: int, first_on: date | None, on: date) -> tuple[Year, list[Line]]:
    """Give a year with its lines, as somebody may see them: exact for the own team, guarded for the nation.

    Raises:
        RuleBroken: as `days_of`.
    """
    now = year_of(actor, year, first_on, on)
    has_before = first_on is not None and first_on.year < year
    before = year_of(actor, year - 1, first_on, on) if has_before else None
    return now, [*_whole(now, before), *_prisons(now), *_groups(now, before)]


def _line(
    group: Group, at: tuple[Group, str], words: tuple[Word, Word], now: Year, before: Year | None
) -> Line:
    name, meaning = words
    earlier = "" if before is None else before.told_own(*at) or before.told(*at)
    return Line(group, at[1], str(name), now.told_own(*at), now.told(*at), earlier, str(meaning))


def _whole(now: Year, before: Year | None) -> Iterator[Line]:
    for figure, words in FIGURES.items():
        group = Group.GAP if figure in GAP else Group.YEAR
        yield _line(group, (Group.YEAR, str(figure)), words, now, before)


def _groups(now: Year, before: Year | None) -> Iterator[Line]:
    known = now.nation.keys() | (before.nation.keys() if before else set())
    for group, words in KEYS.items():
        for key, word in words.items():
            if (group, key) in known:
                yield _line(group, (group, key), (word, GROUPS[group][1]), now, before)


def _prisons(now: Year) -> Iterator[Line]:
    for name, report in now.places:
        for figure in PER_PRISON:
            word, meaning = FIGURES[figure]
            told = told_of(report, figure)
            yield Line(Group.PRISON, str(figure), f"{name}: {word}", "", told, "", str(meaning))
