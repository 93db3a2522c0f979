"""The pages of a series: beginning one, what lies ahead, one visit otherwise, the end; and who may not."""

from datetime import time
from typing import Any

import pytest
from django.http import Http404

from gib.care.products import actions, builders
from gib.care.products.domain.contact import State
from gib.care.products.domain.match import EndReason
from gib.care.products.domain.series import Change, Gap
from gib.care.products.models import Contact, Match, VisitSeries
from gib.care.products.tests.conftest import NOW, day, later, write
from gib.care.products.tests.test_views import at, done, herself, send
from gib.care.referral.tests.reader import queries, text_of, visitor
from gib.core.access.actor import Actor
from gib.people.volunteers.models import PrisonPermit

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
RHYTHM = {"on": "12-1-2011", "at": "10:30", "minutes": "90", "every_days": "14"}


@pytest.fixture
def match(house: Actor) -> Match:
    return builders.visiting(house, NOW)[1]


@pytest.fixture
def series(house: Actor, match: Match) -> VisitSeries:
    return builders.in_series(house, match, NOW)


def page(actor: Actor, series: VisitSeries) -> str:
    return text_of(visitor(actor).get(at("series", series.id)))


def test_a_series_is_begun_by_hand_and_shows_what_lies_ahead(house: Actor, match: Match) -> None:
    assert done(house, at("series_start", match.id), **RHYTHM, place="Zaal 3") == at("match", match.id)
    row = VisitSeries.visible_to(house, NOW.on).get()
    assert (row.from_on, row.at, row.minutes, row.every_days) == (day(1), time(10, 30), 90, 14)
    assert Contact.visible_to(house, NOW.on).filter(series_id=row.id).count() == 6
    own = text_of(visitor(house).get(at("match", match.id)))
    assert ("Vaste reeks" in own, "Plan een reeks" in own) == (True, False)
    told = page(house, row)
    for words in ("Om de twee weken op woensdag, 10:30", "Zaal 3", "1½ uur", "wo 26 jan 10:30", "Gepland"):
        assert words in told
    theirs = text_of(visitor(herself(match)).get(at("match", match.id)))
    assert "Vaste reeks" not in theirs
    assert "wo 26 jan 10:30" in theirs


def test_a_second_series_is_refused_in_words(house: Actor, series: VisitSeries) -> None:
    answer = send(house, at("series_start", series.match_id), **RHYTHM)
    assert answer.status_code == 422
    assert "Er loopt al een reeks" in text_of(answer)


def test_one_visit_falls_away_and_one_is_moved(house: Actor, series: VisitSeries) -> None:
    url = at("series_change", series.id)
    assert done(house, url, due_on=str(day(14)), why="regime") == at("series", series.id)
    done(house, url, due_on=str(day(28)), why="moved", moved_on="10-2-2011", moved_at="14:00")
    told = page(house, series)
    assert "do 10 feb 14:00" in told
    assert "Verzet naar een andere dag of tijd" in told
    assert "Inrichting annuleerde" in told
    answer = send(house, url, due_on=str(day(42)), why="moved")
    assert answer.status_code == 422
    assert "Kies de dag waarop het bezoek nu is." in text_of(answer)
    assert send(house, url, due_on=str(day(43)), why="away").status_code == 422


def test_what_waits_and_what_falls_away_says_why(house: Actor, match: Match) -> None:
    for row in PrisonPermit.for_action(house, NOW.on).filter(volunteer_id=match.volunteer_id):
        row.to_on = day(20)
        write(row)
    series = builders.in_series(house, match, NOW)
    actions.change_day(house, series.id, Change(day(56), Gap.HOLIDAY), NOW)
    told = page(house, series)
    assert "Een papier van de vrijwilliger of een andere afspraak staat in de weg." in told
    assert "Kan niet" in told
    assert "Feestdag" in told


def test_a_series_is_ended_after_a_yes_and_says_since_when(house: Actor, series: VisitSeries) -> None:
    assert done(house, at("series_end", series.id)) == at("match", series.match_id)
    told = page(house, series)
    assert "Deze reeks is voorbij sinds di 11 jan. Ik vind het beter zo." in told
    assert "Eén bezoek anders" not in told
    assert send(house, at("series_end", series.id)).status_code == 422


def test_a_release_is_said_as_such(house: Actor, series: VisitSeries) -> None:
    actions.end_match(house, series.match_id, EndReason.RELEASE, NOW)
    assert "Ingehaald door haar vrijlating." in page(house, series)


def test_a_visit_is_moved_by_the_volunteer_herself(house: Actor, series: VisitSeries, match: Match) -> None:
    row = Contact.visible_to(house, NOW.on).filter(series_id=series.id).order_by("due_on")[1]
    her, url = herself(match), at("visit_move", row.id)
    assert done(her, url, on="27-1-2011", at="11:00") == at("match", match.id)
    moved = Contact.visible_to(house, NOW.on).get(pk=row.id)
    assert (moved.planned_on, moved.planned_time, moved.state) == (day(16), time(11), State.PLANNED)
    assert send(her, url, on="10-1-2011", at="11:00").status_code == 422
    assert "Verzet" in text_of(visitor(her).get(at("visit", row.id)))


def test_others_may_not(house: Actor, stranger: Actor, series: VisitSeries, match: Match) -> None:
    row = Contact.visible_to(house, NOW.on).filter(series_id=series.id)[0]
    urls = [at(name, series.id) for name in ("series", "series_change", "series_end")]
    for url in [*urls, at("series_start", match.id)]:
        assert visitor(stranger).get(url).status_code == 404, url
        assert visitor(herself(match)).get(url).status_code == 403, url
    assert visitor(stranger).get(at("visit_move", row.id)).status_code == 404
    assert visitor(house).post(urls[0]).status_code == 405


def test_the_page_asks_as_often_for_one_visit_as_for_many(house: Actor, match: Match) -> None:
    numbers = []
    for to_on in (day(0), day(84)):
        series = builders.in_series(house, match, NOW, to_on=to_on)
        numbers.append(queries(visitor(house), at("series", series.id)))
        actions.end_series(house, series.id, NOW)
    assert numbers[0] == numbers[1] <= 15


def test_an_unknown_series_does_not_exist(house: Actor) -> None:
    with pytest.raises(Http404):
        VisitSeries.visible_to(house, later(0).on).get_or_404(pk="niets")


def test_a_day_that_is_over_is_no_choice(house: Actor, series: VisitSeries) -> None:
    browser: Any = visitor(house, later(1))
    choices = text_of(browser.get(at("series_change", series.id)))
    assert ("di 11 jan" in choices, "di 25 jan" in choices) == (False, True)
