"""What is printed: as many pages as there should be, nothing wider than the sheet, no row cut in two."""

import re
from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import BrowserContext, Page

from gib.core.access.tables import Role
from tests.journeys.conftest import Enter
from tests.journeys.house import House
from tests.journeys.seeing import opened

WORLD = "full"
#: The part of an A4 between its margins, in CSS pixels: 210 x 297 mm less 13 and 14 mm on each side.
WIDE, HIGH = 695, 1016
#: Lays the page out in columns of one sheet each, as paper does, and asks which rows stand in two.
FOLD: Final = """([wide, high]) => {
    document.body.style.cssText = `inline-size: ${wide}px; block-size: ${high}px; columns: ${wide}px;
        column-gap: 0; column-fill: auto; overflow: visible; display: block; min-block-size: 0`
    const kept = 'tr, .task:not(:has(details)), .goal, .line > li, .paper-form > dt, .match, .waiting a'
    const rows = [...document.querySelectorAll(kept)]
    const cut = rows.filter(one => one.getClientRects().length > 1)
    const out = [...document.querySelectorAll('main *')].filter(one => one.checkVisibility())
        .filter(one => [...one.getClientRects()].some(box => box.width > wide + 1))
    return {
        rows: rows.length, sheets: Math.ceil((document.documentElement.scrollWidth - 1) / wide),
        cut: cut.map(one => one.innerText.slice(0, 60)), out: out.map(one => one.outerHTML.slice(0, 90)),
    }
}"""
LONG: Final = """<style>@page { size: A4; margin: 14mm 13mm } body { margin: 0 } td { height: 170px }
.whole tr { break-inside: avoid }</style><main><table class="%s">%s</table></main>"""


def printed(page: Page) -> int:
    """Print a page and count its sheets."""
    pdf = page.pdf(prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def folded(page: Page) -> dict[str, object]:
    """Lay a page out as paper does, and tell what is cut or sticks out."""
    page.emulate_media(media="print", color_scheme="light")
    page.set_viewport_size({"width": WIDE, "height": HIGH})
    return dict(page.evaluate(FOLD, [WIDE, HIGH]))


#: Kind of page -> role, the sheets that it takes in a full house, and the fewest rows on them.
PAPERS: Final = {
    "portal:today": (Role.COORDINATOR, 3, 20),
    "portal:dossier": (Role.COORDINATOR, 4, 10),
    "intake:paper": (Role.COORDINATOR, 1, 0),
    "aftercare:conference": (Role.COORDINATOR, 1, 0),
    "aftercare:coverage": (Role.PROJECT_LEADER, 2, 5),
    "referral:paper": (Role.REFERRER, 1, 9),
    "products:board": (Role.COORDINATOR, 2, 12),
    "products:board_plan": (Role.COORDINATOR, 2, 8),
    "products:board_choose": (Role.COORDINATOR, 1, 0),
    "partners:prison": (Role.COORDINATOR, 2, 4),
}


@pytest.mark.parametrize("kind", PAPERS)
def test_a_page_fits_on_its_sheets(sit: Enter, house: House, kind: str) -> None:
    role, most, fewest = PAPERS[kind]
    page = sit(role)
    assert opened(page, house.people[role]["kinds"][kind])
    sheets, found = printed(page), folded(page)
    assert (found["cut"], found["out"]) == ([], [])
    assert sheets == found["sheets"] <= most
    assert found["rows"] >= fewest


@pytest.mark.parametrize(("look", "is_cut"), [("", True), ("whole", False)])
def test_a_row_that_is_cut_is_found(
    open_browser: Callable[..., BrowserContext], look: str, is_cut: bool
) -> None:
    page = open_browser().new_page()
    page.set_content(LONG % (look, "<tr><td>rij</td></tr>" * 14))
    found = folded(page)
    assert bool(found["cut"]) is is_cut
    assert found["rows"] == 14
    page.set_content(LONG % ("", "<tr><td><p style='width: 900px'>breed</p></td></tr>"))
    assert folded(page)["out"] != []
