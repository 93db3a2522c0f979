"""An information meeting: who tells something, who is expected, who came and what came of it."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.http import Http404

from gib.care.products.actions import complete, correct, invite, note_presence, start
from gib.care.products.actions.meetings import meeting_of
from gib.care.products.domain.contact import check_happened
from gib.care.products.domain.meeting import (
    SPEAKERS,
    Presence,
    Speaker,
    SpeakerState,
    check_count,
    check_on,
    check_places,
    check_planned,
)
from gib.care.products.domain.meeting import State as MeetingState
from gib.care.products.domain.participation import State
from gib.care.products.models import (
    Attendance,
    GroupMeeting,
    MeetingSpeaker,
    Participation,
    attended,
    expected_at,
)
from gib.care.products.moeder_de_gans import domain
from gib.care.products.moeder_de_gans.domain import FollowUp, Question, Tally, completes, end_after
from gib.care.products.moeder_de_gans.models import MeetingTally
from gib.care.referral.actions import refer_again
from gib.care.referral.domain import FLOW as REFERRAL
from gib.care.referral.domain import Answers, Channel, Children
from gib.care.referral.models import latest_referral
from gib.care.trajectory.actions import remind
from gib.care.trajectory.domain import Drill, Phase
from gib.care.trajectory.models import open_trajectory
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.families.models import children_of, current_place, open_episode, participant_of
from gib.people.partners.domain import Product
from gib.people.partners.models import CareProvider

#: What can only be said of a speaker once the day is there.
_SEEN: Final = (SpeakerState.CAME, SpeakerState.ABSENT)


def _meeting(actor: Actor, meeting_id: int) -> GroupMeeting:
    """Give an information meeting of the actor's team.

    Raises:
        RuleBroken: 'wrong_product' for a morning or a lesson.
    """
    row = meeting_of(actor, meeting_id)
    if row.product != Product.MOEDER_DE_GANS:
        raise RuleBroken("wrong_product")
    return row


@act(P.RUN_PRODUCT)
def ask_speaker(
    actor: Actor, meeting_id: int, kind: Speaker, provider_id: int | None, now: Now
) -> MeetingSpeaker:
    """Note that an organisation was asked to tell something; which person it sends is not written down.

    Args:
        provider_id: the organisation, when it is one that we know; else its kind alone.

    Raises:
        RuleBroken: 'wrong_product', 'meeting_over'.
        Http404: there is no such organisation.
    """
    meeting = _meeting(actor, meeting_id)
    check_planned(MeetingState(meeting.state))
    if provider_id is not None and not CareProvider.objects.filter(pk=provider_id).exists():
        raise Http404
    row = MeetingSpeaker(meeting=meeting, kind=kind, provider_id=provider_id, asked_on=now.on)
    carry_out(actor, now, rows=[row])
    event = domain.SpeakerAsked(meeting_id=meeting.pk, speaker_id=row.pk, kind=kind)
    carry_out(actor, now, events=[event])
    return row


@act(P.RUN_PRODUCT)
def note_speaker(actor: Actor, speaker_id: int, to: SpeakerState, now: Now) -> MeetingSpeaker:
    """Note what a speaker answered, or on the day whether somebody came.

    Raises:
        RuleBroken: 'meeting_over', 'visit_in_future', 'illegal_move'.
        Http404: it is of another team.
    """
    row = MeetingSpeaker.of(actor).filter(pk=speaker_id).first()
    if row is None:
        raise Http404
    meeting = _meeting(actor, row.meeting_id)
    check_on(MeetingState(meeting.state))
    if to in _SEEN:
        check_happened(meeting.planned_on, now.on)
    known = SpeakerState(row.state)
    row.state = SPEAKERS.move(known, to) if SPEAKERS.may_move(known, to) else SPEAKERS.correct(known, to)
    row.answered_on = now.on
    event = domain.SpeakerMoved(meeting_id=meeting.pk, speaker_id=row.pk, to=to)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.RUN_PRODUCT)
def take_list(
    actor: Actor, meeting_id: int, dossier_ids: Iterable[UUID], expected_count: int, now: Now
) -> GroupMeeting:
    """Take the list of the prison: who is known is invited, and who is not is a number (CON-03).

    Args:
        dossier_ids: the women on the list who have a dossier; who was invited before stays so.
        expected_count: how many others the prison named.

    Raises:
        RuleBroken: 'wrong_product', 'meeting_over', 'count_negative', 'meeting_full', 'kept_apart'.
    """
    meeting = _meeting(actor, meeting_id)
    check_planned(MeetingState(meeting.state))
    check_count(expected_count)
    meeting.expected_count, meeting.listed_on = expected_count, now.on
    listed = Attendance.for_action(actor, now.on).filter(meeting_id=meeting.pk)
    known = set(listed.exclude(presence=Presence.OVERTAKEN).values_list("dossier_id", flat=True))
    new = [each for each in dossier_ids if each not in known]
    check_places(expected_at(meeting), meeting.places)
    event = domain.ListTaken(meeting_id=meeting.pk, invited=len(new), expected_count=expected_count)
    carry_out(actor, now, rows=[meeting], events=[event])
    for dossier_id in new:
        invite(actor, meeting.pk, dossier_id, now)
    return meeting


@act(P.RUN_PRODUCT)
def tally(actor: Actor, meeting_id: int, told: Tally, now: Now) -> GroupMeeting:
    """Write down how often each answer was given; counted again, the new numbers stand.

    Raises:
        RuleBroken: 'wrong_product', 'meeting_over', 'visit_in_future', 'answer_unknown', 'count_negative',
        'poll_too_many'.
    """
    meeting = _meeting(actor, meeting_id)
    check_on(MeetingState(meeting.state))
    check_happened(meeting.planned_on, now.on)
    came = Attendance.for_action(actor, now.on).filter(meeting_id=meeting.pk, presence=Presence.PRESENT)
    domain.check_tally(told, came.count() + meeting.unknown_count)
    rows = [row for question in told for row in _counted(meeting, question, told[question])]
    events = [domain.Tallied(meeting_id=meeting.pk, question=question) for question in told]
    carry_out(actor, now, rows=rows, events=events)
    return meeting


def _counted(meeting: GroupMeeting, question: Question, numbers: Any) -> list[MeetingTally]:
    known = {row.answer: row for row in MeetingTally.objects.filter(meeting_id=meeting.pk, question=question)}
    rows = []
    for answer, number in numbers.items():
        row = known.get(answer) or MeetingTally(meeting=meeting, question=question, answer=answer, number=0)
        if row.pk is None or row.number != number:
            row.number = number
            rows.append(row)
    return rows


@act(P.RUN_PRODUCT)
def follow_up(actor: Actor, attendance_id: UUID, now: Now) -> Attendance:
    """Let something come of her wish for a talk: a step in her plan, or a referral with what we know of her.

    Raises:
        RuleBroken: 'no_talk_wanted', 'followed_up', and those of a referral.
    """
    rows = Attendance.for_action(actor, now.on).select_related("meeting")
    row: Attendance = rows.get_or_404(pk=attendance_id)
    domain.check_follow_up(row.wants_talk, row.followed_on is not None)
    plan, known = open_trajectory(row.dossier_id), latest_referral(row.dossier_id)
    is_referred = known is not None and known.state in REFERRAL.open_states
    outcome = domain.follow_up(plan is not None, is_referred)
    if outcome is FollowUp.STEP:
        remind(actor, row.dossier_id, Drill.MEETING_TALK, now.on, now, phase=Phase.INSIDE)
    elif outcome is FollowUp.REFERRAL:
        refer_again(actor, row.dossier_id, _known(row, known, now), now)
    row.followed_on = now.on
    event = domain.WishFollowed(dossier_id=row.dossier_id, attendance_id=row.id, outcome=outcome)
    carry_out(actor, now, rows=[row], events=[event])
    return row


def _known(row: Attendance, referral: Any, now: Now) -> Answers:
    """Fill in a referral from her dossier; she asked for it herself at the meeting, so she said yes there."""
    mother, place = participant_of(row.dossier_id), current_place(row.dossier_id, now.on)
    children = len(children_of(row.dossier_id))
    return Answers(
        first_name=mother.first_name,
        last_name=mother.last_name,
        born_on=mother.born_on,
        birth_year=mother.birth_year,
        unit=place.unit if place else getattr(referral, "unit", ""),
        consent_seen_on=now.on,
        children=Children.NUMBER if children else Children.UNKNOWN,
        children_count=children or None,
        channel=Channel.MOEDER_DE_GANS,
        prison=row.meeting.prison_id,
    )


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
