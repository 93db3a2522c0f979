"""How the hours at which a prison receives visitors are written."""

from collections.abc import Iterable
from datetime import time

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from gib.care.products.domain.visiting import Moment, VisitRule
from gib.core.ui.words import day


def week_told(rules: Iterable[VisitRule]) -> str:
    """Write the hours of a week, such as "dinsdag 13:00–15:30, zaterdag 10:00–11:00"."""
    return ", ".join(_told(rule) for rule in rules)


def moment_told(moment: Moment) -> str:
    """Write a day with its hours, such as "di 18 jan 13:00–15:30"."""
    return f"{day(moment.on)} {_hours(moment.at, moment.until)}"


def _told(rule: VisitRule) -> str:
    name = _("elke dag") if rule.weekday is None else str(WEEKDAYS[rule.weekday])
    return f"{name} {_hours(rule.start, rule.end)}".strip()


def _hours(start: time | None, end: time | None) -> str:
    return "–".join(f"{each:%H:%M}" for each in (start, end) if each)
