"""Random identifiers: their order tells nothing (BSN-04)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random, SystemRandom
from uuid import UUID

IdMaker = Callable[[], UUID]


class _Source:
    """Where identifiers come from: the system, unless a story must be the same each time it is told."""

    random: Random = SystemRandom()


def new_id() -> UUID:
    """Make a random identifier."""
    return UUID(int=_Source.random.getrandbits(128), version=4)


@contextmanager
def drawn_from(seed: str) -> Iterator[None]:
    """Draw the identifiers of a demonstration or a test from a seed, so that they can be foretold."""
    before, _Source.random = _Source.random, Random(seed)
    try:
        yield
    finally:
        _Source.random = before
