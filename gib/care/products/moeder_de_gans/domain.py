"""An information meeting: what attending it means for her part in the product."""

from gib.care.products.domain.meeting import Presence
from gib.care.products.domain.participation import State


def completes(presence: Presence, part: State | None) -> bool:
    """Tell whether coming to one meeting completes her part: it is one session, and she was there."""
    return presence is Presence.PRESENT and part in (State.PLANNED, State.RUNNING)


def end_after(presence: Presence, part: State, times_present: int, may_go_on: bool) -> State:
    """Tell how her part stands after the list of who came was put right.

    Args:
        presence: what the list says now.
        part: how her part stood before.
        times_present: the meetings of this part at which she was, by the list as it is now.
        may_go_on: whether she is still inside with an open plan and nothing else for this product.
    """
    if presence is Presence.PRESENT:
        left = part in (State.ENDED_BY_RELEASE, State.ENDED_BY_TRANSFER)
        return State.COMPLETED if left else part
    if part is State.COMPLETED and not times_present:
        return State.PLANNED if may_go_on else State.CANCELLED
    return part
