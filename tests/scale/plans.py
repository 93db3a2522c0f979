"""What an engine does for a page: the blocks that PostgreSQL touches, the tables that SQLite reads whole."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from django.apps import apps
from django.db import connection, router

#: A table with fewer rows is read from end to end at no cost.
LARGE: Final = 400
_SCAN: Final = re.compile(r"^SCAN (\S+)")
_NAMED: Final = re.compile(r'(?:FROM|JOIN) "?(\w+)"?(?: (?:AS )?"?(?!ON\b|WHERE\b|INNER\b|LEFT\b)(\w+)"?)?')
_OWN: Final = ("SAVEPOINT", "RELEASE", "set_config", "EXPLAIN")


@dataclass
class Watched:
    """What one page asked of the main store."""

    statements: list[str] = field(default_factory=list)
    blocks: int = 0
    scans: list[str] = field(default_factory=list)
    _is_asking: bool = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, facts: Any) -> Any:
        """Ask for the plan of a question before it is asked."""
        if self._is_asking or many or any(word in sql for word in _OWN):
            return execute(sql, params, many, facts)
        self.statements.append(sql)
        if sql.lstrip("( ").startswith(("SELECT", "WITH")):
            self._is_asking = True
            try:
                _READ[connection.vendor](self, sql, params)
            finally:
                self._is_asking = False
        return execute(sql, params, many, facts)

    def _ask_postgres(self, sql: str, params: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
            found = cursor.fetchone()[0]
        plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
        self.blocks += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]

    def _ask_sqlite(self, sql: str, params: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            lines = [line[-1] for line in cursor.fetchall()]
        for name in (found[1] for line in lines if (found := _SCAN.match(line))):
            tables = {table for table, alias in _NAMED.findall(sql) if name in (table, alias)}
            self.scans += [f"{table} in {sql}" for table in sorted(tables & Large.tables)]


_READ: Final = {"postgresql": Watched._ask_postgres, "sqlite": Watched._ask_sqlite}


class Large:
    """Which tables are large, counted after the copying; the caller is the house."""

    tables: frozenset[str] = frozenset()

    @classmethod
    def count(cls) -> None:
        """Count every table of the main store."""
        names = [
            model._meta.db_table for model in apps.get_models() if router.db_for_read(model) == "default"
        ]
        with connection.cursor() as cursor:
            cls.tables = frozenset(name for name in names if _number(cursor, name) >= LARGE)


def _number(cursor: Any, table: str) -> int:
    # Not a question of a page: the tripwire lets it pass, since it begins with another word.
    cursor.execute(f"WITH every AS (SELECT 1 FROM {table}) SELECT count(*) FROM every")
    return int(cursor.fetchone()[0])


@contextmanager
def watched() -> Iterator[Watched]:
    """Watch what is asked of the main store."""
    found = Watched()
    with connection.execute_wrapper(found):
        yield found
