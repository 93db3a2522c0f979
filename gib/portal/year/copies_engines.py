"""Writing many rows at once: on SQLite one prepared statement, on PostgreSQL COPY into a table set aside."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, Protocol

from django.db import connections, models

_AT_ONCE: Final = 2_000
_ESCAPED: Final = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


class Engine(Protocol):
    """How one engine takes many rows."""

    def cell(self, field: Any, value: Any) -> Any:
        """Write a value of a field as this engine takes it."""

    def plain(self, value: int | str) -> Any:
        """Write a number or hexadecimal digits as this engine takes them."""

    def text(self, value: str) -> Any:
        """Write text that stands in its column as it is."""

    def sealed(self, value: bytes) -> Any:
        """Write ciphertext as this engine takes it."""

    def write(self, model: type[models.Model], columns: Sequence[str], rows: Iterable[list[Any]]) -> int:
        """Write rows of cells; gives how many."""

    def keys(self, model: type[models.Model], number: int) -> list[int]:
        """Take numbers that no row of a table has."""

    def settle(self) -> None:
        """Get ready to check the keys of all that was written."""


class Sqlite:
    """One prepared statement for all rows."""

    def __init__(self) -> None:
        # The connection itself: what stands for it looks it up again for each value.
        self.connection = connections["default"]

    def cell(self, field: Any, value: Any) -> Any:
        """Write a value as the driver takes it."""
        return value if value is None else field.get_db_prep_save(value, self.connection)

    def plain(self, value: int | str) -> Any:
        """A number or digits go as they are."""
        return value

    def text(self, value: str) -> Any:
        """Text goes as it is."""
        return value

    def sealed(self, value: bytes) -> Any:
        """Ciphertext goes as it is."""
        return value

    def write(self, model: type[models.Model], columns: Sequence[str], rows: Iterable[list[Any]]) -> int:
        """Write rows of cells; gives how many."""
        names, blanks = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
        into = " ".join(("INSERT INTO", model._meta.db_table, f"({names})", f"VALUES ({blanks})"))
        with self.connection.cursor() as cursor:
            left, written = iter(rows), 0
            while part := list(islice(left, _AT_ONCE)):
                cursor.executemany(into, part)
                written += len(part)
        return written

    def keys(self, model: type[models.Model], number: int) -> list[int]:
        """Go on after the highest number that was ever given."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
            found = cursor.fetchone()
        last = found[0] if found else 0
        return list(range(last + 1, last + 1 + number))

    def settle(self) -> None:
        """A key is always found in its index."""


class Postgres:
    """COPY may not write a table under row-level security: there the rows go by a table set aside."""

    def __init__(self) -> None:
        self.connection = connections["default"]

    def cell(self, field: Any, value: Any) -> str:
        """Write a value as text of COPY."""
        if value is None:
            return r"\N"
        if isinstance(field, models.JSONField):
            return json.dumps(value, cls=field.encoder).translate(_ESCAPED)
        ready = field.get_db_prep_save(value, self.connection)
        if isinstance(ready, bytes | memoryview):
            return self.sealed(bytes(ready))
        return self.text(str(ready))

    def plain(self, value: int | str) -> str:
        """Write a number or digits."""
        return str(value)

    def text(self, value: str) -> str:
        """Write text."""
        return value.translate(_ESCAPED)

    def sealed(self, value: bytes) -> str:
        """Write ciphertext in hexadecimal digits."""
        return rf"\\x{value.hex()}"

    def write(self, model: type[models.Model], columns: Sequence[str], rows: Iterable[list[Any]]) -> int:
        """Write rows of cells; gives how many."""
        table, names = model._meta.db_table, ", ".join(f'"{name}"' for name in columns)
        with self.connection.cursor() as cursor:
            # The limit is meant for pages; this, and the check of keys at the end, takes as long as it takes.
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SELECT row_security_active(%s)", [table])
            if not cursor.fetchone()[0]:
                return self._copied(cursor, table, names, rows)
            aside = f"{table}_aside"
            cursor.execute(
                " ".join(("CREATE TEMP TABLE", aside, "AS SELECT", names, "FROM", table, "WITH NO DATA"))
            )
            written = self._copied(cursor, aside, names, rows)
            cursor.execute(" ".join(("INSERT INTO", table, f"({names})", "SELECT", names, "FROM", aside)))
            cursor.execute(f"DROP TABLE {aside}")
        return written

    def _copied(self, cursor: Any, table: str, names: str, rows: Iterable[list[Any]]) -> int:
        with cursor.copy(" ".join(("COPY", table, f"({names})", "FROM STDIN"))) as copy:
            for text in _texts(rows):
                copy.write(text)
        return int(cursor.rowcount)

    def keys(self, model: type[models.Model], number: int) -> list[int]:
        """Draw numbers from the sequence of a table."""
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [model._meta.db_table, number],
            )
            return [key for (key,) in cursor.fetchall()]

    def settle(self) -> None:
        """Plan each check anew: one that was planned on a table of a few rows goes on reading all of it."""
        with self.connection.cursor() as cursor:
            cursor.execute("DISCARD PLANS")


def _texts(rows: Iterable[list[Any]]) -> Iterator[str]:
    lines = ("\t".join(row) for row in rows)
    while part := list(islice(lines, _AT_ONCE)):
        yield "\n".join(part) + "\n"


def engine() -> Engine:
    """Give the engine of this house."""
    return Postgres() if connections["default"].vendor == "postgresql" else Sqlite()
