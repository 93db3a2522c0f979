"""The migrations make the tables that the models describe."""

import pytest
from django.core.management import call_command
from django.db import connections


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
