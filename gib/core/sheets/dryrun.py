"""The dry run: what would come in, what is there already, and one message for each faulty cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext

from gib.core.kernel.rules import CATALOGUE, RuleBroken, declare
from gib.core.sheets.grids import Line
from gib.core.sheets.mapping import Chosen, missing, shown, unused
from gib.core.sheets.parsers import Context
from gib.core.sheets.tables import TAKEN_OUT, Table, holds_bsn, says_nothing
from gib.core.sheets.template import Column, Template, Values
from gib.core.sheets.words import is_empty, plain_key

_QUOTED: Final = 60

declare(
    {
        "cell_formula_error": "Deze formule geeft een fout of is niet uitgerekend. Vul de waarde in.",
        "row_twice": "Deze rij gaat over hetzelfde als rij {first}, met iets anders erin. Laat er één staan.",
        "row_repeated": "Deze rij is gelijk aan rij {first} en telt één keer.",
        "row_is_example": "Dit is de voorbeeldrij van het lege bestand. De rij is overgeslagen.",
        "row_differs": "Dit staat er al, met iets anders bij: {columns}. Wij veranderen niets.",
        "rows_empty": "{count} rijen zeggen niets in de gekozen kolommen en zijn overgeslagen.",
        "column_unused": "Deze kolom wordt niet gebruikt.",
        "no_rows": "Er staan geen rijen onder de koppen. Er is niets om in te lezen.",
    }
)


@dataclass(frozen=True)
class Message:
    """One message about a file: where, why, and what stands there (for the screen only, never for a log)."""

    code: str
    row: int | None = None
    heading: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    value: str = field(default="", repr=False)

    def sentence(self, with_value: bool = True) -> str:
        """Tell it in Dutch, with the place as people see it: 'Rij 14, kolom Geboortedatum: ...'.

        Args:
            with_value: quote what stands in the cell; only for the screen of who brought the file.
        """
        row = gettext("rij {row}").format(row=self.row) if self.row else ""
        heading = gettext("kolom {heading}").format(heading=self.heading) if self.heading else ""
        place = ", ".join(filter(None, [row, heading]))
        told = gettext(CATALOGUE[self.code]).format_map(self.facts)
        value = self.value[:_QUOTED] if with_value else ""
        quoted = " " + gettext("Er staat: “{value}”.").format(value=value) if value else ""
        return f"{place[:1].upper()}{place[1:]}: {told}{quoted}" if place else told


class Field(NamedTuple):
    """A column of the file that goes to a column of the template."""

    position: int
    heading: str
    column: Column


@dataclass(frozen=True)
class Parsed:
    """A row that was read without a fault: its number in the file and its values that are not empty."""

    number: int
    values: Values = field(repr=False)


@dataclass(frozen=True)
class Report:
    """What a dry run found; `new`, `same` and `changed` divide `rows`. With a fault nothing comes in."""

    rows: tuple[Parsed, ...]
    faults: tuple[Message, ...]
    warnings: tuple[Message, ...]
    new: tuple[Parsed, ...]
    same: tuple[Parsed, ...]
    changed: tuple[Parsed, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each, to be kept and shown."""
        kinds = ("rows", "faults", "warnings", "new", "same", "changed")
        return {kind: len(getattr(self, kind)) for kind in kinds}


def check(template: Template, table: Table, chosen: Chosen, context: Context) -> Report:
    """Read every row of a table as a template wants it, and change nothing.

    Args:
        template: what is wanted.
        table: the table of the file.
        chosen: which heading goes to which column.
        context: the business day and the actor; the calendar of the file is taken from the table.

    Returns: the rows without a fault, divided into new, same and changed, one fault per faulty cell, and
    warnings about whatever was left out.
    """
    context = Context(context.on, context.actor, table.counts_from_1904)
    fields = [
        Field(position, shown(table.headings[position]), template.column(key))
        for position, key in chosen.items()
    ]
    faults = [
        Message("column_missing", facts={"heading": column.heading}) for column in missing(template, chosen)
    ]
    warnings = _told_beforehand(table, chosen)
    rows: list[Parsed] = []
    for row in _rows_that_count(table, fields, warnings):
        values, wrong = _read_row(template, row, fields, context)
        faults += wrong
        if not wrong:
            rows.append(Parsed(row.number, values))
    if not table.rows:
        faults.append(Message("no_rows"))
    rows = _once(template, rows, faults, warnings)
    faults += _wrong_together(template, rows, fields, context)
    warnings += [
        _told(template, row.number, doubt, fields)
        for row in rows
        for doubt in template.doubts(row.values, context)
    ]
    new, same, changed = _compared(template, rows, context, warnings)
    return Report(tuple(rows), tuple(faults), tuple(warnings), new, same, changed)


def _told_beforehand(table: Table, chosen: Chosen) -> list[Message]:
    notes = [
        Message(note.code, note.row, shown(note.heading), {"count": note.count} if note.count else {})
        for note in table.notes
    ]
    return notes + [Message("column_unused", heading=heading) for heading in unused(table.headings, chosen)]


