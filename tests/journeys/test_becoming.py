"""From the public page to a match that runs: nobody types what somebody else told."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page

from tests.journeys.steps import TODAY, act, agree, answer, denied, misses, press, sees
from tests.journeys.test_board import ask_both
from tests.journeys.test_entrance import Glance, come_in, read_letter, take_app
from tests.journeys.test_walks import visit

WHO = "Wilma P."
SEEN = ("gedragscode", "basistraining", "module meldcode", "training Bezoekmoeders")
PRISON = "P.I. Utrecht locatie Nieuwersluis"
#: Who waits for a visitor in that prison.
MOTHER = "Petunia"


def _enquire(anybody: Page) -> None:
    """Fill in the public page; it thanks her and keeps nothing on the screen."""
    anybody.goto("/vrijwilliger-worden/")
    told: dict[str, str | bool] = {
        "Je voornaam": "Wilma",
        "Je achternaam": "Pagina",
        "Je e-mailadres": "wilma@voorbeeld.invalid",
        "De cijfers van je postcode": "3511",
        "Welke inrichting?": PRISON,
        "Hoe hoorde je van ons?": "Op internet",
        "Ik ben 18 jaar of ouder": True,
        "Ik vind het goed": True,
    }
    answer(anybody, told)
    press(anybody, "Verstuur")
    sees(anybody, "Dank je wel", "binnen een week")
    misses(anybody, "Wilma", "Pagina")


def _become(page: Page) -> str:
    """Take her from her interest to a volunteer who can be planned, and give the address of her file."""
    page.goto("/vandaag/")
    act(page, WHO, {"Welke dag?": TODAY}, "Bewaar")
    act(page, "Hoe ging het?", {"Gaan wij verder?": "Ja, wij gaan verder"}, "Bewaar")
    hers = page.url
    act(page, "Verbeter", {"Geboortedatum": "4-5-1970"}, "Bewaar")

    page.goto("/vrijwilligers/vog/")
    press(page, "Aangevraagd", "Wilma P.")
    act(page, "Afgegeven", {}, "Bewaar", WHO)
    act(page, "Gezien", {}, "Bewaar", WHO)

    page.goto(hers)
    act(page, "Overeenkomst", {"Getekend op": TODAY}, "Bewaar")
    agree(page, "Start training")
    for what in SEEN:
        told = {"Wat hebt u gezien?": what, "Geldig vanaf": TODAY}
        act(page, "Ik heb iets gezien", told, "Bewaar")
    agree(page, "Maak inzetbaar")
    act(page, "Voeg toe", {"Inrichting": PRISON, "Vanaf": TODAY}, "Bewaar")
    sees(page, "Inzetbaar")
    return hers


def _let_in(coordinator: Page, hers: str, phone: Page, glance: Glance) -> None:
    """Let her in with a letter; she comes in on her phone."""
    coordinator.goto(hers)
    press(coordinator, "Inloggen")
    assert press(coordinator, "Nodig haar uit").status == 200
    come_in(phone, read_letter(coordinator), glance)
    take_app(phone, glance)


def _say_yes(coordinator: Page, match: str, phone: Page) -> None:
    """Let both say yes: she does not know for whom yet."""
    phone.goto("/mijn-dag/")
    misses(phone, MOTHER)
    press(phone, "Bekijk de vraag")
    act(phone, "Geef je antwoord", {"Het antwoord": "Ja"}, "Bewaar")
    misses(phone, MOTHER)
    coordinator.goto(match)
    act(coordinator, "Antwoord van de moeder", {"Het antwoord": "Ja"}, "Bewaar")


def test_from_interest_to_a_match_that_runs(
    open_browser: Callable[..., BrowserContext], coordinator: Page, glance: Glance
) -> None:
    _enquire(open_browser().new_page())
    hers, phone = _become(coordinator), open_browser(viewport={"width": 390, "height": 844}).new_page()
    _let_in(coordinator, hers, phone, glance)
    match = ask_both(coordinator, f"{MOTHER} V.", WHO)
    _say_yes(coordinator, match, phone)
    agree(coordinator, "Kennismaking")
    agree(coordinator, "Begin de proef")
    denied(coordinator, "Samen verder", "Eerst zijn er 3 kennismakingen nodig. Er zijn er nu 0.")
    for _each in range(3):
        visit(phone, MOTHER)
    coordinator.goto(match)
    agree(coordinator, "Samen verder")
    sees(coordinator, "Loopt", WHO)
