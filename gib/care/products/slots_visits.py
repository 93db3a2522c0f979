"""What visits put on the start page before and after their day: the list of the prison, and another day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.products import words
from gib.care.products.domain.clearance import (
    FAILED,
    NEAR_DAYS,
    Clearance,
    asks_another_day,
    clearance_of,
    is_replaced,
    replacement_day,
)
from gib.care.products.domain.contact import AHEAD, IN_PRISON, Reason
from gib.care.products.domain.contact import State as Visit
from gib.care.products.models import Contact, Match, last_contacts, norm
from gib.care.products.presenting import names
from gib.core.access.together import Steps, abreast, asking, begin, in_steps
from gib.core.kernel.dates import Period
from gib.core.ui.slots import Task
from gib.core.ui.words import day
from gib.people.partners.models import closures_ahead, notices
from gib.people.volunteers.models import PrisonPermit

_MOST = 30
#: The tone and the badge of a row, by what is missing.
_LOOKS = {
    Clearance.DUE: ("warn", ""),
    Clearance.LATE: ("stop", ""),
    Clearance.NO_PERMIT: ("stop", "visit.unsafe"),
}

#: The days on which a gate opens, by volunteer and prison.
Gates = Mapping[tuple[UUID, str], list[Period]]


@dataclass(frozen=True)
class _Missing:
    """A visit inside, what it lacks, and how many days ahead the prison wants to know."""

    row: Any
    what: Clearance
    notice: int


@in_steps
def to_clear(request: Any) -> Steps[list[Task]]:
    """List the visits inside for which the prison must still be told, and those whose permit ends before."""
    on = request.now.on
    near, rules = yield (_near(request), notices(on))
    rows = [row for row in near if _goes_inside(row, on)]
    permits = yield _permits(request, rows)
    told = {rule.prison_id: rule.notice_days for rule in rules}
    found = list(_missing(rows, told, _gates(permits), on))[:_MOST]
    mothers, helpers = yield from abreast(
        [
            begin(names.mothers, request, [each.row.dossier_id for each in found]),
            begin(names.volunteers, request, [each.row.volunteer_id for each in found]),
        ]
    )
    return [_to_tell(each, helpers, mothers) for each in found]


def _near(request: Any) -> Any:
    """Ask for the visits ahead, and for those that failed lately; two lists ask it as one question."""
    on = request.now.on
    since = on - timedelta(days=2 * norm("visit_rhythm_days", on))
    rows = Contact.of_team(request.actor, on).filter(state__in=sorted(AHEAD | FAILED))
    return rows.filter(planned_on__range=(since, on + timedelta(days=NEAR_DAYS))).order_by("planned_on", "id")


def _goes_inside(row: Any, on: date) -> bool:
    """Tell whether a volunteer goes into a prison for this visit, today or later."""
    return (
        row.kind in IN_PRISON and row.state in AHEAD and row.volunteer_id is not None and row.planned_on >= on
    )


def _permits(request: Any, rows: Iterable[Any]) -> Any:
    """Ask on which days these volunteers may enter which prison."""
    found = PrisonPermit.visible_to(request.actor, request.now.on)
    asked = found.filter(volunteer_id__in={row.volunteer_id for row in rows})
    return asked.values_list("volunteer_id", "prison_id", "from_on", "to_on")


def _gates(permits: Iterable[tuple[UUID, str, date, date | None]]) -> Gates:
    gates: dict[tuple[UUID, str], list[Period]] = defaultdict(list)
    for volunteer_id, prison, from_on, to_on in permits:
        gates[volunteer_id, prison].append(Period(from_on, to_on))
    return gates


def _missing(rows: Iterable[Any], told: Mapping[str, int], gates: Gates, on: date) -> Iterator[_Missing]:
    """Give the visits that lack something; `told` is the notice of each prison that has a rule, in days."""
    usual, lead = norm("clearance_notice_days", on), norm("clearance_lead_days", on)
    for row in rows:
        notice = told.get(row.prison_id, usual)
        may_enter = any(row.planned_on in each for each in gates.get((row.volunteer_id, row.prison_id), ()))
        what = clearance_of(Visit(row.state), row.planned_on, may_enter, notice, lead, on)
        if what is not None:
            yield _Missing(row, what, notice)


def _to_tell(found: _Missing, helpers: Mapping[UUID, str], mothers: Mapping[UUID, str]) -> Task:
    row = found.row
    tone, badge = _LOOKS[found.what]
    both = (helpers.get(row.volunteer_id), mothers.get(row.dossier_id))
    return Task(
        who=" · ".join(filter(None, both)),
        why=_why(found),
        url=reverse("products:visit", args=[row.id]),
        button=_("Open"),
        tone=tone,
        badge=badge,
        rank=20,
        dossier_id=row.dossier_id,
    )


def _why(found: _Missing) -> str:
    planned_on = found.row.planned_on
    told = {"day": day(planned_on), "due": day(planned_on - timedelta(days=found.notice))}
    return {
        Clearance.DUE: _("Bezoek op %(day)s. Geef haar uiterlijk %(due)s door aan de inrichting."),
        Clearance.LATE: _("Bezoek op %(day)s: niet doorgegeven vóór %(due)s. Bel de inrichting."),
        Clearance.NO_PERMIT: _("Bezoek op %(day)s: haar toegang tot deze inrichting geldt dan niet."),
    }[found.what] % told


@in_steps
def to_replace(request: Any) -> Steps[list[Task]]:
    """List the visits of matches that failed and got no other day, each with a proposal."""
    on = request.now.on
    near, matches = yield (_near(request), Match.of_team(request.actor, on))
    last, shut = yield from abreast([begin(last_contacts, matches), asking(closures_ahead(on))])
    offered = list(_offered(_going(near, matches), last, _closed(shut), on))[:_MOST]
    mothers = yield from begin(names.mothers, request, [row.dossier_id for row, _free in offered])
    return [_other_day(row, free, mothers) for row, free in offered]


def _going(near: Iterable[Any], matches: Iterable[Any]) -> list[Any]:
    """Keep the visits of matches that go on."""
    going = {row.id for row in matches if row.to_on is None}
    return [row for row in near if row.match_id in going]


def _closed(shut: Iterable[Any]) -> Mapping[str | None, list[Period]]:
    closed: dict[str | None, list[Period]] = defaultdict(list)
    for each in shut:
        closed[each.prison_id].append(each.days)
    return closed


def _offered(
    rows: list[Any], last: Mapping[UUID, date], closed: Mapping[str | None, list[Period]], on: date
) -> Iterator[tuple[Any, date]]:
    """Give the visits that failed and around which the two do not see each other, each with another day.

    Args:
        rows: visits of matches that go on, those ahead and those that failed.
        last: the day of their last visit that took place; who saw each other since needs no other day.
    """
    rhythm = norm("visit_rhythm_days", on)
    kept: dict[UUID, list[date]] = defaultdict(list, {match: [held_on] for match, held_on in last.items()})
    lost: dict[UUID, list[date]] = defaultdict(list)
    for row in rows:
        (lost if row.state in FAILED else kept)[row.match_id].append(row.planned_on)
    for row in rows:
        if not asks_another_day(Visit(row.state), row.reason):
            continue
        if not is_replaced(row.planned_on, kept[row.match_id], lost[row.match_id], rhythm):
            free = replacement_day(row.planned_on, rhythm, on, closed[row.prison_id])
            if free is not None:
                yield row, free


def _other_day(row: Any, offered: date, mothers: Mapping[UUID, str]) -> Task:
    at = f"{row.planned_time:%H:%M}" if row.planned_time else ""
    told = {
        "day": day(row.planned_on),
        "reason": str(words.REASONS[row.reason or Reason.NOT_SAID]).lower(),
        "offered": f"{day(offered)} {at}".strip(),
    }
    query = urlencode({"dag": f"{offered:%d-%m-%Y}", "tijd": at})
    return Task(
        who=mothers.get(row.dossier_id, ""),
        why=_("Het bezoek van %(day)s ging niet door: %(reason)s. Voorstel: %(offered)s.") % told,
        url=f"{reverse('products:visit_plan', args=[row.match_id])}?{query}",
        button=_("Plan"),
        tone="warn",
        rank=45,
        dossier_id=row.dossier_id,
    )
