"""Names in a sheet: apart or whole, in either order, with their particles."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.kernel.rules import RuleBroken
from gib.core.sheets import names
from gib.core.sheets.known import _apart, agreed
from gib.core.sheets.names import Name, name_of, split
from gib.core.sheets.parsers import Context

CONTEXT = Context(date(2011, 1, 11))


@pytest.mark.parametrize(
    ("whole", "given_name", "family"),
    [
        ("Truus Duinroos", "Truus", "Duinroos"),
        ("Truus van den Duinroos", "Truus", "van den Duinroos"),
        ("Truus de Duin-Roos", "Truus", "de Duin-Roos"),
        ("Truus 't Duinroos", "Truus", "'t Duinroos"),
        ("Anna Truus van Duinroos", "Anna Truus", "van Duinroos"),
        ("Duinroos, Truus", "Truus", "Duinroos"),
        ("Duinroos, Truus van den", "Truus", "van den Duinroos"),
        ("van Duinroos, Anna Truus", "Anna Truus", "van Duinroos"),
        ("Truus Duinroos Zeeroos", "Truus", "Duinroos Zeeroos"),
    ],
)
def test_a_whole_name_is_divided(whole: str, given_name: str, family: str) -> None:
    assert split(whole) == Name(given_name, family)


@pytest.mark.parametrize("whole", ["Truus", "", "  ", "Duinroos,"])
def test_one_name_is_not_enough(whole: str) -> None:
    with pytest.raises(RuleBroken, match=r"^name_one_word$"):
        split(whole)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"given_name": "Truus", "family_name": "Duinroos"}, ("Truus", "Duinroos")),
        ({"given_name": "Truus", "infix": "van", "family_name": "Duinroos"}, ("Truus", "van Duinroos")),
        ({"given_name": "Truus", "name": "Duinroos"}, ("Truus", "Duinroos")),
        ({"given_name": "Truus", "infix": "de", "name": "Duinroos"}, ("Truus", "de Duinroos")),
        ({"given_name": "Truus", "name": "Truus Duinroos"}, ("Truus", "Duinroos")),
        ({"family_name": "Duinroos", "name": "Truus Duinroos"}, ("Truus", "Duinroos")),
        ({"name": "Duinroos, Truus"}, ("Truus", "Duinroos")),
    ],
)
def test_a_name_is_read_from_whatever_columns_there_are(
    values: dict[str, str], name: tuple[str, str]
) -> None:
    assert name_of(values) == name


@pytest.mark.parametrize(
    ("values", "code", "column"),
    [
        ({}, "name_absent", "given_name"),
        ({"given_name": "Truus"}, "name_absent", "family_name"),
        ({"name": "Truus"}, "name_one_word", "name"),
        ({"given_name": "Truus", "name": "Truus"}, "name_one_word", "name"),
        ({"name": f"{'a' * 61} Duinroos"}, "cell_too_long", "name"),
        (
            {"given_name": "Truus", "infix": "van der", "family_name": "b" * 79},
            "cell_too_long",
            "family_name",
        ),
    ],
)
def test_a_name_that_cannot_be_is_a_fault_of_its_cell(values: dict[str, str], code: str, column: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        name_of(values)
    assert (refused.value.code, refused.value.facts["column"]) == (code, column)


def test_two_writings_of_a_name_have_one_mark() -> None:
    marks = {split(name).mark for name in ("Trúús van Duinroos", "truus VAN duinroos", "Duinroos, Truus van")}
    assert len(marks) == 1


@pytest.mark.parametrize(
    ("values", "count"),
    [
        ({"name": "Truus Duinroos Zeeroos"}, 1),
        ({"name": "Truus van Duinroos"}, 0),
        ({"name": "Duinroos Zeeroos, Truus"}, 0),
        ({"name": "Truus Duinroos"}, 0),
        ({"given_name": "Truus", "family_name": "Duinroos Zee Roos"}, 0),
    ],
)
def test_a_doubt_is_told_when_a_name_divides_in_two_ways(values: dict[str, str], count: int) -> None:
    assert [doubt.code for doubt in names.doubts(values, CONTEXT)] == ["name_split"] * count


@given(st.from_regex(r"[A-Z][a-z]{1,9}", fullmatch=True), st.from_regex(r"[A-Z][a-z]{1,9}", fullmatch=True))
def test_the_order_of_a_name_does_not_count(given_name: str, family: str) -> None:
    assert split(f"{given_name} {family}") == split(f"{family}, {given_name}")


@pytest.mark.parametrize(
    ("written", "there", "same"),
    [
        ("Dorp 1", "dorp 1", True),
        ("Dorp 1", "Dorp 2", False),
        ("Dorp 1", None, False),
        (True, date(2010, 1, 1), True),
        (True, None, False),
        (False, None, True),
        (date(2010, 1, 1), date(2010, 1, 1), True),
        (date(2010, 1, 1), 2010, False),
        (("nl",), ("nl",), True),
    ],
)
def test_only_what_is_the_same_comes_out(written: object, there: object, same: bool) -> None:
    row = {"name": "Truus Duinroos", "cell": written}
    assert ("cell" in agreed(row, {"cell": there})) is same
    assert agreed(row, {"cell": there})["name"] == "Truus Duinroos"


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (date(1980, 1, 1), date(1980, 1, 2), True),
        (date(1980, 1, 1), 1980, False),
        (1981, date(1980, 1, 1), True),
        (None, 1980, False),
    ],
)
def test_another_birth_is_another_person(
    one: date | int | None, other: date | int | None, apart: bool
) -> None:
    assert _apart(one, other) is apart
