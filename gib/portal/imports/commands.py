"""Sheets from a shell: the same steps as on screen, by the house itself."""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.http import Http404
from django.utils.translation import gettext as _

from gib.core.access.actor import Actor, house
from gib.core.journal.sessions import reading
from gib.core.kernel.clock import Now, now_on
from gib.core.kernel.rules import RuleBroken, declare
from gib.core.sheets import refusals
from gib.core.sheets.dryrun import Report, check
from gib.core.sheets.grids import Book
from gib.core.sheets.mapping import from_headings, missing, propose
from gib.core.sheets.models import RememberedMapping
from gib.core.sheets.parsers import Context
from gib.core.sheets.reading import read
from gib.core.sheets.tables import Table, find_table
from gib.core.sheets.template import TEMPLATES, Template
from gib.people.accounts.models import business_day
from gib.portal.imports import actions

_PRIVATE: Final = 0o600

declare(
    {
        "file_unreachable": (
            "Dit bestand kunnen wij niet openen. Er is niets veranderd. Kijk de naam en de plaats na."
        ),
        "mapping_unreadable": (
            "De lijst van koppen en kolommen kunnen wij niet lezen. Er is niets veranderd. "
            'Schrijf JSON, zoals {{"Kop": "kolom"}}.'
        ),
    }
)


def import_sheet(given: argparse.Namespace) -> int:
    """Read a sheet: check it, tell what was found, and let it come in unless it is a dry run.

    Args:
        given: `template`, `file`, `dry_run`, `yes` (do not ask) and `mapping` (a JSON file that maps
            headings of the file to columns).

    Returns: 0 when it came in or is without faults, 1 when there are faults or the answer was no.

    Raises:
        RuleBroken: the file or the mapping is refused; nothing changed.
    """
    actor, now = house("import_sheet"), now_on(business_day())
    template = TEMPLATES[given.template]
    with reading(actor, "import_sheet", "import"):
        table = find_table(_content(Path(given.file)), template)
        chosen = _chosen(template, table, given.mapping)
        report = check(template, table, chosen, Context(now.on, actor))
        _tell(report)
        if report.faults:
            return 1
        if given.dry_run or not report.new:
            return 0
        if not (given.yes or _agreed(len(report.new))):
            return 1
        _carry_out(actor, template, table, chosen, now)
    return 0


def _content(path: Path) -> Book:
    with _reached():
        if path.stat().st_size > refusals.MAX_BYTES:
            raise RuleBroken("sheet_too_large")
        content = path.read_bytes()
    return read(content)


@contextmanager
def _reached() -> Iterator[None]:
    """Tell of a file that is not there, or not ours to open, as of any other refusal."""
    try:
        yield
    except OSError as error:
        raise RuleBroken("file_unreachable") from error


def _wanted(file: Path) -> dict[str, str]:
    """Read which heading goes to which column."""
    with _reached():
        text = file.read_bytes()
    try:
        found = json.loads(text)
    except ValueError as error:
        raise RuleBroken("mapping_unreadable") from error
    if not isinstance(found, dict):
        raise RuleBroken("mapping_unreadable")
    return {str(heading): str(column) for heading, column in found.items()}


def _chosen(template: Template, table: Table, file: str | None) -> Mapping[int, str]:
    if file:
        chosen = from_headings(template, table.headings, _wanted(Path(file)))
    else:
        recalled = RememberedMapping.recall(template, table.headings)
        chosen = recalled or propose(template, table.headings)
    for column in missing(template, chosen):
        raise RuleBroken("column_missing", heading=column.heading)
    return chosen


def _carry_out(actor: Actor, template: Template, table: Table, chosen: Mapping[int, str], now: Now) -> None:
    upload_id = actions.bring(actor, template, table, now)
    actions.choose_columns(actor, upload_id, chosen, now)
    rows = actions.apply(actor, upload_id, now)
    told = _("%(rows)d rijen ingelezen. Terugdraaien kan 24 uur: gib undo-import %(id)s")
    _say(told % {"rows": rows, "id": upload_id})


def undo_import(given: argparse.Namespace) -> int:
    """Take back what a sheet brought in, within 24 hours; `given.upload` is the id that was told.

    Raises:
        RuleBroken: 'not_found', and what `actions.undo` raises.
    """
    actor, now = house("undo_import"), now_on(business_day())
    with reading(actor, "undo_import", "import"):
        try:
            rows = actions.undo(actor, given.upload, now)
        except Http404 as error:
            raise RuleBroken("not_found") from error
    _say(_("%(rows)d rijen teruggedraaid.") % {"rows": rows})
    return 0


def export_sheet(given: argparse.Namespace) -> int:
    """Write a sheet to a file that only its owner can read.

    Args:
        given: `template`, `format` ('csv' or 'xlsx') and `output`, the path of the file.
    """
    actor, now = house("export_sheet"), now_on(business_day())
    template = actions.template_of(given.template, actor, goes_out=True)
    with reading(actor, "export_sheet", "export"):
        data = actions.export(actor, template, given.format == "csv", now)
    with _reached():
        _write_private(Path(given.output), data)
    return 0


def _write_private(path: Path, data: bytes) -> None:
    """Write a file of mode 0600, also when one with other rights stood there."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(descriptor, _PRIVATE)
        file.write(data)


def _tell(report: Report) -> None:
    """Print one line per message; the value of a cell stays out, since shells keep what they print."""
    for message in (*report.faults, *report.warnings):
        _say(message.sentence(with_value=False))
    _say(_("nieuw %(new)d, staat er al %(same)d, anders %(changed)d, fouten %(faults)d") % report.counts)


def _agreed(rows: int) -> bool:
    sys.stdout.write(_("%(rows)d rijen inlezen? [j/N] ") % {"rows": rows})
    sys.stdout.flush()
    return sys.stdin.readline().strip().casefold() in ("j", "ja", "y", "yes")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
