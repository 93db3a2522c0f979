"""A plan that breaks a rule is found out, by the inspector of the engine and by the tests' own."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from gib.core.kernel.reading import plain, read
from gib.engines.mornings import PlanBroken, answer, problem_of, violations
from gib.engines.mornings.inspecting import inspect
from gib.engines.mornings.tests.validator import found
from gib.engines.mornings.trips import Room, Trip

Raw = dict[str, Any]
Spoil = Callable[[Raw, Raw], object]

#: Minutes from the prison to h1, h2, h3, h4 and to the drivers q1, q2.
PLACES = ["pi", "h1", "h2", "h3", "h4", "q1", "q2"]


def morning() -> Raw:
    """Give a morning on which all four families come, two in each of two cars."""

    def home(at: int, **more: object) -> Raw:
        child = {"id": f"c{at}", "age": 6, "seat": "booster", "most_minutes": 75}
        return {"id": f"h{at}", "place": f"h{at}", "children": [child], **more}

    def driver(at: int, **more: object) -> Raw:
        times = {"from_at": "07:00", "until_at": "13:00"}
        return {"id": f"d{at}", "place": f"q{at}", "seats": 3, "boosters": 2, **times, **more}

    return {
        "on": "2011-01-29",
        "prison": {"place": "pi", "children_per_escort": 2},
        "places": [*PLACES],
        "minutes": [[0 if one == other else 20 for other in PLACES] for one in PLACES],
        "rounds": [
            {"id": "r1", "opens_at": "09:00", "closes_at": "09:30", "starts_at": "09:45", "ends_at": "11:15"}
            | {"families": 4, "children": 6, "adults": 3},
            {"id": "r2", "opens_at": "11:00", "closes_at": "11:30", "starts_at": "11:45", "ends_at": "12:15"}
            | {"families": 4, "children": 6, "adults": 3},
        ],
        "families": [
            {"id": f"f{at}", "since_on": f"2011-01-0{at}", "rounds": ["r1"], "homes": [home(at)]}
            for at in range(1, 5)
        ],
        "drivers": [driver(1), driver(2, escort=True)],
        "escorts": [{"id": "e1"}, {"id": "e2", "rounds": ["r2"]}],
    }


def set_(*path: str | int) -> Callable[[Any], Spoil]:
    """Give a change of the problem."""

    def to(value: object) -> Spoil:
        def spoil(problem: Raw, _plan: Raw) -> None:
            here: Any = problem
            for part in path[:-1]:
                here = here[part]
            here[path[-1]] = value

        return spoil

    return to


def plan_(*path: str | int) -> Callable[[Any], Spoil]:
    """Give a change of the plan."""

    def to(value: object) -> Spoil:
        return lambda problem, plan: set_(*path)(value)(plan, problem)

    return to


def all_late(problem: Raw, plan: Raw) -> None:
    """Let a car arrive after the gate is closed, all else in time."""
    problem["drivers"][0]["from_at"] = plan["trips"][0]["leaves_at"]
    problem["rounds"][0]["closes_at"] = "09:00"


def small_car(problem: Raw, _plan: Raw) -> None:
    problem["drivers"][0] |= {"seats": 1, "boosters": 1}


def same_homes(_problem: Raw, plan: Raw) -> None:
    for way in ("pick_ups", "drop_offs"):
        homes = {door["home"] for door in plan["trips"][0]["pick_ups"]}
        other = next(at for at, door in enumerate(plan["trips"][1][way]) if door["home"] not in homes)
        plan["trips"][1][way][other]["home"] = plan["trips"][0]["pick_ups"][0]["home"]


def not_fetched(_problem: Raw, plan: Raw) -> None:
    gone = plan["trips"].pop(0)
    plan["rounds"][0]["escorts"] = plan["rounds"][0]["escorts"][: 9 if gone["driver"] == "d1" else 1]


def apart(where: str) -> Spoil:
    """Let two families of one car, or of the room, be apart."""

    def spoil(problem: Raw, plan: Raw) -> None:
        car = [door["home"].replace("h", "f") for door in plan["trips"][0]["pick_ups"]]
        problem["apart"] = [{"family": car[0], "other": car[1], "where": where}]

    return spoil


def siblings_apart(problem: Raw, plan: Raw) -> None:
    one, other = (trip["pick_ups"][0]["home"].replace("h", "f") for trip in plan["trips"])
    families = {family["id"]: family for family in problem["families"]}
    families[one]["homes"] += families[other]["homes"]
    families[one]["together"] = True
    problem["families"].remove(families[other])
    plan["rounds"][0]["families"].remove(other)


SPOILT: dict[str, tuple[Spoil, str]] = {
    "a car with too few seats": (small_car, "morning_seats"),
    "a car without child seats": (set_("drivers", 0, "boosters")(1), "morning_child_seats"),
    "a baby without its seat": (
        set_("families", 0, "homes", 0, "children", 0, "seat")("baby"),
        "morning_child_seats",
    ),
    "a driver who does not drive them": (
        set_("drivers", 0, "avoids")(["f1", "f2", "f3", "f4"]),
        "morning_avoids",
    ),
    "a driver who leaves before she can": (set_("drivers", 0, "from_at")("09:00"), "morning_driver_time"),
    "a driver who is home too late": (set_("drivers", 0, "until_at")("12:00"), "morning_driver_time"),
    "a driver on the road too long": (set_("drivers", 0, "most_minutes")(60), "morning_driver_time"),
    "a driver who cancelled": (set_("changes")([{"kind": "driver_cancelled", "id": "d1"}]), "morning_driver"),
    "a round that is cancelled": (
        set_("changes")([{"kind": "round_cancelled", "id": "r1"}]),
        "morning_round",
    ),
    "an escort who cancelled": (
        set_("changes")([{"kind": "escort_cancelled", "id": "e1"}]),
        "morning_escorts",
    ),
    "a home fetched too early": (set_("families", 0, "homes", 0, "pick_up_from")("09:29"), "morning_window"),
    "a home fetched too late": (set_("families", 0, "homes", 0, "pick_up_until")("08:00"), "morning_window"),
    "a home where nobody is any more": (
        set_("families", 0, "homes", 0, "home_by")("11:20"),
        "morning_window",
    ),
    "a journey too long": (
        set_("families", 0, "homes", 0, "children", 0, "most_minutes")(10),
        "morning_journey",
    ),
    "a road that is longer": (set_("minutes")([[21] * 7] * 7), "morning_road"),
    "a gate that is closed": (all_late, "morning_gate"),
    "more homes than one car may": (set_("policy", "most_homes")(1), "morning_homes"),
    "a room with too many families": (set_("rounds", 0, "families")(3), "morning_families"),
    "a room with too many children": (set_("rounds", 0, "children")(3), "morning_children"),
    "a room with too many adults": (set_("rounds", 0, "adults")(1), "morning_adults"),
    "a room with too few adults": (set_("prison", "children_per_escort")(1), "morning_escorts"),
    "an escort who is not there": (plan_("rounds", 0, "escorts")(["e1", "e2"]), "morning_escorts"),
    "a driver inside who is no escort": (plan_("rounds", 0, "escorts")(["e1", "d1"]), "morning_escorts"),
    "one escort counted twice": (plan_("rounds", 0, "escorts")(["e1", "e1"]), "morning_escorts"),
    "two who may not meet in a car": (apart("car"), "morning_apart"),
    "two who may not meet inside": (apart("round"), "morning_apart"),
    "a round that a family cannot": (set_("families", 0, "rounds")(["r2"]), "morning_round"),
    "siblings in two cars": (siblings_apart, "morning_together"),
    "a home in two cars": (same_homes, "morning_two_cars"),
    "a family in two rounds": (plan_("rounds", 1, "families")(["f1"]), "morning_two_rounds"),
    "a driver twice": (
        lambda _, plan: plan["trips"].append(copy.deepcopy(plan["trips"][0])),
        "morning_driver",
    ),
    "a family that nobody fetches": (not_fetched, "morning_not_fetched"),
    "children who are not brought home": (
        lambda _, plan: plan["trips"][0]["drop_offs"].pop(),
        "morning_brought_home",
    ),
    "another count of children": (plan_("rounds", 0, "children")(5), "morning_count"),
    "another count of minutes": (plan_("trips", 0, "minutes")(1), "morning_minutes"),
    "a car that leaves before the end": (plan_("trips", 0, "departs_at")("11:00"), "morning_gate"),
    "a car that leaves home too late": (plan_("trips", 0, "leaves_at")("09:00"), "morning_road"),
    "a car that is home too soon": (plan_("trips", 0, "home_at")("11:30"), "morning_road"),
}


def broken(problem: Raw, plan: Raw) -> set[str]:
    """Ask the inspector of the engine."""
    trips = [read(Trip, trip) for trip in plan["trips"]]
    rooms = [read(Room, room) for room in plan["rounds"]]
    return {one.code for one in violations(read_problem(problem), trips, rooms)}


def read_problem(problem: Raw) -> Any:
    """Read a problem that is in order."""
    return problem_of(copy.deepcopy(problem))


@pytest.fixture
def world() -> tuple[Raw, Raw]:
    problem = morning()
    problem["policy"] = plain(read_problem(problem).policy)
    got = plain(answer(read_problem(problem)))
    assert len(got["trips"]) == 2
    assert got["rounds"][0]["escorts"] == ["e1", "d2"]
    return problem, got


def test_the_plan_itself_breaks_nothing(world: tuple[Raw, Raw]) -> None:
    problem, plan = world
    assert broken(problem, plan) == found(problem, plan) == set()


@pytest.mark.parametrize("name", SPOILT)
def test_a_plan_that_breaks_a_rule_is_found_out(world: tuple[Raw, Raw], name: str) -> None:
    problem, plan = world
    spoil, code = SPOILT[name]
    spoil(problem, plan)
    assert code in broken(problem, plan)
    assert code in found(problem, plan)


def test_a_plan_that_breaks_a_rule_is_not_given(world: tuple[Raw, Raw]) -> None:
    problem, plan = world
    plan["trips"][0]["minutes"] += 1
    trips = [read(Trip, trip) for trip in plan["trips"]]
    rooms = [read(Room, room) for room in plan["rounds"]]
    with pytest.raises(PlanBroken, match="morning_minutes d1"):
        inspect(read_problem(problem), trips, rooms)
