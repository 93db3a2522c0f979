"""CSV in every encoding and with every delimiter that offices use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.kernel.rules import RuleBroken
from gib.core.sheets.delimited import decode, find_delimiter, read_csv

TEXT = "Naam;Plaats\r\nZoë;’s-Hertogenbosch\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_the_old_latin_encoding_is_the_last_resort() -> None:
    assert decode("Zoë\x81".encode("latin-1")) == "Zoë\x81"


@pytest.mark.parametrize(
    "data", [b"a\x00b", b"\xef\xbb\xbf\xff", b"\xff\xfea", b"a\x01", b"\xfe\xff\xd8\x00"]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(RuleBroken, match="sheet_unknown_type"):
        decode(data)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("a;b\n1;2\n", ";"),
        ("a,b\n1,2\n", ","),
        ("a\tb\n1\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("Lijst van 3, 4 en 5\na;b\n1;2\n3;4\n", ";"),
        ('a;b\n"x,y,z";2\n"p,q,r";3\n', ";"),
        ("a,b,c\n1;2,3,4\n", ","),
        ("een\ntwee\n", ";"),
        ("", ";"),
    ],
)
def test_the_delimiter_is_found(text: str, sign: str) -> None:
    assert find_delimiter(text) == sign


@pytest.mark.parametrize("hint", ["sep=|\n", "SEP=|\r\n", '"sep=|"\r\n'])
def test_a_hint_for_the_delimiter_is_no_row(hint: str) -> None:
    (grid,) = read_csv(f"{hint}a;x|b\n".encode()).grids
    assert [(line.number, line.cells) for line in grid.lines] == [(1, ("a;x", "b"))]


def test_rows_have_the_number_that_a_spreadsheet_shows() -> None:
    (grid,) = read_csv(b'a;b\n\n"x\ny";1\n;\nc;d\n').grids
    assert [(line.number, line.cells[0]) for line in grid.lines] == [(1, "a"), (3, "x\ny"), (5, "c")]


@given(st.lists(st.lists(st.text("abc ,;\"'\n", max_size=5), min_size=2, max_size=4), min_size=2, max_size=5))
def test_no_text_breaks_the_reader(rows: list[list[str]]) -> None:
    text = "\r\n".join(";".join(f'"{cell}"' for cell in row) for row in rows)
    assert len(read_csv(text.encode()).grids) == 1
