"""Writing sheets: the empty template with its explanation, and an export that reads back as the same rows."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from gib.core.sheets.grids import letter
from gib.core.sheets.template import Column, Template, Values

_DANGEROUS: Final = re.compile(r"'*[=+\-@\t]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_HELP: Final = (_("Kolom"), _("Verplicht"), _("Wat u mag schrijven"), _("Voorbeeld"), _("Uitleg"))
_SHADE: Final = PatternFill("solid", fgColor="FFECE7DD")

Sheet = Any


def empty_template(template: Template) -> bytes:
    """Write an empty sheet (XLSX) to fill in: headings, one example row, and a page that explains them."""
    book = Workbook(write_only=True)
    sheet = _sheet(book, str(_("Gegevens")), [column.heading for column in template.columns])
    sheet.append([_cell(sheet, column.example) for column in template.columns])
    explained = _sheet(book, str(_("Uitleg")), [str(text) for text in _HELP])
    for column in template.columns:
        explained.append([_cell(explained, text) for text in _explained(column)])
    return _saved(book)


def _explained(column: Column) -> Sequence[str]:
    need = _("ja") if column.required else _("nee")
    texts = (column.heading, need, column.parser.hint, column.example, column.help)
    return [str(text) for text in texts]


def to_csv(template: Template, rows: Iterable[Values]) -> bytes:
    """Write rows as CSV the way Dutch offices open it: semicolons, UTF-8 with a byte order mark."""
    written = StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(column.heading for column in template.columns)
    for row in rows:
        writer.writerow(harmless(_text(column, row.get(column.key))) for column in template.columns)
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def to_xlsx(template: Template, rows: Iterable[Values]) -> bytes:
    """Write rows as XLSX: days as days, everything else as text, so that no code loses its zeros."""
    book = Workbook(write_only=True)
    sheet = _sheet(book, str(_("Gegevens")), [column.heading for column in template.columns])
    for row in rows:
        sheet.append([_written(sheet, column, row.get(column.key)) for column in template.columns])
    return _saved(book)


def harmless(text: str) -> str:
    """Guard a text that a spreadsheet would take for a formula with an apostrophe; reading takes it off."""
    plain = _CONTROL.sub("", text)
    return f"'{plain}" if _DANGEROUS.match(plain) else plain


def _text(column: Column, value: Any) -> str:
    return "" if value is None else column.parser.write(value)


def _written(sheet: Sheet, column: Column, value: Any) -> Any:
    if isinstance(value, date) and value.year > 1900:
        cell = WriteOnlyCell(sheet, datetime.combine(value, time()))
        cell.number_format = "DD-MM-YYYY"
        return cell
    return _cell(sheet, _text(column, value))


def _cell(sheet: Sheet, text: str) -> Any:
    """Make a cell of text; only one of several lines needs a style, since each style costs time."""
    plain = harmless(text) or None
    if "\n" not in text:
        return plain
    cell = WriteOnlyCell(sheet, plain)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _sheet(book: Workbook, title: str, headings: Sequence[str]) -> Sheet:
    sheet: Sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for at, heading in enumerate(headings):
        sheet.column_dimensions[letter(at)].width = max(14, len(heading) + 4)
    sheet.append([_heading(sheet, heading) for heading in headings])
    return sheet


def _heading(sheet: Sheet, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    cell.fill = _SHADE
    return cell


def _saved(book: Workbook) -> bytes:
    written = BytesIO()
    book.save(written)
    return written.getvalue()
