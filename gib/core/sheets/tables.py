"""Finding the table in a file: the right sheet, its headings, its rows; what is skipped is told."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from gib.core.kernel.bsn import find_bsn
from gib.core.kernel.rules import RuleBroken, declare
from gib.core.sheets import refusals
from gib.core.sheets.grids import Book, Grid, Line, Merge, letter
from gib.core.sheets.mapping import fit, propose
from gib.core.sheets.parsers import Parser, text
from gib.core.sheets.template import Template
from gib.core.sheets.words import is_empty, plain_key

#: Stands in a cell from which a citizen service number was taken out.
TAKEN_OUT: Final = "▪▪▪▪▪▪▪▪▪"
_LOOKED_AT: Final = 40
_TOTAL: Final = re.compile(r"(?:sub|eind)?tota(?:al|l)\b", re.IGNORECASE)
_DATA: Final = re.compile(r"\d{3}|@|\d[-/]\d")

declare(
    {
        "row_is_total": "Deze rij is een totaal en is overgeslagen.",
        "row_is_title": "Deze rij is een tussenkop en is overgeslagen.",
        "row_is_heading": "In deze rij staan nog een keer de koppen. De rij is overgeslagen.",
        "row_is_note": "Deze rij staat los onder de tabel en is overgeslagen.",
        "sheet_hidden": "Een verborgen blad is niet gelezen.",
        "column_cut": "Deze kolom mogen wij niet bewaren. De kolom is niet ingelezen.",
        "bsn_taken_out": (
            "Hier stonden nummers die op een burgerservicenummer lijken ({count}). Die zijn niet ingelezen."
        ),
    }
)


@dataclass(frozen=True)
class Note:
    """Something about the file that is told but stops nothing: a row or a heading, and a code."""

    code: str
    row: int | None = None
    heading: str = ""
    count: int = 0


@dataclass(frozen=True)
class Table:
    """The table of a file: headings (lines divided by a line break), rows, and what was left out."""

    headings: tuple[str, ...]
    rows: tuple[Line, ...]
    notes: tuple[Note, ...] = ()
    counts_from_1904: bool = False

    def to_json(self) -> dict[str, Any]:
        """Write as plain structures, to be sealed."""
        return {
            "headings": list(self.headings),
            "rows": [[row.number, *row.cells] for row in self.rows],
            "notes": [[note.code, note.row, note.heading, note.count] for note in self.notes],
            "counts_from_1904": self.counts_from_1904,
        }

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        rows = tuple(Line(number, tuple(cells)) for number, *cells in plain["rows"])
        notes = tuple(Note(*note) for note in plain["notes"])
        return cls(tuple(plain["headings"]), rows, notes, plain["counts_from_1904"])


@dataclass(frozen=True)
class _Place:
    """Where a table may begin: a sheet, the position of its first heading line, how many lines they take."""

    grid: Grid
    first: int
    height: int

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.grid.lines[self.first : self.first + self.height]

    @property
    def below(self) -> tuple[Line, ...]:
        return self.grid.lines[self.first + self.height :]


def find_table(book: Book, template: Template) -> Table:
    """Find the table that fits a template best, on whatever sheet and under whatever titles.

    Citizen service numbers and columns that may not be kept are cut out here, before anything is stored.

    Raises:
        RuleBroken: 'sheet_without_headings', 'sheet_too_many_rows'.
    """
    place = _best(book, template)
    headings = _headings(place)
    if find_bsn(" / ".join(headings)):
        raise RuleBroken("sheet_without_headings")
    rows, notes = _rows(place, headings)
    if len(rows) > refusals.MAX_ROWS:
        raise RuleBroken("sheet_too_many_rows", rows=f"{refusals.MAX_ROWS:,}".replace(",", "."))
    columns = _columns_in_use(place, headings)
    named = tuple(headings[column] or f"Kolom {letter(column)}" for column in columns)
    kept = tuple(Line(row.number, tuple(row[column] for column in columns)) for row in rows)
    hidden = [Note("sheet_hidden") for _ in book.hidden[:1]]
    return _cut(Table(named, kept, (*hidden, *notes), book.counts_from_1904), template)


def _columns_in_use(place: _Place, headings: Sequence[str]) -> list[int]:
    return [
        column
        for column, heading in enumerate(headings)
        if heading or any(line[column] for line in place.below)
    ]


def _best(book: Book, template: Template) -> _Place:
    places = list(_places(book))
    scores = [fit(template, _headings(place)) for place in places]
    if best := max(scores, default=0):
        return places[scores.index(best)]
    for place in places:
        line = place.lines[0]
        if place.height == 1 and line.filled > 1 and not _DATA.search(" ".join(line.cells)):
            return place
    raise RuleBroken("sheet_without_headings")


def _places(book: Book) -> Iterator[_Place]:
    """Give the possible places, one line of headings before two, and earlier lines before later ones."""
    for height in (1, 2):
        for grid in book.grids:
            for first in range(min(_LOOKED_AT, len(grid.lines) - height + 1)):
                place = _Place(grid, first, height)
                if height == 1 or not _DATA.search(" ".join(place.lines[-1].cells)):
                    yield place


def _headings(place: _Place) -> list[str]:
    """Join the heading lines of each column, having filled what was merged or left open beside a group."""
    lines = _square(place)
    at = {line.number: position for position, line in enumerate(place.lines)}
    for merge in (merge for merge in place.grid.merges if merge.top in at):
        _spread(lines[at[merge.top] :], merge)
    if place.height == 2:
        _fill_right(lines[0], lines[1])
    return [_joined(parts) for parts in zip(*lines, strict=True)]


def _joined(parts: Sequence[str]) -> str:
    return "\n".join(dict.fromkeys(filter(None, parts)))


def _square(place: _Place) -> list[list[str]]:
    """Give the cells of the heading lines, all as wide as the table."""
    return [[line[column] for column in range(place.grid.width)] for line in place.lines]


def _spread(lines: list[list[str]], merge: Merge) -> None:
    """Repeat the text of a merged cell in all that it covers, from the first of these lines on."""
    width = len(lines[0])
    text = lines[0][merge.left] if merge.left < width else ""
    for line in lines[: merge.bottom - merge.top + 1]:
        for column in range(merge.left, min(merge.right + 1, width)):
            line[column] = line[column] or text


def _fill_right(upper: list[str], lower: Sequence[str]) -> None:
    for column in range(1, len(upper)):
        if not upper[column] and lower[column] and lower[column - 1]:
            upper[column] = upper[column - 1]


def _rows(place: _Place, headings: Sequence[str]) -> tuple[list[Line], list[Note]]:
    words = {plain_key(heading) for heading in headings if plain_key(heading)}
    rows, notes = [], []
    below = _filled_down(place)
    loose = _loose(below, sum(map(bool, headings)))
    for at, line in enumerate(below):
        code = "row_is_note" if at >= loose else _why_skipped(line, place.grid, words)
        if code:
            notes.append(Note(code, line.number))
        else:
            rows.append(line)
    return rows, notes


def _filled_down(place: _Place) -> list[Line]:
    """Repeat a cell that was merged downwards in each of its rows; what was merged to the right stays one."""
    cells = {line.number: list(line.cells) for line in place.below}
    for merge in place.grid.merges:
        top = Line(merge.top, tuple(cells.get(merge.top, ())))
        for number in range(merge.top + 1, merge.bottom + 1):
            if number in cells and top[merge.left]:
                row = cells[number]
                row.extend([""] * (merge.left + 1 - len(row)))
                row[merge.left] = row[merge.left] or top[merge.left]
    return [Line(number, tuple(row)) for number, row in cells.items()]


def _loose(lines: Sequence[Line], columns: int) -> int:
    """Find where remarks begin under the table: rows of one cell at the end, after an empty row."""
    first = len(lines)
    while columns > 2 and first and lines[first - 1].filled == 1:
        first -= 1
    gaps = [at for at in range(max(first, 1), len(lines)) if lines[at].number > lines[at - 1].number + 1]
    return gaps[0] if gaps else len(lines)


def _why_skipped(line: Line, grid: Grid, headings: set[str]) -> str:
    filled = [cell for cell in line.cells if cell]
    if _TOTAL.match(filled[0]):
        return "row_is_total"
    if len(filled) == 1:
        return "row_is_title" if _is_wide(line, grid) else ""
    return "row_is_heading" if {plain_key(cell) for cell in filled} <= headings else ""


def _is_wide(line: Line, grid: Grid) -> bool:
    return any(merge.top == line.number and merge.right > merge.left for merge in grid.merges)


def _cut(table: Table, template: Template) -> Table:
    """Leave out the columns that may not be kept, and every citizen service number in the others."""
    kept = [at for at, heading in enumerate(table.headings) if not template.refuses(heading)]
    cut = [
        Note("column_cut", heading=table.headings[at])
        for at in sorted({*range(len(table.headings))} - {*kept})
    ]
    headings = tuple(table.headings[at] for at in kept)
    rows = [[row[at] for at in kept] for row in table.rows]
    taken = _take_out(rows, headings, template)
    lines = tuple(Line(row.number, tuple(cells)) for row, cells in zip(table.rows, rows, strict=True))
    return Table(headings, lines, (*table.notes, *cut, *taken), table.counts_from_1904)


def _take_out(rows: list[list[str]], headings: tuple[str, ...], template: Template) -> list[Note]:
    """Replace in these rows each cell with a citizen service number, and tell how many per column."""
    chosen = propose(template, headings)
    notes = []
    for at, heading in enumerate(headings):
        parser = template.column(chosen[at]).parser if at in chosen else text()
        count = 0
        for cells in rows:
            if holds_bsn(cells[at], heading, parser):
                cells[at] = TAKEN_OUT
                count += 1
        if count:
            notes.append(Note("bsn_taken_out", heading=heading, count=count))
    return notes


def holds_bsn(written: str, heading: str, parser: Parser) -> bool:
    """Tell whether a cell holds a citizen service number, unless it is a mobile number without its zero."""
    return not (parser.is_phone and written.startswith("6")) and bool(find_bsn(written, heading))


def says_nothing(row: Line, positions: Sequence[int]) -> bool:
    """Tell whether a row is empty in all of these columns."""
    return all(is_empty(row[position]) for position in positions)
