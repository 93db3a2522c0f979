"""The best calendar: as many visits as possible, as few of them as possible off the rhythm of their pair.

A visit in the rhythm and a visit off it are different variables, so that the rows nearly say it all and the
solver hardly has to try.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

from gib.engines.mornings.solver import Goal, Programme, Reached, Solver, solve
from gib.engines.mornings.visits.problem import Calendar, Pair, Rhythm, Slot, Weekday

_DAYS = tuple(Weekday)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A visit of a pair in a fortnight, counted from 0."""

    pair: str
    fortnight: int
    slot: str
    on: date
    is_in_rhythm: bool


@dataclass(frozen=True)
class Planned:
    """The calendar in numbers: the rhythm of each pair, the visits, and the proof."""

    rhythms: dict[str, Rhythm]
    meetings: tuple[Meeting, ...]
    reached: tuple[Reached, ...]


@dataclass
class _Model:
    calendar: Calendar
    programme: Programme = field(default_factory=Programme)
    rhythm: dict[tuple[str, str, int], int] = field(default_factory=dict)
    meetings: dict[int, Meeting] = field(default_factory=dict)


def plan(calendar: Calendar, seconds: float = 30, solver: Solver = solve) -> Planned:
    """Plan the calendar; with the same calendar it is the same, unless the seconds on the clock are over."""
    model = _Model(calendar)
    for pair in sorted(calendar.pairs, key=lambda one: one.id):
        _pair(model, pair)
    _capacity(model)
    _one_place(model)
    held = Goal("held", dict.fromkeys(model.meetings, 1))
    rhythm = {at: 1 for at, one in model.meetings.items() if one.is_in_rhythm}
    found = solver(model.programme, [held, Goal("in_rhythm", rhythm)], seconds)
    return Planned(
        {pair: Rhythm(slot, week) for (pair, slot, week), at in model.rhythm.items() if found.values[at]},
        tuple(one for at, one in model.meetings.items() if found.values[at]),
        found.reached,
    )


def _pair(model: _Model, pair: Pair) -> None:
    """A pair has one rhythm, and one visit in a fortnight: in its rhythm or off it."""
    slots = [slot for slot in sorted(model.calendar.slots, key=lambda one: one.id) if slot.id in pair.slots]
    able = _rhythms(pair)
    for slot, week in able:
        model.rhythm[pair.id, slot, week] = model.programme.variable()
    model.programme.at_most({model.rhythm[pair.id, slot, week]: 1 for slot, week in able}, 1)
    for fortnight in range(model.calendar.fortnights):
        _fortnight(model, pair, slots, fortnight)


def _rhythms(pair: Pair) -> list[tuple[str, int]]:
    if pair.rhythm:
        return [(pair.rhythm.slot, pair.rhythm.week)]
    return [(slot, week) for slot in sorted(pair.slots) for week in (1, 2)]


def _fortnight(model: _Model, pair: Pair, slots: list[Slot], fortnight: int) -> None:
    here = []
    for slot in slots:
        for week in (1, 2):
            on = day(model.calendar, slot, fortnight, week)
            if is_free(model.calendar, pair, slot, on):
                here += list(_meetings(model, Meeting(pair.id, fortnight, slot.id, on, False), week))
    model.programme.at_most(dict.fromkeys(here, 1), 1)


def _meetings(model: _Model, off: Meeting, week: int) -> Iterator[int]:
    at = model.programme.variable()
    model.meetings[at] = off
    yield at
    rhythm = model.rhythm.get((off.pair, off.slot, week))
    if rhythm is not None:
        at = model.programme.variable()
        model.meetings[at] = Meeting(off.pair, off.fortnight, off.slot, off.on, True)
        model.programme.at_most({at: 1, rhythm: -1}, 0)
        yield at


def day(calendar: Calendar, slot: Slot, fortnight: int, week: int) -> date:
    """Give the day of a slot in the first or second week of a fortnight."""
    return calendar.from_on + timedelta(days=14 * fortnight + 7 * (week - 1) + _DAYS.index(slot.weekday))


def is_free(calendar: Calendar, pair: Pair, slot: Slot, on: date) -> bool:
    """Tell whether both can on a day and the prison is open."""
    names = (pair.mother, pair.volunteer, slot.prison)
    return not any(
        one.id in names and one.from_on <= on and (one.to_on is None or on <= one.to_on)
        for one in calendar.away
    )


def _capacity(model: _Model) -> None:
    """A prison receives so many visits at a time."""
    capacity = {slot.id: slot.capacity for slot in model.calendar.slots}
    here: dict[tuple[date, str], list[int]] = {}
    for at, one in model.meetings.items():
        here.setdefault((one.on, one.slot), []).append(at)
    for (_on, slot), found in here.items():
        model.programme.at_most(dict.fromkeys(found, 1), capacity[slot])


def _one_place(model: _Model) -> None:
    """A volunteer of several mothers is in one place at a time, and on one day in one prison."""
    slots = {slot.id: slot for slot in model.calendar.slots}
    volunteer = {pair.id: pair.volunteer for pair in model.calendar.pairs}
    here: dict[tuple[str, date], dict[str, list[int]]] = {}
    for at, one in model.meetings.items():
        here.setdefault((volunteer[one.pair], one.on), {}).setdefault(one.slot, []).append(at)
    for found in here.values():
        for slot in found:
            model.programme.at_most(dict.fromkeys(found[slot], 1), 1)
        for first, second in combinations(sorted(found), 2):
            if clash(slots[first], slots[second]):
                model.programme.at_most(dict.fromkeys([*found[first], *found[second]], 1), 1)


def clash(one: Slot, other: Slot) -> bool:
    """Tell whether nobody can be at both on one day."""
    return one.prison != other.prison or (one.starts_at < other.ends_at and other.starts_at < one.ends_at)
