"""The address of "ik ben geweest" names nobody: it finds the visit or asks, and never guesses between two."""

from datetime import time
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from gib.care.products import actions, builders
from gib.care.products.actions.contacts import Log
from gib.care.products.domain.contact import Cancelled, Reason, State
from gib.care.products.domain.match import EndReason
from gib.care.products.forms import BeenForm
from gib.care.products.models import Contact, Match
from gib.care.products.presenting.been import been
from gib.care.products.tests.conftest import NOW, day, write
from gib.care.products.tests.test_views import at, herself, later, request
from gib.care.referral.tests.reader import queries, text_of, visitor
from gib.care.trajectory import builders as trajectories
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.people.partners.domain import Product
from gib.people.volunteers.models import Volunteer

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
BEEN = "/geweest/"


@pytest.fixture
def match(house: Actor) -> Match:
    return builders.visiting(house, NOW)[1]


@pytest.fixture
def second(house: Actor, match: Match) -> Match:
    """Let the same volunteer visit another mother as well."""
    plan = trajectories.outside(house, NOW, 1)
    part = builders.planned(house, plan.dossier_id, Product.MOEDERMAATJES, NOW)
    helper = Volunteer.for_action(house, NOW.on).get(pk=match.volunteer_id)
    helper.most_matches = 2
    write(helper)
    return builders.introduced(house, part, helper, NOW)


def plan(house: Actor, match: Match, days: int, at_time: time | None = builders.AT) -> Contact:
    return actions.plan_visit(house, match.id, day(days), at_time, "Zaal 2", NOW)


def form_of(match: Match, visit: Contact) -> str:
    return f"{at('visit_log', match.id)}?bezoek={visit.id}"


def report(**facts: str) -> dict[str, str]:
    told = {"token": str(uuid4()), "held_on": "14-1-2011", "minutes": "60", "mood": "4", "note": "Zij zong."}
    return told | facts


def logged(house: Actor, match: Match) -> list[Contact]:
    rows = Contact.for_action(house, day(3)).filter(match_id=match.id, state=State.LOGGED)
    return list(rows)


class TestTheCard:
    """She holds the card before her telephone, after a visit."""

    def test_the_only_visit_of_today_opens_at_once(self, house: Actor, match: Match) -> None:
        plan(house, match, 1)
        visit = plan(house, match, 3)
        plan(house, match, 9)
        answer = visitor(herself(match), later(3)).get(BEEN)
        assert (answer.status_code, answer.url) == (302, form_of(match, visit))

    def test_two_of_today_are_a_choice_in_the_order_of_the_day(self, house: Actor, match: Match) -> None:
        late, early = plan(house, match, 3, time(15, 0)), plan(house, match, 3, time(9, 30))
        answer = visitor(herself(match), later(3)).get(BEEN)
        html, said = answer.content.decode(), text_of(answer)
        assert "Vandaag staan er meer bezoeken" in said
        links = [form_of(match, visit) for visit in (early, late)]
        assert all(link in html for link in links)
        assert html.index(links[0]) < html.index(links[1])
        assert "Eerder, nog niets over verteld" not in said

    def test_without_one_today_it_says_so_and_offers_what_was_not_told(
        self, house: Actor, match: Match
    ) -> None:
        before, told, off = (plan(house, match, days) for days in (1, 2, 3))
        actions.log_visit(herself(match), match.id, Log(held_on=day(2), minutes=60), later(3))
        actions.cancel_visit(herself(match), off.id, Reason.ILL, Cancelled.MOTHER, later(3))
        answer = visitor(herself(match), later(3)).get(BEEN)
        html = answer.content.decode()
        assert "Voor vandaag staat er geen bezoek meer klaar" in text_of(answer)
        assert form_of(match, before) in html
        assert not {visit for visit in (told, off) if str(visit.id) in html}
        assert f'href="{at("visit_log", match.id)}"' in html, "a visit without an appointment"

    def test_nobody_to_visit_is_said(self, house: Actor) -> None:
        alone = Actor(UUID(int=7), Role.VOLUNTEER, volunteer_id=UUID(int=9))
        assert "Nog geen gezin" in text_of(visitor(alone, later(3)).get(BEEN))

    def test_a_visit_of_somebody_else_is_not_hers(self, house: Actor, match: Match) -> None:
        visit = plan(house, match, 3)
        other = Actor(UUID(int=8), Role.VOLUNTEER, volunteer_id=UUID(int=9))
        assert str(visit.id) not in visitor(other, later(3)).get(BEEN).content.decode()

    def test_who_is_not_in_comes_here_after_signing_in(self) -> None:
        answer = Client().get(BEEN)
        assert (answer.status_code, answer.url) == (302, f"/inloggen/?next={BEEN}")

    def test_a_coordinator_has_no_card(self, house: Actor) -> None:
        assert visitor(house, NOW).get(BEEN).status_code == 403

    def test_long_after_the_end_nothing_is_offered(self, house: Actor, match: Match) -> None:
        plan(house, match, 1)
        actions.end_match(house, match.id, EndReason.PLANNED, later(3))
        assert been(request(herself(match), later(10))).families
        gone = been(request(herself(match), later(30)))
        assert (gone.today, gone.before, gone.families) == ([], [], [])


