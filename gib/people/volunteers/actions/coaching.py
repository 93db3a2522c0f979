"""Talks with volunteers: planned, held, called off."""

from uuid import UUID

from django.http import Http404

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.volunteers.actions.requirements import completion
from gib.people.volunteers.domain import FLOW, Requirement, State
from gib.people.volunteers.domain import coaching as domain
from gib.people.volunteers.domain.coaching import Talk
from gib.people.volunteers.models import Volunteer
from gib.people.volunteers.models.coaching import WAITING, CoachingTalk


def _people(actor: Actor, who: tuple[UUID, ...], now: Now) -> list[Volunteer]:
    known = {one.id: one for one in Volunteer.for_action(actor, now.on).filter(pk__in=who)}
    if known.keys() != {*who}:
        raise Http404
    found = [known[one] for one in dict.fromkeys(who)]
    if any(FLOW.is_final(State(one.state)) for one in found):
        raise RuleBroken("coaching_gone")
    return found


@act(P.MANAGE_VOLUNTEER)
def plan_talk(actor: Actor, talk: Talk, now: Now) -> list[CoachingTalk]:
    """Plan a talk with one volunteer, or with several at once.

    Raises:
        RuleBroken: 'coaching_nobody', 'coaching_in_past', 'coaching_planned', 'coaching_gone'.
    """
    waiting = CoachingTalk.for_action(actor, now.on).filter(WAITING, kind=talk.kind)
    domain.check_plan(talk, now.on, len(waiting.filter(volunteer_id__in=talk.who)))
    rows = [
        CoachingTalk(
            volunteer_id=one.id,
            team_id=one.team_id,
            kind=talk.kind,
            planned_on=talk.on,
            led_by=actor.user_id,
            note=talk.note,
        )
        for one in _people(actor, talk.who, now)
    ]
    events = [domain.TalkPlanned(volunteer_id=row.volunteer_id, kind=talk.kind, on=talk.on) for row in rows]
    carry_out(actor, now, rows=rows, events=events)
    return rows


@act(P.MANAGE_VOLUNTEER)
def hold_talk(actor: Actor, talk: Talk, now: Now) -> list[CoachingTalk]:
    """Write down that a talk was held; what was planned of its kind is that talk.

    In the same act the requirement of its kind is seen to be in order from that day.

    Raises:
        RuleBroken: 'coaching_nobody', 'coaching_ahead', 'coaching_gone'.
    """
    domain.check_held(talk, now.on)
    people = _people(actor, talk.who, now)
    waiting = CoachingTalk.for_action(actor, now.on).filter(WAITING, kind=talk.kind)
    planned = {row.volunteer_id: row for row in waiting.filter(volunteer_id__in=talk.who)}
    rows: list[CoachingTalk] = []
    seen, events = [], []
    for one in people:
        row = planned.get(one.id) or CoachingTalk(
            volunteer_id=one.id, team_id=one.team_id, kind=talk.kind, led_by=actor.user_id
        )
        row.held_on, row.led_by = talk.on, actor.user_id
        row.note = talk.note or row.note
        done, event = completion(actor, one, Requirement(talk.kind), talk.on, None, now)
        rows.append(row)
        seen.append(done)
        events += [event, domain.TalkHeld(volunteer_id=one.id, kind=talk.kind, on=talk.on)]
    carry_out(actor, now, rows=[*seen, *rows], events=events)
    return rows


@act(P.MANAGE_VOLUNTEER)
def cancel_talk(actor: Actor, talk_id: UUID, now: Now) -> CoachingTalk:
    """Call off a talk that was planned.

    Raises:
        RuleBroken: 'coaching_over' when it was held or called off before.
    """
    row: CoachingTalk = CoachingTalk.for_action(actor, now.on).get_or_404(pk=talk_id)
    if row.held_on is not None or row.cancelled_on is not None:
        raise RuleBroken("coaching_over")
    row.cancelled_on = now.on
    event = domain.TalkCancelled(volunteer_id=row.volunteer_id, kind=domain.TalkKind(row.kind))
    carry_out(actor, now, rows=[row], events=[event])
    return row
