"""Courses on the database: trainers, sessions that move, what a mother makes of it, finishing at home."""

from datetime import time
from typing import Any
from uuid import UUID

import pytest
from django.http import Http404

from gib.care.products import actions, builders, reactions
from gib.care.products.domain.contact import Reason
from gib.care.products.domain.meeting import Presence
from gib.care.products.domain.participation import State, is_drop_out
from gib.care.products.ik_jij_wij import actions as courses
from gib.care.products.ik_jij_wij.actions import Words
from gib.care.products.ik_jij_wij.domain import Item, Leaving, Moment
from gib.care.products.ik_jij_wij.models import CourseGroup, CourseScores, CourseTrainer, PersonalPlan
from gib.care.products.models import Attendance, Participation, attended
from gib.care.products.tests.conftest import NOW, day, later, refused
from gib.care.products.tests.test_meetings import a_course, a_student, present, state_of
from gib.care.trajectory.models import PlanStep
from gib.core.access.actor import Actor
from gib.core.kernel.clock import Now
from gib.people.partners import actions as places
from gib.people.partners.actions import ClosureFacts
from gib.people.partners.domain import Closing, Product
from gib.people.volunteers.domain import State as Helper

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])


def joined(coordinator: Actor, **facts: Any) -> tuple[Participation, CourseGroup]:
    part, course = a_student(coordinator), a_course(coordinator, **facts)
    courses.enrol(coordinator, course.pk, part.id, NOW)
    return part, course


def lessons(coordinator: Actor, part: Participation) -> list[Attendance]:
    rows = Attendance.for_action(coordinator, NOW.on).filter(participation_id=part.id)
    return list(rows.select_related("meeting").order_by("meeting__planned_on"))


def missed(coordinator: Actor, row: Attendance, presence: Presence = Presence.EXCUSED) -> Now:
    """Let her miss a session; give the hour afterwards."""
    then = later((row.meeting.planned_on - NOW.on).days)
    courses.note_session(coordinator, row.id, presence, False, then)
    return then


# ---- trainers and rooms


def test_a_trainer_gives_a_course_until_somebody_says_not_any_more(
    coordinator: Actor, stranger: Actor
) -> None:
    course, helper = a_course(coordinator), builders.a_volunteer(coordinator, NOW)
    row = courses.add_trainer(coordinator, course.pk, helper.id, NOW)
    assert list(CourseTrainer.of(coordinator)) == [row]
    assert list(CourseTrainer.of(stranger)) == []
    with refused("already_trainer"):
        courses.add_trainer(coordinator, course.pk, helper.id, NOW)
    for act in (
        lambda: courses.add_trainer(stranger, course.pk, helper.id, NOW),
        lambda: courses.add_trainer(coordinator, course.pk, UUID(int=4), NOW),
        lambda: courses.end_trainer(stranger, row.pk, NOW),
    ):
        with pytest.raises(Http404):
            act()
    assert courses.end_trainer(coordinator, row.pk, later(3)).to_on == day(3)
    with pytest.raises(Http404):
        courses.end_trainer(coordinator, row.pk, later(3))
    courses.add_trainer(coordinator, course.pk, helper.id, later(4))


@pytest.mark.requirement("VOG-01")
def test_who_lacks_a_paper_gives_no_course(coordinator: Actor) -> None:
    course = a_course(coordinator)
    helper = builders.a_volunteer(coordinator, NOW, Product.MOEDERMAATJES)
    with refused("volunteer_not_allowed"):
        courses.add_trainer(coordinator, course.pk, helper.id, NOW)


def test_nobody_gives_two_courses_at_one_hour(coordinator: Actor) -> None:
    first, helper = a_course(coordinator), builders.a_volunteer(coordinator, NOW)
    courses.add_trainer(coordinator, first.pk, helper.id, NOW)
    team, new = min(coordinator.team_ids), courses.NewCourse(first_on=day(8), at=time(15), room="Lokaal 4")
    second = courses.plan_course(coordinator, team, new, NOW)
    with refused("trainer_busy"):
        courses.add_trainer(coordinator, second.pk, helper.id, NOW)
    new = courses.NewCourse(first_on=day(8), at=time(16), room="Lokaal 5")
    third = courses.plan_course(coordinator, team, new, NOW)
    courses.add_trainer(coordinator, third.pk, helper.id, NOW)


