"""What the acts about a child and a visit morning share: to load it, to move it, and who answers for it."""

from typing import Final
from uuid import UUID

from gib.care.products.domain.meeting import State as MeetingState
from gib.care.products.domain.meeting import check_on
from gib.care.products.moeder_kind_bezoeken import domain
from gib.care.products.moeder_kind_bezoeken.domain import FLOW, State, check_gate
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild, gate_of
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.acts import carry_out
from gib.core.kernel.clock import Now
from gib.people.accounts.models import Appointment

#: Who answers for the children of a team.
_ANSWER: Final = (Role.COORDINATOR, Role.DEPUTY)


def load(actor: Actor, row_id: UUID, now: Now) -> MeetingChild:
    """Give one child of a morning, with what is needed for its gate and its way.

    Raises:
        Http404: it does not exist for this actor.
    """
    rows = MeetingChild.for_action(actor, now.on).select_related("meeting", "child", "ride")
    row: MeetingChild = rows.get_or_404(pk=row_id)
    return row


def moved(actor: Actor, row: MeetingChild, to: State, now: Now) -> MeetingChild:
    """Save a child one step further, and tell it.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    row.state = FLOW.move(row.state, to)
    event = domain.ChildMoved(dossier_id=row.dossier_id, meeting_child_id=row.id, to=to)
    carry_out(actor, now, rows=[row], events=[event])
    return row


def check_may_come(row: MeetingChild) -> None:
    """Keep a child at home when its morning was called off, or when a condition is not met.

    Raises:
        RuleBroken: 'meeting_over', 'child_not_allowed'.
    """
    check_on(MeetingState(row.meeting.state))
    check_gate(gate_of(row))


def who_answers(team_id: int, now: Now) -> set[UUID]:
    """Give the users who answer for the children of a team today."""
    seats = Appointment.objects.current(now.on).filter(team_id=team_id, role__in=_ANSWER)
    return set(seats.values_list("user_id", flat=True))
