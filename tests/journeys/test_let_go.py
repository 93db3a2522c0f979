"""The second walk: a municipality refuses, the mother is let go with a trail, and a handover is offered."""

from playwright.sync_api import Page

from tests.journeys.steps import TODAY, act, agree, answer, dossier_of, figure, misses, press, sees, tab

SHORT, TOWN, PROVIDER = "Begonia R.", "Amersfoort", "Woonloket De Sleutel"
ASKED = {
    "Wat is de vraag?": "Help haar met haar post.",
    "Wie ontvangt haar?": "Kees Kluisje",
    "Wanneer sprak u hierover met haar?": TODAY,
}


def consent(page: Page, town: str = TOWN) -> None:
    """Ask her consent for one municipality, and write down her yes."""
    tab(page, "Papieren")
    press(page, "Vraag toestemming")
    act(page, "Vraag aan een gemeente", {"Voor wie?": town}, "Vraag dit")
    press(page, "Zij zegt ja")
    answer(page, {"Er was geen medewerker van de inrichting bij.": True})
    assert press(page, "Bewaar").status == 200


def hand_over(page: Page, dossier: str) -> None:
    """Offer her other help: prepare it, ask her consent, and send what she agreed to."""
    page.goto(dossier)
    tab(page, "Signalen en hulp")
    sees(page, "Zij is losgelaten.", "Zoek met haar wie wel kan helpen.")
    press(page, "Bereid een overdracht voor")
    page.get_by_label("Welke organisatie?").select_option(label=PROVIDER)
    answer(page, ASKED)
    press(page, "Bewaar")
    said = {"Waar zei zij ja?": "In de inrichting", "Er was geen medewerker van de inrichting bij": True}
    act(page, "Zij vindt het goed", said, "Bewaar", about=PROVIDER)
    press(page, "Verstuur", PROVIDER)
    sees(page, "Dit gaat mee", ASKED["Wat is de vraag?"])
    assert press(page, "Verstuur").status == 200
    sees(page, "Verstuurd", "Wat wij deelden")


def test_a_refused_mother_is_let_go_with_a_trail(coordinator: Page, municipality: Page, leader: Page) -> None:
    before = figure(leader, TOWN, "Losgelaten")
    dossier = dossier_of(coordinator, SHORT)
    tab(coordinator, "Afspraken")
    act(
        coordinator,
        "Waar gaat zij heen",
        {"Waar gaat zij heen?": "Een gemeente", "Welke gemeente?": TOWN},
        "Bewaar",
    )
    coordinator.goto(dossier)
    tab(coordinator, "Financiering")
    agree(coordinator, "Vraag de gemeente")
    request = coordinator.url
    press(coordinator, "Verstuur")
    assert press(coordinator, "Verstuur naar de gemeente").status == 422
    coordinator.goto(dossier)
    consent(coordinator)
    coordinator.goto(request)
    press(coordinator, "Verstuur")
    sees(coordinator, "B.R.", "Dit ziet de gemeente, en niets anders.")
    press(coordinator, "Verstuur naar de gemeente")
    municipality.goto("/aanvragen/")
    municipality.get_by_role("row").filter(has_text="di 11 jan").get_by_role("link").click()
    misses(municipality, "Begonia")
    act(municipality, "Wij betalen niet", {"Waarom niet?": "Geen geld meer"}, "Verstuur")
    coordinator.goto(request)
    sees(coordinator, "Afgewezen", "Geen geld meer")
    press(coordinator, "Laat los")
    sees(coordinator, "Moeten wij haar loslaten?", "Haar traject stopt.")
    assert press(coordinator, "Laat haar los").status == 200
    sees(coordinator, "Losgelaten")
    hand_over(coordinator, dossier)
    leader.goto("/dekking/")
    assert (before, figure(leader, TOWN, "Losgelaten")) == ("0", "<10")
    misses(leader, "Begonia", "B.R.", "Romanesk")
    leader.goto("/dekking/gemeente/0307/")
    misses(leader, "Begonia", "B.R.")
