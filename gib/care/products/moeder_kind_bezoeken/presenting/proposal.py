"""The proposal for the cars of a morning as the coordinator reads it: who drives whom, when, or why not."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.products.models import Exclusion, GroupMeeting, Participation, norm
from gib.care.products.models.pool import flat, middles_of
from gib.care.products.moeder_kind_bezoeken.domain import BEFORE, LISTED, State
from gib.care.products.moeder_kind_bezoeken.domain.proposal import (
    Driving,
    Proposal,
    Rider,
    Stop,
    Visit,
    Way,
    propose,
)
from gib.care.products.moeder_kind_bezoeken.domain.rides import Car
from gib.care.products.moeder_kind_bezoeken.forms.rides import Choosing
from gib.care.products.moeder_kind_bezoeken.models import reasons_by_driver
from gib.care.products.moeder_kind_bezoeken.presenting import children_of
from gib.care.products.moeder_kind_bezoeken.presenting.rides import driver_name, rides_going
from gib.care.products.moeder_kind_bezoeken.presenting.turns import waiting
from gib.care.products.presenting import names
from gib.core.access.together import ask
from gib.core.kernel.rules import RuleBroken
from gib.core.ui.forms import sentence
from gib.core.ui.words import day
from gib.engines.mornings.problem import Seat
from gib.people.families.models.readers import on_day
from gib.people.partners.domain import areas_in


@dataclass(frozen=True)
class WayLine:
    """One car of the proposal: the times there and home, each with what happens then."""

    driver: str
    is_timed: bool
    there: list[tuple[str, str]]
    home: list[tuple[str, str]]


@dataclass(frozen=True)
class LeftLine:
    """A child without a place in the proposal, why, and where to do something about it."""

    name: str
    why: list[str]
    url: str


@dataclass(frozen=True)
class Morning:
    """What a proposal is made of: the meeting, the children of whom a car is asked, and the cars."""

    meeting: GroupMeeting
    rows: list[Any]
    rides: list[Any]
    mothers: dict[UUID, str]

    @property
    def cars(self) -> dict[str, tuple[str, Car]]:
        """The choices of a child: the car by its driver."""
        return {str(ride.id): (driver_name(ride.volunteer), ride.car) for ride in self.rides}

    @property
    def asked(self) -> list[Any]:
        """The children who are expected and whom we fetch."""
        return [row for row in self.rows if row.is_fetched and State(row.state) in LISTED]

    @property
    def children(self) -> list[Choosing]:
        """The children for whom a car is chosen, by the first time at which they are fetched."""
        rows = sorted(self.asked, key=lambda row: (row.pick_up_from, row.child.first_name))
        return [Choosing(row.id, self.name(row), Seat(row.seat)) for row in rows]

    def changes(self, found: Proposal) -> int:
        """Count the children for whom a proposal changes something."""
        return sum(row.ride_id != found.seats.get(row.id) for row in self.asked)

    def name(self, row: Any) -> str:
        """Say which child it is."""
        return " · ".join(filter(None, (row.child.first_name, self.mothers.get(row.dossier_id, ""))))


def morning_of(request: Any, meeting: GroupMeeting) -> Morning:
    """Read the children who have not left home and the cars whose drivers may drive that day."""
    rows = [row for row in children_of(request, meeting) if _counts(row)]
    rides = rides_going(request, meeting.pk)
    reasons = reasons_by_driver([row.volunteer for row in rides], meeting.prison_id, meeting.planned_on)
    able = [row for row in rides if not reasons[row.volunteer_id]]
    return Morning(meeting, rows, able, names.mothers(request, {row.dossier_id for row in rows}))


def _counts(row: Any) -> bool:
    """Tell whether a child is expected, or has a seat that nobody took from it yet."""
    state = State(row.state)
    return state in BEFORE and (state in LISTED or row.ride_id is not None)


def proposal_of(request: Any, morning: Morning) -> Proposal:
    """Let the engine work out who could drive whom."""
    meeting, actor, on = morning.meeting, request.actor, request.now.on
    fetched = [row for row in morning.rows if row.is_fetched]
    drivers = {ride.volunteer_id for ride in morning.rides}
    areas = {area for row in fetched for area in areas_in(row.pick_up_place)}
    areas |= {ride.volunteer.pc4 for ride in morning.rides}
    parts = Participation.visible_to(actor, on).filter(pk__in={row.participation_id for row in fetched})
    kept = Exclusion.visible_to(actor, on).filter(on_day(meeting.planned_on), volunteer_id__in=drivers)
    wished, pairs, middles, gates = ask(
        [
            parts.values_list("dossier_id", "wished_on"),
            kept.values_list("volunteer_id", "dossier_id"),
            *middles_of(areas, meeting.prison_id),
        ]
    )
    visit = Visit(
        on=meeting.planned_on,
        starts=meeting.planned_time,
        minutes=meeting.minutes,
        most_minutes=norm("ride_minutes", on),
        gate=flat(gates)[meeting.prison_id],
        middles=flat(middles),
    )
    return propose(visit, _riders(request, fetched, dict(wished)), _driving(morning.rides, pairs))


def _riders(request: Any, rows: list[Any], wished: dict[UUID, date]) -> list[Rider]:
    """Give the children whom we fetch, and who has a car but may not come now: such a child takes a seat."""
    children: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        children[row.dossier_id].append(row.child)
    turns = {turn.dossier_id: turn for turn in waiting(request, wished, children)}
    return [
        Rider(
            id=row.id,
            turn=turns[row.dossier_id],
            place=row.pick_up_place,
            pick_up_from=row.pick_up_from,
            pick_up_until=row.pick_up_until,
            back=row.back_time,
            seat=Seat(row.seat),
            ride_id=row.ride_id,
            expected=State(row.state) in LISTED,
        )
        for row in rows
    ]


def _driving(rides: list[Any], pairs: Iterable[tuple[UUID, UUID]]) -> list[Driving]:
    """Give the cars; the pairs are volunteers and the mothers of whom they drive no children."""
    avoided: dict[UUID, set[UUID]] = defaultdict(set)
    for volunteer_id, dossier_id in pairs:
        avoided[volunteer_id].add(dossier_id)
    return [
        Driving(
            id=ride.id,
            area=ride.volunteer.pc4,
            car=ride.car,
            avoids=frozenset(avoided[ride.volunteer_id]),
        )
        for ride in rides
    ]


def page_of_proposal(morning: Morning, found: Proposal) -> dict[str, Any]:
    """Gather what the page of a proposal shows, beside the form."""
    row, by_id = morning.meeting, {each.id: each for each in morning.rows}
    drivers = {ride.id: driver_name(ride.volunteer) for ride in morning.rides}
    return {
        "row": row,
        "when": day(row.planned_on),
        "served": len(found.seats),
        "number": len(morning.asked),
        "changes": morning.changes(found),
        "is_best": found.is_best,
        "mend": [sentence(RuleBroken(told.code, **told.values)) for told in found.mend],
        "ways": [_way(way, drivers[way.ride_id], by_id) for way in found.ways],
        "is_timed": any(way.is_timed for way in found.ways),
        "left": _left(morning, found),
    }


def _way(way: Way, driver: str, by_id: dict[UUID, Any]) -> WayLine:
    there = [(way.leaves_at, _("Weg van huis")), *_stops(way.fetches, by_id)]
    home = [(way.departs_at, _("Weg bij de inrichting")), *_stops(way.brings, by_id)]
    return WayLine(
        driver,
        is_timed=way.is_timed,
        there=_timed([*there, (way.arrives_at, _("Bij de inrichting"))]),
        home=_timed([*home, (way.home_at, _("Weer thuis"))]),
    )


def _timed(said: Iterable[tuple[time, str]]) -> list[tuple[str, str]]:
    return [(f"{at:%H:%M}", what) for at, what in said]


def _stops(stops: Iterable[Stop], by_id: dict[UUID, Any]) -> list[tuple[time, str]]:
    """Say at whose door a car is; the address itself stands on the list of the driver."""
    return [
        (stop.at, ", ".join(sorted(by_id[rider].child.first_name for rider in stop.riders))) for stop in stops
    ]


def _left(morning: Morning, found: Proposal) -> list[LeftLine]:
    """List who has no place, and who cannot be counted with yet."""
    lines = []
    for row in morning.rows:
        why = _why(row, found)
        if why and State(row.state) in LISTED:
            lines.append(LeftLine(morning.name(row), why, reverse("products:child_home", args=[row.id])))
    return lines


def _why(row: Any, found: Proposal) -> list[str]:
    if row.is_fetched is None:
        return [_("Spreek eerst thuis af hoe het kind komt.")]
    return [sentence(RuleBroken(code)) for code in found.without.get(row.id, ())]
