"""A report may begin as the last one: its length and its subjects, of the same match, and never her words."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from gib.care.products import actions, builders
from gib.care.products.domain.contact import Theme
from gib.care.products.models import Match
from gib.care.products.presenting import last_time
from gib.care.products.tests.conftest import NOW, day
from gib.care.products.tests.test_views import at, herself, later, request
from gib.care.referral.tests.reader import text_of, visitor
from gib.core.access.actor import Actor

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
OFFER = "Zoals de vorige keer"


@pytest.fixture
def match(house: Actor) -> Match:
    return builders.visiting(house, NOW)[1]


def told(house: Actor, match: Match, days: int, **facts: Any) -> None:
    builders.visited(house, match, day(days), later(days), **{"minutes": 120} | facts)


def shown(answer: Any) -> BeautifulSoup:
    text_of(answer)
    return BeautifulSoup(answer.content, "html.parser").main


def filled(page: BeautifulSoup) -> dict[str, list[str]]:
    """Give what is chosen in the form, and its texts."""
    chosen: dict[str, list[str]] = {"note": [page.select_one("[name=note]").get_text().strip()]}
    for field in page.select("input[checked]"):
        chosen.setdefault(field["name"], []).append(field["value"])
    return chosen


def test_the_first_report_has_nothing_to_copy(house: Actor, match: Match) -> None:
    assert OFFER not in text_of(visitor(herself(match), later(1)).get(at("visit_log", match.id)))
    assert last_time(request(herself(match), later(1)), match.id) is None


def test_length_and_subjects_are_copied_and_her_words_and_mood_are_not(house: Actor, match: Match) -> None:
    themes = tuple(Theme)[:2]
    told(house, match, 1, minutes=60)
    told(house, match, 2, mood=2, note="Zij miste haar zus.", themes=themes)
    browser = visitor(herself(match), later(3))
    offer = shown(browser.get(at("visit_log", match.id)))
    link = next(each for each in offer.select("a") if OFFER in each.get_text())
    assert filled(offer) == {"note": [""]}
    copied = shown(browser.get(at("visit_log", match.id) + link["href"]))
    assert filled(copied) == {"note": [""], "minutes": ["120"], "themes": sorted(map(str, themes))}
    assert "Zij miste haar zus." not in copied.get_text()
    assert copied.select_one("details").has_attr("open"), "what is filled in can be seen"
    assert OFFER not in copied.get_text()


def test_the_visit_it_is_about_goes_along(house: Actor, match: Match) -> None:
    told(house, match, 1)
    visit = actions.plan_visit(house, match.id, day(3), builders.AT, "Zaal 2", NOW)
    url = f"{at('visit_log', match.id)}?bezoek={visit.id}"
    page = shown(visitor(herself(match), later(3)).get(url))
    (link,) = [each["href"] for each in page.select("a") if OFFER in each.get_text()]
    assert link == f"?bezoek={visit.id}&zoals=vorige"


def test_a_length_that_the_form_does_not_offer_is_not_copied(house: Actor, match: Match) -> None:
    told(house, match, 1, minutes=60)
    told(house, match, 2, minutes=47)
    before = last_time(request(herself(match), later(3)), match.id)
    assert before is not None
    assert (before.minutes, before.copied) == (60, {"minutes": 60, "themes": []})


def test_of_another_match_nothing_is_copied(house: Actor, match: Match) -> None:
    """Who comes after another volunteer begins with an empty form."""
    told(house, match, 1)
    other = builders.at_home(house, NOW, 1)[1]
    assert last_time(request(herself(other), later(3)), other.id) is None
    assert last_time(request(herself(other), later(3)), match.id) is None


def test_what_is_sent_counts_and_not_what_was_copied(house: Actor, match: Match) -> None:
    told(house, match, 1)
    url = f"{at('visit_log', match.id)}?zoals=vorige"
    data = {"token": "0b9a7c0e-6f0b-4c67-9c39-3a0c5b1d7f11", "held_on": "14-1-2011", "minutes": "30"}
    assert visitor(herself(match), later(3)).post(url, data).status_code == 302
    newest = last_time(request(herself(match), later(3)), match.id)
    assert newest is not None and (newest.minutes, newest.words) == (30, "½ uur")
