"""Sheets that go out: harmless, and the same when they come back."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from gib.core.kernel.bsn import find_bsn
from gib.core.sheets import writing
from gib.core.sheets.dryrun import check
from gib.core.sheets.grids import clean
from gib.core.sheets.mapping import propose
from gib.core.sheets.parsers import YEARS
from gib.core.sheets.reading import read
from gib.core.sheets.sniffing import Kind, kind_of
from gib.core.sheets.tables import _TOTAL, find_table
from gib.core.sheets.tests.files import CONTEXT, LENDERS
from gib.core.sheets.words import is_empty
from gib.core.sheets.workbook import read_workbook


def says_something(text: str) -> bool:
    return not (is_empty(text) or find_bsn(text) or text[0] == "#" or _TOTAL.match(text))


TEXTS = st.text(min_size=1, max_size=60).map(clean).filter(lambda text: bool(text) and says_something(text))
ROWS = st.lists(
    st.fixed_dictionaries(
        {"name": TEXTS.map(lambda text: text.replace("\n", " ")).map(clean).filter(says_something)},
        optional={
            "born_on": st.dates(date(YEARS[0], 1, 1), date(YEARS[1], 12, 31)),
            "phone": st.integers(0, 9_999_999).map(lambda number: f"+3161{number:07}"),
            "postcode": st.just("1234 AB"),
            "sort": st.sampled_from(["plain", "guest"]),
            "paid": st.booleans(),
            "fee": st.integers(0, 10**9),
            "hours": st.integers(0, 400).map(lambda quarters: quarters * 15),
            "books": st.integers(0, 500),
            "remark": TEXTS,
        },
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda row: row["name"],
)


def back(book: Any) -> list[dict[str, Any]]:
    table = find_table(book, LENDERS)
    report = check(LENDERS, table, propose(LENDERS, table.headings), CONTEXT)
    assert report.faults == ()
    return [dict(row.values) for row in report.rows]


def distinct(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows about different persons, as the sheet sees it: two that are alike count once."""
    return rows[:1]


@given(ROWS.map(distinct))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_csv_comes_back_as_the_same_rows(rows: list[dict[str, Any]]) -> None:
    assert back(read(writing.to_csv(LENDERS, rows))) == rows


@given(ROWS.map(distinct))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_xlsx_comes_back_as_the_same_rows(rows: list[dict[str, Any]]) -> None:
    assert back(read_workbook(writing.to_xlsx(LENDERS, rows), Kind.XLSX)) == rows


@pytest.mark.parametrize("text", ["=1+1", "+31", "-1", "@x", "'=1+1", "=cmd|' /C calc'!A0"])
def test_what_looks_like_a_formula_is_guarded_and_comes_back(text: str) -> None:
    assert writing.harmless(text).startswith("'")
    assert clean(writing.harmless(text)) == text
    data = writing.to_csv(LENDERS, [{"name": text}])
    assert not any(
        cell[:1] in "=+-@" for line in data.decode().splitlines()[1:] for cell in line.split(";") if cell
    )


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    data = writing.to_xlsx(LENDERS, [{"name": "=1+1", "remark": "@x", "phone": "+32470123456"}])
    sheet = load_workbook(BytesIO(data)).active
    assert [cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value] == [
        "s",
        "s",
        "s",
    ]


def test_csv_is_what_dutch_offices_open() -> None:
    data = writing.to_csv(LENDERS, [{"name": "Zoë", "born_on": date(1981, 3, 27), "fee": 1250}])
    assert data.startswith(b"\xef\xbb\xbfNaam;Geboortedatum;")
    assert "Zoë;27-03-1981;;;;;12,50;" in data.decode("utf-8-sig")


def test_signs_that_no_sheet_may_hold_are_left_out() -> None:
    assert writing.harmless("a\x00b\x0bc\ud800") == "abc"


def test_the_empty_sheet_explains_itself() -> None:
    data = writing.empty_template(LENDERS)
    assert kind_of(data) is Kind.XLSX
    book = load_workbook(BytesIO(data))
    assert book.sheetnames == ["Gegevens", "Uitleg"]
    first = [cell.value for cell in book["Gegevens"][1]]
    assert first == [column.heading for column in LENDERS.columns]
    explained = list(book["Uitleg"].values)
    assert explained[0] == ("Kolom", "Verplicht", "Wat u mag schrijven", "Voorbeeld", "Uitleg")
    assert explained[1][:3] == ("Naam", "ja", "tekst, hoogstens 80 tekens")


def test_days_are_days_in_a_workbook() -> None:
    sheet = load_workbook(BytesIO(writing.to_xlsx(LENDERS, [ANKIE]))).active
    assert sheet["B2"].is_date
    assert sheet["B2"].number_format == "DD-MM-YYYY"


ANKIE = {"name": "Ankie", "born_on": date(1981, 3, 27)}
