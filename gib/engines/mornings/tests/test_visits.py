"""The calendar of fortnightly visits equals trying everything, and what is wrong with one is found out."""

import json
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from gib.core.kernel.reading import ProblemRefused, plain
from gib.engines.mornings.tests.calendars import MONDAY, drawn
from gib.engines.mornings.tests.test_checking import put
from gib.engines.mornings.visits import Calendar, answer, check, load, violations
from gib.engines.mornings.visits.command import run, schemas
from gib.engines.mornings.visits.planning import Meeting, plan

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Visit = tuple[str, date]


def small(seed: int) -> Calendar:
    """Draw two or three pairs in two fortnights, at most three hours each, in rooms for one."""
    calendar = drawn(2 + seed % 2, seed, fortnights=2)
    pairs = tuple(replace(one, slots=_few(one.slots, one.rhythm)) for one in calendar.pairs)
    slots = tuple(replace(one, capacity=1) for one in calendar.slots)
    away = tuple(
        replace(one, from_on=MONDAY + (one.from_on - MONDAY) % timedelta(28)) for one in calendar.away
    )
    away = tuple(replace(one, to_on=one.from_on + timedelta(9)) for one in away)
    return replace(calendar, pairs=pairs, slots=slots, away=away)


def _few(slots: tuple[str, ...], rhythm: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*([rhythm.slot] if rhythm else []), *slots]))[:2]


def best(raw: dict[str, Any]) -> tuple[int, int]:
    """Try every rhythm and every visit: the most visits, and of those the most in their rhythm."""
    slots = {one["id"]: one for one in raw["slots"]}
    plans = [list(ways(raw, slots, pair)) for pair in raw["pairs"]]
    found = (0, 0)
    for plan_ in product(*plans):
        visits = [
            (pair, visit) for pair, (all_, _in) in zip(raw["pairs"], plan_, strict=True) for visit in all_
        ]
        worth = (len(visits), sum(in_rhythm for _all, in_rhythm in plan_))
        if worth > found and fits(slots, visits):
            found = worth
    return found


def ways(
    raw: dict[str, Any], slots: dict[str, Any], pair: dict[str, Any]
) -> Iterator[tuple[list[Visit], int]]:
    """Give every way in which a pair can meet, each with how many visits are in its best rhythm."""
    able = [[None, *visits(raw, slots, pair, fortnight)] for fortnight in range(raw["fortnights"])]
    rhythm = pair.get("rhythm")
    for chosen in product(*able):
        keys = [(visit[0], visit[2]) for visit in chosen if visit]
        now = (
            keys.count((rhythm["slot"], rhythm["week"])) if rhythm else max(map(keys.count, keys), default=0)
        )
        yield [(visit[0], visit[1]) for visit in chosen if visit], now


def visits(
    raw: dict[str, Any], slots: dict[str, Any], pair: dict[str, Any], fortnight: int
) -> Iterator[tuple[str, date, int]]:
    """Give every visit of a pair in a fortnight: hour, day, week."""
    for name in pair["slots"]:
        for week in (1, 2):
            days = 14 * fortnight + 7 * week - 7 + DAYS.index(slots[name]["weekday"])
            on = date.fromisoformat(raw["from_on"]) + timedelta(days)
            gone = [
                one
                for one in raw.get("away", [])
                if one["id"] in (pair["mother"], pair["volunteer"], slots[name]["prison"])
                and one["from_on"] <= str(on) <= (one.get("to_on") or "9")
            ]
            if not gone:
                yield name, on, week


def fits(slots: dict[str, Any], visits_: list[tuple[dict[str, Any], Visit]]) -> bool:
    """Tell whether rooms and volunteers can do all these visits."""
    places = [visit for _pair, visit in visits_]
    if any(places.count(visit) > slots[visit[0]]["capacity"] for visit in places):
        return False
    hers: dict[tuple[str, date], list[dict[str, Any]]] = {}
    for pair, (name, on) in visits_:
        hers.setdefault((pair["volunteer"], on), []).append(slots[name])
    return not any(
        one["prison"] != other["prison"]
        or (one["starts_at"] < other["ends_at"] and other["starts_at"] < one["ends_at"])
        for found in hers.values()
        for at, one in enumerate(found)
        for other in found[at + 1 :]
    )


def test_no_calendar_of_a_few_pairs_is_better() -> None:
    shifted = missed = 0
    for seed in range(60):
        calendar = small(seed)
        got = answer(calendar)
        assert tuple(one.value for one in got.goals) == best(plain(calendar)), seed
        assert got.is_best
        shifted, missed = shifted + got.shifted, missed + got.missed
    assert shifted > 5
    assert missed > 5


def test_every_pair_meets_once_a_fortnight_at_its_hour_or_the_answer_says_when_not() -> None:
    calendar = drawn(24, 1)
    got = answer(calendar)
    assert got.is_best
    for one in got.pairs:
        assert sorted([*(visit.fortnight for visit in one.visits), *one.missed]) == [*range(6)]
        assert one.shifted == sum(not visit.is_in_rhythm for visit in one.visits)
    assert got.goals[0].value == 24 * 6 - got.missed
    assert got.goals[1].value == got.goals[0].value - got.shifted
    fixed = {pair.id: pair.rhythm for pair in calendar.pairs if pair.rhythm}
    assert fixed
    assert {one.pair: one.rhythm for one in got.pairs if one.pair in fixed} == fixed


