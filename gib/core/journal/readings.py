"""The reading log: written before the answer leaves, sealed in blocks, verified by a command."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from django.db import connections, transaction

from gib.core.access.actor import Actor
from gib.core.journal.models import Reading, ReadingSeal, ReadingSubject
from gib.core.vault import boxes
from gib.core.vault.models import BoxKind
from gib.core.vault.reads import ReadSet

#: The box whose key seals the blocks of the log.
SEAL_BOX = UUID("00000000-0000-4000-8000-000000000001")


def write(seen: ReadSet, actor: Actor, at: datetime, session: str = "", outcome: int = 200) -> None:
    """Write what was read as one look with its subjects, on the connection of the log.

    Args:
        session: a hash of the session, never its key.
        outcome: the HTTP status of the answer; 200 for commands.
    """
    if seen.is_empty:
        return
    purpose = " ".join(filter(None, [seen.purpose, actor.purpose, *(name for name, _ in seen.scans)]))
    with transaction.atomic(using="log"):
        look = Reading.objects.create(
            at=at,
            user_id=actor.user_id,
            role=actor.role,
            session=session,
            action=seen.action,
            purpose=purpose[:80],
            outcome=outcome,
            scanned=sum(count for _, count in seen.scans),
            emergency_id=actor.emergency_id,
        )
        ReadingSubject.objects.bulk_create(
            ReadingSubject(reading_id=look.pk, box_id=box, tables=sorted(tables))
            for box, tables in seen.boxes.items()
        )


def _digest(first_id: int, last_id: int, before: str) -> bytes:
    rows = Reading.objects.filter(pk__range=(first_id, last_id)).order_by("pk").prefetch_related("subjects")
    body = hashlib.sha256(before.encode())
    for row in rows.iterator(chunk_size=500):
        subjects = sorted((str(s.box_id), s.tables) for s in row.subjects.all())
        facts = [row.pk, row.at.astimezone(UTC).isoformat(), str(row.user_id), row.role, row.session]
        facts += [row.action, row.purpose, row.outcome, row.scanned, str(row.emergency_id or ""), subjects]
        body.update(json.dumps(facts).encode())
    return body.digest()


def seal(at: datetime) -> ReadingSeal | None:
    """Seal the looks since the last block (the tick calls this each minute).

    Returns: the new block, or nothing when there was nothing to seal.
    """
    last = ReadingSeal.objects.order_by("-last_id").first()
    start = last.last_id + 1 if last else 1
    end = _settled()
    if end is None or end < start:
        return None
    before = last.hash if last else ""
    return ReadingSeal.objects.create(
        first_id=start, last_id=end, at=at, before=before, hash=_mac(_digest(start, end, before))
    )


def _settled() -> int | None:
    """Give the newest key below which no look is still being written: its row would break a sealed block."""
    log = connections["log"]
    with transaction.atomic(using="log"):
        if log.vendor == "postgresql":
            with log.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {Reading._meta.db_table} IN SHARE MODE")
        return Reading.objects.order_by("-pk").values_list("pk", flat=True).first()


def _mac(digest: bytes) -> str:
    return hmac.new(_seal_key(), digest, "sha256").hexdigest()


def _seal_key() -> bytes:
    if SEAL_BOX not in boxes.unlock([SEAL_BOX]):
        boxes.make(SEAL_BOX, BoxKind.STAFF)
    # A fixed nonce-free tag of the key itself: only who holds the key store and the master key can make it.
    return hashlib.sha256(boxes.key(SEAL_BOX).encrypt(b"\0" * 12, b"reading log", None)).digest()


def faults() -> Iterator[str]:
    """Check every sealed block of the reading log and name each break."""
    before, start = "", 1
    for block in ReadingSeal.objects.order_by("last_id"):
        wanted = _mac(_digest(block.first_id, block.last_id, before))
        if block.first_id != start or block.before != before or block.hash != wanted:
            yield f"block {block.first_id}-{block.last_id}: changed, missing or out of order"
        before, start = block.hash, block.last_id + 1
