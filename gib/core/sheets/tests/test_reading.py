"""Nasty files: each gives the rows that a person would read in it, or a refusal with a reason."""

import subprocess
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from gib.core.kernel.rules import CATALOGUE, RuleBroken
from gib.core.sheets.grids import Book, letter, text_of
from gib.core.sheets.mapping import propose
from gib.core.sheets.reading import read
from gib.core.sheets.sniffing import Kind, kind_of
from gib.core.sheets.tables import TAKEN_OUT, find_table
from gib.core.sheets.tests import files
from gib.core.sheets.tests.files import LENDERS, ods_rows, xls_rows, xlsx, xlsx_rows, zipped
from gib.core.sheets.workbook import read_workbook

HEAD = ("Naam", "Geboortedatum", "Telefoon")
ANKIE = ("Ankie Voorbeeld", "27-3-81", "0612345678")


def lines(data: bytes) -> list[tuple[int, dict[str, str]]]:
    """The rows of a file under the keys of the template, with their numbers; empty cells are left out."""
    table = find_table(read(data), LENDERS)
    chosen = propose(LENDERS, table.headings)
    return [
        (row.number, {key: row[position] for position, key in chosen.items() if row[position]})
        for row in table.rows
    ]


def csv(text: str, encoding: str = "utf-8") -> bytes:
    return text.encode(encoding)


def styled(fill: Any) -> bytes:
    return xlsx(lambda book, sheet: fill(book, sheet))


def two_lines(book: Any, sheet: Any) -> None:
    sheet.append(("Lid", None, "Contact", None))
    sheet.append(("Naam", "Geboren", "Telefoon", "Postcode"))
    sheet.append(("Ankie", date(1981, 3, 27), "0612345678", "1234 AB"))
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("C1:D1")


def tall_heading(book: Any, sheet: Any) -> None:
    sheet.append(("Naam", "Geboorte", "Contact", None))
    sheet.append((None, "datum", "tel", "pc"))
    sheet.append(("Ankie", "27-3-81", "0612345678", "1234AB"))
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("C1:D1")


def merged_down(book: Any, sheet: Any) -> None:
    for row in (
        ("Naam", "Soort lid", "Telefoon"),
        ("Ankie", "gast", "1"),
        ("Bo", None, "2"),
        ("Cor", "gewoon", "3"),
    ):
        sheet.append(row)
    sheet.merge_cells("B2:B3")


def subheads(book: Any, sheet: Any) -> None:
    for row in (HEAD, ("Regio Noord",), ("Ankie", "27-3-81", "1"), ("Regio Zuid",), ("Bo", "1-1-80", "2")):
        sheet.append(row)
    sheet.merge_cells("A2:C2")
    sheet.merge_cells("A4:C4")


def offset_table(book: Any, sheet: Any) -> None:
    sheet["C4"], sheet["D4"], sheet["C5"], sheet["D7"] = "Naam", "Telefoon", "Ankie", "0612345678"
    sheet["C7"] = "Bo"


def hidden_sheet(book: Any, sheet: Any) -> None:
    sheet.append(HEAD)
    sheet.append(ANKIE)
    other = book.create_sheet("oud", 0)
    other.append((*HEAD, "Postcode"))
    other.append((*ANKIE, "1234 AB"))
    other.sheet_state = "hidden"


def several_sheets(book: Any, sheet: Any) -> None:
    sheet.append(("Dit bestand is van de uitleen",))
    book.create_sheet("Uitleg").append(("Naam", "schrijf hier de naam"))
    data = book.create_sheet("2010")
    data.append(HEAD)
    data.append(ANKIE)
    book.create_chartsheet("grafiek")


def real_values(book: Any, sheet: Any) -> None:
    sheet.append(("Naam", "Geboren", "Telefoon", "Betaald", "Bedrag", "Uren", "Aantal boeken"))
    sheet.append(
        ("Ankie", datetime.fromisoformat("1981-03-27"), 612345678, True, 1234.5, timedelta(hours=26, minutes=30), 3.0)
    )
    sheet.append(("Bo", date(1981, 3, 27), "0612345678", False, 12, time(1, 30), "3"))


def calendar_1904(book: Any, sheet: Any) -> None:
    book.epoch = CALENDAR_MAC_1904
    sheet.append(("Naam", "Geboren"))
    sheet.append(("Ankie", date(1981, 3, 27)))


def styled_but_empty(book: Any, sheet: Any) -> None:
    sheet.append(HEAD)
    sheet.append(ANKIE)
    for number in range(3, 400):
        sheet.cell(number, 8).font = Font(bold=True)


