"""Whether the people of a sheet are there already: compared behind the seal, told without content."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from gib.core.sheets.names import KEYS, Name, name_of
from gib.core.sheets.template import Values
from gib.core.sheets.words import plain_key
from gib.core.vault.scan import scan


def people(
    purpose: str,
    rows: Sequence[Values],
    stored: Iterable[Any],
    name: Callable[[Any], Name],
    facts: Callable[[Any], Values],
    born: str = "born_on",
) -> dict[int, Values]:
    """Find which rows of a sheet are about somebody who is there: the same name, no other day of birth.

    Args:
        purpose: why, for the one line in the reading log.
        stored: the sealed rows of the reader, within her scope.
        name: gives the name of a stored row.
        facts: gives what is stored of it under the keys of the columns; asked for namesakes only.
        born: the column of the day or year of birth.

    Returns: by index the values of the sheet that are stored just so; what differs is absent, so that
    nothing that was sealed comes out.
    """
    wanted: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        wanted[name_of(row).mark].append(at)

    def same_person(record: Any) -> dict[int, Values] | None:
        if not (namesakes := wanted.get(name(record).mark)):
            return None
        there = facts(record)
        hits = [at for at in namesakes if not _apart(rows[at].get(born), there.get(born))]
        return {at: agreed(rows[at], there) for at in hits} or None

    found: dict[int, Values] = {}
    for hits in scan(purpose, stored, same_person):
        for at, values in hits.items():
            found.setdefault(at, values)
    return found


def called(
    purpose: str, marks: Iterable[str], stored: Iterable[Any], name: Callable[[Any], Name]
) -> dict[str, list[UUID]]:
    """Find who is called so, for a cell that names somebody.

    Args:
        marks: the marks of the names that are looked for.

    Returns: by mark the ids of those who are called so.
    """
    wanted, found = set(marks), defaultdict(list)

    def test(record: Any) -> tuple[str, UUID] | None:
        mark = name(record).mark
        return (mark, record.id) if mark in wanted else None

    for mark, row_id in scan(purpose, stored, test) if wanted else ():
        found[mark].append(row_id)
    return found


def agreed(row: Values, there: Values) -> Values:
    """Give of a row what is stored with the same meaning; a name agrees by itself."""
    return {key: value for key, value in row.items() if key in KEYS or _same(value, there.get(key))}


def _same(written: Any, there: Any) -> bool:
    """Compare two values; a mere 'yes' is the same as any day."""
    if written is True or there is None:
        return bool(there) is bool(written)
    if isinstance(written, str):
        return plain_key(written) == plain_key(str(there))
    return bool(written == there)


def _apart(one: date | int | None, other: date | int | None) -> bool:
    """Tell whether two days or years of birth cannot be of one person."""
    if not (one and other):
        return False
    if isinstance(one, date) and isinstance(other, date):
        return one != other
    return _year(one) != _year(other)


def _year(born: date | int) -> int:
    return born.year if isinstance(born, date) else born
