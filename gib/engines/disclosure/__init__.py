"""What may be told outside a team: small numbers are hidden, parts rounded, and no total tells on them."""

from collections.abc import Sequence
from typing import Final

#: The least number of people that is told outside a team.
LEAST: Final = 10
#: What is told is told in steps of so many.
STEP: Final = 5
#: Stands for a number that would tell, with the own number beside it, how many others have.
HIDDEN: Final = "–"
#: A hidden number may be one of at least so many, whatever stands beside it: as many as are written as ten.
SPREAD: Final = 3


def rounded(count: int) -> int:
    """Give a number in steps of five, halfway up; from ten it is never less than ten."""
    return (count + STEP // 2) // STEP * STEP


def guarded(count: int) -> str:
    """Write a number of women or children for who is outside the team.

    From one to nine it tells only that there are some; what is more is rounded to five, so that nobody finds
    a small number by taking others from a total. Source: security page D13b; invariant 13.
    """
    return f"<{LEAST}" if 0 < count < LEAST else str(rounded(count))


def beside(count: int, own: int, *, is_final: bool = True) -> str:
    """Write a number of the nation for somebody who knows that of her own team.

    Args:
        is_final: a number that still grows is rounded, so that two days beside each other tell nothing.

    What is left for the others must not be small either. Source: invariant 13, also by differencing.
    """
    if count >= LEAST and 0 < count - own < LEAST:
        return HIDDEN
    return str(count) if is_final and count >= LEAST else guarded(count)


def whole(count: int, ways: Sequence[Sequence[int]], *, is_final: bool = True) -> str:
    """Write a number of the nation beside its parts, which `guarded` writes; the reader is of no team.

    What is chosen follows from how the parts are written, so that the choice itself tells nothing: exact when
    none of them is hidden, else rounded; then the least and the greatest totals that can be are written as
    those next to them.

    Args:
        ways: each way in which the reader sees the number divided.
    """
    hides = any(0 < part < LEAST for parts in ways for part in parts)
    if is_final and count >= LEAST and not hides:
        return str(count)
    return guarded(_inward(count, *_possible(ways)) if ways else count)


def _inward(count: int, low: int, high: int) -> int:
    """Give a total that is written as its neighbour, where too few totals would be written as this one."""
    least, most = _bounds(count)
    if count == 0 or min(most, high) - max(least, low) + 1 >= SPREAD:
        return count
    return most + 1 if least < low else least - 1


def _possible(ways: Sequence[Sequence[int]]) -> tuple[int, int]:
    """Give the least and the greatest total that fits with every way in which its parts are written."""
    sums = [[sum(ends) for ends in zip(*map(_bounds, parts), strict=True)] or [0, 0] for parts in ways]
    return max(low for low, _high in sums), min(high for _low, high in sums)


def _bounds(count: int) -> tuple[int, int]:
    """Give the least and the greatest number that is written as this one."""
    if count < LEAST:
        return (1, LEAST - 1) if count else (0, 0)
    return max(LEAST, rounded(count) - STEP // 2), rounded(count) + STEP // 2
