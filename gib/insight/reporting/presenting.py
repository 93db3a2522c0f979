"""The figures of a year as lines: exact for the own team, guarded for the nation, with the year before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.engines.disclosure import HIDDEN, LEAST, Told, beside, guarded
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
from gib.insight.reporting.outside import FALLS_APART, Place, told_outside
from gib.insight.reporting.words import FIGURES, GROUPS, KEYS, PER_PRISON, Word
from gib.people.partners.models import prisons

#: Group -> the figure of which it is a division; another group stands by itself.
_DIVIDES = {group: figure for figure, group in FALLS_APART.items()}


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
    """What is counted of one year for one reader; who has no team sees a page with prisons apart."""

    nation: Report
    own: Report | None
    places: Sequence[Place]
    page: Mapping[str, Told]
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
            return self._part(group, key) if self.own is None else ""
        figure = Figure(key)
        if self.own is not None:
            return self._beside(self.own, figure)
        told = self.page[stands_on(figure)]
        return _worked_out(self.nation, figure, told.least >= LEAST) if figure in WORKED_OUT else told.total

    def told_at(self, place: Place, figure: Figure) -> str:
        """Write a number of one prison."""
        told = self.page[stands_on(figure)].ways[Group.PRISON][place.code]
        return _worked_out(place.report, figure, _is_told(told)) if figure in WORKED_OUT else told

    def _part(self, group: Group, key: str) -> str:
        return self.page[_DIVIDES.get(group, group)].ways.get(group, {}).get(key, "0")

    def _beside(self, own: Report, figure: Figure) -> str:
        stands = self.nation[Group.YEAR, stands_on(figure)]
        is_final = self.is_final and figure not in GAP
        told = beside(stands, own[Group.YEAR, stands_on(figure)], is_final=is_final)
        return _worked_out(self.nation, figure, _is_told(told)) if figure in WORKED_OUT else told


def _is_told(told: str) -> bool:
    """Tell whether a number is written, and not as none, few or hidden."""
    return told.isdigit() and told != "0"


def _worked_out(report: Report, figure: Figure, is_enough: bool) -> str:
    """Write a mean, or hours, that rest on numbers large enough to be told."""
    number = report[Group.YEAR, figure]
    if not is_enough:
        return HIDDEN
    return guarded(number) if figure is Figure.HOURS else str(number)


def year_of(actor: Actor, year: int, first_on: date | None, on: date) -> Year:
    """Count a year for a reader.

    Raises:
        RuleBroken: as `days_of`.
    """
    days = days_of(year, first_on, on)
    counted, is_final = cells(days, on), on.year > year
    nation = report_of(counted)
    if actor.may(P.SEE_TEAM_FIGURES):
        return Year(nation, report_of(counted, actor.team_ids), (), {}, is_final)
    places = _places(counted)
    return Year(nation, None, places, told_outside(nation, places, by_key(gap(days, on)), is_final), is_final)


def _places(counted: Cells) -> list[Place]:
    """Divide a year over the prisons that had a part in it, by the team of a mother or volunteer."""
    teams: dict[str, set[int]] = {}
    for team_id, code in team_places().items():
        teams.setdefault(code, set()).add(team_id)
    there = {team_id for _group, _key, team_id in counted}
    return [
        Place(prison.code, str(prison), report_of(counted, teams[prison.code]))
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
            if (group, key) in known or now.told(group, key) == HIDDEN:
                yield _line(group, (group, key), (word, GROUPS[group][1]), now, before)


def _prisons(now: Year) -> Iterator[Line]:
    for place in now.places:
        for figure in PER_PRISON:
            word, meaning = FIGURES[figure]
            told = now.told_at(place, figure)
            yield Line(Group.PRISON, str(figure), f"{place.name}: {word}", "", told, "", str(meaning))