def test_the_same_calendar_gives_the_same_answer() -> None:
    calendar = drawn(20, 3)
    turned = replace(
        calendar, pairs=calendar.pairs[::-1], slots=calendar.slots[::-1], away=calendar.away[::-1]
    )
    written = [json.dumps(plain(answer(each))) for each in (calendar, turned, drawn(20, 4))]
    assert written[0] == written[1] != written[2]


Spoil = Callable[[Meeting], Meeting]
SPOILT: dict[str, Spoil] = {
    "hour": lambda one: replace(one, on=one.on + timedelta(1)),
    "twice": lambda one: one,
    "rhythm": lambda one: replace(one, on=one.on + timedelta(7 if (one.on - MONDAY).days % 14 < 7 else -7)),
}


@pytest.mark.parametrize("code", SPOILT)
def test_a_calendar_that_breaks_a_rule_is_found_out(code: str) -> None:
    calendar = drawn(20, 3)
    planned = plan(calendar)
    assert list(violations(calendar, planned.meetings, planned.rhythms)) == []
    first = next(one for one in planned.meetings if one.is_in_rhythm)
    rest = [one for one in planned.meetings if one != first or code == "twice"]
    found = violations(calendar, (*rest, SPOILT[code](first)), planned.rhythms)
    assert code in {text.split()[0] for text in found}


def test_rooms_absences_and_volunteers_are_looked_at_too() -> None:
    calendar = drawn(20, 3)
    planned = plan(calendar)
    tight = replace(calendar, slots=tuple(replace(one, capacity=0) for one in calendar.slots))
    assert all(text.startswith("capacity") for text in violations(tight, planned.meetings, planned.rhythms))
    away = tuple(replace(one, from_on=MONDAY, to_on=None) for one in calendar.away)
    gone = replace(calendar, away=away)
    assert "away" in {text.split()[0] for text in violations(gone, planned.meetings, planned.rhythms)}
    one = replace(calendar, pairs=tuple(replace(pair, volunteer="v") for pair in calendar.pairs))
    assert "two_places" in {text.split()[0] for text in violations(one, planned.meetings, planned.rhythms)}


FAULTS: dict[str, tuple[Callable[[Any], object], str]] = {
    "a Tuesday": (put("from_on", "2011-01-18"), "$.from_on: must be a Monday"),
    "more than a year": (put("fortnights", 27), "$.fortnights: must be at most 26"),
    "no fortnight": (put("fortnights", 0), "$.fortnights: must be at least 1"),
    "an hour twice": (
        lambda raw: raw["slots"].append(raw["slots"][0]),
        "$.slots[8].id: is the same slot as number 0",
    ),
    "an hour of no time": (put("slots[0].ends_at", "10:00"), "$.slots[0].ends_at: must lie after starts_at"),
    "a room for less than nobody": (put("slots[0].capacity", -1), "$.slots[0].capacity: must be at least 0"),
    "an unknown day": (put("slots[0].weekday", "maandag"), "$.slots[0].weekday: must be one of mon"),
    "a pair twice": (put("pairs[1].id", "p000"), "$.pairs[1].id: is the same pair as number 0"),
    "a mother twice": (put("pairs[1].mother", "m000"), "$.pairs[1].mother: is the same mother as number 0"),
    "a pair without hours": (put("pairs[1].slots", []), "$.pairs[1].slots: must hold at least one item"),
    "an unknown hour": (put("pairs[1].slots", ["x"]), "$.pairs[1].slots[0]: names no slot"),
    "a rhythm they cannot": (
        put("pairs[1].rhythm", {"slot": "x", "week": 1}),
        "$.pairs[1].rhythm.slot: names no slot",
    ),
    "a third week": (
        put("pairs[1].rhythm", {"slot": "x", "week": 3}),
        "$.pairs[1].rhythm.week: must be 1 or 2",
    ),
    "nobody away": (
        put("away", [{"id": "x", "from_on": "2011-01-17"}]),
        "$.away[0].id: names no mother, volunteer",
    ),
    "back before away": (
        put("away", [{"id": "m000", "from_on": "2011-01-17", "to_on": "2011-01-16"}]),
        "$.away[0].to_on: lies before from_on",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_with_its_path_and_its_rule(name: str) -> None:
    raw = plain(drawn(3, 1))
    change, wanted = FAULTS[name]
    change(raw)
    with pytest.raises(ProblemRefused) as refused:
        load(json.dumps(raw))
    assert any(str(fault).startswith(wanted) for fault in refused.value.faults), str(refused.value)


def test_the_command_answers_or_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, calendar = tmp_path / "visits.json", drawn(6, 1)
    check(calendar)
    file.write_text(json.dumps(plain(calendar)), "utf-8")
    assert run(Namespace(file=str(file), seconds=30.0)) == 0
    written = json.loads(capsys.readouterr().out)
    assert written["is_best"] is True
    assert (
        written.keys()
        <= schemas()["visits-answer.schema.json"]["$defs"]["CalendarAnswer"]["properties"].keys()
    )
    file.write_text("[]", "utf-8")
    assert run(Namespace(file=str(file), seconds=30.0)) == 1
    assert capsys.readouterr().err.startswith("$: must be an object")
