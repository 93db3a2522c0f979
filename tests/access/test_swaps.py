"""Each swapped piece equals a reload: every list of every role, and the press that ticks a task off."""

import gzip
import re
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from gib.care.trajectory.models import PlanStep
from gib.core.access.tables import Role
from gib.core.ui import context
from gib.portal.demo.people import TODAY
from tests.access.crawl import address
from tests.access.oracle import ALLOWED
from tests.access.test_queries import LISTS
from tests.world.base import ROLES, as_house, enter, seats
from tests.world.more import FurnishedCase

SWAP = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": context.CONTENT}
#: Bytes, compressed, that a swap may weigh; with a map in it twice as much.
MOST = 5 * 1024
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def content(html: str) -> tuple[str, str]:
    """Give the title and the content of an answer, the words that differ each time left out."""
    page = BeautifulSoup(_TOKEN.sub("", html), "html.parser")
    return str(page.title), str(page.main)


def differences(client: Client, url: str) -> Iterator[str]:
    """Name in what a swap differs from a reload, and what a swap brings beside the content."""
    whole, part = client.get(url).content.decode(), client.get(url, **SWAP).content.decode()
    if content(whole) != content(part):
        yield f"{url}: a swap shows something else than a reload"
    if [tag.name for tag in BeautifulSoup(part, "html.parser").find_all(recursive=False)] != [
        "title",
        "main",
    ]:
        yield f"{url}: a swap is more than a title and the content"
    weight, most = len(gzip.compress(part.encode(), 9)), MOST * (1 + ("<circle" in part))
    if weight > most:
        yield f"{url}: a swap weighs {weight} bytes"


def swaps(client: Client, url: str) -> list[str]:
    """List where the swaps of a page lead: its filters, its headings that sort, its windows."""
    answer = client.get(url)
    page = BeautifulSoup(answer.content, "html.parser") if answer.status_code == 200 else BeautifulSoup()
    links = page.select("[hx-boost\\:inherited] a[href]")
    return sorted(
        {f"{url}{link['href']}" if str(link["href"])[0] == "?" else str(link["href"]) for link in links}
    )


class TestSwaps(FurnishedCase):
    """All roles, over the world with a row in every table."""

    def test_every_swap_of_every_list_equals_a_reload(self) -> None:
        found, seen = [], set()
        for role in ROLES:
            client = enter(seats(role)[0])
            for route in LISTS:
                if role in ALLOWED[route.name]:
                    for url in swaps(client, address(route, {})):
                        found += differences(client, url)
                        seen.add(route.name)
        assert not found, "\n".join(found)
        assert seen >= {
            "families:mothers",
            "referral:list",
            "volunteers:volunteers",
            "partners:municipalities",
        }

    def test_a_task_that_is_ticked_off_shows_what_a_reload_shows(self) -> None:
        client, actor = enter(seats(Role.COORDINATOR)[0]), seats(Role.COORDINATOR)[0].actor()
        with as_house():
            steps = PlanStep.visible_to(actor, TODAY).filter(done_on__isnull=True, overtaken_on__isnull=True)
            step = steps.filter(due_on__lte=TODAY)[0]
        before = len(
            BeautifulSoup(client.get("/vandaag/").content, "html.parser").select(".task:not(.is-done)")
        )
        for to, gone in (("klaar", 1), ("herstel", 0)):
            answer: Any = client.post(reverse("trajectory:step_press", args=[step.id, to]), **SWAP)
            shown = client.get(answer.url, **SWAP).content.decode()
            assert content(shown) == content(client.get(answer.url).content.decode())
            page = BeautifulSoup(shown, "html.parser")
            assert len(page.select(".task:not(.is-done)")) == before - gone
            assert len(page.select(".task.is-done form.undo")) == gone

    def test_a_swap_that_shows_something_else_or_more_is_noticed(self) -> None:
        def otherwise(request: Any, name: str) -> str:
            return "uit" if request.headers.get("HX-Request") else "aan"

        client = enter(seats(Role.COORDINATOR)[0])
        with patch.object(context, "preference", otherwise):
            assert any("something else" in fault for fault in differences(client, "/hulp/toetsen/"))
        with patch.object(context, "_is_part", return_value=False):
            assert any("more than a title" in fault for fault in differences(client, "/moeders/"))
