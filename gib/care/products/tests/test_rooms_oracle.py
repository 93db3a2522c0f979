"""Rooms, places and trainers against a plain oracle: any row of plans leaves no minute of two in one room."""

from collections.abc import Iterator
from datetime import date, time
from itertools import combinations
from random import Random
from typing import Any
from uuid import UUID

import pytest

from gib.care.products import actions, builders
from gib.care.products.actions.meetings import NewMeeting
from gib.care.products.domain.contact import Reason
from gib.care.products.domain.meeting import Presence
from gib.care.products.ik_jij_wij import actions as courses
from gib.care.products.ik_jij_wij.models import CourseGroup, CourseSession, CourseTrainer
from gib.care.products.models import Attendance, GroupMeeting
from gib.care.products.moeder_de_gans import actions as goose
from gib.care.products.tests.conftest import NOW, day
from gib.care.trajectory import builders as trajectories
from gib.core.access.actor import Actor
from gib.core.kernel.rules import RuleBroken
from gib.people.partners.domain import Product

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
ROOMS = ("Zaal 1", "zaal 1", "Zaal 2", "")
LONG = (30, 60, 120, 240)
SEEDS = range(4)

Minutes = set[tuple[date, int]]


def minutes_of(meeting: GroupMeeting) -> Minutes:
    """Write a meeting out minute by minute."""
    begins = meeting.planned_time.hour * 60 + meeting.planned_time.minute
    return {(meeting.planned_on, minute) for minute in range(begins, begins + meeting.minutes)}


def in_one_room(rows: list[GroupMeeting]) -> Iterator[tuple[GroupMeeting, GroupMeeting]]:
    """Give every two meetings that stand in one room; a room without a name is no room."""
    for one, other in combinations(rows, 2):
        if one.room and one.room.casefold() == other.room.casefold():
            yield one, other


def standing() -> list[GroupMeeting]:
    return list(GroupMeeting.objects.planned())


def clashes() -> list[str]:
    """Name the pairs of which a minute is of both."""
    return [
        f"{one} and {other}" for one, other in in_one_room(standing()) if minutes_of(one) & minutes_of(other)
    ]


def an_hour(dice: Random) -> dict[str, Any]:
    return {"planned_on": day(dice.randrange(3)), "planned_time": time(dice.randrange(9, 16))}


def would_clash(new: NewMeeting) -> bool:
    """Work out by hand whether a meeting would stand in a room that is taken."""
    one = GroupMeeting(planned_on=new.planned_on, planned_time=new.planned_time, minutes=new.minutes)
    same = [row for row in standing() if new.room and row.room.casefold() == new.room.casefold()]
    return any(minutes_of(one) & minutes_of(row) for row in same)


@pytest.mark.parametrize("seed", SEEDS)
def test_plans_are_taken_or_refused_as_the_minutes_say(coordinator: Actor, seed: int) -> None:
    dice, team, taken = Random(seed), min(coordinator.team_ids), 0
    for _turn in range(30):
        new = NewMeeting(
            product=dice.choice((Product.MOEDER_DE_GANS, Product.MOEDER_KIND_BEZOEKEN)),
            room=dice.choice(ROOMS),
            minutes=dice.choice(LONG),
            **an_hour(dice),
        )
        expected = would_clash(new)
        try:
            actions.plan_meeting(coordinator, team, new, NOW)
            taken += 1
            assert not expected
        except RuleBroken as broken:
            assert (broken.code, expected) == ("room_taken", True)
        if dice.random() < 0.15 and standing():
            actions.cancel_meeting(coordinator, dice.choice(standing()).pk, Reason.LOCKDOWN, NOW)
    assert taken > 5
    assert clashes() == []


def test_the_oracle_notices_two_in_one_room(coordinator: Actor) -> None:
    """The negative control."""
    row = builders.a_meeting(coordinator, NOW)
    twin = GroupMeeting.objects.get(pk=row.pk)
    twin.pk = None
    twin._state.adding = True
    twin.save()
    assert len(clashes()) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_no_trainer_is_in_two_places(coordinator: Actor, seed: int) -> None:
    dice, team = Random(seed), min(coordinator.team_ids)
    helpers = [builders.a_volunteer(coordinator, NOW, Product.IK_JIJ_WIJ) for _each in range(2)]
    for number in range(5):
        new = courses.NewCourse(
            first_on=day(dice.randrange(1, 9)),
            at=time(dice.randrange(9, 13)),
            room=f"Lokaal {number}",
            sessions=2,
            pass_at=1,
        )
        course = courses.plan_course(coordinator, team, new, NOW)
        for helper in helpers:
            try:
                courses.add_trainer(coordinator, course.pk, helper.id, NOW)
            except RuleBroken as broken:
                assert broken.code == "trainer_busy"
    assert CourseTrainer.objects.count() >= 2
    for helper in helpers:
        assert double_booked(helper.id) == []


def double_booked(volunteer_id: UUID) -> list[str]:
    given = CourseTrainer.objects.filter(volunteer_id=volunteer_id, to_on__isnull=True)
    sessions = CourseSession.objects.filter(course__in=given.values("course_id")).select_related("meeting")
    rows = [session.meeting for session in sessions]
    return [f"{one} {other}" for one, other in combinations(rows, 2) if minutes_of(one) & minutes_of(other)]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_room_never_holds_more_than_it_has_places(coordinator: Actor, seed: int) -> None:
    dice, places = Random(seed), 3
    facts: dict[str, Any] = {"product": Product.MOEDER_DE_GANS, "planned_time": time(9), "places": places}
    meeting = actions.plan_meeting(
        coordinator, min(coordinator.team_ids), NewMeeting(**facts, planned_on=day(7)), NOW
    )
    women = [trajectories.inside(coordinator, NOW, number).dossier_id for number in range(4)]
    refusals = 0
    for _turn in range(12):
        try:
            _press(coordinator, meeting, women, dice)
        except RuleBroken as broken:
            assert broken.code in ("meeting_full", "already_invited")
            refusals += 1
        row = GroupMeeting.objects.get(pk=meeting.pk)
        assert _expected(coordinator, meeting) + row.expected_count <= places
    assert refusals


def _press(by: Actor, meeting: GroupMeeting, women: list[UUID], dice: Random) -> None:
    """Invite somebody, take somebody off, or take the list of the prison."""
    invited = Attendance.for_action(by, NOW.on).filter(meeting_id=meeting.pk, presence=Presence.INVITED)
    match dice.randrange(3):
        case 0:
            actions.invite(by, meeting.pk, dice.choice(women), NOW)
        case 1 if invited.exists():
            actions.take_off(by, invited[0].id, NOW)
        case _:
            goose.take_list(by, meeting.pk, dice.sample(women, 2), dice.randrange(3), NOW)


def _expected(by: Actor, meeting: GroupMeeting) -> int:
    rows = Attendance.for_action(by, NOW.on).filter(meeting_id=meeting.pk, presence=Presence.INVITED)
    return int(rows.count())


def test_a_series_of_twenty_lessons_stands_in_one_room_each_week(coordinator: Actor) -> None:
    new = courses.NewCourse(first_on=day(1), at=time(14), room="Lokaal 3", sessions=20, pass_at=15)
    course = courses.plan_course(coordinator, min(coordinator.team_ids), new, NOW)
    days = [session.meeting.planned_on for session in course.sessions.select_related("meeting")]
    assert days == [day(1 + 7 * number) for number in range(20)]
    assert {row.room for row in standing()} == {"Lokaal 3"}
    assert CourseGroup.objects.get().to_on == days[-1]
