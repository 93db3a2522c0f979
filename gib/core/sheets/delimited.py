"""Reading CSV as offices make it: semicolons, commas or tabs, in whatever encoding."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import Final

from gib.core.kernel.rules import RuleBroken
from gib.core.sheets import refusals
from gib.core.sheets.grids import Book, Grid, lines_of

_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_DELIMITERS: Final = ";,\t|"
_HINT: Final = re.compile(r'"?sep=(.)"?[ \t]*\r?\n', re.IGNORECASE)
_LOOKED_AT: Final = 50


def read_csv(data: bytes) -> Book:
    """Read a CSV file as one sheet.

    Raises:
        RuleBroken: 'sheet_unknown_type' for anything that is no text, 'sheet_broken' for quotes that never
            end, and the limits of `lines_of`.
    """
    text = decode(data)
    if hint := _HINT.match(text):
        text = text[hint.end() :]
    delimiter = hint[1] if hint else find_delimiter(text)
    try:
        return Book((Grid("", tuple(lines_of(_records(text, delimiter), [refusals.MAX_TEXT]))),))
    except csv.Error as error:
        raise RuleBroken("sheet_broken") from error


def decode(data: bytes) -> str:
    """Turn bytes into text: by byte order mark, else UTF-8, else the old Windows encoding.

    Raises:
        RuleBroken: 'sheet_unknown_type' when it is no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _text(data[len(mark) :], encoding)
    if data[1:200:2].count(0) > len(data[:200]) // 4:
        return _text(data, "utf-16-le")
    if data[0:200:2].count(0) > len(data[:200]) // 4:
        return _text(data, "utf-16-be")
    for encoding in ("utf-8", "cp1252"):
        try:
            return _plain(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return _text(data, "latin-1")


def _text(data: bytes, encoding: str) -> str:
    try:
        return _plain(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise RuleBroken("sheet_unknown_type") from error


def _plain(text: str) -> str:
    if _CONTROL.search(text):
        raise RuleBroken("sheet_unknown_type")
    return text


def find_delimiter(text: str) -> str:
    """Find the sign that divides the first rows most often into the same number of cells, more than one."""
    return max(_DELIMITERS, key=lambda sign: (_evenness(text, sign), -_DELIMITERS.index(sign)))


def _evenness(text: str, delimiter: str) -> tuple[int, int]:
    try:
        widths = Counter(len(row) for row in islice(_records(text, delimiter), _LOOKED_AT))
    except csv.Error:
        return (0, 0)
    wide = {width: times for width, times in widths.items() if width > 1}
    return max(((times, width) for width, times in wide.items()), default=(0, 0))


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter)
