"""Since when a mother waits for a volunteer and what came of it, beside a count day by day."""

from datetime import date, timedelta
from random import Random

import pytest

from gib.care.products.domain.waiting import Wait, WaitEnd, waits_of, waits_since

FIRST = date(2010, 3, 1)
Met = list[tuple[date, date | None]]


def on(days: int) -> date:
    return FIRST + timedelta(days=days)


def told(met: list[tuple[int, int | None]], stopped: int | None = None) -> list[tuple[int, int | None, str]]:
    """Write the waits of a part that was planned on day 0 in days."""
    spans: Met = [(on(first), None if last is None else on(last)) for first, last in met]
    found = waits_of(FIRST, spans, None if stopped is None else on(stopped))
    return [
        ((each.from_on - FIRST).days, (each.to_on - FIRST).days if each.to_on else None, str(each.end))
        for each in found
    ]


@pytest.mark.parametrize(
    ("met", "stopped", "waits"),
    [
        ([], None, [(0, None, "waiting")]),
        ([], 9, [(0, 9, "stopped")]),
        ([], 0, [(0, 0, "stopped")]),
        ([(4, None)], None, [(0, 4, "found")]),
        ([(4, 30)], 30, [(0, 4, "found")]),
        ([(4, 30)], None, [(0, 4, "found"), (30, None, "waiting")]),
        ([(4, 30)], 40, [(0, 4, "found"), (30, 40, "stopped")]),
        ([(4, 30), (50, None)], None, [(0, 4, "found"), (30, 50, "found")]),
        ([(4, 30), (30, None)], None, [(0, 4, "found")]),
        ([(4, 30), (20, None)], None, [(0, 4, "found")]),
        ([(50, 60), (4, 30)], 60, [(0, 4, "found"), (30, 50, "found")]),
        ([(0, None)], None, [(0, 0, "found")]),
        ([(-5, None)], None, [(-5, -5, "found")]),
    ],
)
def test_a_wait_ends_when_they_meet_or_her_part_ends(
    met: list[tuple[int, int | None]], stopped: int | None, waits: list[tuple[int, int | None, str]]
) -> None:
    assert told(met, stopped) == waits


def test_who_waits_on_has_waited_up_to_today() -> None:
    assert Wait(FIRST, None, WaitEnd.WAITING).days(on(17)) == 17
    assert Wait(FIRST, on(5), WaitEnd.FOUND).days(on(17)) == 5


def test_she_waits_since_her_part_was_planned_or_since_her_last_match_ended() -> None:
    assert waits_since(FIRST, []) == FIRST
    assert waits_since(FIRST, [on(8), on(3)]) == on(8)


def day_by_day(met: list[tuple[int, int | None]], stopped: int | None, until: int) -> list[int]:
    """Count the days on whose evening she was waiting, as a coordinator with a wall calendar would."""

    def has_one(day: int) -> bool:
        return any(first <= day and (last is None or day < last) for first, last in met)

    end = until if stopped is None else min(stopped, until)
    return [day for day in range(end) if not has_one(day)]


def test_a_calendar_on_the_wall_counts_the_same_days() -> None:
    dice, seen = Random(5), set()
    for _ in range(2000):
        met: list[tuple[int, int | None]] = []
        for _match in range(dice.randint(0, 3)):
            first = dice.randint(1, 80)
            met.append((first, first + dice.randint(1, 30)))
        if met and dice.random() < 0.4:
            first, _last = max(met)
            met[met.index(max(met))] = (first, None)
        last = max((last or first for first, last in met), default=0)
        goes_on = any(end is None for _first, end in met) or dice.random() < 0.5
        stopped = None if goes_on else last + dice.randint(0, 20)
        waits = told(met, stopped)
        waited = {
            day for first, until, _end in waits for day in range(first, 140 if until is None else until)
        }
        assert waited == set(day_by_day(met, stopped, 140)), (met, stopped)
        seen |= {end for _first, _until, end in waits}
    assert seen == set(WaitEnd)
