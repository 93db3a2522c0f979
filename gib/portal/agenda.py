"""The calendar: which days are shown, what stands on each, and who is meant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlencode

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gib.core.access.actor import Actor
from gib.core.access.guard import Request
from gib.core.access.tables import Role
from gib.core.access.together import Steps, abreast, begin, gather
from gib.core.kernel.dates import Period, add_months
from gib.core.kernel.holidays import holiday_names
from gib.core.kernel.school import is_known, school_holidays
from gib.core.ui.agenda import SOURCES, Appointment
from gib.core.ui.words import day, short_name
from gib.people.families.naming import names_of
from gib.people.partners.models import prisons
from gib.people.volunteers.models import named


class Form(StrEnum):
    """How much of the calendar is shown at once."""

    MONTH = "maand"
    WEEK = "week"
    DAY = "dag"


FORMS: Final = {
    Form.MONTH: gettext_lazy("Maand"),
    Form.WEEK: gettext_lazy("Week"),
    Form.DAY: gettext_lazy("Dag"),
}
REGIONS: Final = {
    "Noord": gettext_lazy("noord"),
    "Midden": gettext_lazy("midden"),
    "Zuid": gettext_lazy("zuid"),
}
#: Of a month so many appointments are told per day; the day itself tells all.
_IN_MONTH: Final = 4
#: Years outside these have no page: nobody plans there.
_YEARS: Final = (2000, 2099)


@dataclass(frozen=True)
class Asked:
    """What a reader asks to see: how much, around which day, of which prison (empty: of all)."""

    form: Form
    on: date
    prison: str = ""

    @property
    def days(self) -> Period:
        """The first and last day that are shown: of a month whole weeks, from Monday."""
        first, last = self.on, self.on
        if self.form is Form.MONTH:
            first = self.on.replace(day=1)
            last = add_months(first, 1) - timedelta(days=1)
        if self.form is not Form.DAY:
            first -= timedelta(days=first.weekday())
            last += timedelta(days=6 - last.weekday())
        return Period(first, last)

    def moved(self, steps: int) -> "Asked":
        """Give what lies so many months, weeks or days further on."""
        if self.form is Form.MONTH:
            return self.like(self.form, add_months(self.on.replace(day=1), steps))
        length = {Form.WEEK: 7, Form.DAY: 1}[self.form]
        return self.like(self.form, self.on + timedelta(days=length * steps))

    def like(self, form: Form, on: date) -> "Asked":
        """Give another part of the calendar, of the same prison."""
        return Asked(form, on, self.prison)

    @property
    def url(self) -> str:
        """Its address; none outside the years that have pages."""
        if not _YEARS[0] <= self.on.year <= _YEARS[1]:
            return ""
        told = {"vorm": str(self.form), "dag": self.on.isoformat(), "pi": self.prison}
        return "?" + urlencode({name: value for name, value in told.items() if value})


@dataclass(frozen=True)
class Entry:
    """One appointment as it is shown."""

    time: str
    kind: str | Promise
    who: str
    url: str


@dataclass(frozen=True)
class Day:
    """One day: its free days, its appointments, and how many more there are."""

    label: str
    on: date
    url: str
    holiday: str
    school: str
    entries: list[Entry]
    more: int
    is_today: bool
    is_other: bool


@dataclass(frozen=True)
class Choice:
    """One link of a row of links."""

    label: str | Promise
    url: str
    is_current: bool


def asked_of(request: Request) -> Asked:
    """Read what is asked from the address; what cannot be read is this week or this month."""
    form = request.GET.get("vorm", "")
    told = Form(form) if form in set(Form) else Form.WEEK
    try:
        on = date.fromisoformat(request.GET.get("dag", ""))
    except ValueError:
        on = request.now.on
    on = on if _YEARS[0] <= on.year <= _YEARS[1] else request.now.on
    return Asked(told, on, request.GET.get("pi", "")[:8])


def page(request: Request, asked: Asked) -> dict[str, Any]:
    """Gather what the calendar shows."""
    found = appointments(request.actor, request.now.on, asked.days)
    known = dict(prisons().values_list("pk", "name"))
    shown = [each for each in found if asked.prison in ("", each.prison_id)]
    days = _each(asked.days)
    by_day = {on: [each for each in shown if each.on == on] for on in days}
    named = _names(request, _told(asked, by_day.values()))
    return {
        "asked": asked,
        "title": _title(asked),
        "days": [_day(request, asked, on, by_day[on], named) for on in days],
        "number": len(shown),
        "forms": _forms(asked),
        "prisons": _prisons(asked, found, known),
        "before": asked.moved(-1).url,
        "after": asked.moved(1).url,
        "today": asked.like(asked.form, request.now.on).url,
        "is_unknown": not all(map(is_known, days)),
    }


def appointments(actor: Actor, on: date, days: Period) -> list[Appointment]:
    """Give every appointment that exists for a reader, by day and time; what has no time comes first."""
    found = gather([begin(source, actor, on, days) for source in SOURCES])
    rows = [each for source in found for each in source]
    return sorted(rows, key=lambda each: (each.on, each.at or time.min, each.key))


def _told(asked: Asked, by_day: Iterable[list[Appointment]]) -> list[Appointment]:
    """Keep the appointments that are told on this page: nobody's name is read for another."""
    most = _IN_MONTH if asked.form is Form.MONTH else None
    return [each for rows in by_day for each in rows[:most]]


