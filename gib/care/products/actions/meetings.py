"""Group meetings of a prison: planned by a team, held with a head count, and who came."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.http import Http404

from gib.care.products import domain
from gib.care.products.domain.contact import (
    Reason,
    Theme,
    check_before_leaving,
    check_happened,
    check_minutes,
)
from gib.care.products.domain.contact import check_planned as check_day
from gib.care.products.domain.meeting import (
    FLOW,
    PLACES,
    PRESENCE,
    Presence,
    Speaker,
    State,
    check_apart,
    check_count,
    check_on,
    check_places,
    check_planned,
    check_room,
)
from gib.care.products.domain.participation import State as Part
from gib.care.products.models import (
    Attendance,
    GroupMeeting,
    MeetingSpeaker,
    Participation,
    expected_at,
    is_apart,
    on_list,
)
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.families.models import Dossier
from gib.people.partners.domain import Product
from gib.people.partners.domain.terms import check_open
from gib.people.partners.models import Team, closures_of


@dataclass(frozen=True, kw_only=True)
class NewMeeting:
    """What a group meeting needs: day, time, minutes (5 to 720), room with its places, subjects, speakers."""

    product: Product
    planned_on: date
    planned_time: time
    minutes: int = 120
    room: str = ""
    places: int = PLACES
    themes: tuple[Theme, ...] = ()
    speakers: tuple[Speaker, ...] = ()


def meeting_of(actor: Actor, meeting_id: int) -> GroupMeeting:
    """Give a meeting of the actor's team, locked for an act.

    Raises:
        Http404: it is of another team.
    """
    row = GroupMeeting.objects.of(actor).select_for_update().filter(pk=meeting_id).first()
    if row is None:
        raise Http404
    return row


def add_meeting(actor: Actor, team_id: int, new: NewMeeting, now: Now) -> GroupMeeting:
    """Save a new meeting and tell it.

    Raises:
        RuleBroken: 'room_taken', 'minutes_out_of_range'.
    """
    prison_id = Team.objects.get(pk=team_id).prison_id
    check_minutes(new.minutes)
    check_room(new.planned_time, new.minutes, _in_room(prison_id, new))
    row = GroupMeeting(
        team_id=team_id,
        prison_id=prison_id,
        product=new.product,
        planned_on=new.planned_on,
        planned_time=new.planned_time,
        minutes=new.minutes,
        room=new.room,
        places=new.places,
        themes=",".join(sorted(new.themes)),
    )
    carry_out(actor, now, rows=[row])
    asked = [MeetingSpeaker(meeting=row, kind=kind, asked_on=now.on) for kind in sorted(new.speakers)]
    event = domain.MeetingPlanned(meeting_id=row.pk, product=new.product, planned_on=new.planned_on)
    carry_out(actor, now, rows=asked, events=[event])
    return row


def _in_room(prison_id: str, new: NewMeeting) -> list[tuple[time, int, str]]:
    """Give what any team planned in the room of a new meeting on its day; a room without a name is free.

    The teams of the prison are locked, so that two who plan at the same moment do not both find it free.
    """
    if not new.room:
        return []
    list(Team.objects.select_for_update(no_key=True).filter(prison_id=prison_id).order_by("pk"))
    rows = GroupMeeting.objects.planned().filter(prison_id=prison_id, planned_on=new.planned_on)
    return [(row.planned_time, row.minutes, row.brand) for row in rows.filter(room__iexact=new.room)]


@act(P.RUN_PRODUCT)
def plan_meeting(actor: Actor, team_id: int, new: NewMeeting, now: Now) -> GroupMeeting:
    """Plan a group meeting in the prison of a team.

    Raises:
        RuleBroken: 'visit_in_past', 'prison_closed', 'room_taken', 'minutes_out_of_range'.
        Http404: it is not a team of the actor.
    """
    if team_id not in actor.team_ids:
        raise Http404
    check_day(new.planned_on, now.on)
    there = Team.objects.get(pk=team_id).prison_id
    check_open([each.days for each in closures_of(there, now.on)], new.planned_on)
    return add_meeting(actor, team_id, new, now)


@act(P.RUN_PRODUCT)
def invite(actor: Actor, meeting_id: int, dossier_id: UUID, now: Now) -> Attendance:
    """Put a mother on the list of a meeting; who was taken off it before is expected again.

    Raises:
        RuleBroken: 'meeting_over', 'wrong_product' for a visit morning, to which children come, 'kept_apart',
        'already_invited', 'meeting_full'.
    """
    meeting = meeting_of(actor, meeting_id)
    dossier: Dossier = Dossier.for_action(actor, now.on).get_or_404(pk=dossier_id)
    check_planned(State(meeting.state))
    if meeting.product == Product.MOEDER_KIND_BEZOEKEN:
        raise RuleBroken("wrong_product")
    check_apart(is_apart(on_list(meeting.pk), dossier_id, meeting.planned_on))
    parts = Participation.for_action(actor, now.on).filter(dossier_id=dossier_id, product=meeting.product)
    part = parts.filter(state__in=[Part.PLANNED, Part.RUNNING]).first()
    known = Attendance.for_action(actor, now.on).filter(meeting_id=meeting.pk, dossier_id=dossier_id).first()
    row = known or Attendance(dossier_id=dossier_id, team_id=dossier.team_id, meeting=meeting)
    if known is not None and known.presence != Presence.OVERTAKEN:
        raise RuleBroken("already_invited")
    check_places(expected_at(meeting) + 1, meeting.places)
    if known is not None:
        row.presence, row.noted_on = PRESENCE.correct(known.presence, Presence.INVITED), None
    row.participation = part
    event = domain.Invited(dossier_id=dossier_id, attendance_id=row.id)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.RUN_PRODUCT)
def take_off(actor: Actor, attendance_id: UUID, now: Now) -> Attendance:
    """Take a mother off the list of a meeting that is still to come.

    Raises:
        RuleBroken: 'meeting_over', 'illegal_move' unless she is expected.
    """
    rows = Attendance.for_action(actor, now.on).select_related("meeting")
    row: Attendance = rows.get_or_404(pk=attendance_id)
    check_planned(State(row.meeting.state))
    row.presence, row.noted_on = PRESENCE.move(row.presence, Presence.OVERTAKEN), now.on
    event = domain.TakenOff(dossier_id=row.dossier_id, attendance_id=row.id)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.RUN_PRODUCT)
def note_presence(
    actor: Actor, attendance_id: UUID, presence: Presence, now: Now, *, wants_talk: bool = False
) -> Attendance:
    """Note whether she came, and whether she wants to talk with somebody afterwards.

    Who left on that day may have come before she went.

    Raises:
        RuleBroken: 'visit_in_future', 'meeting_over', 'overtaken', 'illegal_move'.
    """
    rows = Attendance.for_action(actor, now.on).select_related("meeting")
    row: Attendance = rows.get_or_404(pk=attendance_id)
    check_happened(row.meeting.planned_on, now.on)
    check_on(State(row.meeting.state))
    if row.presence == Presence.OVERTAKEN:
        check_before_leaving(row.meeting.planned_on, row.noted_on)
        row.presence = PRESENCE.correct(row.presence, presence)
    elif row.presence != presence:
        row.presence = PRESENCE.move(row.presence, presence)
    row.wants_talk, row.noted_on = wants_talk, now.on
    if presence is Presence.PRESENT:
        row.caught_up_on = None
    facts: dict[str, Any] = {"attendance_id": row.id, "held_on": row.meeting.planned_on}
    event = domain.Attended(dossier_id=row.dossier_id, outcome=presence, **facts)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.RUN_PRODUCT)
def hold_meeting(actor: Actor, meeting_id: int, unknown_count: int, now: Now) -> GroupMeeting:
    """Note that a meeting took place and how many women came who have no dossier (CON-03).

    Raises:
        RuleBroken: 'count_negative', 'visit_in_future', 'illegal_move'.
    """
    row = meeting_of(actor, meeting_id)
    check_count(unknown_count)
    check_happened(row.planned_on, now.on)
    row.state, row.unknown_count = FLOW.move(row.state, State.HELD), unknown_count
    event = domain.MeetingHeld(meeting_id=row.pk, unknown_count=unknown_count)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.RUN_PRODUCT)
def cancel_meeting(actor: Actor, meeting_id: int, reason: Reason, now: Now) -> GroupMeeting:
    """Call a meeting off; who was invited was prevented, not absent.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    return call_off(actor, meeting_of(actor, meeting_id), reason, now)


