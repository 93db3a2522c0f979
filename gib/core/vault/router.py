"""Which store holds which table: the keys and the reading log lie apart from the main database."""

from typing import Any, Final

STORES: Final = {
    ("vault", "wrappedkey"): "keys",
    ("journal", "reading"): "log",
    ("journal", "readingsubject"): "log",
    ("journal", "readingseal"): "log",
}
#: Tombstones lie in each store, the keys first: a restore of one must not lose them.
EVERYWHERE: Final = ("keys", "default", "log")
_SHARED: Final = frozenset({("vault", "tombstone")})


class StoreRouter:
    """Django's hook: one table, one store."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """Give the store of a model."""
        return STORES.get((model._meta.app_label, model._meta.model_name), "default")

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        """Make each table in its own store only, but the tombstones in all."""
        if (app_label, model_name) in _SHARED:
            return db in EVERYWHERE
        return STORES.get((app_label, model_name or ""), "default") == db

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Allow relations within a store."""
        return self.db_for_read(one) == self.db_for_read(other)
