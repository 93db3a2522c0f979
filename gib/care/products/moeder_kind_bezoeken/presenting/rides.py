"""Transport of a morning on the screen: who drives whom, what stands in the way, and who has no car yet."""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gib.care.products.models import GroupMeeting
from gib.care.products.moeder_kind_bezoeken.domain import BEFORE, LISTED, OFF, State
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild, Ride, reasons_by_driver, seats_taken
from gib.core.ui.words import short_name
from gib.core.vault import boxes
from gib.engines.mornings.problem import Seat
from gib.people.volunteers.domain import LACKS
from gib.people.volunteers.domain import State as Helper
from gib.people.volunteers.models import Volunteer


@dataclass(frozen=True)
class RideLine:
    """One car of a morning: who drives, what is wrong with it today, and who sits in it."""

    id: UUID
    driver: str
    full_name: str
    state: str
    car: str
    lacks: list[str]
    children: list[tuple[str, str]]
    steps: list[tuple[str, str]] = field(default_factory=list)

    @property
    def may_drive(self) -> bool:
        """Tell whether the children may go with her."""
        return self.state == "ride.planned"


def rides_of(request: Any, meeting: GroupMeeting, rows: list[Any]) -> list[RideLine]:
    """List the cars of a morning; the papers of all drivers are looked at together, for that day.

    Args:
        rows: the children of this morning, as this reader may see them.
    """
    found = _rides(request, meeting_id=meeting.pk)
    people = [row.volunteer for row in found if not row.cancelled_on]
    reasons = reasons_by_driver(people, meeting.prison_id, meeting.planned_on)
    inside = [row for row in rows if State(row.state) not in OFF]
    return [_line(row, reasons, inside) for row in found]


def _rides(request: Any, **which: Any) -> list[Any]:
    """Read cars with who drives them: a ride lies in the box of its driver, so one key opens both."""
    rows = Ride.visible_to(request.actor, request.now.on).filter(**which)
    return list(rows.select_related("volunteer").order_by("planned_on", "id").unlocked())


def rides_going(request: Any, meeting_id: int) -> list[Any]:
    """Read the cars of a morning that were not called off."""
    return _rides(request, meeting_id=meeting_id, cancelled_on__isnull=True)


def _line(row: Any, reasons: dict[UUID, tuple[str, ...]], inside: list[Any]) -> RideLine:
    mine = [each for each in inside if each.ride_id == row.id]
    line = RideLine(
        id=row.id,
        driver=driver_name(row.volunteer),
        full_name=f"{row.volunteer.given_name} {row.volunteer.family_name}",
        state="ride.cancelled",
        car=car_of(row, len(mine)),
        lacks=[],
        children=[(each.child.first_name, window(each)) for each in mine],
    )
    if row.cancelled_on:
        return line
    lacks = [str(LACKS[reason]) for reason in reasons[row.volunteer_id]]
    state = "ride.papers" if lacks else "ride.planned"
    return replace(line, state=state, lacks=lacks, steps=_steps(row.id))


def _steps(ride_id: UUID) -> list[tuple[str, str]]:
    return [
        (reverse("products:ride_list", args=[ride_id]), _("Lijst")),
        (reverse("products:ride_cancel", args=[ride_id]), _("Zeg de rit af")),
    ]


def car_of(row: Any, taken: int) -> str:
    """Say how full a car is, and which child seats it has."""
    told = [_("%(taken)d van %(seats)d plekken bezet") % {"taken": taken, "seats": row.seats}]
    if row.boosters:
        told.append(
            ngettext("%(number)d zitverhoger", "%(number)d zitverhogers", row.boosters)
            % {"number": row.boosters}
        )
    if row.babies:
        told.append(
            ngettext("%(number)d babystoel", "%(number)d babystoelen", row.babies) % {"number": row.babies}
        )
    return ", ".join(told)


def window(row: Any) -> str:
    """Say between which times a child is fetched; empty when nobody fetches it."""
    return f"{row.pick_up_from:%H:%M} - {row.pick_up_until:%H:%M}" if row.pick_up_from else ""


def is_unserved(row: Any) -> bool:
    """Tell whether a child that was invited has no way to come yet."""
    return State(row.state) in BEFORE & LISTED and row.is_fetched is not False and row.ride_id is None


def way(row: Any, cars: dict[UUID, RideLine]) -> str:
    """Say how a child comes, without where it lives."""
    if row.ride_id in cars:
        return _("Met %(driver)s, ophalen %(window)s") % {
            "driver": cars[row.ride_id].driver,
            "window": window(row),
        }
    if row.is_fetched is None:
        return _("Nog niet afgesproken hoe het kind komt")
    return (
        _("Ophalen %(window)s, nog geen auto") % {"window": window(row)}
        if row.is_fetched
        else _("Wordt van huis gebracht")
    )


def drivers(request: Any, meeting: GroupMeeting) -> list[tuple[str, str]]:
    """List who may drive to a morning and does not drive yet: the choices of a form."""
    actor, on = request.actor, request.now.on
    taken = Ride.visible_to(actor, on).filter(meeting_id=meeting.pk, cancelled_on__isnull=True)
    driving = {row.volunteer_id for row in taken}
    people = list(Volunteer.of_team(actor, on).filter(state=Helper.AVAILABLE))
    reasons = reasons_by_driver(people, meeting.prison_id, meeting.planned_on)
    able = [row for row in people if row.id not in driving and not reasons[row.id]]
    boxes.unlock(row.id for row in able)
    return sorted(((str(row.id), driver_name(row)) for row in able), key=lambda choice: choice[1])


def cars(request: Any, row: Any) -> list[tuple[str, str]]:
    """List the cars of the morning of a child with how full each is: the choices of a form."""
    found = rides_going(request, row.meeting_id)
    others: Any = MeetingChild.visible_to(request.actor, request.now.on).filter(meeting_id=row.meeting_id)
    taken = seats_taken(others.coming())
    return [
        (str(each.id), f"{driver_name(each.volunteer)}: {car_of(each, len(taken[each.id]))}")
        for each in found
    ]


def driver_name(driver: Any) -> str:
    """Give the short name of a driver."""
    return short_name(f"{driver.given_name} {driver.family_name}")


def at_home(request: Any, row: Any) -> dict[str, Any]:
    """Give what was agreed for this morning, or else for the last one of this child, for its form."""
    known = row if row.is_fetched is not None else _last_time(request, row)
    return {
        "how": {True: "auto", False: "zelf", None: ""}[known.is_fetched],
        "place": known.pick_up_place,
        "pick_up_from": f"{known.pick_up_from:%H:%M}" if known.pick_up_from else "",
        "pick_up_until": f"{known.pick_up_until:%H:%M}" if known.pick_up_until else "",
        "seat": Seat(known.seat),
    }


def _last_time(request: Any, row: Any) -> Any:
    before = MeetingChild.visible_to(request.actor, request.now.on).filter(
        child_id=row.child_id, is_fetched__isnull=False
    )
    return before.order_by("-meeting__planned_on").first() or row
