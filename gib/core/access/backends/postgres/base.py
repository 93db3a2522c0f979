"""Django's name for an engine: PostgreSQL, where the tripwire stands before row-level security."""

from typing import Any

from django.db.backends.postgresql import base

from gib.core.access import rls


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that refuses unscoped reads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(rls.tripwire)
