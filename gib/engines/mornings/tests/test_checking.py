"""A problem file that cannot be right is refused, and each fault is named by where it stands."""

import copy
import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from gib.core.kernel.reading import ProblemRefused, plain
from gib.engines.mornings import POLICIES, load, policy_on, problem_of
from gib.engines.mornings.tests.test_rules import Raw, morning
from gib.engines.mornings.tests.worlds import Size, drawn

BOOKED = [
    {"home": "h1", "round": "r1", "driver": "d1"},
    {"home": "h2", "round": "r1", "driver": "d1"},
    {"home": "h3", "round": "r1", "driver": "d2"},
]


def put(path: str, value: object) -> Callable[[Raw], None]:
    """Set one value in a problem; the path is written as in a fault."""

    def change(raw: Raw) -> None:
        parts = path.replace("[", ".").replace("]", "").split(".")
        *before, last = [int(part) if part.isdigit() else part for part in parts]
        here: Any = raw
        for part in before:
            here = here[part]
        here[last] = value

    return change


def both(*changes: Callable[[Raw], object]) -> Callable[[Raw], None]:
    """Make several changes."""
    return lambda raw: [change(raw) for change in changes] and None


def booked(at: int, **more: str) -> Callable[[Raw], None]:
    """Give a previous plan with one booking changed, or one more."""
    rows = copy.deepcopy([*BOOKED, {}])
    rows[at] |= more
    return put("previous", [row for row in rows if row])


