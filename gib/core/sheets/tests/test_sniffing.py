"""What a file is follows from its content, and what is dangerous is refused before it is opened."""

import struct
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.kernel.rules import CATALOGUE, RuleBroken
from gib.core.sheets import refusals
from gib.core.sheets.sniffing import Kind, kind_of
from gib.core.sheets.tests import files
from gib.core.sheets.tests.files import compound, ods_rows, xls_rows, xlsx_rows, zipped

KNOWN = [
    (xlsx_rows(("Naam",)), Kind.XLSX),
    (ods_rows(("Naam",)), Kind.ODS),
    (xls_rows(("Naam",)), Kind.XLS),
    (compound({"Book": b"x"}), Kind.XLS),
    (b"Naam;Tel\n", Kind.CSV),
    ("Naam;Tel\n".encode("utf-16"), Kind.CSV),
    (b"\xef\xbb\xbfNaam\n", Kind.CSV),
    (b"P", Kind.CSV),
    (b"<naam>;1\n", Kind.CSV),
]
OTHERS = [
    (b"%PDF-1.4", "sheet_is_pdf"),
    (b"\x89PNG\r\n", "sheet_is_picture"),
    (b"GIF89a", "sheet_is_picture"),
    (b"\xff\xd8\xff\xe0", "sheet_is_picture"),
    (b"{\\rtf1}", "sheet_is_document"),
    (b"\x1f\x8b\x08", "sheet_is_packed"),
    (b"7z\xbc\xaf\x27", "sheet_is_packed"),
    (b"Rar!\x1a", "sheet_is_packed"),
    (b"\x7fELF\x02", "sheet_unknown_type"),
    (b"MZ\x90\x00\x03", "sheet_unknown_type"),
    (b"SQLite format 3\x00", "sheet_unknown_type"),
    (b"<html>", "sheet_is_page"),
    (b"\xef\xbb\xbf\n <!DOCTYPE HTML>", "sheet_is_page"),
    (b"<Table border=1>", "sheet_is_page"),
    (b"<?xml version='1.0'?><html>", "sheet_is_page"),
    (b"<?xml version='1.0'?><x/>", "sheet_is_xml"),
    (b"MIME-Version: 1.0\n", "sheet_is_page"),
    (b"BEGIN:VCARD\n", "sheet_unknown_type"),
    (zipped({"word/document.xml": b""}), "sheet_is_document"),
    (zipped({"ppt/presentation.xml": b""}), "sheet_is_document"),
    (zipped({"xl/workbook.bin": b""}), "sheet_is_binary"),
]


@pytest.mark.parametrize(("data", "kind"), KNOWN)
def test_sheets_are_known_by_their_content(data: bytes, kind: Kind) -> None:
    assert kind_of(data) is kind


@pytest.mark.parametrize(("data", "code"), OTHERS)
def test_other_files_are_named(data: bytes, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        kind_of(data)
    assert refused.value.code == code
    assert "Er is niets ingelezen" in CATALOGUE[code]


def encrypted() -> bytes:
    """A zip whose members say that they are encrypted."""
    data = bytearray(xlsx_rows(("Naam",)))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def stored(size: int) -> bytes:
    """A workbook of this size that was not compressed, so that it does not swell."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/workbook.xml", b" " * size)
    return written.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (encrypted(), "sheet_locked"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "sheet_unknown_type"),
        (zipped({"xl/workbook.xml": b"", "xl/vbaProject.bin": b""}), "sheet_macros"),
        (zipped({"xl/workbook.xml": b"", "XL/VBAPROJECT.BIN": b""}), "sheet_macros"),
        (zipped({"xl/workbook.xml": b"", "Scripts/x.py": b""}), "sheet_macros"),
        (b"PK\x03\x04" + bytes(range(256)), "sheet_broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "sheet_unknown_type"),
        (b"\x00" * 100, "sheet_empty"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        kind_of(data)


def test_the_limit_of_ten_megabytes_is_exact() -> None:
    assert kind_of(b"a" * refusals.MAX_BYTES) is Kind.CSV
    with pytest.raises(RuleBroken, match="sheet_too_large"):
        kind_of(b"a" * (refusals.MAX_BYTES + 1))


def test_a_large_sheet_that_is_honest_is_let_in() -> None:
    assert kind_of(stored(refusals.MAX_BYTES - 500)) is Kind.XLSX


@pytest.mark.parametrize(
    ("members", "is_refused"),
    [(refusals.MAX_MEMBERS - 1, False), (refusals.MAX_MEMBERS, True)],
)
def test_the_number_of_members_is_limited(members: int, is_refused: bool) -> None:
    data = zipped({"xl/workbook.xml": b""} | {f"{number}": b"" for number in range(members)})
    if is_refused:
        with pytest.raises(RuleBroken, match="sheet_bomb"):
            kind_of(data)
    else:
        assert kind_of(data) is Kind.XLSX


def test_a_size_of_four_gigabytes_is_believed_without_unpacking() -> None:
    data = bytearray(xlsx_rows(("Naam",)))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 0xFFFFFFFE)
    with pytest.raises(RuleBroken, match="sheet_bomb"):
        kind_of(bytes(data))


def test_the_word_workbook_in_a_text_makes_no_workbook() -> None:
    with pytest.raises(RuleBroken, match="sheet_unknown_type"):
        kind_of(compound({"Foto": "Workbook".encode("utf-16-le") * 4}))


def test_a_locked_old_workbook_is_known_with_and_without_write_protection() -> None:
    for before in (b"\x2f\x00\x04\x00\x00\x00\x11\x22", b"\x86\x00\x00\x00\x2f\x00\x04\x00\x00\x00\x11\x22"):
        with pytest.raises(RuleBroken, match="sheet_locked"):
            kind_of(files.xls_rows(("Naam",), before=before))


@given(st.binary(max_size=300))
def test_any_bytes_after_a_known_beginning_are_judged(data: bytes) -> None:
    for start in (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        with pytest.raises(RuleBroken):
            kind_of(start + data)
