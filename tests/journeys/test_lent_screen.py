"""A coordinator lends her screen to a mother, who does hers and finds nothing else, whatever she presses."""

from collections.abc import Callable, Iterator
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from gib.core.access.tables import Role
from tests.journeys.conftest import Enter, Watch
from tests.journeys.steps import dossier_of, misses, press, sees, tab

PHONE: Final = {"width": 360, "height": 740}
MOTHER: Final = "Orchidea S."
GIVE, BACK, MINE = "Geef het scherm aan haar", "Geef het scherm terug", "Ik heb het scherm terug"


@pytest.fixture(autouse=True)
def locked(watch: Watch) -> None:
    """Expect that the house refuses what is not hers: a browser reports each time."""
    watch.expected.append("status of 423")


@pytest.fixture
def phone(enter: Enter) -> Iterator[Page]:
    """Hold the telephone of the coordinator."""
    yield enter(Role.COORDINATOR, "Hanneke", viewport=PHONE)


def by_key(page: Page, button: Locator) -> int:
    """Press a button with the keyboard alone, and give how the house answered."""
    button.focus()
    expect(button).to_be_focused()
    with page.expect_navigation() as moved:
        page.keyboard.press("Enter")
    return moved.value.status if moved.value else 0


def to_her_scores(page: Page) -> str:
    """Go from her dossier over a talk to the page of her scores, and give the address of the dossier."""
    dossier = dossier_of(page, MOTHER)
    tab(page, "Plan")
    press(page, "Bespreek")
    with page.expect_navigation():
        page.locator("main form.form button[type=submit]").click()
    return dossier


def is_shut(page: Page) -> None:
    """Expect the one page that asks to give the screen back, and no way elsewhere on it."""
    expect(page.get_by_role("heading", level=1)).to_have_text(BACK)
    expect(page.get_by_role("navigation")).to_have_count(0)
    misses(page, "Orchidea", "Hanneke")


def test_she_gives_her_scores_with_the_keyboard_and_the_way_back_stays_shut(
    phone: Page, glance: Callable[[Page], None]
) -> None:
    dossier = to_her_scores(phone)
    assert by_key(phone, phone.get_by_role("button", name=GIVE)) == 200
    glance(phone)
    expect(phone.get_by_role("navigation")).to_have_count(0)
    phone.locator("main form.form input[type=radio]").first.focus()
    phone.keyboard.press("ArrowRight")
    phone.keyboard.press("ArrowRight")
    assert by_key(phone, phone.get_by_role("button", name="Klaar")) == 200
    sees(phone, "Dank u wel.", "Opvoeden")
    glance(phone)
    for _press in range(6):
        phone.go_back()
        assert phone.get_by_role("link", name="Moeders").count() == 0
        assert phone.get_by_role("navigation", name="Dossier").count() == 0
    assert phone.goto(dossier).status == 423
    is_shut(phone)
    glance(phone)
    assert by_key(phone, phone.get_by_role("link", name="Terug naar mijn pagina")) == 200
    assert phone.goto("/uitloggen/").status == 200
    phone.goto("/")
    assert by_key(phone, phone.get_by_role("button", name=MINE)) == 200
    expect(phone.get_by_role("navigation", name="Dossier")).to_be_visible()
    assert phone.goto(dossier).status == 200


def test_every_tab_of_the_browser_is_shut_at_once_and_the_keys_lead_nowhere(coordinator: Page) -> None:
    dossier = dossier_of(coordinator, MOTHER)
    other = coordinator.context.new_page()
    other.goto(dossier)
    expect(other.get_by_role("heading", level=1)).to_contain_text("Orchidea")
    press(coordinator, "Wat ziet zij")
    press(coordinator, GIVE)
    sees(coordinator, "Uw rechten")
    is_shut(other)
    here = coordinator.url
    for key in ("/", "?", "n", "j"):
        coordinator.keyboard.press(key)
    assert coordinator.url == here
    for _press in range(2):
        coordinator.go_back()
    is_shut(coordinator)
    other.goto("/zoeken/")
    is_shut(other)
    press(other, MINE)
    assert other.url == dossier
    assert coordinator.goto(dossier).status == 200


def test_she_draws_on_the_screen_and_is_thanked(coordinator: Page) -> None:
    dossier_of(coordinator, MOTHER)
    tab(coordinator, "Plan")
    press(coordinator, "Tekening van haar netwerk")
    press(coordinator, "Teken")
    with coordinator.expect_navigation():
        coordinator.locator("main form.form button[type=submit]").click()
    press(coordinator, GIVE)
    expect(coordinator.get_by_role("button", name="Druk af")).to_have_count(0)
    coordinator.get_by_label("Hoe noemt u deze persoon?").fill("Zus Zonneroos")
    coordinator.get_by_label("Wie is dit voor u?").select_option(index=1)
    coordinator.get_by_label("Dichtbij", exact=True).check(force=True)
    press(coordinator, "Zet erbij")
    sees(coordinator, "Zus Zonneroos", "Klaar? Dank u wel.")
    press(coordinator, BACK)
    is_shut(coordinator)
    press(coordinator, "Afmelden")
    coordinator.goto("/vandaag/")
    assert "/inloggen/" in coordinator.url


def test_a_page_that_the_browser_kept_whole_is_loaded_again(coordinator: Page) -> None:
    dossier_of(coordinator, MOTHER)
    with coordinator.expect_navigation():
        coordinator.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
