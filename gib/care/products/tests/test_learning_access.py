"""Who may read and do what of a course and a meeting, and what the journal tells of it."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from gib.care.products import actions, builders, reactions
from gib.care.products.domain.meeting import Presence, Speaker, SpeakerState
from gib.care.products.ik_jij_wij import actions as courses
from gib.care.products.ik_jij_wij.domain import Item, Moment
from gib.care.products.ik_jij_wij.models import CourseScores, PersonalPlan
from gib.care.products.models import Attendance, Participation
from gib.care.products.moeder_de_gans import actions as goose
from gib.care.products.moeder_de_gans.domain import Question
from gib.care.products.tests.conftest import NOW, day, later
from gib.care.products.tests.test_meetings import a_course, a_student, present
from gib.care.trajectory.models import PlanStep
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.models import Happening

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
OUTSIDE: Final = (
    *(Role.PROJECT_LEADER, Role.REFERRER, Role.MUNICIPALITY, Role.SAFETY_HOUSE, Role.TECHNICAL_ADMIN),
    *(Role.PRIVACY_OFFICER, Role.VOLUNTEER),
)
WORDS: Final = courses.Words(me="Ik kan goed luisteren.", you="Wij lezen samen.", we="Mijn zus helpt.")


@pytest.fixture
def part(coordinator: Actor) -> Participation:
    """Give her part in a course with a plan and marks."""
    found, course = a_student(coordinator), a_course(coordinator)
    courses.enrol(coordinator, course.pk, found.id, NOW)
    courses.write_plan(coordinator, found.id, WORDS, NOW)
    courses.note_scores(coordinator, found.id, Moment.BEFORE, {Item.CALM: 2}, NOW)
    return found


def somebody(role: Role, **facts: Any) -> Actor:
    return Actor(UUID(int=77), role, **facts)


def happened(name: str) -> list[dict[str, Any]]:
    """Give what the journal holds under a name."""
    with rls.system("test"):
        rows = Happening.for_house("test", NOW.on).filter(name=name).order_by("at", "position")
        return [row.payload for row in rows]


@pytest.mark.parametrize("role", OUTSIDE)
def test_her_plan_and_marks_do_not_exist_outside_the_team(part: Participation, role: Role) -> None:
    reader = somebody(role)
    assert not PersonalPlan.visible_to(reader, NOW.on).exists()
    assert not CourseScores.visible_to(reader, NOW.on).exists()


def test_her_coach_knows_of_the_plan_and_does_not_read_it(coordinator: Actor, part: Participation) -> None:
    match = builders.introduced(coordinator, part, builders.a_volunteer(coordinator, NOW), NOW)
    coach = somebody(Role.VOLUNTEER, volunteer_id=match.volunteer_id)
    for row in PersonalPlan.visible_to(coach, NOW.on):
        assert not row.shows("plan")
    for marks in CourseScores.visible_to(coach, NOW.on):
        assert not marks.shows("scores")


def test_another_team_sees_neither(stranger: Actor, part: Participation) -> None:
    assert not PersonalPlan.visible_to(stranger, NOW.on).exists()
    assert not CourseScores.visible_to(stranger, NOW.on).exists()


def test_the_deputy_of_the_team_reads_and_writes(coordinator: Actor, part: Participation) -> None:
    deputy = somebody(Role.DEPUTY, team_ids=coordinator.team_ids)
    assert PersonalPlan.visible_to(deputy, NOW.on).get().me == WORDS.me
    courses.note_scores(deputy, part.id, Moment.AFTER, {Item.HELP: 4}, NOW)
    assert CourseScores.visible_to(deputy, NOW.on).count() == 2


ACTS: Final[dict[str, Callable[[Actor], Any]]] = {
    "write_plan": lambda by: courses.write_plan(by, UUID(int=1), WORDS, NOW),
    "note_scores": lambda by: courses.note_scores(by, UUID(int=1), Moment.BEFORE, {Item.CALM: 1}, NOW),
    "catch_up": lambda by: courses.catch_up(by, UUID(int=1), NOW.on, NOW),
    "add_trainer": lambda by: courses.add_trainer(by, 1, UUID(int=1), NOW),
    "end_trainer": lambda by: courses.end_trainer(by, 1, NOW),
    "ask_speaker": lambda by: goose.ask_speaker(by, 1, Speaker.LAWYER, None, NOW),
    "note_speaker": lambda by: goose.note_speaker(by, 1, SpeakerState.CAME, NOW),
    "take_list": lambda by: goose.take_list(by, 1, [], 0, NOW),
    "tally": lambda by: goose.tally(by, 1, {Question.LEARNED: {"yes": 1}}, NOW),
    "follow_up": lambda by: goose.follow_up(by, UUID(int=1), NOW),
}


@pytest.mark.parametrize("role", OUTSIDE)
@pytest.mark.parametrize("name", ACTS)
def test_nobody_outside_the_team_does_any_of_it(name: str, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        ACTS[name](somebody(role))


def test_the_journal_tells_ids_and_codes_and_none_of_her_words(part: Participation) -> None:
    (written,) = happened("ik_jij_wij.PlanWritten")
    (scored,) = happened("ik_jij_wij.Scored")
    assert set(written) == {"plan_id"}
    assert set(scored) == {"scores_id", "moment"}
    assert "luisteren" not in f"{written}{scored}"


def test_one_row_of_the_journal_for_one_that_she_caught_up_on(
    coordinator: Actor, part: Participation
) -> None:
    row = Attendance.for_action(coordinator, NOW.on).order_by("meeting__planned_on")[0]
    courses.note_session(coordinator, row.id, Presence.EXCUSED, False, later(1))
    courses.catch_up(coordinator, row.id, day(2), later(2))
    assert happened("ik_jij_wij.CaughtUp") == [{"attendance_id": str(row.id), "done_on": str(day(2))}]


def test_what_was_counted_is_told_without_the_numbers(coordinator: Actor) -> None:
    meeting = builders.a_meeting(coordinator, NOW, days=0)
    actions.hold_meeting(coordinator, meeting.pk, 3, NOW)
    goose.tally(coordinator, meeting.pk, {Question.LEARNED: {"yes": 3}}, NOW)
    assert happened("moeder_de_gans.Tallied") == [{"meeting_id": meeting.pk, "question": "learned"}]


def test_a_transfer_asks_nobody_to_finish_at_home(coordinator: Actor, part: Participation) -> None:
    present(coordinator, part, 2)
    told = {"moved": True, "from_on": str(day(20)), "prison": "ZWO"}
    reactions.on_placed(part.dossier_id, told, later(20))
    assert not PlanStep.for_action(coordinator, day(20)).filter(drill="course_home").exists()
    assert happened("ik_jij_wij.GoesOnAtHome") == []


def test_a_release_is_told_to_her(coordinator: Actor, part: Participation) -> None:
    present(coordinator, part, 2)
    reactions.on_released(part.dossier_id, {"released_on": str(day(20))}, later(20))
    assert happened("ik_jij_wij.GoesOnAtHome") == [
        {"participation_id": str(part.id), "purpose": "end_for_release"}
    ]
