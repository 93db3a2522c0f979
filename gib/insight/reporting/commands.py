"""The figures of a year from a shell."""

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any

from gib.core.kernel.clock import now_on
from gib.insight.reporting.domain import (
    Cells,
    Group,
    Report,
    by_key,
    check_over,
    days_of,
    in_places,
    report_of,
)
from gib.insight.reporting.models import (
    cells,
    first_day,
    gap,
    journal_cells,
    team_places,
    without_trail,
)
from gib.people.accounts.models import business_day


def figures(given: argparse.Namespace) -> int:
    """Print the figures of a year that is over; numbers only.

    Returns: 1 when the journal alone tells other figures than the rows, or when somebody was let go for lack
        of money without a request that failed; else 0.

    Raises:
        RuleBroken: 'year_outside', 'year_open'.
    """
    on = now_on(business_day()).on
    days = days_of(given.year, first_day(on), on)
    check_over(given.year, on)
    counted = (cells(days, on), gap(days, on))
    sys.stdout.write(_as_json(*counted) if given.json else _as_lines(report_of(counted[0])))
    wrong = [*_apart(counted, journal_cells(days, on)), *_untrailed(on)]
    sys.stderr.writelines(f"{line}\n" for line in wrong)
    return bool(wrong)


def _apart(counted: tuple[Cells, Cells], journal: tuple[Cells, Cells]) -> list[str]:
    """Name the figures, per prison or municipality, of which rows and journal tell otherwise."""
    places = team_places()
    found: set[str] = set()
    for rows, acts in zip(counted, journal, strict=True):
        ours, theirs = in_places(rows, places), in_places(acts, places)
        found |= {".".join(key) for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)}
    return [f"the journal tells otherwise: {', '.join(sorted(found))}"] if found else []


def _untrailed(on: Any) -> list[str]:
    return [f"let go for lack of money without a trail: trajectory {key}" for key in without_trail(on)]


def _as_json(counted: Cells, asked: Cells) -> str:
    parts: dict[str, dict[str, Any]] = {str(group): {} for group in Group}
    for (group, key), number in report_of(counted).items():
        parts[group][key] = number
    for code in sorted({prison for _group, _key, prison in in_places(counted, team_places())}):
        parts[Group.PRISON][code] = _of_prison(counted, code)
    parts[Group.GAP] = {code: dict(numbers) for code, numbers in sorted(by_key(asked).items())}
    whole: dict[str, Any] = parts.pop(Group.YEAR)
    return json.dumps(whole | {"by": parts}, ensure_ascii=False) + "\n"


def _of_prison(counted: Cells, code: str) -> Mapping[str, int]:
    teams = {team_id for team_id, prison in team_places().items() if prison == code}
    return {key: number for (group, key), number in report_of(counted, teams).items() if group is Group.YEAR}


def _as_lines(report: Report) -> str:
    lines = [f"{key}: {number}" for (_group, key), number in report.items()]
    return "\n".join(lines) + "\n"
