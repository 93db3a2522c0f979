"""Data keys: making, opening and destroying them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gib.core.vault import crypto, master, reads, tombstones
from gib.core.vault.models import BoxKind, WrappedKey


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

    That of the reader is opened with the first: most pages print her name.

    Returns: the keys by box; erased boxes are absent.
    """
    seen = reads.current()
    held = seen.keys if seen else {}
    if missing := {box for box in box_ids if box not in held}:
        tombstones.Gate.pass_through()
        hers = seen.own - held.keys() if seen else set()
        found = WrappedKey.objects.filter(box_id__in=missing | hers)
        rows = list(found.values_list("box_id", "master_version", "wrapped"))
        # After the rows: a rotation in between made the master key before it moved a row to it.
        wrappers = master.keys()
        for box, version, wrapped in rows:
            plain = crypto.unseal(wrappers[version], bytes(wrapped), wrap_place(box))
            held[box] = AESGCM(plain)
    return held


def key(box_id: UUID) -> AESGCM:
    """Open the key of one box.

    Raises:
        Erased: the box was erased or never made.
    """
    if (seen := reads.current()) and (held := seen.keys.get(box_id)):
        return held
    try:
        return unlock([box_id])[box_id]
    except KeyError as error:
        raise Erased(str(box_id)) from error


def erase(box_id: UUID, at: datetime) -> None:
    """Erase a box: its tombstone is laid now, its key destroyed when the act is committed.

    Nothing it sealed can be read again, also not after a restore.
    """
    tombstones.lay(box_id, at)
    if seen := reads.current():
        seen.keys.pop(box_id, None)
