"""What a first visit weighs: the page and all it brings along, gzipped, from a browser that has nothing."""

import gzip
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Response

from gib.core.access.tables import Role
from tests.journeys.conftest import Enter
from tests.journeys.house import ROOT
from tests.journeys.test_doors import FIRST_PAGES

KB = 1000
PHONE, OTHER, STYLE, SCRIPT = 35 * KB, 60 * KB, 15 * KB, 20 * KB


def packed(content: bytes) -> int:
    """Give the size of what goes over the line."""
    return len(gzip.compress(content, 6))


def first_load(page: Page, address: str) -> dict[str, int]:
    """Open a page as on the first day, and give the weight of each file that came."""
    came: list[Response] = []
    page.on("response", lambda one: came.append(one))
    page.goto(address, wait_until="networkidle")
    return {each.url.rpartition("/")[2] or "/": packed(each.body()) for each in came if each.status == 200}


@pytest.fixture
def afresh(open_browser: Callable[..., BrowserContext]) -> Callable[[Page], Page]:
    """Move a person who is in to a browser that has kept nothing but the key to the house."""

    def one(page: Page) -> Page:
        context = open_browser()
        context.add_cookies(page.context.cookies())
        return context.new_page()

    return one


@pytest.mark.parametrize("role", FIRST_PAGES)
def test_a_first_page_is_light(enter: Enter, afresh: Callable[[Page], Page], role: Role) -> None:
    address, _heading = FIRST_PAGES[role]
    came = first_load(afresh(enter(role)), address)
    print(role, sum(came.values()), came)
    assert any(name.endswith(".css") for name in came), "nothing was weighed"
    assert sum(came.values()) <= (PHONE if role is Role.VOLUNTEER else OTHER), came


def _own(pattern: str) -> dict[str, int]:
    return {path.name: packed(path.read_bytes()) for path in (ROOT / "gib").rglob(pattern)}


@pytest.mark.parametrize(("pattern", "most"), [("static/**/*.css", STYLE), ("static/**/*.js", SCRIPT)])
def test_own_files_are_small(pattern: str, most: int) -> None:
    sizes = _own(pattern)
    assert sizes
    assert sum(sizes.values()) <= most, sizes
