"""Sets of small numbers as one whole number each: asking all of them one question takes one step."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise


def bits_of(places: Iterable[int]) -> int:
    """Make a set of bits of places."""
    chosen = list(places)
    if not chosen:
        return 0
    flags = bytearray(max(chosen) // 8 + 1)
    for at in chosen:
        flags[at >> 3] |= 1 << (at & 7)
    return int.from_bytes(flags, "little")


def places_in(bits: int) -> Iterator[int]:
    """List the places in a set of bits, from low to high."""
    text = bin(bits)[:1:-1]
    at = text.find("1")
    while at >= 0:
        yield at
        at = text.find("1", at + 1)


def at_least_of(sets: Sequence[int], number: int) -> int:
    """Tell who is in at least so many of the sets."""
    levels = [-1, *[0] * number]
    for one in sets:
        levels = [-1, *[now | below & one for below, now in pairwise(levels)]]
    return levels[number]
