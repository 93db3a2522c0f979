"""The figures of a year from a shell."""

import argparse
import json
import sys
from typing import Any

from gib.core.kernel.clock import now_on
from gib.insight.reporting.domain import Group, Report, check_over, days_of
from gib.insight.reporting.models import count, first_day, from_journal
from gib.people.accounts.models import business_day


def figures(given: argparse.Namespace) -> int:
    """Print the figures of a year that is over; numbers only.

    Returns: 1 when the journal alone tells other figures than the rows, else 0.

    Raises:
        RuleBroken: 'year_outside', 'year_open'.
    """
    on = now_on(business_day()).on
    days = days_of(given.year, first_day(on), on)
    check_over(given.year, on)
    report, journal = count(days, on), from_journal(days, on)
    sys.stdout.write(_as_json(report) if given.json else _as_lines(report))
    apart = [key for key in report.keys() | journal.keys() if report.get(key, 0) != journal.get(key, 0)]
    if apart:
        named = sorted(f"{group}.{key}" for group, key in apart)
        sys.stderr.write(f"the journal tells otherwise: {', '.join(named)}\n")
    return bool(apart)


def _as_json(report: Report) -> str:
    parts: dict[str, dict[str, int]] = {str(group): {} for group in Group}
    for (group, key), number in report.items():
        parts[group][key] = number
    whole: dict[str, Any] = parts.pop(Group.YEAR)
    return json.dumps(whole | {"by": parts}, ensure_ascii=False) + "\n"


def _as_lines(report: Report) -> str:
    lines = [f"{key}: {number}" for (_group, key), number in report.items()]
    return "\n".join(lines) + "\n"
