"""Every page for every role, as axe sees it; nothing is wider than the screen."""

import sys
from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from gib.core.access.tables import Role
from tests.journeys.conftest import Enter
from tests.journeys.seeing import Walk, kind_of, look

#: Role -> the fewest kinds of pages that its links lead to: a walk that died finds fewer.
FEWEST = {
    Role.COORDINATOR: 60,
    Role.DEPUTY: 40,
    Role.PROJECT_LEADER: 15,
    Role.VOLUNTEER: 10,
    Role.REFERRER: 8,
    Role.MUNICIPALITY: 8,
    Role.SAFETY_HOUSE: 5,
    Role.TECHNICAL_ADMIN: 5,
    Role.PRIVACY_OFFICER: 4,
}
BAD = (
    "<main><h1>Slecht</h1><p style='color:#ccc'>Te licht</p><img src='x.png'><input>"
    "<div style='width:2000px'>Breed</div></main>"
)


@pytest.mark.parametrize("role", FEWEST)
def test_axe_finds_nothing_on_any_page(enter: Enter, role: Role, capsys: pytest.CaptureFixture[str]) -> None:
    walk = Walk(enter(role))
    found = Counter(f"{fault} on {kind_of(url)}" for url in walk.pages() for fault in look(walk.page))
    with capsys.disabled():
        sys.stdout.write(f"\n{role}: {len(walk.seen)} kinds of pages\n")
    assert walk.dead == []
    assert not found, "\n".join(found)
    assert len(walk.seen) >= FEWEST[role]


def test_a_bad_page_is_found(open_browser: Callable[..., BrowserContext]) -> None:
    page: Page = open_browser().new_page()
    page.set_content(BAD)
    found = look(page)
    for rule in ("color-contrast", "image-alt", "label", "px too wide"):
        assert any(rule in fault for fault in found), rule
