"""A half of the year that another process tells in files of its own, and how both halves come together."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connections, transaction

from gib.core.access import rls
from gib.core.journal import chain
from gib.core.journal.models import ChainHead, Happening
from gib.portal.commands.stores import hasty, seldom_swept
from gib.portal.commands.waking import wake
from gib.portal.year.year import Half

#: Where the keys of an installation lie, which the files apart share with it.
_KEYS: Final = ("SECRET_KEY_FILE", "MASTER_KEY_FILE", "TOMBSTONE_FILE")
_TABLES: Final = "SELECT name FROM other.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
#: A row that both sides have in the same words is left alone; one that differs is refused by its key.
_BRING: Final = "INSERT INTO main.{0} SELECT * FROM other.{0} WHERE {1} EXCEPT SELECT * FROM main.{0}"
#: What happened outside the dossiers is one chain: it is continued, and not brought as it is.
_IN_CHAINS: Final = dict.fromkeys(
    (Happening._meta.db_table, ChainHead._meta.db_table), f"chain_id <> '{chain.NO_DOSSIER.hex}'"
)
_OUTSIDE: Final = (
    "SELECT * FROM other.journal_happening WHERE chain_id = %s"
    " AND id NOT IN (SELECT id FROM main.journal_happening) ORDER BY position"
)


def is_possible() -> bool:
    """Tell whether a second process would help: every store is a file of ours, and there is a core for it."""
    found = [connections[alias] for alias in connections]
    are_files = all(
        each.vendor == "sqlite" and not each.in_atomic_block and Path(each.settings_dict["NAME"]).exists()
        for each in found
    )
    return are_files and (os.cpu_count() or 1) > 1


@contextmanager
def told_beside(half: Half) -> Iterator[None]:
    """Let another process tell a half while the caller tells the other; afterwards both lie in our stores."""
    folder = Path(settings.DATA_DIR) / "half"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        files = {alias: _copied(alias, folder) for alias in connections}
        apart = {f"GIB_{name}": str(Path(getattr(settings, name)).resolve()) for name in _KEYS}
        apart["GIB_DATA_DIR"] = str(folder.resolve())
        with ProcessPoolExecutor(1, get_context("spawn"), wake, (apart, os.getpid())) as other:
            told = other.submit(_tell, half)
            yield
            told.result()
        for alias, path in files.items():
            _bring(alias, path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copied(alias: str, folder: Path) -> Path:
    """Copy a store to a folder as it is now."""
    connection = connections[alias]
    connection.ensure_connection()
    path = folder / Path(connection.settings_dict["NAME"]).name
    other = sqlite3.connect(path)
    connection.connection.backup(other)
    other.close()
    return path


def _tell(half: Half) -> None:
    """Tell a half in the process apart."""
    with hasty(), seldom_swept():
        half.tell(lambda share: None)
    connections.close_all()


def _bring(alias: str, path: Path) -> None:
    """Bring what a file holds into the store of which it was a copy.

    Raises:
        IntegrityError: both changed a row that was there before; nothing of the file is in the store then.
    """
    with connections[alias].cursor() as cursor, rls.system("halves"):
        cursor.execute("ATTACH DATABASE %s AS other", [str(path)])
        try:
            with transaction.atomic(using=alias):
                for (table,) in cursor.execute(_TABLES).fetchall():
                    cursor.execute(_BRING.format(f'"{table}"', _IN_CHAINS.get(table, "true")))
                if alias == "default":
                    chain.append(list(Happening.objects.raw(_OUTSIDE, [chain.NO_DOSSIER.hex])))
        finally:
            cursor.execute("DETACH DATABASE other")
