"""The papers of a morning: for each reader what she needs for her task, and no more."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from gib.care.products.domain.meeting import State as Meeting
from gib.care.products.models import GroupMeeting
from gib.care.products.moeder_kind_bezoeken import words
from gib.care.products.moeder_kind_bezoeken.domain import LISTED, State
from gib.care.products.moeder_kind_bezoeken.models import gates
from gib.care.products.moeder_kind_bezoeken.presenting import children_of
from gib.care.products.moeder_kind_bezoeken.presenting.rides import RideLine, rides_of, window
from gib.core.ui.words import day
from gib.people.families.models import Residence
from gib.people.families.models.readers import on_day


def may_come(request: Any, meeting: GroupMeeting) -> list[Any]:
    """Give the children that may come: expected, their gate open on the day, the morning not called off."""
    if meeting.state == Meeting.CANCELLED:
        return []
    rows = [row for row in children_of(request, meeting) if State(row.state) in LISTED]
    found = gates(rows)
    return [row for row in rows if found[row.id].is_open]


def _about(meeting: GroupMeeting) -> dict[str, Any]:
    return {"row": meeting, "when": day(meeting.planned_on)}


def gate_list(request: Any, meeting: GroupMeeting) -> dict[str, Any]:
    """Give the list for the gate: children whose gate is open, and the volunteers who may bring them.

    Source: invariants 3 and 4: no reason of anybody who may not come.
    """
    rows = may_come(request, meeting)
    return _about(meeting) | {
        "children": [
            (row.child.first_name, row.child.birth_year or "", f"{row.back_time:%H:%M}") for row in rows
        ],
        "adults": [car.full_name for car in rides_of(request, meeting, rows) if car.may_drive],
    }


def ride_list(request: Any, meeting: GroupMeeting, ride_id: UUID) -> dict[str, Any]:
    """Give the list for one driver: first names, where and when to fetch, on which seat; and nothing else.

    Who may not drive that day gets no list (invariant 3).
    """
    rows = may_come(request, meeting)
    car = next(car for car in rides_of(request, meeting, rows) if car.id == ride_id)
    hers = [row for row in rows if row.ride_id == ride_id] if car.may_drive else []
    return _about(meeting) | {
        "car": car,
        "starts": f"{meeting.planned_time:%H:%M}",
        "children": [
            (
                window(row),
                row.child.first_name,
                row.pick_up_place,
                str(words.SEATS[row.seat]),
                f"{row.back_time:%H:%M}",
            )
            for row in sorted(hers, key=lambda row: (row.pick_up_from, row.id))
        ],
    }


def sign_list(request: Any, meeting: GroupMeeting) -> dict[str, Any]:
    """Give the sheet on which who takes a child back signs, by the time at which it should be home."""
    rows = may_come(request, meeting)
    cars = {car.id: car.driver for car in rides_of(request, meeting, rows)}
    return _about(meeting) | {
        "children": [
            (f"{row.back_time:%H:%M}", row.child.first_name, cars.get(row.ride_id, "")) for row in rows
        ]
    }


@dataclass(frozen=True)
class Letter:
    """What one home is told: of its own children only, also when brothers and sisters live elsewhere."""

    names: list[str]
    lines: list[str]


def letters(request: Any, meeting: GroupMeeting) -> list[Letter]:
    """Give a letter for each home from which children come.

    Children of one mother who live with different people get a letter each, so that no home reads where
    another one is.
    """
    rows = may_come(request, meeting)
    cars = {car.id: car for car in rides_of(request, meeting, rows)}
    homes: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    lives = _carers(request, meeting, rows)
    for row in rows:
        homes[row.dossier_id, lives.get(row.child_id, row.child_id), row.pick_up_place].append(row)
    return [_letter(found, cars) for found in homes.values()]


def _carers(request: Any, meeting: GroupMeeting, rows: list[Any]) -> dict[UUID, UUID]:
    """Give who cares for each child on the day, as far as that is known."""
    stays = Residence.visible_to(request.actor, request.now.on).filter(
        on_day(meeting.planned_on), child_id__in=[row.child_id for row in rows], caregiver__isnull=False
    )
    return {each.child_id: each.caregiver_id for each in stays}


def _letter(rows: list[Any], cars: dict[UUID, RideLine]) -> Letter:
    first = rows[0]
    car = cars.get(first.ride_id)
    told = {"window": window(first), "driver": car.driver if car else "", "back": f"{first.back_time:%H:%M}"}
    if not first.is_fetched:
        coming = _("U brengt het kind zelf naar de inrichting en haalt het daar weer op.")
    elif car and car.may_drive:
        coming = _("%(driver)s van Gezin in Balans haalt op tussen %(window)s.") % told
    else:
        coming = _("Wij halen op tussen %(window)s. Wie er rijdt, hoort u nog.") % told
    back = _("Het kind is om %(back)s weer thuis. Zorg dat er iemand is om te tekenen.")
    return Letter([row.child.first_name for row in rows], [coming, back % told])
