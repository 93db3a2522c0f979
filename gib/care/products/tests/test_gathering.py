"""An information meeting on the database: speakers, the list of the prison, counts, and talks that follow."""

from collections.abc import Callable
from datetime import time
from typing import Any
from uuid import UUID

import pytest
from django.http import Http404

from gib.care.products import actions, builders
from gib.care.products.actions.meetings import NewMeeting
from gib.care.products.domain.contact import Reason, Theme
from gib.care.products.domain.meeting import Presence, Speaker, SpeakerState
from gib.care.products.models import Attendance, GroupMeeting, MeetingSpeaker
from gib.care.products.moeder_de_gans import actions as goose
from gib.care.products.moeder_de_gans.domain import Question
from gib.care.products.moeder_de_gans.models import MeetingTally, tally_of
from gib.care.products.tests.conftest import NOW, broken, day, later, refused
from gib.care.referral import actions as referrals
from gib.care.referral import builders as referred
from gib.care.referral.domain import DeclineReason
from gib.care.referral.models import Referral
from gib.care.trajectory import builders as trajectories
from gib.care.trajectory.models import PlanStep
from gib.core.access.actor import Actor
from gib.people.families import actions as families
from gib.people.partners import builders as places
from gib.people.partners.domain import CareKind, Product

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])


def a_woman(coordinator: Actor, number: int = 0) -> UUID:
    return trajectories.inside(coordinator, NOW, number).dossier_id


def listed(coordinator: Actor) -> list[UUID]:
    return [row.dossier_id for row in Attendance.for_action(coordinator, NOW.on)]


def came(coordinator: Actor, meeting: GroupMeeting, dossier_id: UUID, **facts: Any) -> Attendance:
    row = actions.invite(coordinator, meeting.pk, dossier_id, NOW)
    return actions.note_presence(coordinator, row.id, Presence.PRESENT, NOW, **facts)


# ---- room and places


def test_a_room_holds_one_meeting_at_a_time(coordinator: Actor) -> None:
    team, facts = min(coordinator.team_ids), {"planned_on": day(7), "product": Product.MOEDER_DE_GANS}
    actions.plan_meeting(coordinator, team, NewMeeting(**facts, planned_time=time(10), room="Zaal 1"), NOW)
    with refused("room_taken"):
        new = NewMeeting(**facts, planned_time=time(11), room=" zaal 1 ".strip())
        actions.plan_meeting(coordinator, team, new, NOW)
    for at, room in ((time(12), "Zaal 1"), (time(11), "Zaal 2"), (time(11), ""), (time(11), "")):
        actions.plan_meeting(coordinator, team, NewMeeting(**facts, planned_time=at, room=room), NOW)


def test_a_room_that_became_free_can_be_used(coordinator: Actor) -> None:
    row = builders.a_meeting(coordinator, NOW)
    actions.cancel_meeting(coordinator, row.pk, Reason.LOCKDOWN, NOW)
    builders.a_meeting(coordinator, NOW)


def test_a_meeting_of_more_than_twelve_hours_is_no_meeting(coordinator: Actor) -> None:
    facts: dict[str, Any] = {"product": Product.MOEDER_DE_GANS, "planned_time": time(9)}
    new = NewMeeting(**facts, planned_on=day(7), minutes=721)
    with refused("minutes_out_of_range"):
        actions.plan_meeting(coordinator, min(coordinator.team_ids), new, NOW)


def a_small_meeting(coordinator: Actor, places: int) -> GroupMeeting:
    facts: dict[str, Any] = {"product": Product.MOEDER_DE_GANS, "planned_time": time(9)}
    new = NewMeeting(**facts, planned_on=day(7), places=places)
    return actions.plan_meeting(coordinator, min(coordinator.team_ids), new, NOW)


def test_a_room_that_is_full_takes_nobody_more(coordinator: Actor) -> None:
    row, first, second = a_small_meeting(coordinator, 1), a_woman(coordinator), a_woman(coordinator, 1)
    actions.invite(coordinator, row.pk, first, NOW)
    with refused("meeting_full"):
        actions.invite(coordinator, row.pk, second, NOW)
    actions.take_off(coordinator, Attendance.for_action(coordinator, NOW.on).get().id, NOW)
    actions.invite(coordinator, row.pk, second, NOW)


# ---- speakers