def _forms(asked: Asked) -> list[Choice]:
    return [Choice(FORMS[each], asked.like(each, asked.on).url, each is asked.form) for each in Form]


def _each(days: Period) -> list[date]:
    count = ((days.to_on or days.from_on) - days.from_on).days + 1
    return [days.from_on + timedelta(days=each) for each in range(count)]


def _names(request: Request, shown: Iterable[Appointment]) -> dict[Any, str]:
    """Give the names of mothers and volunteers by their ids, as far as this reader may see them."""
    rows = list(shown)
    mothers = {each.dossier_id for each in rows if each.dossier_id}
    helpers = {each.volunteer_id for each in rows if each.volunteer_id}
    if request.actor.role is Role.VOLUNTEER:
        helpers = set()  # It is she herself.
    made: dict[Any, str] = gather([_both(request, mothers, helpers)])[0]
    return made


def _both(request: Request, mothers: set[Any], helpers: set[Any]) -> Steps[dict[Any, str]]:
    actor, on = request.actor, request.now.on
    named, people = yield from abreast(
        [begin(names_of, actor, on, mothers), _helpers(actor, on, frozenset(helpers))]
    )
    both: dict[Any, str] = named | people
    return both


def _helpers(actor: Actor, on: date, ids: frozenset[Any]) -> Steps[dict[Any, str]]:
    found = yield named(actor, on, ids)
    return {row.id: short_name(f"{row.given_name} {row.family_name}") for row in found}


def _title(asked: Asked) -> str:
    if asked.form is Form.MONTH:
        return str(formats.date_format(asked.on, "F Y")).capitalize()
    if asked.form is Form.DAY:
        return str(formats.date_format(asked.on, "l j F Y")).capitalize()
    _year, week, _weekday = asked.on.isocalendar()
    first, *_between, last = _each(asked.days)
    told = {
        "week": week,
        "first": formats.date_format(first, "j F"),
        "last": formats.date_format(last, "j F Y"),
    }
    return _("Week %(week)d: %(first)s tot en met %(last)s") % told


def _day(request: Request, asked: Asked, on: date, rows: list[Appointment], named: dict[Any, str]) -> Day:
    most = _IN_MONTH if asked.form is Form.MONTH else len(rows)
    language = (get_language() or "nl")[:2]
    return Day(
        label=day(on),
        on=on,
        url=asked.like(Form.DAY, on).url,
        holiday=holiday_names(on.year, language).get(on, ""),
        school=_school(on, language),
        entries=[_entry(each, named) for each in rows[:most]],
        more=max(len(rows) - most, 0),
        is_today=on == request.now.on,
        is_other=asked.form is Form.MONTH and on.month != asked.on.month,
    )


def _school(on: date, language: str) -> str:
    """Name the school holidays of a day, with the regions when it is not the whole country."""
    found = school_holidays(on, language)
    return ", ".join(f"{name}{_where(regions)}" for name, regions in found.items())


def _where(regions: tuple[str, ...]) -> str:
    return "" if len(regions) == len(REGIONS) else f" ({', '.join(str(REGIONS[each]) for each in regions)})"


def _entry(row: Appointment, named: dict[Any, str]) -> Entry:
    who = [named.get(each, "") for each in (row.dossier_id, row.volunteer_id) if each]
    return Entry(
        time=f"{row.at:%H:%M}" if row.at else "",
        kind=row.kind,
        who=" · ".join(filter(None, who)),
        url=row.url,
    )


def _prisons(asked: Asked, found: Iterable[Appointment], known: dict[str, str]) -> list[Choice]:
    """Give the prisons that this reader's days lead to; with one there is nothing to choose."""
    codes = {each.prison_id for each in found if each.prison_id} | {asked.prison} - {""}
    if not (asked.prison or len(codes) > 1):
        return []
    told = [("", _("Alle P.I.'s")), *sorted((code, known[code]) for code in codes if code in known)]
    return [Choice(name, Asked(asked.form, asked.on, code).url, code == asked.prison) for code, name in told]
