"""What a slice says of its sheet: the columns, who may bring it in, and what to do with its rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.utils.functional import Promise

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.core.sheets.parsers import Context, Parser, text
from gib.core.sheets.words import plain_key

Values = Mapping[str, Any]

#: Headings of columns that are never taken in, whatever the sheet.
NEVER: Final = frozenset({"bsn", "burgerservicenummer", "sofinummer", "sofi", "bsnnummer", "bsnnr", "sofinr"})


@dataclass(frozen=True)
class Column:
    """One column of a template: how people call it, what may stand in it, and an example."""

    key: str
    heading: str
    parser: Parser = field(default_factory=text)
    aliases: tuple[str, ...] = ()
    required: bool = False
    example: str = ""
    help: str | Promise = ""


def nothing_known(rows: Sequence[Values], context: Context) -> Mapping[int, Values]:
    """Answer that none of the rows is there already."""
    return {}


def nothing_wrong(values: Values, context: Context) -> None:
    """Find nothing wrong in a row as a whole."""


def nothing_wrong_together(rows: Sequence[Values], context: Context) -> Iterable[tuple[int, RuleBroken]]:
    """Find nothing wrong in the rows beside each other."""
    return ()


def no_doubts(values: Values, context: Context) -> Iterable[RuleBroken]:
    """Have no doubts about how a row was read."""
    return ()


@dataclass(frozen=True)
class Template:
    """One kind of sheet.

    `identity` names the columns that together say which person or thing a row is about; `known` gives,
    by index, what is there already under the keys of the columns; `check_row` raises RuleBroken about a
    row as a whole, with the fact `column` when one column is to blame; `check_rows` gives, by index, what
    is wrong with rows beside each other or beside what is there; `doubts` gives what must be told about
    how a row was read, and stops nothing. `apply` makes the rows, sends
    nothing to anybody and gives their ids; `undo` takes them back and raises RuleBroken when one is in
    use. `export` gives the rows that the actor may see. `never` are headings of columns that are cut off
    before anything is kept. Values that are not given are absent from a row.
    """

    key: str
    title: str | Promise
    columns: tuple[Column, ...]
    identity: tuple[str, ...] = ()
    imports_with: P = P.IMPORT
    exports_with: P = P.EXPORT
    known: Callable[[Sequence[Values], Context], Mapping[int, Values]] = nothing_known
    check_row: Callable[[Values, Context], None] = nothing_wrong
    check_rows: Callable[[Sequence[Values], Context], Iterable[tuple[int, RuleBroken]]] = (
        nothing_wrong_together
    )
    doubts: Callable[[Values, Context], Iterable[RuleBroken]] = no_doubts
    apply: Callable[[Sequence[Values], Actor, Now], list[UUID]] | None = None
    undo: Callable[[Sequence[UUID], Actor, Now], None] | None = None
    export: Callable[[Actor, Now], Iterable[Values]] | None = None
    never: frozenset[str] = field(default_factory=frozenset)

    def column(self, key: str) -> Column:
        """Give the column with this key."""
        return next(column for column in self.columns if column.key == key)

    @property
    def names(self) -> dict[str, str]:
        """Every heading and alias, compared as plain keys, with the key of its column; headings go first."""
        found: dict[str, str] = {}
        for column in self.columns:
            found.setdefault(plain_key(column.heading), column.key)
        for column in self.columns:
            for alias in (column.key, *column.aliases):
                found.setdefault(plain_key(alias), column.key)
        return found

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns that each row must fill."""
        return tuple(column for column in self.columns if column.required)

    def refuses(self, heading: str) -> bool:
        """Tell whether a column under this heading is cut off before anything is kept."""
        words = NEVER | {plain_key(word) for word in self.never}
        return any(part in words for part in (plain_key(heading), *map(plain_key, heading.split("\n"))))


#: The kinds of sheet of this house by key, in the order of the screen; filled once by the portal.
TEMPLATES: Final[dict[str, Template]] = {}


def register(*templates: Template) -> None:
    """Offer these kinds of sheet on the screen and on the command line."""
    TEMPLATES.update({template.key: template for template in templates})
