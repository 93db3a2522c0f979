"""How long mothers wait for a volunteer, by region and language: exact for the own team, else protected."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final

from django.utils.translation import gettext as _

from gib.care.products.domain.waiting import WaitEnd
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.engines.disclosure import HIDDEN, LEAST, Divided, added, together
from gib.insight.reporting.domain import By, days_of
from gib.insight.reporting.models import Waited, waited
from gib.people.families.words import LANGUAGES
from gib.people.partners.domain import BRANDS

#: Outside the team the longest wait, which is of one mother, is told in steps of so many days.
MONTH: Final = 30
#: What is written of one row, by outcome.
Texts = Mapping[WaitEnd, str]


@dataclass(frozen=True)
class Line:
    """The waits of one product: all of them, or those of one region or language."""

    product: str
    by: By
    name: str
    asked: str
    found: str
    rate: str
    waiting: str
    stopped: str
    median: str
    longest: str


@dataclass(frozen=True)
class _Row:
    """The waits behind a line, how they are written, and whether they are surely ten or more."""

    waits: Sequence[Waited]
    asked: str
    texts: Texts
    is_enough: bool


def lines_of(actor: Actor, year: int, first_on: date | None, on: date) -> list[Line]:
    """Give the waits that began in a year, per product, as somebody may see them.

    Raises:
        RuleBroken: as `days_of`.
    """
    found = waited(days_of(year, first_on, on), on)
    has_team = actor.may(P.SEE_TEAM_FIGURES)
    if has_team:
        found = [each for each in found if each.team_id in actor.team_ids]
    lines: list[Line] = []
    for product in BRANDS:
        own = [each for each in found if each.product == product]
        lines += lines_for(product, own, has_team) if own else []
    return lines


def lines_for(product: str, found: Sequence[Waited], is_exact: bool) -> list[Line]:
    """Write the waits of one product: all of them, then by region and by language, the unknown ones last."""
    write = _exact if is_exact else _outside
    lines = [_line(product, at, row, is_exact) for at, row in write(_grouped(found)).items()]
    return sorted(lines, key=lambda line: (list(By).index(line.by), line.name == unknown(), line.name))


def unknown() -> str:
    """Name the row of whom nobody knows the region or the language."""
    return _("Niet bekend")


def rate(found: str, asked: str) -> str:
    """Tell how many of a hundred found somebody, out of two numbers as they are written."""
    if not (found.isdigit() and asked.isdigit() and int(asked)):
        return HIDDEN
    return f"{min(100, round(100 * int(found) / int(asked)))}%"


def _grouped(found: Iterable[Waited]) -> dict[tuple[By, str], list[Waited]]:
    groups: dict[tuple[By, str], list[Waited]] = {}
    for each in found:
        for at in ((By.ALL, ""), (By.REGION, each.region), (By.LANGUAGE, each.language)):
            groups.setdefault(at, []).append(each)
    return groups


def _count(waits: Iterable[Waited], end: WaitEnd) -> int:
    return sum(each.end is end for each in waits)


def _exact(groups: Mapping[tuple[By, str], Sequence[Waited]]) -> dict[tuple[By, str], _Row]:
    return {
        at: _Row(waits, str(len(waits)), {end: str(_count(waits, end)) for end in WaitEnd}, bool(waits))
        for at, waits in groups.items()
    }


def _outside(groups: Mapping[tuple[By, str], Sequence[Waited]]) -> dict[tuple[By, str], _Row]:
    """Write everything as one page: what was asked falls apart by how it ended, and each of these twice.

    How many asked in a row is added up of what stands there, so that it tells no more.
    """
    whole = groups[By.ALL, ""]
    told = together(
        {
            "asked": Divided(len(whole), {"end": {end: str(end) for end in WaitEnd}}, is_final=False),
            **{end: Divided(_count(whole, end), dict(_ways(groups, end)), is_final=False) for end in WaitEnd},
        }
    )
    total = told["asked"]
    rows = {(By.ALL, ""): _Row(whole, total.total, _totals(total.ways["end"]), total.least >= LEAST)}
    for (by, key), waits in groups.items():
        if by is not By.ALL:
            texts = {end: told[end].ways[by][key] for end in WaitEnd}
            is_enough = any(text.isdigit() and text != "0" for text in texts.values())
            rows[by, key] = _Row(waits, added(texts.values()), texts, is_enough)
    return rows


def _ways(
    groups: Mapping[tuple[By, str], Sequence[Waited]], end: WaitEnd
) -> Iterator[tuple[str, Mapping[str, int]]]:
    for way in (By.REGION, By.LANGUAGE):
        yield way, {key: _count(waits, end) for (by, key), waits in groups.items() if by is way}


def _totals(texts: Mapping[str, str]) -> Texts:
    return {end: texts[end] for end in WaitEnd}


def _line(product: str, at: tuple[By, str], row: _Row, is_exact: bool) -> Line:
    days = sorted(each.days for each in row.waits)
    longest = days[-1] if is_exact else -(-days[-1] // MONTH) * MONTH
    return Line(
        product=product,
        by=at[0],
        name=_name(*at),
        asked=row.asked,
        found=row.texts[WaitEnd.FOUND],
        rate=rate(row.texts[WaitEnd.FOUND], row.asked),
        waiting=row.texts[WaitEnd.WAITING],
        stopped=row.texts[WaitEnd.STOPPED],
        median=str(int(median(days) + 0.5)) if row.is_enough else HIDDEN,
        longest=str(longest) if row.is_enough else HIDDEN,
    )


def _name(by: By, key: str) -> str:
    if by is By.ALL:
        return _("Allemaal")
    words = LANGUAGES if by is By.LANGUAGE else {}
    return str(words.get(key, key)) if key else unknown()
