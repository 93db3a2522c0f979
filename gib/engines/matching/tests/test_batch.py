"""The optional solver: not there unless somebody installs it, and then as good as our own."""

import importlib.util
import random
from argparse import Namespace
from pathlib import Path

import pytest

from gib.engines.matching.command import SOLVERS, run
from gib.engines.matching.market import market_of, matched
from gib.engines.matching.tests.worlds import GIB, SMALL, drawn

IS_THERE = importlib.util.find_spec("ortools") is not None


@pytest.mark.skipif(IS_THERE, reason="OR-Tools is installed here")
def test_without_it_the_command_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "problem.json"
    file.write_text('{"on": "2011-01-11"}', "utf-8")
    assert run(Namespace(file=str(file), brief=True, force="", solver="or-tools")) == 1
    assert capsys.readouterr().err.startswith("--solver: or-tools is not installed: ")


@pytest.mark.skipif(not IS_THERE, reason="OR-Tools is not installed; `make bench-matching` compares the two")
def test_it_reaches_what_our_own_reaches() -> None:
    module, _, name = SOLVERS["or-tools"].partition(":")
    solve = getattr(importlib.import_module(module), name)
    for seed in random.Random(1).sample(range(1000), 60):
        market = market_of(drawn(GIB if seed % 5 == 0 else SMALL, seed))
        assert matched(market, solve).reached == matched(market).reached
