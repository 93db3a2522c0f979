"""Lists from a shell: `gib import`, `gib undo-import` and `gib export`, by the house itself."""

import csv
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gib.core.journal.models import Message, Reading
from gib.portal.cli import parser
from tests.input import house, lists
from tests.input.house import Screen
from tests.input.test_screen import ORDER, TRAIL

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
Shell = Callable[..., tuple[int, str]]


@pytest.fixture
def paths(tmp_path: Path) -> dict[str, Path]:
    """The lists as files; the volunteers get a column for their team, which a shell asks for."""
    found = {}
    for key, (name, make, _rows) in lists.FILES.items():
        found[key] = tmp_path / name
        content: Any = lists.volunteers(with_team=True) if key == "volunteers" else make()
        found[key].write_bytes(content)
    return found


def test_all_four_go_in_once(screen: Screen, gib: Shell, paths: dict[str, Path]) -> None:
    for key in ORDER:
        code, told = gib("import", key, str(paths[key]), "--yes")
        assert (code, f"{lists.FILES[key][2]} rijen ingelezen" in told) == (0, True), told
    before, keys = house.counts(), house.keys()
    for key in ORDER:
        code, told = gib("import", key, str(paths[key]), "--yes")
        assert (code, f"nieuw 0, staat er al {lists.FILES[key][2]}, anders 0, fouten 0" in told) == (
            0,
            True,
        ), told
    assert house.changed(before, house.counts()) <= {"log.journal_reading", "log.journal_readingsubject"}
    assert (house.keys(), Message.objects.count()) == (keys, 0)
    assert house.none_of(lists.SECRETS, house.dump()) == []


def test_a_shell_has_no_team_of_its_own(screen: Screen, gib: Shell, tmp_path: Path) -> None:
    file = tmp_path / "zonder.xlsx"
    file.write_bytes(lists.volunteers())
    before = house.counts()
    code, told = gib("import", "volunteers", str(file), "--yes")
    assert code == 1
    assert "kolom P.I." in told or "Vul in bij welke P.I. of welk team deze rij hoort." in told
    assert house.changed(before, house.counts()) <= {"log.journal_reading", "log.journal_readingsubject"}


@pytest.mark.parametrize("key", ["referrals", "participants"])
def test_a_faulty_cell_changes_nothing_at_all(
    screen: Screen, gib: Shell, paths: dict[str, Path], key: str
) -> None:
    for earlier in ORDER[: ORDER.index(key)]:
        gib("import", earlier, str(paths[earlier]), "--yes")
    make: Any = lists.FILES[key][1]
    paths[key].write_bytes(make(with_fault=True))
    before, rows = house.stores(), house.counts()
    code, told = gib("import", key, str(paths[key]), "--yes")
    assert (code, "fouten 1" in told) == (1, True), told
    assert house.none_of(lists.SECRETS, told) == []
    readings = {"log.journal_reading", "log.journal_readingsubject"}
    assert house.changed(rows, house.counts()) <= readings
    assert house.changed(before, house.stores()) <= readings


def test_an_import_is_taken_back(screen: Screen, gib: Shell, paths: dict[str, Path]) -> None:
    before, keys = house.counts(), house.keys()
    told = [gib("import", key, str(paths[key]), "--yes")[1] for key in ORDER]
    for words in reversed(told):
        code, answer = gib("undo-import", words.split()[-1])
        assert (code, "rijen teruggedraaid" in answer) == (0, True), answer
    assert house.changed(before, house.counts()) <= TRAIL
    assert house.keys() == keys
    assert house.none_of(lists.SECRETS, house.dump()) == []


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_goes_out_of_one_house_fills_another(
    screen: Screen, gib: Shell, paths: dict[str, Path], tmp_path: Path, form: str
) -> None:
    told = [gib("import", key, str(paths[key]), "--yes")[1] for key in ORDER]
    first = _exported(gib, tmp_path / "een", form)
    for words in reversed(told):
        gib("undo-import", words.split()[-1])
    for key in ORDER:
        code, answer = gib("import", key, str(tmp_path / "een" / f"{key}.{form}"), "--yes")
        assert code == 0, answer
    second = _exported(gib, tmp_path / "twee", "csv")
    assert second == (first if form == "csv" else _exported(gib, tmp_path / "drie", "csv"))
    assert len(second["participants"]) == 1 + 3 + 3
    assert [len(second[key]) for key in ORDER[:3]] == [4, 3, 4]


def _exported(gib: Shell, folder: Path, form: str) -> dict[str, list[list[str]]]:
    """Take all four along; gives the rows of a CSV, in one order."""
    folder.mkdir()
    found = {}
    for key in ORDER:
        path = folder / f"{key}.{form}"
        assert gib("export", key, "--format", form, "--output", str(path))[0] == 0
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        if form == "csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                heading, *rows = csv.reader(file, delimiter=";")
            found[key] = [heading, *sorted(rows)]
    return found


def test_each_list_that_goes_out_leaves_one_line_with_everybody(
    screen: Screen, gib: Shell, paths: dict[str, Path], tmp_path: Path
) -> None:
    for key in ORDER:
        gib("import", key, str(paths[key]), "--yes")
    for key, people in (("volunteers", 3), ("referrals", 3), ("participants", 6 + 2)):
        earlier = set(Reading.objects.values_list("pk", flat=True))
        gib("export", key, "--format", "csv", "--output", str(tmp_path / "uit.csv"))
        look = Reading.objects.exclude(pk__in=earlier).get(action="export")
        assert look.subjects.count() == people


def test_what_was_never_kept_stands_in_no_export(
    screen: Screen, gib: Shell, paths: dict[str, Path], tmp_path: Path
) -> None:
    for key in ORDER:
        gib("import", key, str(paths[key]), "--yes")
        path = tmp_path / f"uit-{key}.csv"
        gib("export", key, "--format", "csv", "--output", str(path))
        text = path.read_text("utf-8-sig")
        assert "111222333" not in text
        assert "BSN" not in text and "Delict" not in text


def test_the_shell_knows_the_words_of_a_list() -> None:
    given = parser().parse_args(["import", "volunteers", "lijst.xlsx", "--dry-run"])
    assert (given.template, given.dry_run) == ("volunteers", True)
    with pytest.raises(SystemExit):
        parser().parse_args(["import", "mothers", "lijst.xlsx"])
    with pytest.raises(SystemExit):
        parser().parse_args(["undo-import", "geen-nummer"])
