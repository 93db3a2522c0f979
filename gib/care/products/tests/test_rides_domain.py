"""The rules of transport without a database: cars, what is agreed at home, rooms, and the way back."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.care.products.moeder_kind_bezoeken.domain import (
    FLOW,
    Moments,
    State,
    check_handed,
    step_before,
)
from gib.care.products.moeder_kind_bezoeken.domain.rides import (
    MOST_SEATS,
    AtHome,
    Car,
    Times,
    check_at_home,
    check_before,
    check_car,
    check_fits,
    check_free,
    check_goes,
    check_outside,
    check_room,
)
from gib.care.products.tests.conftest import broken
from gib.core.kernel.rules import RuleBroken
from gib.engines.mornings.problem import Seat

VISIT = Times(starts=time(10, 30), minutes=120, back=time(13, 30))
MOMENT = datetime(2011, 1, 18, 9, tzinfo=UTC)


def home(first: time, last: time, **more: object) -> AtHome:
    facts: dict[str, object] = {"place": "Zonnepad 1", "pick_up_from": first, "pick_up_until": last}
    return AtHome(is_fetched=True, **(facts | more))  # type: ignore[arg-type] # a table of cases


@pytest.mark.parametrize("seats", [-1, 0, MOST_SEATS + 1])
def test_a_driver_without_seats_takes_nobody(seats: int) -> None:
    with broken("no_seats"):
        check_car(Car(seats))


def test_no_more_child_seats_than_seats() -> None:
    check_car(Car(3, boosters=2, babies=1))
    with broken("more_child_seats"):
        check_car(Car(3, boosters=2, babies=2))


def test_a_driver_drives_once_and_a_child_sits_in_one_car() -> None:
    check_free(is_driving=False)
    check_outside(is_in_car=False)
    with broken("driver_taken"):
        check_free(is_driving=True)
    with broken("child_in_car"):
        check_outside(is_in_car=True)


def test_a_ride_that_was_called_off_takes_nobody() -> None:
    check_goes(None)
    with broken("ride_over"):
        check_goes(date(2011, 1, 17))


@pytest.mark.parametrize("state", State)
def test_the_way_is_arranged_before_a_child_leaves_home(state: State) -> None:
    before = {State.APPLIED, State.GATE_OPEN, State.GATE_BLOCKED, State.INVITED, State.CONFIRMED}
    if state in before:
        check_before(state)
    else:
        with broken("child_on_its_way"):
            check_before(state)


@pytest.mark.parametrize(
    ("agreed", "code"),
    [
        (AtHome(is_fetched=False), ""),
        (home(time(9), time(9, 15)), ""),
        (home(time(9, 0), time(9, 0)), ""),
        (home(time(9), time(9, 15), place=""), "pick_up_unknown"),
        (home(time(9), time(9, 15), pick_up_until=None), "pick_up_unknown"),
        (home(time(9), time(8, 45)), "window_reversed"),
        (home(time(10), time(10, 30)), "pick_up_late"),
        (home(time(8, 59), time(9, 15)), "ride_too_long"),
    ],
)
def test_what_is_agreed_at_home(agreed: AtHome, code: str) -> None:
    if code:
        with broken(code):
            check_at_home(agreed, VISIT, 90)
    else:
        check_at_home(agreed, VISIT, 90)


def test_the_way_home_has_the_same_limit_and_the_sentence_says_how_long() -> None:
    late = Times(starts=time(10, 30), minutes=120, back=time(14, 1))
    with pytest.raises(RuleBroken, match="ride_too_long") as refused:
        check_at_home(home(time(9, 30), time(9, 45)), late, 90)
    assert refused.value.facts == {"minutes": 91, "most": 90}


seats = st.sampled_from(Seat)


@given(st.integers(1, MOST_SEATS), st.integers(0, 4), st.integers(0, 4), st.lists(seats, max_size=12), seats)
def test_a_car_is_never_filled_beyond_its_seats(
    number: int, boosters: int, babies: int, wanting: list[Seat], last: Seat
) -> None:
    """Whoever asks in whichever order: no more children than seats, each on what it needs."""
    car, taken = Car(number, boosters, babies), list[Seat]()
    for seat in [*wanting, last]:
        left = {Seat.BOOSTER: boosters, Seat.BABY: babies, Seat.PLAIN: number}[seat] - taken.count(seat)
        fits = len(taken) < number and left > 0
        try:
            check_fits(car, taken, seat)
        except RuleBroken as refused:
            assert not fits
            assert refused.code == ("car_full" if len(taken) == number else "child_seats_full")
        else:
            assert fits
            taken.append(seat)
    assert len(taken) <= number


def test_a_full_car_and_a_missing_child_seat_are_told_apart() -> None:
    with broken("car_full"):
        check_fits(Car(2), [Seat.PLAIN, Seat.PLAIN], Seat.PLAIN)
    with broken("child_seats_full"):
        check_fits(Car(4, boosters=1), [Seat.BOOSTER], Seat.BOOSTER)
    check_fits(Car(4, boosters=1), [Seat.BOOSTER], Seat.PLAIN)


def test_a_room_holds_what_the_prison_says_and_without_a_rule_nobody_counts() -> None:
    check_room(9, 10)
    check_room(500, None)
    with broken("room_full"):
        check_room(10, 10)


def test_a_child_is_handed_to_somebody() -> None:
    check_handed("oma")
    for nobody in ("", "  "):
        with broken("handed_to_nobody"):
            check_handed(nobody)


@pytest.mark.parametrize(
    ("state", "seen", "before"),
    [
        (State.PICKED_UP, Moments(picked_up=MOMENT), State.CONFIRMED),
        (State.INSIDE, Moments(picked_up=MOMENT, inside=MOMENT), State.PICKED_UP),
        (State.INSIDE, Moments(inside=MOMENT), State.CONFIRMED),
        (State.REFUSED_AT_GATE, Moments(picked_up=MOMENT, refused=MOMENT), State.PICKED_UP),
        (State.RETURNED, Moments(picked_up=MOMENT, inside=MOMENT), State.INSIDE),
        (State.RETURNED, Moments(picked_up=MOMENT, refused=MOMENT), State.REFUSED_AT_GATE),
        (State.RETURNED, Moments(picked_up=MOMENT), State.PICKED_UP),
    ],
)
def test_each_step_of_the_day_has_its_way_back(state: State, seen: Moments, before: State) -> None:
    assert step_before(state, seen) is before
    assert before in FLOW.corrections[state]


@pytest.mark.parametrize("state", sorted(set(State) - set(FLOW.corrections)))
def test_what_is_no_step_of_the_day_is_not_put_back(state: State) -> None:
    with broken("illegal_move"):
        step_before(state, Moments(MOMENT, MOMENT + timedelta(hours=1)))
