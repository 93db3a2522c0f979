"""What a coordinator meets on other days: searching, another team, a sudden release, a withdrawn yes."""

from playwright.sync_api import Page, expect

from gib.core.access.tables import Role
from tests.journeys.conftest import Enter
from tests.journeys.steps import TODAY, act, answer, dossier_of, press, sees, tab, today


def test_a_name_is_found_and_stands_in_no_address(coordinator: Page, other_coordinator: Page) -> None:
    for page, found in ((coordinator, True), (other_coordinator, False)):
        page.goto("/zoeken/")
        act_search = {"Naam of dossiernummer": "Gardenia Vert"}
        answer(page, act_search)
        press(page, "Zoek")
        assert "ardenia" not in page.url
        assert page.get_by_role("link", name="Gardenia V.").count() == int(found)
    coordinator.get_by_role("link", name="Gardenia V.").click()
    expect(coordinator.get_by_role("heading", level=1)).to_contain_text("Gardenia")


def test_a_case_goes_to_another_team(coordinator: Page, other_coordinator: Page) -> None:
    dossier = dossier_of(coordinator, "Lavendel B.")
    coordinator.goto(f"{dossier}overdragen/")
    answer(coordinator, {"Aan welk team?": "Team Evertsoord"})
    press(coordinator, "Verstuur")
    assert other_coordinator.goto(dossier).status == 200
    today(other_coordinator).get_by_role("link", name="Lavendel B.", exact=True).first.click()
    answer(other_coordinator, {"Uw antwoord": "Wij nemen haar over"})
    press(other_coordinator, "Verstuur")
    sees(other_coordinator, "Lavendel")
    # Asked beside the page: a browser complains of an answer that says no.
    assert coordinator.request.get(dossier).status == 404


def test_a_release_today_gives_the_list_of_72_hours(coordinator: Page) -> None:
    dossier = dossier_of(coordinator, "Gardenia V.")
    coordinator.goto(f"{dossier}afspraken/")
    told = {
        "Op welke dag kwam zij vrij?": TODAY,
        "Hoe?": "Onverwacht vrijgelaten",
        "Waar gaat zij heen?": "Een gemeente",
        "Welke gemeente?": "Utrecht",
    }
    act(coordinator, "Zij is vrij", told, "Bewaar")
    hers = today(coordinator).filter(has_text="Gardenia V.")
    for what in ("Bel haar vandaag", "met spoed om dekking", "geen afscheid van de bezoekmoeder"):
        expect(hers.filter(has_text=what)).to_have_count(1)
    expect(hers.filter(has_text="Bezoek in de inrichting")).to_have_count(0)
    coordinator.goto(f"{dossier}plan/")
    sees(coordinator, "Bel haar vandaag")
    tab(coordinator, "Afspraken")
    expect(coordinator.locator("main li").filter(has_text="di 25 jan 14:00")).to_contain_text("Ingehaald")


def test_a_withdrawn_yes_stops_sharing_at_once(other_coordinator: Page, enter: Enter) -> None:
    desk = enter(Role.MUNICIPALITY, "Heerlen")
    desk.get_by_role("row").filter(has_text="Gevraagd").get_by_role("link").click()
    shared = desk.url
    sees(desk, "Over wie het gaat", "Uren")
    dossier_of(other_coordinator, "Verbena T.")
    tab(other_coordinator, "Papieren")
    press(other_coordinator, "Trek in", "Vraag aan een gemeente: Heerlen")
    sees(other_coordinator, "Wij delen vanaf nu niets meer.", "Heerlen")
    press(other_coordinator, "Trek in")
    sees(other_coordinator, "Ingetrokken")
    assert desk.request.get(shared).status == 404
    desk.goto("/aanvragen/?toon=alles")
    assert desk.get_by_role("row").filter(has_text="di 14 dec").count() == 0
