"""The road by the clock: a way grows by one home at a time, and every possible load is found once."""

from dataclasses import replace
from datetime import time
from itertools import combinations, permutations

import pytest

from gib.engines.mornings import problem_of
from gib.engines.mornings.loads import loads
from gib.engines.mornings.morning import NEVER, Morning, morning_of
from gib.engines.mornings.problem import Problem
from gib.engines.mornings.roads import (
    ALL,
    Bring,
    Fetch,
    Limit,
    after,
    arrival,
    before,
    gate,
    load_of,
    ways_of,
)
from gib.engines.mornings.tests.test_rules import morning
from gib.engines.mornings.tests.worlds import Size, drawn


@pytest.fixture
def plain_morning() -> Morning:
    """Give four homes, each 20 minutes from everything, with 5 minutes to get in and 75 at most in a car."""
    return morning_of(problem_of(morning()))


def fetched(of: Morning, *order: int) -> Fetch | None:
    """Drive along homes in this order, in the first round."""
    way: Fetch | None = gate(of.sittings[0])
    for at in reversed(order):
        way = before(of, way, at) if way else None
    return way


def brought(of: Morning, *order: int) -> Bring | None:
    """Bring home in this order, from the first round."""
    way: Bring | None = Bring((), 0)
    for at in order:
        way = after(of, of.sittings[0], way, at) if way else None
    return way


def with_home(of: Morning, at: int, **more: object) -> Morning:
    """Change one home."""
    stops = [*of.stops]
    stops[at] = replace(stops[at], **more)
    return replace(of, stops=tuple(stops))


def test_each_home_adds_its_road_and_its_getting_in(plain_morning: Morning) -> None:
    spans = [fetched(plain_morning, *range(number)) for number in (1, 2, 3, 4)]
    assert [way and way.span for way in spans] == [25, 50, 75, None]
    back = [brought(plain_morning, *range(number)) for number in (1, 2, 3, 4)]
    assert [way and way.span for way in back] == [20, 45, 70, None]


def test_a_window_is_waited_for_but_not_missed(plain_morning: Morning) -> None:
    # Arrivals are possible from 9:00 to 9:30. Whoever may be fetched from 8:30 on arrives from 8:55.
    assert fetched(with_home(plain_morning, 0, early=510), 0) == Fetch((0,), 25, NEVER - 25, 540, 570)
    way = fetched(with_home(plain_morning, 0, early=520), 0)
    assert way and (way.low, way.high) == (545, 570)
    assert fetched(with_home(plain_morning, 0, early=546), 0) is None
    # Fetched by 7:40 at the latest, 75 minutes at most in the car: there by 8:55, when the gate is closed.
    assert fetched(with_home(plain_morning, 0, late=460), 0) is None
    way = fetched(with_home(plain_morning, 0, late=470), 0)
    assert way and (way.low, way.high, way.late) == (540, 545, 470)


def test_who_is_fetched_first_waits_for_who_is_fetched_next(plain_morning: Morning) -> None:
    # The second home opens at 9:00, so the car is at the gate at 9:25; the first child sat for 50 minutes.
    late = with_home(plain_morning, 1, early=540)
    way = fetched(late, 0, 1)
    assert way and (way.low, way.high) == (565, 570)
    assert fetched(with_home(late, 0, limit=49), 0, 1) is None
    assert fetched(with_home(late, 0, late=489), 0, 1) is None


def test_children_are_home_in_time_and_do_not_sit_too_long(plain_morning: Morning) -> None:
    # The round ends at 11:15; the second home is reached at 12:00.
    assert brought(with_home(plain_morning, 1, home_by=720), 0, 1)
    assert brought(with_home(plain_morning, 1, home_by=719), 0, 1) is None
    assert brought(with_home(plain_morning, 1, limit=45), 0, 1)
    assert brought(with_home(plain_morning, 1, limit=44), 0, 1) is None


def test_a_driver_leaves_home_no_earlier_than_she_can(plain_morning: Morning) -> None:
    way = fetched(plain_morning, 0)
    assert way
    on_time = replace(plain_morning.drivers[0], from_at=time(8, 45))
    assert arrival(plain_morning, on_time, way) == 570
    too_late = replace(plain_morning.drivers[0], from_at=time(8, 46))
    assert arrival(plain_morning, too_late, way) is None
    assert arrival(plain_morning, too_late, way, ALL - {Limit.DRIVER}) == 570


def test_what_is_left_out_no_longer_stands_in_the_way(plain_morning: Morning) -> None:
    shut = with_home(with_home(plain_morning, 0, early=600), 1, limit=10)
    for kept, able in ((ALL, False), (ALL - {Limit.WINDOW}, False), (frozenset({Limit.DRIVER}), True)):
        assert bool(load_of(shut, 0, 0, ways_of(shut, 0, (0, 1), kept), kept)) is able


def test_a_load_counts_the_road_and_nothing_else(plain_morning: Morning) -> None:
    load = load_of(plain_morning, 0, 0, ways_of(plain_morning, 0, (0, 1), ALL))
    assert load
    assert load.minutes == 6 * 20
    busy = replace(
        plain_morning, drivers=tuple(replace(one, most_minutes=119) for one in plain_morning.drivers)
    )
    assert load_of(busy, 0, 0, ways_of(busy, 0, (0, 1), ALL)) is None


@pytest.mark.parametrize("seed", range(12))
def test_every_load_that_is_possible_is_found_and_is_the_shortest(seed: int) -> None:
    problem: Problem = drawn(Size(6, 3, 1 + seed % 2, trouble=30), seed)
    of = morning_of(problem)
    found = {(one.driver, one.round, one.stops): one.minutes for one in loads(of)}
    assert len(found) == len(loads(of))
    wanted = {}
    able = [at for at, stop in enumerate(of.stops) if stop.is_fetched]
    for number in (1, 2, 3, 4):
        for stops in combinations(able, number):
            for round_ in range(len(of.sittings)):
                for who in range(len(of.drivers)):
                    if allowed(of, who, round_, stops) and (
                        load := load_of(of, who, round_, ways_of(of, round_, stops, ALL))
                    ):
                        wanted[who, round_, stops] = load.minutes
    assert found == wanted


def allowed(of: Morning, who: int, round_: int, stops: tuple[int, ...]) -> bool:
    """Tell whether these people may sit together in this car."""
    driver, people = of.drivers[who], [of.stops[at] for at in stops]
    groups = [of.groups[stop.family] for stop in people]
    return (
        sum(stop.people for stop in people) <= driver.seats
        and sum(stop.boosters for stop in people) <= driver.boosters
        and sum(stop.babies for stop in people) <= driver.babies
        and not {group.id for group in groups} & set(driver.avoids)
        and not {pair for pair in permutations({stop.family for stop in people}, 2)} & of.apart_in_car
        and all(round_ in group.rounds for group in groups)
        and all(
            set(stops) >= {at for at in group.stops if of.stops[at].is_fetched}
            for group in groups
            if group.together
        )
    )
