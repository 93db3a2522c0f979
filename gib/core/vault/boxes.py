"""Data keys: making, opening and destroying them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gib.core.vault import crypto, master, reads
from gib.core.vault.models import BoxKind, Tombstone, WrappedKey


class Erased(Exception):
    """The key of this box is gone, and with it everything that it sealed."""


def make(box_id: UUID, kind: BoxKind) -> None:
    """Make the key of a new box. An orphan, left by an act that failed, opens nothing and harms nobody."""
    make_many([box_id], kind)


def make_many(box_ids: Iterable[UUID], kind: BoxKind) -> None:
    """Make the keys of many new boxes in one statement."""
    version, wrapper = max(master.keys().items())
    opened = {box: crypto.new_key() for box in box_ids}
    WrappedKey.objects.bulk_create(
        WrappedKey(
            box_id=box, kind=kind, master_version=version, wrapped=crypto.seal(wrapper, key, wrap_place(box))
        )
        for box, key in opened.items()
    )
    if seen := reads.current():
        seen.keys.update({box: AESGCM(key) for box, key in opened.items()})


def wrap_place(box: UUID) -> bytes:
    """Name the place of a wrapped key, so that keys of two boxes cannot be swapped."""
    return crypto.place("vault", "key", box, box)


def unlock(box_ids: Iterable[UUID]) -> dict[UUID, AESGCM]:
    """Open the keys of many boxes in one query and keep them for this request.

    Returns: the keys by box; erased boxes are absent.
    """
    seen = reads.current()
    held = seen.keys if seen else {}
    missing = [box for box in set(box_ids) if box not in held]
    if missing:
        wrappers = master.keys()
        for row in WrappedKey.objects.filter(box_id__in=missing):
            plain = crypto.unseal(wrappers[row.master_version], bytes(row.wrapped), wrap_place(row.box_id))
            held[row.box_id] = AESGCM(plain)
    return held


def key(box_id: UUID) -> AESGCM:
    """Open the key of one box.

    Raises:
        Erased: the box was erased or never made.
    """
    try:
        return unlock([box_id])[box_id]
    except KeyError as error:
        raise Erased(str(box_id)) from error


def erase(box_id: UUID, at: datetime) -> None:
    """Destroy the key of a box and leave a tombstone; nothing it sealed can be read again."""
    Tombstone.objects.get_or_create(box_id=box_id, defaults={"at": at})
    WrappedKey.objects.filter(box_id=box_id).delete()
    if seen := reads.current():
        seen.keys.pop(box_id, None)


def replay_tombstones() -> int:
    """Erase again what a restored copy brought back.

    Returns: how many keys were destroyed.
    """
    gone = Tombstone.objects.values_list("box_id", flat=True)
    return WrappedKey.objects.filter(box_id__in=list(gone)).delete()[0]