class TestAnAccountWithoutAName:
    """A telephone without a line knew no names; the house finds the match, or she says it."""

    def test_with_one_match_it_is_of_her(self, house: Actor, match: Match) -> None:
        visit = plan(house, match, 3)
        answer = visitor(herself(match), later(3)).post(BEEN, report())
        assert (answer.status_code, answer.url) == (302, at("match", match.id))
        (row,) = logged(house, match)
        assert (row.id, row.held_on, row.minutes) == (visit.id, day(3), 60)

    def test_sent_again_it_is_one_account(self, house: Actor, match: Match) -> None:
        browser, told = visitor(herself(match), later(3)), report()
        first, again = browser.post(BEEN, told), browser.post(BEEN, told)
        assert first.url == again.url
        assert len(logged(house, match)) == 1

    def test_between_two_it_asks_and_never_guesses(self, house: Actor, match: Match, second: Match) -> None:
        """Also with an appointment of one of them on that day: she may have been with the other."""
        plan(house, match, 3)
        browser, told = visitor(herself(match), later(3)), report()
        answer = browser.post(BEEN, told)
        assert answer.status_code == 422
        assert "Bij wie was je?" in text_of(answer)
        assert "Zij zong." in answer.content.decode()
        assert not logged(house, match) and not logged(house, second)
        answer = browser.post(BEEN, told | {"match": str(second.id)})
        assert (answer.status_code, answer.url) == (302, at("match", second.id))
        assert len(logged(house, second)) == 1 and not logged(house, match)

    def test_a_match_of_somebody_else_cannot_be_chosen(self, house: Actor, match: Match) -> None:
        strange = builders.at_home(house, NOW, 1)[1]
        answer = visitor(herself(match), later(3)).post(BEEN, report(match=str(strange.id)))
        assert answer.status_code == 422
        assert not logged(house, strange) and not logged(house, match)

    @pytest.mark.parametrize(
        ("facts", "said"),
        [
            ({"held_on": "20-1-2011"}, "toekomst"),
            ({"held_on": "1-1-1999"}, "kenden zij elkaar nog niet"),
            ({"minutes": ""}, "Vul dit nog in"),
        ],
    )
    def test_what_cannot_be_is_said_and_nothing_is_lost(
        self, house: Actor, match: Match, facts: dict[str, str], said: str
    ) -> None:
        answer = visitor(herself(match), later(3)).post(BEEN, report(**facts))
        assert answer.status_code == 422
        assert said in text_of(answer)
        assert "Zij zong." in answer.content.decode()
        assert not logged(house, match)

    def test_who_visits_nobody_is_told_so(self, house: Actor) -> None:
        alone = Actor(UUID(int=7), Role.VOLUNTEER, volunteer_id=UUID(int=9))
        answer = visitor(alone, later(3)).post(BEEN, report())
        assert answer.status_code == 422
        assert "niemand bij wie je op bezoek gaat" in text_of(answer)
        assert "Zij zong." in answer.content.decode()

    def test_one_family_is_no_question(self) -> None:
        one, other = (str(UUID(int=1)), "Madelief"), (str(UUID(int=2)), "Roos")
        assert BeenForm(None, [one])["match"].is_hidden
        assert not BeenForm(None, [one, other])["match"].is_hidden
        form: Any = BeenForm(report(match=other[0]), [one, other])
        assert form.is_valid() and form.match_id == UUID(int=2)


def test_it_asks_as_much_with_one_visit_as_with_five(house: Actor, match: Match) -> None:
    browser = visitor(herself(match), later(9))
    plan(house, match, 1)
    few = queries(browser, BEEN)
    for days in range(2, 6):
        plan(house, match, days)
    assert queries(browser, BEEN) == few <= 15
