"""The pages of a course: who gives it, one mother in it, her plan, her marks and her certificate."""

from typing import Any
from uuid import UUID

import pytest

from gib.care.products import actions, builders
from gib.care.products.actions.contacts import Log
from gib.care.products.domain.contact import Reason
from gib.care.products.domain.meeting import Presence
from gib.care.products.ik_jij_wij import actions as courses
from gib.care.products.ik_jij_wij import papers
from gib.care.products.ik_jij_wij.models import CourseGroup, CourseTrainer, Enrolment, PersonalPlan
from gib.care.products.models import Attendance, Participation
from gib.care.products.tests.conftest import NOW, day, later
from gib.care.products.tests.test_group_views import a_course, a_student
from gib.care.products.tests.test_meetings import present
from gib.care.products.tests.test_views import at, done, send
from gib.care.referral.tests.reader import queries, text_of, visitor
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.people.partners.domain import Product

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
STUDENT_PAGES = ("student", "own_plan", "course_scores", "course_leave")


@pytest.fixture
def course(house: Actor) -> CourseGroup:
    return a_course(house)


@pytest.fixture
def part(house: Actor) -> Participation:
    return a_student(house)


@pytest.fixture
def row(house: Actor, course: CourseGroup, part: Participation) -> Enrolment:
    return courses.enrol(house, course.pk, part.id, NOW)


def page(house: Actor, name: str, *args: Any, now: Any = NOW) -> str:
    return text_of(visitor(house, now).get(at(name, *args)))


def arguments(name: str, row: Enrolment) -> list[Any]:
    return [row.id, "vooraf"] if name == "course_scores" else [row.id]


def test_a_trainer_by_hand(house: Actor, course: CourseGroup) -> None:
    helper = builders.a_volunteer(house, NOW)
    assert "Nog geen trainer" in page(house, "course", course.pk)
    done(house, at("trainer_add", course.pk), chosen=str(helper.id))
    row = CourseTrainer.of(house).get()
    assert at("trainer_end", row.pk) in page(house, "course", course.pk)
    answer = send(house, at("trainer_add", course.pk), chosen=str(helper.id))
    assert (answer.status_code, "al trainer" in text_of(answer)) == (422, True)
    done(house, at("trainer_end", row.pk))
    assert "Nog geen trainer" in page(house, "course", course.pk)
    assert visitor(house).get(at("trainer_end", row.pk)).status_code == 404


def test_a_lesson_that_fell_through_by_hand(house: Actor, course: CourseGroup, row: Enrolment) -> None:
    session = course.sessions.get(number=2)
    url = at("session_replace", course.pk, 2)
    assert url not in page(house, "course", course.pk)
    actions.cancel_meeting(house, session.meeting_id, Reason.LOCKDOWN, NOW)
    assert url in page(house, "course", course.pk)
    answer = send(house, url, on="26-1-2011", at="15:00")
    assert (answer.status_code, "al bezet" in text_of(answer)) == (302, False)
    assert course.sessions.get(number=2).meeting.planned_on == day(15)
    assert visitor(house).get(at("session_replace", course.pk, 9)).status_code == 404


def test_one_mother_in_a_course(house: Actor, course: CourseGroup, row: Enrolment) -> None:
    shown = page(house, "student", row.id)
    for word in ("Madelief S.", "0 lessen gevolgd, 6 nodig", "Les 1", "Nog geen gesprek"):
        assert word in shown, word
    assert at("student", row.id) in page(house, "course", course.pk)
    assert at("certificate", row.id) not in shown


def test_a_missed_lesson_by_hand(house: Actor, row: Enrolment) -> None:
    first = Attendance.for_action(house, NOW.on).order_by("meeting__planned_on")[0]
    then = later(1)
    done(house, at("session_presence", first.id), then, presence="excused")
    assert at("session_caught_up", first.id) in page(house, "student", row.id, now=then)
    assert done(house, at("session_caught_up", first.id), then, done_on="12-1-2011") == at("student", row.id)
    shown = page(house, "student", row.id, now=then)
    assert all(word in shown for word in ("Ingehaald op wo 12 jan", "1 lessen gevolgd"))
    answer = send(house, at("session_caught_up", first.id), then, done_on="12-1-2011")
    assert (answer.status_code, "miste deze les niet" in text_of(answer)) == (422, True)


def test_her_own_plan_by_hand(house: Actor, row: Enrolment) -> None:
    told = {"me": "Ik kan goed luisteren.", "you": "Wij lezen samen.", "we": "Mijn zus helpt."}
    done(house, at("own_plan", row.id), **told)
    shown = page(house, "student", row.id)
    assert all(words in shown for words in told.values())
    done(house, at("own_plan", row.id), me="", you="", we="")
    assert PersonalPlan.visible_to(house, NOW.on).get().me == ""


def test_two_who_write_her_plan_at_once_see_both(house: Actor, row: Enrolment) -> None:
    done(house, at("own_plan", row.id), me="Ik durf meer.")
    kept = PersonalPlan.visible_to(house, NOW.on).get().version
    done(house, at("own_plan", row.id), me="Ik durf veel.")
    answer = send(house, at("own_plan", row.id), me="Ik durf alles.", version=str(kept))
    assert answer.status_code == 422
    assert all(words in text_of(answer) for words in ("Ik durf alles.", "Ik durf veel."))


