"""The proposal for cars, without a database: what it keeps to, whom it leaves out and why."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from gib.care.products.moeder_kind_bezoeken.domain.proposal import (
    Driving,
    Proposal,
    Rider,
    Stop,
    Visit,
    Way,
    propose,
)
from gib.care.products.moeder_kind_bezoeken.domain.rides import Car
from gib.care.products.moeder_kind_bezoeken.domain.turns import Waiting
from gib.engines.mornings.problem import Seat, minute

ON = date(2011, 3, 9)
#: A country of five areas in a row, ten kilometres apart; the prison lies beside the first.
MIDDLES = {f"35{at}1": (10_000 * at, 0) for at in range(5)}
VISIT = Visit(on=ON, starts=time(10, 30), minutes=90, most_minutes=90, gate=(0, 3000), middles=MIDDLES)


def named(number: int) -> UUID:
    return UUID(int=number)


def mother(number: int, days: int = 30) -> Waiting:
    return Waiting(dossier_id=named(900 + number), since_on=ON - timedelta(days=days))


def rider(number: int, turn: Waiting | None = None, area: str = "3511", **more: Any) -> Rider:
    known = Rider(
        id=named(number),
        turn=turn or mother(number),
        place=f"Zonnepad {number}, {area} AB Zonstad",
        pick_up_from=time(9),
        pick_up_until=time(9, 30),
        back=time(13, 30),
    )
    return replace(known, **more)


def car(number: int, *seats: int, area: str = "3501", **more: Any) -> Driving:
    known = Driving(id=named(500 + number), area=area, car=Car(*(seats or (4,))))
    return replace(known, **more)


def taken_over(riders: Iterable[Rider], found: Proposal) -> list[Rider]:
    """Give the children as they sit after a proposal was taken over."""
    return [replace(each, ride_id=found.seats.get(each.id)) for each in riders]


def test_children_of_one_door_sit_in_one_car() -> None:
    hers = mother(1)
    riders = [rider(1, hers, place="Zonnepad 1, 3511 AB"), rider(2, hers, place=" zonnepad 1,  3511 AB")]
    found = propose(VISIT, riders, [car(1, 2), car(2, 2)])
    assert len(set(found.seats.values())) == 1
    (way,) = found.ways
    assert [set(stop.riders) for stop in (*way.fetches, *way.brings)] == [{named(1), named(2)}] * 2
    assert way.leaves_at < way.fetches[0].at < way.arrives_at <= VISIT.starts
    assert (way.departs_at, found.is_best, found.without) == (time(12), True, {})


def test_who_waits_longest_has_the_last_seat() -> None:
    riders = [rider(1, mother(1, days=20)), rider(2, mother(2, days=80))]
    found = propose(VISIT, riders, [car(1, 1)])
    assert found.seats == {named(2): named(501)}
    assert found.without == {named(1): ("morning_seats",)}


def test_without_cars_it_says_what_to_look_for() -> None:
    found = propose(VISIT, [rider(1)], [])
    assert (found.seats, found.ways) == ({}, ())
    assert found.without == {named(1): ("morning_driver",)}
    assert [said.code for said in found.mend] == ["mend_morning_driver"]


def test_without_children_there_is_nothing_to_propose() -> None:
    assert propose(VISIT, [], [car(1)]) == Proposal()


def test_a_child_seat_and_a_mother_who_is_not_driven_are_kept_to() -> None:
    booster = rider(1, seat=Seat.BOOSTER)
    assert propose(VISIT, [booster], [car(1, 4)]).without == {named(1): ("morning_child_seats",)}
    assert propose(VISIT, [booster], [car(1, 4), car(2, 1, 1)]).seats == {named(1): named(502)}
    avoiding = car(1, 4, avoids=frozenset({mother(1).dossier_id}))
    assert propose(VISIT, [rider(1)], [avoiding]).without == {named(1): ("morning_avoids",)}
    assert propose(VISIT, [rider(1)], [avoiding, car(2)]).seats == {named(1): named(502)}


def test_a_child_who_lives_too_far_away_is_told_so() -> None:
    far = replace(VISIT, middles=MIDDLES | {"9711": (200_000, 0)})
    (why,) = propose(far, [rider(1, area="9711")], [car(1)]).without.values()
    assert "morning_journey" in why


@pytest.mark.parametrize("place", ["Zonnepad 1", "Zonnepad 1, 9999 ZZ Nergens"])
def test_an_address_that_nobody_can_place_keeps_nobody_away_and_gives_no_times(place: str) -> None:
    found = propose(VISIT, [rider(1, place=place), rider(2)], [car(1, 1), car(2, 1)])
    assert found.seats.keys() == {named(1), named(2)}
    timed = {way.fetches[0].riders: way.is_timed for way in found.ways}
    assert timed == {(named(1),): False, (named(2),): True}
    assert [way.is_timed for way in propose(VISIT, [rider(1)], [car(1, area="")]).ways] == [False]


def test_who_is_not_expected_takes_the_seat_it_has_and_gets_no_other() -> None:
    waits = rider(1, ride_id=named(501), expected=False, seat=Seat.BABY)
    found = propose(VISIT, [waits, rider(2)], [car(1, 1, 0, 1)])
    assert (found.seats, set(found.without)) == ({}, {named(2)})
    found = propose(VISIT, [waits, rider(2), rider(3, seat=Seat.BABY)], [car(1, 3, 0, 1)])
    assert (found.seats, [*found.without]) == ({named(2): named(501)}, [named(3)])
    assert propose(VISIT, [waits], [car(1)]) == Proposal()


def test_two_homes_of_one_mother_come_both_or_not() -> None:
    """Half a family in the car would leave a child at home that expects to go."""
    hers = mother(1)
    near, far = rider(1, hers), rider(2, hers, area="3541", pick_up_until=time(9, 5))
    assert propose(VISIT, [near, far], [car(1, 1)]).seats == {}
    found = propose(VISIT, [near, far], [car(1, 1), car(2, 1)])
    assert found.seats.keys() == {near.id, far.id}
    assert len({*found.seats.values()}) == 2


def test_the_way_there_and_the_way_home_hold_the_same_children() -> None:
    wide = {"pick_up_from": time(8, 30), "pick_up_until": time(9, 45)}
    riders = [rider(number, area=f"35{number}1", **wide) for number in range(3)]
    (way,) = propose(VISIT, riders, [car(1, 4)]).ways
    brought = [row for stop in way.brings for row in stop.riders]
    assert sorted(way.riders) == sorted(brought) == sorted(each.id for each in riders)
    times = [way.leaves_at, *(stop.at for stop in way.fetches), way.arrives_at, way.departs_at]
    assert times == sorted(times)
    assert [stop.at for stop in way.brings] == sorted(stop.at for stop in way.brings)
    assert way.brings[-1].at < way.home_at


def test_a_visit_that_lasts_until_after_midnight_ends_that_day() -> None:
    """A wrong length must not bring down the page: the clock stops at the last minute of the day."""
    long = replace(VISIT, minutes=24 * 60)
    assert propose(long, [rider(1, back=time(23, 59))], [car(1)]).seats == {}


def test_a_car_that_is_called_off_moves_only_its_own_children() -> None:
    cars = [car(number, 3) for number in range(3)]
    wide = {"pick_up_from": time(8, 30), "pick_up_until": time(9, 30)}
    riders = [rider(number, area=f"35{number % 2}1", **wide) for number in range(6)]
    before = propose(VISIT, riders, cars)
    assert len(before.seats) == 6
    seated = taken_over(riders, before)
    gone = {each.id for each in seated if each.ride_id == cars[0].id}
    free = [replace(each, ride_id=None) if each.id in gone else each for each in seated]
    after = propose(VISIT, free, cars[1:])
    stayed = {row: ride for row, ride in before.seats.items() if row not in gone}
    assert stayed.items() <= after.seats.items()
    assert len(after.seats) == 6


def random_morning(dice: Random) -> tuple[list[Rider], list[Driving]]:
    riders = []
    for number in range(dice.randint(1, 7)):
        start = dice.choice([8 * 60 + 30, 9 * 60, 9 * 60 + 15])
        riders.append(
            rider(
                number,
                mother(dice.randint(0, 4), dice.randint(0, 200)),
                area=dice.choice([*MIDDLES, "8888"]),
                pick_up_from=time(*divmod(start, 60)),
                pick_up_until=time(*divmod(start + 20, 60)),
                seat=dice.choice([*Seat]),
            )
        )
    cars = [
        car(
            number,
            4,
            dice.randint(0, 2),
            dice.randint(0, 2),
            area=dice.choice([*MIDDLES, ""]),
            avoids=frozenset({mother(dice.randint(0, 4)).dossier_id}),
        )
        for number in range(dice.randint(0, 3))
    ]
    return riders, cars


def violations(riders: list[Rider], cars: list[Driving], found: Proposal) -> list[str]:
    """Find what a proposal breaks, from the facts alone."""
    by_id, by_car = {each.id: each for each in riders}, {each.id: each for each in cars}
    inside: dict[UUID, list[Rider]] = defaultdict(list)
    for row, ride in found.seats.items():
        inside[ride].append(by_id[row])
    broken = [f"{ride}: too full" for ride, here in inside.items() if not _fits(by_car[ride].car, here)]
    for ride, here in inside.items():
        broken += [f"{each.id}: avoided" for each in here if each.turn.dossier_id in by_car[ride].avoids]
    for way in found.ways:
        broken += _late(way, by_id)
    return broken


def _fits(own: Car, here: list[Rider]) -> bool:
    seats = Counter(each.seat for each in here)
    return (
        seats.total() <= own.seats and seats[Seat.BOOSTER] <= own.boosters and seats[Seat.BABY] <= own.babies
    )


def _late(way: Way, by_id: dict[UUID, Rider]) -> list[str]:
    broken = [f"{way.ride_id}: too late"] if way.arrives_at > VISIT.starts else []
    for stop, each in _each(way.fetches, by_id):
        if not each.pick_up_from <= stop.at <= each.pick_up_until:
            broken.append(f"{each.id}: outside its times")
        if minute(way.arrives_at) - minute(stop.at) > VISIT.most_minutes:
            broken.append(f"{each.id}: too long there")
    for stop, each in _each(way.brings, by_id):
        if stop.at > each.back or minute(stop.at) - minute(way.departs_at) > VISIT.most_minutes:
            broken.append(f"{each.id}: too long home")
    return broken


def _each(stops: tuple[Stop, ...], by_id: dict[UUID, Rider]) -> Iterable[tuple[Stop, Rider]]:
    return [(stop, by_id[row]) for stop in stops for row in stop.riders]


def test_no_random_morning_breaks_a_rule_or_loses_a_child() -> None:
    dice, served = Random(5), 0
    for _ in range(150):
        riders, cars = random_morning(dice)
        found = propose(VISIT, riders, cars)
        assert violations(riders, cars, found) == []
        assert {*found.seats, *found.without} == {each.id for each in riders}
        assert not {*found.seats} & {*found.without}
        served += len(found.seats)
        again = propose(VISIT, taken_over(riders, found), cars)
        assert again.seats == found.seats
    assert served > 150


def test_the_checks_of_these_tests_can_fail() -> None:
    riders, cars = [rider(1), rider(2, seat=Seat.BABY)], [car(1, 2, 0, 1)]
    found = propose(VISIT, riders, cars)
    assert violations(riders, cars, found) == []
    assert violations(riders, [car(1, 1, 0, 1)], found) == [f"{named(501)}: too full"]
    early = [replace(each, pick_up_until=time(8), pick_up_from=time(8)) for each in riders]
    assert len(violations(early, cars, found)) == 2
    strict = [replace(cars[0], avoids=frozenset({mother(1).dossier_id}))]
    assert violations(riders, strict, found) == [f"{named(1)}: avoided"]
