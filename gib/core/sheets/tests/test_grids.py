"""Cells as text: what nobody sees goes, what a person reads stays, and nothing grows without end."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.kernel.rules import RuleBroken
from gib.core.sheets import refusals
from gib.core.sheets.grids import Book, Grid, Line, Merge, clean, letter, lines_of, text_of

WRITTEN = [
    (None, ""),
    ("", ""),
    (" a \u00a0 b ", "a b"),
    ("a\r\nb\rc", "a\nb\nc"),
    ("\n\na\n\n", "a"),
    ("a\u200bb\ufeff", "ab"),
    ("a\x00\x07b", "ab"),
    ("a\tb", "a b"),
    ("Zoe\u0308", "Zoë"),
    ("'=1+1", "=1+1"),
    ("'+31", "+31"),
    ("''=1", "'=1"),
    ("'t Hoen", "'t Hoen"),
    (True, "ja"),
    (False, "nee"),
    (0, "0"),
    (12, "12"),
    (3.0, "3"),
    (12.5, "12,5"),
    (0.1 + 0.2, "0,3"),
    (-5.25, "-5,25"),
    (1e20, ""),
    (float("nan"), ""),
    (float("inf"), ""),
    (612345678.0, "612345678"),
    (1e-12, "0"),
    (date(1981, 3, 27), "1981-03-27"),
    (datetime(1981, 3, 27, tzinfo=UTC), "1981-03-27"),
    (datetime(1981, 3, 27, 10, 5, tzinfo=UTC), "1981-03-27 10:05"),
    (time(1, 30), "01:30"),
    (timedelta(hours=26, minutes=30), "26:30"),
    (object(), ""),
]


@pytest.mark.parametrize(("value", "text"), WRITTEN)
def test_a_cell_is_written_as_people_write_it(value: object, text: str) -> None:
    assert text_of(value) == text


@given(st.text(max_size=80).map(clean))
def test_cleaning_twice_is_cleaning_once_but_for_a_guard(text: str) -> None:
    assert clean(text) == text or text.startswith("'")


@given(
    st.one_of(
        st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.timedeltas(), st.text()
    )
)
def test_any_value_becomes_text_without_control_signs(value: object) -> None:
    text = text_of(value)
    assert isinstance(text, str)
    assert not any(ord(sign) < 32 and sign != "\n" for sign in text)


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_letters(column: int, name: str) -> None:
    assert letter(column) == name


def kept(*rows: list[object], budget: int = 1000) -> list[Line]:
    return list(lines_of(iter(rows), [budget]))


def test_empty_rows_keep_their_number_and_leave() -> None:
    lines = kept([], ["a", "", ""], ["", " "], [None, "b"])
    assert lines == [Line(2, ("a",)), Line(4, ("", "b"))]
    assert [line.filled for line in lines] == [1, 1]
    assert (lines[0][0], lines[0][7]) == ("a", "")


def test_the_limits_are_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = ["x"] * refusals.MAX_COLUMNS
    assert kept(wide)
    with pytest.raises(RuleBroken) as refused:
        kept([*wide, "x"])
    assert refused.value.facts == {"column": letter(refusals.MAX_COLUMNS), "columns": refusals.MAX_COLUMNS}
    assert kept(["x" * refusals.MAX_CELL], budget=20_000)
    with pytest.raises(RuleBroken) as refused:
        kept(["a"], ["x" * (refusals.MAX_CELL + 1)], budget=20_000)
    assert refused.value.facts == {"row": 2, "characters": refusals.MAX_CELL}
    monkeypatch.setattr(refusals, "MAX_ROWS", 3)
    with pytest.raises(RuleBroken, match="sheet_too_many_rows"):
        kept(*[["x"]] * 54)


def test_all_text_of_a_file_together_is_limited() -> None:
    with pytest.raises(RuleBroken, match="sheet_too_heavy"):
        kept(["aaaa", "bbbb"], ["cccc"], budget=12)
    assert kept(["aaaa"], ["bbbb"], budget=12)


def test_a_book_survives_the_pipe() -> None:
    grid = Grid("Blad1", (Line(2, ("a", "b")), Line(9, ("", "c"))), (Merge(2, 0, 3, 1),))
    book = Book((grid, Grid("leeg", ())), ("oud",), counts_from_1904=True)
    assert Book.from_json(book.to_json()) == book
    assert (grid.width, Grid("leeg", ()).width) == (2, 0)
