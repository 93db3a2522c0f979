"""The day of a visit morning on one page: where each child is now, and one press for what comes next."""

from dataclasses import dataclass, field
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.products.domain.meeting import State as Meeting
from gib.care.products.models import GroupMeeting, norm
from gib.care.products.moeder_kind_bezoeken import words
from gib.care.products.moeder_kind_bezoeken.domain import AWAY, LISTED, State, return_alarm
from gib.care.products.moeder_kind_bezoeken.models import gates
from gib.care.products.moeder_kind_bezoeken.presenting import children_of
from gib.care.products.moeder_kind_bezoeken.presenting.rides import rides_of, way
from gib.core.kernel.dates import ZONE
from gib.core.ui.words import day

#: The order of the page: who is away and late first, who is home last.
_ORDER: Final = (
    *(State.REFUSED_AT_GATE, State.INSIDE, State.PICKED_UP),
    *(State.CONFIRMED, State.INVITED, State.RETURNED),
)
#: The child has not left home; and the step that asks who takes it back.
_AT_HOME: Final = (State.INVITED, State.CONFIRMED)
_HOME: Final = "thuis"


@dataclass(frozen=True)
class DayLine:
    """One child on the day: first name only, since others may look along in a corridor.

    `presses` are sent at once; `asks` lead to a form.
    """

    name: str
    states: list[str]
    told: list[str]
    is_late: bool
    presses: list[tuple[str, str]] = field(default_factory=list)
    asks: list[tuple[str, str]] = field(default_factory=list)
    undo: str = ""


def day_page(request: Any, row: GroupMeeting) -> dict[str, Any]:
    """Gather the page of the day; who was called off is not on it, who may not come is named as such."""
    rows = [each for each in children_of(request, row) if State(each.state) in LISTED]
    cars = {car.id: car for car in rides_of(request, row, rows)}
    found, minutes = gates(rows), norm("return_alarm_minutes", request.now.on)
    is_today = row.planned_on == request.now.on and row.state != Meeting.CANCELLED
    lines = [
        _line(each, way(each, cars), _seen(each, request, minutes, found, is_today=is_today))
        for each in sorted(rows, key=_place)
    ]
    return {
        "row": row,
        "when": day(row.planned_on),
        "children": sorted(lines, key=lambda line: not line.is_late),
        "counts": _counts(rows),
        "is_today": is_today,
    }


def _place(row: Any) -> tuple[int, Any, Any]:
    return _ORDER.index(State(row.state)), row.pick_up_from or row.back_time, row.id


def _counts(rows: list[Any]) -> list[tuple[int, str]]:
    states = [State(row.state) for row in rows]
    away = sum(state in AWAY for state in states)
    home = states.count(State.RETURNED)
    return [
        (len(rows) - away - home, _("nog thuis")),
        (away, _("bij ons")),
        (home, _("weer thuis")),
    ]


@dataclass(frozen=True)
class _Seen:
    """What decides which buttons a child has: it is late, it may not come, or it is not the day."""

    is_late: bool
    is_shut: bool
    is_today: bool


def _seen(row: Any, request: Any, minutes: int, gates_of: Any, *, is_today: bool) -> _Seen:
    state = State(row.state)
    return _Seen(
        is_late=return_alarm(state, row.planned_back, request.now.at, minutes),
        is_shut=state in _AT_HOME and not gates_of[row.id].is_open,
        is_today=is_today,
    )


def _line(row: Any, way_there: str, seen: _Seen) -> DayLine:
    state = State(row.state)
    ways = _ways(state, seen)
    return DayLine(
        name=row.child.first_name,
        states=[f"child.{state}", *_flags(row, seen)],
        told=_told(row, way_there if state in _AT_HOME else ""),
        is_late=seen.is_late,
        presses=[(_at(row, "child_step", slug), str(verb)) for slug, verb in ways if slug != _HOME],
        asks=[(_at(row, "child_back"), str(verb)) for slug, verb in ways if slug == _HOME],
        undo=_at(row, "child_step", "terug") if state not in _AT_HOME else "",
    )


def _ways(state: State, seen: _Seen) -> tuple[Any, ...]:
    """Give the next steps; a child that may not come has none, nor has who is at home on another day."""
    if seen.is_shut or not (seen.is_today or state in AWAY):
        return ()
    return words.NEXT.get(state, ())


def _flags(row: Any, seen: _Seen) -> list[str]:
    flags = {
        "child.alarm": seen.is_late,
        "child.gate_blocked": seen.is_shut,
        "child.unsigned": State(row.state) is State.RETURNED and row.signed_at is None,
    }
    return [flag for flag, is_so in flags.items() if is_so]


def _at(row: Any, name: str, *more: str) -> str:
    return reverse(f"products:{name}", args=[row.id, *more])


def _told(row: Any, way_there: str) -> list[str]:
    """Say what happened until now and what is agreed, each with its time."""
    moments = (
        (_("opgehaald %(time)s"), row.picked_up_at),
        (_("binnen %(time)s"), row.inside_at),
        (_("poort dicht %(time)s"), row.refused_at),
        (_("weer thuis %(time)s"), row.returned_at),
    )
    past = [words % {"time": f"{at.astimezone(ZONE):%H:%M}"} for words, at in moments if at]
    handed = [_("Meegegeven aan %(who)s") % {"who": row.handed_to}] if row.handed_to else []
    agreed = [_("Weer thuis om %(time)s") % {"time": f"{row.back_time:%H:%M}"}] if not row.returned_at else []
    return [text for text in (way_there, ", ".join(past).capitalize(), *handed, *agreed) if text]
