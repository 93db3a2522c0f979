"""Why a family has no place: the fewest rules that stand between it and the plan as it is."""

from collections.abc import Iterable
from itertools import combinations
from typing import Final

from gib.engines.mornings.loads import need
from gib.engines.mornings.morning import Group, Morning
from gib.engines.mornings.planning import Planned
from gib.engines.mornings.roads import ALL, Limit, load_of, ways_of

#: Every rule that can keep a family away, the one that is easiest to give in first.
RULES: Final = (
    "morning_driver",
    "morning_homes",
    "morning_seats",
    "morning_child_seats",
    "morning_escorts",
    "morning_families",
    "morning_children",
    "morning_adults",
    "morning_driver_time",
    "morning_window",
    "morning_round",
    "morning_together",
    "morning_avoids",
    "morning_journey",
    "morning_apart",
    "morning_no_round",
)
Codes = frozenset[str]
NOTHING: Final[Codes] = frozenset()


def fewest(choices: Iterable[Codes], otherwise: str) -> Codes:
    """Choose the fewest rules, the easiest to give in first."""
    return min(choices, key=_weight, default=frozenset({otherwise}))


def _weight(codes: Codes) -> tuple[int, list[int]]:
    return len(codes), sorted(RULES.index(code) for code in codes)


def ordered(codes: Codes) -> list[str]:
    """Give rules in the order of the table."""
    return sorted(codes, key=RULES.index)


def reasons(planned: Planned, at: int) -> list[str]:
    """Name the rules that stand between a family and the plan; none when only time lacked to find a place."""
    rounds = range(len(planned.morning.sittings))
    return ordered(fewest((_in_round(planned, at, round_) for round_ in rounds), "morning_no_round"))


def _in_round(planned: Planned, at: int, round_: int) -> Codes:
    group = planned.morning.groups[at]
    wrong = NOTHING if round_ in group.rounds else frozenset({"morning_round"})
    wrong |= _room(planned, group, round_) | _apart(planned, at, round_)
    return _cars(planned, group, round_, wrong)


def _room(planned: Planned, group: Group, round_: int) -> Codes:
    """Name what the room lacks when this family comes as well."""
    morning, sitting = planned.morning, planned.morning.sittings[round_]
    here = [group, *(morning.groups[one] for one, where in planned.rounds.items() if where == round_)]
    young = sum(one.unaccompanied for one in here)
    inside = -(-young // morning.problem.prison.children_per_escort)
    counts = {
        "morning_families": (len(here), sitting.families),
        "morning_children": (sum(one.children for one in here), sitting.children),
        "morning_adults": (sum(one.adults for one in here) + inside, sitting.adults),
        "morning_escorts": (inside, _able(planned, round_)),
    }
    return frozenset(code for code, (count, most) in counts.items() if count > most)


def _able(planned: Planned, round_: int) -> int:
    """Count who can go inside: who is there anyhow, and drivers of this round."""
    drivers = [planned.morning.drivers[load.driver] for load in planned.loads if load.round == round_]
    return len(planned.morning.sittings[round_].escorts) + sum(driver.escort for driver in drivers)


def _apart(planned: Planned, at: int, round_: int) -> Codes:
    here = [one for one, where in planned.rounds.items() if where == round_]
    met = any((at, one) in planned.morning.apart_in_round for one in here)
    return frozenset({"morning_apart"}) if met else NOTHING


def _cars(planned: Planned, group: Group, round_: int, wrong: Codes) -> Codes:
    """Name what keeps its homes out of every car, beside what is wrong already."""
    stops = planned.morning.stops
    fetched = [at for at in group.stops if stops[at].is_fetched]
    if group.together and len(fetched) > 1:
        apart = _each(planned, fetched, round_, wrong) | {"morning_together"}
        return fewest([_best_car(planned, fetched, round_, wrong), apart], "morning_driver")
    return _each(planned, fetched, round_, wrong)


def _each(planned: Planned, fetched: list[int], round_: int, wrong: Codes) -> Codes:
    found = wrong.union(*(_best_car(planned, [at], round_, wrong) for at in fetched))
    # Each home would fit somewhere, but not all of them at once: they need the same car.
    return found or (frozenset({"morning_driver"}) if len(fetched) > 1 else NOTHING)


def _best_car(planned: Planned, stops: list[int], round_: int, wrong: Codes) -> Codes:
    drivers = range(len(planned.morning.drivers))
    return fewest((wrong | _in_car(planned, stops, round_, who) for who in drivers), "morning_driver")


def _in_car(planned: Planned, stops: list[int], round_: int, who: int) -> Codes:
    """Name the rules against some homes in the car of one driver, beside whom she has already."""
    morning = planned.morning
    hers = next((load for load in planned.loads if load.driver == who), None)
    all_ = [*(hers.stops if hers else ()), *stops]
    if hers and hers.round != round_:
        return frozenset({"morning_driver"})
    if len(all_) > morning.problem.policy.most_homes:
        return frozenset({"morning_homes"})
    return _seated(morning, who, all_) | _on_the_road(morning, who, round_, all_)


def _seated(morning: Morning, who: int, stops: list[int]) -> Codes:
    """Name the rules against people in one car, wherever it goes."""
    driver, people = morning.drivers[who], [morning.stops[at] for at in stops]
    seats, boosters, babies = need(people)
    families = sorted({stop.family for stop in people})
    checks = {
        "morning_seats": seats > driver.seats,
        "morning_child_seats": boosters > driver.boosters or babies > driver.babies,
        "morning_avoids": any(morning.groups[one].id in driver.avoids for one in families),
        "morning_apart": any(pair in morning.apart_in_car for pair in combinations(families, 2)),
    }
    return frozenset(code for code, is_broken in checks.items() if is_broken)


def _on_the_road(morning: Morning, who: int, round_: int, stops: list[int]) -> Codes:
    """Name the fewest limits of time that must be given in before a driver can take these homes."""
    for number in range(len(Limit) + 1):
        for given in combinations(Limit, number):
            kept = ALL - set(given)
            if load_of(morning, who, round_, ways_of(morning, round_, stops, kept), kept):
                return frozenset(given)
    return frozenset(Limit)
