"""The services of the tests: a cluster with the two roles of production; what lacks is said in one line."""

import os
import subprocess
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.services import bench, postgres, system

ATTRIBUTES = "SELECT rolcreatedb, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = %s"


@pytest.fixture
def own_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(postgres.SHARED, raising=False)


@pytest.mark.parametrize(
    ("role", "attributes"), [("owner", (True, False, False)), ("app", (False, False, False))]
)
def test_the_roles_are_those_of_production(
    own_cluster: None, role: str, attributes: tuple[bool, ...]
) -> None:
    with postgres.cluster() as here:
        address = {"host": here["host"], "port": here["port"], "dbname": "postgres", "user": here[role]}
        with psycopg.connect(**address) as connection:
            assert connection.execute(ATTRIBUTES, [here[role]]).fetchone() == attributes
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(**address)


def test_a_run_shares_one_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(postgres.SHARED, "12345")
    with postgres.cluster() as here:
        assert here == {"host": "127.0.0.1", "port": 12345, "owner": "gib_owner", "app": "gib_app"}


def test_a_machine_without_postgresql_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, own_cluster: None
) -> None:
    monkeypatch.setattr(postgres, "BINARIES", tmp_path)
    with pytest.raises(RuntimeError, match="apt-get install postgresql"), postgres.cluster():
        pass


def test_only_what_lacks_is_named() -> None:
    assert system.lacking({"there": lambda: True, "absent": lambda: False}) == ["absent"]


@pytest.mark.parametrize("is_root", [True, False])
def test_what_lacks_is_installed_as_root_and_otherwise_named_in_one_line(
    is_root: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[Any] = []
    monkeypatch.setattr(system, "NEEDS", {"chromium": lambda: False, "postgresql": lambda: True})
    monkeypatch.setattr(os, "geteuid", lambda: 0 if is_root else 1000)
    monkeypatch.setattr(system.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(subprocess, "run", lambda command, **_: ran.append(command))
    assert system.main() == (0 if is_root else 1)
    told = capsys.readouterr()
    if is_root:
        assert [command[2] for command in ran] == ["update", "install"]
        assert ran[-1][-2:] == ["--no-install-recommends", "chromium"]
    else:
        assert ran == []
        assert told.err == "The tests need: apt-get install chromium\n"


def test_nothing_is_said_when_nothing_lacks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system, "NEEDS", {"postgresql": lambda: True})
    assert system.main() == 0
    assert capsys.readouterr() == ("", "")


def test_the_start_is_measured_twice_in_a_clone_that_is_thrown_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clones: list[Path] = []
    monkeypatch.setattr(subprocess, "run", lambda command, **_: None)
    monkeypatch.setattr(bench, "prepare", lambda clone: clones.append(clone) or 1.0)
    bench.main()
    assert capsys.readouterr().out.count("1.0 s (goal") == 2
    assert len(set(clones)) == 1
    assert not clones[0].parent.exists()
