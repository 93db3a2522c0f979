"""Lists as organisations keep them come in on screen, and the people in them walk the chain on screen."""

from pathlib import Path

from playwright.sync_api import Page

from gib.core.access.tables import Role
from tests.input.lists import FILES
from tests.journeys.conftest import Enter
from tests.journeys.steps import act, agree, answer, press, sees, tab, today
from tests.journeys.test_let_go import PROVIDER, consent, hand_over
from tests.journeys.test_walks import TALK, hear, plan, plan_and_pay

WORLD = "bare"
#: The order in which a house fills, with the words of the choice on screen.
LISTS = {
    "volunteers": "Vrijwilligers",
    "agreements": "Afspraken met gemeenten",
    "referrals": "Aanmeldingen",
    "participants": "Moeders die nu meedoen",
}


def _bring(page: Page, key: str, folder: Path) -> None:
    """Bring a list in: choose the file, look at its columns and its dry run, let it in."""
    name, make, rows = FILES[key]
    (folder / name).write_bytes(make())
    page.goto("/lijsten-inlezen/")
    answer(page, {"Wat staat er in het bestand?": LISTS[key]})
    page.get_by_label("Bestand", exact=True).set_input_files(folder / name)
    press(page, "Bekijk het bestand")
    press(page, "Controleer het bestand")
    assert press(page, f"Lees {rows} rijen in").status == 200, page.locator("main").inner_text()


def _begun(page: Page, first_name: str) -> str:
    """Take a mother from the list on, hear her and agree on a plan; gives her dossier."""
    today(page).locator(".task-who").get_by_role("link").filter(has_text=first_name).first.click()
    press(page, "Neem aan")
    act(page, "Plan intake", TALK, "Plan")
    hear(page)
    press(page, "Naar het dossier")
    dossier = page.url
    plan(page)
    return dossier


def _matched(page: Page, helper: str) -> None:
    """Ask a volunteer of the list for her, let both say yes, and tell of the first visit."""
    press(page, "Zoek vrijwilliger", "Moedermaatjes")
    press(page, "Stel voor", helper)
    press(page, "Vraag beiden")
    today(page).get_by_role("link", name=f"en {helper}").first.click()
    for who in ("Antwoord van de vrijwilliger", "Antwoord van de moeder"):
        act(page, who, {"Het antwoord": "Ja"}, "Bewaar")
    agree(page, "Kennismaking")
    agree(page, "Begin de proef")
    act(page, "Ik ben geweest", {"Hoe lang, in uren": "2", "Hoe ging het": "Fijn"}, "Bewaar")
    sees(page, "2 uur")


def _refused(page: Page, dossier: str) -> None:
    """Ask a town that does not pay, note its no, and let her go with that as the trail."""
    where = {"Waar gaat zij heen?": "Een gemeente", "Welke gemeente?": "Amsterdam"}
    tab(page, "Afspraken")
    act(page, "Waar gaat zij heen", where, "Bewaar")
    page.goto(dossier)
    consent(page, "Amsterdam")
    page.goto(dossier)
    tab(page, "Financiering")
    agree(page, "Vraag de gemeente")
    request = page.url
    press(page, "Verstuur")
    press(page, "Verstuur naar de gemeente")
    page.goto(request)
    act(page, "Afgewezen", {"Waarom niet?": "Geen geld meer"}, "Bewaar")
    press(page, "Laat los")
    assert press(page, "Laat haar los").status == 200
    sees(page, "Losgelaten")


def test_people_of_the_lists_walk_the_chain(sit: Enter, tmp_path: Path) -> None:
    page = sit(Role.COORDINATOR)
    for key in LISTS:
        _bring(page, key, tmp_path)
    dossier = _begun(page, "Saïda")
    plan_and_pay(page)
    _matched(page, "Coba K.")
    page.goto(dossier)
    sees(page, "Moedermaatjes")
    page.goto("/zorgaanbieders/nieuw/")
    answer(page, {"Naam van de organisatie": PROVIDER, "Soort hulp": "Wonen"})
    assert press(page, "Bewaar").status == 200
    other = _begun(page, "Wilma")
    _refused(page, other)
    hand_over(page, other)