def test_her_marks_by_hand(house: Actor, row: Enrolment) -> None:
    done(house, at("course_scores", row.id, "vooraf"), calm="1", help="0")
    done(house, at("course_scores", row.id, "achteraf"), calm="4")
    shown = page(house, "student", row.id)
    assert "Ik blijf rustig als het moeilijk is" in shown
    assert '<td class="num">1</td><td class="num">4</td>' in shown
    assert '<td class="num">0</td><td class="num">–</td>' in shown
    assert visitor(house).get(at("course_scores", row.id, "ooit")).status_code == 404


def test_nothing_filled_in_is_no_answer(house: Actor, row: Enrolment) -> None:
    answer = send(house, at("course_scores", row.id, "vooraf"))
    assert answer.status_code == 422
    assert "Vul ten minste een cijfer in" in text_of(answer)


def test_a_talk_with_her_coach_stands_on_her_page(house: Actor, part: Participation, row: Enrolment) -> None:
    match = builders.introduced(house, part, builders.a_volunteer(house, NOW), NOW)
    assert at("match", match.id) in page(house, "student", row.id)
    actions.log_visit(house, match.id, Log(held_on=NOW.on, minutes=60, note="Zij wil werken."), NOW)
    shown = page(house, "student", row.id)
    assert all(word in shown for word in ("di 11 jan", "Gehouden"))


def test_a_guest_of_one_lesson_stands_apart(house: Actor, course: CourseGroup, part: Participation) -> None:
    session = course.sessions.get(number=1)
    actions.invite(house, session.meeting_id, part.dossier_id, NOW)
    shown = page(house, "course", course.pk)
    assert "Alleen bij een losse les" in shown
    assert "0 lessen gevolgd" in shown


def test_a_certificate_is_for_who_was_there_often_enough(
    house: Actor, part: Participation, row: Enrolment
) -> None:
    present(house, part, 5)
    assert visitor(house, later(50)).get(at("certificate", row.id)).status_code == 404
    missed = Attendance.for_action(house, NOW.on).order_by("meeting__planned_on")[5]
    courses.note_session(house, missed.id, Presence.PREVENTED, False, later(36))
    courses.catch_up(house, missed.id, day(40), later(40))
    assert at("certificate", row.id) in page(house, "student", row.id, now=later(50))
    answer = visitor(house, later(50)).get(at("certificate", row.id))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    words = str(papers.certificate_words("Madelief Speenkruid", 6, day(50), "Nieuwersluis"))
    assert all(word in words for word in ("Madelief Speenkruid", "6 lessen", "Nieuwersluis"))
    assert "P.I." not in words
    assert "gevangenis" not in words


def test_a_lesson_leads_to_its_course(house: Actor, stranger: Actor, course: CourseGroup) -> None:
    lesson = course.sessions.get(number=3).meeting_id
    assert at("course_of", lesson) in page(house, "meeting", lesson)
    assert "Nog geen trainer" in page(house, "course_of", lesson)
    assert visitor(stranger).get(at("course_of", lesson)).status_code == 404
    assert visitor(house).get(at("course_of", 99999)).status_code == 404
    assert visitor(Actor(UUID(int=9), Role.VOLUNTEER)).get(at("course_of", lesson)).status_code == 403


def test_a_new_course_begins_with_the_numbers_of_the_house(house: Actor) -> None:
    form = visitor(house).get(at("course_add")).context["form"]
    assert (form["sessions"].value(), form["pass_at"].value()) == (8, 6)


def test_a_course_of_one_and_of_five_costs_the_same(
    house: Actor, course: CourseGroup, row: Enrolment
) -> None:
    courses.add_trainer(house, course.pk, builders.a_volunteer(house, NOW).id, NOW)
    few = queries(visitor(house), at("course", course.pk))
    for number in range(1, 5):
        courses.enrol(house, course.pk, a_student(house, number).id, NOW)
        courses.add_trainer(house, course.pk, builders.a_volunteer(house, NOW, Product.IK_JIJ_WIJ).id, NOW)
    assert queries(visitor(house), at("course", course.pk)) == few <= 15
    assert queries(visitor(house), at("student", row.id)) <= 15


@pytest.mark.parametrize("name", STUDENT_PAGES)
def test_others_and_one_mother(house: Actor, stranger: Actor, row: Enrolment, name: str) -> None:
    url = at(name, *arguments(name, row))
    assert visitor(house).get(url).status_code == 200
    assert visitor(stranger).get(url).status_code == 404
    assert visitor(Actor(UUID(int=9), Role.VOLUNTEER)).get(url).status_code == 403


def test_others_and_a_course(house: Actor, stranger: Actor, course: CourseGroup, row: Enrolment) -> None:
    trainer = courses.add_trainer(house, course.pk, builders.a_volunteer(house, NOW).id, NOW)
    lesson = Attendance.for_action(house, NOW.on)[0]
    volunteer = visitor(Actor(UUID(int=9), Role.VOLUNTEER))
    for url in (
        at("trainer_add", course.pk),
        at("trainer_end", trainer.pk),
        at("session_replace", course.pk, 1),
        at("session_caught_up", lesson.id),
        at("certificate", row.id),
    ):
        assert visitor(stranger).get(url).status_code == 404
        assert volunteer.get(url).status_code == 403
