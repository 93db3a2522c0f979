"""A child and a visit morning: asked for, weighed at the gate, invited, fetched, let in and brought home."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final
from uuid import UUID

from gib.care.products.actions import start
from gib.care.products.actions.meetings import meeting_of
from gib.care.products.domain.meeting import State as MeetingState
from gib.care.products.domain.meeting import check_apart, check_on, check_planned
from gib.care.products.domain.participation import State as Part
from gib.care.products.models import GroupMeeting, Participation, is_apart, norm
from gib.care.products.moeder_kind_bezoeken import domain
from gib.care.products.moeder_kind_bezoeken.domain import (
    BEFORE,
    FLOW,
    CancelReason,
    State,
    check_day,
    check_gate,
    gate_state,
)
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild, gate_of, has_ready_child
from gib.care.trajectory.actions import remind
from gib.care.trajectory.domain import Drill
from gib.core.access.actor import Actor
from gib.core.access.tables import P, Role
from gib.core.journal.acts import act, carry_out
from gib.core.journal.outbox import notify
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.accounts.models import Appointment
from gib.people.families.models import Child, children_of
from gib.people.partners.domain import Product

#: Who answers for the children of a team.
_WARNED: Final = (Role.COORDINATOR, Role.DEPUTY)


@dataclass(frozen=True, kw_only=True)
class GateAnswers:
    """What is known beside custody and orders: escort, identity seen, the child's own wish, the director."""

    has_escort: bool
    identity_seen: bool
    child_wants: bool | None
    is_approved: bool


def _load(actor: Actor, row_id: UUID, now: Now) -> MeetingChild:
    rows = MeetingChild.for_action(actor, now.on).select_related("meeting", "child")
    row: MeetingChild = rows.get_or_404(pk=row_id)
    return row


def _moved(actor: Actor, row: MeetingChild, to: State, now: Now) -> MeetingChild:
    row.state = FLOW.move(row.state, to)
    event = domain.ChildMoved(dossier_id=row.dossier_id, meeting_child_id=row.id, to=to)
    carry_out(actor, now, rows=[row], events=[event])
    return row


def _check_may_come(row: MeetingChild) -> None:
    """Keep a child at home when its morning was called off, or when a condition is not met."""
    check_on(MeetingState(row.meeting.state))
    check_gate(gate_of(row))


def _check_apart(meeting: GroupMeeting, dossier_id: UUID) -> None:
    """Keep children at home when a mother stands on the list from whom theirs is kept apart."""
    listed = MeetingChild.for_house("apart", meeting.planned_on).filter(meeting_id=meeting.pk)
    off = sorted((State.CANCELLED, State.OVERTAKEN))
    check_apart(is_apart(listed.exclude(state__in=off), dossier_id, meeting.planned_on))


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
    known = MeetingChild.for_action(actor, now.on).filter(meeting_id=meeting.pk, child_id=child.id)
    if known.exclude(state__in=[State.CANCELLED, State.OVERTAKEN]).exists():
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
    row = _load(actor, row_id, now)
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
        RuleBroken: 'meeting_over', 'kept_apart', 'child_not_allowed', 'illegal_move'.
    """
    row = _load(actor, row_id, now)
    _check_apart(row.meeting, row.dossier_id)
    _check_may_come(row)
    return _moved(actor, row, State.INVITED, now)


@act(P.RUN_PRODUCT)
def confirm_child(actor: Actor, row_id: UUID, now: Now) -> MeetingChild:
    """Note that the caregiver says the child comes.

    Raises:
        RuleBroken: 'meeting_over', 'child_not_allowed', 'illegal_move'.
    """
    row = _load(actor, row_id, now)
    _check_may_come(row)
    return _moved(actor, row, State.CONFIRMED, now)


@act(P.RUN_PRODUCT)
def pick_up(actor: Actor, row_id: UUID, now: Now) -> MeetingChild:
    """Note that a volunteer has fetched the child; from now on it must be brought home.

    Raises:
        RuleBroken: 'meeting_over', 'child_not_allowed', 'not_the_day', 'illegal_move'.
    """
    row = _load(actor, row_id, now)
    check_day(row.meeting.planned_on, now.on)
    _check_may_come(row)
    row.picked_up_at = now.at
    return _moved(actor, row, State.PICKED_UP, now)


@act(P.RUN_PRODUCT)
def enter(actor: Actor, row_id: UUID, now: Now) -> MeetingChild:
    """Note that the child is with its mother.

    Raises:
        RuleBroken: 'meeting_over', 'child_not_allowed', 'not_the_day', 'illegal_move'.
    """
    row = _load(actor, row_id, now)
    check_day(row.meeting.planned_on, now.on)
    _check_may_come(row)
    row.inside_at = now.at
    return _moved(actor, row, State.INSIDE, now)


@act(P.RUN_PRODUCT)
def refuse_at_gate(actor: Actor, row_id: UUID, now: Now) -> MeetingChild:
    """Note that the prison did not let the child in; it still has to come home.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    return _moved(actor, _load(actor, row_id, now), State.REFUSED_AT_GATE, now)


@act(P.RUN_PRODUCT)
def bring_back(actor: Actor, row_id: UUID, now: Now, *, observation: str = "") -> MeetingChild:
    """Note that the child is back with who cares for it, with a short observation in neutral words.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    row = _load(actor, row_id, now)
    row.returned_at, row.observation = now.at, observation
    return _moved(actor, row, State.RETURNED, now)


@act
def warn_of_late_children(actor: Actor, now: Now) -> int:
    """Queue a notice for each child that should have been home; the tick asks for it each minute.

    The key of a notice names the child and its reader, so what was queued is not queued again, and after an
    outage the first tick catches up (invariant 5).

    Returns: how many children are late.
    """
    minutes = norm("return_alarm_minutes", now.on)
    rows: Any = MeetingChild.for_action(actor, now.on)
    out = rows.away().select_related("meeting")
    late = [row for row in out if domain.return_alarm(State(row.state), row.planned_back, now.at, minutes)]
    for row in late:
        for user_id in _who_answers(row.team_id, now):
            notify(user_id, "child_not_home", f"child_not_home:{row.id}:{user_id}", now)
    return len(late)


def _who_answers(team_id: int, now: Now) -> set[Any]:
    seats = Appointment.objects.current(now.on).filter(team_id=team_id, role__in=_WARNED)
    return set(seats.values_list("user_id", flat=True))


@act(P.RUN_PRODUCT)
def cancel_child(actor: Actor, row_id: UUID, reason: CancelReason, now: Now) -> MeetingChild:
    """Note that a child does not come; its own no is always enough, right up to the gate.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    row = _load(actor, row_id, now)
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
        _moved(actor, row, State.OVERTAKEN, now)
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
