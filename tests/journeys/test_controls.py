"""Planted faults: each harness of this folder must notice its own."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Route

from tests.journeys.conftest import Watch
from tests.journeys.seeing import Walk, spoilt
from tests.journeys.test_weight import OTHER, first_load

STYLE = "document.head.append(Object.assign(document.createElement('style'), {textContent: 'a {}'}))"
LINK = "document.querySelector('main').append(Object.assign(document.createElement('a'), {href: '/weg/'}))"
FORM = (
    "<main><form class=form method=post><input name=token><input name=a>"
    "<button type=submit>Ja</button></form></main>"
)


@pytest.fixture
def page(open_browser: Callable[..., BrowserContext]) -> Page:
    """Open a page of the house that shows what a test wants at one address."""
    return open_browser().new_page()


def shows(page: Page, body: str) -> None:
    """Let one address of the house answer like this, whatever is sent to it."""

    def answer(route: Route) -> None:
        route.fulfill(status=200, body=body, content_type="text/html")

    page.route("**/proef/", answer)


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("console.error('kapot')", "kapot"),
        ("document.title = 'Niets aan de hand'", ""),
        ("document.querySelector('main').innerHTML = '<b>nee</b>'", "TrustedHTML"),
        (STYLE, "style"),
        ("setTimeout(() => { throw new Error('ontploft') })", "ontploft"),
    ],
)
def test_a_complaint_of_the_browser_is_noticed(page: Page, watch: Watch, planted: str, said: str) -> None:
    page.goto("/hulp/")
    with suppress(Error):
        page.evaluate(f"() => {{ {planted} }}")
    page.wait_for_timeout(200)
    heard, watch.complaints = watch.complaints, []
    assert any(said in words for words in heard) if said else heard == []


def test_a_request_that_leaves_the_house_is_noticed(page: Page, watch: Watch) -> None:
    page.set_content("<img src='http://elders.invalid/stip.png'>")
    heard, watch.complaints = watch.complaints, []
    assert any("left the house: http://elders.invalid" in words for words in heard)


def test_a_heavy_page_is_noticed(page: Page) -> None:
    shows(page, "".join(f"<p>{number * 7919 % 100003:x}" for number in range(60_000)))
    assert sum(first_load(page, "/proef/").values()) > OTHER


def test_a_dead_link_is_noticed(page: Page) -> None:
    page.goto("/hulp/")
    walk = Walk(page)
    page.evaluate(LINK)
    found = [url for url in walk.links() if url.endswith("/weg/")]
    assert [walk._is_new(url) for url in found] == [False]
    assert [line.split()[0] for line in walk.dead] == ["404"]


def test_a_form_that_takes_nonsense_is_noticed(page: Page) -> None:
    shows(page, FORM)
    page.goto("/proef/")
    with pytest.raises(AssertionError, match="took nonsense"):
        spoilt(page)