def test_nobody_gives_a_course_while_she_visits_a_mother(coordinator: Actor) -> None:
    _part, match = builders.visiting(coordinator, NOW)
    course = a_course(coordinator)
    actions.plan_visit(coordinator, match.id, day(8), time(14, 30), "Bezoekzaal", NOW)
    with refused("trainer_busy"):
        courses.add_trainer(coordinator, course.pk, match.volunteer_id, NOW)


def test_a_course_has_its_room_for_itself(coordinator: Actor) -> None:
    a_course(coordinator)
    new = courses.NewCourse(first_on=day(22), at=time(15), room="lokaal 3")
    with refused("room_taken"):
        courses.plan_course(coordinator, min(coordinator.team_ids), new, NOW)
    assert CourseGroup.objects.count() == 1


def test_a_session_of_more_than_twelve_hours_is_no_session(coordinator: Actor) -> None:
    new = courses.NewCourse(first_on=day(22), at=time(8), minutes=721)
    with refused("minutes_out_of_range"):
        courses.plan_course(coordinator, min(coordinator.team_ids), new, NOW)


def test_a_volunteer_who_left_gives_no_course(coordinator: Actor) -> None:
    course, helper = a_course(coordinator), builders.a_volunteer(coordinator, NOW)
    courses.add_trainer(coordinator, course.pk, helper.id, NOW)
    told = {"state": str(Helper.LEFT), "volunteer_id": str(helper.id)}
    reactions.on_volunteer_moved(None, told, later(2))
    assert list(CourseTrainer.of(coordinator)) == []


# ---- a session that moves


def test_a_session_that_fell_through_gets_another_day(coordinator: Actor, stranger: Actor) -> None:
    part, course = joined(coordinator)
    session = course.sessions.get(number=8)
    with refused("session_stands"):
        courses.replace_session(coordinator, course.pk, 8, day(60), time(14), NOW)
    actions.cancel_meeting(coordinator, session.meeting_id, Reason.LOCKDOWN, NOW)
    with refused("visit_in_past"):
        courses.replace_session(coordinator, course.pk, 8, day(-1), time(14), NOW)
    with refused("room_taken"):
        courses.replace_session(coordinator, course.pk, 8, day(8), time(13, 30), NOW)
    for actor, number in ((stranger, 8), (coordinator, 9)):
        with pytest.raises(Http404):
            courses.replace_session(actor, course.pk, number, day(60), time(14), NOW)
    found = courses.replace_session(coordinator, course.pk, 8, day(60), time(14), NOW)
    assert (found.meeting.planned_on, found.meeting.room) == (day(60), "Lokaal 3")
    assert CourseGroup.objects.get().to_on == day(60)
    assert lessons(coordinator, part)[-1].meeting_id == found.meeting_id
    with refused("course_running"):
        courses.close_course(coordinator, course.pk, later(55))


def test_a_new_day_is_not_one_on_which_the_prison_is_closed(coordinator: Actor) -> None:
    course = a_course(coordinator)
    actions.cancel_meeting(coordinator, course.sessions.get(number=1).meeting_id, Reason.LOCKDOWN, NOW)
    closed = ClosureFacts(from_on=day(20), to_on=day(21), why=Closing.LOCKDOWN)
    places.close_prison(coordinator, "NSL", closed, NOW)
    with refused("prison_closed"):
        courses.replace_session(coordinator, course.pk, 1, day(20), time(14), NOW)


def test_a_new_day_suits_the_trainer_too(coordinator: Actor) -> None:
    course, helper = a_course(coordinator), builders.a_volunteer(coordinator, NOW)
    courses.add_trainer(coordinator, course.pk, helper.id, NOW)
    new = courses.NewCourse(first_on=day(3), at=time(10), room="Lokaal 4")
    other = courses.plan_course(coordinator, min(coordinator.team_ids), new, NOW)
    courses.add_trainer(coordinator, other.pk, helper.id, NOW)
    actions.cancel_meeting(coordinator, course.sessions.get(number=1).meeting_id, Reason.LOCKDOWN, NOW)
    with refused("trainer_busy"):
        courses.replace_session(coordinator, course.pk, 1, day(10), time(11), NOW)


