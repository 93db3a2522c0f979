"""How a municipality stands towards women who return there, and how small numbers are kept small."""

from enum import StrEnum
from typing import Final

LEAST: Final = 10


class Standing(StrEnum):
    """Bought in, in conversation, nothing while there is demand, or no demand."""

    PAID = "paid"
    TALK = "talk"
    NONE = "none"
    IDLE = "idle"


def standing_of(has_agreement: bool, waits: bool, has_demand: bool) -> Standing:
    """Give the class of a municipality: an agreement goes before a conversation, that before demand."""
    if has_agreement:
        return Standing.PAID
    if waits:
        return Standing.TALK
    return Standing.NONE if has_demand else Standing.IDLE


def guarded(count: int) -> str:
    """Write a number of women or children; from one to nine it tells only that there are some (13)."""
    return f"<{LEAST}" if 0 < count < LEAST else str(count)


def radius(count: int) -> float:
    """Give the radius of a circle whose area follows the number; every guarded number has the same."""
    return round(1.8 * max(count, LEAST) ** 0.5, 1) if count else 4.0
