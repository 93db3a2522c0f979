"""A sheet or a paper as the answer to a request: a file to take along, which no browser keeps."""

from collections.abc import Iterable
from typing import Final

from django.http import Http404, HttpResponse

from gib.core.sheets.template import Template, Values
from gib.core.sheets.writing import to_csv, to_xlsx

_WRITERS: Final = {"csv": to_csv, "xlsx": to_xlsx}
_KINDS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "xml": "application/xml",
}


def as_file(data: bytes, name: str) -> HttpResponse:
    """Give what was written as a file; the end of its name tells the kind."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=_KINDS[name.rpartition(".")[2]], headers=headers)


def told_as(kind: str, template: Template, rows: Iterable[Values], stem: str) -> HttpResponse:
    """Write rows as the kind of file that was asked for.

    Raises:
        Http404: there is no such kind of file.
    """
    if kind not in _WRITERS:
        raise Http404
    return as_file(_WRITERS[kind](template, rows), f"{stem}.{kind}")
