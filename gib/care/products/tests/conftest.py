"""The people of the stories about products, and what happened in a dossier."""

from contextlib import AbstractContextManager
from typing import Any

from gib.care.products.models import Attendance, Contact, GroupMeeting, Match, Participation
from gib.care.trajectory.tests import conftest as plans
from gib.care.trajectory.tests.conftest import (
    NOW,
    broken,
    coordinator,
    day,
    house,
    later,
    stranger,
    told,
    write,
)

__all__ = [
    "NOW",
    "broken",
    "coordinator",
    "day",
    "house",
    "later",
    "refused",
    "stranger",
    "told",
    "traces",
    "write",
]
KEPT = (Participation, Match, Contact, GroupMeeting, Attendance)


def traces(*more: Any) -> dict[str, set[tuple[object, object]]]:
    """List every row of plans and products that an act could leave behind, with its version."""
    return plans.traces(*KEPT, *more)


def refused(code: str, *more: Any) -> AbstractContextManager[None]:
    """Expect that a rule is broken and that no row, event or involvement of a product is left behind."""
    return plans.refused(code, *KEPT, *more)
