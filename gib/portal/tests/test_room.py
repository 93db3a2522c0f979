"""Calls cost the same at every depth of a request."""

import resource
from collections.abc import Callable
from typing import Any

from gib.portal import room

DEPTHS = range(200)
CALLS = 500


def _leaf() -> None:
    pass


def _busy() -> None:
    for _ in range(CALLS):
        _leaf()


def _faults(depth: int) -> int:
    """Give how often memory was fetched for calls at a depth."""
    if depth:
        return _faults(depth - 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    _busy()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def _dear(call: Callable[[Any], Any]) -> list[int]:
    """List the depths at which most calls fetch memory anew."""
    return [depth for depth in DEPTHS if call(depth) > CALLS / 2]


def test_no_depth_of_a_request_fetches_memory_for_each_call() -> None:
    """Without room some depth does; once no interpreter does, the room can go."""
    assert _dear(_faults)
    assert _dear(room.below(_faults)) == []  # type: ignore[arg-type]  # a depth stands for the request
