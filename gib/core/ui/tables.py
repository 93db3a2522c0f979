"""Tables as rows of finished text: formatted in Python, drawn by one component."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest

SORT: Final = "volgorde"


@dataclass(frozen=True)
class Column:
    """A heading; `key` makes it a link that sorts, `is_number` puts it to the end of its cell.

    `is_act`: it holds what one may press, so it is not on paper.
    """

    label: str
    key: str = ""
    is_number: bool = False
    url: str = ""
    sorted: str = ""
    is_act: bool = False


def acts(label: str) -> Column:
    """Head a column of what one may press on a screen."""
    return Column(label, is_act=True)


class Cell(NamedTuple):
    """What stands in a cell: a text, perhaps as a link, or a state of the table of states.

    `label` repeats the heading of the column, for a phone that shows each row as a card.
    """

    text: str = ""
    url: str = ""
    state: str = ""
    is_number: bool = False
    label: str = ""
    is_act: bool = False


@dataclass(frozen=True)
class Table:
    """A whole table: `label` names it for who cannot see it; the first cell of a row is its heading."""

    label: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    foot: Sequence[Cell] = ()
    caption: str = ""


def make(
    label: str,
    columns: Sequence[Column | str],
    rows: Sequence[Sequence[Cell | str | int]],
    foot: Sequence[Cell | str | int] = (),
    caption: str = "",
) -> Table:
    """Make a table of plain values; cells of a column of numbers become numbers."""
    heads = [column if isinstance(column, Column) else Column(column) for column in columns]
    return Table(
        label, heads, [_cells(row, heads) for row in rows], _cells(foot, heads) if foot else (), caption
    )


def _cells(row: Sequence[Cell | str | int], heads: Sequence[Column]) -> list[Cell]:
    cells = [cell if isinstance(cell, Cell) else Cell(str(cell)) for cell in row]
    return [
        Cell(cell.text, cell.url, cell.state, cell.is_number or head.is_number, str(head.label), head.is_act)
        for cell, head in zip(cells, heads, strict=True)
    ]


def ordering(request: HttpRequest, columns: Sequence[Column]) -> tuple[str, bool]:
    """Read by which key this page is sorted, and whether downwards; the first key is the default."""
    asked = request.GET.get(SORT, "")
    keys = [column.key for column in columns if column.key]
    return (asked.lstrip("-"), asked[:1] == "-") if asked.lstrip("-") in keys else (keys[0], False)


def sortable(request: HttpRequest, columns: Sequence[Column]) -> list[Column]:
    """Give the columns with links that sort by them and keep the filters of the address."""
    by, is_down = ordering(request, columns)
    return [_linked(request, column, by, is_down) if column.key else column for column in columns]


def _linked(request: HttpRequest, column: Column, by: str, is_down: bool) -> Column:
    is_here = column.key == by
    kept = [(name, value) for name, values in request.GET.lists() for value in values if name != SORT]
    asked = f"-{column.key}" if is_here and not is_down else column.key
    current = ("descending" if is_down else "ascending") if is_here else ""
    return replace(column, url=f"?{urlencode([*kept, (SORT, asked)])}", sorted=current)
