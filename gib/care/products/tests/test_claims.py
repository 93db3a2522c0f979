"""A visit is claimed from the visit itself, by who held it and as long as that may be."""

from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from gib.care.products import actions
from gib.care.products import builders as products
from gib.care.products.actions.contacts import Log
from gib.core.kernel.clock import Now, now_on
from gib.people.accounts import builders as accounts
from gib.people.partners import builders as places
from gib.people.volunteers.actions.expenses import choose_mode
from gib.people.volunteers.domain.allowances import Mode
from gib.people.volunteers.models import Claim

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = date(2011, 1, 11)


class Town:
    """A volunteer who visits a mother, and browsers of her, of another volunteer and of the coordinator."""

    def __init__(self, now: Now) -> None:
        team = places.two_teams()[0]
        user, self.coordinator = accounts.coordinator(team)
        _part, self.match = products.visiting(self.coordinator, now_on(TODAY - timedelta(days=30)))
        made = accounts.volunteer_user(team, self.match.volunteer_id)
        other = products.a_volunteer(self.coordinator, now)
        self.herself, self.actor = self._browser(made[0]), made[1]
        self.other = self._browser(accounts.volunteer_user(team, other.id, "Loes Verzonnen")[0])
        self.team, self.now = self._browser(user), now

    def _browser(self, user: Any) -> Client:
        client = Client(headers={"accept-language": "nl"})
        accounts.sign_in(client, user)
        return client

    def visit(self, days: int = 0) -> Any:
        """Let her tell of a visit some days ago."""
        log = Log(held_on=TODAY - timedelta(days=days), minutes=90)
        return actions.log_visit(self.coordinator, self.match.id, log, self.now)

    def claim(self, visit: Any) -> str:
        """Give where a visit is claimed."""
        return reverse("products:visit_claim", args=[visit.id])

    def shown(self) -> str:
        """Give what she sees of their visits."""
        page = self.herself.get(reverse("products:match", args=[self.match.id]))
        return str(page.content.decode())


@pytest.fixture
def town(seen: Any) -> Town:
    accounts.mark_as_demo(TODAY)
    return Town(now_on(TODAY))


def form(answer: Any) -> BeautifulSoup:
    assert answer.status_code in (200, 422)
    return BeautifulSoup(answer.content, "html.parser")


def value(page: BeautifulSoup, name: str) -> str:
    return str(page.find("input", {"name": name}).get("value", ""))


def send(client: Client, url: str, **told: str) -> Any:
    return client.post(url, {"token": value(form(client.get(url)), "token"), **told})


def test_the_day_of_the_visit_and_the_way_of_last_time_stand_ready(town: Town) -> None:
    first, second = town.visit(7), town.visit()
    page = form(town.herself.get(town.claim(first)))
    assert (value(page, "on"), value(page, "km_tenths")) == ("04-01-2011", "")
    told = {"on": "4-1-2011", "km_tenths": "42,5", "route": "Utrecht - Nieuwersluis"}
    answer = send(town.herself, town.claim(first), **told)
    assert (answer.status_code, answer.url) == (302, reverse("volunteers:own_claims"))
    page = form(town.herself.get(town.claim(second)))
    assert (value(page, "on"), value(page, "km_tenths")) == ("11-01-2011", "42,5")
    assert value(page, "route") == "Utrecht - Nieuwersluis"
    row = Claim.visible_to(town.actor, TODAY).get()
    assert (row.activity_id, row.cents) == (first.id, 808)


@pytest.mark.requirement("DEC-08")
def test_a_claim_holds_the_number_of_the_visit_and_no_name_of_hers(town: Town) -> None:
    visit = town.visit()
    told = {"on": "11-1-2011", "km_tenths": "42,5", "route": "Utrecht - Nieuwersluis"}
    send(town.herself, town.claim(visit), **told)
    pages = [town.herself.get(reverse("volunteers:own_claims")), town.team.get(reverse("volunteers:claims"))]
    row = Claim.visible_to(town.actor, TODAY).get()
    pages.append(town.team.get(reverse("volunteers:claim", args=[row.id])))
    for page in pages:
        assert page.status_code == 200 and "42,5 km" in page.content.decode()
        assert not [name for name in ("Madelief", "Sprookstra") if name in page.content.decode()]


def test_a_visit_is_offered_until_it_is_claimed_or_too_old(town: Town) -> None:
    assert "Declareer" not in town.shown()
    visit = town.visit()
    assert town.claim(visit) in town.shown()
    told = {"on": "11-1-2011", "km_tenths": "1", "route": "Utrecht"}
    assert send(town.herself, town.claim(visit), **told).status_code == 302
    assert town.claim(visit) not in town.shown()
    again = send(town.herself, town.claim(visit), **told)
    assert again.status_code == 422 and "heb je al gedeclareerd" in again.content.decode()


def test_time_stands_ready_only_with_an_allowance(town: Town) -> None:
    visit = town.visit()
    assert not form(town.herself.get(town.claim(visit))).find("input", {"name": "minutes"})
    choose_mode(town.coordinator, town.match.volunteer_id, 2011, Mode.ALLOWANCE, town.now)
    assert value(form(town.herself.get(town.claim(visit))), "minutes") == "90"


def test_only_who_held_a_visit_claims_it(town: Town) -> None:
    visit = town.visit()
    planned = actions.plan_visit(town.coordinator, town.match.id, TODAY, time(14), "Kamer 1", town.now)
    assert town.other.get(town.claim(visit)).status_code == 404
    assert town.other.post(town.claim(visit), {"on": "11-1-2011"}).status_code == 404
    assert town.team.get(town.claim(visit)).status_code == 403
    assert town.herself.get(reverse("products:visit_claim", args=[uuid4()])).status_code == 404
    assert town.herself.get(town.claim(planned)).status_code == 404
