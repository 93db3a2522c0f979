"""The day itself: a child is fetched, let in and given back, and what was noted by mistake is put right."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gib.care.products.actions.participations import begin_with
from gib.care.products.domain.match import check_ready
from gib.care.products.models import norm
from gib.care.products.moeder_kind_bezoeken import domain
from gib.care.products.moeder_kind_bezoeken.actions.common import check_may_come, load, moved, who_answers
from gib.care.products.moeder_kind_bezoeken.domain import State, check_day, check_handed
from gib.care.products.moeder_kind_bezoeken.domain.rides import ChildPutBack
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild, reasons_against_driver
from gib.core.access.actor import Actor, house
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.journal.outbox import notify
from gib.core.kernel.clock import Now


@dataclass(frozen=True, kw_only=True)
class HandBack:
    """Who took a child back, whether that person signed on paper, and how it was, in neutral words."""

    to: str
    is_signed: bool = False
    observation: str = ""


@act(P.RUN_PRODUCT)
def pick_up(actor: Actor, row_id: UUID, now: Now) -> MeetingChild:
    """Note that a volunteer has fetched the child; from now on it must be brought home.

    Raises:
        RuleBroken: 'meeting_over', 'child_not_allowed', 'not_the_day', 'illegal_move',
        'volunteer_not_allowed' when the papers of its driver do not hold today (invariant 3).
    """
    row = load(actor, row_id, now)
    check_day(row.meeting.planned_on, now.on)
    check_may_come(row)
    if row.ride:
        check_ready(reasons_against_driver(row.ride.volunteer_id, row.meeting.prison_id, now.on))
    row.picked_up_at = now.at
    return moved(actor, row, State.PICKED_UP, now)


@act(P.RUN_PRODUCT)
def enter(actor: Actor, row_id: UUID, now: Now) -> MeetingChild:
    """Note that the child is with its mother.

    Raises:
        RuleBroken: 'meeting_over', 'child_not_allowed', 'not_the_day', 'illegal_move'.
    """
    row = load(actor, row_id, now)
    check_day(row.meeting.planned_on, now.on)
    check_may_come(row)
    row.inside_at = now.at
    return moved(actor, row, State.INSIDE, now)


@act(P.RUN_PRODUCT)
def refuse_at_gate(actor: Actor, row_id: UUID, now: Now) -> MeetingChild:
    """Note that the prison did not let the child in; it still has to come home.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    row = load(actor, row_id, now)
    row.refused_at = now.at
    return moved(actor, row, State.REFUSED_AT_GATE, now)


@act(P.RUN_PRODUCT)
def bring_back(actor: Actor, row_id: UUID, back: HandBack, now: Now) -> MeetingChild:
    """Note to whom the child was given back, whether that person signed, and a short observation.

    With the first child that was with her, her part in the visit mornings begins.

    A child without a signature is home all the same: the page of the day asks for it, the alarm is over.

    Raises:
        RuleBroken: 'handed_to_nobody', 'illegal_move'.
    """
    check_handed(back.to)
    row = load(actor, row_id, now)
    row.returned_at, row.handed_to, row.observation = now.at, back.to, back.observation
    row.signed_at = now.at if back.is_signed else None
    moved(actor, row, State.RETURNED, now)
    if row.inside_at:
        held_on = row.meeting.planned_on
        begin_with(house("morning"), row.participation_id, held_on, now, child_ready=True)
    return row


@act(P.RUN_PRODUCT)
def put_back(actor: Actor, row_id: UUID, now: Now) -> MeetingChild:
    """Take back the last step of the day, which was noted by mistake; its moment and words go with it.

    A child that was not brought home after all is away again, and alarms again.

    Raises:
        RuleBroken: 'illegal_move' when no step of the day was noted yet.
    """
    row = load(actor, row_id, now)
    was = State(row.state)
    row.state = domain.step_before(was, row.moments)
    if was is State.RETURNED:
        row.returned_at, row.signed_at, row.handed_to, row.observation = None, None, "", ""
    else:
        setattr(row, _MOMENT[was], None)
    event = ChildPutBack(dossier_id=row.dossier_id, meeting_child_id=row.id, to=State(row.state))
    carry_out(actor, now, rows=[row], events=[event])
    return row


#: Under which name the moment of a step is kept.
_MOMENT = {
    State.PICKED_UP: "picked_up_at",
    State.INSIDE: "inside_at",
    State.REFUSED_AT_GATE: "refused_at",
}


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
        for user_id in who_answers(row.team_id, now):
            notify(user_id, "child_not_home", f"child_not_home:{row.id}:{user_id}", now)
    return len(late)