def test_a_speaker_is_asked_answers_and_comes(coordinator: Actor, stranger: Actor) -> None:
    meeting = builders.a_meeting(coordinator, NOW, days=2)
    provider = places.a_provider("Bureau Schuldhulp", CareKind.DEBT_COUNSELLING)
    row = goose.ask_speaker(coordinator, meeting.pk, Speaker.DEBT_HELP, provider.pk, NOW)
    assert (str(row), row.state, row.asked_on, row.answered_on) == (
        "Bureau Schuldhulp",
        "asked",
        NOW.on,
        None,
    )
    goose.note_speaker(coordinator, row.pk, SpeakerState.CONFIRMED, later(1))
    with refused("visit_in_future"):
        goose.note_speaker(coordinator, row.pk, SpeakerState.CAME, later(1))
    goose.note_speaker(coordinator, row.pk, SpeakerState.ABSENT, later(2))
    found = goose.note_speaker(coordinator, row.pk, SpeakerState.CAME, later(3))
    assert (found.state, found.answered_on) == ("came", day(3))
    with broken("illegal_move"):
        goose.note_speaker(coordinator, row.pk, SpeakerState.DECLINED, later(3))
    for act in (
        lambda: goose.note_speaker(stranger, row.pk, SpeakerState.ABSENT, later(3)),
        lambda: goose.ask_speaker(stranger, meeting.pk, Speaker.LAWYER, None, NOW),
        lambda: goose.ask_speaker(coordinator, meeting.pk, Speaker.LAWYER, 99999, NOW),
        lambda: goose.note_speaker(coordinator, 99999, SpeakerState.CAME, NOW),
    ):
        with pytest.raises(Http404):
            act()


def test_nobody_is_asked_for_what_is_over_or_is_another_product(coordinator: Actor) -> None:
    morning = builders.a_meeting(coordinator, NOW, Product.MOEDER_KIND_BEZOEKEN)
    with refused("wrong_product"):
        goose.ask_speaker(coordinator, morning.pk, Speaker.LAWYER, None, NOW)
    meeting = builders.a_meeting(coordinator, NOW)
    row = goose.ask_speaker(coordinator, meeting.pk, Speaker.LAWYER, None, NOW)
    actions.cancel_meeting(coordinator, meeting.pk, Reason.LOCKDOWN, NOW)
    with refused("meeting_over"):
        goose.ask_speaker(coordinator, meeting.pk, Speaker.LAWYER, None, NOW)
    with refused("meeting_over"):
        goose.note_speaker(coordinator, row.pk, SpeakerState.CONFIRMED, NOW)


# ---- the list of the prison


@pytest.mark.requirement("CON-03")
def test_who_is_known_is_invited_and_who_is_not_is_a_number(coordinator: Actor) -> None:
    meeting, women = builders.a_meeting(coordinator, NOW), [a_woman(coordinator, n) for n in range(3)]
    actions.invite(coordinator, meeting.pk, women[0], NOW)
    row = goose.take_list(coordinator, meeting.pk, women, 4, NOW)
    assert sorted(listed(coordinator)) == sorted(women)
    assert (row.expected_count, row.listed_on) == (4, NOW.on)
    row = goose.take_list(coordinator, meeting.pk, [], 6, later(1))
    assert (row.expected_count, row.listed_on, len(listed(coordinator))) == (6, day(1), 3)


def test_a_list_that_cannot_be_is_refused_whole(coordinator: Actor, stranger: Actor) -> None:
    meeting, women = a_small_meeting(coordinator, 3), [a_woman(coordinator, n) for n in range(3)]
    with refused("meeting_full"):
        goose.take_list(coordinator, meeting.pk, women, 1, NOW)
    with refused("meeting_full"):
        goose.take_list(coordinator, meeting.pk, [], 4, NOW)
    with refused("count_negative"):
        goose.take_list(coordinator, meeting.pk, women, -1, NOW)
    families.keep_apart(coordinator, women[0], women[1], NOW)
    with refused("kept_apart"):
        goose.take_list(coordinator, meeting.pk, women, 0, NOW)
    with pytest.raises(Http404):
        goose.take_list(stranger, meeting.pk, [], 0, NOW)
    actions.cancel_meeting(coordinator, meeting.pk, Reason.LOCKDOWN, NOW)
    with refused("meeting_over"):
        goose.take_list(coordinator, meeting.pk, [], 0, NOW)


# ---- what was counted


