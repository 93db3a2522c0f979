"""From the public page to a volunteer who can be planned: nobody types what somebody else told."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page

from tests.journeys.steps import TODAY, act, agree, answer, misses, press, sees

WHO = "Wilma P."
SEEN = ("gedragscode", "basistraining", "module meldcode")


def test_from_interest_to_available(open_browser: Callable[..., BrowserContext], coordinator: Page) -> None:
    anybody = open_browser().new_page()
    anybody.goto("/vrijwilliger-worden/")
    told: dict[str, str | bool] = {
        "Je voornaam": "Wilma",
        "Je achternaam": "Pagina",
        "Je e-mailadres": "wilma@voorbeeld.invalid",
        "De cijfers van je postcode": "3511",
        "Welke inrichting?": "P.I. Utrecht locatie Nieuwersluis",
        "Hoe hoorde je van ons?": "Op internet",
        "Ik ben 18 jaar of ouder": True,
        "Ik vind het goed": True,
    }
    answer(anybody, told)
    press(anybody, "Verstuur")
    sees(anybody, "Dank je wel", "binnen een week")
    misses(anybody, "Wilma", "Pagina")

    coordinator.goto("/vandaag/")
    act(coordinator, WHO, {"Welke dag?": TODAY}, "Bewaar")
    act(coordinator, "Hoe ging het?", {"Gaan wij verder?": "Ja, wij gaan verder"}, "Bewaar")
    hers = coordinator.url
    act(coordinator, "Verbeter", {"Geboortedatum": "4-5-1970"}, "Bewaar")

    coordinator.goto("/vrijwilligers/vog/")
    press(coordinator, "Aangevraagd", "Wilma P.")
    act(coordinator, "Afgegeven", {}, "Bewaar", WHO)
    act(coordinator, "Gezien", {}, "Bewaar", WHO)

    coordinator.goto(hers)
    act(coordinator, "Overeenkomst", {"Getekend op": TODAY}, "Bewaar")
    agree(coordinator, "Start training")
    for what in SEEN:
        told = {"Wat hebt u gezien?": what, "Geldig vanaf": TODAY}
        act(coordinator, "Ik heb iets gezien", told, "Bewaar")
    agree(coordinator, "Maak inzetbaar")
    sees(coordinator, "Inzetbaar")
