"""Where people of the year live: real numbers of postcodes, made-up middles, and who is whose neighbour."""

from collections import Counter

import pytest

from gib.people.partners.domain import parse_postcode
from gib.people.partners.domain.identifiers import areas_in
from gib.portal.year import parameters as known
from gib.portal.year.country import FIRST, Area, Country, address, areas_of, postcode
from gib.portal.year.dice import Dice

HERE, THERE = ("0344", "Utrecht", 52.09, 5.08), ("0935", "Maastricht", 50.85, 5.70)
#: A degree to the north, in kilometres.
DEGREE = 111.32


def country() -> Country:
    """Give two municipalities and a prison near the first."""
    areas = [*areas_of(*HERE), *areas_of(*THERE)]
    return Country(areas, {"NSL": (52.2, 5.0)})


def test_every_municipality_of_the_year_has_numbers_of_its_own() -> None:
    assert FIRST.keys() == known.MUNICIPALITIES.keys()
    areas = [area.digits for code in FIRST for area in areas_of(code, code, 52.0, 5.0)]
    assert [digits for digits, times in Counter(areas).items() if times > 1] == []
    assert all(parse_postcode(f"{digits} AB") == f"{digits} AB" for digits in areas)


def test_shares_of_municipalities_leave_those_who_go_nowhere() -> None:
    assert sum(known.MUNICIPALITIES.values()) == pytest.approx(100 - known.NOWHERE_SHARE)


def test_areas_lie_around_the_middle_and_the_last_are_a_village() -> None:
    areas = areas_of(*HERE)
    assert all(area.apart(*HERE[2:]) < 8 for area in areas)
    assert areas[0].apart(*HERE[2:]) == 0
    assert Area("1000", "0001", 53.0, 5.0).apart(52.0, 5.0) == pytest.approx(DEGREE)
    villages = Counter(area.village for area in areas)
    assert villages == {"": 5, "Dorp bij Utrecht 0344": 2}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("3521", "3521", True),
        ("3521", "3522", False),
        ("3526", "3527", True),
        ("3525", "3526", False),
        ("", "3521", False),
        ("3521", "", False),
    ],
)
def test_neighbours_share_an_area_or_a_village(one: str, other: str, expected: bool) -> None:
    assert country().are_neighbours(one, other) is expected


def test_who_visits_lives_near_and_who_helps_at_home_anywhere() -> None:
    land = country()
    near = Counter(land.home_of_volunteer("NSL", Dice("near", each)).municipality_code for each in range(300))
    assert near["0344"] > 290
    everywhere = Country((area for code in FIRST for area in areas_of(code, code, 52.0, 5.0)), {})
    homes = Counter(
        everywhere.home_of_volunteer("", Dice("home", each)).municipality_code for each in range(900)
    )
    assert len(homes) > 40
    assert homes.most_common(1)[0][0] in known.GREAT_CITIES
    assert land.apart("3521", "6211") == pytest.approx(144, abs=4)
    assert {land.home_of_mother("0935", Dice("home", each)).municipality_code for each in range(9)} == {
        "0935"
    }


def test_an_address_names_its_area_alone() -> None:
    area = areas_of(*HERE)[2]
    for each in range(20):
        dice = Dice("address", each)
        assert areas_in(address(area, dice)) == (area.digits,)
        assert postcode(area, dice)[:4] == area.digits