FAULTS: dict[str, tuple[Callable[[Raw], object], str]] = {
    "a driver without seats": (put("drivers[1].seats", 0), "$.drivers[1].seats: must be at least 1"),
    "more child seats than seats": (
        put("drivers[1].babies", 4),
        "$.drivers[1].babies: must be at most the 3 seats",
    ),
    "a driver back before she leaves": (
        put("drivers[0].until_at", "06:59"),
        "$.drivers[0].until_at: must lie after from_at",
    ),
    "a child in two homes": (
        put("families[1].homes[0].children[0].id", "c1"),
        "$.families[1].homes[0].children[0].id: is the same child as $.families[0].homes[0].children[0].id",
    ),
    "a home twice": (put("families[2].homes[0].id", "h1"), "$.families[2].homes[0].id: is the same home as"),
    "a family twice": (put("families[2].id", "f1"), "$.families[2].id: is the same family as number 0"),
    "a driver twice": (put("drivers[1].id", "d1"), "$.drivers[1].id: is the same driver as number 0"),
    "an escort twice": (put("escorts[1].id", "e1"), "$.escorts[1].id: is the same escort as number 0"),
    "an escort who drives": (put("escorts[1].id", "d1"), "$.escorts[1].id: is a driver"),
    "a round twice": (put("rounds[1].id", "r1"), "$.rounds[1].id: is the same round as number 0"),
    "a place twice": (put("places[3]", "h1"), "$.places[3]: is the same place as number 1"),
    "rounds that overlap": (
        both(
            put("rounds[1].opens_at", "10:00"),
            put("rounds[1].closes_at", "10:00"),
            put("rounds[1].starts_at", "11:00"),
        ),
        "$.rounds[1].starts_at: overlaps round r1, which ends at 11:15",
    ),
    "a round that ends first": (
        put("rounds[0].ends_at", "09:40"),
        "$.rounds[0].ends_at: lies before starts_at",
    ),
    "a round of no time": (put("rounds[0].ends_at", "09:45"), "$.rounds[0].ends_at: is the moment at which"),
    "a gate that closes first": (
        put("rounds[0].closes_at", "08:59"),
        "$.rounds[0].closes_at: lies before opens_at",
    ),
    "a gate that closes too late": (
        put("rounds[0].closes_at", "09:46"),
        "$.rounds[0].starts_at: lies before closes_at",
    ),
    "a time that does not exist": (put("rounds[0].ends_at", "24:15"), "$.rounds[0].ends_at: must be a time"),
    "a day that does not exist": (put("on", "2011-02-29"), "$.on: must be a day"),
    "a turn in the future": (
        put("families[0].since_on", "2011-01-30"),
        "$.families[0].since_on: lies after the day",
    ),
    "a window that closes first": (
        both(
            put("families[0].homes[0].pick_up_from", "08:30"),
            put("families[0].homes[0].pick_up_until", "08:29"),
        ),
        "$.families[0].homes[0].pick_up_until: lies before pick_up_from",
    ),
    "a child of thirty": (
        put("families[0].homes[0].children[0].age", 30),
        "$.families[0].homes[0].children[0].age: must be at most 17",
    ),
    "an unborn child": (
        put("families[0].homes[0].children[0].age", -1),
        "$.families[0].homes[0].children[0].age: must be at least 0",
    ),
    "a journey of no time": (
        put("families[0].homes[0].children[0].most_minutes", 0),
        "$.families[0].homes[0].children[0].most_minutes: must be at least 1",
    ),
    "an unknown seat": (
        put("families[0].homes[0].children[0].seat", "lap"),
        "$.families[0].homes[0].children[0].seat: must be one of plain, booster, baby",
    ),
    "a home without children": (
        put("families[0].homes[0].children", []),
        "$.families[0].homes[0].children: must hold",
    ),
    "a family without homes": (
        put("families[0].homes", []),
        "$.families[0].homes: must hold at least one item",
    ),
    "no round": (put("rounds", []), "$.rounds: must hold at least one item"),
    "a room of less than nobody": (put("rounds[0].children", -1), "$.rounds[0].children: must be at least 0"),
    "no escort for any number": (
        put("prison.children_per_escort", 0),
        "$.prison.children_per_escort: must be at least 1",
    ),
    "a prison nowhere": (put("prison.place", "moon"), "$.prison.place: names no place"),
    "a home nowhere": (
        put("families[3].homes[0].place", "moon"),
        "$.families[3].homes[0].place: names no place",
    ),
    "a driver from nowhere": (put("drivers[0].place", "moon"), "$.drivers[0].place: names no place"),
    "a family in no round": (
        put("families[0].rounds", ["r1", "r9"]),
        "$.families[0].rounds[1]: names no round",
    ),
    "an escort in no round": (put("escorts[1].rounds", ["r9"]), "$.escorts[1].rounds[0]: names no round"),
    "a driver who avoids nobody": (
        put("drivers[0].avoids", ["f9"]),
        "$.drivers[0].avoids[0]: names no family",
    ),
    "apart from nobody": (
        put("apart", [{"family": "f1", "other": "f9"}]),
        "$.apart[0].other: names no family",
    ),
    "apart from itself": (
        put("apart", [{"family": "f1", "other": "f1"}]),
        "$.apart[0].other: is the same family",
    ),
    "a row of roads that lacks": (
        lambda raw: raw["minutes"].pop(),
        "$.minutes: must have 7 rows, one per place",
    ),
    "a road that lacks": (lambda raw: raw["minutes"][2].pop(), "$.minutes[2]: must have 7 numbers"),
    "a road of less than no time": (put("minutes[2][3]", -1), "$.minutes[2][3]: must be at least 0"),
    "a road of more than a day": (put("minutes[2][3]", 1441), "$.minutes[2][3]: must be at most 1440"),
    "a road of half a minute": (put("minutes[2][3]", 0.5), "$.minutes[2][3]: must be a whole number"),
    "a policy to come": (
        lambda raw: raw.update(policy=plain(POLICIES[0]) | {"from_on": "2011-02-01"}),
        "$.policy.from_on: lies after the day of the problem",
    ),
    "a change of nobody": (
        put("changes", [{"kind": "child_ill", "id": "c9"}]),
        "$.changes[0].id: names no child",
    ),
    "an unknown change": (
        put("changes", [{"kind": "snow", "id": "r1"}]),
        "$.changes[0].kind: must be one of",
    ),
    "what the mother did": (put("families[0].offence", "x"), "$.families[0].offence: is not known here"),
    "a name that lacks": (lambda raw: raw["drivers"][0].pop("seats"), "$.drivers[0].seats: is required"),
    "a booking of an unknown home": (
        booked(3, home="h9", round="r1", driver="d2"),
        "$.previous[3].home: names no home",
    ),
    "a booking in no round": (booked(1, round="r9"), "$.previous[1].round: names no round"),
    "a booking of an unknown driver": (booked(1, driver="d9"), "$.previous[1].driver: names no driver"),
    "a booking without driver": (
        booked(1, driver=""),
        "$.previous[1].driver: is for a home without own transport",
    ),
    "a child in two cars": (
        booked(3, home="h1", round="r1", driver="d2"),
        "$.previous[3].home: is a child in two cars: $.previous[0] has it too",
    ),
    "a driver on two roads": (
        booked(2, driver="d1", round="r2"),
        "$.previous[2].driver: overlaps her booking in round r1",
    ),
    "a car too full": (
        both(put("drivers[0].seats", 2), booked(2, driver="d1")),
        "$.previous[2].driver: has 2 seats for 3 people",
    ),
    "a room over capacity": (
        both(put("rounds[0].families", 2), booked(0)),
        "$.previous[2].round: is over capacity: 3 families in a room for 2",
    ),
    "children over capacity": (
        both(put("rounds[0].children", 2), booked(0)),
        "$.previous[2].round: is over capacity: 3 children in a room for 2",
    ),
    "a family in two rounds": (
        both(
            lambda raw: raw["families"][0]["homes"].append(raw["families"].pop(2)["homes"][0]),
            booked(2, round="r2"),
        ),
        "$.previous[2].round: splits a family that is in round r1",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_with_its_path_and_its_rule(name: str) -> None:
    raw = morning()
    change, wanted = FAULTS[name]
    change(raw)
    with pytest.raises(ProblemRefused) as refused:
        problem_of(raw)
    assert any(str(fault).startswith(wanted) for fault in refused.value.faults), str(refused.value)


def test_what_is_in_order_is_read() -> None:
    raw = morning() | {"previous": BOOKED, "changes": [{"kind": "driver_cancelled", "id": "d1"}]}
    problem = problem_of(raw)
    assert problem_of(plain(problem)) == problem
    assert problem.policy == policy_on(problem.on) == POLICIES[0]


def test_all_faults_are_told_at_once() -> None:
    raw = morning()
    put("drivers[0].place", "moon")(raw)
    put("families[0].since_on", "2012-01-01")(raw)
    with pytest.raises(ProblemRefused) as refused:
        problem_of(raw)
    assert [fault.path for fault in refused.value.faults] == ["$.drivers[0].place", "$.families[0].since_on"]


def test_any_value_anywhere_is_refused_or_read_but_never_breaks() -> None:
    raw: Raw = plain(drawn(Size(4, 2, 2, trouble=40), 5))
    pick = random.Random(1)
    for _ in range(400):
        broken = copy.deepcopy(raw)
        here: Any = broken
        while isinstance(here, dict | list) and here:
            at = pick.choice(list(here) if isinstance(here, dict) else range(len(here)))
            if not isinstance(here[at], dict | list) or pick.random() < 0.2:
                here[at] = pick.choice([None, -1, 10**9, "", "x", [], {}, True, "2011-02-30", 1.5])
                break
            here = here[at]
        try:
            load(json.dumps(broken))
        except ProblemRefused as refused:
            assert all(fault.path.startswith("$") and fault.message for fault in refused.faults)
