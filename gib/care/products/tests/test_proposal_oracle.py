"""The proposal for cars beside trying every way to fill them, where only seats and people count."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from itertools import product
from random import Random
from uuid import UUID

import pytest

from gib.care.products.moeder_kind_bezoeken.domain.proposal import Driving, Proposal, Rider, propose
from gib.care.products.tests.test_proposal_domain import VISIT, car, mother, rider
from gib.engines.mornings.problem import Seat, policy_on

#: Nobody knows a road, so that no time keeps anybody away; the windows are wide enough for any order.
NOWHERE = replace(VISIT, middles={})
WIDE = {"pick_up_from": time(8, 30), "pick_up_until": time(10)}
Filled = dict[UUID, UUID | None]


def small(dice: Random) -> tuple[list[Rider], list[Driving]]:
    """Draw a morning of which every plan can be tried."""
    mothers = [mother(number, dice.randint(0, 180)) for number in range(4)]
    riders = [
        rider(number, dice.choice(mothers), seat=dice.choice([*Seat]), **WIDE)
        for number in range(dice.randint(1, 5))
    ]
    cars = []
    for number in range(dice.randint(1, 2)):
        seats = dice.randint(1, 3)
        boosters = dice.randint(0, seats)
        avoids = frozenset({mother(dice.randint(0, 5)).dossier_id})
        cars.append(car(number, seats, boosters, seats - boosters, avoids=avoids))
    return riders, cars


def every_plan(riders: list[Rider], cars: list[Driving]) -> Iterator[Filled]:
    """Give every way to fill the cars in which a family comes as a whole or not."""
    for chosen in product([None, *(each.id for each in cars)], repeat=len(riders)):
        plan = {each.id: ride for each, ride in zip(riders, chosen, strict=True)}
        if _is_whole(plan, riders) and all(_is_allowed(plan, riders, each) for each in cars):
            yield plan


def _is_whole(plan: Filled, riders: list[Rider]) -> bool:
    comes: dict[UUID, set[bool]] = defaultdict(set)
    for each in riders:
        comes[each.turn.dossier_id].add(plan[each.id] is not None)
    return all(len(found) == 1 for found in comes.values())


def _is_allowed(plan: Filled, riders: list[Rider], driving: Driving) -> bool:
    here = [each for each in riders if plan[each.id] == driving.id]
    taken = Counter(each.seat for each in here)
    return (
        len(here) <= driving.car.seats
        and taken[Seat.BOOSTER] <= driving.car.boosters
        and taken[Seat.BABY] <= driving.car.babies
        and not any(each.turn.dossier_id in driving.avoids for each in here)
        and len(here) <= policy_on(VISIT.on).most_homes
    )


def urgent(riders: list[Rider], plan: Filled) -> int:
    """Count the families that come and waited longer than the norm."""
    norm = policy_on(VISIT.on).norm_days
    return len(
        {
            each.turn.dossier_id
            for each in riders
            if plan[each.id] and (VISIT.on - each.turn.since_on).days > norm
        }
    )


def served(riders: list[Rider], plan: Filled) -> int:
    """Count the families that come."""
    return len({each.turn.dossier_id for each in riders if plan[each.id]})


def filled(riders: list[Rider], found: Proposal) -> Filled:
    return {each.id: found.seats.get(each.id) for each in riders}


@pytest.mark.parametrize("seed", range(6))
def test_no_way_to_fill_the_cars_serves_more_families(seed: int) -> None:
    dice, left = Random(seed), 0
    for _ in range(25):
        riders, cars = small(dice)
        found = propose(NOWHERE, riders, cars)
        plans = list(every_plan(riders, cars))
        ours = filled(riders, found)
        assert ours in plans
        assert found.is_best
        best = max((urgent(riders, plan), served(riders, plan)) for plan in plans)
        assert (urgent(riders, ours), served(riders, ours)) == best
        left += len(found.without)
    assert left > 0


def test_the_oracle_finds_a_plan_that_is_worse_and_one_that_is_not_allowed() -> None:
    """The negative control: an empty morning is a plan and not the best one, a full car is none at all."""
    riders, cars = [rider(number, mother(number), **WIDE) for number in range(2)], [car(1, 1)]
    plans = list(every_plan(riders, cars))
    empty: Filled = {each.id: None for each in riders}
    assert empty in plans
    assert served(riders, empty) < max(served(riders, plan) for plan in plans) == 1
    assert {each.id: cars[0].id for each in riders} not in plans
