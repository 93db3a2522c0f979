"""Django's name for an engine: PostgreSQL, where the tripwire stands before row-level security."""

from typing import Any

from django.db.backends.postgresql import base, operations

from gib.core.access import rls
from gib.core.access.backends.plain import Remembers


class DatabaseOperations(Remembers, operations.DatabaseOperations):
    """What this engine can do; it remembers what it wrote."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that refuses unscoped reads."""

    ops_class = DatabaseOperations

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(rls.tripwire)
