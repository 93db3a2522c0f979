"""Who came to an information meeting; coming once completes her part, and a wrong tick is put right."""

from typing import Any
from uuid import UUID

from gib.care.products.actions import complete, correct, note_presence, start
from gib.care.products.domain.meeting import Presence
from gib.care.products.domain.participation import State
from gib.care.products.models import Attendance, Participation, attended
from gib.care.products.moeder_de_gans.domain import completes, end_after
from gib.care.trajectory.models import open_trajectory
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act
from gib.core.kernel.clock import Now
from gib.people.families.models import open_episode


@act(P.RUN_PRODUCT)
def note_attendance(
    actor: Actor, attendance_id: UUID, presence: Presence, wants_talk: bool, now: Now
) -> Attendance:
    """Note whether she came and wants a talk afterwards; her part in the product follows the list.

    Raises:
        RuleBroken: 'visit_in_future', 'meeting_over', 'overtaken', 'illegal_move', and those of starting.
    """
    rows = Attendance.for_action(actor, now.on)
    was_there = rows.get_or_404(pk=attendance_id).presence == Presence.PRESENT
    row = note_presence(actor, attendance_id, presence, now, wants_talk=wants_talk)
    parts = Participation.for_action(actor, now.on).filter(pk=row.participation_id)
    part: Participation | None = parts.first()
    if part is None:
        return row
    if completes(presence, State(part.state)):
        if part.state == State.PLANNED:
            start(actor, part.id, now)
        complete(actor, part.id, now)
    elif was_there != (presence is Presence.PRESENT):
        _put_right(actor, part, presence, now)
    return row


def _put_right(actor: Actor, part: Participation, presence: Presence, now: Now) -> None:
    state = State(part.state)
    to = end_after(presence, state, attended(part), _may_go_on(actor, part, now))
    if to is State.COMPLETED:
        part.started_on = part.started_on or part.ended_on
    if to is not state:
        correct(actor, part, to, now)


def _may_go_on(actor: Actor, part: Participation, now: Now) -> bool:
    plan = open_trajectory(part.dossier_id)
    rows: Any = Participation.for_action(actor, now.on)
    others = rows.open().filter(trajectory_id=part.trajectory_id, product=part.product)
    inside = open_episode(part.dossier_id) is not None
    return inside and plan is not None and plan.id == part.trajectory_id and not others.exists()
