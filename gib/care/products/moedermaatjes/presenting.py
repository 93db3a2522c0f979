"""What comes after the farewell of help at home, as the plan and the start page show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.products.moedermaatjes import words
from gib.care.products.moedermaatjes.models import next_call
from gib.core.ui.words import day


@dataclass(frozen=True)
class AfterLine:
    """Help at home that was rounded off: its farewell, the calls made, what comes, and where to note it."""

    farewell: str
    note: str
    calls: list[tuple[str, str]]
    ahead: str
    url: str


def after_line(
    row: Any, farewells: Iterable[Any], calls: Iterable[Any], on: date, *, may_call_her: bool
) -> AfterLine:
    """Say how it stands with one part that was rounded off; without her consent nobody calls."""
    made = [each for each in calls if each.participation_id == row.id]
    due_on = next_call(row, made, on)
    is_time = may_call_her and due_on is not None and due_on <= on
    return AfterLine(
        *_goodbye(row, farewells),
        calls=[(_told(each), each.note) for each in made],
        ahead=_ahead(due_on, may_call_her) if due_on else "",
        url=reverse("products:home_call", args=[row.id]) if is_time else "",
    )


def _ahead(due_on: date, may_call_her: bool) -> str:
    if not may_call_her:
        return _("Zonder haar toestemming bellen wij haar niet na.")
    return _("Nabellen vanaf %(day)s.") % {"day": day(due_on)}


def _goodbye(row: Any, farewells: Iterable[Any]) -> tuple[str, str]:
    """Say when they said goodbye and what was said; a part that ended without a talk has its last day."""
    said = next((each for each in farewells if each.participation_id == row.id), None)
    on, note = (said.held_on, said.note) if said else (row.ended_on, "")
    return _("Afscheid op %(day)s.") % {"day": day(on)}, note


def _told(row: Any) -> str:
    said = {"day": day(row.called_on), "faring": words.FARINGS[row.faring]}
    return _("Gebeld op %(day)s: %(faring)s.") % said


def may_call(row: Any, calls: Iterable[Any], on: date) -> bool:
    """Tell whether it is time to call her after the farewell."""
    due_on = next_call(row, calls, on)
    return due_on is not None and due_on <= on