def test_after_its_end_a_course_has_no_session_trainer_or_student_more(coordinator: Actor) -> None:
    part, course = a_student(coordinator), a_course(coordinator)
    helper = builders.a_volunteer(coordinator, NOW)
    actions.cancel_meeting(coordinator, course.sessions.get(number=8).meeting_id, Reason.LOCKDOWN, NOW)
    end = later(60)
    courses.close_course(coordinator, course.pk, end)
    for act in (
        lambda: courses.replace_session(coordinator, course.pk, 8, day(70), time(14), end),
        lambda: courses.add_trainer(coordinator, course.pk, helper.id, end),
        lambda: courses.enrol(coordinator, course.pk, part.id, end),
        lambda: courses.close_course(coordinator, course.pk, end),
    ):
        with refused("course_over"):
            act()


# ---- each session stands alone


def test_a_woman_may_come_to_one_session_without_joining(coordinator: Actor) -> None:
    part, course = a_student(coordinator), a_course(coordinator, days=0)
    session = course.sessions.get(number=1)
    row = actions.invite(coordinator, session.meeting_id, part.dossier_id, NOW)
    courses.note_session(coordinator, row.id, Presence.PRESENT, False, NOW)
    assert state_of(coordinator, part) == State.RUNNING
    assert attended(part) == 1


def test_a_missed_session_is_caught_up_on(coordinator: Actor, stranger: Actor) -> None:
    part, _course = joined(coordinator)
    row = lessons(coordinator, part)[0]
    with refused("nothing_missed"):
        courses.catch_up(coordinator, row.id, NOW.on, NOW)
    then = missed(coordinator, row)
    with refused("caught_up_early"):
        courses.catch_up(coordinator, row.id, NOW.on, then)
    with refused("visit_in_future"):
        courses.catch_up(coordinator, row.id, day(9), then)
    with pytest.raises(Http404):
        courses.catch_up(stranger, row.id, then.on, then)
    assert attended(part) == 0
    courses.catch_up(coordinator, row.id, then.on, then)
    assert attended(part) == 1
    with refused("nothing_missed"):
        courses.catch_up(coordinator, row.id, then.on, then)


def test_who_was_there_after_all_did_not_catch_up(coordinator: Actor) -> None:
    part, _course = joined(coordinator)
    row = lessons(coordinator, part)[0]
    then = missed(coordinator, row)
    courses.catch_up(coordinator, row.id, then.on, then)
    found = courses.note_session(coordinator, row.id, Presence.PRESENT, False, then)
    assert (found.caught_up_on, attended(part)) == (None, 1)


def test_another_meeting_is_not_caught_up_on(coordinator: Actor) -> None:
    part, meeting = a_student(coordinator), builders.a_meeting(coordinator, NOW, days=0)
    row = actions.invite(coordinator, meeting.pk, part.dossier_id, NOW)
    actions.note_presence(coordinator, row.id, Presence.EXCUSED, NOW)
    with refused("wrong_product"):
        courses.catch_up(coordinator, row.id, NOW.on, NOW)


def test_five_sessions_and_one_caught_up_on_complete_the_course(coordinator: Actor) -> None:
    part, course = joined(coordinator)
    present(coordinator, part, 5)
    row = lessons(coordinator, part)[5]
    then = missed(coordinator, row, Presence.PREVENTED)
    end = later(60)
    courses.close_course(coordinator, course.pk, end)
    assert state_of(coordinator, part) == State.PARTLY_COMPLETED
    courses.catch_up(coordinator, row.id, then.on, end)
    assert state_of(coordinator, part) == State.COMPLETED


# ---- her own plan and her marks


