"""The child process: it answers in JSON, dies within its limits, and is told nothing it need not know."""

import json
import os
import subprocess
import sys

import pytest

from gib.core.kernel.rules import RuleBroken
from gib.core.sheets import child, reading
from gib.core.sheets.grids import Book
from gib.core.sheets.tests.files import xls_rows, xlsx_rows

WHOLE = xlsx_rows(("Naam",), ("Ankie",))


def run(code: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60)


def test_it_answers_with_a_book_or_a_refusal() -> None:
    command = [sys.executable, "-m", "gib.core.sheets.child", "xlsx"]
    told = json.loads(subprocess.run(command, input=WHOLE, capture_output=True).stdout)
    assert Book.from_json(told["book"]).grids[0].lines[1].cells == ("Ankie",)
    told = json.loads(subprocess.run(command, input=WHOLE[:-30], capture_output=True).stdout)
    assert told == {"refused": "sheet_broken", "facts": {}}


def test_it_may_not_take_more_memory_than_its_share() -> None:
    ended = run(
        "import io, sys; from gib.core.sheets import child; child.MEMORY = 150_000_000;"
        "sys.stdin = type('S', (), {'buffer': io.BytesIO(b'')});"
        "child.read_workbook = lambda data, kind: bytearray(300_000_000); child.main('xlsx')"
    )
    assert json.loads(ended.stdout) == {"refused": "sheet_too_heavy", "facts": {}}


def test_it_may_not_think_for_ever() -> None:
    ended = run(
        "import io, sys; from gib.core.sheets import child; child.SECONDS = 1;"
        "sys.stdin = type('S', (), {'buffer': io.BytesIO(b'')});"
        "child.read_workbook = lambda data, kind: [0 for _ in iter(int, 1)]; child.main('xlsx')"
    )
    assert ended.returncode < 0


def test_it_writes_no_file(tmp_path: object) -> None:
    ended = run(
        "import io, sys; from gib.core.sheets import child;"
        "sys.stdin = type('S', (), {'buffer': io.BytesIO(b'')});"
        f"child.read_workbook = lambda data, kind: open({str(tmp_path)!r} + '/x', 'w').write('x') and 1;"
        "child.main('xlsx')"
    )
    assert ended.returncode != 0


def test_it_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, object] = {}

    def look(command: list[str], **options: object) -> subprocess.CompletedProcess[bytes]:
        seen.update(options, command=command)
        return subprocess.CompletedProcess(command, 0, b'{"refused": "sheet_broken", "facts": {}}', b"")

    monkeypatch.setenv("GIB_SECRET", "geheim")
    monkeypatch.setattr(subprocess, "run", look)
    with pytest.raises(RuleBroken, match="sheet_broken"):
        reading.read(WHOLE)
    assert "geheim" not in str(seen["env"]) and list(seen["env"]) == ["PYTHONPATH"]
    assert b"Ankie" not in str(seen["command"]).encode()
    assert "GIB_SECRET" in os.environ


@pytest.mark.parametrize(
    ("ended", "code"), [(-9, "sheet_too_heavy"), (-6, "sheet_too_heavy"), (1, "sheet_broken")]
)
def test_however_it_dies_the_file_is_refused(monkeypatch: pytest.MonkeyPatch, ended: int, code: str) -> None:
    answer = subprocess.CompletedProcess([], ended, b"", b"")
    monkeypatch.setattr(subprocess, "run", lambda *args, **options: answer)
    with pytest.raises(RuleBroken, match=code):
        reading.read(WHOLE)


def test_an_old_workbook_goes_the_same_way() -> None:
    assert reading.read(xls_rows(("Naam",), ("Ankie",))).grids[0].lines[1].cells == ("Ankie",)
    assert child.MEMORY >= 512 * 1024 * 1024
