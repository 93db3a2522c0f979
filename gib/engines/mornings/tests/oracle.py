"""The best plan of a small morning by trying everybody everywhere, each road by trying every minute."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import permutations, product

from gib.engines.mornings.tests.validator import Raw, World, fits, minute, room

#: Kept and unchanged (0 without a previous plan), urgent, served, points, and minutes below 0.
Worth = tuple[int, int, int, int, int, int]
#: Family -> its round, and a driver per fetched home.
Choice = tuple[str, tuple[tuple[str, str], ...]]
#: Driver -> her round and homes.
Cars = dict[str, tuple[str, list[str]]]


def best(problem: Raw) -> Worth:
    """Try everything."""
    return _Trial(problem).best()


class _Trial:
    def __init__(self, problem: Raw) -> None:
        self.world = World(problem)
        self.names = sorted(self.world.families)
        self.had = {one["home"]: one for one in problem.get("previous", [])}
        self.car = cache(self._car)

    def best(self) -> Worth:
        """Give the worth of the best plan."""
        return max(
            (worth for plan in product(*map(self.options, self.names)) if (worth := self.worth(plan))),
            default=(0, 0, 0, 0, 0, 0),
        )

    def options(self, name: str) -> list[Choice | None]:
        """Give everything that can be done with a family."""
        family = self.world.families[name]
        fetched = [home["id"] for home in family["homes"] if not home.get("own_transport")]
        found: list[Choice | None] = [None]
        for round_ in family.get("rounds") or self.world.rounds:
            if round_ in self.world.rounds:
                found += [
                    (round_, tuple(zip(fetched, drivers, strict=True)))
                    for drivers in product(self.world.drivers, repeat=len(fetched))
                    if not family.get("together") or len(set(drivers)) < 2
                ]
        return found

    def worth(self, plan: tuple[Choice | None, ...]) -> Worth | None:
        """Tell what a plan is worth; none when it may not be."""
        cars: Cars = {}
        for choice in plan:
            for home, driver in choice[1] if choice else ():
                round_, homes = cars.setdefault(driver, (choice[0] if choice else "", []))
                if choice and round_ != choice[0]:
                    return None
                homes.append(home)
        driven = [self.car(driver, round_, tuple(homes)) for driver, (round_, homes) in cars.items()]
        if None in driven or not all(self.room(plan, name, cars) for name in self.world.rounds):
            return None
        comes = [name for name, choice in zip(self.names, plan, strict=True) if choice]
        urgent = sum(is_urgent(self.world, name) for name in comes)
        turns = sum(points(self.world, name) for name in comes)
        kept, same = self.before(plan)
        return kept, same, urgent, len(comes), turns, -sum(minutes or 0 for minutes in driven)

    def before(self, plan: tuple[Choice | None, ...]) -> tuple[int, int]:
        """Count who had a place and keeps it, and who keeps it as it was."""
        kept = same = 0
        for name, choice in zip(self.names, plan, strict=True):
            hers = [home["id"] for home in self.world.families[name]["homes"] if home["id"] in self.had]
            if hers and choice:
                now = dict(choice[1])
                kept += 1
                same += all(
                    (self.had[home]["round"], self.had[home].get("driver", ""))
                    == (choice[0], now.get(home, ""))
                    for home in hers
                )
        return kept, same

    def room(
        self, plan: tuple[Choice | None, ...], name: str, cars: dict[str, tuple[str, list[str]]]
    ) -> bool:
        """Tell whether a room can be as it is, with some number of adults beside the children."""
        rows = zip(self.names, plan, strict=True)
        here = [self.world.families[each] for each, choice in rows if choice and choice[0] == name]
        able = sum(not one.get("rounds") or name in one["rounds"] for one in self.world.escorts)
        able += sum(
            self.world.drivers[driver].get("escort", False) for driver, car in cars.items() if car[0] == name
        )
        return any(not room(self.world, self.world.rounds[name], here, number) for number in range(able + 1))

    def _car(self, driver: str, round_: str, homes: tuple[str, ...]) -> int | None:
        """Give the fewest minutes for a driver with these homes; none when she may not or cannot."""
        car = self.world.drivers[driver]
        if fits(self.world, car, [self.world.homes[name] for name in homes]):
            return None
        there = min(self._there(car, self.world.rounds[round_], homes), default=None)
        back = min(self._back(car, self.world.rounds[round_], homes), default=None)
        if there is None or back is None or there + back > car.get("most_minutes", 300):
            return None
        return there + back

    def _there(self, driver: Raw, round_: Raw, homes: tuple[str, ...]) -> Iterator[int]:
        for order in permutations(homes):
            places = [driver["place"], *(self.world.homes[name]["place"] for name in order)]
            roads = [
                self.world.road(*pair)
                for pair in zip(places, [*places[1:], self.world.prison["place"]], strict=True)
            ]
            arrivals = range(minute(round_["opens_at"]), minute(round_["closes_at"]) + 1)
            if any(self._arrives(driver, order, roads, at) for at in arrivals):
                yield sum(roads)

    def _arrives(self, driver: Raw, order: tuple[str, ...], roads: list[int], arrives: int) -> bool:
        """Tell whether a car can arrive at this minute, when it is at each door as late as it can be."""
        when = arrives
        for name, road in zip(reversed(order), reversed(roads), strict=False):
            home = self.world.homes[name]
            when = min(
                when - road - self.world.policy["load_minutes"], minute(home.get("pick_up_until", "99:00"))
            )
            if when < minute(home.get("pick_up_from", "00:00")) or arrives - when > self.world.limit(home):
                return False
        return when - roads[0] >= minute(driver["from_at"])

    def _back(self, driver: Raw, round_: Raw, homes: tuple[str, ...]) -> Iterator[int]:
        leaves = minute(round_["ends_at"])
        for order in permutations(homes):
            when, place, driven, is_fine = leaves, self.world.prison["place"], 0, True
            for name in order:
                home = self.world.homes[name]
                road = self.world.road(place, home["place"])
                driven, at = driven + road, when + road
                is_fine &= at - leaves <= self.world.limit(home) and at <= minute(
                    home.get("home_by", "99:00")
                )
                when, place = at + self.world.policy["load_minutes"], home["place"]
            road = self.world.road(place, driver["place"])
            if is_fine and when + road <= minute(driver["until_at"]):
                yield driven + road


def is_urgent(world: World, name: str) -> bool:
    """Tell whether a family comes first."""
    days = _to_release(world, name)
    soon = days is not None and days <= world.policy["near_days"]
    return soon or _waited(world, name) > world.policy["norm_days"]


def points(world: World, name: str) -> int:
    """Add up the points of a turn."""
    policy, days, weights = world.policy, _to_release(world, name), world.policy["weights"]
    on = date.fromisoformat(world.problem["on"])
    birthdays = [
        abs((date.fromisoformat(child["birthday_on"]) - on).days)
        for home in world.families[name]["homes"]
        for child in home["children"]
        if child.get("birthday_on")
    ]
    near = max(0, policy["birthday_days"] - min(birthdays, default=999))
    soon = 0 if days is None else max(0, policy["near_days"] - days)
    long = min(_waited(world, name), 2 * policy["norm_days"])
    return (
        weights["waiting"] * long // (2 * policy["norm_days"])
        + weights["birthday"] * near // policy["birthday_days"]
        + weights["release"] * soon // policy["near_days"]
    )


def _waited(world: World, name: str) -> int:
    since = date.fromisoformat(world.families[name]["since_on"])
    return (date.fromisoformat(world.problem["on"]) - since).days


def _to_release(world: World, name: str) -> int | None:
    on = world.families[name].get("release_on")
    return max(0, (date.fromisoformat(on) - date.fromisoformat(world.problem["on"])).days) if on else None