def call_off(actor: Actor, row: GroupMeeting, reason: Reason, now: Now) -> GroupMeeting:
    """Call a meeting off that somebody found who may; who was invited was prevented, not absent."""
    row.state, row.reason = FLOW.move(row.state, State.CANCELLED), reason
    expected = Attendance.for_action(actor, now.on).filter(meeting_id=row.pk, presence=Presence.INVITED)
    rows = list(expected)
    for each in rows:
        each.presence = PRESENCE.move(each.presence, Presence.OVERTAKEN)
    event = domain.MeetingCancelled(meeting_id=row.pk, reason=reason)
    carry_out(actor, now, rows=[row, *rows], events=[event])
    return row


@act(P.RUN_PRODUCT)
def overtake_invitations(
    actor: Actor,
    dossier_id: UUID,
    now: Now,
    *,
    since: date | None = None,
    participation_id: UUID | None = None,
) -> int:
    """Take her off the lists of meetings to come, because she left the prison or stopped.

    Args:
        since: the day on which she left, when it is told later.
        participation_id: her part in the one product she stopped with; without it every list.

    Returns: of how many.
    """
    left_on = since or now.on
    rows = Attendance.for_action(actor, now.on).filter(
        dossier_id=dossier_id, presence=Presence.INVITED, meeting__planned_on__gte=left_on
    )
    found = list(rows.filter(participation_id=participation_id) if participation_id else rows)
    for row in found:
        row.presence, row.noted_on = PRESENCE.move(row.presence, Presence.OVERTAKEN), left_on
    told = [domain.VisitsOvertaken(dossier_id=dossier_id, number=len(found))] if found else []
    carry_out(actor, now, rows=found, events=told)
    return len(found)
