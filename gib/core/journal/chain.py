"""The hash chain of acts: writing links and checking them."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date
from itertools import groupby, islice
from typing import Any, Final
from uuid import UUID

from django.db import connection

from gib.core.journal import writing
from gib.core.journal.models import ChainHead, Happening

NO_DOSSIER = UUID(int=0)
#: How many chains one question asks for when all are checked.
_AT_ONCE: Final = 500
_LAST: Final = "SELECT position, hash FROM journal_chainhead WHERE chain_id = %s"
#: SQLite needs no lock on a row: an act there is the only one that writes.
_HOLD: Final = {"sqlite": _LAST, "postgresql": f"{_LAST} FOR UPDATE"}
_MOVE: Final = "UPDATE journal_chainhead SET position = %s, hash = %s WHERE chain_id = %s"


def link(row: Happening) -> str:
    """Compute the hash of a row over its facts and the hash of the row before it."""
    return linked(facts_of(row), row.position, row.before)


def facts_of(row: Happening) -> tuple[str, str]:
    """Write the facts of a row as JSON, in two parts: its place in the chain stands between them."""
    first = [str(row.id), str(row.chain_id), str(row.dossier_id)]
    rest = [
        row.at.astimezone(UTC).isoformat(),
        row.on.isoformat(),
        str(row.actor_id),
        row.role,
        row.name,
        row.payload,
    ]
    return json.dumps(first), json.dumps(rest, sort_keys=True)


def linked(facts: tuple[str, str], position: int, before: str) -> str:
    """Compute the hash of facts in a place of a chain, after the hash of the row before it."""
    first, rest = facts
    return hashlib.sha256(f'{first[:-1]}, {position}, {rest[1:-1]}, "{before}"]'.encode()).hexdigest()


def append(rows: list[Happening]) -> None:
    """Add rows of one act to their chains, in order; the caller holds the transaction."""
    heads: dict[UUID, ChainHead] = {}
    for row in rows:
        head = heads.get(row.chain_id) or held(row.chain_id)
        heads[row.chain_id] = head
        row.position, row.before = head.position + 1, head.hash
        row.hash = link(row)
        head.position, head.hash = row.position, row.hash
        writing.insert(row)
    for head in heads.values():
        keep(head)


def held(chain_id: UUID) -> ChainHead:
    """Give the last link and hold it until the act ends; two that begin a chain wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD[connection.vendor], [_key(chain_id)])
        if (found := cursor.fetchone()) is None:
            ChainHead.objects.bulk_create([ChainHead(chain_id=chain_id)], ignore_conflicts=True)
            return held(chain_id)
    return ChainHead(chain_id, *found)


def keep(head: ChainHead) -> None:
    """Store how far a chain has come."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [head.position, head.hash, _key(head.chain_id)])


def _key(chain_id: UUID) -> Any:
    return ChainHead._meta.pk.get_db_prep_value(chain_id, connection)


def faults(chain_id: UUID | None = None) -> Iterator[str]:
    """Check every chain, or one, and name each break; the caller acts as the house.

    Yields: a line per fault: a changed row, a gap, a wrong link, a tail that was cut, or a lost head.
    """
    rows, heads = Happening.for_house("verify", date(2000, 1, 1)), ChainHead.objects.all()
    if chain_id is not None:
        rows, heads = rows.filter(chain_id=chain_id), heads.filter(chain_id=chain_id)
    left = heads.order_by("chain_id").iterator()
    while some := list(islice(left, _AT_ONCE)):
        found = rows.filter(chain_id__in=[head.chain_id for head in some]).order_by("chain_id", "position")
        yield from _of_some(some, groupby(found.iterator(), key=lambda row: row.chain_id))
    headless = rows.exclude(chain_id__in=heads.values("chain_id")).values_list("chain_id", flat=True)
    yield from (f"{chain}: the head of this chain is gone" for chain in sorted(set(headless)))


def _of_some(heads: Iterable[ChainHead], chains: Iterator[tuple[UUID, Iterator[Happening]]]) -> Iterator[str]:
    """Check chains whose rows come one after the other in the order of their heads; a head may have none."""
    chain, rows = next(chains, (None, iter(())))
    for head in heads:
        if head.chain_id != chain:
            yield from _breaks(head, ())
            continue
        yield from _breaks(head, rows)
        chain, rows = next(chains, (None, iter(())))


def _breaks(head: ChainHead, rows: Iterable[Happening]) -> Iterator[str]:
    before, position = "", 0
    for row in rows:
        position += 1
        if row.position != position or row.before != before or row.hash != link(row):
            yield f"{head.chain_id} {row.position}: changed, missing or out of order"
            position = row.position
        before = row.hash
    if (head.position, head.hash) != (position, before):
        yield f"{head.chain_id}: the tail was cut after {position} of {head.position}"
