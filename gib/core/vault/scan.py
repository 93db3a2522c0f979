"""Searching among many sealed rows: one audited primitive that gives ids or coarse facts, never content."""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from gib.core.vault import boxes, reads

T = TypeVar("T")

CALLERS: Final = frozenset(
    {
        "gib.core.sheets.known",
        "gib.people.families.models",
        "gib.people.volunteers.models",
        "gib.care.referral.models",
        "gib.people.families.actions",
        "gib.portal.search",
    }
)


def scan(purpose: str, rows: Iterable[Any], test: Callable[[Any], T | None]) -> list[T]:
    """Decrypt rows and keep what the test answers, leaving one line in the reading log.

    Only the modules in `CALLERS` may call this (held by an architecture test).

    Args:
        purpose: why, as a code, such as 'search' or 'duplicate_check'.
        rows: rows of sealed models, already limited to the reader's scope.
        test: gives an id or a coarse fact for a row that counts, None for one that does not.

    Raises:
        Unlogged: outside a read set.
    """
    outer = reads.required()
    found = list(rows)
    with reads.counting(reads.ReadSet(action="scan", purpose=purpose, keys=outer.keys)):
        boxes.unlock(row.box_id for row in found)
        kept = [answer for row in found if (answer := test(row)) is not None]
    outer.scans.append((purpose, len(found)))
    return kept