def test_what_women_said_is_counted_and_counted_again(coordinator: Actor, stranger: Actor) -> None:
    meeting = builders.a_meeting(coordinator, NOW, days=0)
    came(coordinator, meeting, a_woman(coordinator))
    actions.hold_meeting(coordinator, meeting.pk, 4, NOW)
    poll = {Question.STRESS_BEFORE: {"4": 3, "5": 2}, Question.LEARNED: {"yes": 5, "no": 0}}
    goose.tally(coordinator, meeting.pk, poll, NOW)
    goose.tally(coordinator, meeting.pk, {Question.ASKED: {Theme.MONEY: 7}}, NOW)
    goose.tally(coordinator, meeting.pk, {Question.LEARNED: {"yes": 4, "no": 1}}, later(1))
    found = tally_of(meeting.pk)
    assert found[Question.STRESS_BEFORE] == {"4": 3, "5": 2}
    assert found[Question.LEARNED] == {"yes": 4, "no": 1}
    assert found[Question.ASKED] == {"money": 7}
    columns = {field.name for field in MeetingTally._meta.get_fields()}
    assert columns == {"id", "meeting", "question", "answer", "number", "version"}
    with refused("poll_too_many"):
        goose.tally(coordinator, meeting.pk, {Question.LEARNED: {"yes": 6}}, NOW)
    with refused("answer_unknown"):
        goose.tally(coordinator, meeting.pk, {Question.LEARNED: {"perhaps": 1}}, NOW)
    with refused("count_negative"):
        goose.tally(coordinator, meeting.pk, {Question.ASKED: {Theme.MONEY: -1}}, NOW)
    with pytest.raises(Http404):
        goose.tally(stranger, meeting.pk, poll, NOW)


def test_nothing_is_counted_before_the_day_or_of_what_was_called_off(coordinator: Actor) -> None:
    meeting = builders.a_meeting(coordinator, NOW, days=1)
    with refused("visit_in_future"):
        goose.tally(coordinator, meeting.pk, {Question.ASKED: {Theme.MONEY: 1}}, NOW)
    actions.cancel_meeting(coordinator, meeting.pk, Reason.LOCKDOWN, NOW)
    with refused("meeting_over"):
        goose.tally(coordinator, meeting.pk, {Question.ASKED: {Theme.MONEY: 1}}, later(1))


# ---- a talk that follows


def test_who_has_a_plan_gets_a_step_in_it(coordinator: Actor) -> None:
    meeting, dossier_id = builders.a_meeting(coordinator, NOW, days=0), a_woman(coordinator)
    row = came(coordinator, meeting, dossier_id, wants_talk=True)
    assert goose.follow_up(coordinator, row.id, NOW).followed_on == NOW.on
    step = PlanStep.for_action(coordinator, NOW.on).get(drill="meeting_talk")
    assert (step.dossier_id, step.phase, step.due_on) == (dossier_id, "inside", NOW.on)
    with refused("followed_up"):
        goose.follow_up(coordinator, row.id, NOW)


def test_who_asked_nothing_is_not_followed(coordinator: Actor, stranger: Actor) -> None:
    meeting = builders.a_meeting(coordinator, NOW, days=0)
    row = came(coordinator, meeting, a_woman(coordinator))
    with refused("no_talk_wanted"):
        goose.follow_up(coordinator, row.id, NOW)
    with pytest.raises(Http404):
        goose.follow_up(stranger, row.id, NOW)


def test_who_has_no_plan_is_referred_with_what_we_know(coordinator: Actor) -> None:
    first = referred.referred(coordinator, NOW, prison="NSL")
    referrals.decline(coordinator, first.id, DeclineReason.NOT_WILLING, NOW)
    meeting = builders.a_meeting(coordinator, NOW, days=0)
    row = came(coordinator, meeting, first.dossier_id, wants_talk=True)
    goose.follow_up(coordinator, row.id, NOW)
    found = Referral.for_action(coordinator, NOW.on).exclude(pk=first.id).get()
    assert (found.dossier_id, found.state, found.channel) == (
        first.dossier_id,
        "submitted",
        "moeder_de_gans",
    )
    assert (found.first_name, found.unit, found.consent_seen_on) == ("Wendeline", "B2", NOW.on)


def test_who_waits_for_a_first_talk_is_not_referred_twice(coordinator: Actor) -> None:
    first = referred.referred(coordinator, NOW, prison="NSL")
    meeting = builders.a_meeting(coordinator, NOW, days=0)
    row = came(coordinator, meeting, first.dossier_id, wants_talk=True)
    goose.follow_up(coordinator, row.id, NOW)
    assert Referral.for_action(coordinator, NOW.on).count() == 1
    assert PlanStep.for_action(coordinator, NOW.on).count() == 0


def test_what_is_done_is_told(coordinator: Actor, told: Callable[[UUID], list[str]]) -> None:
    meeting, dossier_id = builders.a_meeting(coordinator, NOW, days=0), a_woman(coordinator)
    row = came(coordinator, meeting, dossier_id, wants_talk=True)
    goose.follow_up(coordinator, row.id, NOW)
    assert told(dossier_id)[-1] == "moeder_de_gans.WishFollowed"
    assert list(MeetingSpeaker.of(coordinator)) == []
