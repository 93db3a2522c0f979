"""Files that are no list: refused with a reason, on screen and from a shell, and nothing changes."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gib.core.kernel.rules import CATALOGUE
from gib.core.sheets.tests.refused import REFUSED
from gib.core.ui.models import Submission
from gib.people.accounts import builders as accounts
from gib.portal import cli
from tests.input import house
from tests.input.house import Screen

pytestmark = pytest.mark.django_db(databases="__all__")
LOOKS = {"default.django_session", "log.journal_reading", "log.journal_readingsubject"}
#: Besides what the reader of sheets refuses: texts that no spreadsheet writes.
MORE = {
    "a csv with NULs": b"Naam;Telefoon\nTruus\x00 Duinroos;0612345678\n",
    "a csv of NULs": bytes(4000),
}
MORE_REASONS = {"a csv with NULs": "sheet_unknown_type", "a csv of NULs": "sheet_empty"}
FILES = {name: content for name, (content, _code) in REFUSED.items()} | MORE


def reason(name: str) -> str:
    """Give the beginning of the sentence in which a file is refused, up to its first fact."""
    code = REFUSED[name][1] if name in REFUSED else MORE_REASONS[name]
    return CATALOGUE[code].partition("{")[0].partition("'")[0].strip()


@pytest.fixture
def screen(seen: object) -> Screen:
    return house.open_house()


def test_each_is_refused_on_screen(screen: Screen) -> None:
    screen.upload("volunteers", b"", "eerst.csv")
    before, found = house.stores(), []
    for name, content in FILES.items():
        answer = screen.upload("volunteers", content, "lijst.xlsx")
        if answer.status_code != 422 or reason(name) not in answer.content.decode():
            found.append(f"{name}: {answer.status_code} {house.errors(answer)[:2]}")
    assert found == []
    assert house.changed(before, house.stores()) <= LOOKS


def test_each_is_refused_from_a_shell(
    screen: Screen, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, found = house.stores(), []
    for number, (name, content) in enumerate(FILES.items()):
        file = tmp_path / f"lijst{number}.xlsx"
        file.write_bytes(content)
        code = cli.main(["import", "volunteers", str(file), "--yes"])
        printed = capsys.readouterr()
        if code != 1 or reason(name) not in printed.out + printed.err:
            found.append(f"{name}: {code} {printed}")
    assert found == []
    assert house.changed(before, house.stores()) <= LOOKS


def test_a_file_that_is_not_there_is_told_in_one_line(
    screen: Screen, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, mapping = tmp_path / "lijst.csv", tmp_path / "koppen.json"
    good.write_bytes(b"Voornaam;Achternaam\nTruus;Duinroos\n")
    mapping.write_bytes(b"geen json \xff")
    nowhere = str(tmp_path / "nergens" / "lijst.csv")
    for words in (
        ["import", "volunteers", nowhere],
        ["import", "volunteers", str(tmp_path)],
        ["import", "volunteers", str(good), "--mapping", nowhere],
        ["import", "volunteers", str(good), "--mapping", str(mapping)],
        ["export", "volunteers", "--output", nowhere],
    ):
        assert cli.main(words) == 1
        told = capsys.readouterr().err.splitlines()
        assert len(told) == 1
        assert "Er is niets veranderd." in told[0]


def test_what_is_no_register_is_refused(screen: Screen) -> None:
    _user, _actor = accounts.project_leader()
    screen.client.get(reverse("partners:register_update"))
    before, found = house.stores(), []
    for name, content in FILES.items():
        file = SimpleUploadedFile("register.csv", content)
        answer = screen.post(reverse("partners:register_update"), {"file": file})
        if answer.status_code != 422 or not any(house.errors(answer)):
            found.append(f"{name}: {answer.status_code}")
    assert found == []
    assert house.changed(before, house.stores()) <= LOOKS


def test_a_file_that_is_a_list_is_not_refused(screen: Screen) -> None:
    """The negative control: the same road, a good file, and something changes."""
    before = house.stores()
    answer = screen.upload("volunteers", b"Voornaam;Achternaam\nTruus;Duinroos\n", "x.csv")
    assert answer.status_code == 302
    assert Submission.objects.count() == 1
    assert "default.sheets_upload" in house.changed(before, house.stores())
