"""What is read of an answer where nobody signs in: each kind of answer, with a name planted in it."""

from datetime import UTC, date, datetime, time
from io import BytesIO

import openpyxl
import pytest
import typst
from django.http import HttpResponse, HttpResponseRedirect

from gib.core.papers.feed import Slot, ics
from gib.core.sheets.answers import as_file
from tests.world.outside import outside

NAME = "Goudsbloemetje"
AT, SLOT = datetime(2010, 3, 3, tzinfo=UTC), Slot("een@agenda", date(2010, 3, 4), time(10), 60)


def _sheet() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = NAME
    written = BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    "answer",
    [
        HttpResponse(f"<html><head><title>Plan van {NAME}</title></head><body></body></html>"),
        HttpResponse("<html><head><title>Caf&eacute; Goudsbloemetje &amp; zonen</title></head></html>"),
        HttpResponseRedirect(f"/moeders/{NAME}/"),
        as_file(b"", f"certificaat-{NAME}.csv"),
        as_file(typst.compile(f'#set document(title: "{NAME}")\nX'.encode()), "certificaat.pdf"),
        as_file(typst.compile(f"#set heading(bookmarked: true)\n= {NAME}".encode()), "certificaat.pdf"),
        as_file(_sheet(), "lijst.xlsx"),
        HttpResponse(ics([SLOT], NAME, AT), content_type="text/calendar"),
    ],
    ids=["tab", "tab with entities", "address", "file", "paper", "outline", "sheet", "calendar"],
)
def test_a_name_is_found(answer: HttpResponse) -> None:
    assert NAME in outside(answer)


def test_what_only_stands_on_the_page_or_the_paper_is_not_outside() -> None:
    page = HttpResponse(f"<html><head><title>Plan</title></head><body><h1>{NAME}</h1></body></html>")
    assert NAME not in outside(page)
    paper = as_file(typst.compile(f'#set document(title: "Plan")\n{NAME}'.encode()), "plan.pdf")
    assert NAME not in outside(paper)
    assert "Plan" in outside(paper)
