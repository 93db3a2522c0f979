"""What happened on the day she left is told all the same, and a wrong tick is put right."""

from datetime import date
from typing import Any

import pytest

from gib.care.products import actions, builders, reactions
from gib.care.products.domain.contact import State as Visit
from gib.care.products.domain.meeting import Presence
from gib.care.products.domain.participation import State, StopReason
from gib.care.products.ik_jij_wij import actions as courses
from gib.care.products.ik_jij_wij.domain import Leaving, end_after
from gib.care.products.ik_jij_wij.models import CourseGroup, Enrolment
from gib.care.products.models import Attendance, Contact, GroupMeeting, Match, Participation, attended
from gib.care.products.moeder_de_gans import domain as goose
from gib.care.products.moeder_de_gans.actions import note_attendance
from gib.care.products.tests.conftest import NOW, broken, day, later, refused
from gib.care.products.tests.test_meetings import a_course, a_goose, a_student, present, state_of
from gib.care.products.tests.test_views import at, done, send
from gib.care.referral.tests.reader import text_of, visitor
from gib.core.access.actor import Actor
from gib.people.families import builders as family

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
CAME = Presence.PRESENT


def freed(actor: Actor, dossier_id: Any, on: date, now: Any) -> None:
    """Let her go free on a day, told on that day or later."""
    family.released(actor, dossier_id, now)
    reactions.on_released(dossier_id, {"released_on": str(on)}, now)


def moved(dossier_id: Any, on: date, now: Any) -> None:
    reactions.on_placed(dossier_id, {"moved": True, "prison": "TPL", "from_on": str(on)}, now)


def guest(actor: Actor, part: Participation, days: int) -> Attendance:
    meeting = builders.a_meeting(actor, NOW, days=days)
    return actions.invite(actor, meeting.pk, part.dossier_id, NOW)


def row_of(model: Any, actor: Actor, row: Any) -> Any:
    return model.for_action(actor, NOW.on).get(pk=row.id)


# A meeting


@pytest.mark.parametrize("leaves", [freed, None])
def test_who_came_before_she_left_that_day_was_present(coordinator: Actor, leaves: Any) -> None:
    part = a_goose(coordinator)
    row = guest(coordinator, part, 3)
    if leaves:
        freed(coordinator, part.dossier_id, day(3), later(3))
        assert state_of(coordinator, part) == State.ENDED_BY_RELEASE
    else:
        moved(part.dossier_id, day(3), later(3))
    assert row_of(Attendance, coordinator, row).presence == Presence.OVERTAKEN
    note_attendance(coordinator, row.id, CAME, False, later(4))
    ended = row_of(Participation, coordinator, part)
    assert (ended.state, row_of(Attendance, coordinator, row).presence) == (State.COMPLETED, CAME)
    assert ended.started_on is not None


def test_who_left_before_the_meeting_cannot_have_come(coordinator: Actor) -> None:
    part = a_goose(coordinator)
    row = guest(coordinator, part, 3)
    freed(coordinator, part.dossier_id, day(2), later(2))
    with refused("overtaken"):
        note_attendance(coordinator, row.id, CAME, False, later(3))


def test_a_release_told_late_overtakes_from_the_day_itself(coordinator: Actor) -> None:
    part, match = builders.visiting(coordinator, NOW)
    visit = actions.plan_visit(coordinator, match.id, day(3), builders.AT, "", NOW)
    freed(coordinator, part.dossier_id, day(2), later(5))
    assert row_of(Contact, coordinator, visit).state == Visit.OVERTAKEN
    ended = row_of(Participation, coordinator, part)
    assert (ended.state, ended.ended_on) == (State.ENDED_BY_RELEASE, day(2))
    with refused("overtaken"):
        actions.hold_visit(coordinator, visit.id, later(5))


def test_nobody_came_to_a_meeting_that_was_called_off(coordinator: Actor) -> None:
    part = a_goose(coordinator)
    row = guest(coordinator, part, 0)
    actions.cancel_meeting(coordinator, row.meeting_id, "lockdown", NOW)
    with refused("meeting_over"):
        note_attendance(coordinator, row.id, CAME, False, NOW)


