"""What a visit cost is asked back on a phone in a few taps, approved by one and paid by another."""

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from playwright.sync_api import Page, expect

from gib.core.access.tables import Role
from tests.journeys.conftest import Enter
from tests.journeys.steps import answer, press, sees, today

#: A claim after a visit that was told takes no more (issue 4).
MOST_TAPS = 5
WIDTH = 360
PHONE = {"width": WIDTH, "height": 740}


class Thumb:
    """Taps what somebody sees on a phone, and counts; no key is touched."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, name: str, role: Any = "link") -> None:
        """Tap the first link or button with these words, and wait for the page that it leads to."""
        self.taps += 1
        found = self.page.locator("main").get_by_role(role, name=name).first
        expect(found).to_be_visible()
        box = found.bounding_box()
        assert box and box["height"] >= 44 and box["x"] >= 0 and box["x"] + box["width"] <= WIDTH
        with self.page.expect_navigation() as moved:
            found.click()
        assert moved.value.status == 200


def _told(page: Page) -> None:
    """Tell how a visit went: what comes before the claim, and is not counted."""
    page.goto("/mijn-dag/")
    press(page, "Ik ben geweest")
    page.get_by_role("group", name="Hoe lang, in uren").get_by_label("1½", exact=True).check()
    press(page, "Bewaar")


def _fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_visit_is_claimed_in_five_taps_and_paid_by_another(enter: Enter) -> None:
    phone = enter(Role.VOLUNTEER, "Truus", viewport=PHONE)
    assert phone.viewport_size and phone.viewport_size["width"] == WIDTH
    _told(phone)
    thumb = Thumb(phone)
    thumb.tap("Declareer")
    assert phone.get_by_label("Hoeveel kilometer").input_value() == "42,5"
    assert phone.get_by_label("Welke dag").input_value() == "11-01-2011"
    assert _fits(phone)
    thumb.tap("Verstuur", "button")
    assert thumb.taps <= MOST_TAPS
    sees(phone, "di 11 jan, € 8,08", "Ingediend", "Utrecht - Nieuwersluis en terug")
    assert _fits(phone)
    _approved(enter(Role.COORDINATOR))
    _paid(enter(Role.PROJECT_LEADER))
    phone.reload()
    sees(phone, "Uitbetaald")


def _approved(page: Page) -> None:
    today(page).filter(has_text="declaraties wachten").get_by_role("link").first.click()
    page.locator(".task").filter(has_text="di 11 jan").get_by_role("link").first.click()
    sees(page, "42,5 km, 19 cent per kilometer", "€ 8,08")
    press(page, "Keur goed")
    expect(page.locator(".task").filter(has_text="di 11 jan")).to_have_count(0)


def _paid(page: Page) -> None:
    page.goto("/onkosten/uitbetalen/")
    sees(page, "Proefrekening", "NL.. .... 6789")
    answer(page, {"Naam bij de rekening": "Stichting Zeewier", "Rekeningnummer": "NL56 TEST 0123 4567 91"})
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="Betaal").click()
    sees(page, "Uitbetaald op di 11 jan")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Bestand voor de bank").click()
    words = coming.value.path().read_text("utf-8")
    root: Element = fromstring(words)
    assert root.tag.endswith("Document") and "NL13TEST0123456789" in words
    assert not [name for name in ("Nieuwersluis", "Lavendel", "Truus") if name in words]


def test_a_claim_that_came_back_is_put_right(enter: Enter) -> None:
    phone = enter(Role.VOLUNTEER, "Truus", viewport=PHONE)
    phone.goto("/mijn-onkosten/")
    sees(phone, "Klopt het aantal kilometers?")
    press(phone, "Verbeter", "ma 3 jan")
    answer(phone, {"Hoeveel kilometer": "42,5"})
    press(phone, "Verstuur")
    expect(phone.get_by_role("link", name="Verbeter")).to_have_count(0)


def test_what_does_not_fit_a_thumb_is_noticed(open_browser: Callable[..., Any]) -> None:
    page = open_browser(viewport=PHONE).new_page()
    page.set_content("<main><a href='about:blank' style='display:block;height:20px'>Declareer</a></main>")
    with pytest.raises(AssertionError):
        Thumb(page).tap("Declareer")