def _rows_that_count(table: Table, fields: Sequence[Field], warnings: list[Message]) -> list[Line]:
    """Leave out rows that say nothing and the example of the empty template, and tell so."""
    positions = [field.position for field in fields]
    kept, silent = [], 0
    for row in table.rows:
        if says_nothing(row, positions):
            silent += 1
        elif _is_example(row, fields):
            warnings.append(Message("row_is_example", row.number))
        else:
            kept.append(row)
    if silent:
        warnings.append(Message("rows_empty", facts={"count": silent}))
    return kept


def _is_example(row: Line, fields: Sequence[Field]) -> bool:
    """Compare with the examples of a template, when it has two or more."""
    given = [(row[place.position], place.column.example) for place in fields]
    enough = sum(bool(example) for _, example in given) > 1
    return enough and all(plain_key(written) == plain_key(example) for written, example in given)


def _read_row(
    template: Template, row: Line, fields: Sequence[Field], context: Context
) -> tuple[dict[str, Any], list[Message]]:
    values: dict[str, Any] = {}
    wrong: list[Message] = []
    for position, heading, column in fields:
        try:
            value = _read_cell(column, row[position], heading, context)
        except RuleBroken as broken:
            quoted = "" if broken.code in ("bsn_in_text", "cell_required") else row[position]
            wrong.append(Message(broken.code, row.number, heading, broken.facts, quoted))
            continue
        if value is not None:
            values[column.key] = value
    return values, wrong or _wrong_as_a_whole(template, row, values, fields, context)


def _read_cell(column: Column, written: str, heading: str, context: Context) -> Any:
    """Read one cell; None when it is empty.

    Raises:
        RuleBroken: 'bsn_in_text', 'cell_formula_error', 'cell_required', and what the parser raises.
    """
    if written.startswith("#") and written[1:2].isupper():
        raise RuleBroken("cell_formula_error")
    if is_empty(written, column.parser.words):
        if column.required:
            raise RuleBroken("cell_required")
        return None
    if TAKEN_OUT in written or holds_bsn(written, heading, column.parser):
        raise RuleBroken("bsn_in_text")
    return column.parser.read(written, context)


def _wrong_as_a_whole(
    template: Template, row: Line, values: Values, fields: Sequence[Field], context: Context
) -> list[Message]:
    try:
        template.check_row(values, context)
    except RuleBroken as broken:
        return [_told(template, row.number, broken, fields)]
    return []


def _wrong_together(
    template: Template, rows: Sequence[Parsed], fields: Sequence[Field], context: Context
) -> list[Message]:
    found = template.check_rows([row.values for row in rows], context)
    return [_told(template, rows[at].number, broken, fields) for at, broken in found]


def _told(template: Template, number: int, broken: RuleBroken, fields: Sequence[Field]) -> Message:
    """Tell what a slice found in a row, beside the column that it blames as the file calls it."""
    blamed = str(broken.facts.get("column", ""))
    heading = template.column(blamed).heading if blamed else ""
    heading = next((place.heading for place in fields if place.column.key == blamed), heading)
    return Message(broken.code, number, heading, broken.facts)


def _once(
    template: Template, rows: Sequence[Parsed], faults: list[Message], warnings: list[Message]
) -> list[Parsed]:
    """Keep of rows about the same person or thing the first; the same words are told, other words a fault."""
    first: dict[tuple[str, ...], Parsed] = {}
    for row in rows:
        mark = tuple(_mark(row.values.get(key)) for key in template.identity) or (str(row.number),)
        earlier = first.setdefault(mark if any(mark) else (str(row.number),), row)
        if earlier is not row:
            same = _differing(template, row.values, earlier.values) == []
            told = Message(
                "row_repeated" if same else "row_twice", row.number, facts={"first": earlier.number}
            )
            (warnings if same else faults).append(told)
    return list(first.values())


def _mark(value: object) -> str:
    return plain_key(value) if isinstance(value, str) else str(value or "")


def _compared(
    template: Template, rows: Sequence[Parsed], context: Context, warnings: list[Message]
) -> tuple[tuple[Parsed, ...], tuple[Parsed, ...], tuple[Parsed, ...]]:
    known = template.known([row.values for row in rows], context)
    new, same, changed = [], [], []
    for at, row in enumerate(rows):
        if at not in known:
            new.append(row)
        elif differing := _differing(template, row.values, known[at]):
            changed.append(row)
            warnings.append(Message("row_differs", row.number, facts={"columns": ", ".join(differing)}))
        else:
            same.append(row)
    return tuple(new), tuple(same), tuple(changed)


def _differing(template: Template, values: Values, others: Values) -> list[str]:
    """Give the headings of the columns that are given and say something else."""
    return [
        column.heading
        for column in template.columns
        if column.key in values and _mark(values[column.key]) != _mark(others.get(column.key))
    ]
