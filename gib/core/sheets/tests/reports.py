"""A dry run of a text, for the tests of every kind of sheet."""

from datetime import date
from typing import Any

from gib.core.sheets.dryrun import Report, check
from gib.core.sheets.mapping import propose
from gib.core.sheets.parsers import Context
from gib.core.sheets.reading import read
from gib.core.sheets.tables import find_table
from gib.core.sheets.template import Template, Values


def dry_run(template: Template, text: str, actor: Any, on: date) -> Report:
    """Read a CSV text as a template wants it, with the columns as they are proposed."""
    table = find_table(read(text.encode()), template)
    return check(template, table, propose(template, table.headings), Context(on, actor))


def row(template: Template, text: str, actor: Any, on: date) -> Values:
    """Give the values of the only row of a text, which has no fault."""
    report = dry_run(template, text, actor, on)
    assert [message.sentence() for message in report.faults] == []
    return report.rows[0].values


def codes(template: Template, text: str, actor: Any, on: date) -> list[tuple[str, str]]:
    """Give the faults of a text: the code, and the heading of the cell."""
    return [(fault.code, fault.heading) for fault in dry_run(template, text, actor, on).faults]
