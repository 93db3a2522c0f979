"""Django's name for an engine: SQLite, where the tripwire stands in for row-level security."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base, operations

from gib.core.access import rls
from gib.core.access.backends.plain import Remembers


class DatabaseOperations(Remembers, operations.DatabaseOperations):
    """What this engine can do; it remembers what it wrote."""


class Cursor(base.SQLiteCursorWrapper):
    """Asks in the words of this engine, which are kept for a statement that was asked before."""

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        """Give a statement as this engine wants it."""
        if param_names is None:
            return _converted(query)
        named: str = super().convert_query(query, param_names=param_names)
        return named


@lru_cache(maxsize=4096)
def _converted(query: str) -> str:
    return str(base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%"))


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that refuses unscoped reads, and holds on to its file and to no other.

    A file that is away is a store that does not answer: SQLite would make an empty one in its place, and a
    connection to a file that was replaced would go on writing where nobody looks.
    """

    ops_class = DatabaseOperations
    opened: tuple[int, int] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(rls.tripwire)

    def make_file(self) -> None:
        """Make the file (mode 0600) where it lacks, for the command that makes the tables."""
        if not self.is_in_memory_db():
            self._file.touch(mode=0o600)

    def get_connection_params(self) -> dict[str, Any]:
        """Ask for the file that is there, never for a new one."""
        found: dict[str, Any] = super().get_connection_params()
        if not self.is_in_memory_db():
            found["database"] = f"{self._file.absolute().as_uri()}?mode=rw"
        return found

    def create_cursor(self, name: str | None = None) -> Any:
        """Give who asks."""
        return self.connection.cursor(factory=Cursor)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the file, and remember which one it was."""
        opened = super().get_new_connection(conn_params)
        self.opened = self._there()
        return opened

    def close_if_unusable_or_obsolete(self) -> None:
        """Let go, between two requests, of a file that is no longer the one with this name."""
        if self.connection is not None and not self.in_atomic_block and self.opened != self._there():
            self.close()
        super().close_if_unusable_or_obsolete()

    @property
    def _file(self) -> Path:
        return Path(self.settings_dict["NAME"])

    def _there(self) -> tuple[int, int] | None:
        if self.is_in_memory_db():
            return None
        try:
            found = self._file.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino
