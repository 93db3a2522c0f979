"""What visits put on the start page before and after their day: the list of the prison, and another day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.products import words
from gib.care.products.domain.clearance import (
    FAILED,
    NEAR_DAYS,
    Around,
    Clearance,
    Gate,
    Planned,
    asks_another_day,
    clearance_of,
    is_replaced,
    replacement_of,
)
from gib.care.products.domain.contact import AHEAD, IN_PRISON, Kind, Reason
from gib.care.products.domain.contact import State as Visit
from gib.care.products.domain.standin import MOST_WEEKS
from gib.care.products.domain.visiting import Timetable, VisitRule, notice_on, timetable
from gib.care.products.models import Contact, last_contacts, norm
from gib.care.products.models.visiting import rule_of
from gib.care.products.presenting import names
from gib.care.products.slots import matched
from gib.core.access.together import Steps, abreast, asking, begin, in_steps
from gib.core.kernel.dates import Period
from gib.core.ui.slots import Task
from gib.core.ui.words import day
from gib.people.families.models import Placement
from gib.people.partners.models import closures_ahead, rules_ahead
from gib.people.volunteers.domain import Requirement
from gib.people.volunteers.models import Absence, PrisonPermit, shutting

_MOST = 30
#: How far ahead somebody is sought for who is away.
_SOON = timedelta(weeks=4)
#: The tone and the badge of a row, by what is missing.
_LOOKS = {
    Clearance.DUE: ("warn", ""),
    Clearance.LATE: ("stop", ""),
    Clearance.NO_PERMIT: ("stop", "visit.unsafe"),
    Clearance.NO_HOUR: ("stop", ""),
    Clearance.NO_IDENTITY: ("stop", ""),
}

#: The days on which a gate opens, by volunteer and prison.
Gates = Mapping[tuple[UUID, str], list[Period]]
#: The days on which an identity document of each volunteer is valid.
Documents = Mapping[UUID, list[Period]]
#: The rules for usual visits of each prison.
Rules = Mapping[str, list[VisitRule]]


@dataclass(frozen=True)
class _Missing:
    """A visit inside, what it lacks, and what is known of the gate on its day."""

    row: Any
    what: Clearance
    gate: Gate


@dataclass(frozen=True)
class _Known:
    """What is known of gates: the rules of each prison, the regime of each mother, and what is usual.

    Args:
        usual_notice, usual_minutes: what the programme keeps to where a prison or a visit does not say.
        gates: when they open to whom.
        documents: on which days an identity document that was seen is valid, by volunteer.
    """

    rules: Rules
    regimes: Mapping[UUID, str]
    usual_notice: int
    usual_minutes: int
    gates: Gates
    documents: Documents

    def gate(self, row: Any) -> Gate:
        """Tell of the gate on the day of a visit, by the rules of that day."""
        rules = self.rules.get(row.prison_id, [])
        opens = self.gates.get((row.volunteer_id, row.prison_id), ())
        told = notice_on(rules, row.planned_on)
        return Gate(
            has_permit=any(row.planned_on in each for each in opens),
            is_identified=any(row.planned_on in each for each in self.documents.get(row.volunteer_id, ())),
            is_received=self._is_received(row),
            notice=self.usual_notice if told is None else told,
        )

    def hours(self, row: Any) -> Timetable:
        """Give the hours for a visit of this sort; none are known for other contacts."""
        rules = self.rules.get(row.prison_id, []) if row.kind == Kind.PRISON_VISIT else []
        return timetable(rules, self.regimes.get(row.dossier_id))

    def _is_received(self, row: Any) -> bool:
        if row.planned_time is None:
            return True
        return self.hours(row).takes(row.planned_on, row.planned_time, self.minutes(row))

    def minutes(self, row: Any) -> int:
        """Give how long a visit takes."""
        return int(row.planned_minutes or self.usual_minutes)


@in_steps
def to_clear(request: Any) -> Steps[list[Task]]:
    """List the visits inside for which the prison must still be told, and those whose permit ends before."""
    on = request.now.on
    near, found_rules, seen = yield (_near(request), rules_ahead(on), shutting(request.actor, on))
    rows, rules = [row for row in near if _goes_inside(row, on)], _by_prison(found_rules)
    permits, places = yield _permits(request, rows), _places(request, rows, rules)
    identity = [row for row in seen if row.requirement == Requirement.IDENTITY]
    known = _known(rules, places, on, _gates(permits), _by_volunteer(identity))
    found = list(_missing(rows, known, on))[:_MOST]
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
    rows: Any = Contact.of_team(request.actor, on)
    return rows.near(since, on + timedelta(days=NEAR_DAYS)).order_by("planned_on", "id")


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


def _by_prison(rules: Iterable[Any]) -> Rules:
    found: dict[str, list[VisitRule]] = defaultdict(list)
    for row in rules:
        found[row.prison_id].append(rule_of(row))
    return found


def _places(request: Any, rows: Iterable[Any], rules: Rules) -> Any:
    """Ask under which regime these mothers are now, as far as their prison has hours that differ by it."""
    timed = {prison for prison, told in rules.items() if any(rule.tells_hours for rule in told)}
    hers = {row.dossier_id for row in rows if row.prison_id in timed}
    places = Placement.visible_to(request.actor, request.now.on)
    return places.filter(to_on__isnull=True, dossier_id__in=hers)


def _known(
    rules: Rules,
    places: Iterable[Any],
    on: date,
    gates: Gates = MappingProxyType({}),
    documents: Documents = MappingProxyType({}),
) -> _Known:
    usual = norm("clearance_notice_days", on), norm("visit_minutes", on)
    return _Known(rules, {each.dossier_id: each.regime for each in places}, *usual, gates, documents)


def _missing(rows: Iterable[Any], known: _Known, on: date) -> Iterator[_Missing]:
    """Give the visits that lack something."""
    lead = norm("clearance_lead_days", on)
    for row in rows:
        gate = known.gate(row)
        what = clearance_of(Visit(row.state), row.planned_on, gate, lead, on)
        if what is not None:
            yield _Missing(row, what, gate)


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
    told = {"day": day(planned_on), "due": day(planned_on - timedelta(days=found.gate.notice))}
    why = {
        Clearance.DUE: _("Bezoek op %(day)s. Geef haar uiterlijk %(due)s door aan de inrichting."),
        Clearance.LATE: _("Bezoek op %(day)s: niet doorgegeven vóór %(due)s. Bel de inrichting."),
        Clearance.NO_PERMIT: _("Bezoek op %(day)s: haar toegang tot deze inrichting geldt dan niet."),
        Clearance.NO_HOUR: _(
            "Bezoek op %(day)s: dan ontvangt de inrichting geen bezoek. Kies een andere tijd."
        ),
        Clearance.NO_IDENTITY: _(
            "Bezoek op %(day)s: haar identiteitsbewijs is niet gezien, of geldt dan niet meer."
        ),
    }[found.what] % told
    if found.gate.is_identified or found.what not in (Clearance.DUE, Clearance.LATE):
        return why
    return " ".join((why, _("Haar identiteitsbewijs is niet gezien, of geldt dan niet meer.")))


@in_steps
def to_replace(request: Any) -> Steps[list[Task]]:
    """List the visits that failed and got no other day, and those on days on which nobody would come."""
    on = request.now.on
    near, matches, found_rules = yield (
        *(_near(request), matched(request)),
        rules_ahead(on),
    )
    rows, rules = _going(near, matches), _by_prison(found_rules)
    failed = [row for row in rows if row.state in FAILED]
    last, shut, away, places = yield from abreast(
        [
            begin(last_contacts, matches, on),
            asking(closures_ahead(on)),
            asking(_away(request, rows)),
            asking(_places(request, failed, rules)),
        ]
    )
    known = _known(rules, places, on)
    closed = _closed(shut, away)
    offered = list(_offered(rows, last, closed, known, on))[:_MOST]
    alone = list(_unvisited(rows, closed, on))[:_MOST]
    asked = [each[0].dossier_id for each in offered] + [each[0].dossier_id for each in alone]
    mothers = yield from begin(names.mothers, request, asked)
    return [_other_day(row, offer, mothers) for row, *offer in offered] + [
        _nobody_comes(row, days, mothers) for row, days in alone
    ]


def _unvisited(
    rows: Iterable[Any], closed: Mapping[Any, list[Period]], on: date
) -> Iterator[tuple[Any, Period]]:
    """Give the first visit of each match, in some weeks, on which who would come is away; and until when."""
    seen: set[UUID] = set()
    soon = Period(on, on + _SOON)
    for row in rows:
        if row.state not in AHEAD or row.planned_on not in soon or row.match_id in seen:
            continue
        days = next((each for each in closed[row.volunteer_id] if row.planned_on in each), None)
        if days is not None:
            seen.add(row.match_id)
            yield row, Period(row.planned_on, days.to_on)


def _nobody_comes(row: Any, days: Period, mothers: Mapping[UUID, str]) -> Task:
    """Ask to find somebody for the days on which a volunteer is away, as long as one may stand in."""
    longest = row.planned_on + timedelta(weeks=MOST_WEEKS) - timedelta(days=1)
    last_on = min(days.to_on or row.planned_on, longest)
    query = urlencode({"van": f"{row.planned_on:%d-%m-%Y}", "tot": f"{last_on:%d-%m-%Y}"})
    told = {"day": day(row.planned_on)}
    return Task(
        who=mothers.get(row.dossier_id, ""),
        why=_("Bezoek op %(day)s: de vrijwilliger is er dan niet. Zoek een invaller.") % told,
        url=f"{reverse('products:stand_in', args=[row.match_id])}?{query}",
        button=_("Zoek invaller"),
        tone="warn",
        rank=40,
        dossier_id=row.dossier_id,
    )


def _going(near: Iterable[Any], matches: Iterable[Any]) -> list[Any]:
    """Keep the visits of matches that go on."""
    going = {row.id for row in matches if row.to_on is None}
    return [row for row in near if row.match_id in going]


def _away(request: Any, rows: Iterable[Any]) -> Any:
    """Ask on which days these volunteers are not there."""
    found = Absence.visible_to(request.actor, request.now.on)
    return found.filter(volunteer_id__in={row.volunteer_id for row in rows})


def _closed(shut: Iterable[Any], away: Iterable[Any]) -> Mapping[Any, list[Period]]:
    """Give the days without visits, by the prison that is closed or the volunteer who is away."""
    closed: dict[Any, list[Period]] = defaultdict(list, _by_volunteer(away))
    for each in shut:
        closed[each.prison_id].append(each.days)
    return closed


def _by_volunteer(rows: Iterable[Any]) -> dict[UUID, list[Period]]:
    found: dict[UUID, list[Period]] = defaultdict(list)
    for row in rows:
        found[row.volunteer_id].append(Period(row.from_on, row.to_on))
    return found


def _offered(
    rows: list[Any], last: Mapping[UUID, date], closed: Mapping[Any, list[Period]], known: _Known, on: date
) -> Iterator[tuple[Any, date, time | None]]:
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
            around = Around((*closed[row.prison_id], *closed[row.volunteer_id]), known.hours(row))
            planned = Planned(row.planned_on, row.planned_time, known.minutes(row))
            free = replacement_of(planned, rhythm, on, around)
            if free is not None:
                yield row, *free


def _other_day(row: Any, offer: Any, mothers: Mapping[UUID, str]) -> Task:
    offered, hour = offer
    at = f"{hour:%H:%M}" if hour else ""
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
