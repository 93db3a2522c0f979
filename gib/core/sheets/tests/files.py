"""Makes the files of the tests: well-formed, nasty and hostile."""

import struct
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P as Paragraph
from openpyxl import Workbook

from gib.core.sheets import parsers
from gib.core.sheets.template import Column, Template

ON = date(2011, 1, 11)
CONTEXT = parsers.Context(ON)

LENDERS = Template(
    key="lenders",
    title="Leden van de uitleen",
    identity=("name", "born_on"),
    never=frozenset({"strafblad"}),
    columns=(
        Column("name", "Naam", parsers.text(80), ("voor- en achternaam", "lid"), True, "Ankie Voorbeeld"),
        Column("born_on", "Geboortedatum", parsers.day(), ("geb.datum", "geboren"), False, "27-03-1981"),
        Column("phone", "Telefoon", parsers.phone(), ("tel", "tel.nr.", "mobiel"), False, "06 12345678"),
        Column("postcode", "Postcode", parsers.postcode(), ("pc",), False, "1234 AB"),
        Column("sort", "Soort lid", parsers.choice({"gewoon": "plain", "gast": "guest"}), ("type", "soort")),
        Column("paid", "Betaald", parsers.yes_no(), ("contributie betaald",)),
        Column("fee", "Bedrag", parsers.money(), ("contributie",)),
        Column("hours", "Uren", parsers.hours()),
        Column("books", "Aantal boeken", parsers.whole_number(0, 500), ("boeken",)),
        Column("remark", "Opmerking", parsers.text(300), ("opmerkingen", "bijzonderheden")),
    ),
)


def xlsx(fill: Callable[[Any, Any], None]) -> bytes:
    """A workbook of one sheet, filled by a function of book and sheet."""
    book = Workbook()
    fill(book, book.active)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def xlsx_rows(*rows: tuple[Any, ...]) -> bytes:
    """A workbook with these rows from A1."""

    def fill(book: Any, sheet: Any) -> None:
        for row in rows:
            sheet.append(row)

    return xlsx(fill)


def ods_rows(*rows: tuple[Any, ...], spans: dict[tuple[int, int], tuple[int, int]] | None = None) -> bytes:
    """An OpenDocument sheet; `spans` maps a cell to how many rows and columns it covers."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="Blad1")
    document.spreadsheet.addElement(table)
    covered: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        line = TableRow()
        table.addElement(line)
        for column, value in enumerate(row):
            tall, wide = (spans or {}).get((number, column), (1, 1))
            line.addElement(_ods_cell(value, tall, wide, (number, column) in covered))
            covered |= {(number + down, column + right) for down in range(tall) for right in range(wide)}
    written = BytesIO()
    document.write(written)
    return written.getvalue()


def _ods_cell(value: Any, tall: int, wide: int, is_covered: bool) -> Any:
    if is_covered:
        return CoveredTableCell()
    kind: dict[str, Any] = {"valuetype": "string"}
    if isinstance(value, date):
        kind = {"valuetype": "date", "datevalue": value.isoformat()}
    elif isinstance(value, int | float):
        kind = {"valuetype": "float", "value": str(value)}
    cell = TableCell(numberrowsspanned=tall, numbercolumnsspanned=wide, **kind)
    for text in str(value).split("\n") if value != "" else ():
        cell.addElement(Paragraph(text=text))
    return cell


def xls_rows(*rows: tuple[Any, ...], before: bytes = b"") -> bytes:
    """An old Excel file (BIFF8) with texts and numbers; `before` is put at the head of its records."""
    cells = b""
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            where = struct.pack("<HHH", number, column, 0)
            if isinstance(value, str):
                text = value.encode("utf-16-le")
                cells += _record(0x0204, where + struct.pack("<HB", len(value), 1) + text)
            else:
                cells += _record(0x0203, where + struct.pack("<d", value))
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 6)) + before
    name = struct.pack("<BB", 5, 0) + b"Blad1"
    offset = len(start) + 4 + 6 + len(name) + 4
    book = start + _record(0x0085, struct.pack("<IH", offset, 0) + name) + _record(0x000A, b"")
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1997, 0, 6)) + cells
    return compound({"Workbook": book + sheet + _record(0x000A, b"")})


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def compound(streams: dict[str, bytes]) -> bytes:
    """An old Office container with these streams, each padded so that none is a small one."""
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    padded = {name: data.ljust(4096, b"\x00") for name, data in streams.items()}
    fat = [0xFFFFFFFD, end]
    entries = [_entry("Root Entry", 5, 1 if padded else free, end, 0)]
    body = b""
    for at, (name, data) in enumerate(padded.items()):
        sectors = -(-len(data) // 512)
        right = at + 2 if at + 1 < len(padded) else free
        entries.append(_entry(name, 2, free, len(fat), len(data), right))
        fat += [*range(len(fat) + 1, len(fat) + sectors), end]
        body += data.ljust(sectors * 512, b"\x00")
    fat += [free] * (128 - len(fat))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<I", 0) + struct.pack("<I", free) * 108
    return head + struct.pack("<128I", *fat) + b"".join(entries).ljust(512, b"\x00") + body


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int = 0xFFFFFFFF) -> bytes:
    written = name.encode("utf-16-le") + b"\x00\x00"
    head = written.ljust(64, b"\x00") + struct.pack("<HBB", len(written), kind, 1)
    return head + struct.pack("<III16xI16xIQ", 0xFFFFFFFF, right, child, 0, start, size)


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip with these members."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return written.getvalue()


def changed(data: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same zip with one member changed, or added when it was absent."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[member] = change(members.get(member, b""))
    return zipped(members)


def bomb() -> bytes:
    """A sheet of some 200 kB that unpacks to 190 MB."""
    whole = xlsx_rows(("Naam",), ("Ankie",))
    return changed(whole, "xl/worksheets/sheet1.xml", lambda sheet: sheet + b" " * (190 * 1024 * 1024))


def liar() -> bytes:
    """A sheet that unpacks to far more than it declares."""
    whole = bytearray(bomb())
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    old, small = struct.pack("<I", size), struct.pack("<I", 5000)
    return bytes(whole).replace(old, small)
