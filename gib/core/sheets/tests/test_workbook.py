"""What the reader of workbooks leaves out is read beside it: errors, merged cells, hidden sheets."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gib.core.kernel.rules import RuleBroken
from gib.core.sheets.grids import Grid, Line, Merge
from gib.core.sheets.sniffing import Kind
from gib.core.sheets.tests.files import changed, ods_rows, xls_rows, xlsx, xlsx_rows
from gib.core.sheets.workbook import read_workbook

SHEET = "xl/worksheets/sheet1.xml"


def first(data: bytes, kind: Kind = Kind.XLSX) -> Grid:
    return read_workbook(data, kind).grids[0]


def with_cells(cells: str) -> bytes:
    """A workbook whose only row is written by hand."""
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row r="1">{cells}</row></sheetData></worksheet>'
    )
    return changed(xlsx_rows(("x",)), SHEET, lambda old: sheet.encode())


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ('<c r="A1" t="e"><v>#N/A</v></c><c r="B1"><v>1</v></c>', ("#N/A", "1")),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B1"><v>1</v></c>', ("#DIV/0!", "1")),
        ('<c r="A1" t="e"/><c r="B1"><v>1</v></c>', ("", "1")),
        ('<c r="A1"><f>1+1</f></c><c r="B1"><v>1</v></c>', ("#FORMULE", "1")),
        ('<c r="A1"><f>1+1</f><v></v></c><c r="B1"><v>1</v></c>', ("#FORMULE", "1")),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', ("2",)),
        ('<c r="A1" t="str"><f>"a"</f><v>a</v></c>', ("a",)),
        ('<c r="A1" s="1"/><c r="B1" t="e"><v>#REF!</v></c><c r="C1"><v>1</v></c>', ("", "#REF!", "1")),
        ('<c r="A1" t="inlineStr"><is><t>tekst</t></is></c>', ("tekst",)),
        (
            '<c r="A1" t="inlineStr"><is><r><t xml:space="preserve">een </t></r><r><t>twee</t></r></is></c>',
            ("een twee",),
        ),
        ('<c r="A1" t="inlineStr"><is><t>#N/A</t></is></c>', ("#N/A",)),
        ('<c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c>', ("ja", "nee")),
        ('<c r="AB1"><v>1</v></c>', ("",) * 27 + ("1",)),
    ],
)
def test_cells_of_every_kind(cells: str, expected: tuple[str, ...]) -> None:
    assert first(with_cells(cells)).lines == (Line(1, expected),)


def hidden(book: Any, sheet: Any) -> None:
    sheet.append(("a",))
    for name, state in (("oud", "hidden"), ("ouder", "veryHidden")):
        other = book.create_sheet(name)
        other.append(("b",))
        other.sheet_state = state
    book.create_chartsheet("grafiek")


def test_hidden_sheets_are_named_and_charts_are_not() -> None:
    book = read_workbook(xlsx(hidden), Kind.XLSX)
    assert [grid.name for grid in book.grids] == ["Sheet"]
    assert book.hidden == ("oud", "ouder")


def test_errors_belong_to_their_own_sheet() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.append(("a", "b"))
        other = book.create_sheet("fout")
        other.append(("a", "#N/A", "c"))
        other["B1"].data_type = "e"

    good, bad = read_workbook(xlsx(fill), Kind.XLSX).grids
    assert (good.lines[0].cells, bad.lines[0].cells) == (("a", "b"), ("a", "#N/A", "c"))


def test_merged_cells_of_excel() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet["B2"] = "x"
        sheet.merge_cells("B2:C4")

    grid = first(xlsx(fill))
    assert grid.merges == (Merge(2, 1, 4, 2),)
    assert grid.lines == (Line(2, ("", "x")),)


def test_merged_cells_of_opendocument() -> None:
    rows = (("a", "b", "c"), ("d", "", "e"), ("f", "", "g"))
    grid = first(ods_rows(*rows, spans={(0, 1): (1, 2), (1, 0): (2, 2)}), Kind.ODS)
    assert grid.merges == (Merge(1, 1, 1, 2), Merge(2, 0, 3, 1))


def test_repeated_rows_and_columns_of_opendocument_are_counted() -> None:
    def repeat(xml: bytes) -> bytes:
        return xml.replace(
            b"<table:table-row>",
            b'<table:table-row table:number-rows-repeated="3"><table:table-cell '
            b'table:number-columns-repeated="5"/></table:table-row><table:table-row>',
            1,
        )

    data = changed(ods_rows(("a", "b"), spans={(0, 0): (2, 1)}), "content.xml", repeat)
    grid = first(data, Kind.ODS)
    assert grid.merges == (Merge(4, 0, 5, 0),)
    assert grid.lines[0].number == 4


def test_days_and_numbers_of_opendocument() -> None:
    assert first(ods_rows((date(1981, 3, 27), 12.5, "27-3-81")), Kind.ODS).lines[0].cells == (
        "1981-03-27",
        "12,5",
        "27-3-81",
    )


def test_an_old_workbook() -> None:
    grid = first(xls_rows(("Zoë", 1.5), ("", 612345678.0)), Kind.XLS)
    assert [line.cells for line in grid.lines] == [("Zoë", "1,5"), ("", "612345678")]


@pytest.mark.parametrize("mark", [b'date1904="1"', b'date1904="true"'])
def test_the_calendar_of_a_mac_is_told(mark: bytes) -> None:
    data = changed(
        xlsx_rows(("a",)),
        "xl/workbook.xml",
        lambda xml: xml.replace(b"<workbookPr", b"<workbookPr " + mark, 1),
    )
    assert read_workbook(data, Kind.XLSX).counts_from_1904
    assert not read_workbook(xlsx_rows(("a",)), Kind.XLSX).counts_from_1904


BROKEN: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "no relations": ("xl/_rels/workbook.xml.rels", lambda xml: b""),
    "relations that are no xml": ("xl/_rels/workbook.xml.rels", lambda xml: b"<a><b></a>"),
    "a workbook that is no xml": ("xl/workbook.xml", lambda xml: b"tekst"),
    "a sheet that stops halfway": (SHEET, lambda xml: xml[: len(xml) // 2]),
    "an entity": ("xl/workbook.xml", lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_workbook_is_refused(name: str) -> None:
    member, change = BROKEN[name]
    with pytest.raises(RuleBroken, match="sheet_broken"):
        read_workbook(changed(xlsx_rows(("Naam",), ("Ankie",)), member, change), Kind.XLSX)


@pytest.mark.parametrize(("data", "kind"), [(ods_rows(("a",)), Kind.XLSX), (b"tekst", Kind.XLS)])
def test_a_sheet_of_another_kind_than_was_said_is_refused(data: bytes, kind: Kind) -> None:
    with pytest.raises(RuleBroken, match="sheet_broken"):
        read_workbook(data, kind)
