"""Which postcode areas are one village: those of a place that has two or three of them; and made-up ones."""

import pytest

from gib.people.partners.actions import import_postcodes
from gib.people.partners.builders import made_up_areas
from gib.people.partners.domain.files import PostcodeRow, villages_of
from gib.people.partners.models import Postcode
from gib.people.partners.models import villages_of as kept_villages
from gib.people.partners.models.lists import imported


def areas(place: str, *digits: str, code: str = "0001") -> list[PostcodeRow]:
    return [PostcodeRow(each, place, code, 52.0, 5.0) for each in digits]


def test_a_place_of_two_or_three_areas_is_a_village() -> None:
    rows = [
        *(*areas("Een", "1001"), *areas("Twee", "2001", "2002"), *areas("Drie", "3001", "3002", "3003")),
        *areas("Vier", "4001", "4002", "4003", "4004"),
    ]
    two, three = dict.fromkeys(("2001", "2002"), "Twee 0001"), ("3001", "3002", "3003")
    assert villages_of(rows) == two | dict.fromkeys(three, "Drie 0001")
    assert villages_of([*rows[::-1], *rows]) == villages_of(rows)
    assert villages_of([]) == {}


def test_two_villages_with_one_name_are_two() -> None:
    rows = [
        *areas("Nes", "1001", "1002"),
        *areas("Nes", "2001", "2002", code=""),
        *areas("Nes", "3", code="2"),
    ]
    assert villages_of(rows) == {"1001": "Nes 0001", "1002": "Nes 0001", "2001": "Nes", "2002": "Nes"}


def test_an_area_of_two_villages_belongs_to_the_larger_one() -> None:
    rows = [*areas("Klein", "1001", "1002"), *areas("Groter", "1002", "1003", "1004"), *areas("Kern", "1001")]
    larger = dict.fromkeys(("1002", "1003", "1004"), "Groter 0001")
    assert villages_of(rows) == {"1001": "Klein 0001"} | larger


@pytest.mark.django_db
def test_made_up_areas_are_nobodys_and_the_file_of_an_operator_takes_their_place() -> None:
    middle = {"municipality_code": "0001", "latitude": 52.0, "longitude": 5.0}
    made_up_areas({"digits": digits, "village": "Dorp 0001"} | middle for digits in ("1001", "1002"))
    assert Postcode.objects.count() == 2
    assert imported()[0] == 0
    assert kept_villages(["1001"]) == {"1001": "Dorp 0001"}
    line = "NL\t1001\tEen\tDrenthe\t01\tEen\t0001\t\t\t52.9\t6.5\t\n"
    assert import_postcodes([line]) == 1
    assert (imported()[0], kept_villages(["1001"])) == (1, {})
