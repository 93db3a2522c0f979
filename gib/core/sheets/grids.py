"""Sheets as plain text cells, before anybody knows what their columns mean."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final, Self

from gib.core.kernel.rules import RuleBroken
from gib.core.sheets import refusals

_BLANKS: Final = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200d\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_GUARDED: Final = re.compile(r"'('*[=+\-@])")


@dataclass(frozen=True)
class Merge:
    """Cells merged into one: first and last row (as people count), first and last column (from 0)."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Line:
    """One row that holds something, under the number that people see beside it."""

    number: int
    cells: tuple[str, ...]

    def __getitem__(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(map(bool, self.cells))


@dataclass(frozen=True)
class Grid:
    """One sheet of a file: its rows that hold something, and its merged cells."""

    name: str
    lines: tuple[Line, ...]
    merges: tuple[Merge, ...] = ()

    @property
    def width(self) -> int:
        """How many columns hold something."""
        return max((len(line.cells) for line in self.lines), default=0)


@dataclass(frozen=True)
class Book:
    """A file: its visible sheets, the names of those that are hidden, and from when it counts days."""

    grids: tuple[Grid, ...]
    hidden: tuple[str, ...] = ()
    counts_from_1904: bool = False

    def to_json(self) -> dict[str, Any]:
        """Write as plain structures, for the child process to hand back."""
        return {
            "grids": [
                [
                    grid.name,
                    [[line.number, *line.cells] for line in grid.lines],
                    [[merge.top, merge.left, merge.bottom, merge.right] for merge in grid.merges],
                ]
                for grid in self.grids
            ],
            "hidden": list(self.hidden),
            "counts_from_1904": self.counts_from_1904,
        }

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        grids = (
            Grid(name, tuple(Line(n, tuple(cells)) for n, *cells in lines), tuple(Merge(*m) for m in merges))
            for name, lines, merges in plain["grids"]
        )
        return cls(tuple(grids), tuple(plain["hidden"]), plain["counts_from_1904"])


def text_of(value: object) -> str:
    """Write a cell as text the way people write it: days as ISO, decimals with a comma, ja and nee."""
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    return ""


def clean(text: str) -> str:
    """Take out what nobody sees: strange blanks, control characters, the apostrophe that guards a formula."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    plain = "\n".join(_BLANKS.sub(" ", _UNSEEN.sub("", line)).strip() for line in lines)
    return _GUARDED.sub(r"\1", unicodedata.normalize("NFC", plain.strip("\n")), count=1) if plain else ""


def _number(value: float) -> str:
    if isinstance(value, float) and (value != value or abs(value) > 1e15):
        return ""
    return format(Decimal(repr(round(value, 9))).normalize(), "f").replace(".", ",")


def _moment(value: datetime) -> str:
    return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"


def _duration(value: timedelta) -> str:
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02}"


#: How each kind of value is written; the first that fits counts, so the narrower kinds come first.
_WRITERS: Final[tuple[tuple[type, Callable[[Any], str]], ...]] = (
    (str, clean),
    (bool, lambda value: "ja" if value else "nee"),
    (int, _number),
    (float, _number),
    (datetime, _moment),
    (date, date.isoformat),
    (time, lambda value: f"{value:%H:%M}"),
    (timedelta, _duration),
)


def lines_of(rows: Iterator[list[Any]], budget: list[int]) -> Iterator[Line]:
    """Keep the rows that hold something, within the limits.

    Args:
        rows: the cells of each row, from the first row of the sheet.
        budget: how many characters may still be read from this file, as one number that is counted down.

    Raises:
        RuleBroken: 'sheet_too_many_rows', 'sheet_too_wide', 'sheet_cell_too_long', 'sheet_too_heavy'.
    """
    kept = 0
    for number, row in enumerate(rows, start=1):
        cells = [text_of(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        kept += 1
        _check_line(number, cells, kept, budget)
        yield Line(number, tuple(cells))


def _check_line(number: int, cells: list[str], kept: int, budget: list[int]) -> None:
    if kept > refusals.MAX_ROWS + 50:
        raise RuleBroken("sheet_too_many_rows", rows=f"{refusals.MAX_ROWS:,}".replace(",", "."))
    if len(cells) > refusals.MAX_COLUMNS:
        raise RuleBroken("sheet_too_wide", column=letter(len(cells) - 1), columns=refusals.MAX_COLUMNS)
    if max(map(len, cells)) > refusals.MAX_CELL:
        raise RuleBroken("sheet_cell_too_long", row=number, characters=refusals.MAX_CELL)
    budget[0] -= sum(map(len, cells)) + len(cells)
    if budget[0] < 0:
        raise RuleBroken("sheet_too_heavy")


def letter(column: int) -> str:
    """Name a column as the program does: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