def errors(book: Any, sheet: Any) -> None:
    sheet.append(("Naam", "Geboren", "Bedrag"))
    sheet.append(("Ankie", "#N/A", "=1+1"))
    sheet["B2"].data_type = "e"


GOOD: dict[str, tuple[bytes, list[tuple[int, dict[str, str]]]]] = {
    "semicolon csv": (
        csv("Naam;Telefoon\r\nAnkie;0612345678\r\n"),
        [(2, {"name": "Ankie", "phone": "0612345678"})],
    ),
    "comma csv": (csv('Naam,Bedrag\nAnkie,"12,50"\n'), [(2, {"name": "Ankie", "fee": "12,50"})]),
    "tab csv": (csv("Naam\tPostcode\nAnkie\t1234 AB\n"), [(2, {"name": "Ankie", "postcode": "1234 AB"})]),
    "semicolons with commas inside": (
        csv("Naam;Opmerking\nAnkie;a, b, c\nBo;d, e, f\n"),
        [(2, {"name": "Ankie", "remark": "a, b, c"}), (3, {"name": "Bo", "remark": "d, e, f"})],
    ),
    "sep hint": (
        csv("sep=|\r\nNaam|Geboren\r\nAnkie|1-2-80\r\n"),
        [(2, {"name": "Ankie", "born_on": "1-2-80"})],
    ),
    "cp1252": (
        csv("Naam;Opmerking\nZoë;€ 5 ‘per’ dag\n", "cp1252"),
        [(2, {"name": "Zoë", "remark": "€ 5 ‘per’ dag"})],
    ),
    "latin-1": (csv("Naam;Opmerking\nZo\xeb;\x81\n", "latin-1"), [(2, {"name": "Zoë", "remark": "\x81"})]),
    "utf-8 with mark": (
        b"\xef\xbb\xbf" + csv("Naam;pc\nZoë;1234AB\n"),
        [(2, {"name": "Zoë", "postcode": "1234AB"})],
    ),
    "utf-16": (csv("Naam\tpc\nZoë\t1234AB\n", "utf-16"), [(2, {"name": "Zoë", "postcode": "1234AB"})]),
    "utf-16 big, no mark": (
        csv("Naam\tpc\nZoë\t1234AB\n", "utf-16-be"),
        [(2, {"name": "Zoë", "postcode": "1234AB"})],
    ),
    "utf-16 little, no mark": (
        csv("Naam;pc\nAn;1234AB\n", "utf-16-le"),
        [(2, {"name": "An", "postcode": "1234AB"})],
    ),
    "decomposed accents": (csv("Naam;pc\nZoe\u0308;1234AB\n"), [(2, {"name": "Zoë", "postcode": "1234AB"})]),
    "quoted newline": (
        csv('Naam;Opmerking\r\nAnkie;"eerst\r\ndan ""zo"""\r\nBo;x\r\n'),
        [(2, {"name": "Ankie", "remark": 'eerst\ndan "zo"'}), (3, {"name": "Bo", "remark": "x"})],
    ),
    "old mac line ends": (csv("Naam;pc\rAnkie;1234AB\r"), [(2, {"name": "Ankie", "postcode": "1234AB"})]),
    "non-breaking spaces": (
        csv("\u00a0Naam\u00a0;Soort\u00a0lid\nAnkie\u00a0Voorbeeld;\u200bgast\n"),
        [(2, {"name": "Ankie Voorbeeld", "sort": "gast"})],
    ),
    "title rows and empty rows": (
        csv("Ledenlijst 2010;;\n;;\nStand 1-1-2011;;\nNaam;Geboren;Tel\n;;\nAnkie;1-2-80;\n"),
        [(6, {"name": "Ankie", "born_on": "1-2-80"})],
    ),
    "empty columns": (
        csv(";Naam;;Tel;\n;Ankie;;0612345678;\n"),
        [(2, {"name": "Ankie", "phone": "0612345678"})],
    ),
    "totals and remarks below": (
        csv("Naam;Boeken;Bedrag\nAnkie;3;5\nSubtotaal;3;5\nBo;1;2\nTotaal:;4;7\n\nBijgewerkt door J.;;\n"),
        [(2, {"name": "Ankie", "books": "3", "fee": "5"}), (4, {"name": "Bo", "books": "1", "fee": "2"})],
    ),
    "headings once more on page two": (
        csv("Naam;Tel\nAnkie;1\nNaam;Tel\nBo;2\n"),
        [(2, {"name": "Ankie", "phone": "1"}), (4, {"name": "Bo", "phone": "2"})],
    ),
    "capitals and points in headings": (
        csv("NAAM;Geb. datum;TEL.NR.\nAnkie;1-2-80;5\n"),
        [(2, {"name": "Ankie", "born_on": "1-2-80", "phone": "5"})],
    ),
    "brackets and typing errors in headings": (
        csv("Naam (voluit);Geboortedatm;Opmerkin\nAnkie;1-2-80;x\n"),
        [(2, {"name": "Ankie", "born_on": "1-2-80", "remark": "x"})],
    ),
    "two heading lines in csv": (
        csv("Lid;;Contact;\nNaam;Geboren;Tel;pc\nAnkie;1-2-80;5;1234AB\n"),
        [(3, {"name": "Ankie", "born_on": "1-2-80", "phone": "5", "postcode": "1234AB"})],
    ),
    "a heading broken over two lines": (
        csv('Naam;"Geboorte\ndatum"\nAnkie;1-2-80\n'),
        [(2, {"name": "Ankie", "born_on": "1-2-80"})],
    ),
    "guarded formula": (csv("Naam;Opmerking\nAnkie;'=1+1\n"), [(2, {"name": "Ankie", "remark": "=1+1"})]),
    "plain xlsx": (
        xlsx_rows(HEAD, ANKIE),
        [(2, {"name": "Ankie Voorbeeld", "born_on": "27-3-81", "phone": "0612345678"})],
    ),
    "two heading lines": (
        styled(two_lines),
        [(3, {"name": "Ankie", "born_on": "1981-03-27", "phone": "0612345678", "postcode": "1234 AB"})],
    ),
    "a heading merged over two lines": (
        styled(tall_heading),
        [(3, {"name": "Ankie", "born_on": "27-3-81", "phone": "0612345678", "postcode": "1234AB"})],
    ),
    "cells merged downwards": (
        styled(merged_down),
        [
            (2, {"name": "Ankie", "sort": "gast", "phone": "1"}),
            (3, {"name": "Bo", "sort": "gast", "phone": "2"}),
            (4, {"name": "Cor", "sort": "gewoon", "phone": "3"}),
        ],
    ),
    "subheads over the whole width": (
        styled(subheads),
        [
            (3, {"name": "Ankie", "born_on": "27-3-81", "phone": "1"}),
            (5, {"name": "Bo", "born_on": "1-1-80", "phone": "2"}),
        ],
    ),
    "a table that begins at C4": (
        styled(offset_table),
        [(5, {"name": "Ankie"}), (7, {"name": "Bo", "phone": "0612345678"})],
    ),
    "hidden sheet": (
        styled(hidden_sheet),
        [(2, {"name": "Ankie Voorbeeld", "born_on": "27-3-81", "phone": "0612345678"})],
    ),
    "several sheets": (
        styled(several_sheets),
        [(2, {"name": "Ankie Voorbeeld", "born_on": "27-3-81", "phone": "0612345678"})],
    ),
    "real values": (
        styled(real_values),
        [
            (
                2,
                {
                    "name": "Ankie",
                    "born_on": "1981-03-27",
                    "phone": "612345678",
                    "paid": "ja",
                    "fee": "1234,5",
                    "hours": "26:30",
                    "books": "3",
                },
            ),
            (
                3,
                {
                    "name": "Bo",
                    "born_on": "1981-03-27",
                    "phone": "0612345678",
                    "paid": "nee",
                    "fee": "12",
                    "hours": "01:30",
                    "books": "3",
                },
            ),
        ],
    ),
    "calendar of 1904": (styled(calendar_1904), [(2, {"name": "Ankie", "born_on": "1981-03-27"})]),
    "styled but empty rows": (
        styled(styled_but_empty),
        [(2, {"name": "Ankie Voorbeeld", "born_on": "27-3-81", "phone": "0612345678"})],
    ),
    "errors and formulas without a value": (
        styled(errors),
        [(2, {"name": "Ankie", "born_on": "#N/A", "fee": "#FORMULE"})],
    ),
    "ods": (
        ods_rows(("Naam", "Geboren", "Bedrag"), ("Ankie", date(1981, 3, 27), 12.5)),
        [(2, {"name": "Ankie", "born_on": "1981-03-27", "fee": "12,5"})],
    ),
    "ods with merged cells": (
        ods_rows(
            ("Lid", "", "Contact"),
            ("Naam", "Soort lid", "Tel"),
            ("Ankie", "gast", "1"),
            ("Bo", "", "2"),
            spans={(0, 0): (1, 2), (2, 1): (2, 1)},
        ),
        [
            (3, {"name": "Ankie", "sort": "gast", "phone": "1"}),
            (4, {"name": "Bo", "sort": "gast", "phone": "2"}),
        ],
    ),
    "xls": (
        xls_rows(("Naam", "Aantal boeken", "Telefoon"), ("Zoë", 3.0, 612345678.0)),
        [(2, {"name": "Zoë", "books": "3", "phone": "612345678"})],
    ),
    "citizen service number in a remark": (
        csv("Naam;Opmerking\nAnkie;nummer 111.222.333\n"),
        [(2, {"name": "Ankie", "remark": TAKEN_OUT})],
    ),
    "columns that may not be kept": (
        csv("Naam;BSN;Strafblad\nAnkie;111222333;geheim\n"),
        [(2, {"name": "Ankie"})],
    ),
}


