"""A series of visits as the coordinator sees it: its rhythm, what lies ahead, and what stands in the way."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from gib.care.products import words
from gib.care.products.actions.planning import USUAL
from gib.care.products.actions.series import ahead
from gib.care.products.domain.series import Gap, Occurrence
from gib.care.products.domain.visiting import Timetable
from gib.care.products.models import Contact
from gib.care.products.models.visiting import timetable_of
from gib.care.products.presenting import names
from gib.care.products.visiting_words import week_told
from gib.core.access.together import begin, gather
from gib.core.ui.words import day, hours


@dataclass(frozen=True)
class SeriesLine:
    """One visit of a series that lies ahead."""

    when: str
    state: str
    why: str | Promise
    url: str


def rhythm_of(row: Any) -> str:
    """Say in which rhythm visits are, such as "om de twee weken op dinsdag, 10:30"."""
    told = _("%(often)s op %(weekday)s, %(at)s")
    return told % {
        "often": words.RHYTHMS[row.every_days],
        "weekday": formats.date_format(row.from_on, "l").lower(),
        "at": f"{row.at:%H:%M}",
    }


def series_page(request: Any, row: Any) -> dict[str, Any]:
    """Gather what the page of a series shows."""
    found = [] if row.end_reason else ahead(row, request.now)
    parts = [
        begin(names.mothers, request, [row.dossier_id]),
        begin(names.volunteers, request, [row.match.volunteer_id]),
    ]
    mothers, helpers = gather(parts)
    hours = timetable_of(row.match, USUAL[row.match.product], request.now.on)
    return {
        "row": row,
        "rhythm": rhythm_of(row),
        "mother": mothers.get(row.dossier_id, ""),
        "volunteer": helpers.get(row.match.volunteer_id, ""),
        "is_open": not row.end_reason,
        "ended": _ended(row),
        "facts": _facts(row, _received(hours, request.now.on)),
        "lines": _lines(request, row, found, hours or Timetable()),
    }


def _received(hours: Timetable | None, on: date) -> str:
    """Say when the prison receives visitors; nothing for visits elsewhere."""
    if hours is None:
        return ""
    return week_told(hours.week_of(on)) or _("hier niet bekend; vraag na of bezoek dan kan")


def _facts(row: Any, received: str) -> list[tuple[str, str]]:
    facts = [
        (_("Plaats"), row.place),
        (_("Hoe lang"), hours(row.minutes)),
        (_("Vanaf"), day(row.from_on)),
        (_("Tot en met"), day(row.to_on)),
        (_("Bezoektijden"), received),
    ]
    return [(label, text) for label, text in facts if text]


def _ended(row: Any) -> str:
    if not row.end_reason:
        return ""
    told = _("Deze reeks is voorbij sinds %(day)s. %(why)s.")
    return told % {"day": day(row.ended_on), "why": words.SERIES_ENDS[row.end_reason]}


def _planned(request: Any, row: Any) -> dict[date, Any]:
    """Give the visits of a series that lie ahead by the day that they stand for, as far as one is left."""
    rows: Any = Contact.visible_to(request.actor, request.now.on).filter(series_id=row.id)
    return {each.due_on: each for each in rows.exclude(state="overtaken")}


def _lines(request: Any, row: Any, found: list[Occurrence], hours: Timetable) -> list[SeriesLine]:
    planned = _planned(request, row)
    return [
        _line(each, planned.get(each.due_on), hours.takes(each.on, each.at, row.minutes)) for each in found
    ]


def _line(each: Occurrence, visit: Any, is_received: bool) -> SeriesLine:
    if visit is not None:
        url = reverse("products:visit", args=[visit.id])
        moved = words.GAPS[Gap.MOVED] if visit.planned_on != each.due_on else ""
        return SeriesLine(_when(visit.planned_on, visit.planned_time), f"visit.{visit.state}", moved, url)
    when = _when(each.on, each.at)
    if each.falls_away:
        return SeriesLine(when, "visit.falls_away", words.GAPS[each.why or Gap.OTHER], "")
    return SeriesLine(when, "visit.waits", _waits(is_received), "")


def _waits(is_received: bool) -> str:
    if not is_received:
        return _("Dan ontvangt de inrichting geen bezoek. Kies voor deze dag een andere tijd.")
    return _(
        "Een papier van de vrijwilliger of een andere afspraak staat in de weg. Wij proberen het elke dag."
    )


def _when(on: date, at: time) -> str:
    return f"{day(on)} {at:%H:%M}"


def days_to_change(request: Any, row: Any) -> list[tuple[str, str]]:
    """Give the days of a series about which one can still decide, as choices."""
    found = [] if row.end_reason else ahead(row, request.now)
    told = [each for each in found if each.on == each.due_on]
    return [(each.due_on.isoformat(), _when(each.due_on, each.at)) for each in told]
