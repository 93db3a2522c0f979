"""Which postcode areas are one village: those of a place that has two or three of them."""

from gib.people.partners.domain.files import PostcodeRow, villages_of


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
