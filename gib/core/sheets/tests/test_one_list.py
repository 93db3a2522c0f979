"""One list of members as nine offices keep it: each file gives the same rows."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gib.core.sheets.dryrun import check
from gib.core.sheets.mapping import propose
from gib.core.sheets.reading import read
from gib.core.sheets.tables import find_table
from gib.core.sheets.tests.files import CONTEXT, LENDERS, ods_rows, xls_rows, xlsx, xlsx_rows

EXPECTED = [
    {
        "name": "Ankie Voorbeeld",
        "born_on": date(1981, 3, 27),
        "phone": "+31612345678",
        "postcode": "1234 AB",
        "sort": "plain",
        "paid": True,
        "fee": 123456,
    },
    {"name": "Zoë Proef", "born_on": date(1979, 12, 5), "sort": "guest", "paid": False, "fee": 0},
]

TEXT = (
    "Naam;Geb.datum;Tel.nr.;PC;Type;Contributie betaald;Contributie\r\n"
    "Ankie Voorbeeld;27-3-81;06-12345678;1234ab;Gewoon;Ja;1.234,56\r\n"
    "Zoë Proef;5-12-79;n.v.t.;?;gast;nee;€ 0,00\r\n"
)


def mac(book: Any, sheet: Any) -> None:
    """As a workbook of a Mac, with real days and amounts under two lines of headings and a title."""
    sheet.append(("Ledenlijst 2010",))
    sheet.append((None,))
    sheet.append(("Lid", None, "Bereikbaar", None, "Lidmaatschap", None, None))
    sheet.append(("Naam", "Geboren", "Mobiel", "Postcode", "Soort lid", "Betaald", "Bedrag"))
    sheet.append(("Ankie Voorbeeld", date(1981, 3, 27), 612345678, "1234 AB", "gewoon", True, 1234.56))
    sheet.append(("Zoë Proef", date(1979, 12, 5), "-", "onbekend", "Gast", False, 0))
    sheet.append(("Totaal", None, None, None, None, None, 1234.56))
    sheet.append((None,))
    sheet.append(("Bijgewerkt door de penningmeester",))
    sheet.merge_cells("A1:G1")
    sheet.merge_cells("A3:B3")
    sheet.merge_cells("C3:D3")
    sheet.merge_cells("E3:G3")


def serials(book: Any, sheet: Any) -> None:
    """With days that lost their format and a column of numbers in front."""
    sheet.append(("Nr.", "Voor- en achternaam", "Geboortedatum", "Tel", "pc", "Soort", "Betaald", "Bedrag"))
    sheet.append((1, "Ankie Voorbeeld", 29672, "(06) 12345678", "1234AB", "gewoon", "x", "1234,56"))
    sheet.append((2, "Zoë Proef", 29194, None, None, "gast", "n", "0"))
    sheet.append((3, None, None, None, None, None, None, None))
    sheet.append((4, None, None, None, None, None, None, None))


def upside(book: Any, sheet: Any) -> None:
    """With the columns in another order, empty columns between them and a hidden old sheet."""
    sheet.append(
        ("Bedrag", None, "Naam", "Betaald", "Soort lid", None, "Postcode", "Telefoon", "Geboortedatum")
    )
    sheet.append(
        (
            "€ 1234.56",
            None,
            "Ankie\u00a0Voorbeeld",
            "J",
            "gewoon",
            None,
            "1234 ab",
            "+31612345678",
            "27/03/1981",
        )
    )
    sheet.append(("0,-", None, "Zoë Proef", "N", "gast", None, "--", "NVT", "5 december 1979"))
    book.create_sheet("2009").append(("Naam", "Telefoon"))
    book["2009"].sheet_state = "hidden"


def cells(text: str) -> list[tuple[str, ...]]:
    return [tuple(line.split(";")) for line in text.splitlines()]


KEPT: dict[str, Callable[[], bytes]] = {
    "csv in the old Windows encoding": lambda: TEXT.encode("cp1252"),
    "csv with a mark": lambda: b"\xef\xbb\xbf" + TEXT.encode(),
    "csv with tabs in utf-16": lambda: TEXT.replace(";", "\t").encode("utf-16"),
    "csv with commas": lambda: (
        TEXT.replace("1.234,56", '"1.234,56"').replace("0,00", "0").replace(";", ",").encode()
    ),
    "xlsx of text only": lambda: xlsx_rows(*cells(TEXT)),
    "ods of text only": lambda: ods_rows(*cells(TEXT)),
    "xls of text only": lambda: xls_rows(*cells(TEXT)),
    "xlsx with titles, groups and totals": lambda: xlsx(mac),
    "xlsx with serial numbers": lambda: xlsx(serials),
    "xlsx in another order": lambda: xlsx(upside),
}


@pytest.mark.parametrize("name", KEPT)
def test_however_it_is_kept_it_is_the_same_list(name: str) -> None:
    table = find_table(read(KEPT[name]()), LENDERS)
    report = check(LENDERS, table, propose(LENDERS, table.headings), CONTEXT)
    assert [message.sentence() for message in report.faults] == []
    assert [dict(row.values) for row in report.rows] == EXPECTED
