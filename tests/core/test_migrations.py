"""The migrations make the tables that the models describe."""

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections, models
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, DeleteModel
from django.db.migrations.operations.base import Operation

from tests.services.tables import FIRST, whole

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db(databases="__all__")
def test_no_model_waits_for_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db(databases="__all__")
def test_each_store_holds_its_own_tables_only() -> None:
    held = {alias: set(connections[alias].introspection.table_names()) for alias in connections}
    assert "vault_wrappedkey" in held["keys"]
    assert all("vault_tombstone" in tables for tables in held.values())
    assert {"journal_reading", "journal_readingsubject", "journal_readingseal"} <= held["log"]
    assert "families_dossier" in held["default"]
    for alias, other in (("default", "keys"), ("default", "log"), ("keys", "log")):
        shared = held[alias] & held[other] - {"django_migrations", "django_content_type", "vault_tombstone"}
        assert not shared, f"{alias} and {other} both hold {shared}"


#: Makes the stores of an empty folder, as a setup does or by migrations alone.
_MAKE = """
import argparse, django
from gib.portal.commands import stores
stores.make_keys()
django.setup()
if {by_migrations}:
    stores._make_at_once = lambda alias: None
stores.migrate(argparse.Namespace())
"""


def made(folder: Path, by_migrations: bool) -> dict[str, list[tuple[str, ...]]]:
    """Make the stores in a folder; gives per store what it holds, without the order of columns."""
    here = {"GIB_DATA_DIR": str(folder), "GIB_DEMO": "1", "GIB_HOSTS": "localhost"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIB_")}
    words = [sys.executable, "-c", _MAKE.format(by_migrations=by_migrations)]
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings"}
    subprocess.run(words, cwd=ROOT, env=kept | here | settings, check=True, timeout=120)
    return {file.name: _holds(file) for file in sorted(folder.glob("*.sqlite3"))}


def _holds(file: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(file)) as store:
        things = store.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
        done = store.execute("SELECT app, name FROM django_migrations").fetchall()
    parts = [(kind, name, *sorted(re.split(r", |\(|\)$", text))) for kind, name, text in things]
    return sorted([*parts, *done])


def test_tables_made_at_once_are_those_of_the_migrations(tmp_path: Path) -> None:
    """An empty file gets its tables from the models; what a later version migrates must be the same."""
    at_once, by_migrations = made(tmp_path / "at_once", False), made(tmp_path / "migrated", True)
    assert sorted(at_once) == ["gib.sqlite3", "keys.sqlite3", "log.sqlite3"]
    for file, holds in by_migrations.items():
        assert at_once[file] == holds, file
    assert len(at_once["gib.sqlite3"]) > 500
    assert ("families", "0001_initial") in at_once["gib.sqlite3"]


def test_an_index_that_only_a_migration_makes_would_be_noticed(tmp_path: Path) -> None:
    """Negative control of the comparison."""
    for name, extra in (("a", ""), ("b", "CREATE INDEX later ON t (x, y);")):
        with closing(sqlite3.connect(tmp_path / name)) as store:
            tables = "CREATE TABLE t (x int, y int); CREATE TABLE django_migrations (app, name);"
            store.executescript(tables + extra)
    with closing(sqlite3.connect(tmp_path / "c")) as store:
        store.executescript("CREATE TABLE t (y int, x int); CREATE TABLE django_migrations (app, name);")
    assert _holds(tmp_path / "a") != _holds(tmp_path / "b")
    assert _holds(tmp_path / "a") == _holds(tmp_path / "c"), "the order of columns is no difference"


def strays(operations: Sequence[Operation]) -> list[str]:
    """Name what a first migration does beside making whole tables."""
    return [one.describe() for one in operations if not isinstance(one, CreateModel)]


def test_a_first_migration_makes_its_tables_whole() -> None:
    """What comes after a table makes an empty database slow; tests/services/tables.py folds it."""
    own = [app for app in apps.get_app_configs() if app.name.startswith("gib.")]
    firsts = {
        app.label: import_module(f"{app.name}.migrations.{FIRST}").Migration.operations
        for app in own
        if Path(app.path, "migrations", f"{FIRST}.py").exists()
    }
    assert {"families", "products", "volunteers"} <= firsts.keys()
    assert {label: strays(made) for label, made in firsts.items() if strays(made)} == {}


def _table(name: str, *needs: str) -> CreateModel:
    fields = [(need, models.ForeignKey(f"families.{need}", models.PROTECT)) for need in needs]
    return CreateModel(name, [("id", models.BigAutoField(primary_key=True)), *fields])


def test_what_comes_after_a_table_is_folded_into_it() -> None:
    rule = models.CheckConstraint(condition=models.Q(id__gte=0), name="child_id")
    index = models.Index(fields=["id"], name="child_index")
    link = models.ForeignKey("families.dossier", models.PROTECT)
    late: list[Operation] = [AddField("Child", "dossier", link), AddConstraint("child", rule)]
    late.append(AddIndex("child", index))
    assert len(strays(late)) == 3
    dossier, child = whole([_table("Child"), _table("Dossier"), *late])
    assert (dossier.name, child.name) == ("Dossier", "Child")
    assert [name for name, _field in child.fields] == ["id", "dossier"]
    assert child.options == {"constraints": [rule], "indexes": [index]}


def test_tables_that_need_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="need each other"):
        whole([_table("Child", "Dossier"), _table("Dossier", "Child")])
    with pytest.raises(ValueError, match="no place"):
        whole([_table("Child"), DeleteModel("Child")])
