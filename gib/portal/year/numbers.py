"""The numbers that tables of our own files give to their rows: from where they go on."""

from typing import Final

from django.db import connections

_COUNTS: Final = "SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_sequence'"
_KNOWN: Final = (
    "INSERT INTO sqlite_sequence (name, seq) SELECT name, 0 FROM sqlite_master"
    " WHERE instr(sql, 'AUTOINCREMENT') AND name NOT IN (SELECT name FROM sqlite_sequence)"
)
_NEXT: Final = "UPDATE sqlite_sequence SET seq = max(seq, %s)"


def count_from(first: int) -> None:
    """Let every table that counts its rows give this number to the next one, unless it is beyond it.

    Rows that two processes write apart, each from its own number on, can lie in one table afterwards. A
    server has one story-teller at a time, and counts on as it does.
    """
    for alias in connections:
        if connections[alias].vendor != "sqlite":
            continue
        with connections[alias].cursor() as cursor:
            if cursor.execute(_COUNTS).fetchone()[0]:
                cursor.execute(_KNOWN)
                cursor.execute(_NEXT, [first - 1])
