"""Forms of transport and hand-back without a page: what is read, and what each refusal points at."""

from datetime import time
from typing import Any
from uuid import uuid4

import pytest

from gib.care.products.moeder_kind_bezoeken import words
from gib.care.products.moeder_kind_bezoeken.domain.rides import AtHome, Car, RideEnd
from gib.care.products.moeder_kind_bezoeken.forms import BackForm
from gib.care.products.moeder_kind_bezoeken.forms.rides import HomeForm, RideEndForm, RideForm, SeatForm
from gib.core.kernel.rules import RuleBroken
from gib.engines.mornings.problem import Seat

DRIVER, OTHER = str(uuid4()), str(uuid4())
HOME: dict[str, Any] = {
    "how": "auto",
    "place": " Zonnepad 1 ",
    "pick_up_from": "8:30",
    "pick_up_until": "08:45",
    "seat": "booster",
}
RIDE: dict[str, Any] = {"driver": DRIVER, "seats": "3", "boosters": "1", "babies": "0"}


def sent(told: dict[str, Any]) -> dict[str, Any]:
    return {"token": str(uuid4()), **told}


def test_what_was_agreed_at_home_is_read() -> None:
    form = HomeForm(sent(HOME))
    assert form.is_valid()
    assert form.to_command() == AtHome(
        is_fetched=True,
        place="Zonnepad 1",
        pick_up_from=time(8, 30),
        pick_up_until=time(8, 45),
        seat=Seat.BOOSTER,
    )
    alone = HomeForm(sent({"how": "zelf", "seat": "plain"}))
    assert alone.is_valid()
    assert alone.to_command() == AtHome(is_fetched=False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("how", ""),
        ("how", "bus"),
        ("seat", "dak"),
        ("seat", ""),
        ("pick_up_from", "25:00"),
        ("pick_up_until", "half negen"),
        ("place", "x" * 201),
    ],
)
def test_what_cannot_be_at_home_is_said_at_its_field(name: str, value: str) -> None:
    form = HomeForm(sent(HOME | {name: value}))
    assert not form.is_valid()
    assert set(form.errors) == {name}


@pytest.mark.parametrize(
    ("code", "name", "facts"),
    [
        ("pick_up_unknown", "place", {}),
        ("window_reversed", "pick_up_until", {}),
        ("pick_up_late", "pick_up_until", {}),
        ("ride_too_long", "pick_up_from", {"minutes": 95, "most": 90}),
    ],
)
def test_a_rule_about_home_speaks_at_the_field_it_is_about(
    code: str, name: str, facts: dict[str, Any]
) -> None:
    form = HomeForm(sent(HOME))
    assert form.is_valid()
    form.refuse(RuleBroken(code, **facts))
    assert set(form.errors) == {name}
    for value in facts.values():
        assert str(value) in str(form.errors)


def test_who_drives_is_one_of_who_may() -> None:
    choices = [(DRIVER, "Truus L.")]
    form = RideForm(sent(RIDE), choices=choices)
    assert form.is_valid()
    command = form.to_command()
    assert (str(command.volunteer_id), command.car) == (DRIVER, Car(3, 1, 0))
    assert set(RideForm(sent(RIDE | {"driver": OTHER}), choices=choices).errors) == {"driver"}


@pytest.mark.parametrize(
    ("name", "value"),
    [("seats", "veel"), ("seats", "100"), ("boosters", "-1"), ("babies", "-1"), ("seats", "")],
)
def test_numbers_of_seats_that_cannot_be(name: str, value: str) -> None:
    form = RideForm(sent(RIDE | {name: value}), choices=[(DRIVER, "Truus L.")])
    assert set(form.errors) == {name}


@pytest.mark.parametrize(
    ("code", "name", "facts"),
    [
        ("no_seats", "seats", {"most": 8}),
        ("more_child_seats", "boosters", {}),
        ("driver_taken", "driver", {}),
    ],
)
def test_a_rule_about_a_ride_speaks_at_its_field(code: str, name: str, facts: dict[str, Any]) -> None:
    form = RideForm(sent(RIDE), choices=[(DRIVER, "Truus L.")])
    assert form.is_valid()
    form.refuse(RuleBroken(code, **facts))
    assert set(form.errors) == {name}


def test_a_car_of_another_morning_is_no_choice() -> None:
    form = SeatForm(sent({"ride": DRIVER}), choices=[(DRIVER, "Truus L.: 0 van 3 plekken bezet")])
    assert form.is_valid()
    assert str(form.to_command()) == DRIVER
    assert set(SeatForm(sent({"ride": OTHER}), choices=[(DRIVER, "Truus L.")]).errors) == {"ride"}


@pytest.mark.parametrize("reason", RideEnd)
def test_each_reason_why_a_ride_falls_out_can_be_chosen(reason: RideEnd) -> None:
    form = RideEndForm(sent({"reason": str(reason)}))
    assert form.is_valid()
    assert form.to_command() is reason


def test_a_child_is_given_back_to_somebody_with_a_name() -> None:
    form = BackForm(sent({"handed_to": "oma Bep", "is_signed": "on", "observation": "Zij zongen."}))
    assert form.is_valid()
    back = form.to_command()
    assert (back.to, back.is_signed, back.observation) == ("oma Bep", True, "Zij zongen.")
    assert set(BackForm(sent({"handed_to": ""})).errors) == {"handed_to"}
    unsigned = BackForm(sent({"handed_to": "oma"}))
    assert unsigned.is_valid()
    assert not unsigned.to_command().is_signed


def test_every_code_has_a_word() -> None:
    assert set(words.SEATS) == set(Seat)
    assert set(words.RIDE_ENDS) == set(RideEnd)
