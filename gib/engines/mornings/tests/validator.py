"""All rules once more, over the plain JSON of problem and answer: it shares no code with the engine."""

from itertools import pairwise
from typing import Any

Raw = dict[str, Any]


def minute(text: str) -> int:
    """Count minutes from midnight."""
    hours, minutes = text.split(":")
    return 60 * int(hours) + int(minutes)


class World:
    """A problem by id, without what its changes took away."""

    def __init__(self, problem: Raw) -> None:
        self.problem, self.policy, self.prison = problem, problem["policy"], problem["prison"]
        gone = {(one["kind"], one["id"]) for one in problem.get("changes", [])}

        def left(name: str, kind: str) -> list[Raw]:
            return [one for one in problem.get(name, []) if (kind, one["id"]) not in gone]

        self.rounds = {one["id"]: one for one in left("rounds", "round_cancelled")}
        self.drivers = {one["id"]: one for one in left("drivers", "driver_cancelled")}
        self.escorts = left("escorts", "escort_cancelled")
        self.families: dict[str, Raw] = {}
        self.homes: dict[str, Raw] = {}
        for one in left("families", "family_transferred"):
            homes = {}
            for home in one["homes"]:
                well = [child for child in home["children"] if ("child_ill", child["id"]) not in gone]
                if well:
                    homes[home["id"]] = home | {"children": well, "family": one["id"]}
            if homes:
                self.families[one["id"]] = one | {"homes": list(homes.values())}
                self.homes |= homes

    def road(self, one: str, other: str) -> int:
        """Give the minutes between two places."""
        places = self.problem["places"]
        return int(self.problem["minutes"][places.index(one)][places.index(other)])

    def limit(self, home: Raw) -> int:
        """Give the longest that every child of a home may sit in a car."""
        return min(child.get("most_minutes", 90) for child in home["children"])

    def young(self, home: Raw) -> int:
        """Count who needs an adult inside."""
        age = self.prison.get("accompany_age", 12)
        return 0 if home.get("adults") else sum(child["age"] < age for child in home["children"])

    def apart(self, families: set[str], car: bool) -> bool:
        """Tell whether two of them may not meet here."""
        return any(
            {one["family"], one["other"]} <= families and (car or one.get("where", "round") == "round")
            for one in self.problem.get("apart", [])
        )


def fits(world: World, driver: Raw, homes: list[Raw]) -> set[str]:
    """Name what is wrong with people in one car, whatever the road."""
    children = [child for home in homes for child in home["children"]]
    seats = [child.get("seat", "plain") for child in children]
    families = {home["family"] for home in homes}
    wrong = {
        "morning_homes": len(homes) > world.policy["most_homes"],
        "morning_seats": len(children) + sum(home.get("adults", 0) for home in homes) > driver["seats"],
        "morning_child_seats": seats.count("booster") > driver.get("boosters", 0)
        or seats.count("baby") > driver.get("babies", 0),
        "morning_avoids": bool(families & set(driver.get("avoids", []))),
        "morning_apart": world.apart(families, car=True),
    }
    return {code for code, is_wrong in wrong.items() if is_wrong}


def room(world: World, round_: Raw, families: list[Raw], escorts: int) -> set[str]:
    """Name what is wrong with people in one room."""
    homes = [home for family in families for home in family["homes"]]
    young = sum(world.young(home) for home in homes)
    wrong = {
        "morning_families": len(families) > round_["families"],
        "morning_children": sum(len(home["children"]) for home in homes) > round_["children"],
        "morning_adults": sum(home.get("adults", 0) for home in homes) + escorts > round_["adults"],
        "morning_escorts": young > escorts * world.prison.get("children_per_escort", 4),
        "morning_apart": world.apart({family["id"] for family in families}, car=False),
        "morning_round": any(
            family.get("rounds") and round_["id"] not in family["rounds"] for family in families
        ),
    }
    return {code for code, is_wrong in wrong.items() if is_wrong}


def found(problem: Raw, answer: Raw) -> set[str]:
    """Name every rule that a written plan breaks."""
    world, broken = World(problem), set()
    trips, seen = answer["trips"], []
    if len({trip["driver"] for trip in trips}) < len(trips):
        broken.add("morning_driver")
    for trip in trips:
        broken |= _trip(world, trip)
        seen += [door["home"] for door in trip["pick_ups"]]
    if len(set(seen)) < len(seen):
        broken.add("morning_two_cars")
    for inside in answer["rounds"]:
        broken |= _room(world, inside, trips)
    names = [name for inside in answer["rounds"] for name in inside["families"]]
    if len(set(names)) < len(names):
        broken.add("morning_two_rounds")
    due = {home["id"] for name in names if name in world.families for home in world.families[name]["homes"]}
    if set(seen) != {home for home in due if not world.homes[home].get("own_transport")}:
        broken.add("morning_not_fetched")
    return broken


