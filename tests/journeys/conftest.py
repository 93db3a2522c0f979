"""People of the demonstration at their browsers: one click and they are in; any complaint fails."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from gib.core.access.tables import Role
from gib.people.families.models import number_of
from tests.journeys.ground import DESK
from tests.journeys.house import FAULTS, House, served
from tests.journeys.seeing import look

CHROMIUM = os.environ.get("GIB_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
#: What a browser reports of an answer that a form means to give.
EXPECTED = ("status of 422",)
FIRST = {Role.VOLUNTEER: "Truus", Role.MUNICIPALITY: "Amersfoort"}

Enter = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that none runs where there is no browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Put the end of the server's log beside a failure."""
    report = yield
    house = getattr(item, "funcargs", {}).get("house")
    if report.failed and house is not None:
        report.sections.append(("log of the server", house.said()[-6000:]))
    return report


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Use the browser of the system."""
    return {"executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture(scope="module")
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Serve a demonstration of its own to the tests of one module, or the world that the module names."""
    world = getattr(request.module, "WORLD", "demo")
    with served(Path(os.environ["GIB_TEST_HOME"]), tmp_path_factory.mktemp("house"), world) as one:
        yield one


@pytest.fixture(autouse=True)
def calm(house: House) -> Iterator[list[str]]:
    """Fail when the server reports a fault of its own, also one that no page shows.

    A test that causes a fault adds the words by which its report is known; then it must be there.
    """
    before, expected = house.log.stat().st_size, list[str]()
    yield expected
    lines = [line for line in house.said(before).splitlines() if any(fault in line for fault in FAULTS)]
    assert [line for line in lines if not any(words in line for words in expected)] == []
    assert [words for words in expected if not any(words in line for line in lines)] == []


class Watch:
    """Listen to a browser: faults of scripts, breaches of the policy, requests that leave the house."""

    def __init__(self, house: House) -> None:
        self.host = urlsplit(house.url).netloc
        self.complaints: list[str] = []
        self.expected = [*EXPECTED]

    def over(self, context: BrowserContext) -> BrowserContext:
        """Listen to every page of a context."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("request", self._request)
        return context

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(words in message.text for words in self.expected):
            self.complaints.append(f"{message.text} at {message.location.get('url')}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.complaints.append(f"left the house: {request.url}")


@pytest.fixture
def watch(house: House) -> Iterator[Watch]:
    """Listen to all browsers of a test, and fail on what they said."""
    one = Watch(house)
    yield one
    assert one.complaints == []


@pytest.fixture
def scripts() -> bool:
    """Tell whether browsers run scripts; a module that says no replaces this."""
    return True


@pytest.fixture
def glance(scripts: bool) -> Iterator[Callable[[Page], None]]:
    """Look in passing at a page that no list of addresses leads to; its faults fail at the end."""
    found: list[str] = []

    def one(page: Page) -> None:
        found.extend(f"{fault} on {page.url}" for fault in (look(page) if scripts else ()))

    yield one
    assert found == []


@pytest.fixture
def open_browser(
    browser: Browser, house: House, watch: Watch, scripts: bool
) -> Iterator[Callable[..., BrowserContext]]:
    """Open browsers that share nothing, in Dutch, and close them."""
    opened: list[BrowserContext] = []

    def one(**wishes: object) -> BrowserContext:
        context = browser.new_context(
            base_url=house.url, locale="nl-NL", java_script_enabled=scripts, **wishes
        )
        context.set_default_timeout(10_000)
        opened.append(watch.over(context))
        return context

    yield one
    for context in opened:
        context.close()


@pytest.fixture
def enter(open_browser: Callable[..., BrowserContext]) -> Enter:
    """Step into a role of the demonstration with one click, as somebody by name when it matters."""

    def one(role: Role, who: str = "", **wishes: object) -> Page:
        page = open_browser(**wishes).new_page()
        page.goto(f"/demo/?rol={role}")
        page.get_by_role("button", name=who or FIRST.get(role, "")).first.click()
        page.wait_for_url(lambda url: "/demo/" not in url)
        return page

    return one


@pytest.fixture
def sit(open_browser: Callable[..., BrowserContext], house: House) -> Enter:
    """Sit where the first person of a role sits, in one of the worlds of `ground`."""

    def one(role: Role) -> Page:
        page = open_browser().new_page()
        page.goto(f"/demo/?rol={DESK.get(role, role)}")
        page.locator(f"button[value='{house.people[role]['seat']}']").click()
        page.wait_for_url(lambda url: "/demo/" not in url)
        if role is Role.EMERGENCY:
            look_into(page, house.people[role]["kinds"]["portal:dossier"][0])
        return page

    return one


def look_into(page: Page, address: str) -> None:
    """Open the dossier at an address in an emergency, as who may ask for that."""
    page.goto("/noodtoegang/")
    page.fill("[name=number]", number_of(UUID(address.split("/")[2])))
    page.fill("[name=reason]", "Een kind staat alleen op de stoep.")
    page.locator("[name=category]").first.check()
    page.locator("[name=is_sure]").check()
    with page.expect_navigation():
        page.locator("main form.form button[type=submit]").click()


@pytest.fixture
def coordinator(enter: Enter) -> Page:
    """Sit at the desk of the first team."""
    return enter(Role.COORDINATOR, "Hanneke")


@pytest.fixture
def other_coordinator(enter: Enter) -> Page:
    """Sit at the desk of the second team."""
    return enter(Role.COORDINATOR, "Marjan")


@pytest.fixture
def referrer(enter: Enter) -> Page:
    """Sit in the prison of the first team."""
    return enter(Role.REFERRER, "NSL")


@pytest.fixture
def volunteer(enter: Enter) -> Page:
    """Hold the phone of a volunteer of the first team."""
    return enter(Role.VOLUNTEER, viewport={"width": 390, "height": 844})


@pytest.fixture
def municipality(enter: Enter) -> Page:
    """Sit at the desk of a municipality that buys nothing."""
    return enter(Role.MUNICIPALITY)


@pytest.fixture
def leader(enter: Enter) -> Page:
    """Sit beside the project leader."""
    return enter(Role.PROJECT_LEADER)
