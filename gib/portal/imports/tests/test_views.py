"""The pages of sheets: from a file to rows and back, without JavaScript."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.sessions.backends.cache import SessionStore
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from gib.core.access.actor import Actor
from gib.core.kernel.clock import Now
from gib.core.sheets import refusals
from gib.core.sheets.domain import KEPT, UploadState
from gib.core.sheets.models import Upload, expire
from gib.core.sheets.tests import refused
from gib.portal.imports import actions, pages, views
from gib.portal.imports.tests.shelf import (
    COORDINATOR,
    LEADER,
    NOW,
    OTHER,
    SHELF,
    TEXT,
    VOLUNTEER,
    table,
    there,
)

pytestmark = pytest.mark.django_db(databases="__all__")
LATER = Now(NOW.at + KEPT, NOW.on)


def visit(
    url: str, data: dict[str, Any] | None = None, actor: Actor | None = COORDINATOR, now: Now = NOW
) -> HttpResponse:
    """Go to a page as somebody: with data it is a POST."""
    factory = RequestFactory()
    request: Any = factory.get(url) if data is None else factory.post(url, {"token": str(uuid4())} | data)
    request.session = SessionStore()
    if actor is not None:
        request.actor = actor
    request.now = now
    match = resolve(url)
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    if response.status_code in (200, 422) and response["Content-Type"].startswith("text/html"):
        check_page(text_of(response))
    return response


def check_page(html: str) -> None:
    """A page has one main heading, and an id is found once."""
    ids = re.findall(r'\bid="([^"]*)"', html)
    assert sorted(ids) == sorted(set(ids))
    assert html.count("<h1") == 1


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def sheet(content: bytes = TEXT.encode(), name: str = "leden.csv") -> dict[str, Any]:
    return {"template": "shelf", "file": SimpleUploadedFile(name, content)}


def page(name: str, upload_id: UUID) -> str:
    return reverse(f"imports:{name}", args=[upload_id])


def brought(text: str = TEXT) -> UUID:
    return actions.bring(COORDINATOR, SHELF, table(text), NOW)


def checked(text: str = TEXT) -> UUID:
    upload_id = brought(text)
    actions.choose_columns(COORDINATOR, upload_id, {0: "name", 1: "born_on"}, NOW)
    return upload_id


def applied(text: str = TEXT) -> UUID:
    upload_id = checked(text)
    actions.apply(COORDINATOR, upload_id, NOW)
    return upload_id


def state_of(upload_id: UUID) -> str:
    return str(Upload.visible_to(COORDINATOR, NOW.on).get_or_404(pk=upload_id).state)


def test_a_file_walks_all_the_way_and_back() -> None:
    response = visit(reverse("imports:list"), sheet())
    assert response.status_code == 302
    upload_id = Upload.visible_to(COORDINATOR, NOW.on).get_or_404().id
    assert response["Location"] == page("columns", upload_id)

    shown = text_of(visit(response["Location"]))
    assert "2 rijen gevonden" in shown
    assert "Ankie Voorbeeld" in shown
    response = visit(response["Location"], {"column-0": "name", "column-1": "born_on", "column-2": "remark"})
    assert (response.status_code, response["Location"]) == (302, page("check", upload_id))

    shown = text_of(visit(response["Location"]))
    assert "Lees 2 rijen in" in shown and "27-03-1981" in shown
    assert there() == []
    response = visit(page("apply", upload_id), {})
    assert (response.status_code, response["Location"]) == (302, page("result", upload_id))
    assert there() == ["shelf:Ankie Voorbeeld", "shelf:Bo Voorbeeld"]

    shown = text_of(visit(response["Location"]))
    assert "2 rijen zijn ingelezen" in shown and "Draai terug" in shown
    response = visit(page("undo", upload_id), {})
    assert (response.status_code, response["Location"]) == (302, page("result", upload_id))
    assert there() == []
    assert "is weer weg" in text_of(visit(page("result", upload_id)))


@pytest.mark.parametrize(
    "name", ["a zip bomb", "a PDF called .xlsx", "half a zip", "nothing", "binary garbage"]
)
def test_a_bad_file_is_refused_with_a_sentence_and_nothing_changes(name: str) -> None:
    response = visit(reverse("imports:list"), sheet(refused.REFUSED[name][0]))
    assert response.status_code == 422
    assert "Er is niets ingelezen" in text_of(response)
    assert not Upload.visible_to(COORDINATOR, NOW.on).exists()


def test_a_file_that_is_too_large_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "MAX_BYTES", 10)
    monkeypatch.setattr("gib.portal.imports.forms.read", pytest.fail)
    response = visit(reverse("imports:list"), sheet())
    assert response.status_code == 422
    assert "groter dan 10 MB" in text_of(response)


def test_without_a_file_or_with_an_unknown_kind_nothing_is_brought_in() -> None:
    assert visit(reverse("imports:list"), {"template": "shelf"}).status_code == 422
    assert visit(reverse("imports:list"), sheet() | {"template": "nothing"}).status_code == 422


def test_a_kind_for_another_role_is_not_offered() -> None:
    assert "Op slot" in text_of(visit(reverse("imports:list")))
    assert "Op slot" not in text_of(visit(reverse("imports:list"), actor=LEADER))
    response = visit(reverse("imports:list"), sheet() | {"template": "closed"}, actor=LEADER)
    assert response.status_code == 422


def test_a_wrong_choice_of_columns_is_told() -> None:
    upload_id = brought()
    response = visit(page("columns", upload_id), {"column-0": "name", "column-1": "name", "column-2": "-"})
    assert response.status_code == 422
    assert "Kies er één" in text_of(response)
    response = visit(page("columns", upload_id), {"column-0": "-", "column-1": "born_on", "column-2": "-"})
    assert (response.status_code, state_of(upload_id)) == (422, UploadState.UPLOADED)
    assert visit(page("columns", upload_id), {"column-0": "shoe"}).status_code == 422


def test_what_is_missing_is_told_before_one_chooses() -> None:
    assert "Kies nog een kolom voor Naam" in text_of(
        visit(page("columns", brought("Wie;Geboren\nAnkie;1-1-80\n")))
    )


def test_faults_are_told_one_by_one_and_nothing_can_come_in() -> None:
    upload_id = checked(TEXT + "Cor;31-2-81;\n;1-1-80;\n")
    shown = text_of(visit(page("check", upload_id)))
    assert "Rij 4, kolom Geboren: Deze dag bestaat niet." in shown
    assert "Rij 5, kolom Naam: Hier moet iets staan." in shown
    assert "rijen in</" not in shown
    response = visit(page("apply", upload_id), {})
    assert response.status_code == 422
    assert "Er staan nog fouten in dit bestand: 2." in text_of(response)
    assert there() == []


def test_many_faults_are_cut_and_counted() -> None:
    rows = "".join(f"Lid {number};fout;\n" for number in range(pages.MOST_MESSAGES + 5))
    assert "En nog 5 fouten" in text_of(visit(page("check", checked("Naam;Geboren;Kolom X\n" + rows))))


def test_a_sheet_that_brings_nothing_says_so() -> None:
    applied()
    assert "Alles staat er al" in text_of(visit(page("check", checked())))


def test_values_of_cells_are_escaped() -> None:
    shown = text_of(visit(page("check", checked("Naam;Geboren;x\n<script>a</script>;<b>;c\n"))))
    assert "<script>a" not in shown and "<b>" not in shown and "&lt;b&gt;" in shown


def test_a_double_submit_has_one_effect() -> None:
    upload_id, token = checked(), {"token": str(uuid4())}
    first, second = (visit(page("apply", upload_id), token) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert len(there()) == 2


def test_a_second_press_on_another_page_changes_nothing() -> None:
    upload_id = checked()
    assert visit(page("apply", upload_id), {}).status_code == 302
    response = visit(page("apply", upload_id), {})
    assert response.status_code == 422
    assert "Dit kan niet vanuit deze stand" in text_of(response)
    assert len(there()) == 2
    assert visit(page("undo", upload_id), {}).status_code == 302
    assert visit(page("undo", upload_id), {}).status_code == 422


def test_a_sheet_is_set_aside() -> None:
    upload_id = brought()
    response = visit(page("discard", upload_id), {})
    assert (response.status_code, response["Location"]) == (302, reverse("imports:list"))
    assert state_of(upload_id) == UploadState.DISCARDED
    assert "Er is niets ingelezen" in text_of(visit(page("result", upload_id)))
    assert visit(page("discard", upload_id), {}).status_code == 422


@pytest.mark.parametrize("make", [applied, checked, brought])
def test_after_a_day_only_the_result_remains(make: Callable[[], UUID]) -> None:
    upload_id = make()
    expire(LATER)
    for name in ("columns", "check"):
        response = visit(page(name, upload_id), now=LATER)
        assert (response.status_code, response["Location"]) == (302, page("result", upload_id))
    assert "Draai terug" not in text_of(visit(page("result", upload_id), now=LATER))
    for name in ("undo", "apply", "discard"):
        assert visit(page(name, upload_id), {}, now=LATER).status_code == 422


def test_just_before_the_tick_an_expired_sheet_is_closed_already() -> None:
    upload_id = checked()
    assert visit(page("apply", upload_id), {}, now=LATER).status_code == 422
    late = Now(NOW.at + KEPT - timedelta(seconds=1), NOW.on)
    assert visit(page("apply", upload_id), {}, now=late).status_code == 302


def test_earlier_sheets_are_listed_without_content() -> None:
    applied()
    brought()
    shown = text_of(visit(reverse("imports:list")))
    assert "ingelezen" in shown and "kolommen kiezen" in shown
    assert "Ankie" not in shown


def test_steps_are_offered_where_a_sheet_waits() -> None:
    for make, name in ((brought, "columns"), (checked, "check"), (applied, "result")):
        upload = Upload.visible_to(COORDINATOR, NOW.on).get_or_404(pk=make())
        assert pages.address(upload) == page(name, upload.id)


@pytest.mark.parametrize("name", ["columns", "check", "result"])
def test_a_stranger_sees_nothing(name: str) -> None:
    upload_id = checked()
    for stranger in (OTHER, LEADER):
        with pytest.raises(Http404):
            visit(page(name, upload_id), actor=stranger)


@pytest.mark.parametrize("name", ["apply", "undo", "discard"])
def test_a_stranger_does_nothing(name: str) -> None:
    upload_id = checked()
    with pytest.raises(Http404):
        visit(page(name, upload_id), {}, actor=OTHER)
    with pytest.raises(Http404):
        visit(page(name, uuid4()), {})
    assert state_of(upload_id) == UploadState.CHECKED


ALL = ["list", "columns", "check", "apply", "result", "undo", "discard"]


@pytest.mark.parametrize("name", ALL)
def test_the_wrong_role_is_refused(name: str) -> None:
    url = reverse("imports:list") if name == "list" else page(name, uuid4())
    data = {} if name in ("apply", "undo", "discard") else None
    with pytest.raises(PermissionDenied):
        visit(url, data, actor=VOLUNTEER)
    assert visit(url, data, actor=None)["Location"].startswith("/inloggen/")


@pytest.mark.parametrize(("name", "data"), [("check", {}), ("apply", None), ("result", {}), ("undo", None)])
def test_the_wrong_method_is_refused(name: str, data: dict[str, Any] | None) -> None:
    assert visit(page(name, brought()), data).status_code == 405


def test_an_empty_sheet_can_be_taken_along() -> None:
    response = visit(reverse("imports:empty", args=["shelf"]))
    assert response["Content-Disposition"] == 'attachment; filename="shelf-leeg.xlsx"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.content.startswith(b"PK")
    with pytest.raises(PermissionDenied):
        visit(reverse("imports:empty", args=["closed"]), actor=LEADER)


@pytest.mark.parametrize(("form", "start"), [("csv", b"\xef\xbb\xbfNaam;"), ("xlsx", b"PK")])
def test_a_filled_sheet_can_be_taken_along(form: str, start: bytes) -> None:
    applied()
    response = visit(reverse("imports:export", args=["shelf", form]), {})
    assert response.content.startswith(start)
    assert response["Cache-Control"] == "no-store"
    assert visit(reverse("imports:export", args=["shelf", form])).status_code == 405
    with pytest.raises(Http404):
        visit(reverse("imports:export", args=["one-way", form]), {})
    with pytest.raises(PermissionDenied):
        visit(reverse("imports:export", args=["closed", form]), {}, actor=LEADER)


def test_what_can_be_taken_along_depends_on_the_role() -> None:
    shown = text_of(visit(reverse("imports:exports")))
    assert "De plank" in shown and "Op slot" in shown and "Eén kant" not in shown
    assert "Op slot" not in text_of(visit(reverse("imports:exports"), actor=LEADER))
    with pytest.raises(PermissionDenied):
        visit(reverse("imports:exports"), actor=VOLUNTEER)


def test_the_number_of_queries_does_not_grow() -> None:
    counts = []
    for _ in range(2):
        brought()
        with CaptureQueriesContext(connection) as queries:
            visit(reverse("imports:list"))
        counts.append(len(queries))
        for _ in range(12):
            brought()
    assert counts[0] == counts[1] <= 15


def test_every_view_asks_for_a_permission() -> None:
    named = (
        "imports",
        "import_columns",
        "import_check",
        "import_apply",
        "import_result",
        "export",
        "exports",
    )
    assert all(getattr(getattr(views, name), "gib_rule", None) for name in named)
