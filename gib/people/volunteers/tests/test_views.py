"""Pages about volunteers: they work, for the team for nobody else, and lose nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.kernel.clock import now_on
from gib.people.accounts import builders as accounts
from gib.people.partners import builders as places
from gib.people.partners.domain import Product
from gib.people.volunteers import actions, builders
from gib.people.volunteers.domain import LeaveReason, State
from gib.people.volunteers.models import Completion, Exemption, PrisonPermit, Volunteer

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = date(2011, 1, 11)
GOOD = {
    "given_name": "Bea",
    "family_name": "Bladwijzer",
    "born_on": "3-5-1961",
    "phone": "06 12345678",
    "email": "bea@voorbeeld.invalid",
    "postcode": "3511ab",
    "languages": ["nl", "pap"],
    "most_matches": "2",
    "most_minutes": "45",
}
PAGES = ("volunteer", "correct", "complete", "permit", "exempt", "leave")


@dataclass
class House:
    """A team with a coordinator and a volunteer, and the clients of everybody who comes by."""

    coordinator: Actor
    team: Client
    deputy: Client
    stranger: Client
    herself: Client
    referrer: Client
    volunteer_id: UUID

    def url(self, name: str, *more: str) -> str:
        """Write the address of a page about the volunteer."""
        return reverse(f"volunteers:{name}", args=[self.volunteer_id, *more])

    def row(self) -> Any:
        """Give the volunteer as she lies in the database."""
        with rls.system("test"):
            return Volunteer.for_house("test", TODAY).get(pk=self.volunteer_id)


@pytest.fixture
def house(seen: Any) -> House:
    accounts.mark_as_demo(TODAY)
    one, other = places.two_teams()
    prison = places.two_prison_desks()[0]

    def client(made: tuple[Any, Actor]) -> Client:
        browser = Client(headers={"accept-language": "nl"})
        accounts.sign_in(browser, made[0])
        return browser

    carla = accounts.coordinator(one)
    row = builders.available(carla[1], now_on(TODAY), Product.BEZOEKMOEDERS, prison="NSL")
    return House(
        coordinator=carla[1],
        team=client(carla),
        deputy=client(accounts.deputy(one, date(2011, 2, 1))),
        stranger=client(accounts.coordinator(other, "Marjan Fabeldal")),
        herself=client(accounts.volunteer_user(one, row.id)),
        referrer=client(accounts.referrer(prison, one)),
        volunteer_id=row.id,
    )


def page(response: Any) -> BeautifulSoup:
    assert response.status_code in (200, 422)
    return BeautifulSoup(response.content, "html.parser")


def sent(client: Client, url: str, **values: Any) -> Any:
    """Fill in the form of a page and send it."""
    token = page(client.get(url)).find("input", {"name": "token"})
    return client.post(url, {"token": token["value"], **values})


def questions(client: Client, url: str) -> int:
    """Count the questions of one page over all stores."""
    counts = [CaptureQueriesContext(connections[alias]) for alias in ("default", "keys", "log")]
    with counts[0], counts[1], counts[2]:
        assert client.get(url).status_code == 200
    found = [query["sql"] for count in counts for query in count.captured_queries]
    return len([sql for sql in found if "SAVEPOINT" not in sql and "set_config" not in sql])


class TestWhoMayLook:
    """Five questions for each page."""

    @pytest.mark.parametrize("name", PAGES)
    def test_the_team_sees_it(self, house: House, name: str) -> None:
        for client in (house.team, house.deputy):
            assert len(page(client.get(house.url(name))).find_all("h1")) == 1

    @pytest.mark.parametrize("name", PAGES)
    def test_for_a_coordinator_elsewhere_she_does_not_exist(self, house: House, name: str) -> None:
        assert house.stranger.get(house.url(name)).status_code == 404
        assert house.stranger.post(house.url(name), GOOD).status_code in (404, 405)
        assert house.stranger.post(house.url("step", State.ON_LEAVE)).status_code == 404
        assert house.row().state == State.AVAILABLE

    @pytest.mark.parametrize("name", PAGES)
    def test_another_role_may_not(self, house: House, name: str) -> None:
        for client in (house.herself, house.referrer):
            assert client.get(house.url(name)).status_code == 403

    @pytest.mark.parametrize("name", ["volunteers", "register"])
    def test_another_role_may_not_see_the_list(self, house: House, name: str) -> None:
        assert house.referrer.get(reverse(f"volunteers:{name}")).status_code == 403
        assert house.herself.get(reverse(f"volunteers:{name}")).status_code == 403

    @pytest.mark.parametrize("name", ["volunteers", "own"])
    def test_a_page_that_is_read_takes_nothing(self, house: House, name: str) -> None:
        client = house.herself if name == "own" else house.team
        assert client.post(reverse(f"volunteers:{name}")).status_code == 405
        assert house.team.post(house.url("volunteer")).status_code == 405

    def test_nobody_unknown_enters(self, house: House) -> None:
        answer = Client().get(house.url("volunteer"))
        assert (answer.status_code, answer.url.startswith("/inloggen/")) == (302, True)

    def test_the_coordinator_has_no_page_about_herself(self, house: House) -> None:
        assert house.team.get(reverse("volunteers:own")).status_code == 403

    @pytest.mark.parametrize("to", ["nergens", State.LEAVING, State.INTERESTED])
    def test_a_step_that_has_no_verb_does_not_exist(self, house: House, to: str) -> None:
        assert house.team.get(house.url("step", to)).status_code == 404


class TestTheList:
    """Who is there, and what is missing."""

    def test_it_names_who_is_with_us_and_what_lacks(self, house: House) -> None:
        builders.interested(house.coordinator, now_on(TODAY), "Loes", "Vulpen")
        rows = page(house.team.get(reverse("volunteers:volunteers"))).select("tbody tr")
        words = {row.find(["a"]).get_text(strip=True): row.get_text(" ", strip=True) for row in rows}
        assert set(words) == {"Truus V.", "Loes V."}
        assert "Inzetbaar niets" in words["Truus V."]
        assert "VOG (zorg voor minderjarigen)" in words["Loes V."]

    def test_who_left_is_found_by_state_only(self, house: House) -> None:
        gone = builders.interested(house.coordinator, now_on(TODAY), "Riet", "Kladblok")
        actions.move(house.coordinator, gone.id, State.REJECTED, now_on(TODAY))
        address = reverse("volunteers:volunteers")
        assert "Riet" not in house.team.get(address).content.decode()
        assert "Riet" in house.team.get(f"{address}?stand={State.REJECTED}").content.decode()
        assert "Truus" not in house.team.get(f"{address}?stand={State.REJECTED}").content.decode()

    def test_an_empty_state_says_what_to_do(self, house: House) -> None:
        shown = page(house.team.get(f"{reverse('volunteers:volunteers')}?stand={State.SUSPENDED}"))
        assert "Hier is niemand" in shown.get_text()

    def test_nonsense_in_the_address_is_not_a_fault(self, house: House) -> None:
        for query in ("stand=gek", "na=gek", "na=gek&stand=x"):
            assert house.team.get(f"{reverse('volunteers:volunteers')}?{query}").status_code == 200

    def test_more_than_fifty_go_over_two_pages(self, house: House) -> None:
        for number in range(51):
            builders.interested(house.coordinator, now_on(TODAY), f"Proef{number}")
        first = page(house.team.get(reverse("volunteers:volunteers")))
        assert len(first.select("tbody tr")) == 50
        older = first.find("a", href=lambda href: href and "na=" in href)["href"]
        second = page(house.team.get(f"{reverse('volunteers:volunteers')}{older}"))
        assert len(second.select("tbody tr")) == 2

    def test_it_asks_as_much_with_one_as_with_thirty(self, house: House) -> None:
        address = reverse("volunteers:volunteers")
        questions(house.team, address)
        one = questions(house.team, address)
        for number in range(29):
            builders.available(house.coordinator, now_on(TODAY), given_name=f"Proef{number}")
        assert questions(house.team, address) == one <= 15

    def test_one_volunteer_asks_as_much_with_many_papers(self, house: House) -> None:
        questions(house.team, house.url("volunteer"))
        one = questions(house.team, house.url("volunteer"))
        builders.with_papers(house.coordinator, house.volunteer_id, now_on(TODAY), *Product)
        assert questions(house.team, house.url("volunteer")) == one <= 15


class TestWritingIn:
    """A new volunteer, and what is wrong with her form."""

    def test_she_is_written_in_with_everything(self, house: House) -> None:
        answer = sent(house.team, reverse("volunteers:register"), **GOOD)
        row = self._found(answer.url)
        assert (row.given_name, row.born_on, row.phone) == ("Bea", date(1961, 5, 3), "+31612345678")
        assert (row.postcode, row.pc4, row.languages, row.most_matches) == ("3511 AB", "3511", "nl,pap", 2)

    def _found(self, address: str) -> Any:
        with rls.system("test"):
            return Volunteer.for_house("test", TODAY).get(pk=UUID(address.strip("/").split("/")[-1]))

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("given_name", "", "Voornaam"),
            ("born_on", "31-2-1960", "Geboortedatum"),
            ("born_on", "1-1-2005", "18"),
            ("phone", "bel maar", "geen telefoonnummer"),
            ("phone", "06", "telefoonnummer"),
            ("postcode", "9999", "ostcode"),
            ("email", "bea", "mail"),
            ("languages", ["xx"], "Talen"),
            ("most_matches", "9", "Hoeveel moeders"),
            ("most_minutes", "5", "Hoeveel minuten"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_lost(
        self, house: House, field: str, value: Any, said: str
    ) -> None:
        answer = sent(house.team, reverse("volunteers:register"), **GOOD | {field: value})
        shown = page(answer)
        assert answer.status_code == 422
        assert said in shown.main.get_text()
        kept = {tag["name"]: tag.get("value") for tag in shown.select("input[name]:not([type=checkbox])")}
        assert kept["family_name"] == "Bladwijzer"
        if isinstance(value, str):
            assert (kept[field] or "") == value
        with rls.system("test"):
            assert Volunteer.for_house("test", TODAY).count() == 1

    def test_sent_twice_she_is_written_in_once(self, house: House) -> None:
        token = str(uuid4())
        urls = {
            house.team.post(reverse("volunteers:register"), {"token": token, **GOOD}).url for _ in range(2)
        }
        with rls.system("test"):
            assert (len(urls), Volunteer.for_house("test", TODAY).count()) == (1, 2)

    def test_a_correction_begins_with_what_is_known(self, house: House) -> None:
        shown = page(house.team.get(house.url("correct")))
        assert shown.find("input", {"name": "given_name"})["value"] == "Truus"
        sent(house.team, house.url("correct"), **GOOD | {"given_name": "Geertruida"})
        assert house.row().given_name == "Geertruida"


class TestPapers:
    """What a coordinator saw, and where a volunteer may enter."""

    def test_a_paper_is_seen(self, house: House) -> None:
        answer = sent(house.team, house.url("complete"), requirement="coaching", seen_on="10-1-2011")
        assert answer.url == house.url("volunteer")
        with rls.system("test"):
            row = Completion.for_house("test", TODAY).get(requirement="coaching")
        assert (row.from_on, row.seen_by) == (date(2011, 1, 10), house.coordinator.user_id)

    @pytest.mark.parametrize(
        "values",
        [
            {"requirement": "coaching", "seen_on": "12-1-2011"},
            {"requirement": "coaching", "seen_on": "10-1-2011", "to_on": "1-1-2011"},
            {"requirement": "rijbewijs", "seen_on": "10-1-2011"},
            {"requirement": "coaching", "seen_on": "gisteren"},
        ],
    )
    def test_an_impossible_paper_is_not_kept(self, house: House, values: dict[str, str]) -> None:
        assert sent(house.team, house.url("complete"), **values).status_code == 422
        with rls.system("test"):
            assert not Completion.for_house("test", TODAY).filter(requirement="coaching").exists()

    def test_a_prison_lets_her_in(self, house: House) -> None:
        answer = sent(house.team, house.url("permit"), prison="TPL", from_on="11-1-2011", to_on="")
        assert answer.url == house.url("volunteer")
        assert "Ter Peel" in page(house.team.get(answer.url)).main.get_text()

    @pytest.mark.parametrize(
        "values",
        [
            {"prison": "NSL", "from_on": "11-1-2011"},
            {"prison": "TPL", "from_on": "11-1-2011", "to_on": "1-1-2011"},
            {"prison": "XXX", "from_on": "11-1-2011"},
        ],
    )
    def test_an_impossible_permit_is_not_kept(self, house: House, values: dict[str, str]) -> None:
        assert sent(house.team, house.url("permit"), **values).status_code == 422
        with rls.system("test"):
            assert PrisonPermit.for_house("test", TODAY).count() == 1


class TestSteps:
    """The way of a volunteer."""

    def test_a_step_is_asked_for_and_taken(self, house: House) -> None:
        answer = sent(house.team, house.url("step", State.ON_LEAVE))
        assert (answer.url, house.row().state) == (house.url("volunteer"), State.ON_LEAVE)

    def test_a_step_that_cannot_be_taken_now_is_refused(self, house: House) -> None:
        answer = sent(house.team, house.url("step", State.SCREENING))
        assert (answer.status_code, house.row().state) == (422, State.AVAILABLE)
        assert "Dit kan niet vanuit deze stand" in page(answer).main.get_text()

    def test_a_goodbye_has_a_reason(self, house: House) -> None:
        assert sent(house.team, house.url("leave")).status_code == 422
        assert house.row().state == State.AVAILABLE
        sent(house.team, house.url("leave"), reason=LeaveReason.MOVED)
        assert (house.row().state, house.row().left_reason) == (State.LEAVING, LeaveReason.MOVED)

    def test_the_page_offers_the_steps_that_exist(self, house: House) -> None:
        words = {
            tag.get_text(strip=True) for tag in page(house.team.get(house.url("volunteer"))).select("main a")
        }
        assert {"Zet op verlof", "Schors", "Zij stopt"} <= words
        assert "Plan gesprek" not in words


def test_she_sees_her_own_papers_in_her_own_language(house: House) -> None:
    shown = page(house.herself.get(reverse("volunteers:own"))).main.get_text()
    assert "VOG" in shown
    assert "Nieuwersluis" in shown
    assert "je coördinator" in shown


def test_she_sees_nobody_else_in_few_questions(house: House) -> None:
    builders.interested(house.coordinator, now_on(TODAY), "Loes", "Vulpen")
    assert questions(house.herself, reverse("volunteers:own")) <= 15
    assert "Loes" not in house.herself.get(reverse("volunteers:own")).content.decode()


class TestRequirements:
    """What must be in order, as her coordinator and she herself see it."""

    def test_both_see_what_is_in_order_until_when_and_who_must_act(self, house: House) -> None:
        for client, url in ((house.team, house.url("volunteer")), (house.herself, reverse("volunteers:own"))):
            table = page(client.get(url)).find(id="eisen").find_parent("section").get_text(" ", strip=True)
            who = "vrijwilliger" if client is house.team else "jij zelf"
            assert f"VOG (zorg voor minderjarigen) In orde {who} tot en met" in table
            assert "coachgesprek Te doen coördinator uiterlijk" in table
            assert "training Bezoekmoeders In orde trainer" in table

    def test_an_exemption_is_given_shown_and_stopped(self, house: House) -> None:
        values = {"requirement": "coaching", "to_on": "1-3-2011"}
        assert sent(house.team, house.url("exempt"), **values).status_code == 302
        shown = page(house.team.get(house.url("volunteer")))
        assert "coachgesprek, tot en met" in shown.get_text(" ", strip=True)
        with rls.system("test"):
            row = Exemption.for_house("test", TODAY).get()
        stop = reverse("volunteers:exemption_end", args=[row.id])
        assert shown.find("a", href=stop)
        assert house.stranger.get(stop).status_code == 404
        assert house.herself.get(stop).status_code == 403
        assert sent(house.team, stop).status_code == 302
        assert "coachgesprek, tot en met" not in page(house.team.get(house.url("volunteer"))).get_text(" ")

    @pytest.mark.parametrize(
        ("values", "told"),
        [
            ({"requirement": "vog_84", "to_on": "1-3-2011"}, "vog_84"),
            ({"requirement": "coaching", "to_on": "1-3-2013"}, "hoogstens 12 maanden"),
            ({"requirement": "coaching", "to_on": "1-3-2009"}, "al voorbij"),
        ],
    )
    def test_what_cannot_wait_is_refused_with_a_sentence(
        self, house: House, values: dict[str, str], told: str
    ) -> None:
        refused = sent(house.team, house.url("exempt"), **values)
        assert refused.status_code == 422
        assert told in page(refused).get_text(" ", strip=True)
