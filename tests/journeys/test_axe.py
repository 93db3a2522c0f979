"""Every kind of page for every role, filled and with errors, as axe sees it; none is too wide."""

import sys
from collections import Counter
from collections.abc import Callable
from itertools import islice

import pytest
from playwright.sync_api import BrowserContext, Page

from gib.core.access.tables import Role
from tests.access.oracle import ALLOWED
from tests.journeys.conftest import Enter
from tests.journeys.house import House
from tests.journeys.seeing import look, opened, spoilt

WORLD = "full"
#: Role -> in how many parts its pages are looked at, so that two browsers share the work.
PARTS = {
    Role.COORDINATOR: 5,
    Role.DEPUTY: 4,
    Role.PROJECT_LEADER: 1,
    Role.VOLUNTEER: 1,
    Role.REFERRER: 1,
    Role.MUNICIPALITY: 1,
    Role.SAFETY_HOUSE: 1,
    Role.TECHNICAL_ADMIN: 1,
    Role.PRIVACY_OFFICER: 1,
    Role.EMERGENCY: 1,
}
BAD = (
    "<main><h1>Slecht</h1><p style='color:#ccc'>Te licht</p><img src='x.png'><input>"
    "<div style='width:2000px'>Breed</div></main>"
)


def _asks(role: Role, kind: str) -> bool:
    """Tell whether the form of a page is spoilt by this role: once per template is enough."""
    return role is next(each for each in PARTS if each in ALLOWED[kind.split()[0]])


@pytest.mark.parametrize(("role", "part"), [(role, part) for role in PARTS for part in range(PARTS[role])])
def test_axe_finds_nothing_on_any_page(sit: Enter, house: House, role: Role, part: int) -> None:
    page = sit(role)
    kinds = islice(house.people[role]["kinds"].items(), part, None, PARTS[role])
    found: Counter[str] = Counter()
    closed, forms = [], 0
    for kind, urls in kinds:
        if not opened(page, urls):
            closed.append(kind)
            continue
        found.update(f"{fault} on {kind}" for fault in look(page))
        if _asks(role, kind) and spoilt(page):
            forms += 1
            found.update(f"with errors: {fault} on {kind}" for fault in look(page))
    sys.stdout.write(f"\n{role} {part}: never open: {closed}; {forms} forms\n")
    assert not found, "\n".join(found)


def test_axe_finds_nothing_where_a_key_is_taken_away(sit: Enter, house: House) -> None:
    page = sit(Role.PROJECT_LEADER)
    try:
        for url in house.told("keys"):
            page.goto(url)
            assert page.url.endswith(url)
            assert look(page) == [], url
    finally:
        house.told("no_keys")


def test_a_bad_page_is_found(open_browser: Callable[..., BrowserContext]) -> None:
    page: Page = open_browser().new_page()
    page.set_content(BAD)
    found = look(page)
    for rule in ("color-contrast", "image-alt", "label", "px too wide"):
        assert any(rule in fault for fault in found), rule
