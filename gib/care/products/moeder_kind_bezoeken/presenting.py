"""A visit morning as the coordinator sees it, and as the gate sees it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.products.domain.meeting import State as Meeting
from gib.care.products.domain.participation import State as Part
from gib.care.products.models import GroupMeeting, Participation, norm
from gib.care.products.moeder_kind_bezoeken import words
from gib.care.products.moeder_kind_bezoeken.domain import (
    FLOW,
    LISTED,
    State,
    return_alarm,
)
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild, gates
from gib.care.products.presenting import names
from gib.core.access.together import Steps, begin, in_steps
from gib.core.kernel.clock import Now
from gib.core.ui.words import day
from gib.people.families.models import Child
from gib.people.partners.domain import Product


@dataclass(frozen=True)
class ChildLine:
    """One child of a morning: its state, what is missing at the gate, and the steps one may take."""

    id: UUID
    name: str
    mother: str
    states: list[str]
    missing: list[str]
    back: str
    steps: list[tuple[str, str]] = field(default_factory=list)


def morning(request: Any, row: GroupMeeting) -> dict[str, Any]:
    """Gather what the page of a morning shows, with the reasons of each gate."""
    rows = _rows(request, row)
    lines = _lines(request, rows)
    return {
        "row": row,
        "when": day(row.planned_on),
        "state": f"meeting.{row.state}",
        "children": lines,
        "number": len(lines),
        "is_planned": row.state == Meeting.PLANNED,
    }


def _rows(request: Any, meeting: GroupMeeting) -> list[Any]:
    """Read the children of a morning; each comes with what this reader may see of the child."""
    rows = MeetingChild.visible_to(request.actor, request.now.on).filter(meeting_id=meeting.pk)
    return list(rows.select_related("meeting", "child").order_by("back_time", "id").unlocked())


def _lines(request: Any, rows: list[Any]) -> list[ChildLine]:
    mothers = names.mothers(request, [row.dossier_id for row in rows])
    found = gates(rows)
    minutes = norm("return_alarm_minutes", request.now.on)
    return [_line(row, mothers, found[row.id], request.now, minutes) for row in rows]


def _line(row: Any, mothers: dict[UUID, str], gate: Any, now: Now, minutes: int) -> ChildLine:
    state = State(row.state)
    alarm = return_alarm(state, row.planned_back, now.at, minutes)
    shut = not gate.is_open and state in LISTED
    return ChildLine(
        id=row.id,
        name=row.child.first_name,
        mother=mothers.get(row.dossier_id, ""),
        states=[f"child.{state}", *["child.alarm"] * alarm, *["child.gate_blocked"] * shut],
        missing=[str(words.CRITERIA[criterion]) for criterion in gate.missing],
        back=f"{row.back_time:%H:%M}",
        steps=_steps(row),
    )


def _steps(row: Any) -> list[tuple[str, str]]:
    state = State(row.state)

    def at(name: str, *more: str) -> str:
        return reverse(f"products:{name}", args=[row.id, *more])

    found = [
        (at("child_back") if slug == "thuis" else at("child_step", slug), str(verb))
        for slug, verb in words.NEXT.get(state, ())
    ]
    if FLOW.may_move(state, State.CANCELLED):
        found += [(at("child_gate"), _("Voorwaarden")), (at("child_cancel"), _("Komt niet"))]
    return found


def day_list(request: Any, row: GroupMeeting) -> dict[str, Any]:
    """Give the list for the gate: only children whose gate is open on the day, and no reason of any other.

    Source: invariant 4.
    """
    rows = [each for each in _rows(request, row) if State(each.state) in LISTED]
    found = gates(rows)
    return {
        "row": row,
        "when": day(row.planned_on),
        "children": [
            (each.child.first_name, each.child.birth_year or "", f"{each.back_time:%H:%M}")
            for each in rows
            if found[each.id].is_open and row.state != Meeting.CANCELLED
        ],
    }


def answers(row: Any) -> dict[str, Any]:
    """Give what is known of a gate, for its form."""
    return {
        "child_wants": {True: "ja", False: "nee", None: ""}[row.child_wants],
        "has_escort": row.has_escort,
        "identity_seen": row.identity_seen_on is not None,
        "is_approved": row.approved_on is not None,
    }


def may_apply(request: Any, row: GroupMeeting) -> list[tuple[str, str]]:
    """List the children of mothers in this product who are not on the list yet."""
    actor, on = request.actor, request.now.on
    parts = Participation.visible_to(actor, on).filter(
        product=Product.MOEDER_KIND_BEZOEKEN, state__in=[Part.PLANNED, Part.RUNNING], prison_id=row.prison_id
    )
    part_of = {part.dossier_id: part.id for part in parts}
    gone = [State.CANCELLED, State.OVERTAKEN]
    listed = MeetingChild.visible_to(actor, on).filter(meeting_id=row.pk).exclude(state__in=gone)
    taken = {each.child_id for each in listed}
    mothers = names.mothers(request, part_of)
    children = Child.visible_to(actor, on).filter(dossier_id__in=list(part_of)).exclude(pk__in=taken)
    return [
        (
            f"{part_of[child.dossier_id]}/{child.id}",
            f"{child.first_name}, {mothers.get(child.dossier_id, '')}",
        )
        for child in children.unlocked()
    ]


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
