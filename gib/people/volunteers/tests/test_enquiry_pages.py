"""The public page for who wants to volunteer, and the pages of the first talk."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from gib.core.access import rls
from gib.core.journal.models import Happening
from gib.people.volunteers.domain import State
from gib.people.volunteers.models import Enquiry, Volunteer
from gib.people.volunteers.tests.conftest import Desk
from gib.people.volunteers.tests.pages import page, sent

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = date(2011, 1, 11)


def rows(model: Any, **which: Any) -> list[Any]:
    with rls.system("test"):
        return list(model.for_house("test", TODAY).filter(**which).order_by("id"))


def events() -> list[str]:
    with rls.system("test"):
        return list(Happening.for_house("test", TODAY).values_list("name", flat=True))


FORM = {
    "given_name": "Marjolein",
    "family_name": "Inktlint",
    "phone": "06 12345678",
    "area": "3511",
    "products": ["bezoekmoeders", "moedermaatjes"],
    "languages": ["nl"],
    "heard": "internet",
    "is_adult": "on",
    "agrees": "on",
}


@pytest.fixture
def anybody() -> Client:
    return Client(headers={"accept-language": "nl"})


class TestThePublicPage:
    """Anybody may come; who comes leaves no trace in the page or the session."""

    def test_somebody_gives_herself_up(self, desk: Desk, anybody: Client) -> None:
        url = reverse("volunteers:enquire")
        answer = sent(anybody, url, **FORM)
        assert answer.url == reverse("volunteers:enquired")
        thanks = page(anybody.get(answer.url)).find("main").text
        assert ("binnen een week" in thanks, "Marjolein" in thanks) == (True, False)
        assert "Marjolein" not in str(dict(anybody.session))
        (row,) = rows(Volunteer)
        assert (row.team_id, row.pc4, row.postcode) == (desk.teams[0].pk, "3511", "")
        assert rows(Enquiry)[0].products == "bezoekmoeders,moedermaatjes"

    def test_sent_twice_it_is_one(self, desk: Desk, anybody: Client) -> None:
        url = reverse("volunteers:enquire")
        token = str(uuid4())
        for _ in range(2):
            assert anybody.post(url, FORM | {"token": token}).status_code == 302
        assert len(rows(Volunteer)) == 1

    def test_a_machine_is_thanked_and_nothing_is_kept(self, desk: Desk, anybody: Client) -> None:
        url = reverse("volunteers:enquire")
        trap = page(anybody.get(url)).find("input", {"name": "homepage"})
        assert trap["type"] == "hidden"
        answer = anybody.post(url, FORM | {"token": str(uuid4()), "homepage": "http://voorbeeld.invalid"})
        assert answer.url == reverse("volunteers:enquired")
        assert (rows(Volunteer), events()) == ([], [])

    def test_who_sends_much_must_wait(self, desk: Desk, anybody: Client) -> None:
        url = reverse("volunteers:enquire")
        codes = [anybody.post(url, FORM | {"token": str(uuid4())}).status_code for _ in range(7)]
        assert (codes[0], codes[-1]) == (302, 422)
        assert 1 < len(rows(Volunteer)) < 7

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"phone": ""}, "Vul je telefoonnummer of je e-mailadres in"),
            ({"phone": "1"}, "telefoonnummer"),
            ({"area": "35AB"}, "vier cijfers"),
            ({"area": "9999"}, "Kies hieronder zelf een inrichting"),
            ({"is_adult": ""}, "vinkje"),
            ({"agrees": ""}, "vinkje"),
            ({"languages": []}, "Vul dit nog in"),
            ({"prison": "nergens"}, "nergens"),
            ({"given_name": ""}, "Vul dit nog in"),
        ],
    )
    def test_a_wrong_value_is_named(
        self, desk: Desk, anybody: Client, values: dict[str, Any], said: str
    ) -> None:
        answer = sent(anybody, reverse("volunteers:enquire"), 422, **FORM | values)
        assert said in str(page(answer, 422).find("main"))
        assert (rows(Volunteer), events()) == ([], [])

    def test_the_door_leads_here(self, desk: Desk, anybody: Client) -> None:
        links = page(anybody.get(reverse("account_login"))).find_all("a")
        assert reverse("volunteers:enquire") in {link.get("href") for link in links}
        assert anybody.post(reverse("volunteers:enquired")).status_code == 405


class TestThePagesOfTheTalk:
    """Her coordinator plans and decides; others find or may nothing."""

    def test_from_enquiry_to_screening(self, desk: Desk) -> None:
        row, client = desk.new(), desk.browser(desk.carla)
        sent(client, reverse("volunteers:interview", args=[row.id]), planned_on="11-1-2011")
        url = reverse("volunteers:conclusion", args=[row.id])
        assert page(client.get(url)).find("input", {"name": "held_on"})["value"] == "11-01-2011"
        sent(client, url, held_on="11-1-2011", conclusion="yes")
        assert rows(Volunteer)[0].state == State.SCREENING

    @pytest.mark.parametrize(
        ("name", "values", "said"),
        [
            ("interview", {"planned_on": "1-1-2011"}, "al voorbij"),
            ("conclusion", {"held_on": "12-1-2011", "conclusion": "yes"}, "toekomst"),
            ("conclusion", {"held_on": "11-1-2011", "conclusion": "yes"}, "geen kennismaking meer"),
            ("conclusion", {"held_on": "11-1-2011", "conclusion": "misschien"}, "misschien"),
        ],
    )
    def test_a_wrong_value_is_named(self, desk: Desk, name: str, values: Any, said: str) -> None:
        row, client = desk.new(), desk.browser(desk.carla)
        answer = sent(client, reverse(f"volunteers:{name}", args=[row.id]), 422, **values)
        assert said in str(page(answer, 422).find("main"))

    @pytest.mark.parametrize("name", ["interview", "conclusion"])
    def test_others(self, desk: Desk, name: str) -> None:
        row = desk.new()
        url = reverse(f"volunteers:{name}", args=[row.id])
        assert desk.browser(desk.marjan).get(url).status_code == 404
        assert desk.browser(desk.marjan).post(url).status_code == 404
        assert desk.browser(desk.rik).get(url).status_code == 403
