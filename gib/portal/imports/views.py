"""The pages of sheets: bring in, choose columns, dry run, result, and sheets to take along."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.sheets import writing
from gib.core.sheets.answers import as_file
from gib.core.sheets.domain import UploadState
from gib.core.sheets.mapping import missing
from gib.core.sheets.models import Upload
from gib.core.sheets.template import TEMPLATES, Template
from gib.core.ui.posting import answer
from gib.portal.imports import actions, pages
from gib.portal.imports.forms import ColumnsForm, ConfirmForm, UploadForm

_SHOWN = 30


@require_http_methods(["GET", "POST"])
@requires(P.IMPORT)
def imports(request: Request) -> HttpResponse:
    """Bring in a sheet, and see what was brought in before."""
    offered = [each for each in TEMPLATES.values() if each.apply and actions.may(request.actor, each)]
    form = UploadForm(offered, request.POST or None, request.FILES or None)

    def perform(brought: Any) -> str:
        upload_id = actions.bring(request.actor, brought.template, brought.table, request.now)
        return reverse("imports:columns", args=[upload_id])

    uploads = Upload.visible_to(request.actor, request.now.on).order_by("-made_at")[:_SHOWN]
    context = {"offered": offered, "uploads": pages.earlier(list(uploads)), "steps": pages.STEPS}
    return answer(request, form, "imports/list.html", perform, context)


@require_http_methods(["GET", "POST"])
@requires(P.IMPORT)
def import_columns(request: Request, upload_id: UUID) -> HttpResponse:
    """Choose which heading goes to which column."""
    upload, template = _open(request, upload_id)
    if upload.state not in (UploadState.UPLOADED, UploadState.MAPPED, UploadState.CHECKED) or _is_over(
        request, upload
    ):
        return redirect("imports:result", upload_id)
    table, chosen = upload.table, upload.positions
    form = ColumnsForm(template, table, chosen, request.POST or None)

    def perform(wanted: dict[int, str]) -> str:
        actions.choose_columns(request.actor, upload_id, wanted, request.now)
        return reverse("imports:check", args=[upload_id])

    context = {
        "title": template.title,
        "upload_id": upload_id,
        "rows": len(table.rows),
        "missing": missing(template, chosen),
        "discard": _discarding(),
        "steps": pages.STEPS,
    }
    return answer(request, form, "imports/columns.html", perform, context)


@require_GET
@requires(P.IMPORT)
def import_check(request: Request, upload_id: UUID) -> HttpResponse:
    """See what would come in, and what is wrong."""
    upload, template = _open(request, upload_id)
    if not _is_checked(request, upload):
        return redirect("imports:result", upload_id)
    context = _checked(request, upload, template) | {"form": ConfirmForm()}
    return render(request, "imports/check.html", context)


def _is_checked(request: Request, upload: Any) -> bool:
    return upload.state == UploadState.CHECKED and not _is_over(request, upload)


def _checked(request: Request, upload: Any, template: Template) -> dict[str, Any]:
    """Make the dry run only when the page is drawn: a sheet that comes in needs no second one."""
    found = SimpleLazyObject(partial(_found, request, upload, template))
    return {"found": found, "steps": pages.STEPS, "discard": _discarding()}


def _found(request: Request, upload: Any, template: Template) -> dict[str, Any]:
    report = actions.report_of(upload, request.actor, request.now)
    return {
        "title": template.title,
        "upload_id": upload.id,
        "report": report,
        "counts": pages.counts(report),
        "faults": pages.sentences(report.faults),
        "warnings": pages.sentences(report.warnings),
        "preview": pages.preview(template, report),
        "more": max(0, len(report.faults) - pages.MOST_MESSAGES),
    }


@require_POST
@requires(P.IMPORT)
def import_apply(request: Request, upload_id: UUID) -> HttpResponse:
    """Let the rows come in."""
    upload, template = _open(request, upload_id)

    def perform(_: None) -> str:
        actions.apply(request.actor, upload_id, request.now)
        return _result(upload_id)

    if not _is_checked(request, upload):
        context = _told(request, upload, template)
        return answer(request, ConfirmForm(request.POST), "imports/result.html", perform, context)
    context = _checked(request, upload, template)
    return answer(request, ConfirmForm(request.POST), "imports/check.html", perform, context)


@require_GET
@requires(P.IMPORT)
def import_result(request: Request, upload_id: UUID) -> HttpResponse:
    """See what came in, and until when it can be taken back."""
    upload, template = _open(request, upload_id)
    context = _told(request, upload, template) | {"form": ConfirmForm()}
    return render(request, "imports/result.html", context)


def _told(request: Request, upload: Any, template: Template) -> dict[str, Any]:
    return {
        "title": template.title,
        "upload_id": upload.id,
        "state": f"upload.{upload.state}",
        "until": upload.closes_at,
        "steps": pages.STEPS,
        "rows": upload.counts.get("new", 0),
        "is_applied": upload.state == UploadState.APPLIED,
        "is_undone": upload.state == UploadState.UNDONE,
        "may_undo": upload.state == UploadState.APPLIED and not _is_over(request, upload),
    }


@require_POST
@requires(P.IMPORT)
def import_undo(request: Request, upload_id: UUID) -> HttpResponse:
    """Take back what came in."""
    upload, template = _open(request, upload_id)

    def perform(_: None) -> str:
        actions.undo(request.actor, upload_id, request.now)
        return _result(upload_id)

    context = _told(request, upload, template)
    return answer(request, ConfirmForm(request.POST), "imports/result.html", perform, context)


@require_POST
@requires(P.IMPORT)
def import_discard(request: Request, upload_id: UUID) -> HttpResponse:
    """Set a sheet aside."""
    upload, template = _open(request, upload_id)

    def perform(_: None) -> str:
        actions.discard(request.actor, upload_id, request.now)
        return reverse("imports:list")

    context = _told(request, upload, template)
    return answer(request, ConfirmForm(request.POST), "imports/result.html", perform, context)


@require_GET
@requires(P.IMPORT)
def import_template(request: Request, key: str) -> HttpResponse:
    """Take an empty sheet along to fill in."""
    template = actions.template_of(key, request.actor)
    return as_file(writing.empty_template(template), f"{template.key}-leeg.xlsx")


@require_POST
@requires(P.EXPORT)
def export(request: Request, key: str, form: str) -> HttpResponse:
    """Take a filled sheet along."""
    template = actions.template_of(key, request.actor, goes_out=True)
    data = actions.export(request.actor, template, form == "csv", request.now)
    return as_file(data, f"{template.key}.{form}")


@require_GET
@requires(P.EXPORT)
def exports(request: Request) -> HttpResponse:
    """See which sheets can be taken along."""
    offered = [
        each for each in TEMPLATES.values() if each.export and actions.may(request.actor, each, goes_out=True)
    ]
    return render(request, "imports/exports.html", {"offered": offered})


def _open(request: Request, upload_id: UUID) -> tuple[Any, Template]:
    upload = Upload.visible_to(request.actor, request.now.on).get_or_404(pk=upload_id)
    return upload, actions.template_of(upload.template, request.actor)


def _discarding() -> ConfirmForm:
    """Give the second form of a page, whose ids must differ from the first."""
    return ConfirmForm(auto_id="discard_%s")


def _is_over(request: Request, upload: Any) -> bool:
    return bool(request.now.at >= upload.closes_at)


def _result(upload_id: UUID) -> str:
    return reverse("imports:result", args=[upload_id])
