"""The phone page of a volunteer: her mothers, her next visit, her questions, her month, her worries."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from gib.care.handover.domain import Urgency
from gib.care.products import actions
from gib.care.products import builders as products
from gib.care.products.domain.contact import Cancelled, Reason
from gib.care.products.domain.match import EndReason
from gib.care.products.models import Match
from gib.care.products.moedermaatjes import actions as homes
from gib.care.trajectory import builders as plans
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.models import Reading
from gib.core.kernel.clock import Now, now_on
from gib.people.accounts import builders as accounts
from gib.people.families import builders as families
from gib.people.partners import builders as places
from gib.people.partners.domain import Product
from gib.people.partners.models import Team
from gib.portal.tests.town import TODAY, browser, page, questions, text
from gib.portal.views.phone import WORRIES

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("_strict")]
PHONE = "/mijn-dag/"


@dataclass
class Visiting:
    """A volunteer who visits a mother, in her own browser, with the coordinator who matched them."""

    client: Client
    coordinator: Actor
    herself: Actor
    match: Match
    now: Now


@pytest.fixture
def visiting(seen: Any) -> Visiting:
    accounts.mark_as_demo(TODAY)
    now = now_on(TODAY)
    team = places.two_teams()[0]
    _user, coordinator = accounts.coordinator(team)
    _part, match = products.visiting(coordinator, now)
    made = accounts.volunteer_user(team, match.volunteer_id)
    return Visiting(browser(made), coordinator, made[1], match, now)


def _alone(name: str = "Vera Verzonnen") -> Client:
    """Give a volunteer without a match."""
    accounts.mark_as_demo(TODAY)
    team = places.two_teams()[0]
    _user, coordinator = accounts.coordinator(team)
    helper = products.a_volunteer(coordinator, now_on(TODAY))
    return browser(accounts.volunteer_user(team, helper.id, name))


def _plan(visiting: Visiting, days: int, at: time = time(10, 30), place: str = "") -> Any:
    on = TODAY + timedelta(days=days)
    return actions.plan_visit(visiting.coordinator, visiting.match.id, on, at, place, visiting.now)


class TestWithoutAMatch:
    """Nobody yet."""

    def test_it_says_what_will_come(self, seen: Any) -> None:
        words = text(_alone().get(PHONE))
        for said in ("Nog geen afspraak", "Nog geen gezin", "Je coördinator zoekt"):
            assert said in words
        assert "Bezoeken 0" in words

    def test_a_look_without_anybody_leaves_no_row(self, seen: Any) -> None:
        client = _alone()
        before = Reading.objects.count()
        client.get(PHONE)
        assert Reading.objects.count() == before

    def test_it_takes_nothing(self, seen: Any) -> None:
        assert _alone().post(PHONE).status_code == 405


class TestHerFamily:
    """One mother whom she has met."""

    def test_it_names_her_by_first_name_only(self, visiting: Visiting) -> None:
        words = text(visiting.client.get(PHONE))
        assert "Madelief" in words
        assert "Sprookstra" not in words

    def test_each_button_leads_to_a_page_of_hers(self, visiting: Visiting) -> None:
        shown = page(visiting.client.get(PHONE))
        links = [link["href"] for link in shown.main.select("a[href]")]
        assert len(links) >= 5
        for link in links:
            assert visiting.client.get(link).status_code == 200, link

    def test_visits_inside_have_no_phase(self, visiting: Visiting) -> None:
        assert "Fase:" not in text(visiting.client.get(PHONE))

    def test_at_home_she_reads_in_which_phase_they_are(self, visiting: Visiting) -> None:
        part, match = products.at_home(visiting.coordinator, visiting.now, 3)
        team = Team.objects.get(pk=min(visiting.coordinator.team_ids))
        client = browser(accounts.volunteer_user(team, match.volunteer_id, "Mies Maatje"))
        assert "Fase: Landen." in text(client.get(PHONE))
        assert "De eerste weken gaan over huis, geld, papieren en de kinderen." in text(client.get(PHONE))
        homes.finish(visiting.coordinator, part.id, TODAY, "Zij zwaaide.", visiting.now)
        assert "Fase:" not in text(client.get(PHONE))

    def test_the_three_worries_stand_from_light_to_heavy(self, visiting: Visiting) -> None:
        worries = page(visiting.client.get(PHONE)).select("a.worry")
        assert [worry["data-tone"] for worry in worries] == ["busy", "warn", "stop"]
        assert [level for level, *_ in WORRIES] == [Urgency.TALK, Urgency.HELP, Urgency.UNSAFE]
        assert "112" in worries[-1].get_text()
        start = reverse("handover:worry", args=[visiting.match.dossier_id])
        assert all(worry["href"].startswith(f"{start}?hoe=") for worry in worries)

    def test_the_look_at_her_is_written(self, visiting: Visiting) -> None:
        visiting.client.get(PHONE)
        look = Reading.newest(visiting.match.dossier_id)[0]
        assert (look.user_id, look.role, look.purpose) == (
            visiting.herself.user_id,
            Role.VOLUNTEER,
            "portal:phone",
        )

    def test_another_volunteer_sees_nothing_of_her(self, visiting: Visiting) -> None:
        team = places.two_teams()[0]
        other = products.a_volunteer(visiting.coordinator, visiting.now, given_name="Loes")
        words = text(browser(accounts.volunteer_user(team, other.id, "Loes Vulpen")).get(PHONE))
        assert "Madelief" not in words
        assert "Nog geen gezin" in words

    def test_after_the_end_only_her_last_report_is_left(self, visiting: Visiting) -> None:
        actions.end_match(visiting.coordinator, visiting.match.id, EndReason.PLANNED, visiting.now)
        shown = page(visiting.client.get(PHONE))
        assert "25 jan kun je nog vertellen" in " ".join(shown.main.get_text().split())
        assert not shown.select("a.worry")

    def test_two_weeks_after_the_end_nothing_is_left(self, visiting: Visiting) -> None:
        actions.end_match(visiting.coordinator, visiting.match.id, EndReason.PLANNED, visiting.now)
        later = visiting.now.on + timedelta(days=40)
        assert list(Match.visible_to(visiting.herself, later).in_sight(later)) == []


class TestNext:
    """The next appointment."""

    def test_the_soonest_from_today_is_the_next(self, visiting: Visiting) -> None:
        for days, place in ((9, "Later"), (2, "Eerst"), (5, "Dan")):
            _plan(visiting, days, time(14, 0), place)
        shown = page(visiting.client.get(PHONE)).select_one("section.next")
        assert "Eerst" in shown.get_text()
        assert "14:00" in shown.get_text()
        assert "Dan" not in shown.get_text()

    def test_today_is_still_ahead(self, visiting: Visiting) -> None:
        _plan(visiting, 0, time(23, 59), "Vandaag hier")
        shown = page(visiting.client.get(PHONE)).select_one("section.next")
        assert "Vandaag hier" in shown.get_text()

    def test_earlier_on_the_same_day_comes_first(self, visiting: Visiting) -> None:
        _plan(visiting, 3, time(15, 0), "Middag")
        _plan(visiting, 3, time(9, 30), "Ochtend")
        assert "Ochtend" in page(visiting.client.get(PHONE)).select_one("section.next").get_text()

    def test_without_a_place_the_prison_is_named_or_nothing(self, visiting: Visiting) -> None:
        _plan(visiting, 3)
        assert "None" not in page(visiting.client.get(PHONE)).select_one("section.next").get_text()

    def test_its_buttons_lead_to_telling_and_cancelling_this_visit(self, visiting: Visiting) -> None:
        contact = _plan(visiting, 3)
        links = [link["href"] for link in page(visiting.client.get(PHONE)).select("section.next a")]
        assert links == [
            f"{reverse('products:visit_log', args=[visiting.match.id])}?bezoek={contact.id}",
            reverse("products:visit_cancel", args=[contact.id]),
        ]
        for link in links:
            assert visiting.client.get(link).status_code == 200

    def test_a_visit_that_was_called_off_is_not_next(self, visiting: Visiting) -> None:
        contact = _plan(visiting, 3, place="Vervalt")
        assert "Vervalt" in text(visiting.client.get(PHONE))
        actions.cancel_visit(visiting.herself, contact.id, Reason.ILL, Cancelled.VOLUNTEER, visiting.now)
        assert "Vervalt" not in text(visiting.client.get(PHONE))


class TestMonth:
    """Visits and hours of this month."""

    def _held(self, visiting: Visiting, on: date, minutes: int) -> None:
        products.visited(visiting.coordinator, visiting.match, on, visiting.now, minutes=minutes)

    def test_it_counts_what_was_held_since_the_first(self, visiting: Visiting) -> None:
        assert "Bezoeken 0" in text(visiting.client.get(PHONE))
        self._held(visiting, TODAY, 90)
        assert "Bezoeken 1" in text(visiting.client.get(PHONE))

    def test_the_hours_are_the_sum_of_the_minutes(self, visiting: Visiting) -> None:
        facts = page(visiting.client.get(PHONE))
        assert "Uren" in facts.get_text()
        self._held(visiting, TODAY, 60)
        one = text(visiting.client.get(PHONE))
        self._held(visiting, TODAY, 60)
        two = text(visiting.client.get(PHONE))
        assert "Uren 1" in one
        assert "Uren 2" in two


class TestQuestions:
    """A match that she was asked for."""

    def test_a_question_shows_the_product_and_not_the_mother(self, seen: Any) -> None:
        accounts.mark_as_demo(TODAY)
        now, team = now_on(TODAY), places.two_teams()[0]
        _user, coordinator = accounts.coordinator(team)
        helper = products.a_volunteer(coordinator, now)
        plan = plans.inside(coordinator, now, 4)
        part = products.planned(coordinator, plan.dossier_id, Product.BEZOEKMOEDERS, now)
        match = actions.propose_match(coordinator, part.id, helper.id, now)
        shown = page(browser(accounts.volunteer_user(team, helper.id)).get(PHONE))
        assert "Er is een vraag voor je" in shown.main.get_text()
        assert families.MOTHERS[4] not in shown.get_text()
        assert shown.find("a", href=reverse("products:match", args=[match.id]))


def test_it_asks_as_much_with_one_visit_as_with_thirty(visiting: Visiting) -> None:
    _plan(visiting, 1)
    one = questions(visiting.client, PHONE)
    for days in range(2, 31):
        _plan(visiting, days)
    assert questions(visiting.client, PHONE) == one <= 15


def test_a_volunteer_of_no_row_sees_an_empty_day(seen: Any) -> None:
    accounts.mark_as_demo(TODAY)
    client = browser(accounts.volunteer_user(places.two_teams()[0], uuid4()))
    assert "Nog geen gezin" in text(client.get(PHONE))