def test_a_corrected_presence_undoes_what_it_completed(coordinator: Actor, told: Any) -> None:
    part = a_goose(coordinator)
    row = guest(coordinator, part, 0)
    note_attendance(coordinator, row.id, CAME, False, NOW)
    note_attendance(coordinator, row.id, Presence.EXCUSED, False, later(1))
    again = row_of(Participation, coordinator, part)
    assert (again.state, again.started_on, again.ended_on) == (State.PLANNED, None, None)
    assert told(part.dossier_id)[-1] == "products.Corrected"
    note_attendance(coordinator, row.id, CAME, False, later(1))
    assert state_of(coordinator, part) == State.COMPLETED


def test_a_corrected_presence_of_who_is_gone_or_began_anew_undoes_it_for_good(coordinator: Actor) -> None:
    part = a_goose(coordinator)
    row = guest(coordinator, part, 0)
    note_attendance(coordinator, row.id, CAME, False, NOW)
    actions.wish(coordinator, part.dossier_id, part.product, NOW)
    note_attendance(coordinator, row.id, Presence.PREVENTED, False, NOW)
    assert state_of(coordinator, part) == State.CANCELLED


def test_another_meeting_at_which_she_was_keeps_it_complete(coordinator: Actor) -> None:
    part = a_goose(coordinator)
    first, second = guest(coordinator, part, 0), guest(coordinator, part, 1)
    note_attendance(coordinator, first.id, CAME, False, NOW)
    assert row_of(Attendance, coordinator, second).presence == Presence.OVERTAKEN
    assert goose.end_after(Presence.EXCUSED, State.COMPLETED, 1, True) is State.COMPLETED


def test_the_page_of_a_meeting_tells_of_the_last_day(house: Actor) -> None:
    part = a_goose(house)
    row = guest(house, part, 0)
    freed(house, part.dossier_id, NOW.on, NOW)
    page = text_of(visitor(house).get(at("meeting", row.meeting_id)))
    assert "Vervallen" in page
    done(house, at("presence", row.id), presence="present")
    assert row_of(Attendance, house, row).presence == CAME


# A visit


def test_a_visit_in_the_morning_of_the_release_is_told(coordinator: Actor) -> None:
    part, match = builders.visiting(coordinator, NOW)
    first = actions.plan_visit(coordinator, match.id, day(2), builders.AT, "", NOW)
    freed(coordinator, part.dossier_id, day(2), later(2))
    assert row_of(Contact, coordinator, first).state == Visit.OVERTAKEN
    row = builders.visited(coordinator, match, day(2), later(3))
    assert (row.id, row.state, row.outcome_on) == (first.id, Visit.LOGGED, None)
    assert row_of(Match, coordinator, match).state == "ended"


def test_a_visit_of_the_last_day_is_held_on_its_page(house: Actor) -> None:
    part, match = builders.visiting(house, NOW)
    rows = [actions.plan_visit(house, match.id, day(days), builders.AT, "", NOW) for days in (0, 1)]
    freed(house, part.dossier_id, NOW.on, NOW)
    today, tomorrow = (text_of(visitor(house).get(at("visit", row.id))) for row in rows)
    assert "Het ging door" in today
    assert "Het ging door" not in tomorrow
    send(house, at("visit_step", rows[0].id, "gehouden"), sure="on")
    assert row_of(Contact, house, rows[0]).state == Visit.HELD


# A course


def sessions(actor: Actor, part: Participation) -> list[Attendance]:
    rows = Attendance.for_action(actor, NOW.on).filter(participation_id=part.id)
    return list(rows.select_related("meeting").order_by("meeting__planned_on"))


@pytest.mark.parametrize(
    ("before", "after"), [(0, State.PARTLY_COMPLETED), (1, State.PARTLY_COMPLETED), (5, State.COMPLETED)]
)
def test_the_session_of_the_last_day_counts(coordinator: Actor, before: int, after: State) -> None:
    part, course = a_student(coordinator), a_course(coordinator)
    courses.enrol(coordinator, course.pk, part.id, NOW)
    present(coordinator, part, before)
    last = sessions(coordinator, part)[before]
    on = (last.meeting.planned_on - NOW.on).days
    freed(coordinator, part.dossier_id, day(on), later(on))
    for presence, state in (
        (CAME, after),
        (Presence.EXCUSED, State.PARTLY_COMPLETED if before else State.ENDED_BY_RELEASE),
    ):
        courses.note_session(coordinator, last.id, presence, False, later(on))
        assert state_of(coordinator, part) == state
    assert attended(part) == before


