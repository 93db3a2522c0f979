"""Which tests a lane leaves out: what is the same on every database runs once, with the first."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, Final

#: Fixtures without which a test cannot reach a database in its own process.
_STORES: Final = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"}


def reaches_a_database(item: Any) -> bool:
    """Tell whether a test may ask a database something in its own process."""
    return item.get_closest_marker("django_db") is not None or bool(_STORES & set(item.fixturenames))


def same_everywhere(items: Iterable[Any], root: PurePath) -> list[Any]:
    """Give the tests that no database can change.

    Those are the checks of the source itself, and the files beside a slice in which no test reaches a
    database: a file with both stays whole, since its other tests may look at what a database is like. What
    stands under `tests/` may start the house as a process of its own, so it runs with every database.

    Args:
        root: of the repository, above `gib` and `tests`.
    """
    items = list(items)
    with_rows = {item.path for item in items if reaches_a_database(item)}
    return [
        item
        for item in items
        if _place(item, root)[:2] == ("tests", "architecture")
        or (_place(item, root)[0] == "gib" and item.path not in with_rows)
    ]


def _place(item: Any, root: PurePath) -> tuple[str, ...]:
    parts: tuple[str, ...] = item.path.relative_to(root).parts
    return parts
