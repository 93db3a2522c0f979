"""The forms of sheets, and what the pages make of a report."""

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from gib.core.sheets.dryrun import Message, check
from gib.core.sheets.mapping import propose
from gib.core.sheets.parsers import Context
from gib.core.sheets.tables import Table
from gib.core.ui.states import STATES
from gib.portal.imports import pages
from gib.portal.imports.forms import ColumnsForm, ConfirmForm, UploadForm
from gib.portal.imports.tests.shelf import CLOSED, NOW, SHELF, TEXT, table

CONTEXT = Context(NOW.on)


def upload_form(content: bytes, template: str = "shelf") -> UploadForm:
    files: Any = MultiValueDict({"file": [SimpleUploadedFile("naam-van-iemand.csv", content)]})
    return UploadForm([SHELF, CLOSED], {"token": str(uuid4()), "template": template}, files)


def columns_form(found: Table, **chosen: str) -> ColumnsForm:
    data = {f"column-{position}": "-" for position in range(len(found.headings))}
    data |= {name.replace("_", "-"): key for name, key in chosen.items()} | {"token": str(uuid4())}
    return ColumnsForm(SHELF, found, {}, data)


def test_the_file_is_read_by_the_form_and_its_name_is_not_kept() -> None:
    form = upload_form(TEXT.encode())
    assert form.is_valid()
    command = form.to_command()
    assert command.template is SHELF
    assert [row.number for row in command.table.rows] == [2, 3]
    assert "iemand" not in repr(command)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "sheet_empty"), (b"%PDF-", "sheet_is_pdf"), (b"a;1234\n", "sheet_without_headings")],
)
def test_a_refused_file_is_an_error_of_its_field(content: bytes, code: str) -> None:
    form = upload_form(content)
    assert not form.is_valid()
    assert form.errors.as_data()["file"][0].code == code


def test_an_unknown_kind_is_the_only_error_told() -> None:
    form = upload_form(TEXT.encode(), template="nothing")
    assert not form.is_valid()
    assert list(form.errors) == ["template"]


def test_each_heading_gets_a_choice_with_examples() -> None:
    form = ColumnsForm(SHELF, table(), {0: "name"})
    first, second = form.fields["column-0"], form.fields["column-1"]
    assert (first.label, first.initial, first.help_text) == ("Naam", "name", "Ankie Voorbeeld · Bo Voorbeeld")
    assert second.initial == "-"
    assert second.help_text == "27-3-81"
    labels = [str(label) for _, label in first.choices]
    assert labels[:3] == ["niet inlezen", "Naam (verplicht)", "Geboortedatum"]


def test_long_headings_and_examples_are_cut() -> None:
    found = table(f"Naam;{'Kop ' * 60}\nAnkie;{'lang ' * 60}\n")
    field = ColumnsForm(SHELF, found, {}).fields["column-1"]
    assert len(str(field.label)) <= 80
    assert len(str(field.help_text)) <= 40


def test_a_choice_becomes_positions() -> None:
    form = columns_form(table(), column_0="name", column_2="remark")
    assert form.is_valid()
    assert form.to_command() == {0: "name", 2: "remark"}


def test_a_column_that_does_not_exist_cannot_be_chosen() -> None:
    assert not columns_form(table(), column_0="shoe").is_valid()


def test_a_button_needs_its_token_only() -> None:
    form = ConfirmForm({"token": str(uuid4())})
    assert form.is_valid()
    assert form.to_command() is None
    assert not ConfirmForm({}).is_valid()


def test_messages_are_told_in_the_order_of_the_file() -> None:
    messages = [Message("cell_required", 9, "Naam"), Message("cell_required", 2, "Naam"), Message("no_rows")]
    told = pages.sentences(messages)
    assert [sentence[:5] for sentence in told] == ["Er st", "Rij 2", "Rij 9"]


@pytest.mark.django_db
def test_the_preview_shows_the_columns_that_hold_something() -> None:
    found = table()
    report = check(SHELF, found, propose(SHELF, found.headings), CONTEXT)
    shown = pages.preview(SHELF, report)
    assert [column.label for column in shown.columns] == ["Rij", "Naam", "Geboortedatum"]
    assert [[cell.text for cell in row] for row in shown.rows] == [
        ["2", "Ankie Voorbeeld", "27-03-1981"],
        ["3", "Bo Voorbeeld", ""],
    ]


@pytest.mark.django_db
def test_a_preview_has_ten_rows() -> None:
    found = table("Naam\n" + "\n".join(f"Lid {number}" for number in range(30)))
    report = check(SHELF, found, {0: "name"}, CONTEXT)
    assert len(pages.preview(SHELF, report).rows) == 10
    assert [number for _, number in pages.counts(report)] == ["30", "0", "0", "0"]


def test_every_state_has_a_word_on_the_screen() -> None:
    assert {key for key in STATES if key.startswith("upload.")} == {
        f"upload.{state}" for state in ("uploaded", "mapped", "checked", "applied", "undone", "discarded")
    }


def test_a_list_of_an_old_kind_is_still_shown() -> None:
    upload = SimpleNamespace(id=uuid4(), template="gone", state="undone", made_at=NOW.at, counts={})
    shown = pages.earlier([upload])
    assert [cell.text for cell in shown.rows[0]][1:] == ["gone", "", "0"]
