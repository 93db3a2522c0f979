"""A volunteer who loses a paper between the proposal and the start is stopped at the start, in words."""

from typing import Final

from playwright.sync_api import Page

from tests.journeys.house import House
from tests.journeys.steps import TODAY, act, agree, denied, press, sees
from tests.journeys.test_board import ask_both, on_board

WHO, HELPER = "Petunia V.", "Sjaan P."
TOMORROW: Final = "12-01-2011"
#: Ends today: she may be asked still, and may not begin tomorrow.
CERTIFICATE: Final = "VOG (zorg voor mensen die hulp nodig hebben)"
OTHERS: Final = (
    "VOG (zorg voor minderjarigen)",
    "overeenkomst",
    "gedragscode",
    "basistraining",
    "module meldcode",
    "training Bezoekmoeders",
)


def _ready(page: Page) -> str:
    """Bring a volunteer in order, with one certificate that holds until today; give her address."""
    page.goto("/vrijwilligers/")
    press(page, HELPER)
    hers = page.url
    for paper in OTHERS:
        act(page, "Ik heb iets gezien", {"Wat hebt u gezien?": paper, "Geldig vanaf": TODAY}, "Bewaar")
    short = {"Wat hebt u gezien?": CERTIFICATE, "Geldig vanaf": "01-12-2010", "Geldig tot en met": TODAY}
    act(page, "Ik heb iets gezien", short, "Bewaar")
    agree(page, "Maak inzetbaar")
    prison = {"Inrichting": "P.I. Utrecht locatie Nieuwersluis", "Vanaf": TODAY}
    act(page, "Voeg toe", prison, "Bewaar")
    return hers


def test_a_certificate_that_lapses_after_both_said_yes_stops_the_start(
    coordinator: Page, house: House
) -> None:
    hers = _ready(coordinator)
    on_board(coordinator, WHO)
    offer = coordinator.locator(".match").filter(has_text=HELPER)
    assert f"Dit loopt af voor het einde van de hulp: {CERTIFICATE}" in offer.inner_text()
    match = ask_both(coordinator, WHO, HELPER)
    for who in ("vrijwilliger", "moeder"):
        act(coordinator, f"Antwoord van de {who}", {"Het antwoord": "Ja"}, "Bewaar")
    house.close()
    house.told("tomorrow")
    house.open()
    coordinator.goto(match)
    denied(coordinator, "Kennismaking", f"Dit ontbreekt of is dan verlopen: {CERTIFICATE}.")
    coordinator.goto(hers)
    renewed = {"Wat hebt u gezien?": CERTIFICATE, "Geldig vanaf": TOMORROW}
    act(coordinator, "Ik heb iets gezien", renewed, "Bewaar")
    coordinator.goto(match)
    agree(coordinator, "Kennismaking")
    sees(coordinator, HELPER)