def test_her_plan_is_hers_and_lies_sealed(coordinator: Actor, stranger: Actor) -> None:
    part, _course = joined(coordinator)
    words = Words(me="Ik kan goed luisteren.", you="Wij lezen samen.", we="Mijn zus helpt.")
    row = courses.write_plan(coordinator, part.id, words, NOW)
    raw = PersonalPlan.for_house("test", NOW.on).filter(pk=row.id).values_list("me", "you", "we")
    assert "luisteren" not in str(list(raw))
    found = PersonalPlan.visible_to(coordinator, NOW.on).get()
    assert (found.me, found.written_on) == ("Ik kan goed luisteren.", NOW.on)
    courses.write_plan(coordinator, part.id, Words(me="Ik durf nee te zeggen.", version=found.version), NOW)
    assert PersonalPlan.visible_to(coordinator, NOW.on).get().me == "Ik durf nee te zeggen."
    with refused("newer_version"):
        courses.write_plan(coordinator, part.id, Words(me="Iets anders", version=0), NOW)
    with pytest.raises(Http404):
        courses.write_plan(stranger, part.id, words, NOW)


def test_a_plan_and_marks_are_of_a_course_that_has_begun(coordinator: Actor) -> None:
    part = a_student(coordinator)
    with refused("wrong_product"):
        courses.write_plan(coordinator, part.id, Words(me="Te vroeg"), NOW)
    with refused("wrong_product"):
        courses.note_scores(coordinator, part.id, Moment.BEFORE, {Item.CALM: 3}, NOW)


def test_she_gives_marks_before_and_after_and_may_leave_any_open(coordinator: Actor) -> None:
    part, _course = joined(coordinator)
    courses.note_scores(coordinator, part.id, Moment.BEFORE, {Item.CALM: 0, Item.HELP: None}, NOW)
    courses.note_scores(coordinator, part.id, Moment.AFTER, dict.fromkeys(Item, 4), later(1))
    courses.note_scores(coordinator, part.id, Moment.BEFORE, {Item.CALM: 1}, later(2))
    rows = {row.moment: row for row in CourseScores.visible_to(coordinator, NOW.on)}
    assert [(row.calm, row.help, row.filled_on) for row in rows.values()] != []
    assert (rows["before"].calm, rows["before"].help, rows["before"].filled_on) == (1, None, day(2))
    assert (rows["after"].calm, rows["after"].help) == (4, 4)
    with refused("mark_out_of_range"):
        courses.note_scores(coordinator, part.id, Moment.AFTER, {Item.CALM: 6}, NOW)
    with refused("nothing_answered"):
        courses.note_scores(coordinator, part.id, Moment.AFTER, {}, NOW)


# ---- released in mid-series


def test_a_release_halfway_goes_on_at_home_and_is_no_drop_out(coordinator: Actor) -> None:
    part, _course = joined(coordinator)
    present(coordinator, part, 3)
    reactions.on_released(part.dossier_id, {"released_on": str(day(20))}, later(20))
    row = Participation.visible_to(coordinator, day(20)).get_or_404(pk=part.id)
    assert (row.state, is_drop_out(State(row.state), row.started_on)) == (State.PARTLY_COMPLETED, False)
    steps = PlanStep.for_action(coordinator, day(20)).filter(drill="course_home")
    assert [(step.phase, step.due_on) for step in steps] == [("home", day(20))]
    left = lessons(coordinator, part)[3:6]
    for each in left:
        assert each.presence == Presence.OVERTAKEN
        courses.catch_up(coordinator, each.id, day(60), later(60))
    assert state_of(coordinator, part) == State.COMPLETED


def test_who_had_completed_it_has_nothing_to_finish(coordinator: Actor) -> None:
    part, _course = joined(coordinator)
    present(coordinator, part, 6)
    reactions.on_released(part.dossier_id, {"released_on": str(day(45))}, later(45))
    assert not PlanStep.for_action(coordinator, day(45)).filter(drill="course_home").exists()


def test_who_stopped_herself_is_not_sent_after(coordinator: Actor) -> None:
    part, _course = joined(coordinator)
    enrolment = courses.leave_for(coordinator, part.dossier_id, Leaving.OWN_WISH, NOW)
    assert courses.finish_at_home(coordinator, enrolment, NOW) == 0
