"""Random identifiers: their order tells nothing (BSN-04)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from itertools import count
from uuid import UUID, uuid4

IdMaker = Callable[[], UUID]


class _Source:
    """Where identifiers come from: the system, unless a story must be the same each time it is told."""

    draw: IdMaker = uuid4


def new_id() -> UUID:
    """Make a random identifier."""
    return _Source.draw()


@contextmanager
def drawn_from(seed: str) -> Iterator[None]:
    """Draw the identifiers of a demonstration or a test from a seed, so that they can be foretold."""
    turns = count()

    def draw() -> UUID:
        digest = blake2b(f"{seed} {next(turns)}".encode(), digest_size=16)
        return UUID(bytes=digest.digest(), version=4)

    before, _Source.draw = _Source.draw, draw
    try:
        yield
    finally:
        _Source.draw = before
