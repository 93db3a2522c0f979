"""How the way of a child and a car read on the screen and in a letter, without a database."""

from datetime import date, time
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from gib.care.products.moeder_kind_bezoeken.domain import State
from gib.care.products.moeder_kind_bezoeken.papers import letter_words
from gib.care.products.moeder_kind_bezoeken.presenting.papers import Letter, _letter
from gib.care.products.moeder_kind_bezoeken.presenting.rides import (
    RideLine,
    car_of,
    is_unserved,
    way,
    window,
)

RIDE = uuid4()
CAR = RideLine(RIDE, "Truus L.", "Truus Lindeboom", "ride.planned", "", [], [])
LAPSED = RideLine(RIDE, "Truus L.", "Truus Lindeboom", "ride.papers", "", ["VOG"], [])


def a_child(**facts: Any) -> Any:
    usual: dict[str, Any] = {
        "state": State.CONFIRMED,
        "is_fetched": True,
        "ride_id": None,
        "pick_up_from": time(9),
        "pick_up_until": time(9, 15),
        "back_time": time(13),
        "child": SimpleNamespace(first_name="Merel"),
    }
    return SimpleNamespace(**(usual | facts))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"ride_id": RIDE}, "Met Truus L., ophalen 09:00 - 09:15"),
        ({}, "Ophalen 09:00 - 09:15, nog geen auto"),
        ({"is_fetched": False}, "Wordt van huis gebracht"),
        ({"is_fetched": None, "pick_up_from": None}, "Nog niet afgesproken hoe het kind komt"),
    ],
)
def test_how_a_child_comes_is_said_without_where_it_lives(facts: dict[str, Any], said: str) -> None:
    assert way(a_child(**facts), {RIDE: CAR}) == said


@pytest.mark.parametrize("state", State)
def test_only_who_is_expected_can_lack_a_car(state: State) -> None:
    expected = state in (State.INVITED, State.CONFIRMED)
    assert is_unserved(a_child(state=state)) is expected
    assert is_unserved(a_child(state=state, is_fetched=None)) is expected
    assert not is_unserved(a_child(state=state, is_fetched=False))
    assert not is_unserved(a_child(state=state, ride_id=RIDE))


@pytest.mark.parametrize(
    ("seats", "taken", "said"),
    [
        ((3, 0, 0), 0, "0 van 3 plekken bezet"),
        ((3, 1, 0), 2, "2 van 3 plekken bezet, 1 zitverhoger"),
        ((4, 2, 1), 4, "4 van 4 plekken bezet, 2 zitverhogers, 1 babystoel"),
        ((4, 0, 2), 1, "1 van 4 plekken bezet, 2 babystoelen"),
    ],
)
def test_how_full_a_car_is(seats: tuple[int, int, int], taken: int, said: str) -> None:
    row = SimpleNamespace(**dict(zip(("seats", "boosters", "babies"), seats, strict=True)))
    assert car_of(row, taken) == said


def test_who_is_not_fetched_has_no_window() -> None:
    assert window(a_child(pick_up_from=None)) == ""


@pytest.mark.parametrize(
    ("facts", "cars", "said"),
    [
        ({"ride_id": RIDE}, {RIDE: CAR}, "Truus L. van Gezin in Balans haalt op tussen 09:00 - 09:15."),
        ({"ride_id": RIDE}, {RIDE: LAPSED}, "Wie er rijdt, hoort u nog."),
        ({}, {}, "Wie er rijdt, hoort u nog."),
        ({"is_fetched": False}, {}, "U brengt het kind zelf naar de inrichting"),
    ],
)
def test_a_letter_names_only_a_driver_who_may_drive(
    facts: dict[str, Any], cars: dict[Any, RideLine], said: str
) -> None:
    letter = _letter([a_child(**facts)], cars)
    assert letter.names == ["Merel"]
    assert said in letter.lines[0]
    assert "13:00" in letter.lines[1]


def test_each_letter_says_what_goes_along() -> None:
    prison = SimpleNamespace(place="Nieuwersluis")
    meeting = SimpleNamespace(planned_on=date(2011, 1, 18), planned_time=time(10, 30), prison=prison)
    homes = [Letter(["Merel", "Vink"], ["Regel."]), Letter(["Spreeuw"], ["Regel."])]
    words = letter_words(meeting, homes)
    assert [("Merel en Vink" in one["intro"]) for one in words["letters"]] == [True, False]
    assert all("Nieuwersluis" in one["intro"] for one in words["letters"])
    assert any("identiteitsbewijs" in thing for thing in words["things"])
    assert letter_words(meeting, [])["letters"] == []
