"""Thousands of mornings without a database: cars filled beside a plain count, days run in any way."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gib.care.products.moeder_kind_bezoeken.domain import (
    AWAY,
    FLOW,
    Moments,
    State,
    return_alarm,
    step_before,
)
from gib.care.products.moeder_kind_bezoeken.domain.rides import (
    AtHome,
    Car,
    Times,
    check_at_home,
    check_fits,
)
from gib.core.kernel.rules import RuleBroken
from gib.engines.mornings.problem import Seat

START = datetime(2011, 1, 18, 7, tzinfo=UTC)
BACK = START + timedelta(hours=6)
#: Step of the day -> the moment it notes.
NOTES = {
    State.PICKED_UP: "picked_up",
    State.INSIDE: "inside",
    State.REFUSED_AT_GATE: "refused",
}


@dataclass
class Morning:
    """Cars and children as somebody with a sheet of paper would keep them."""

    cars: list[Car]
    inside: dict[int, int] = field(default_factory=dict)
    seats: dict[int, Seat] = field(default_factory=dict)

    def on(self, car: int) -> list[Seat]:
        """List what the children of a car sit on."""
        return [self.seats[child] for child, where in self.inside.items() if where == car]

    def broken(self) -> list[str]:
        """Count again what is wrong with the whole, without the rules under test."""
        found = []
        for number, car in enumerate(self.cars):
            needed = Counter(self.on(number))
            if sum(needed.values()) > car.seats:
                found.append(f"car {number} holds too many")
            if needed[Seat.BOOSTER] > car.boosters:
                found.append(f"car {number} lacks a booster")
            if needed[Seat.BABY] > car.babies:
                found.append(f"car {number} lacks a baby seat")
        return found


def a_morning(dice: Random) -> Morning:
    """Throw cars with a few seats and child seats."""
    cars = []
    for _number in range(dice.randrange(1, 5)):
        seats = dice.randrange(1, 5)
        boosters = dice.randrange(seats + 1)
        cars.append(Car(seats, boosters, dice.randrange(seats - boosters + 1)))
    return Morning(cars)


def fill(morning: Morning, dice: Random, children: int) -> tuple[int, int]:
    """Let children get in and out in any order; count who was taken and who was refused."""
    taken = refused = 0
    for _turn in range(4 * children):
        child, car = dice.randrange(children), dice.randrange(len(morning.cars))
        if child in morning.inside:
            if dice.random() < 0.3:
                del morning.inside[child]
            continue
        seat = morning.seats.setdefault(child, dice.choice(list(Seat)))
        try:
            check_fits(morning.cars[car], morning.on(car), seat)
        except RuleBroken as no:
            assert would_break(morning, child, car), no.code
            refused += 1
        else:
            morning.inside[child] = car
            taken += 1
    return taken, refused


def would_break(morning: Morning, child: int, car: int) -> bool:
    """Tell whether one more child in a car would be wrong, by counting the whole anew."""
    return bool(Morning(morning.cars, {**morning.inside, child: car}, morning.seats).broken())


def test_ten_thousand_mornings_have_no_child_without_its_seat() -> None:
    dice, taken, refused = Random(2011), 0, 0
    for _number in range(10_000):
        morning = a_morning(dice)
        came, stayed = fill(morning, dice, children=dice.randrange(1, 9))
        assert morning.broken() == []
        taken, refused = taken + came, refused + stayed
    assert taken > 10_000
    assert refused > 10_000


def test_a_count_that_forgets_child_seats_is_noticed() -> None:
    morning = Morning([Car(2)], {0: 0}, {0: Seat.BABY})
    assert morning.broken() == ["car 0 lacks a baby seat"]
    crowded = Morning([Car(1)], {0: 0, 1: 0}, {0: Seat.PLAIN, 1: Seat.BOOSTER})
    assert crowded.broken() == ["car 0 holds too many", "car 0 lacks a booster"]


clock = st.times(min_value=time(5), max_value=time(15)).map(lambda at: at.replace(second=0, microsecond=0))


@settings(max_examples=300)
@given(clock, clock, clock, clock, st.integers(30, 150), st.integers(15, 120))
def test_no_child_sits_longer_in_a_car_than_the_norm(
    first: time, last: time, starts: time, back: time, minutes: int, most: int
) -> None:
    """Whatever is filled in: what is taken keeps the limit both ways, and what keeps it is taken."""
    home = AtHome(is_fetched=True, place="Zonnepad 1", pick_up_from=first, pick_up_until=last)

    def at(moment: time) -> datetime:
        return datetime.combine(START, moment)

    there = at(starts) - at(first)
    away = at(back) - (at(starts) + timedelta(minutes=minutes))
    fits = at(first) <= at(last) < at(starts) and max(there, away) <= timedelta(minutes=most)
    try:
        check_at_home(home, Times(starts, minutes, back), most)
    except RuleBroken as no:
        assert not fits
        assert no.code in {"window_reversed", "pick_up_late", "ride_too_long"}
    else:
        assert fits


@given(clock, clock, clock, st.integers(30, 150))
def test_who_is_brought_from_home_keeps_its_own_times(
    first: time, starts: time, back: time, minutes: int
) -> None:
    check_at_home(AtHome(is_fetched=False, pick_up_from=first), Times(starts, minutes, back), most=1)


@dataclass
class Child:
    """A child on the day as the page keeps it, and beside it every place where it has been."""

    state: State = State.CONFIRMED
    seen: Moments = field(default_factory=Moments)
    been: list[State] = field(default_factory=list)

    def goes(self, to: State, at: datetime) -> None:
        """Take a step of the day."""
        self.been.append(self.state)
        self.state = FLOW.move(self.state, to)
        if name := NOTES.get(to):
            self.seen = replace(self.seen, **{name: at})

    def goes_back(self) -> None:
        """Take back the last one."""
        was, self.state = self.state, step_before(self.state, self.seen)
        if name := NOTES.get(was):
            self.seen = replace(self.seen, **{name: None})


DAY = (State.PICKED_UP, State.INSIDE, State.REFUSED_AT_GATE, State.RETURNED)


@settings(max_examples=400)
@given(st.lists(st.sampled_from([*DAY, None]), min_size=1, max_size=14))
def test_each_press_back_leads_to_where_the_child_was(
    presses: list[State | None],
) -> None:
    """Nothing stands for a press on "Zet terug"; it always undoes the last step and never another."""
    child, at = Child(), START
    for press in presses:
        at += timedelta(minutes=5)
        if press is not None and FLOW.may_move(child.state, press):
            child.goes(press, at)
        elif press is None and child.been:
            child.goes_back()
            assert child.state is child.been.pop()
        elif press is None:
            with pytest.raises(RuleBroken, match="illegal_move"):
                child.goes_back()
    assert (child.state in AWAY) == return_alarm(child.state, BACK, BACK + timedelta(minutes=60), 60)


@pytest.mark.parametrize("state", State)
def test_only_a_child_that_is_with_us_alarms(state: State) -> None:
    late = BACK + timedelta(minutes=60)
    assert return_alarm(state, BACK, late, 60) is (state in AWAY)
    assert not return_alarm(state, BACK, late - timedelta(seconds=1), 60)


def test_every_way_back_is_in_the_table_and_leads_to_a_step_that_leads_here() -> None:
    for here, before in FLOW.corrections.items():
        for state in before:
            assert FLOW.may_move(state, here), (state, here)
