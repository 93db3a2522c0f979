"""Two processes tell the same year as one, down to the last value; what goes wrong leaves nothing behind."""

import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from gib.portal.commands import beside
from tests.journeys.house import ROOT, environment

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="two processes write files of ours")
#: Seconds after which nobody comes back any more.
_WITHIN = 600
_LAUNCH = (
    "import django, runpy; django.setup(); runpy.run_module('tests.operations.halves', run_name='__main__')"
)


def tell(how: str, data: Path) -> "subprocess.CompletedProcess[str]":
    """Tell a small year into a folder."""
    mine = environment(data) | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    words = [sys.executable, "-c", _LAUNCH, how]
    return subprocess.run(
        words, cwd=ROOT, env=mine, capture_output=True, text=True, check=False, timeout=_WITHIN
    )


def told(how: str, data: Path) -> Any:
    """Tell a small year, and give every row that it has."""
    done = tell(how, data)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_two_processes_tell_the_same_as_one(tmp_path: Path) -> None:
    one, two = (told(how, tmp_path / how) for how in ("by_one", "by_two"))
    assert one["faults"] == two["faults"] == []
    assert one["rows"].keys() == two["rows"].keys()
    differing = [name for name, rows in one["rows"].items() if two["rows"][name] != rows]
    assert differing == []
    assert sum(map(len, one["rows"].values())) > 2_000
    numbers = [row for row in one["rows"]["products.GroupMeeting"] if row.startswith("['1000")]
    assert 0 < len(numbers) < len(one["rows"]["products.GroupMeeting"]), "both halves have meetings"
    assert not (tmp_path / "by_two" / "half").exists()


@pytest.mark.parametrize(
    ("how", "why"),
    [("at_odds", "failed: partners_team"), ("fails", "larger than population")],
)
def test_what_goes_wrong_is_told_and_leaves_nothing_of_the_other_half(
    how: str, why: str, tmp_path: Path
) -> None:
    done = tell(how, tmp_path / how)
    assert done.returncode != 0
    assert why in done.stderr.lower()
    assert not (tmp_path / how / "half").exists()
    with sqlite3.connect(tmp_path / how / "gib.sqlite3") as opened:
        (last,) = opened.execute("SELECT max(id) FROM products_groupmeeting").fetchone()
        (story,) = opened.execute("SELECT story FROM accounts_installation").fetchone()
    assert last < 100_000
    assert story == ""


def test_who_is_left_alone_ends_at_once(tmp_path: Path) -> None:
    """Whoever works on keeps the output open, so that `tell` would not come back in time."""
    done = tell("killed", tmp_path / "killed")
    assert done.returncode == -signal.SIGKILL
    assert done.stdout.splitlines()[-1] == "dies"
    assert (tmp_path / "killed" / "half" / "gib.sqlite3").exists(), "nobody was at work"


def test_stores_in_memory_are_told_by_one_process() -> None:
    assert not beside.is_possible()
