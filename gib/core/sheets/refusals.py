"""How large a sheet may be, and the sentence for each reason to refuse a whole file."""

from typing import Final

from gib.core.kernel.rules import declare

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_UNPACKED: Final = 100 * 1024 * 1024
MAX_RATIO: Final = 100
MAX_MEMBERS: Final = 2000
MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 200
MAX_CELL: Final = 10_000
MAX_TEXT: Final = 20_000_000

declare(
    {
        "sheet_empty": "Dit bestand is leeg. Er is niets ingelezen. Kies een bestand met een tabel.",
        "sheet_too_large": "Dit bestand is groter dan 10 MB. Er is niets ingelezen. Splits het in delen.",
        "sheet_too_many_rows": (
            "Dit bestand heeft meer dan {rows} rijen. Er is niets ingelezen. Splits het in kleinere delen."
        ),
        "sheet_too_wide": (
            "Dit bestand heeft gegevens in kolom {column}. Wij lezen er hoogstens {columns}. "
            "Er is niets ingelezen. Haal weg wat er te ver naar rechts staat."
        ),
        "sheet_cell_too_long": (
            "In rij {row} staat een cel met meer dan {characters} tekens. Er is niets ingelezen. "
            "Misschien ontbreekt een aanhalingsteken. Maak de cel korter."
        ),
        "sheet_bomb": (
            "Dit bestand wordt bij het uitpakken veel te groot. Er is niets ingelezen. "
            "Kopieer de tabel naar een nieuw, leeg bestand."
        ),
        "sheet_too_heavy": (
            "Het lezen van dit bestand kost te veel geheugen of tijd. Er is niets ingelezen. "
            "Kopieer de tabel naar een nieuw, leeg bestand."
        ),
        "sheet_broken": (
            "Dit bestand is beschadigd of niet compleet. Er is niets ingelezen. "
            "Open het in uw rekenprogramma en sla het opnieuw op."
        ),
        "sheet_locked": (
            "Dit bestand heeft een wachtwoord. Er is niets ingelezen. "
            "Haal het wachtwoord eraf en probeer opnieuw."
        ),
        "sheet_macros": (
            "In dit bestand zit een programma (macro). Er is niets ingelezen. "
            "Sla het op als gewoon Excel-bestand (.xlsx) en probeer opnieuw."
        ),
        "sheet_is_pdf": (
            "Dit is een PDF, geen tabel. Er is niets ingelezen. "
            "Bewaar de tabel als Excel (.xlsx), OpenDocument (.ods) of CSV."
        ),
        "sheet_is_picture": (
            "Dit is een plaatje, geen tabel. Er is niets ingelezen. "
            "Bewaar de tabel als Excel (.xlsx), OpenDocument (.ods) of CSV."
        ),
        "sheet_is_document": (
            "Dit is een document, geen tabel. Er is niets ingelezen. "
            "Bewaar de tabel als Excel (.xlsx), OpenDocument (.ods) of CSV."
        ),
        "sheet_is_packed": (
            "Dit is een ingepakt bestand, geen tabel. Er is niets ingelezen. "
            "Bewaar de tabel als Excel (.xlsx), OpenDocument (.ods) of CSV."
        ),
        "sheet_is_page": (
            "Dit is een webpagina, geen tabel. Er is niets ingelezen. "
            "Bewaar de tabel als Excel (.xlsx), OpenDocument (.ods) of CSV."
        ),
        "sheet_is_xml": (
            "Dit is een XML-bestand, geen tabel. Er is niets ingelezen. "
            "Bewaar de tabel als Excel (.xlsx), OpenDocument (.ods) of CSV."
        ),
        "sheet_is_binary": (
            "Dit is een Excel-bestand van een soort dat wij niet lezen (.xlsb). Er is niets ingelezen. "
            "Bewaar het als gewoon Excel-bestand (.xlsx)."
        ),
        "sheet_unknown_type": (
            "Dit soort bestand kennen wij niet. Er is niets ingelezen. "
            "Kies een bestand van het soort Excel (.xlsx, .xls), OpenDocument (.ods) of CSV."
        ),
        "sheet_without_headings": (
            "Wij vinden in dit bestand geen rij met koppen van kolommen. Er is niets ingelezen. "
            "Zet boven elke kolom wat erin staat."
        ),
    }
)
