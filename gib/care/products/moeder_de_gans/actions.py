"""Who came to an information meeting; coming once completes her part."""

from uuid import UUID

from gib.care.products.actions import complete, note_presence, start
from gib.care.products.domain.meeting import Presence
from gib.care.products.domain.participation import State
from gib.care.products.models import Attendance, Participation
from gib.care.products.moeder_de_gans.domain import completes
from gib.core.access.actor import Actor
from gib.core.journal.acts import act
from gib.core.kernel.clock import Now


@act
def note_attendance(
    actor: Actor, attendance_id: UUID, presence: Presence, wants_talk: bool, now: Now
) -> Attendance:
    """Note whether she came and wants a talk afterwards; her part in the product is then complete.

    Raises:
        RuleBroken: 'visit_in_future', 'illegal_move', and those of starting.
    """
    row = note_presence(actor, attendance_id, presence, now, wants_talk=wants_talk)
    parts = Participation.for_action(actor, now.on).filter(pk=row.participation_id)
    part: Participation | None = parts.first()
    if part is not None and completes(presence, State(part.state)):
        if part.state == State.PLANNED:
            start(actor, part.id, now)
        complete(actor, part.id, now)
    return row
