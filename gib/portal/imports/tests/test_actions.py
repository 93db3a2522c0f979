"""A sheet comes in whole or not at all, changes nothing the second time, and can be taken back for a day."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gib.core.access import rls
from gib.core.access.actor import house
from gib.core.journal.models import Happening, Message
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.core.sheets.domain import KEPT, UPLOAD_FLOW, UploadState
from gib.core.sheets.models import RememberedMapping, Upload, expire
from gib.core.vault import boxes
from gib.portal.imports import actions
from gib.portal.imports.tests.shelf import (
    CLOSED,
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
BOTH = ["shelf:Ankie Voorbeeld", "shelf:Bo Voorbeeld"]


def brought(text: str = TEXT) -> UUID:
    return actions.bring(COORDINATOR, SHELF, table(text), NOW)


def checked(text: str = TEXT) -> UUID:
    upload_id = brought(text)
    actions.choose_columns(COORDINATOR, upload_id, stored(upload_id).positions, NOW)
    return upload_id


def applied(text: str = TEXT) -> UUID:
    upload_id = checked(text)
    actions.apply(COORDINATOR, upload_id, NOW)
    return upload_id


def stored(upload_id: UUID) -> Any:
    return Upload.visible_to(COORDINATOR, NOW.on).get_or_404(pk=upload_id)


def recorded() -> list[tuple[str, dict[str, Any]]]:
    with rls.system("test", NOW.on):
        rows = Happening.for_house("test", NOW.on).order_by("position")
        return [(row.name, row.payload) for row in rows]


def test_a_sheet_is_kept_sealed_with_a_proposal() -> None:
    upload = stored(brought())
    assert upload.state == UploadState.UPLOADED
    assert upload.positions == {0: "name", 1: "born_on"}
    assert upload.table.rows[0].cells[0] == "Ankie Voorbeeld"
    with rls.system("test", NOW.on):
        plain = Upload.for_house("test", NOW.on).values_list("content", "chosen", "counts").get()
    assert "Ankie" not in str(plain) and b"Ankie" not in bytes(plain[0])
    assert recorded() == [("imports.SheetBrought", {"upload_id": str(upload.id), "template": "shelf"})]


def test_choosing_columns_makes_the_dry_run_and_changes_nothing() -> None:
    upload_id = brought()
    report = actions.choose_columns(COORDINATOR, upload_id, {0: "name", 2: "remark"}, NOW)
    assert [row.values for row in report.new] == [
        {"name": "Ankie Voorbeeld", "remark": "a"},
        {"name": "Bo Voorbeeld", "remark": "b"},
    ]
    assert stored(upload_id).state == UploadState.CHECKED
    assert stored(upload_id).counts["new"] == 2
    assert there() == []


def test_the_choice_is_remembered_for_the_same_headings() -> None:
    actions.choose_columns(COORDINATOR, brought(), {0: "name", 2: "remark"}, NOW)
    assert stored(brought("naam;GEBOREN;Kolom x\nCor;;c\n")).positions == {0: "name", 2: "remark"}
    assert stored(brought("Naam;Kolom X;Geboren\nCor;c;\n")).positions == {0: "name", 2: "born_on"}
    assert "Kolom" not in str(list(RememberedMapping.objects.values()))


def test_a_remembered_column_that_no_longer_exists_is_left_out() -> None:
    actions.choose_columns(COORDINATOR, brought(), {0: "name", 2: "remark"}, NOW)
    smaller = replace(SHELF, columns=SHELF.columns[:2])
    assert RememberedMapping.recall(smaller, table().headings) == {0: "name"}
    assert RememberedMapping.recall(SHELF, ["Iets anders"]) is None


def test_columns_can_be_chosen_again() -> None:
    upload_id = checked()
    actions.choose_columns(COORDINATOR, upload_id, {0: "name"}, NOW)
    assert stored(upload_id).positions == {0: "name"}


def test_rows_come_in_and_only_their_ids_are_kept() -> None:
    upload_id = checked()
    assert actions.apply(COORDINATOR, upload_id, NOW) == 2
    assert there() == BOTH
    upload = stored(upload_id)
    assert upload.state == UploadState.APPLIED
    assert upload.content is None
    assert len(upload.made) == 2
    assert recorded()[-1] == (
        "imports.SheetApplied",
        {"upload_id": str(upload_id), "template": "shelf", "rows": 2},
    )


def test_no_mail_is_sent() -> None:
    applied()
    assert not Message.objects.exists()


def test_the_same_sheet_twice_changes_nothing() -> None:
    applied()
    upload_id = checked()
    assert stored(upload_id).counts["same"] == 2
    with pytest.raises(RuleBroken, match="sheet_nothing_new"):
        actions.apply(COORDINATOR, upload_id, NOW)
    assert there() == BOTH


def test_only_what_is_new_comes_in() -> None:
    applied()
    assert actions.apply(COORDINATOR, checked(TEXT + "Cor Voorbeeld;;\n"), NOW) == 1
    assert there() == [*BOTH, "shelf:Cor Voorbeeld"]


def test_one_fault_keeps_everything_out() -> None:
    upload_id = checked(TEXT + "Cor;geen dag;\n")
    with pytest.raises(RuleBroken) as refused:
        actions.apply(COORDINATOR, upload_id, NOW)
    assert (refused.value.code, refused.value.facts) == ("sheet_has_faults", {"faults": 1})
    assert there() == []
    assert stored(upload_id).state == UploadState.CHECKED


def test_a_row_that_breaks_halfway_takes_all_with_it() -> None:
    upload_id = checked(TEXT + "Stuk;;\n")
    with pytest.raises(RuleBroken, match="cell_required"):
        actions.apply(COORDINATOR, upload_id, NOW)
    assert there() == []
    assert stored(upload_id).state == UploadState.CHECKED
    assert stored(upload_id).content is not None


def test_an_import_is_taken_back_within_a_day(django_capture_on_commit_callbacks: Any) -> None:
    upload_id = applied()
    in_time = Now(LATER.at - timedelta(seconds=1), NOW.on)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.undo(COORDINATOR, upload_id, in_time) == 2
    assert there() == []
    assert stored(upload_id).state == UploadState.UNDONE
    assert upload_id not in boxes.unlock([upload_id])
    assert recorded()[-1][0] == "imports.SheetUndone"


def test_after_a_day_it_is_too_late() -> None:
    upload_id = applied()
    with pytest.raises(RuleBroken, match="undo_too_late"):
        actions.undo(COORDINATOR, upload_id, LATER)
    assert there() == BOTH


def test_taking_back_is_all_or_nothing() -> None:
    upload_id = applied("Naam\nAnkie\nVast\n")
    with pytest.raises(RuleBroken, match="not_found"):
        actions.undo(COORDINATOR, upload_id, NOW)
    assert there() == ["shelf:Ankie", "shelf:Vast"]
    assert stored(upload_id).state == UploadState.APPLIED


def test_what_came_in_may_come_in_again_after_it_was_taken_back() -> None:
    actions.undo(COORDINATOR, applied(), NOW)
    applied()
    assert there() == BOTH


def test_a_sheet_is_set_aside(django_capture_on_commit_callbacks: Any) -> None:
    upload_id = brought()
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(COORDINATOR, upload_id, NOW)
    assert stored(upload_id).state == UploadState.DISCARDED
    assert upload_id not in boxes.unlock([upload_id])
    assert recorded()[-1][0] == "imports.SheetDiscarded"


def test_after_a_day_the_content_is_erased(django_capture_on_commit_callbacks: Any) -> None:
    waiting, done = brought(), applied()
    assert expire(Now(LATER.at - timedelta(seconds=1), NOW.on)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert expire(LATER) == 2
    assert expire(LATER) == 0
    assert stored(waiting).state == UploadState.DISCARDED
    assert stored(done).state == UploadState.APPLIED
    for upload_id in (waiting, done):
        assert stored(upload_id).content is None and stored(upload_id).made is None
        assert stored(upload_id).emptied_at == LATER.at
        assert upload_id not in boxes.unlock([upload_id])
    assert there() == BOTH


def test_an_erased_sheet_goes_no_further() -> None:
    upload_id = checked()
    for attempt in (
        lambda: actions.choose_columns(COORDINATOR, upload_id, {0: "name"}, LATER),
        lambda: actions.apply(COORDINATOR, upload_id, LATER),
    ):
        with pytest.raises(RuleBroken, match="sheet_expired"):
            attempt()


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({0: "name", 1: "name"}, "column_twice"),
        ({1: "name", 9: "phone"}, "column_unknown"),
        ({1: "born_on"}, "column_missing"),
    ],
)
def test_columns_that_cannot_be_are_refused(chosen: dict[int, str], code: str) -> None:
    upload_id = brought()
    with pytest.raises(RuleBroken, match=code):
        actions.choose_columns(COORDINATOR, upload_id, chosen, NOW)
    assert stored(upload_id).state == UploadState.UPLOADED
    assert not RememberedMapping.objects.exists()


def test_steps_that_the_table_does_not_know_are_refused() -> None:
    done, fresh = applied(), brought()
    for attempt in (
        lambda: actions.choose_columns(COORDINATOR, done, {0: "name"}, NOW),
        lambda: actions.discard(COORDINATOR, done, NOW),
        lambda: actions.apply(COORDINATOR, fresh, NOW),
        lambda: actions.apply(COORDINATOR, done, NOW),
        lambda: actions.undo(COORDINATOR, fresh, NOW),
    ):
        with pytest.raises(RuleBroken, match="illegal_move"):
            attempt()
    assert UPLOAD_FLOW.open_states == {
        UploadState.UPLOADED,
        UploadState.MAPPED,
        UploadState.CHECKED,
        UploadState.APPLIED,
    }


def test_a_sheet_exists_for_who_brought_it_only() -> None:
    upload_id = checked()
    for stranger in (OTHER, LEADER, VOLUNTEER):
        with pytest.raises(PermissionDenied if stranger is VOLUNTEER else Http404):
            actions.apply(stranger, upload_id, NOW)
    with pytest.raises(Http404):
        actions.apply(COORDINATOR, uuid4(), NOW)


def test_who_may_bring_in_what() -> None:
    assert actions.template_of("shelf", LEADER) is SHELF
    assert actions.template_of("closed", COORDINATOR) is CLOSED
    for actor, key in ((VOLUNTEER, "shelf"), (LEADER, "closed")):
        with pytest.raises(PermissionDenied):
            actions.template_of(key, actor)
    with pytest.raises(Http404):
        actions.template_of("nothing", COORDINATOR)
    with pytest.raises(Http404):
        actions.template_of("one-way", COORDINATOR, goes_out=True)
    assert actions.template_of("closed", house("import")) is CLOSED


def test_what_goes_out_can_come_back_and_is_recorded() -> None:
    applied()
    data = actions.export(COORDINATOR, SHELF, True, NOW)
    assert "Bo Voorbeeld" in data.decode()
    assert recorded()[-1] == ("imports.SheetExported", {"template": "shelf", "rows": 2})
    assert actions.export(COORDINATOR, SHELF, False, NOW).startswith(b"PK")


def test_the_house_brings_in_what_no_one_on_screen_sees() -> None:
    operator = house("import_sheet")
    upload_id = actions.bring(operator, SHELF, table(), NOW)
    actions.choose_columns(operator, upload_id, {0: "name"}, NOW)
    assert actions.apply(operator, upload_id, NOW) == 2
    with pytest.raises(Http404):
        stored(upload_id)
    assert recorded()[-1][1]["purpose"] == "import_sheet"
    assert actions.undo(operator, upload_id, NOW) == 2
