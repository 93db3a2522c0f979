"""The calendar as plain values, with its proof and the fortnights in which a pair does not meet."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from gib.engines.mornings.answer import GoalReached
from gib.engines.mornings.visits.planning import Meeting, Planned, clash, day, is_free, plan
from gib.engines.mornings.visits.problem import Calendar, Pair, Rhythm


class CalendarBroken(Exception):
    """The solver gave a calendar that breaks rules; it is not shown to anybody."""


@dataclass(frozen=True)
class PairAnswer:
    """The rhythm of a pair, empty when it never meets; its visits, and those that are off its rhythm."""

    pair: str
    rhythm: Rhythm | None
    visits: tuple[Meeting, ...]
    shifted: int
    missed: tuple[int, ...]


@dataclass(frozen=True)
class CalendarAnswer:
    """What comes out; nothing is better when each goal equals its bound.

    The goals are the visits that are held, and of those the ones in the rhythm of their pair.
    """

    from_on: date
    pairs: tuple[PairAnswer, ...]
    missed: int
    shifted: int
    is_best: bool
    goals: tuple[GoalReached, ...]
    violations: tuple[str, ...]


def answer(calendar: Calendar, seconds: float = 30) -> CalendarAnswer:
    """Plan a calendar and write it down.

    Args:
        seconds: for the solver, on the clock.

    Raises:
        CalendarBroken: the calendar breaks a rule, so the solver failed.
    """
    planned = plan(calendar, seconds)
    if wrong := list(violations(calendar, planned.meetings, planned.rhythms)):
        raise CalendarBroken("; ".join(wrong))
    pairs = tuple(_pair(calendar, planned, pair) for pair in sorted(calendar.pairs, key=lambda one: one.id))
    return CalendarAnswer(
        calendar.from_on,
        pairs,
        sum(len(one.missed) for one in pairs),
        sum(one.shifted for one in pairs),
        all(one.value == one.bound for one in planned.reached),
        tuple(GoalReached(one.code, one.value, one.bound) for one in planned.reached),
        (),
    )


def _pair(calendar: Calendar, planned: Planned, pair: Pair) -> PairAnswer:
    hers = tuple(sorted((one for one in planned.meetings if one.pair == pair.id), key=lambda one: one.on))
    met = {one.fortnight for one in hers}
    return PairAnswer(
        pair.id,
        planned.rhythms.get(pair.id, pair.rhythm) if hers else pair.rhythm,
        hers,
        sum(not one.is_in_rhythm for one in hers),
        tuple(at for at in range(calendar.fortnights) if at not in met),
    )


def violations(
    calendar: Calendar, meetings: tuple[Meeting, ...], rhythms: dict[str, Rhythm]
) -> Iterator[str]:
    """Name what is wrong with a calendar, from the problem alone: hours, days, rooms, people, rhythms."""
    for one in meetings:
        yield from _wrong(calendar, one, rhythms.get(one.pair))
    yield from _too_many(calendar, meetings)
    yield from _two_places(calendar, meetings)


def _too_many(calendar: Calendar, meetings: tuple[Meeting, ...]) -> Iterator[str]:
    capacity = {one.id: one.capacity for one in calendar.slots}
    for (pair, fortnight), count in Counter((one.pair, one.fortnight) for one in meetings).items():
        if count > 1:
            yield f"twice {pair} {fortnight}"
    for (slot, on), count in Counter((one.slot, one.on) for one in meetings).items():
        if count > capacity[slot]:
            yield f"capacity {slot} {on}"


def _wrong(calendar: Calendar, one: Meeting, rhythm: Rhythm | None) -> Iterator[str]:
    """Name what is wrong with one visit by itself."""
    pair = {each.id: each for each in calendar.pairs}[one.pair]
    slot = {each.id: each for each in calendar.slots}[one.slot]
    days = [day(calendar, slot, one.fortnight, week) for week in (1, 2)]
    usual = (rhythm.slot, days[rhythm.week - 1]) if rhythm else None
    checks = {
        "hour": one.slot not in pair.slots or one.on not in days,
        "away": not is_free(calendar, pair, slot, one.on),
        "rhythm": one.is_in_rhythm and usual != (slot.id, one.on),
    }
    for code in filter(checks.get, checks):
        yield f"{code} {one.pair} {one.on}"


def _two_places(calendar: Calendar, meetings: tuple[Meeting, ...]) -> Iterator[str]:
    volunteer = {pair.id: pair.volunteer for pair in calendar.pairs}
    slots = {slot.id: slot for slot in calendar.slots}
    days: dict[tuple[str, date], list[Meeting]] = {}
    for one in meetings:
        days.setdefault((volunteer[one.pair], one.on), []).append(one)
    for (name, on), found in days.items():
        for one, other in combinations(found, 2):
            if one.slot == other.slot or clash(slots[one.slot], slots[other.slot]):
                yield f"two_places {name} {on}"
