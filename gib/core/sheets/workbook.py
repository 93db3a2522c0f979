"""Reading Excel and OpenDocument files; runs only in the child process, which may die of them."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from defusedxml import ElementTree
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from gib.core.kernel.rules import RuleBroken
from gib.core.sheets import refusals
from gib.core.sheets.grids import Book, Grid, Merge, lines_of
from gib.core.sheets.sniffing import BROKEN_ZIP, Kind

_CELL: Final = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"([^>]*)(?<!/)>(.*?)</c>', re.DOTALL)
_VALUE: Final = re.compile(rb"<v[^>]*>([^<]+)</v>")
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_UNCOUNTED: Final = "#FORMULE"

Errors = dict[tuple[int, int], str]


def read_workbook(data: bytes, kind: Kind) -> Book:
    """Read the visible sheets of a workbook as text cells.

    Raises:
        RuleBroken: 'sheet_broken', 'sheet_empty', and the limits of `lines_of`.
    """
    try:
        errors, merges, from_1904 = _beside(data, kind)
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        return _book(book, errors, merges, from_1904)
    except (CalamineError, *BROKEN_ZIP, ElementTree.ParseError, KeyError) as error:
        raise RuleBroken("sheet_broken") from error


def _book(
    book: CalamineWorkbook, errors: dict[str, Errors], merges: dict[str, list[Merge]], from_1904: bool
) -> Book:
    shown, hidden = _names(book)
    budget = [refusals.MAX_TEXT]
    grids = []
    for name in shown:
        sheet = book.get_sheet_by_name(name)
        lines = tuple(lines_of(_rows(sheet, errors.get(name, {})), budget))
        grids.append(Grid(name, lines, tuple(merges.get(name) or _merges(sheet))))
    if not any(grid.lines for grid in grids):
        raise RuleBroken("sheet_empty")
    return Book(tuple(grids), hidden, from_1904)


def _names(book: CalamineWorkbook) -> tuple[list[str], tuple[str, ...]]:
    """Give the names of the sheets with cells that are visible, and of those that are hidden."""
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
    shown = [sheet.name for sheet in sheets if sheet.visible is SheetVisibleEnum.Visible]
    return shown, tuple(sheet.name for sheet in sheets if sheet.name not in shown)


def _rows(sheet: CalamineSheet, errors: Errors) -> Iterator[list[Any]]:
    """Give the cells of each row from A1 on, with the errors that the reader itself leaves empty."""
    left = sheet.start[1] if sheet.start else 0
    for number, row in enumerate(sheet.iter_rows() if sheet.start else ()):
        yield _with_errors(number, [""] * left + row, errors)


def _with_errors(number: int, row: list[Any], errors: Errors) -> list[Any]:
    return [value if value != "" else errors.get((number, column), "") for column, value in enumerate(row)]


def _merges(sheet: CalamineSheet) -> list[Merge]:
    ranges = sheet.merged_cell_ranges or []
    return [Merge(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges]


def _beside(data: bytes, kind: Kind) -> tuple[dict[str, Errors], dict[str, list[Merge]], bool]:
    """Read what the reader leaves out: errors and the calendar of Excel, merged cells of OpenDocument."""
    if kind is Kind.XLS:
        return {}, {}, False
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if archive.testzip():
            raise RuleBroken("sheet_broken")
        if kind is Kind.ODS:
            return {}, _spans(archive), False
        properties = archive.read("xl/workbook.xml")
        return _all_errors(archive), {}, bool(re.search(rb'date1904="(?:1|true)"', properties))


def _all_errors(archive: zipfile.ZipFile) -> dict[str, Errors]:
    relations = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    parts = {
        part.get("Id"): part.get("Target", "")
        for part in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    found = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet") and (path := parts.get(sheet.get(relations))):
            path = path.lstrip("/") if path.startswith("/") else f"xl/{path}"
            found[sheet.get("name", "")] = _errors(archive.read(path)) if path in archive.namelist() else {}
    return found


def _errors(sheet: bytes) -> Errors:
    if b't="e"' not in sheet and b"<f" not in sheet:
        return {}
    cells = ((_place(*cell[:2]), _error_in(*cell[2:])) for cell in _CELL.findall(sheet))
    return {place: error for place, error in cells if error}


def _error_in(attributes: bytes, inside: bytes) -> str:
    """Give the error that a cell shows, or the mark of a formula that was never worked out."""
    value = _VALUE.search(inside)
    if b't="e"' in attributes:
        return value[1].decode("ascii", "replace") if value else "#N/A"
    return "" if value or b"<f" not in inside or b"<t" in inside else _UNCOUNTED


def _place(letters: bytes, number: bytes) -> tuple[int, int]:
    column = 0
    for sign in letters:
        column = column * 26 + sign - 64
    return int(number) - 1, column - 1


def _spans(archive: zipfile.ZipFile) -> dict[str, list[Merge]]:
    content = archive.read("content.xml")
    if b"-spanned=" not in content:
        return {}
    root = ElementTree.fromstring(content)
    return {table.get(f"{_TABLE}name", ""): list(_merged(table)) for table in root.iter(f"{_TABLE}table")}


def _merged(table: Any) -> Iterator[Merge]:
    row_number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in row:
            tall, wide = (_count(cell, f"number-{way}-spanned") for way in ("rows", "columns"))
            if tall > 1 or wide > 1:
                yield Merge(row_number, column, row_number + tall - 1, column + wide - 1)
            column += _count(cell, "number-columns-repeated")
        row_number += _count(row, "number-rows-repeated")


def _count(element: Any, name: str) -> int:
    return int(element.get(f"{_TABLE}{name}", "1"))
