"""Whether everybody who was let go for lack of money was asked for first."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from gib.care.aftercare.domain import State
from gib.care.aftercare.models import FundingRequest
from gib.care.trajectory.domain import CloseReason
from gib.care.trajectory.models import Trajectory
from gib.core.access import rls


def without_trail(on: date) -> list[UUID]:
    """Give the trajectories that ended for lack of money without a request that failed (invariant 8).

    A request is a trail when it is of the same trajectory, was let go on the same day, and had a no of the
    municipality or a counted silence.
    """
    with rls.system("figures", on):
        failed = ~Q(ground="") | Q(due_on__isnull=False, answered_on__isnull=False)
        trails = FundingRequest.for_house("figures", on).filter(
            failed,
            pk=OuterRef("trail_id"),
            trajectory_id=OuterRef("pk"),
            state=State.LET_GO,
            ended_on=OuterRef("closed_on"),
            submitted_on__isnull=False,
        )
        closed = Trajectory.for_house("figures", on).filter(close_reason=CloseReason.NOT_FUNDED)
        found = closed.exclude(Exists(trails)).order_by("closed_on", "pk")
        return list(found.values_list("pk", flat=True))
