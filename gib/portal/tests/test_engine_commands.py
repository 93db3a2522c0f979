"""The commands of engines: they need a file and nothing else, least of all a running house."""

import subprocess
import sys
from pathlib import Path

import pytest

from gib.portal.cli import main


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "problem.json"
    path.write_text('{"on": "2011-01-11"}', "utf-8")
    return path


def test_a_problem_goes_in_and_an_answer_comes_out(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", str(file), "--brief"]) == 0
    assert '"match_nobody_waits"' in capsys.readouterr().out
    file.write_text('{"on": "2011-02-30"}', "utf-8")
    assert main(["match", str(file)]) == 1
    assert capsys.readouterr().err.startswith("$.on: must be a day")


def test_django_is_not_started(file: Path) -> None:
    script = (
        "import sys; from gib.portal.cli import main;"
        f"assert main(['match', {str(file)!r}]) == 0; assert 'django' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
