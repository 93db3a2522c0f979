"""Which boxes were erased: told in every store and in a file, so that no restore brings one back.

A tombstone holds an id and a moment. It lies in the main store, in the store of the keys, in that of the
reading log and in a file that only grows. A place that was restored from an older copy gets back from the
others what it lacks, and the keys are destroyed again, before the first key of a process is opened.
"""

import os
from collections import ChainMap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from gib.core.vault.models import Tombstone, WrappedKey
from gib.core.vault.router import EVERYWHERE

Stones = dict[UUID, datetime]
#: How the file is called among the places.
FILE: Final = "file"
_BATCH: Final = 500


@dataclass
class Settled:
    """What a round did: keys destroyed, and per place how many tombstones it had lost."""

    destroyed: int = 0
    lacked: dict[str, int] = field(default_factory=dict)

    @property
    def is_quiet(self) -> bool:
        """Tell whether all places agreed and no key lay under a tombstone."""
        return not (self.destroyed or self.lacked)


def lay(box_id: UUID, at: datetime) -> None:
    """Lay the tombstone of a box in the act that erases it; its key goes when the act is committed.

    Dies the process between the two, then the next round destroys the key.
    """
    Tombstone.objects.using("default").get_or_create(box_id=box_id, defaults={"at": at})
    transaction.on_commit(partial(bury, {box_id: at}))


def bury(stones: Stones) -> int:
    """Destroy the keys of boxes and tell it everywhere; the store of the keys comes first.

    Returns: how many keys were destroyed.
    """
    destroyed = 0
    for alias in EVERYWHERE:
        _tell(alias, stones)
        if alias == "keys":
            destroyed = _destroy()
    _write(stones)
    return destroyed


def _tell(alias: str, stones: Stones) -> None:
    rows = [Tombstone(box_id=box, at=at) for box, at in sorted(stones.items())]
    Tombstone.objects.using(alias).bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)


def _destroy() -> int:
    return WrappedKey.objects.filter(box_id__in=Tombstone.objects.using("keys").values("box_id")).delete()[0]


def settle(since: datetime | None = None) -> Settled:
    """Give every place the tombstones it lacks, and destroy the keys that lie under one.

    Args:
        since: look only at tombstones laid from this moment on, and leave the file alone; the tick does.

    Returns: what was done.
    """
    held = {alias: _held(alias, since) for alias in EVERYWHERE} | ({} if since else {FILE: read()})
    every: Stones = dict(ChainMap(*held.values()))
    lacking = {place: _without(every, stones) for place, stones in held.items()}
    for place, lost in lacking.items():
        write = _write if place == FILE else partial(_tell, place)
        write(lost)
    return Settled(_destroy(), {place: len(lost) for place, lost in lacking.items() if lost})


def _without(every: Stones, known: Stones) -> Stones:
    return {box: at for box, at in every.items() if box not in known}


def _held(alias: str, since: datetime | None) -> Stones:
    rows = Tombstone.objects.using(alias)
    rows = rows.filter(at__gte=since) if since else rows.all()
    return dict(rows.values_list("box_id", "at"))


def faults() -> Iterator[str]:
    """Name each place that lacks tombstones, and tell whether a key lies under one; nothing is changed."""
    held = {alias: set(_held(alias, None)) for alias in EVERYWHERE} | {FILE: set(read())}
    every = set().union(*held.values())
    yield from (f"{place}: {len(every - boxes)} lacking" for place, boxes in held.items() if every - boxes)
    if alive := len(every.intersection(WrappedKey.objects.values_list("box_id", flat=True))):
        yield f"{alive} keys of erased boxes still open"


def read() -> Stones:
    """Read the file; a last line that was cut off in the middle is left out, and comes from the stores."""
    path = Path(settings.TOMBSTONE_FILE)
    if not path.exists():
        return {}
    return dict(_parsed(path.read_text().splitlines()))


def _parsed(lines: Iterable[str]) -> Iterator[tuple[UUID, datetime]]:
    for line in lines:
        box, _, at = line.partition(" ")
        try:
            yield UUID(box), datetime.fromisoformat(at)
        except ValueError:
            continue


def _write(stones: Stones) -> None:
    """Add lines at the end of the file, and let them reach the disk."""
    if not stones:
        return
    path = Path(settings.TOMBSTONE_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{box} {at.isoformat()}\n" for box, at in sorted(stones.items()))
    # A line that was cut off before must not swallow the first of these.
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, f"\n{lines}".encode())
        os.fsync(handle)
    finally:
        os.close(handle)


class Gate:
    """Holds back the first key of a process until the tombstones of all places were put together."""

    is_open = False

    @classmethod
    def pass_through(cls) -> None:
        """Settle once; when a store does not answer, the next one who comes tries again."""
        if not cls.is_open:
            settle()
            cls.is_open = True
