"""The pages and papers of an information meeting."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from gib.care.products import actions, builders
from gib.care.products.domain.contact import Theme
from gib.care.products.domain.meeting import Presence, Speaker
from gib.care.products.models import Attendance, GroupMeeting, MeetingSpeaker
from gib.care.products.moeder_de_gans import actions as goose
from gib.care.products.moeder_de_gans import papers
from gib.care.products.moeder_de_gans.domain import Question
from gib.care.products.moeder_de_gans.models import tally_of
from gib.care.products.tests.conftest import NOW, later
from gib.care.products.tests.test_views import at, done, send
from gib.care.referral.tests.reader import text_of, visitor
from gib.care.trajectory import builders as trajectories
from gib.care.trajectory.models import PlanStep
from gib.core.access.actor import Actor
from gib.core.access.tables import Role

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
MEETING_PAGES = ("programme", "speaker_add", "take_list", "meeting_questions", "meeting_poll", "flyer")


@pytest.fixture
def meeting(house: Actor) -> GroupMeeting:
    return builders.a_meeting(house, NOW, days=0)


def a_guest(house: Actor, meeting: GroupMeeting, number: int = 0) -> Attendance:
    plan = trajectories.inside(house, NOW, number)
    return actions.invite(house, meeting.pk, plan.dossier_id, NOW)


def page(house: Actor, name: str, *args: Any) -> str:
    return text_of(visitor(house).get(at(name, *args)))


def test_a_speaker_by_hand(house: Actor, meeting: GroupMeeting) -> None:
    assert "Nog niemand gevraagd" in page(house, "programme", meeting.pk)
    done(house, at("speaker_add", meeting.pk), kind="lawyer", provider="")
    row = MeetingSpeaker.of(house).get()
    shown = page(house, "programme", meeting.pk)
    assert all(word in shown for word in ("Advocaat", "Gevraagd", "Sinds di 11 jan"))
    done(house, at("speaker_step", row.pk, "komt"))
    done(house, at("speaker_step", row.pk, "kwam-niet"))
    shown = page(house, "programme", meeting.pk)
    assert "Kwam niet" in shown
    assert at("speaker_step", row.pk, "was-er") in shown
    assert at("speaker_step", row.pk, "komt") not in shown
    assert visitor(house).get(at("speaker_step", row.pk, "danst")).status_code == 404
    assert visitor(house).get(at("speaker_step", 99999, "komt")).status_code == 404


def test_before_the_day_nobody_can_have_come(house: Actor) -> None:
    meeting = builders.a_meeting(house, NOW, days=7)
    row = goose.ask_speaker(house, meeting.pk, Speaker.LAWYER, None, NOW)
    shown = page(house, "programme", meeting.pk)
    assert at("speaker_step", row.pk, "was-er") not in shown
    assert "Tel de vragen" not in shown
    assert "Deze dag moet nog komen" in text_of(send(house, at("speaker_step", row.pk, "was-er")))


def test_the_list_of_the_prison_by_hand(house: Actor, meeting: GroupMeeting) -> None:
    first, second = (trajectories.inside(house, NOW, number).dossier_id for number in (0, 1))
    shown = page(house, "take_list", meeting.pk)
    assert str(first) in shown
    done(house, at("take_list", meeting.pk), known=[str(first)], others="3")
    assert Attendance.for_action(house, NOW.on).get().dossier_id == first
    assert "nog 3 andere vrouwen" in page(house, "meeting", meeting.pk)
    shown = page(house, "take_list", meeting.pk)
    assert str(first) not in shown
    assert str(second) in shown
    answer = send(house, at("take_list", meeting.pk), known=[str(second)], others="60")
    assert answer.status_code == 422
    assert "Deze zaal is vol: er zijn 60 plekken" in text_of(answer)


def test_questions_and_slips_by_hand(house: Actor, meeting: GroupMeeting) -> None:
    guest = a_guest(house, meeting)
    actions.note_presence(house, guest.id, Presence.PRESENT, NOW)
    actions.hold_meeting(house, meeting.pk, 3, NOW)
    done(house, at("meeting_questions", meeting.pk), asked_money="4", asked_housing="")
    answers = {"stress_before_4": "4", "stress_after_2": "3", "stress_after_3": "1", "learned_yes": "3"}
    done(house, at("meeting_poll", meeting.pk), **answers, learned_no="1")
    shown = page(house, "programme", meeting.pk)
    for word in ("Geld", "4,0", "2,2", "3 / 4", "4 briefjes"):
        assert word in shown, word
    assert tally_of(meeting.pk)[Question.STRESS_BEFORE]["1"] == 0
    answer = send(house, at("meeting_poll", meeting.pk), knows_whom_yes="5")
    assert answer.status_code == 422
    assert "Er waren er 4" in text_of(answer)
    assert 'value="5"' in text_of(answer)


def test_a_talk_is_arranged_with_one_press(house: Actor, meeting: GroupMeeting) -> None:
    guest = a_guest(house, meeting)
    done(house, at("presence", guest.id), presence="present", wants_talk="on")
    url = at("follow_up", guest.id)
    assert url in page(house, "meeting", meeting.pk)
    assert visitor(house).post(url, {"token": str(uuid4())}).url == at("meeting", meeting.pk)
    assert PlanStep.for_action(house, NOW.on).filter(drill="meeting_talk").count() == 1
    shown = page(house, "meeting", meeting.pk)
    assert "Dit is geregeld" in shown
    assert url not in shown
    answer = visitor(house).post(url, {"token": str(uuid4())})
    assert answer.status_code == 422
    assert "Dit is al geregeld" in text_of(answer)
    assert visitor(house).get(url).status_code == 405


def test_a_woman_without_a_dossier_who_wants_a_talk_is_referred(house: Actor, meeting: GroupMeeting) -> None:
    actions.hold_meeting(house, meeting.pk, 2, NOW)
    shown = page(house, "meeting", meeting.pk)
    assert "Meld haar aan" in shown


def test_the_flyer_tells_when_and_of_what_and_names_nobody(house: Actor) -> None:
    row = builders.a_meeting(house, NOW, days=7)
    row.themes = ",".join((Theme.MONEY, Theme.HOUSING))
    goose.ask_speaker(house, row.pk, Speaker.LAWYER, None, NOW)
    a_guest(house, row)
    words = str(papers.flyer_words(row, row.speakers.all()))
    for word in ("Moeder de Gans", "18 januari 2011", "10:30 - 12:30", "Geld", "Wonen", "Advocaat"):
        assert word in words, word
    assert "Madelief" not in words
    answer = visitor(house).get(at("flyer", row.pk))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_who_declined_is_not_on_the_flyer(house: Actor, meeting: GroupMeeting) -> None:
    row = goose.ask_speaker(house, meeting.pk, Speaker.LAWYER, None, NOW)
    done(house, at("speaker_step", row.pk, "komt-niet"))
    assert "Advocaat" not in str(papers.flyer_words(meeting, meeting.speakers.all()))


def test_each_woman_gets_a_letter_of_her_own(house: Actor, meeting: GroupMeeting) -> None:
    assert visitor(house).get(at("invitations", meeting.pk)).status_code == 404
    for number in range(2):
        a_guest(house, meeting, number)
    words = papers.letter_words(meeting, ["Madelief Speenkruid", "Anna Aap"])
    assert words["letters"] == ["Beste Madelief Speenkruid,", "Beste Anna Aap,"]
    answer = visitor(house).get(at("invitations", meeting.pk))
    assert answer.content.startswith(b"%PDF-")
    assert answer.content.count(b"/Type /Page\n") + answer.content.count(b"/Type/Page/") == 2
    assert at("invitations", meeting.pk) in page(house, "meeting", meeting.pk)


@pytest.mark.parametrize("name", MEETING_PAGES)
def test_others(house: Actor, stranger: Actor, meeting: GroupMeeting, name: str) -> None:
    url = at(name, meeting.pk)
    assert visitor(house).get(url).status_code == 200
    assert visitor(stranger).get(url).status_code == 404
    assert visitor(Actor(UUID(int=9), Role.VOLUNTEER)).get(url).status_code == 403
    assert visitor(house).get(at(name, 99999)).status_code == 404


@pytest.mark.parametrize("name", [*MEETING_PAGES, "invitations"])
def test_a_morning_has_no_programme(house: Actor, name: str) -> None:
    morning = builders.a_meeting(house, NOW, builders.Product.MOEDER_KIND_BEZOEKEN)
    assert visitor(house).get(at(name, morning.pk)).status_code == 404


def test_others_and_one_speaker_or_guest(house: Actor, stranger: Actor, meeting: GroupMeeting) -> None:
    row = goose.ask_speaker(house, meeting.pk, Speaker.LAWYER, None, NOW)
    guest = a_guest(house, meeting)
    step, talk = at("speaker_step", row.pk, "komt"), at("follow_up", guest.id)
    assert visitor(stranger, later(1)).get(step).status_code == 404
    assert visitor(stranger).post(talk, {"token": str(uuid4())}).status_code == 404
    volunteer = visitor(Actor(UUID(int=9), Role.VOLUNTEER))
    assert (volunteer.get(step).status_code, volunteer.post(talk).status_code) == (403, 403)
