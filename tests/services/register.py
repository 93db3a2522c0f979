"""The reference data, read from their files once for a run and copied into each test that asks for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection

from gib.people.partners.actions import load
from gib.people.partners.models import (
    AllowanceTariff,
    KilometreRate,
    LegalParameter,
    Municipality,
    PlannedChange,
    Prison,
    SafetyHouse,
    SafetyRegion,
    Succession,
    VisitingRule,
)

#: In the order in which they point at each other.
TABLES: Final[tuple[Any, ...]] = (
    *(Municipality, Succession, SafetyHouse, SafetyRegion),
    *(PlannedChange, Prison, VisitingRule, LegalParameter, AllowanceTariff, KilometreRate),
)
ASIDE: Final = "aside"
#: In memory by name, so that every connection of a process finds the same.
MAKE: Final = {
    "sqlite": f"ATTACH 'file:{ASIDE}?mode=memory&cache=shared' AS {ASIDE}",
    "postgresql": f"CREATE SCHEMA {ASIDE}",
}


def set_aside(reader: str) -> None:
    """Load the reference data, keep a copy beside the tables of the house, and leave these empty.

    Args:
        reader: the role of a PostgreSQL database that may copy it.
    """
    with connection.cursor() as cursor:
        cursor.execute(MAKE[connection.vendor])
        load.write_all()
        for model in TABLES:
            table = model._meta.db_table
            cursor.execute(f"CREATE TABLE {ASIDE}.{table} AS SELECT * FROM {table}")
        for model in reversed(TABLES):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
        if connection.vendor == "postgresql":
            cursor.execute(f"GRANT USAGE ON SCHEMA {ASIDE} TO {reader}")
            cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {ASIDE} TO {reader}")


def copy() -> None:
    """Write every table of the reference data from the copy."""
    with connection.cursor() as cursor:
        for model in TABLES:
            table = model._meta.db_table
            cursor.execute(f"INSERT INTO {table} SELECT * FROM {ASIDE}.{table}")


@contextmanager
def copied() -> Iterator[None]:
    """Let whoever loads the reference data get the copy."""
    original, load.write_all = load.write_all, copy
    try:
        yield
    finally:
        load.write_all = original
