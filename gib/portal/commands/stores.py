"""Keys, stores, translations and static files: everything an installation needs before it serves."""

import argparse
import os
import secrets
from importlib import import_module
from pathlib import Path
from typing import Final

import django
import polib
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from gib.core.vault import master

#: The stores apart hold the tables of one app each; the others need no visit there.
_ONLY: Final = {"log": ("journal",), "keys": ("vault",)}


def make_keys(folder: Path) -> None:
    """Make the folder (mode 0700), the session secret and the first master key; existing ones stay."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    secret = folder / "secret.key"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(64))
    master.create(folder / "master.key")


def setup(given: argparse.Namespace) -> None:
    """Prepare everything but data; the second time it changes nothing."""
    root = Path(__file__).resolve().parents[3]
    make_keys(Path(os.environ.get("GIB_DATA_DIR", root / "data")))
    django.setup()
    compile_messages()
    migrate(given)
    call_command("collectstatic", interactive=False, verbosity=0)


def compile_messages() -> None:
    """Compile the translations whose source is newer, without the gettext tools."""
    for folder in settings.LOCALE_PATHS:
        for source in Path(folder).glob("*/LC_MESSAGES/*.po"):
            target = source.with_suffix(".mo")
            if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                polib.pofile(str(source)).save_as_mofile(str(target))


def migrate(given: argparse.Namespace) -> None:
    """Make or update the tables of every store, and on PostgreSQL the row-level security."""
    for alias in connections:
        call_command("migrate", *_ONLY.get(alias, ()), database=alias, interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    secure = import_module("gib.core.access.rls_sql").install
    for connection in connections.all():
        if connection.vendor == "postgresql":
            secure(connection, os.environ.get("GIB_DATABASE_ROLE", "gib_app"))
