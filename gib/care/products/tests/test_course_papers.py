"""The flyer, the invitations and the certificate as papers: finished words, any name, nothing too much."""

import re
from datetime import UTC, date, datetime, time
from typing import Any, Final

import pytest
from django.utils import translation

from gib.care.products.domain.contact import Theme
from gib.care.products.domain.meeting import EXPECTED, Speaker, SpeakerState
from gib.care.products.ik_jij_wij import papers as course_papers
from gib.care.products.models import GroupMeeting, MeetingSpeaker
from gib.care.products.moeder_de_gans import papers
from gib.people.partners.models import CareProvider, Prison

AT: Final = datetime(2011, 1, 11, 9, tzinfo=UTC)
DAY: Final = date(2011, 1, 25)
NAMES: Final = ("Madelief Verzonnen", "Åsa Đurić-van den Fictie", "Name <b>#strong[x]</b>", "日本", "")


def a_meeting(**facts: Any) -> GroupMeeting:
    prison = Prison(code="NSL", name="P.I. Utrecht locatie Nieuwersluis")
    kept: dict[str, Any] = {"planned_on": DAY, "planned_time": time(23, 30), "minutes": 60, "room": "Zaal 1"}
    return GroupMeeting(product="moeder_de_gans", prison=prison, **kept | facts)


def a_speaker(state: SpeakerState, provider: str = "") -> MeetingSpeaker:
    known = CareProvider(name=provider) if provider else None
    return MeetingSpeaker(kind=Speaker.DEBT_HELP, provider=known, state=state, asked_on=DAY)


def pages(paper: bytes) -> int:
    assert paper.startswith(b"%PDF-")
    return len(re.findall(rb"/Type\s*/Page\b", paper))


@pytest.mark.parametrize("state", SpeakerState)
def test_only_who_is_expected_stands_on_the_flyer(state: SpeakerState) -> None:
    assert papers.speakers_of([a_speaker(state)]) == (["Schuldhulp"] if state in EXPECTED else [])


def test_an_organisation_stands_there_once_and_by_its_name() -> None:
    asked = [a_speaker(SpeakerState.ASKED, "Schuldhulp De Kluis"), a_speaker(SpeakerState.ASKED)] * 2
    assert papers.speakers_of(asked) == ["Schuldhulp De Kluis", "Schuldhulp"]


def test_a_meeting_around_midnight_ends_on_the_clock() -> None:
    told = dict(papers.flyer_words(a_meeting(), [])["facts"])
    assert (told["Tijd"], told["Dag"]) == ("23:30 - 00:30", "dinsdag 25 januari 2011")
    assert told["Waar"].endswith(", Zaal 1")
    assert not dict(papers.flyer_words(a_meeting(room=""), [])["facts"])["Waar"].endswith(", ")


@pytest.mark.parametrize("themes", ["", Theme.MONEY, ",".join(Theme)])
def test_a_flyer_is_one_sheet_whatever_it_is_about(themes: str) -> None:
    assert pages(papers.flyer(a_meeting(themes=themes), [a_speaker(SpeakerState.ASKED)], AT)) == 1


def test_a_letter_a_woman_and_each_on_a_sheet_of_its_own() -> None:
    assert pages(papers.letters(a_meeting(), NAMES, AT)) == len(NAMES)
    told = papers.letter_words(a_meeting(), NAMES)
    assert "Name <b>#strong[x]</b>" in told["letters"][2]
    assert told["letters"][3] == "Beste ??,"


@pytest.mark.parametrize("name", NAMES)
def test_a_certificate_takes_any_name_and_is_one_sheet(name: str) -> None:
    assert pages(course_papers.certificate(name, 6, DAY, "Nieuwersluis", AT)) == 1


def test_a_paper_that_is_printed_twice_is_the_same() -> None:
    both = {course_papers.certificate("Madelief", 6, DAY, "Nieuwersluis", AT) for _time in range(2)}
    assert len(both) == 1


def test_the_papers_are_also_there_in_english() -> None:
    with translation.override("en"):
        told = course_papers.certificate_words("Madelief", 6, DAY, "Nieuwersluis")
        flyer = papers.flyer_words(a_meeting(), [])
    assert told["title"] == "Certificate"
    assert "6 lessons" in told["words"][1]
    assert flyer["closing"].startswith("You may always come")
