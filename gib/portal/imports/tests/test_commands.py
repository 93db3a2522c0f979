"""Sheets from a shell: the same steps, told in lines without a value, files that only their owner reads."""

import argparse
import io
import json
import stat
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from gib.core.access import rls
from gib.core.journal.models import Reading
from gib.core.kernel.rules import RuleBroken
from gib.core.sheets import refusals
from gib.core.sheets.models import Upload
from gib.portal.imports import commands
from gib.portal.imports.tests.shelf import NOW, SHELF, TEXT, put, there

pytestmark = pytest.mark.django_db(databases="__all__")
BOTH = ["shelf:Ankie Voorbeeld", "shelf:Bo Voorbeeld"]


def given(file: Path, **others: Any) -> argparse.Namespace:
    """The words of a command line, as the parser hands them down."""
    words = {"template": "shelf", "file": str(file), "dry_run": False, "yes": True, "mapping": None}
    return argparse.Namespace(**words | others)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "leden.csv"
    path.write_text(TEXT)
    return path


def uploads() -> int:
    with rls.system("test", NOW.on):
        return int(Upload.for_house("test", NOW.on).count())


def test_a_dry_run_tells_and_changes_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.import_sheet(given(file, dry_run=True)) == 0
    told = capsys.readouterr().out
    assert "nieuw 2, staat er al 0, anders 0, fouten 0" in told
    assert "Kolom Kolom X: Deze kolom wordt niet gebruikt." in told
    assert (there(), uploads()) == ([], 0)


def test_a_sheet_comes_in_once(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.import_sheet(given(file)) == 0
    assert there() == BOTH
    assert commands.import_sheet(given(file)) == 0
    assert there() == BOTH
    assert "nieuw 0, staat er al 2" in capsys.readouterr().out
    assert uploads() == 1


def test_faults_are_told_without_their_value(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(TEXT + "Cor;geheimedag;\n")
    assert commands.import_sheet(given(file)) == 1
    told = capsys.readouterr().out
    assert "Rij 4, kolom Geboren: Deze datum kunnen wij niet lezen." in told
    assert "geheimedag" not in told
    assert (there(), uploads()) == ([], 0)


@pytest.mark.parametrize(("answer", "ended", "count"), [("j\n", 0, 2), ("nee\n", 1, 0), ("", 1, 0)])
def test_a_person_is_asked(
    file: Path, monkeypatch: pytest.MonkeyPatch, answer: str, ended: int, count: int
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    assert commands.import_sheet(given(file, yes=False)) == ended
    assert len(there()) == count


def test_a_mapping_may_come_from_a_file(file: Path, tmp_path: Path) -> None:
    file.write_text("Wie;Sinds\nAnkie;27-3-81\n")
    with pytest.raises(RuleBroken, match="column_missing"):
        commands.import_sheet(given(file))
    mapping = tmp_path / "kolommen.json"
    mapping.write_text(json.dumps({"Wie": "Naam", "Sinds": "born_on"}))
    assert commands.import_sheet(given(file, mapping=str(mapping))) == 0
    assert there() == ["shelf:Ankie"]
    mapping.write_text(json.dumps({"Waar": "Naam"}))
    with pytest.raises(RuleBroken, match="column_unknown"):
        commands.import_sheet(given(file, mapping=str(mapping)))


def test_a_bad_file_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_bytes(b"%PDF-1.7")
    with pytest.raises(RuleBroken, match="sheet_is_pdf"):
        commands.import_sheet(given(file))
    monkeypatch.setattr(refusals, "MAX_BYTES", 3)
    with pytest.raises(RuleBroken, match="sheet_too_large"):
        commands.import_sheet(given(file))
    assert uploads() == 0


def test_an_import_is_taken_back_from_the_shell(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commands.import_sheet(given(file))
    upload = UUID(capsys.readouterr().out.split()[-1])
    assert commands.undo_import(argparse.Namespace(upload=upload)) == 0
    assert there() == []
    with pytest.raises(RuleBroken, match="illegal_move"):
        commands.undo_import(argparse.Namespace(upload=upload))
    with pytest.raises(RuleBroken, match="not_found"):
        commands.undo_import(argparse.Namespace(upload=UUID(int=7)))


@pytest.mark.parametrize(("format", "start"), [("csv", b"\xef\xbb\xbfNaam;"), ("xlsx", b"PK")])
def test_an_export_is_a_file_that_only_its_owner_reads(tmp_path: Path, format: str, start: bytes) -> None:
    put([{"name": "Ankie"}], commands.house("test"), NOW)
    output = tmp_path / f"uit.{format}"
    output.write_text("oud")
    output.chmod(0o644)
    words = argparse.Namespace(template="shelf", format=format, output=str(output))
    assert commands.export_sheet(words) == 0
    assert output.read_bytes().startswith(start)
    assert stat.S_IMODE(output.stat().st_mode) == 0o600


def test_what_goes_out_comes_in_without_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put([{"name": "Ankie"}, {"name": "=Bo"}], commands.house("test"), NOW)
    output = tmp_path / "uit.csv"
    commands.export_sheet(argparse.Namespace(template="shelf", format="csv", output=str(output)))
    assert commands.import_sheet(given(output)) == 0
    assert "nieuw 0, staat er al 2, anders 0, fouten 0" in capsys.readouterr().out
    assert SHELF.export is not None


def test_what_is_read_leaves_one_line_with_all_ids(file: Path) -> None:
    commands.import_sheet(given(file))
    look = Reading.objects.get()
    assert (look.action, look.role) == ("import", "system")
    assert look.subjects.count() == 1