@pytest.mark.parametrize("name", GOOD)
def test_nasty_file_is_read_as_a_person_reads_it(name: str) -> None:
    data, expected = GOOD[name]
    assert lines(data) == expected


WHOLE = xlsx_rows(HEAD, ANKIE)
REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "sheet_empty"),
    "only blanks": (b" \r\n\t\n", "sheet_empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", "sheet_empty"),
    "only delimiters": (b";;;\n;;;\n", "sheet_empty"),
    "an empty workbook": (xlsx_rows(), "sheet_empty"),
    "10 MB and one byte": (b"a" * (10 * 1024 * 1024 + 1), "sheet_too_large"),
    "a zip bomb": (files.bomb(), "sheet_bomb"),
    "a zip that lies about its size": (files.liar(), "sheet_broken"),
    "a zip of too many files": (zipped({str(n): b"" for n in range(2001)}), "sheet_bomb"),
    "a small file that swells": (zipped({"xl/workbook.xml": b" " * 12_000_000}), "sheet_bomb"),
    "half a zip": (WHOLE[: len(WHOLE) // 2], "sheet_broken"),
    "a zip with a hole": (WHOLE[:600] + bytes(200) + WHOLE[800:], "sheet_broken"),
    "an empty zip": (zipped({}), "sheet_unknown_type"),
    "any other zip": (zipped({"foto.txt": b"x"}), "sheet_unknown_type"),
    "a workbook without sheets": (zipped({"xl/workbook.xml": b"<workbook/>"}), "sheet_broken"),
    "a workbook with broken xml": (
        files.changed(WHOLE, "xl/workbook.xml", lambda xml: xml[:-20]),
        "sheet_broken",
    ),
    "an entity attack": (
        files.changed(
            WHOLE, "xl/workbook.xml", lambda xml: b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]>' + xml
        ),
        "sheet_broken",
    ),
    "a Word document": (zipped({"word/document.xml": b"<x/>"}), "sheet_other_type"),
    "a binary workbook": (zipped({"xl/workbook.bin": b"x"}), "sheet_other_type"),
    "a workbook with a macro": (
        files.changed(WHOLE, "xl/vbaProject.bin", lambda old: b"x"),
        "sheet_macros",
    ),
    "an old workbook with a macro": (
        files.compound({"Workbook": b"", "_VBA_PROJECT_CUR": b""}),
        "sheet_macros",
    ),
    "a workbook with a password": (files.compound({"EncryptedPackage": b"x"}), "sheet_locked"),
    "an old workbook with a password": (
        xls_rows(("Naam",), before=b"\x2f\x00\x06\x00\x01\x00\x00\x00\x00\x00"),
        "sheet_locked",
    ),
    "an ods with a password": (
        files.changed(
            ods_rows(("Naam",)), "META-INF/manifest.xml", lambda old: b"<manifest:encryption-data/>"
        ),
        "sheet_locked",
    ),
    "an ods with a macro": (
        files.changed(ods_rows(("Naam",)), "Basic/x.xml", lambda old: b"x"),
        "sheet_macros",
    ),
    "an old Word document": (files.compound({"WordDocument": b""}), "sheet_unknown_type"),
    "another old container": (files.compound({"Foto": b""}), "sheet_unknown_type"),
    "a web page called .xls": (b"\r\n<HTML><body><table><tr><td>Naam</table>", "sheet_other_type"),
    "xml of 2003": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "sheet_other_type",
    ),
    "a PDF called .xlsx": (b"%PDF-1.7\n%\xe2\xe3", "sheet_other_type"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "sheet_other_type"),
    "binary garbage": (bytes(range(256)) * 8, "sheet_unknown_type"),
    "half a utf-16 text": (b"\xff\xfea\x00\x00\xd8", "sheet_unknown_type"),
    "too many rows": (b"Naam\n" + b"a\n" * 20_100, "sheet_too_many_rows"),
    "a few rows too many": (b"Naam\n" + b"a\n" * 20_001, "sheet_too_many_rows"),
    "too wide": (b"Naam" + b";" * 300 + b"x\n", "sheet_too_wide"),
    "a cell without end": (b'Naam;Tel\nAnkie;"' + b"x;y\n" * 3000, "sheet_cell_too_long"),
    "a quote that swallows the file": (b'Naam;Tel\nAnkie;"' + b"x;y\n" * 40_000, "sheet_broken"),
    "no headings": (b"Ankie;0612345678\nBo;0687654321\n", "sheet_without_headings"),
    "one column of words": (b"boodschappen\nbrood\nkaas\n", "sheet_without_headings"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_bad_file_is_refused_with_a_reason(name: str) -> None:
    data, code = REFUSED[name]
    with pytest.raises(RuleBroken) as refused:
        lines(data)
    assert refused.value.code == code
    assert "{" not in CATALOGUE[code].format(**refused.value.facts)


def test_the_bomb_is_small_and_is_refused_before_it_is_unpacked() -> None:
    data = files.bomb()
    assert len(data) < 250_000
    with pytest.raises(RuleBroken, match="sheet_bomb"):
        kind_of(data)


def test_a_reader_that_dies_refuses_the_file_and_harms_nobody() -> None:
    far = xlsx(lambda book, sheet: sheet.__setitem__("XFD1048576", "x") or sheet.__setitem__("A1", "Naam"))
    with pytest.raises(RuleBroken) as refused:
        read(far)
    assert refused.value.code in {"sheet_too_heavy", "sheet_too_wide"}
    assert lines(WHOLE)


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gib.core.sheets.reading._SECONDS", 0.001)
    with pytest.raises(RuleBroken, match="sheet_too_heavy"):
        read(WHOLE)


def test_a_full_sheet_of_twenty_thousand_rows_is_read() -> None:
    text = "Naam;Geboren;Tel\n" + "".join(f"Lid {n};1-2-80;06{n:08}\n" for n in range(20_000))
    table = find_table(read(text.encode()), LENDERS)
    assert len(table.rows) == 20_000


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_rows_or_a_refusal(data: bytes) -> None:
    try:
        assert isinstance(read(data), Book)
    except RuleBroken as refused:
        assert refused.code in CATALOGUE


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_rows_or_a_refusal(text: str) -> None:
    try:
        assert find_table(read(text.encode()), LENDERS).headings
    except RuleBroken as refused:
        assert refused.code in CATALOGUE


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_a_damaged_workbook_gives_rows_or_a_refusal(damage: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for place, value in damage:
        data[place] = value
    try:
        kind = kind_of(bytes(data))
        book = read_workbook(bytes(data), kind) if kind is not Kind.CSV else read(bytes(data))
        assert isinstance(book, Book)
    except RuleBroken as refused:
        assert refused.code in CATALOGUE


def test_what_was_left_out_is_told() -> None:
    told = find_table(read(GOOD["totals and remarks below"][0]), LENDERS).notes
    assert [(note.code, note.row) for note in told] == [
        ("row_is_total", 3),
        ("row_is_total", 5),
        ("row_is_note", 7),
    ]
    told = find_table(read(GOOD["columns that may not be kept"][0]), LENDERS).notes
    assert [(note.code, note.heading) for note in told] == [
        ("column_cut", "BSN"),
        ("column_cut", "Strafblad"),
    ]
    told = find_table(read(GOOD["hidden sheet"][0]), LENDERS).notes
    assert [note.code for note in told] == ["sheet_hidden"]
    told = find_table(read(GOOD["citizen service number in a remark"][0]), LENDERS).notes
    assert [(note.code, note.heading, note.count) for note in told] == [("bsn_taken_out", "Opmerking", 1)]


def test_a_phone_number_without_its_zero_is_not_taken_for_a_citizen_service_number() -> None:
    assert lines(csv("Naam;Telefoon\nAnkie;612345675\n"))[0][1]["phone"] == "612345675"


def test_the_table_survives_being_written_and_read() -> None:
    table = find_table(read(GOOD["totals and remarks below"][0]), LENDERS)
    assert type(table).from_json(table.to_json()) == table


def test_the_child_knows_no_django() -> None:
    code = "import sys, gib.core.sheets.child; print('django' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"
    )


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (0.1 + 0.2, "0,3"),
        (1e20, ""),
        (float("nan"), ""),
        (-5.0, "-5"),
        (100.0, "100"),
        (1e-12, "0"),
    ],
)
def test_numbers_are_written_as_people_write_them(value: object, written: str) -> None:
    assert text_of(value) == written


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_letters(column: int, name: str) -> None:
    assert letter(column) == name
