"""Where each role begins, what it finds behind "Meer", and who may open which page of the portal."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gib.core.access.actor import Actor, house
from gib.core.access.tables import APPOINTED, MAY, P, Role
from gib.core.journal.models import Delivery, Happening
from gib.core.journal.subscribe import HANDLERS, name_of
from gib.core.ui.context import MENU, address
from gib.core.ui.slots import LISTS, TASK_LISTS, Task
from gib.people.accounts import builders as accounts
from gib.people.families import builders as families
from gib.people.volunteers import builders as volunteers
from gib.portal import doors
from gib.portal.doors import MORE, Door, doors_for
from gib.portal.tests.town import Town, page, questions, text
from gib.portal.views import start
from gib.portal.views.start import START

pytestmark = pytest.mark.django_db(databases="__all__")
PEOPLE = ("ours", "theirs", *(str(role) for role in APPOINTED if role is not Role.COORDINATOR))
CARE = {"ours", "theirs", "deputy"}
#: Page without a case -> who may open it.
PAGES = {
    "portal:start": set(PEOPLE),
    "portal:today": CARE,
    "portal:phone": {"volunteer"},
    "portal:more": CARE | {"project_leader"},
    "portal:search": CARE,
    "portal:readings": {"privacy_officer"},
    "portal:board": {"technical_admin"},
}
READ_ONLY = [name for name in PAGES if name != "portal:search"]


class TestWhoMayEnter:
    """Every page of the portal, for everybody."""

    @pytest.mark.parametrize("name", PAGES)
    def test_those_it_is_for_and_nobody_else(self, town: Town, name: str) -> None:
        for who in PEOPLE:
            answer = town[who].get(reverse(name))
            wanted = (200, 302) if who in PAGES[name] else (403,)
            assert answer.status_code in wanted, (name, who)

    @pytest.mark.parametrize("name", PAGES)
    def test_a_visitor_goes_to_the_sign_in_page(self, town: Town, name: str) -> None:
        answer = Client().get(reverse(name))
        assert (answer.status_code, answer.url) == (302, f"/inloggen/?next={reverse(name)}")

    @pytest.mark.parametrize("name", READ_ONLY)
    def test_a_page_that_is_read_takes_nothing(self, town: Town, name: str) -> None:
        who = sorted(PAGES[name])[0]
        for method in ("post", "put", "patch", "delete"):
            assert getattr(town[who], method)(reverse(name)).status_code == 405, method

    @pytest.mark.parametrize("name", PAGES)
    def test_a_refusal_says_nothing_about_anybody(self, town: Town, name: str) -> None:
        for who in set(PEOPLE) - PAGES[name]:
            words = text(town[who].get(reverse(name)), 403)
            assert "Madelief" not in words
            assert "Truus" not in words


class TestTheBeginning:
    """The first page of each role."""

    def test_every_role_of_people_has_one_and_may_open_it(self, town: Town) -> None:
        assert set(START) == {*APPOINTED, Role.EMERGENCY}
        for who in PEOPLE:
            first = town[who].get("/")
            assert first.status_code == 302
            assert town[who].get(first.url).status_code == 200, who

    def test_a_coordinator_begins_with_today(self, town: Town) -> None:
        assert town["ours"].get("/").url == reverse("portal:today")
        assert town["deputy"].get("/").url == reverse("portal:today")

    def test_a_volunteer_begins_on_her_phone(self, town: Town) -> None:
        assert town["volunteer"].get("/").url == reverse("portal:phone")

    @pytest.mark.parametrize("who", PEOPLE)
    def test_every_tab_of_the_menu_opens(self, town: Town, who: str) -> None:
        shown = page(town[who].get("/", follow=True))
        links = {link["href"] for link in shown.select("nav a[href]") if link["href"].startswith("/")}
        assert links
        for link in links:
            assert town[who].get(link).status_code in (200, 302), (who, link)

    def test_every_item_of_the_menu_has_an_address_and_somebody_who_may(self) -> None:
        for item in MENU:
            assert address(item.url_name), item
            assert any(item.permission in MAY[role] for role in Role), item


class TestMore:
    """The pages that one needs now and then."""

    def test_every_door_leads_somewhere_and_opens_for_somebody(self) -> None:
        assert len({(door.url, door.permission) for door in MORE}) == len(MORE)
        for door in MORE:
            assert door.url, door
            assert any(door.permission in MAY[role] for role in Role), door

    @pytest.mark.parametrize("who", ["ours", "deputy", "project_leader"])
    def test_every_door_that_is_shown_opens(self, town: Town, who: str) -> None:
        accounts.step_up(town[who])
        links = [link["href"] for link in page(town[who].get(reverse("portal:more"))).select("main h2 a")]
        assert links
        for link in links:
            assert town[who].get(link).status_code == 200, link

    def test_a_deputy_finds_fewer_doors_than_the_coordinator(self, town: Town) -> None:
        shown = {
            who: {link["href"] for link in page(town[who].get(reverse("portal:more"))).select("main h2 a")}
            for who in ("ours", "deputy")
        }
        assert shown["deputy"] < shown["ours"]

    @pytest.mark.parametrize("role", Role)
    def test_doors_follow_the_permissions_of_the_role(self, role: Role) -> None:
        actor = Actor(house("x").user_id, role)
        assert doors_for(actor) == [door for door in MORE if door.permission in MAY[role]]

    def test_a_door_to_a_page_that_this_house_lacks_is_left_out(self, monkeypatch: Any) -> None:
        missing = Door("Nergens", "Niets", "portal:nergens", P.SEE_TODAY)
        monkeypatch.setattr(doors, "MORE", [missing])
        assert missing.url == ""
        assert doors_for(Actor(house("x").user_id, Role.COORDINATOR)) == []


def _task(rank: int, tone: str = "rest", who: str = "Merel") -> Task:
    return Task(who=who, why="waarom", url="/", button="Open", rank=rank, tone=tone)


class TestToday:
    """What is now, what waits, what threatens."""

    @pytest.fixture
    def lists(self, monkeypatch: Any) -> dict[str, Any]:
        """Lists of this test only."""
        made: dict[str, Any] = {name: [] for name in LISTS}
        for name in LISTS:
            monkeypatch.setitem(TASK_LISTS, name, made[name])
        return made

    def test_an_empty_day_says_so_in_three_ways(self, town: Town, lists: Any) -> None:
        words = text(town["ours"].get(reverse("portal:today")))
        for said in ("Vandaag staat er niets", "Niets dat op u wacht", "Niets dat dreigt"):
            assert said in words
        assert "Niets dat vandaag niet kan wachten" in words
        assert "Dinsdag 11 januari" in words

    @pytest.mark.parametrize(
        ("stops", "said"), [(0, "Niets dat vandaag"), (1, "Eén ding kan"), (2, "2 dingen kunnen")]
    )
    def test_what_cannot_wait_is_counted_over_all_lists(
        self, town: Town, lists: Any, stops: int, said: str
    ) -> None:
        for name in list(LISTS)[:stops]:
            lists[name].append(lambda request: [_task(5, "stop"), _task(6)])
        assert said in text(town["ours"].get(reverse("portal:today")))

    def test_tasks_of_all_sources_stand_by_rank(self, lists: Any, rf: Any) -> None:
        lists["nu"] += [lambda request: [_task(50, who="c"), _task(10, who="a")], lambda request: []]
        lists["nu"].append(lambda request: [_task(20, who="b"), _task(50, who="d")])
        found, _others = start.tasks(rf.get("/"))
        assert [task.who for task in found["nu"]] == ["a", "b", "c", "d"]
        assert found["dreigt"] == []

    def test_the_three_numbers_equal_the_lists(self, town: Town) -> None:
        shown = page(town["ours"].get(reverse("portal:today")))
        for name in LISTS:
            heading = shown.find(id=name)
            tasks = heading.find_parent("section").select("ul.tasks > li")
            assert heading.find("span").get_text(strip=True) == str(len(tasks))

    def test_it_asks_as_much_with_one_case_as_with_thirty(self, town: Town) -> None:
        address_of_today = reverse("portal:today")
        one = questions(town["ours"], address_of_today)
        for number in range(1, 30):
            families.a_dossier(town.ours, town.now, number)
            volunteers.interested(town.ours, town.now, f"Proef{number}")
        assert questions(town["ours"], address_of_today) == one

    def test_the_other_team_sees_another_day(self, town: Town) -> None:
        assert "Madelief" not in text(town["theirs"].get(reverse("portal:today")))


class TestBoard:
    """Which event wakes whom."""

    def test_every_wire_stands_on_it(self, town: Town) -> None:
        rows = page(town["technical_admin"].get(reverse("portal:board"))).select("tbody tr")
        shown = {tuple(cell.get_text(strip=True) for cell in row.find_all(["td", "th"])) for row in rows}
        wired = {(event, name_of(handler)) for event, handlers in HANDLERS.items() for handler in handlers}
        assert wired <= shown
        assert len(wired) >= 15

    def test_without_failures_everything_is_heard(self, town: Town) -> None:
        Delivery.objects.all().delete()
        assert "Alles is gehoord" in text(town["technical_admin"].get(reverse("portal:board")))

    def test_what_waits_is_shown_without_words_of_anybody(self, town: Town) -> None:
        Delivery.objects.all().delete()
        Delivery.objects.create(
            happening_id=town.dossier_id,
            handler="gib.care.products.reactions.on_placed",
            attempts=3,
            last_error="LookupError",
            due_at=town.now.at,
        )
        words = text(town["technical_admin"].get(reverse("portal:board")))
        assert "gib.care.products.reactions.on_placed 3 LookupError" in words
        assert str(town.dossier_id) not in words

    def test_at_most_a_hundred_are_shown_soonest_due_first(self, town: Town) -> None:
        Delivery.objects.all().delete()
        Delivery.objects.bulk_create(
            Delivery(happening_id=town.dossier_id, handler=f"h{number:03}", due_at=town.now.at)
            for number in range(120)
        )
        shown = page(town["technical_admin"].get(reverse("portal:board")))
        assert len(shown.find(id="wacht").find_parent("section").select("tbody tr")) == 100

    def test_the_technical_administrator_sees_events_and_no_acts(self, town: Town) -> None:
        actor = Actor(house("x").user_id, Role.TECHNICAL_ADMIN)
        assert list(Happening.visible_to(actor, town.now.on)) == []
