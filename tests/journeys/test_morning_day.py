"""A visit morning on a telephone in the corridor of a prison: from the list to the hand-back, by keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from gib.core.access.tables import Role
from tests.journeys.conftest import Enter
from tests.journeys.steps import answer, press, sees

PHONE = {"width": 360, "height": 740}
#: The least that a thumb hits, in CSS pixels.
THUMB = 44


@pytest.fixture
def corridor(enter: Enter) -> Iterator[Page]:
    """Stand in the corridor with a telephone; today four children come, three of whom were fetched."""
    page = enter(Role.COORDINATOR, "Marjan", viewport=PHONE)
    page.goto("/bijeenkomsten/")
    page.get_by_role("link", name="di 11 jan 09:30").first.click()
    press(page, "De dag zelf")
    yield page


def card(page: Page, state: str) -> Locator:
    """Give the first child that stands so."""
    return page.locator(".day-run article").filter(has_text=state).first


def by_key(page: Page, button: Locator) -> None:
    """Press a button with the keyboard and wait until the page is there again."""
    button.focus()
    expect(button).to_be_focused()
    with page.expect_navigation() as moved:
        page.keyboard.press("Enter")
    assert moved.value.status == 200


def test_a_child_goes_from_its_door_to_its_mother_and_home_with_the_keyboard(corridor: Page) -> None:
    name = card(corridor, "Komt").locator("h2").inner_text().split()[0]
    hers = corridor.locator(".day-run article").filter(has_text=name).first
    by_key(corridor, hers.get_by_role("button", name=f"Opgehaald {name}"))
    expect(hers).to_contain_text("Onderweg")
    by_key(corridor, hers.get_by_role("button", name=f"Is binnen {name}"))
    expect(hers).to_contain_text("Binnen")
    by_key(corridor, hers.get_by_role("button", name=f"Zet terug {name}"))
    expect(hers).to_contain_text("Onderweg")
    by_key(corridor, hers.get_by_role("button", name=f"Is binnen {name}"))
    by_key(corridor, hers.get_by_role("link", name=f"Weer thuis {name}"))
    corridor.locator("main form.form button[type=submit]").click()
    sees(corridor, "Vul dit nog in.")
    answer(corridor, {"Aan wie gaf u het kind terug?": "oma", "Er is getekend op de tekenlijst": True})
    press(corridor, "Bewaar")
    expect(hers).to_contain_text("Meegegeven aan oma")
    expect(hers).not_to_contain_text("Niet getekend")


def test_the_page_fits_a_telephone_and_each_button_a_thumb(corridor: Page) -> None:
    assert corridor.evaluate("document.documentElement.scrollWidth <= innerWidth")
    buttons = corridor.locator(".day-run :is(button, a.btn)")
    assert buttons.count() >= 4
    for number in range(buttons.count()):
        box = buttons.nth(number).bounding_box()
        assert box is not None
        assert box["height"] >= THUMB


def test_a_car_is_planned_and_a_child_gets_a_seat(corridor: Page) -> None:
    corridor.goto("/bijeenkomsten/")
    corridor.get_by_role("link", name="wo 26 jan 09:30").first.click()
    sees(corridor, "1 van 4 plekken bezet, 2 zitverhogers")
    corridor.get_by_role("link", name="In een auto").first.click()
    corridor.get_by_label("plekken bezet").first.check()
    press(corridor, "Bewaar")
    sees(corridor, "2 van 4 plekken bezet")
    press(corridor, "Daglijst")
    sees(corridor, "Volwassenen die brengen")
