"""What a coordinator meets on other days: searching, another team, a sudden release, a withdrawn yes."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import TODAY, act, answer, dossier_of, misses, press, sees, tab


def test_a_name_is_found_and_stands_in_no_address(coordinator: Page, other_coordinator: Page) -> None:
    for page, found in ((coordinator, True), (other_coordinator, False)):
        page.goto("/zoeken/")
        act_search = {"Naam of dossiernummer": "Gardenia V"}
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
    other_coordinator.goto("/vandaag/")
    other_coordinator.get_by_role("link", name="Lavendel B.", exact=True).first.click()
    answer(other_coordinator, {"Uw antwoord": "Wij nemen haar over"})
    press(other_coordinator, "Verstuur")
    sees(other_coordinator, "Lavendel")
    assert coordinator.goto(dossier).status == 404


def test_a_release_today_gives_the_list_of_72_hours(coordinator: Page) -> None:
    dossier = dossier_of(coordinator, "Gardenia V.")
    coordinator.goto("/vandaag/")
    before = coordinator.locator("#wacht .task").count()
    coordinator.goto(f"{dossier}afspraken/")
    told = {
        "Op welke dag kwam zij vrij?": TODAY,
        "Hoe?": "Onverwacht vrijgelaten",
        "Waar gaat zij heen?": "Een gemeente",
        "Welke gemeente?": "Utrecht",
    }
    act(coordinator, "Zij is vrij", told, "Bewaar")
    coordinator.goto("/vandaag/")
    list_72 = coordinator.locator("#wacht .task").filter(has_text="Gardenia V.")
    expect(list_72.filter(has_text="Bel haar vandaag")).to_have_count(1)
    assert coordinator.locator("#wacht .task").count() >= before + 3
    coordinator.goto(f"{dossier}plan/")
    sees(coordinator, "Bel haar vandaag")


def test_a_withdrawn_yes_stops_sharing_at_once(coordinator: Page, municipality: Page) -> None:
    municipality.goto("/aanvragen/")
    municipality.get_by_role("row").filter(has_text="Gevraagd").get_by_role("link").click()
    shared = municipality.url
    sees(municipality, "Voorletters")
    assert 0, municipality.locator("main").inner_text()
