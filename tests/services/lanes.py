"""Which tests a lane leaves out, since they run once with the first, and with which it begins."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, Final

#: Fixtures without which a test cannot reach a database in its own process.
_STORES: Final = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"}
#: What takes minutes, the longest first: begun last, it lets every other worker wait for it.
LONGEST: Final = (
    "tests/operations/test_whole_year.py",
    "tests/journeys/test_axe.py",
    "tests/access/test_pages.py",
    "tests/operations/test_forms.py",
    "tests/chain/test_walks.py",
    "tests/journeys/test_forms.py",
    "tests/journeys/test_empty.py",
    "tests/journeys/test_lists.py",
    "tests/world/test_secrecy.py",
    "tests/access/test_routes.py",
    "tests/access/test_lent.py",
    "tests/access/test_queries.py",
    "tests/access/test_swaps.py",
    "tests/access/test_rows.py",
    "tests/operations/test_addresses.py",
    "tests/operations/test_away.py",
    "tests/operations/test_no_name.py",
    "tests/upkeep/test_killed.py",
    "tests/upkeep/test_restore.py",
    "tests/scale/test_scale.py",
    "tests/scale/test_bench.py",
    "tests/world/test_crowd.py",
    "gib/portal/year/tests/test_year.py",
    "gib/portal/year/tests/test_copies.py",
    "gib/people/volunteers/tests/test_life.py",
    "gib/engines/mornings/tests/test_planning.py",
)


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


def longest_first(items: Iterable[Any], root: PurePath) -> list[Any]:
    """Put the longest files before all others, which stay in the order in which they are.

    Args:
        root: of the repository, above `gib` and `tests`.
    """
    turns = {PurePath(path).parts: turn for turn, path in enumerate(LONGEST)}
    return sorted(items, key=lambda item: turns.get(_place(item, root), len(turns)))


def _place(item: Any, root: PurePath) -> tuple[str, ...]:
    parts: tuple[str, ...] = item.path.relative_to(root).parts
    return parts
