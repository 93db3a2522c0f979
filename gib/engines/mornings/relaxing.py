"""When nothing at all can be planned: which rule to relax first, tried out before it is told."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import time
from itertools import combinations
from typing import Final

from gib.engines.mornings.morning import morning_of
from gib.engines.mornings.planning import most_families
from gib.engines.mornings.problem import Driver, Escort, Family, Home, Problem, Round

_MANY: Final = 1_000
_DAY: Final = (time(0, 0), time(23, 59))


def _rounds(change: Callable[[Round], Round]) -> Callable[[Problem], Problem]:
    return lambda problem: replace(problem, rounds=tuple(map(change, problem.rounds)))


def _families(change: Callable[[Family], Family]) -> Callable[[Problem], Problem]:
    return lambda problem: replace(problem, families=tuple(map(change, problem.families)))


def _homes(change: Callable[[Home], Home]) -> Callable[[Problem], Problem]:
    return _families(lambda family: replace(family, homes=tuple(map(change, family.homes))))


def _drivers(change: Callable[[Driver], Driver]) -> Callable[[Problem], Problem]:
    return lambda problem: replace(problem, drivers=tuple(map(change, problem.drivers)))


def _patient(home: Home) -> Home:
    return replace(home, children=tuple(replace(child, most_minutes=1440) for child in home.children))


def _more_drivers(problem: Problem) -> Problem:
    homes = [home for family in problem.families for home in family.homes]
    more = [
        Driver(f"extra {at}", home.place, *_DAY, _MANY, _MANY, _MANY, 1440) for at, home in enumerate(homes)
    ]
    return replace(problem, drivers=(*problem.drivers, *more))


def _more_escorts(problem: Problem) -> Problem:
    number = sum(len(home.children) for family in problem.families for home in family.homes)
    return replace(problem, escorts=(*problem.escorts, *(Escort(f"extra {at}") for at in range(number))))


#: Rule -> the problem without it, in the order in which a coordinator would rather give in.
LIFTS: Final[Mapping[str, Callable[[Problem], Problem]]] = {
    "morning_driver": _more_drivers,
    "morning_seats": _drivers(lambda one: replace(one, seats=_MANY)),
    "morning_child_seats": _drivers(lambda one: replace(one, boosters=_MANY, babies=_MANY)),
    "morning_escorts": _more_escorts,
    "morning_families": _rounds(lambda one: replace(one, families=_MANY)),
    "morning_children": _rounds(lambda one: replace(one, children=_MANY)),
    "morning_adults": _rounds(lambda one: replace(one, adults=_MANY)),
    "morning_driver_time": _drivers(
        lambda one: replace(one, from_at=_DAY[0], until_at=_DAY[1], most_minutes=1440)
    ),
    "morning_window": _homes(lambda one: replace(one, pick_up_from=None, pick_up_until=None, home_by=None)),
    "morning_round": _families(lambda one: replace(one, rounds=())),
    "morning_together": _families(lambda one: replace(one, together=False)),
    "morning_avoids": _drivers(lambda one: replace(one, avoids=())),
    "morning_journey": _homes(_patient),
}


def relax_first(problem: Problem) -> tuple[tuple[str, ...], int]:
    """Find the rule without which most families have a place, or two when one alone does not help.

    Returns: the rules, and how many families would surely have a place; nothing and 0 when no two help.
    """
    for number in (1, 2):
        tried = [(codes, _served(problem, codes)) for codes in combinations(LIFTS, number)]
        best = max(tried, key=lambda row: row[1])
        if best[1]:
            return best
    return (), 0


def _served(problem: Problem, codes: tuple[str, ...]) -> int:
    """Count who surely has a place when rules are lifted: each car has one home, enough to see it help."""
    lifted = replace(problem, previous=(), policy=replace(problem.policy, most_homes=_most(problem)))
    for code in codes:
        lifted = LIFTS[code](lifted)
    return most_families(morning_of(lifted))


def _most(problem: Problem) -> int:
    """Only families that stay together need more than one home in a car to be served at all."""
    return max((len(family.homes) for family in problem.families if family.together), default=1)
