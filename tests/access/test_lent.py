"""A screen that is lent to a mother: of all addresses of the house only hers open, and a way back."""

from typing import Any, ClassVar, Final
from unittest.mock import patch

from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, path, resolve
from django.urls.resolvers import RegexPattern

from gib.core.access.actor import Actor
from gib.core.access.guard import LENDABLE, lendable, requires
from gib.core.access.tables import P, Role
from gib.people.accounts import builders, lending
from tests.access.crawl import Ground, Route, address, routes
from tests.access.oracle import BEFORE_ALL, LENT, WAYS_BACK
from tests.world.base import enter, seats
from tests.world.more import FurnishedCase

WAYS: Final = ("get", "post")
#: A screen -> the page for which it is lent here.
FIRST: Final = {"scores": "trajectory:scores", "network": "trajectory:network", "hers": "portal:hers"}
ODD: Final = ("/bestaat-niet/", "/dossier", "//elders.example/", "/scherm/geven/", "/admin/", "/api/v1/")
#: The same words on the page of a lent screen, whatever was asked for.
SAID: Final = "Geef het scherm terug"


def declared(table: list[Route]) -> dict[str, set[str]]:
    """Give which pages say of themselves that they may be shown by a lent screen."""
    found: dict[str, set[str]] = {}
    for route in table:
        if screen := getattr(route.view, LENDABLE, ""):
            found.setdefault(screen, set()).add(route.name)
    return found


def unbound(table: list[Route]) -> list[str]:
    """Name the pages to lend whose address has no row in common with the others of their screen."""
    found = []
    for screen, names in declared(table).items():
        places = {route.name: set(route.places) for route in table if route.name in names}
        if not set.intersection(*places.values()):
            found.append(screen)
    return found


@lendable("network")
@requires(P.PLAN_TRAJECTORY)
def planted(request: HttpRequest) -> HttpResponse:
    """Show something of somebody: the planted fault."""
    return HttpResponse("open")


def test_exactly_the_pages_of_the_oracle_may_be_lent() -> None:
    assert declared(routes()) == LENT
    assert lending.WAYS_BACK == WAYS_BACK


def test_every_page_to_lend_is_about_the_same_row_as_its_screen() -> None:
    assert unbound(routes()) == []


def test_a_planted_page_to_lend_is_noticed() -> None:
    more = URLResolver(RegexPattern(r"^"), [path("gat/", planted, name="gat")])
    table = [*routes(), *routes(more)]
    assert declared(table) != LENT
    assert unbound(table) == ["network"]


class TestTheWalkOfALentScreen(FurnishedCase):
    """Every address is asked for on a screen that was lent for one page of one mother."""

    ground: ClassVar[Ground]

    @classmethod
    def setUpTestData(cls) -> None:
        """Look at the rows of every table."""
        super().setUpTestData()
        cls.ground = Ground(cls.first)

    def lend(self, screen: str) -> tuple[Any, Actor, str]:
        """Give the browser of a coordinator, lent for the first page of a screen that exists for her."""
        seat = seats(Role.COORDINATOR)[0]
        client, actor = enter(seat), seat.actor()
        route = next(one for one in routes() if one.name == FIRST[screen])
        page = address(route, self.ground.own(route, actor)[0])
        builders.lend(client, page)
        return client, actor, page

    def asked(self, route: Route, actor: Actor) -> list[str]:
        """Give the addresses of a page: rows of hers, rows of others, and none."""
        many = 3 if hasattr(route.view, LENDABLE) else 1
        ways = [*self.ground.own(route, actor)[:many], *self.ground.strange(route, actor)[:many]]
        return [address(route, kwargs) for kwargs in ways]

    def walk(self, screen: str, only: str = "") -> tuple[set[str], list[str]]:
        """Ask for everything, or for the pages of one slice.

        Returns: which pages opened, and what opened that is not hers.
        """
        client, actor, page = self.lend(screen)
        opened, faults = set(), []
        for route in routes():
            if route.name in WAYS_BACK | BEFORE_ALL or not route.name.startswith(only):
                continue
            for url in self.asked(route, actor):
                for way in WAYS:
                    if self.is_locked(getattr(client, way)(url)):
                        continue
                    opened.add(route.name)
                    if not self.is_hers(url, page):
                        faults.append(f"{way} {url}")
        return opened, faults

    @staticmethod
    def is_locked(answer: Any) -> bool:
        """Tell whether an answer is the page that asks to give the screen back."""
        return answer.status_code == lending.LOCKED and SAID in answer.content.decode()

    @staticmethod
    def is_hers(url: str, page: str) -> bool:
        """Tell whether an address is about the rows that the lent one names, as far as both do."""
        here, lent = resolve(url).kwargs, resolve(page).kwargs
        shared = here.keys() & lent.keys()
        return bool(shared) and all(here[name] == lent[name] for name in shared)

    def check(self, screen: str) -> None:
        """Walk with a screen that was lent: what is hers opens, and nothing else."""
        opened, faults = self.walk(screen)
        assert faults == []
        assert opened == LENT[screen]

    def test_lent_for_her_scores_only_these_open(self) -> None:
        self.check("scores")

    def test_lent_for_the_map_of_her_network_only_that_opens(self) -> None:
        self.check("network")

    def test_lent_to_read_her_dossier_only_what_she_may_see_opens(self) -> None:
        self.check("hers")

    def test_other_methods_odd_addresses_and_parts_of_pages_are_locked(self) -> None:
        client, _actor, page = self.lend("network")
        part = {
            "hx-request": "true",
            "hx-target": "main#inhoud",
            "hx-current-url": f"http://testserver{page}",
        }
        for url in (*ODD, "/", "/vandaag/", "/zoeken/"):
            assert self.is_locked(client.get(url)), url
            assert self.is_locked(client.post(url, {"q": "Gardenia"})), url
            assert self.is_locked(client.get(url, headers=part)), url
            for way in ("put", "patch", "delete", "options", "head", "trace"):
                assert getattr(client, way)(url).status_code == lending.LOCKED, (way, url)

    def test_a_walk_on_a_screen_that_was_not_lent_is_noticed(self) -> None:
        """The negative control: without the lock nearly everything opens."""
        with patch.object(lending, "loan_of", return_value=None):
            opened, faults = self.walk("network", "portal:")
        assert opened == {route.name for route in routes() if route.name.startswith("portal:")}
        assert any(url.startswith("get /dossier/") for url in faults)

    def test_a_lock_that_forgets_about_whom_it_is_is_noticed(self) -> None:
        def any_row(loan: lending.Loan, found: Any) -> bool:
            return getattr(found.func, LENDABLE, None) == loan.screen

        with patch.object(lending.Loan, "opens", any_row):
            opened, faults = self.walk("network", "trajectory:")
        assert opened == LENT["network"]
        assert len(faults) > len(opened)


def test_every_screen_is_walked_from_a_page_of_its_own() -> None:
    assert {screen: name in LENT[screen] for screen, name in FIRST.items()} == dict.fromkeys(LENT, True)
