"""A visit morning as the coordinator sees it, and as the gate sees it."""

from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.products.domain.meeting import State as Meeting
from gib.care.products.models import GroupMeeting, norm
from gib.care.products.moeder_kind_bezoeken import words
from gib.care.products.moeder_kind_bezoeken.domain import (
    AWAY,
    BEFORE,
    LISTED,
    State,
    return_alarm,
)
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild, gates
from gib.care.products.moeder_kind_bezoeken.presenting.rides import RideLine, is_unserved, rides_of, way
from gib.care.products.presenting import names
from gib.core.access.together import Steps, begin, in_steps
from gib.core.kernel.clock import Now
from gib.core.ui.words import day

#: Steps of the day itself.
DAY: Final = frozenset({"opgehaald", "binnen", "geweigerd", "terug"})


@dataclass(frozen=True)
class ChildLine:
    """One child of a morning: its state, what is missing at the gate, how it comes, and what one may do."""

    id: UUID
    name: str
    mother: str
    states: list[str]
    missing: list[str]
    back: str
    way: str = ""
    steps: list[tuple[str, str]] = field(default_factory=list)
    more: list[tuple[str, str]] = field(default_factory=list)


def morning(request: Any, row: GroupMeeting) -> dict[str, Any]:
    """Gather what the page of a morning shows, with the reasons of each gate."""
    rows = children_of(request, row)
    cars = rides_of(request, row, rows)
    lines = _lines(request, rows, cars)
    return {
        "row": row,
        "when": day(row.planned_on),
        "state": f"meeting.{row.state}",
        "children": lines,
        "number": len(lines),
        "rides": cars,
        "unserved": [each.child.first_name for each in rows if is_unserved(each)],
        "is_planned": row.state == Meeting.PLANNED,
        "may_plan": bool(cars) and any(each.is_fetched for each in rows),
    }


def children_of(request: Any, meeting: GroupMeeting) -> list[Any]:
    """Read the children of a morning; each comes with what this reader may see of the child."""
    rows = MeetingChild.visible_to(request.actor, request.now.on).filter(meeting_id=meeting.pk)
    return list(rows.select_related("meeting", "child").order_by("back_time", "id").unlocked())


def _lines(request: Any, rows: list[Any], cars: list[RideLine]) -> list[ChildLine]:
    mothers = names.mothers(request, [row.dossier_id for row in rows])
    found = gates(rows)
    minutes = norm("return_alarm_minutes", request.now.on)
    by_id = {car.id: car for car in cars}
    return [_line(row, mothers, found[row.id], request.now, minutes, by_id) for row in rows]


def _line(
    row: Any, mothers: dict[UUID, str], gate: Any, now: Now, minutes: int, cars: dict[UUID, RideLine]
) -> ChildLine:
    state = State(row.state)
    return ChildLine(
        id=row.id,
        name=row.child.first_name,
        mother=mothers.get(row.dossier_id, ""),
        states=[f"child.{state}", *_flags(row, now, minutes, is_open=gate.is_open)],
        missing=[words.lacks(gate, criterion) for criterion in gate.missing if state in BEFORE],
        back=f"{row.back_time:%H:%M}",
        way=way(row, cars) if state in BEFORE | AWAY else "",
        steps=_steps(row),
        more=_more(row),
    )


def _flags(row: Any, now: Now, minutes: int, *, is_open: bool) -> list[str]:
    """Name what asks for attention beside the state of a child."""
    state = State(row.state)
    flags = {
        "child.alarm": return_alarm(state, row.planned_back, now.at, minutes),
        "child.gate_blocked": not is_open and state in LISTED,
        "child.unserved": is_unserved(row),
        "child.not_reminded": state in LISTED & BEFORE and row.reminded_on is None,
        "child.unsigned": state is State.RETURNED and row.signed_at is None,
    }
    return [flag for flag, is_so in flags.items() if is_so]


def _steps(row: Any) -> list[tuple[str, str]]:
    """Give the next steps towards a visit; those of the day itself stand on the page of the day."""
    state, ways = State(row.state), words.NEXT.get(State(row.state), ())
    if state not in BEFORE:
        return []
    return [
        (reverse("products:child_step", args=[row.id, slug]), str(verb))
        for slug, verb in ways
        if slug not in DAY
    ]


def _more(row: Any) -> list[tuple[str, str]]:
    """Give what can be arranged for a child that has not left home."""
    if State(row.state) not in BEFORE:
        return []
    found: list[tuple[str, list[str], str]] = [
        ("child_gate", [], _("Voorwaarden")),
        ("child_cancel", [], _("Komt niet")),
    ]
    if row.ride_id:
        found.append(("child_step", ["uit-de-auto"], _("Uit de auto")))
    else:
        found.append(("child_home", [], _("Afspraak thuis")))
        found += [("child_seat", [], _("In een auto"))] if row.is_fetched else []
    if State(row.state) in LISTED and row.reminded_on is None:
        found.append(("child_step", ["herinnerd"], _("Thuis herinnerd")))
    return [(reverse(f"products:{name}", args=[row.id, *words]), verb) for name, words, verb in found]


def answers(row: Any) -> dict[str, Any]:
    """Give what is known of a gate, for its form."""
    return {
        "child_wants": {True: "ja", False: "nee", None: ""}[row.child_wants],
        "has_escort": row.has_escort,
        "identity_seen": row.identity_seen_on is not None,
        "is_approved": row.approved_on is not None,
    }


@in_steps
def away(request: Any) -> Steps[list[tuple[Any, str, bool]]]:
    """Give the children that are with us now: the row, the mother's name, and whether it should be home."""
    rows: Any = MeetingChild.of_team(request.actor, request.now.on)
    found = yield rows.away().select_related("meeting", "child").opening()
    mothers = yield from begin(names.mothers, request, [row.dossier_id for row in found])
    minutes = norm("return_alarm_minutes", request.now.on) if found else 0
    return [
        (
            row,
            mothers.get(row.dossier_id, ""),
            return_alarm(State(row.state), row.planned_back, request.now.at, minutes),
        )
        for row in found
    ]
