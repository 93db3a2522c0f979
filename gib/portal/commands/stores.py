"""Keys, stores, translations and static files: everything an installation needs before it serves."""

import argparse
import gc
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import django
import polib
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections, router
from django.db.migrations.executor import MigrationExecutor

from gib.core.access.backends.sqlite.base import DatabaseWrapper
from gib.core.kernel.rules import RuleBroken, declare
from gib.core.vault import master

#: The stores apart hold the tables of few apps; the others need no visit there.
_ONLY: Final = {"log": ("journal", "vault"), "keys": ("vault",)}
#: New things in memory between two searches for what nobody uses any more; usually 700.
_SELDOM: Final = 100_000


declare(
    {
        "key_beside_data": (
            "De hoofdsleutel ligt in de map met gegevens. Zet in GIB_MASTER_KEY_FILE een plaats daarbuiten. "
            "Er is niets gemaakt."
        )
    }
)


def make_keys() -> None:
    """Make the data folder (mode 0700), the session secret and the first master key, each in its place.

    Files that exist stay as they are.
    """
    for folder in (Path(settings.DATA_DIR), settings.SECRET_KEY_FILE.parent, settings.MASTER_KEY_FILE.parent):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    secret = Path(settings.SECRET_KEY_FILE)
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(64))
        settings.SECRET_KEY = secret.read_text()
    master.create(Path(settings.MASTER_KEY_FILE))


def setup(given: argparse.Namespace) -> None:
    """Prepare everything but data; the second time it changes nothing.

    Raises:
        RuleBroken: 'key_beside_data' when one copy of the data folder would take the master key along.
    """
    if not (settings.DEMO or settings.TESTING or settings.DEBUG) and master.lies_beside_data():
        raise RuleBroken("key_beside_data")
    make_keys()
    django.setup()
    compile_messages()
    with seldom_swept():
        migrate(given)
    call_command("collectstatic", interactive=False, verbosity=0)


def setup_demo(given: argparse.Namespace) -> None:
    """Prepare the stores of a demonstration, which opens its doors on this machine alone."""
    os.environ["GIB_DEMO"] = "1"
    os.environ.setdefault("GIB_HOSTS", "localhost")
    setup(given)


@contextmanager
def seldom_swept() -> Iterator[None]:
    """Search memory for what nobody uses any more so seldom that long work with small things goes faster."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


@contextmanager
def hasty() -> Iterator[None]:
    """Let SQLite write without waiting for the disk: a story that is broken off begins anew in any case."""
    free = [connection for connection in connections.all() if not connection.in_atomic_block]
    files = [connection for connection in free if connection.vendor == "sqlite"]
    for connection in files:
        _say(connection, "PRAGMA synchronous=OFF")
    try:
        yield
    finally:
        for connection in files:
            _say(connection, "PRAGMA synchronous=FULL")
            _say(connection, "PRAGMA wal_checkpoint(TRUNCATE)")


def _say(connection: Any, words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words)


def compile_messages() -> None:
    """Compile the translations whose source is newer, without the gettext tools."""
    for folder in settings.LOCALE_PATHS:
        for source in Path(folder).glob("*/LC_MESSAGES/*.po"):
            target = source.with_suffix(".mo")
            if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                polib.pofile(str(source)).save_as_mofile(str(target))


def _make_at_once(alias: str) -> None:
    """Make the tables of an empty file from the models, and note the migrations that make the same ones.

    Each step of a migration imagines the house anew, which takes longer than everything else of a setup.
    """
    connection = connections[alias]
    if connection.vendor != "sqlite" or connection.introspection.table_names():
        return
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if router.allow_migrate_model(alias, model):
                editor.create_model(model)
    _note_migrations(connection, _ONLY.get(alias))


def _note_migrations(connection: Any, only: tuple[str, ...] | None) -> None:
    """Note every migration as done, or those of some apps and what they follow from."""
    executor = MigrationExecutor(connection)
    last = executor.loader.graph.leaf_nodes()
    executor.recorder.ensure_schema()
    for migration, _is_back in executor.migration_plan(
        [each for each in last if not only or each[0] in only]
    ):
        executor.recorder.record_applied(migration.app_label, migration.name)


def migrate(given: argparse.Namespace) -> None:
    """Make or update the tables of every store, and on PostgreSQL the row-level security."""
    for connection in connections.all():
        if isinstance(connection, DatabaseWrapper):
            connection.make_file()
    for alias in connections:
        _make_at_once(alias)
        for app in _ONLY.get(alias, (None,)):
            call_command("migrate", *filter(None, [app]), database=alias, interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    secure = import_module("gib.core.access.rls_sql").install
    for connection in connections.all():
        if connection.vendor == "postgresql":
            secure(connection, os.environ.get("GIB_DATABASE_ROLE", "gib_app"))
