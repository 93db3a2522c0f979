"""How a municipality stands towards women who return there, and how large it is drawn."""

from enum import StrEnum

from gib.engines.disclosure import LEAST, rounded


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


def radius(count: int) -> float:
    """Give the radius of a circle whose area follows the number as it is told."""
    return round(1.8 * max(rounded(count), LEAST) ** 0.5, 1) if count else 4.0
