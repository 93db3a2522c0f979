"""What a person does with a sheet: bring it in, choose columns, carry it out, take it back, set it aside."""

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from gib.core.access.actor import Actor
from gib.core.access.tables import P, Role
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.sheets import writing
from gib.core.sheets.domain import UploadState, check_complete, check_may_undo, check_open
from gib.core.sheets.dryrun import Report, check
from gib.core.sheets.mapping import check_chosen, propose
from gib.core.sheets.models import RememberedMapping, Upload
from gib.core.sheets.parsers import Context
from gib.core.sheets.tables import Table
from gib.core.sheets.template import TEMPLATES, Template
from gib.portal.imports.domain import SheetApplied, SheetBrought, SheetDiscarded, SheetExported, SheetUndone


def template_of(key: str, actor: Actor, goes_out: bool = False) -> Template:
    """Give a kind of sheet to who may bring it in, or with `goes_out` may take it along.

    Raises:
        Http404: there is no such sheet here, or it does not go that way.
        PermissionDenied: not for this role.
    """
    template = TEMPLATES.get(key)
    if template is None or (template.export if goes_out else template.apply) is None:
        raise Http404
    if not may(actor, template, goes_out):
        raise PermissionDenied(template.key)
    return template


def may(actor: Actor, template: Template, goes_out: bool = False) -> bool:
    """Tell whether this actor may bring this sheet in, or take it along; the house itself always may."""
    permission = template.exports_with if goes_out else template.imports_with
    return actor.role is Role.SYSTEM or actor.may(permission)


def report_of(upload: Upload, actor: Actor, now: Now) -> Report:
    """Make the dry run of a sheet again, against what is there now.

    Raises:
        RuleBroken: 'sheet_expired'.
    """
    check_open(upload.closes_at, now.at)
    template = template_of(upload.template, actor)
    return check(template, upload.table, upload.positions, Context(now.on, actor))


@act(P.IMPORT)
def bring(actor: Actor, template: Template, table: Table, now: Now) -> UUID:
    """Keep a sheet that was read, sealed and for a day, with a proposal for its columns.

    Returns: the id of the upload. What was chosen before for the same headings is proposed again.
    """
    chosen = RememberedMapping.recall(template, table.headings) or propose(template, table.headings)
    upload = Upload.begin(template, table, chosen, actor.user_id, now)
    carry_out(actor, now, rows=[upload], events=[SheetBrought(upload_id=upload.id, template=template.key)])
    return upload.id


@act(P.IMPORT)
def choose_columns(actor: Actor, upload_id: UUID, chosen: Mapping[int, str], now: Now) -> Report:
    """Choose which heading goes to which column, remember it, and make the dry run.

    Raises:
        RuleBroken: 'sheet_expired', 'illegal_move', 'column_unknown', 'column_twice', 'column_missing'.
    """
    upload: Upload = Upload.for_action(actor, now.on).get_or_404(pk=upload_id)
    check_open(upload.closes_at, now.at)
    template = template_of(upload.template, actor)
    upload.move(UploadState.MAPPED)
    check_chosen(template, upload.table.headings, chosen)
    upload.choose(chosen)
    RememberedMapping.keep(template, upload.table.headings, chosen, now)
    report = report_of(upload, actor, now)
    upload.move(UploadState.CHECKED)
    upload.counts = report.counts
    carry_out(actor, now, rows=[upload])
    return report


@act(P.IMPORT)
def apply(actor: Actor, upload_id: UUID, now: Now) -> int:
    """Let the new rows of a sheet come in: all of them, or none.

    What is there already stays as it is. Nothing is sent to anybody. For 24 hours it can be taken back.

    Returns: how many rows came in.

    Raises:
        RuleBroken: 'illegal_move', 'sheet_expired', 'sheet_has_faults', 'sheet_nothing_new', and what the
            slice finds wrong.
    """
    upload: Upload = Upload.for_action(actor, now.on).get_or_404(pk=upload_id)
    upload.move(UploadState.APPLIED)
    report = report_of(upload, actor, now)
    check_complete(len(report.faults), len(report.new))
    template = template_of(upload.template, actor)
    assert template.apply is not None
    made = template.apply([row.values for row in report.new], actor, now)
    upload.carried_out(made, report.counts, now)
    event = SheetApplied(upload_id=upload.id, template=template.key, rows=len(made))
    carry_out(actor, now, rows=[upload], events=[event])
    return len(made)


@act(P.IMPORT)
def undo(actor: Actor, upload_id: UUID, now: Now) -> int:
    """Take back what a sheet brought in, within 24 hours: all of it, or nothing.

    Returns: how many rows were taken back.

    Raises:
        RuleBroken: 'illegal_move', 'undo_too_late', and what the slice says of rows that are in use.
    """
    upload: Upload = Upload.for_action(actor, now.on).get_or_404(pk=upload_id)
    upload.move(UploadState.UNDONE)
    check_may_undo(upload.closes_at, now.at)
    template = template_of(upload.template, actor)
    assert template.undo is not None
    ids = [UUID(made) for made in upload.made]
    template.undo(ids, actor, now)
    upload.close(now)
    event = SheetUndone(upload_id=upload.id, template=template.key, rows=len(ids))
    carry_out(actor, now, rows=[upload], events=[event])
    return len(ids)


@act(P.IMPORT)
def discard(actor: Actor, upload_id: UUID, now: Now) -> None:
    """Set a sheet aside before anything came in; its content is erased.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    upload: Upload = Upload.for_action(actor, now.on).get_or_404(pk=upload_id)
    upload.move(UploadState.DISCARDED)
    upload.close(now)
    event = SheetDiscarded(upload_id=upload.id, template=upload.template)
    carry_out(actor, now, rows=[upload], events=[event])


@act(P.EXPORT)
def export(actor: Actor, template: Template, as_csv: bool, now: Now) -> bytes:
    """Write the rows that this actor may see as a sheet that can be read back, and record that it left."""
    assert template.export is not None
    rows = list(template.export(actor, now))
    carry_out(actor, now, events=[SheetExported(template=template.key, rows=len(rows))])
    return writing.to_csv(template, rows) if as_csv else writing.to_xlsx(template, rows)
