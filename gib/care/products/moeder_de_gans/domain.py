"""An information meeting: what attending it means for her part in the product."""

from gib.care.products.domain.meeting import Presence
from gib.care.products.domain.participation import State


def completes(presence: Presence, part: State | None) -> bool:
    """Tell whether coming to one meeting completes her part: it is one session, and she was there."""
    return presence is Presence.PRESENT and part in (State.PLANNED, State.RUNNING)
