"""A small town for tests of pages: two teams, a browser for each role, and what a page asked and said."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from bs4 import BeautifulSoup
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.kernel.clock import Now, now_on
from gib.people.accounts import builders as accounts
from gib.people.families import builders as families
from gib.people.partners import builders as places
from gib.people.volunteers import builders as volunteers

TODAY = date(2011, 1, 11)


@dataclass
class Town:
    """Browsers by role, the coordinator of each team, and one case of the first team."""

    browsers: dict[str, Client]
    ours: Actor
    theirs: Actor
    dossier_id: UUID
    volunteer_id: UUID
    now: Now

    def __getitem__(self, name: str) -> Client:
        """Give the browser of somebody: 'ours', 'theirs', or a role."""
        return self.browsers[name]

    def url(self, name: str, *args: Any) -> str:
        """Write the address of a page about the case."""
        return reverse(f"portal:{name}", args=[self.dossier_id, *args])


def browser(made: tuple[Any, Actor]) -> Client:
    """Give a browser in which somebody is signed in."""
    client = Client(headers={"accept-language": "nl"}, raise_request_exception=False)
    accounts.sign_in(client, made[0])
    return client


def build() -> Town:
    """Build the town, on its own business day."""
    accounts.mark_as_demo(TODAY)
    now = now_on(TODAY)
    one, other = places.two_teams()
    desk = places.two_prison_desks()[0]
    ours, theirs = accounts.coordinator(one), accounts.coordinator(other, "Marjan Fabeldal")
    dossier = families.a_dossier(ours[1], now)
    helper = volunteers.interested(ours[1], now)
    people = {
        "ours": ours,
        "theirs": theirs,
        Role.DEPUTY: accounts.deputy(one, date(2011, 2, 1)),
        Role.PROJECT_LEADER: accounts.project_leader(),
        Role.VOLUNTEER: accounts.volunteer_user(one, helper.id),
        Role.REFERRER: accounts.referrer(desk, one),
        Role.MUNICIPALITY: accounts.municipality_desk(places.a_paying_and_a_refusing_municipality()[0]),
        Role.SAFETY_HOUSE: accounts.safety_house_desk(places.a_safety_house()),
        Role.TECHNICAL_ADMIN: accounts.technical_admin(),
        Role.PRIVACY_OFFICER: accounts.privacy_officer(),
    }
    browsers = {str(name): browser(made) for name, made in people.items()}
    return Town(browsers, ours[1], theirs[1], dossier.id, helper.id, now)


def page(answer: Any, *statuses: int) -> BeautifulSoup:
    """Read a page that must have answered with one of these statuses (200 unless told otherwise)."""
    assert answer.status_code in (statuses or (200,)), answer.status_code
    found = BeautifulSoup(answer.content, "html.parser")
    assert len(found.find_all("h1")) == 1
    return found


def text(answer: Any, *statuses: int) -> str:
    """Give the words of the main part of a page on one line."""
    return " ".join(page(answer, *statuses).main.get_text(" ").split())


def send(client: Client, url: str, **values: Any) -> Any:
    """Fill in the form of a page and send it."""
    token = page(client.get(url)).find("input", {"name": "token"})
    return client.post(url, {"token": token["value"], **values})


def questions(client: Client, url: str) -> int:
    """Count what one page asks of all stores; the second time, when what may be remembered is."""
    client.get(url)
    counts = [CaptureQueriesContext(connections[alias]) for alias in ("default", "keys", "log")]
    with counts[0], counts[1], counts[2]:
        assert client.get(url).status_code == 200
    found = [query["sql"] for count in counts for query in count.captured_queries]
    return len([sql for sql in found if "SAVEPOINT" not in sql and "set_config" not in sql])
