"""The commands of engines: they need a file and nothing else, least of all a running house."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gib.care.products.domain.match import Why
from gib.core.kernel.reading import plain
from gib.engines.matching import POLICIES
from gib.engines.matching.problem import Why as EngineWhy
from gib.engines.mornings.tests.worlds import Size, drawn
from gib.people.partners.domain import INSIDE, Product
from gib.people.volunteers.domain import BASE, TRAINING_FOR
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


def test_a_morning_goes_in_and_a_plan_comes_out(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "morning.json"
    path.write_text(json.dumps(plain(drawn(Size(4, 2)))), "utf-8")
    assert main(["plan-morning", str(path)]) == 0
    written = capfd.readouterr().out
    assert json.loads(written)["proof"]["is_best"] is True
    path.write_text('{"on": "2011-02-30"}', "utf-8")
    assert main(["plan-morning", str(path)]) == 1
    assert capfd.readouterr().err.startswith("$.prison: is required")


@pytest.mark.parametrize(("command", "code"), [("match", 0), ("plan-morning", 1), ("plan-visits", 1)])
def test_django_is_not_started(file: Path, command: str, code: int) -> None:
    script = (
        "import sys; from gib.portal.cli import main;"
        f"assert main([{command!r}, {str(file)!r}]) == {code}; assert 'django' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_engine_of_matches_uses_the_words_of_the_house() -> None:
    for policy in POLICIES:
        assert [terms.code for terms in policy.products] == list(Product)
        for terms in policy.products:
            assert terms.is_inside == (terms.code in INSIDE)
            assert terms.training == TRAINING_FOR[Product(terms.code)]
            assert terms.requirements == BASE
    assert set(map(str, Why)) <= set(map(str, EngineWhy))
