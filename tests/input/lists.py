"""Lists as an organisation keeps them, with every fault that such lists have; all people are invented."""

from datetime import date
from typing import Any

from gib.core.sheets.tests.files import ods_rows, xlsx

#: Words that may lie nowhere readable; long ones, since three letters stand in sealed text by chance.
SECRETS = ("Zonneschijn", "Kraaienest", "Wolkenveld", "Sterrenwacht", "Regenboog", "Luilekker", "Torteltje")
SECRETS += (
    "Goudvink",
    "Zilverreiger",
    "612345670",
    "1979-03-27",
    "27-3-1979",
    "27-03-1979",
    "gehaktballen",
)

VOLUNTEER_HEADINGS = (
    *("Vrijwilliger", "Geb.datum", "Tel.nr.", "E-mail", "PC", "Taal", "Auto", "Onderdelen"),
    *(
        "Datum",
        "Geldig tot",
        "Contract",
        "Gedragscode",
        "Basiscursus",
        "Meldcode",
        "Pas",
        "Stand",
        "Max moeders",
        "BSN",
    ),
)


def volunteers(with_team: bool = False) -> bytes:
    """A workbook with a title, headings of two lines with merged cells, a total, a formula and a remark.

    Args:
        with_team: a column says to which prison she belongs, as a shell asks.
    """

    def fill(book: Any, sheet: Any) -> None:
        sheet.title = "Vrijw. 2011"
        sheet.append(["Vrijwilligers Gezin in Balans, Nieuwersluis"])
        sheet.merge_cells("A1:R1")
        sheet.append([])
        sheet.append([*VOLUNTEER_HEADINGS[:8], "VOG", None, *VOLUNTEER_HEADINGS[10:]])
        sheet.merge_cells("I3:J3")
        sheet.append([None] * 8 + ["datum", "geldig tot"])
        for column in (*range(1, 9), *range(11, 19)):
            sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
        sheet.append(_volunteer("Zonneschijn, Bea van den", phone=612345670, postcode="3511ab"))
        sheet.append(_volunteer("Coba Kraaienest", languages="Nederlands / Turks", car="n.v.t."))
        sheet.append(_volunteer("Dora de Wolkenveld", state="in opleiding", permits="-"))
        if with_team:
            for row, text in ((3, "Locatie"), (5, "Nieuwersluis"), (6, "PI Nieuwersluis"), (7, "NSL")):
                sheet.cell(row, len(VOLUNTEER_HEADINGS) + 1, text)
        sheet.append(["Totaal", None, None, None, None, None, None, "=COUNTA(A5:A7)"])
        sheet.append([])
        sheet.append(["Lijst bijgewerkt door de secretaris"])
        book.create_sheet("Blad2")

    return xlsx(fill)


def _volunteer(
    name: str,
    phone: Any = "06-12345671",
    postcode: str = "1234 AB",
    languages: str = "Nederlands",
    car: str = "ja",
    permits: str = "Nieuwersluis 31-12-11",
    state: str = "actief",
) -> list[Any]:
    papers = ["12-1-10", date(2013, 1, 11), "x", "ja", "3 mei 2010", "15/6/10"]
    products = "moedermaatjes, bezoekmoeders"
    row = [name, date(1960, 5, 4), phone, "lijst@voorbeeld.nl", postcode, languages, car, products]
    return [*row, *papers, permits, state, 2, "111222333"]


def referrals(with_fault: bool = False) -> bytes:
    """A semicolon file in cp1252: d-m-yy, n.v.t., headings given again, and a column we never keep."""
    said = "binnenkort" if with_fault else "5-1-11"
    headings = (
        "Voornaam;Tussenv.;Achternaam;Geb. datum;P.I.;Afd.;Toestemming;Kinderen;VI-datum;Talen;Wens;Via"
    )
    lines = [
        "Aanmeldingen P.I.;;;;;;;;;;;;",
        f"{headings};Talen;Wens;Via;Delict",
        "Saïda;van;Sterrenwacht;27-3-79;Nieuwersluis;B2;10-1-11;2 kinderen;3-2-11;Nederlands;zien; mmd;x",
        'Wilma;;Regenboog;1984;PI Nieuwersluis;C1;4 jan 2011;?;n.v.t.;;"bellen; schrijven";TB;x',
        f"{headings};Talen;Wens;Via;Delict",
        f"Ans;;Luilekker;5-5-1980;Nieuwersluis;A1;{said};ja;onbekend;;;zelf;",
        ";;;;;;;;;;;;",
    ]
    return "\r\n".join(lines).encode("cp1252")


def agreements() -> bytes:
    """An OpenDocument sheet with money as people write it, and a town by its code without zeros."""
    return ods_rows(
        ("Afspraken met gemeenten 2011", "", "", "", "", "", ""),
        ("Gemeente", "Soort", "Aantal plaatsen", "Tarief", "Ingangsdatum", "T/m", "Kenmerk"),
        ("Gemeente Amsterdam", "subsidie", 10, "n.v.t.", date(2011, 1, 1), "31-12-11", "Z/11-0007"),
        (344, "per traject", "", "€ 1.950,-", "1-1-2011", "", ""),
        ("Totaal", "", 10, "", "", "", ""),
        spans={(0, 0): (1, 7)},
    )


PARTICIPANTS = (
    "\ufeffMoeder;Geboren;Locatie;Afdeling;VI;Woonplaats;Kinderen;Toestemming hulp;Doel;Status;"
    "Onderdelen;Vrijwilliger;Sinds;Verblijf\r\n"
    "Ria Sterrenwacht-Luilekker;3-5-80;Nieuwersluis;B1;1-9-11;Amsterdam;Torteltje (4), Goudvink 9;"
    "1-12-10;Zelf weer voorlezen;loopt;Bezoekmoeders;Bea van den Zonneschijn;3-10-10;binnen\r\n"
    "Gré Zilverreiger;12-8-75;Nieuwersluis;n.v.t.;;Amsterdam;Pim 12-3-2005;5-11-10;"
    "Orde in huis;actief;maatje;Coba Kraaienest;1-11-10;thuis\r\n"
    "Joke Regenboog;1982;Nieuwersluis;A2;;;;;;nieuw;;;;\r\n"
)


def participants(with_fault: bool = False) -> bytes:
    """A file in UTF-8 with its mark at the head; with a fault one mother has no day on which she said yes."""
    text = PARTICIPANTS.replace("1-12-10;Zelf", "n.v.t.;Zelf") if with_fault else PARTICIPANTS
    return text.encode()


FILES = {
    "volunteers": ("vrijwilligers.xlsx", volunteers, 3),
    "referrals": ("aanmeldingen.csv", referrals, 3),
    "agreements": ("afspraken.ods", agreements, 2),
    "participants": ("moeders.csv", participants, 3),
}
