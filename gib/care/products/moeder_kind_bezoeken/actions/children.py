"""A child and the list of a visit morning: asked for, weighed at the gate, invited, or not coming."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from gib.care.products.actions import start
from gib.care.products.actions.meetings import meeting_of
from gib.care.products.domain.meeting import State as MeetingState
from gib.care.products.domain.meeting import check_apart, check_planned
from gib.care.products.domain.participation import State as Part
from gib.care.products.models import GroupMeeting, Participation, is_apart
from gib.care.products.moeder_kind_bezoeken import domain
from gib.care.products.moeder_kind_bezoeken.actions.common import check_may_come, load, moved
from gib.care.products.moeder_kind_bezoeken.domain import (
    BEFORE,
    FLOW,
    CancelReason,
    State,
    gate_state,
)
from gib.care.products.moeder_kind_bezoeken.domain.rides import check_room
from gib.care.products.moeder_kind_bezoeken.models import (
    MeetingChild,
    gate_of,
    has_ready_child,
    most_children,
)
from gib.care.trajectory.actions import remind
from gib.care.trajectory.domain import Drill
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.families.models import Child, children_of
from gib.people.partners.domain import Product


@dataclass(frozen=True, kw_only=True)
class GateAnswers:
    """What is known beside custody and orders: escort, identity seen, the child's own wish, the director."""

    has_escort: bool
    identity_seen: bool
    child_wants: bool | None
    is_approved: bool


def _check_apart(meeting: GroupMeeting, dossier_id: UUID) -> None:
    """Keep children at home when a mother stands on the list from whom theirs is kept apart."""
    rows: Any = MeetingChild.for_house("apart", meeting.planned_on).filter(meeting_id=meeting.pk)
    check_apart(is_apart(rows.coming(), dossier_id, meeting.planned_on))


def _check_room(meeting: GroupMeeting) -> None:
    """Keep a child at home when the room is full; who invites at the same moment waits for this one."""
    GroupMeeting.objects.select_for_update().get(pk=meeting.pk)
    rows: Any = MeetingChild.for_house("room", meeting.planned_on).filter(meeting_id=meeting.pk)
    with rls.system("room", meeting.planned_on):
        check_room(rows.listed().count(), most_children(meeting))


@act(P.RUN_PRODUCT)
def begin(actor: Actor, participation_id: UUID, now: Now) -> Participation:
    """Begin her visit mornings: at least one child may come.

    Raises:
        RuleBroken: 'no_child_ready', and those of starting.
    """
    part: Participation = Participation.for_action(actor, now.on).get_or_404(pk=participation_id)
    ready = has_ready_child(children_of(part.dossier_id), now.on)
    return start(actor, part.id, now, child_ready=ready)


@act(P.RUN_PRODUCT)
def apply(
    actor: Actor, meeting_id: int, participation_id: UUID, child_id: UUID, back: time, now: Now
) -> MeetingChild:
    """Put a child on the list of a visit morning and look at its gate.

    Args:
        back: the local time at which the child should be home again.

    Raises:
        RuleBroken: 'meeting_over', 'wrong_product', 'kept_apart', 'child_applied'.
    """
    meeting = meeting_of(actor, meeting_id)
    check_planned(MeetingState(meeting.state))
    part: Participation = Participation.for_action(actor, now.on).get_or_404(pk=participation_id)
    children = Child.for_action(actor, now.on).filter(dossier_id=part.dossier_id)
    child: Child = children.get_or_404(pk=child_id)
    products = {part.product, meeting.product}
    if products != {Product.MOEDER_KIND_BEZOEKEN} or part.state not in (Part.PLANNED, Part.RUNNING):
        raise RuleBroken("wrong_product")
    _check_apart(meeting, part.dossier_id)
    known: Any = MeetingChild.for_action(actor, now.on).filter(meeting_id=meeting.pk, child_id=child.id)
    if known.coming().exists():
        raise RuleBroken("child_applied")
    row = MeetingChild(
        dossier_id=part.dossier_id,
        team_id=part.team_id,
        meeting=meeting,
        participation=part,
        child=child,
        back_time=back,
    )
    event = domain.ChildApplied(dossier_id=part.dossier_id, meeting_child_id=row.id)
    carry_out(actor, now, rows=[row], events=[event])
    return _weighed(actor, row, now)


