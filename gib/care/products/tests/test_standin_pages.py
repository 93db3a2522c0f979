"""The pages of standing in: the short list with reasons, asking, answering on code words, and the phone."""

from typing import Any

import pytest
from django.urls import reverse

from gib.care.products import builders
from gib.care.products.domain.contact import State as Visit
from gib.care.products.domain.match import State
from gib.care.products.models import Contact, Match, StandIn
from gib.care.products.models.pool import stand_in_problem
from gib.care.products.slots_visits import to_replace
from gib.care.products.standin_forms import DaysForm
from gib.care.products.tests.conftest import NOW, day, later
from gib.care.products.tests.test_standin import AWAY, DAYS, FIRST, LAST, a_pair, agreed, asked, phone
from gib.care.products.tests.test_views import at, done, request, send
from gib.care.referral.tests.reader import hidden, queries, text_of, visitor
from gib.core.access.actor import Actor
from gib.people.partners.domain import Product
from gib.people.volunteers import builders as volunteers
from gib.people.volunteers.actions import availability
from gib.people.volunteers.models import Volunteer

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
SPAN = {"first": f"{day(FIRST):%d-%m-%Y}", "last": f"{day(LAST):%d-%m-%Y}"}


def listed(actor: Actor, match: Match, **days: str) -> Any:
    told = {"van": SPAN["first"], "tot": SPAN["last"]} | days
    return visitor(actor).get(at("stand_in", match.id), told)


def offers(actor: Actor, match: Match) -> str:
    return text_of(listed(actor, match))


# ---- the short list


def test_the_list_names_who_may_with_reasons_and_leaves_out_who_is_away(house: Actor) -> None:
    match, other = a_pair(house)
    away = builders.a_volunteer(house, NOW, given_name="Elders")
    availability.tell_absence(house, away.id, AWAY, NOW)
    page = offers(house, match)
    assert "Invalster" in page
    assert "Waarom wel" in page
    assert "1. Elders" not in page
    assert at("stand_in_ask", match.id, other.id) in listed(house, match).content.decode()
    assert at("stand_in_ask", match.id, away.id) not in listed(house, match).content.decode()
    assert at("stand_in_ask", match.id, match.volunteer_id) not in listed(house, match).content.decode()


def test_somebody_who_has_her_number_of_mothers_may_still_stand_in(house: Actor) -> None:
    match, _other = a_pair(house)
    busy = builders.visiting(house, NOW, 1)[1].volunteer_id
    row = Volunteer.visible_to(house, NOW.on).get(pk=busy)
    assert row.most_matches == 1
    assert at("stand_in_ask", match.id, busy) in listed(house, match).content.decode()


def test_the_rules_are_those_of_the_board(house: Actor) -> None:
    """No second ranking: the engine of the matching tells, with her language, papers, gate and vetoes."""
    match, other = a_pair(house)
    problem = stand_in_problem(house, match, DAYS, NOW.on)
    assert problem.on == DAYS.from_on
    assert [one.id for one in problem.waiting] == [str(match.participation_id)]
    assert str(match.volunteer_id) not in {one.id for one in problem.volunteers}
    assert {one.matches for one in problem.volunteers} == {0}
    without = volunteers.available(house, NOW, Product.BEZOEKMOEDERS, given_name="Zonderpas")
    page = listed(house, match).content.decode()
    assert at("stand_in_ask", match.id, without.id) not in page
    assert at("stand_in_ask", match.id, other.id) in page


def test_the_reasons_are_of_who_comes_and_say_nothing_of_a_match(house: Actor) -> None:
    """How long the mother waits is no reason for one of them, and nobody is said to have no mother at all."""
    match, _other = a_pair(house)
    builders.visiting(house, NOW, 1)
    words = text_of(listed(house, match))
    assert "Training, papieren, taal en toegang zijn in orde." in words
    for said in ("dagen vrij", "Zij wacht", "van ten hoogste"):
        assert said not in words


@pytest.mark.parametrize(
    ("days", "why"),
    [
        ({"van": "31-02-2011"}, "bestaat niet"),
        ({"van": "01-01-2011", "tot": "02-01-2011"}, "al voorbij"),
        ({"tot": "31-12-2011"}, "ten hoogste 12 weken"),
        ({"tot": ""}, "verplicht"),
    ],
)
def test_days_that_cannot_be_are_refused_with_the_rule_in_words(
    house: Actor, days: dict[str, str], why: str
) -> None:
    match, _other = a_pair(house)
    answer = listed(house, match, **days)
    assert answer.status_code == 422
    assert why in text_of(answer)


def test_an_empty_page_asks_for_the_days(house: Actor) -> None:
    match, _other = a_pair(house)
    answer = visitor(house).get(at("stand_in", match.id))
    assert answer.status_code == 200
    assert "Nu past niemand" not in text_of(answer)
    assert not DaysForm(None, on=NOW.on).is_bound


