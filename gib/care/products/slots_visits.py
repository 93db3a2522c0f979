"""What visits put on the start page before and after their day: the list of the prison, and another day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.products import words
from gib.care.products.domain.clearance import NEAR_DAYS, Clearance, clearance_of, replacement_day
from gib.care.products.domain.contact import AHEAD, IN_PRISON, TOOK_PLACE
from gib.care.products.domain.contact import State as Visit
from gib.care.products.models import Contact, norm
from gib.care.products.presenting import names
from gib.core.access.together import Steps, abreast, begin, in_steps
from gib.core.kernel.dates import Period
from gib.core.ui.slots import Task
from gib.core.ui.words import day
from gib.people.partners.models import closures_ahead, notices
from gib.people.volunteers.models import PrisonPermit

_MOST = 30
_TONES = {Clearance.DUE: "warn", Clearance.LATE: "stop", Clearance.NO_PERMIT: "stop"}


@in_steps
def to_clear(request: Any) -> Steps[list[Task]]:
    """List the visits inside for which the prison must still be told, and those whose permit ends before."""
    actor, on = request.actor, request.now.on
    usual, lead = norm("clearance_notice_days", on), norm("clearance_lead_days", on)
    rows, told = yield (_to_come(request), notices(on))
    notice = {row.prison_id: row.notice_days for row in told}
    wanted = {row.volunteer_id for row in rows}
    asked = PrisonPermit.visible_to(actor, on).filter(volunteer_id__in=wanted)
    permits = yield asked.select_related("prison")
    gates: dict[tuple[Any, Any], list[Period]] = defaultdict(list)
    for each in permits:
        gates[each.volunteer_id, each.prison.pk].append(Period(each.from_on, each.to_on))
    found = [(row, _stands(row, gates, notice.get(row.prison_id, usual), lead, on)) for row in rows]
    shown = [(row, stands) for row, stands in found if stands is not None][:_MOST]
    why = {row.id: _why(row, stands, notice.get(row.prison_id, usual)) for row, stands in shown}
    mothers, helpers = yield from abreast(
        [
            begin(names.mothers, request, [row.dossier_id for row, _stands in shown]),
            begin(names.volunteers, request, [row.volunteer_id for row, _stands in shown]),
        ]
    )
    return [
        Task(
            who=" · ".join(
                each for each in (helpers.get(row.volunteer_id), mothers.get(row.dossier_id)) if each
            ),
            why=why[row.id],
            url=reverse("products:visit", args=[row.id]),
            button=_("Open"),
            tone=_TONES[stands],
            badge="visit.unsafe" if stands is Clearance.NO_PERMIT else "",
            rank=20,
            dossier_id=row.dossier_id,
        )
        for row, stands in shown
    ]


def _to_come(request: Any) -> Any:
    """Ask for the visits inside that are planned and not on the list of the prison."""
    on = request.now.on
    span = (on, on + timedelta(days=NEAR_DAYS))
    rows = Contact.of_team(request.actor, on).filter(planned_on__range=span, kind__in=sorted(IN_PRISON))
    waiting = [Visit.PLANNED, Visit.CONFIRMED, Visit.CLEARED]
    return rows.filter(state__in=waiting, volunteer__isnull=False).order_by("planned_on", "id")


def _stands(row: Any, gates: Any, notice: int, lead: int, on: date) -> Clearance | None:
    is_open = any(row.planned_on in each for each in gates[row.volunteer_id, row.prison_id])
    return clearance_of(Visit(row.state), row.planned_on, is_open, notice, lead, on)


def _why(row: Any, stands: Clearance, notice: int) -> str:
    told = {
        "day": day(row.planned_on),
        "due": day(row.planned_on - timedelta(days=notice)),
        "notice": notice,
    }
    return {
        Clearance.DUE: _("Bezoek op %(day)s. Geef haar uiterlijk %(due)s door aan de inrichting."),
        Clearance.LATE: _("Bezoek op %(day)s: niet doorgegeven vóór %(due)s. Bel de inrichting."),
        Clearance.NO_PERMIT: _("Bezoek op %(day)s: haar toegang tot deze inrichting geldt dan niet."),
    }[stands] % told


@in_steps
def to_replace(request: Any) -> Steps[list[Task]]:
    """List the visits that volunteer or prison called off and that got no other day, with a proposal."""
    on = request.now.on
    rows, shut = yield (_around(request), closures_ahead(on))
    closed: dict[Any, list[Period]] = defaultdict(list)
    for each in shut:
        closed[each.prison_id].append(each.days)
    found = [row for row in _called_off(rows) if not _is_replaced(row, rows)][:_MOST]
    days = [(row, replacement_day(row.planned_on, on, closed[row.prison_id])) for row in found]
    offered = [(row, free) for row, free in days if free is not None]
    mothers = yield from begin(names.mothers, request, [row.dossier_id for row, _free in offered])
    return [_other_day(row, free, mothers) for row, free in offered]


def _around(request: Any) -> Any:
    """Ask for the visits of matches in the weeks around today."""
    on = request.now.on
    span = (on - timedelta(days=14), on + timedelta(days=35))
    rows = Contact.of_team(request.actor, on).filter(planned_on__range=span, match__to_on__isnull=True)
    wanted = {Visit.CANCELLED_VOLUNTEER, Visit.CANCELLED_PRISON, *AHEAD, *TOOK_PLACE}
    return rows.filter(state__in=sorted(wanted), match__isnull=False).order_by("planned_on", "id")


def _called_off(rows: Iterable[Any]) -> list[Any]:
    return [row for row in rows if row.state in (Visit.CANCELLED_VOLUNTEER, Visit.CANCELLED_PRISON)]


def _is_replaced(row: Any, rows: Iterable[Any]) -> bool:
    """Tell whether the two see each other within six days of it all the same."""
    return any(
        each.match_id == row.match_id
        and each.state in AHEAD | TOOK_PLACE
        and abs((each.planned_on - row.planned_on).days) < 7
        for each in rows
    )


def _other_day(row: Any, offered: date, mothers: dict[UUID, str]) -> Task:
    at = f"{row.planned_time:%H:%M}" if row.planned_time else ""
    why = _("Het bezoek van %(day)s ging niet door: %(reason)s. Voorstel: %(offered)s.")
    told = {
        "day": day(row.planned_on),
        "reason": str(words.REASONS[row.reason]).lower(),
        "offered": " ".join(filter(None, (day(offered), at))),
    }
    query = urlencode({"dag": offered.isoformat(), "tijd": at})
    return Task(
        who=mothers.get(row.dossier_id, ""),
        why=why % told,
        url=f"{reverse('products:visit_plan', args=[row.match_id])}?{query}",
        button=_("Plan"),
        tone="warn",
        rank=45,
        dossier_id=row.dossier_id,
    )
