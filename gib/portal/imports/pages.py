"""What the pages of sheets show, as finished text."""

from collections.abc import Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gib.core.sheets.domain import UploadState
from gib.core.sheets.dryrun import Message, Report
from gib.core.sheets.template import TEMPLATES, Template
from gib.core.ui import tables, words
from gib.core.ui.states import register

MOST_MESSAGES: Final = 200
PREVIEW: Final = 10
STEPS: Final = (
    gettext_lazy("Bestand"),
    gettext_lazy("Kolommen"),
    gettext_lazy("Controle"),
    gettext_lazy("Klaar"),
)

register(
    {
        "upload.uploaded": ("busy", "paper", gettext_lazy("kolommen kiezen")),
        "upload.mapped": ("busy", "paper", gettext_lazy("kolommen gekozen")),
        "upload.checked": ("busy", "check", gettext_lazy("gecontroleerd")),
        "upload.applied": ("good", "check", gettext_lazy("ingelezen")),
        "upload.undone": ("rest", "undo", gettext_lazy("teruggedraaid")),
        "upload.discarded": ("rest", "cross", gettext_lazy("weggelegd")),
    }
)

_NEXT: Final = {
    UploadState.UPLOADED: "imports:columns",
    UploadState.MAPPED: "imports:columns",
    UploadState.CHECKED: "imports:check",
    UploadState.APPLIED: "imports:result",
    UploadState.UNDONE: "imports:result",
    UploadState.DISCARDED: "imports:result",
}


def address(upload: Any) -> str:
    """Give the page where a sheet waits for its next step."""
    return reverse(_NEXT[UploadState(upload.state)], args=[upload.id])


def earlier(uploads: Sequence[Any]) -> tables.Table:
    """Show the sheets that were brought in before, the newest first."""
    rows = [
        [
            tables.Cell(words.day(upload.made_at), url=address(upload)),
            _title(upload.template),
            tables.Cell(state=f"upload.{upload.state}"),
            upload.counts.get("new", 0),
        ]
        for upload in uploads
    ]
    columns: list[tables.Column | str] = [
        _("Wanneer"),
        _("Wat"),
        _("Stand"),
        tables.Column(_("Nieuwe rijen"), is_number=True),
    ]
    return tables.make(_("Eerder aangeleverd"), columns, rows)


def _title(key: str) -> str:
    template = TEMPLATES.get(key)
    return str(template.title) if template else key


def sentences(messages: Sequence[Message]) -> list[str]:
    """Tell the first messages, one sentence each, in the order of the rows."""
    ordered = sorted(messages, key=lambda message: message.row or 0)
    return [message.sentence() for message in ordered[:MOST_MESSAGES]]


def preview(template: Template, report: Report) -> tables.Table:
    """Show the first new rows as they will come in."""
    columns = [
        column for column in template.columns if any(column.key in row.values for row in report.new[:PREVIEW])
    ]
    rows = [
        [
            str(row.number),
            *(
                column.parser.write(row.values[column.key]) if column.key in row.values else ""
                for column in columns
            ),
        ]
        for row in report.new[:PREVIEW]
    ]
    return tables.make(_("Zo komt het erin"), [_("Rij"), *(column.heading for column in columns)], rows)


def counts(report: Report) -> list[tuple[str, str]]:
    """Say in numbers what was found."""
    return [
        (_("Nieuw"), str(len(report.new))),
        (_("Staat er al"), str(len(report.same))),
        (_("Staat er al, maar anders"), str(len(report.changed))),
        (_("Fouten"), str(len(report.faults))),
    ]
