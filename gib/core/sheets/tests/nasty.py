"""Sheets as organisations keep them, with what a person reads in each."""

from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from gib.core.sheets.tables import TAKEN_OUT
from gib.core.sheets.tests.files import ods_rows, xls_rows, xlsx, xlsx_rows

HEAD = ("Naam", "Geboortedatum", "Telefoon")
ANKIE = ("Ankie Voorbeeld", "27-3-81", "0612345678")


def csv(text: str, encoding: str = "utf-8") -> bytes:
    return text.encode(encoding)


def styled(fill: Any) -> bytes:
    """A workbook filled by a function."""
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
        (
            "Ankie",
            datetime.fromisoformat("1981-03-27"),
            612345678,
            True,
            1234.5,
            timedelta(hours=26, minutes=30),
            3.0,
        )
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
