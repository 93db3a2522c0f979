"""Who reads what: the set of boxes opened during one request, command or job."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class Unlogged(Exception):
    """A sealed value was read where nobody keeps count."""


@dataclass
class ReadSet:
    """What was opened: box -> names of the tables; `scans` holds (purpose, number of rows).

    `own` are boxes of the reader herself, which need no log. `keys` are the opened data keys of
    this request; they go with it.
    """

    action: str = "read"
    purpose: str = ""
    boxes: dict[UUID, set[str]] = field(default_factory=dict)
    scans: list[tuple[str, int]] = field(default_factory=list)
    own: set[UUID] = field(default_factory=set)
    keys: dict[UUID, AESGCM] = field(default_factory=dict)

    def note(self, box: UUID, table: str) -> None:
        """Count one read of a table in a box."""
        if box not in self.own:
            self.boxes.setdefault(box, set()).add(table)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing of anybody was read."""
        return not (self.boxes or self.scans)


_current: ContextVar[ReadSet | None] = ContextVar("gib_readset", default=None)


def current() -> ReadSet | None:
    """Give the set that counts now, if any."""
    return _current.get()


def required() -> ReadSet:
    """Give the set that counts now.

    Raises:
        Unlogged: there is none, so nothing sealed may be read.
    """
    if (seen := _current.get()) is None:
        raise Unlogged("a sealed value was read outside a read set")
    return seen


@contextmanager
def counting(seen: ReadSet) -> Iterator[ReadSet]:
    """Make this the set that counts; the caller writes it to the reading log."""
    token = _current.set(seen)
    try:
        yield seen
    finally:
        _current.reset(token)