def test_many_volunteers_ask_no_more_than_one(house: Actor) -> None:
    match, _other = a_pair(house)
    url = f"{at('stand_in', match.id)}?van={SPAN['first']}&tot={SPAN['last']}"
    one = queries(visitor(house), url)
    for _each in range(4):
        builders.a_volunteer(house, NOW)
    assert queries(visitor(house), url) <= one + 1
    asked(house, match, builders.a_volunteer(house, NOW))
    assert queries(visitor(house), at("match", match.id)) <= 15


# ---- asking and answering


def test_a_coordinator_asks_once_and_notes_what_the_mother_says(house: Actor) -> None:
    match, other = a_pair(house)
    url = at("stand_in_ask", match.id, other.id)
    browser = visitor(house)
    told = hidden(browser.get(url)) | SPAN
    assert [browser.post(url, told).status_code for _time in range(2)] == [302, 302]
    row = StandIn.visible_to(house, NOW.on).get()
    assert send(house, url, **SPAN).status_code == 422
    page = text_of(visitor(house).get(at("match", match.id)))
    assert 'id="invallers"' in page
    assert "Invalster" in page
    done(house, at("stand_in_answer", row.id), yes="ja")
    done(house, at("stand_in_mother", row.id), yes="ja")
    assert "Allebei ja" in text_of(visitor(house).get(at("match", match.id)))
    done(house, at("stand_in_end", row.id))
    assert StandIn.visible_to(house, NOW.on).get().state == State.WITHDRAWN


def test_wrong_days_on_the_form_keep_what_was_filled_in(house: Actor) -> None:
    match, other = a_pair(house)
    url = at("stand_in_ask", match.id, other.id)
    for wrong in ({"last": "01-01-2011"}, {"first": "31-02-2011"}, {"last": "31-12-2012"}):
        answer = send(house, url, **SPAN | wrong)
        assert answer.status_code == 422
        assert next(iter(wrong.values())) in answer.content.decode()
    assert not StandIn.visible_to(house, NOW.on).exists()


def test_the_volunteer_answers_on_code_words_at_her_own_phone(house: Actor) -> None:
    match, other = a_pair(house)
    row = asked(house, match, other)
    hers = phone(other.id)
    page = visitor(hers).get(reverse("portal:phone"))
    assert at("stand_in_answer", row.id) in page.content.decode()
    form = text_of(visitor(hers).get(at("stand_in_answer", row.id)))
    assert "Bezoekmoeders" in form
    assert "Madelief" not in text_of(page) + form
    done(hers, at("stand_in_answer", row.id), yes="ja")
    assert StandIn.visible_to(house, NOW.on).get().state == State.VOLUNTEER_AGREED
    for name in ("stand_in_mother", "stand_in_end"):
        assert visitor(hers).get(at(name, row.id)).status_code == 403
    stranger = phone(builders.a_volunteer(house, NOW).id)
    assert visitor(stranger).get(at("stand_in_answer", row.id)).status_code == 404


def test_another_team_finds_nothing(house: Actor, stranger: Actor) -> None:
    match, other = a_pair(house)
    row = asked(house, match, other)
    for url in (
        at("stand_in", match.id),
        at("stand_in_ask", match.id, other.id),
        *(at(name, row.id) for name in ("stand_in_answer", "stand_in_mother", "stand_in_end")),
    ):
        assert visitor(stranger).get(url).status_code == 404


# ---- her day


def test_her_phone_shows_the_visit_and_takes_the_report(house: Actor) -> None:
    match, other = a_pair(house)
    agreed(house, match, other)
    hers = phone(other.id)
    page = visitor(hers).get(reverse("portal:phone"))
    assert "Je valt in" in text_of(page)
    assert "Madelief" in text_of(page)
    visit = Contact.visible_to(hers, NOW.on).get(dossier_id=match.dossier_id)
    log = f"{at('visit_log', match.id)}?bezoek={visit.id}"
    assert log in page.content.decode()
    there = later(14)
    assert log in visitor(hers, there).get(at("been")).headers["location"]
    written = {"held_on": f"{day(14):%d-%m-%Y}", "minutes": "60", "note": "Wij kletsten."}
    done(hers, log, there, **written)
    told = Contact.visible_to(house, there.on).get(pk=visit.id)
    assert (told.state, told.note) == (Visit.LOGGED, "Wij kletsten.")
    assert visitor(hers, there).get(at("visit_log", match.id)).status_code == 404
    assert visitor(hers, there).get(at("match", match.id)).status_code == 404
    card = text_of(visitor(hers, there).get(at("visit", visit.id)))
    assert "Verzet" not in card


def test_the_start_page_asks_for_somebody_when_the_volunteer_is_away(house: Actor) -> None:
    match, other = a_pair(house)
    assert to_replace(request(house)) == []
    availability.tell_absence(house, match.volunteer_id, AWAY, NOW)
    found = to_replace(request(house, later(FIRST - 2)))
    assert [task.url for task in found] == [
        f"{at('stand_in', match.id)}?van={day(14):%d-%m-%Y}&tot={SPAN['last']}"
    ]
    assert "de vrijwilliger is er dan niet" in found[0].why
    agreed(house, match, other)
    assert to_replace(request(house, later(FIRST - 2))) == []
