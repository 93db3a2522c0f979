"""Files that are refused, with the code of the reason."""

from gib.core.sheets.tests import files
from gib.core.sheets.tests.files import ods_rows, xls_rows, xlsx_rows, zipped
from gib.core.sheets.tests.nasty import ANKIE, HEAD

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
    "a Word document": (zipped({"word/document.xml": b"<x/>"}), "sheet_is_document"),
    "a binary workbook": (zipped({"xl/workbook.bin": b"x"}), "sheet_is_binary"),
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
    "a web page called .xls": (b"\r\n<HTML><body><table><tr><td>Naam</table>", "sheet_is_page"),
    "xml of 2003": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "sheet_is_xml",
    ),
    "a PDF called .xlsx": (b"%PDF-1.7\n%\xe2\xe3", "sheet_is_pdf"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "sheet_is_picture"),
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
