"""The telephone without any line: a calm page, a report that waits, and a memory that names nobody."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Watch
from tests.journeys.house import House
from tests.journeys.seeing import look
from tests.journeys.test_outbox import LETTERS, WAITING, pocket, readable, sent, told

__all__ = ["pocket"]

#: All that the caches of a telephone hold: the address and the text of each answer.
CACHED = """async () => {
    const found = {};
    for (const name of await caches.keys()) {
        const store = await caches.open(name);
        for (const one of await store.keys())
            found[new URL(one.url).pathname] = await (await store.match(one, { ignoreVary: true })).text();
    }
    return found;
}"""
WORKERS = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
AWAY = "Er is nu geen internet"
#: How often the page looks whether the line is back, with time to load; in milliseconds.
SOON = 20_000


def ready(page: Page) -> Page:
    """Open the page of the day, and wait until what is shown without a line lies in the telephone."""
    page.goto("/mijn-dag/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto("/mijn-dag/")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    return page


@pytest.fixture
def phone(volunteer: Page, watch: Watch) -> Page:
    """Hold a telephone that has been used once."""
    watch.expected += ["net::ERR_"]
    return ready(volunteer)


def write(page: Page, note: str) -> None:
    """Write a report on the page without a line, from a cold start."""
    page.goto("/mijn-dag/")
    expect(page.get_by_role("heading", level=1)).to_have_text(AWAY)
    page.locator("label:has([name=minutes])").first.click()
    page.locator("[name=note]").fill(note)
    page.get_by_role("button", name="Bewaar op deze telefoon").click()
    expect(page.locator("#uitgaand")).to_contain_text("Nog niet verstuurd")


def test_without_a_line_a_calm_page_says_so(phone: Page) -> None:
    phone.context.set_offline(True)
    phone.goto("/agenda/")
    expect(phone.get_by_role("heading", level=1)).to_have_text(AWAY)
    expect(phone.locator("form[data-outbox]")).to_be_visible()
    expect(phone.locator("#uitgaand")).to_be_hidden()
    assert look(phone) == []
    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", level=1)).not_to_have_text(AWAY, timeout=SOON)
    assert phone.url.endswith("/agenda/")


def test_a_report_from_a_cold_start_waits_and_arrives_once(phone: Page) -> None:
    note = "Zij vouwde een kraanvogel."
    phone.context.set_offline(True)
    write(phone, note)
    phone.goto("/mijn-dag/")
    expect(phone.locator("#uitgaand")).to_contain_text(WAITING)
    phone.context.set_offline(False)
    phone.wait_for_url("**/mijn-dag/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Mijn dag", timeout=SOON)
    sent(phone)
    assert told(phone, note) == 1


def test_two_reports_of_one_page_are_two(phone: Page) -> None:
    """The page is kept, so its form has no key of its own: each report makes one."""
    phone.context.set_offline(True)
    write(phone, "Zij zag een roerdomp.")
    write(phone, "Zij zag een purperreiger.")
    expect(phone.locator("#uitgaand")).to_contain_text("Nog niet verstuurd: 2")
    marks = {letter["mark"] for letter in phone.evaluate(LETTERS)}
    assert len(marks) == 2
    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Mijn dag", timeout=SOON)
    sent(phone)
    assert told(phone, "Zij zag een purperreiger.") == 1


def test_a_line_that_comes_back_takes_no_text_away(phone: Page) -> None:
    """Who writes on the page without a line goes on writing; what she keeps is sent at once."""
    note = "Zij hoorde een wielewaal."
    phone.context.set_offline(True)
    phone.goto("/mijn-dag/")
    phone.locator("[name=note]").fill(note)
    phone.context.set_offline(False)
    phone.wait_for_timeout(7000)
    expect(phone.locator("[name=note]")).to_have_value(note)
    phone.locator("label:has([name=minutes])").first.click()
    phone.get_by_role("button", name="Bewaar op deze telefoon").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Mijn dag", timeout=SOON)
    sent(phone)
    assert told(phone, note) == 1


def test_the_card_is_printed_from_the_page_of_the_day(phone: Page) -> None:
    phone.goto("/mijn-dag/")
    with phone.expect_download() as coming:
        phone.get_by_role("link", name="Kaartje met code").click()
    assert coming.value.suggested_filename == "kaartjes.pdf"


def test_a_house_that_is_down_is_the_same_as_no_line(phone: Page, house: House) -> None:
    house.close()
    try:
        phone.goto("/mijn-dag/")
        expect(phone.get_by_role("heading", level=1)).to_have_text(AWAY)
    finally:
        house.open()
    phone.get_by_role("link", name="Probeer opnieuw").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Mijn dag")


def test_signing_out_leaves_no_page_no_worker_and_no_letter(phone: Page) -> None:
    assert phone.evaluate(CACHED) != {}
    assert phone.evaluate(WORKERS) == 1
    phone.get_by_role("button", name="Afmelden").click()
    phone.wait_for_url("**/inloggen/**")
    assert phone.evaluate(CACHED) == {}
    assert phone.evaluate(WORKERS) == 0
    assert phone.evaluate(LETTERS) == []
    assert phone.evaluate("localStorage.length") == 0


def test_a_desk_gets_no_worker(coordinator: Page) -> None:
    coordinator.goto("/vandaag/")
    coordinator.wait_for_load_state("networkidle")
    assert coordinator.evaluate(WORKERS) == 0
    assert coordinator.evaluate(CACHED) == {}


def names_on(page: Page) -> set[str]:
    """Give the words on the pages of hers that name somebody or somewhere."""
    page.goto("/mijn-dag/")
    shown = page.locator("main h2").all_inner_texts()
    return {word for line in shown for word in line.split() if word[:1].isupper() and len(word) > 3}


def test_the_caches_and_the_memory_hold_no_name(pocket: tuple[BrowserContext, Path]) -> None:
    context, memory = pocket
    page = context.new_page()
    page.goto("/demo/?rol=volunteer")
    page.get_by_role("button", name="Truus").first.click()
    page.wait_for_url(lambda url: "/demo/" not in url)
    ready(page)
    names = names_on(page) - {"Deze", "Volgende"}
    assert names, "there is a name to look for"
    page.goto("/agenda/")
    context.set_offline(True)
    write(page, "Zij vond een zilverschoon in het gras.")
    cached: dict[str, Any] = page.evaluate(CACHED)
    assert set(cached) >= {"/geen-internet/"}
    assert all(path == "/geen-internet/" or path.startswith("/static/") for path in cached), set(cached)
    assert [name for name in {*names, "Truus"} if any(name in text for text in cached.values())] == []
    # The control: a page with a name, put in the same store by hand, is found in the same two ways.
    page.evaluate(
        """async (name) => {
        const [first] = await caches.keys();
        await (await caches.open(first)).put('/proef/', new Response(`duizendblad ${name}`));
    }""",
        min(names),
    )
    assert min(names) in page.evaluate(CACHED)["/proef/"]
    context.close()
    assert any("CacheStorage" in name for name in readable(memory, "duizendblad")), "the scan is blind"
    assert readable(memory, "zilverschoon") == []