@act(P.RUN_PRODUCT)
def weigh_gate(actor: Actor, row_id: UUID, answers: GateAnswers, now: Now) -> MeetingChild:
    """Note what is known and look at the gate again for the day of the visit.

    Raises:
        RuleBroken: 'illegal_move' once the child is on its way.
    """
    row = load(actor, row_id, now)
    row.has_escort, row.child_wants = answers.has_escort, answers.child_wants
    row.identity_seen_on = (row.identity_seen_on or now.on) if answers.identity_seen else None
    row.approved_on = (row.approved_on or now.on) if answers.is_approved else None
    return _weighed(actor, row, now)


def _weighed(actor: Actor, row: MeetingChild, now: Now) -> MeetingChild:
    gate = gate_of(row)
    to = gate_state(gate)
    if not (gate.is_open and row.state in (State.INVITED, State.CONFIRMED)) and row.state != to:
        row.state = FLOW.move(row.state, to)
    event = domain.GateChecked(
        dossier_id=row.dossier_id, meeting_child_id=row.id, is_open=gate.is_open, missing=gate.missing
    )
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.RUN_PRODUCT)
def invite_child(actor: Actor, row_id: UUID, now: Now) -> MeetingChild:
    """Invite the caregiver with the child.

    Raises:
        RuleBroken: 'meeting_over', 'kept_apart', 'child_not_allowed', 'room_full', 'illegal_move'.
    """
    row = load(actor, row_id, now)
    _check_apart(row.meeting, row.dossier_id)
    check_may_come(row)
    _check_room(row.meeting)
    return moved(actor, row, State.INVITED, now)


@act(P.RUN_PRODUCT)
def confirm_child(actor: Actor, row_id: UUID, now: Now) -> MeetingChild:
    """Note that the caregiver says the child comes.

    Raises:
        RuleBroken: 'meeting_over', 'child_not_allowed', 'illegal_move'.
    """
    row = load(actor, row_id, now)
    check_may_come(row)
    return moved(actor, row, State.CONFIRMED, now)


@act(P.RUN_PRODUCT)
def cancel_child(actor: Actor, row_id: UUID, reason: CancelReason, now: Now) -> MeetingChild:
    """Note that a child does not come; its own no is always enough, right up to the gate.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    row = load(actor, row_id, now)
    row.state, row.reason = FLOW.move(row.state, State.CANCELLED), reason
    event = domain.ChildCancelled(dossier_id=row.dossier_id, meeting_child_id=row.id, reason=reason)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.RUN_PRODUCT)
def overtake_children(
    actor: Actor,
    dossier_id: UUID,
    now: Now,
    *,
    since: date | None = None,
    participation_id: UUID | None = None,
) -> int:
    """Take her children off the mornings to come, because she left the prison or stopped.

    Args:
        since: the day on which she left, when it is told later.
        participation_id: the one part that ended; without it every morning.

    Returns: how many.
    """
    rows: Any = MeetingChild.for_action(actor, now.on).filter(dossier_id=dossier_id)
    if participation_id:
        rows = rows.filter(participation_id=participation_id)
    found = list(rows.filter(state__in=sorted(BEFORE), meeting__planned_on__gte=since or now.on))
    for row in found:
        moved(actor, row, State.OVERTAKEN, now)
    return len(found)


@act(P.RUN_PRODUCT)
def drop_grown_child(actor: Actor, dossier_id: UUID, child_id: UUID, now: Now) -> int:
    """Take a child that turned 18 off the mornings to come, and put a talk in the plan (invariant 16).

    Returns: off how many.
    """
    rows: Any = MeetingChild.for_action(actor, now.on).filter(dossier_id=dossier_id, child_id=child_id)
    found = list(rows.filter(state__in=sorted(BEFORE), meeting__planned_on__gte=now.on))
    for row in found:
        cancel_child(actor, row.id, CancelReason.CHILD_GROWN, now)
    remind(actor, dossier_id, Drill.CHILD_GROWN, now.on, now)
    return len(found)
