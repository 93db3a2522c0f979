"""The migrations make the tables that the models describe."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections, models
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, DeleteModel
from django.db.migrations.operations.base import Operation

from tests.services.tables import FIRST, whole


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