def _room(world: World, inside: Raw, trips: list[Raw]) -> set[str]:
    if inside["round"] not in world.rounds or not set(inside["families"]) <= set(world.families):
        return {"morning_round"}
    families = [world.families[name] for name in inside["families"]]
    broken = room(world, world.rounds[inside["round"]], families, len(inside["escorts"]))
    here = [trip for trip in trips if trip["round"] == inside["round"]]
    able = {
        one["id"] for one in world.escorts if not one.get("rounds") or inside["round"] in one["rounds"]
    } | {trip["driver"] for trip in here if world.drivers.get(trip["driver"], {}).get("escort")}
    if not set(inside["escorts"]) <= able or len(set(inside["escorts"])) < len(inside["escorts"]):
        broken.add("morning_escorts")
    homes = [home for family in families for home in family["homes"]]
    adults = sum(home.get("adults", 0) for home in homes) + len(inside["escorts"])
    if (sum(len(home["children"]) for home in homes), adults) != (inside["children"], inside["adults"]):
        broken.add("morning_count")
    for family in families:
        cars = [{door["home"] for door in trip["pick_ups"]} for trip in here]
        fetched = {home["id"] for home in family["homes"] if not home.get("own_transport")}
        if not fetched <= set().union(*cars):
            broken.add("morning_not_fetched")
        if family.get("together") and sum(bool(car & fetched) for car in cars) > 1:
            broken.add("morning_together")
    return broken


def _trip(world: World, trip: Raw) -> set[str]:
    driver, round_ = world.drivers.get(trip["driver"]), world.rounds.get(trip["round"])
    there, back = (
        [(door["home"], minute(door["at"])) for door in trip[way]] for way in ("pick_ups", "drop_offs")
    )
    if not driver or not round_ or not {name for name, _at in there} <= set(world.homes):
        return {"morning_driver"}
    if sorted(name for name, _at in there) != sorted(name for name, _at in back):
        return {"morning_brought_home"}
    broken = fits(world, driver, [world.homes[name] for name, _at in there])
    leaves, arrives, departs, home = (
        minute(trip[name]) for name in ("leaves_at", "arrives_at", "departs_at", "home_at")
    )
    broken |= _clock(
        world, [(driver["place"], leaves), *_places(world, there), (world.prison["place"], arrives)]
    )
    broken |= _clock(
        world, [(world.prison["place"], departs), *_places(world, back), (driver["place"], home)]
    )
    for name, at in there:
        broken |= _door(world.homes[name], at, "pick_up_from", "pick_up_until")
        broken |= {"morning_journey"} if arrives - at > world.limit(world.homes[name]) else set()
    for name, at in back:
        broken |= _door(world.homes[name], at, "", "home_by")
        broken |= {"morning_journey"} if at - departs > world.limit(world.homes[name]) else set()
    if leaves < minute(driver["from_at"]) or home > minute(driver["until_at"]):
        broken.add("morning_driver_time")
    if not minute(round_["opens_at"]) <= arrives <= minute(round_["closes_at"]) or departs != minute(
        round_["ends_at"]
    ):
        broken.add("morning_gate")
    return broken | _minutes(world, trip, driver, [name for name, _ in there], [name for name, _ in back])


def _places(world: World, doors: list[tuple[str, int]]) -> list[tuple[str, int]]:
    return [(world.homes[name]["place"], at) for name, at in doors]


def _door(home: Raw, at: int, after: str, before: str) -> set[str]:
    early, late = home.get(after), home.get(before)
    wrong = (early and at < minute(early)) or (late and at > minute(late))
    return {"morning_window"} if wrong else set()


def _clock(world: World, halts: list[tuple[str, int]]) -> set[str]:
    """Drive along halts; at each door people get in or out before the car goes on."""
    for number, ((one, left), (other, at)) in enumerate(pairwise(halts)):
        load = world.policy["load_minutes"] if number else 0
        if left + load + world.road(one, other) > at:
            return {"morning_road"}
    return set()


def _minutes(world: World, trip: Raw, driver: Raw, there: list[str], back: list[str]) -> set[str]:
    places = [world.homes[name]["place"] for name in there], [world.homes[name]["place"] for name in back]
    way = [driver["place"], *places[0], world.prison["place"], *places[1], driver["place"]]
    minutes = sum(world.road(one, other) for one, other in pairwise(way))
    broken = {"morning_minutes"} if minutes != trip["minutes"] else set()
    return broken | ({"morning_driver_time"} if minutes > driver.get("most_minutes", 300) else set())