def test_a_tick_after_the_course_was_closed_weighs_it_again(house: Actor) -> None:
    part, course = a_student(house), a_course(house)
    courses.enrol(house, course.pk, part.id, NOW)
    present(house, part, 5)
    courses.close_course(house, course.pk, later(50))
    assert state_of(house, part) == State.PARTLY_COMPLETED
    sixth = sessions(house, part)[5]
    courses.note_session(house, sixth.id, CAME, False, later(51))
    assert state_of(house, part) == State.COMPLETED


def test_what_a_person_decided_about_a_course_stands(coordinator: Actor) -> None:
    part, course = a_student(coordinator), a_course(coordinator)
    courses.enrol(coordinator, course.pk, part.id, NOW)
    present(coordinator, part, 2)
    actions.complete(coordinator, part.id, later(10))
    reactions.on_completed(part.dossier_id, {"participation_id": str(part.id)}, later(10))
    second = sessions(coordinator, part)[1]
    courses.note_session(coordinator, second.id, Presence.EXCUSED, False, later(10))
    assert state_of(coordinator, part) == State.COMPLETED
    assert end_after(Leaving.OWN_WISH, State.COMPLETED, 0, 6) is State.COMPLETED
    assert end_after(Leaving.FINISHED, State.RUNNING, 6, 6) is State.RUNNING


def test_who_left_a_course_may_join_it_again(coordinator: Actor) -> None:
    part, course = a_student(coordinator), a_course(coordinator, 0)
    first = courses.enrol(coordinator, course.pk, part.id, NOW)
    present(coordinator, part, 1)
    courses.leave_course(coordinator, first.id, Leaving.OWN_WISH, NOW)
    second = courses.enrol(coordinator, course.pk, part.id, NOW)
    assert second.id != first.id
    found = [row.presence for row in sessions(coordinator, part)]
    assert found == [CAME, *[Presence.INVITED] * 7]
    with broken("already_enrolled"):
        courses.enrol(coordinator, course.pk, part.id, NOW)


def test_who_began_anew_joins_with_her_new_part(coordinator: Actor) -> None:
    part, course = a_student(coordinator), a_course(coordinator)
    courses.enrol(coordinator, course.pk, part.id, NOW)
    actions.stop(coordinator, part.id, StopReason.NO_TIME, NOW)
    reactions.on_stopped(part.dossier_id, {"participation_id": str(part.id)}, NOW)
    gone = Enrolment.for_action(coordinator, NOW.on).get(participation_id=part.id)
    assert (gone.to_on, gone.reason) == (NOW.on, Leaving.OWN_WISH)
    assert {row.presence for row in sessions(coordinator, part)} == {Presence.OVERTAKEN}
    anew = builders.planned(coordinator, part.dossier_id, part.product, NOW)
    courses.enrol(coordinator, course.pk, anew.id, NOW)
    assert {row.presence for row in sessions(coordinator, anew)} == {Presence.INVITED}
    assert sessions(coordinator, part) == []


def test_the_pages_let_her_join_again_and_tick_a_session(house: Actor) -> None:
    part, course = a_student(house), a_course(house, 0)
    first = courses.enrol(house, course.pk, part.id, NOW)
    form = at("course_enrol", course.pk)
    assert str(part.id) not in text_of(visitor(house).get(form))
    courses.leave_course(house, first.id, Leaving.OWN_WISH, NOW)
    assert str(part.id) in text_of(visitor(house).get(form))
    done(house, form, chosen=str(part.id))
    row = sessions(house, part)[0]
    page = text_of(visitor(house).get(at("meeting", row.meeting_id)))
    assert at("session_presence", row.id) in page
    done(house, at("session_presence", row.id), presence="present")
    assert attended(part) == 1


def test_strangers_tick_nothing(house: Actor, stranger: Actor) -> None:
    part, course = a_student(house), a_course(house, 0)
    courses.enrol(house, course.pk, part.id, NOW)
    row = sessions(house, part)[0]
    assert visitor(stranger).get(at("session_presence", row.id)).status_code == 404
    assert CourseGroup.objects.count() == 1
    assert GroupMeeting.objects.count() == 8
