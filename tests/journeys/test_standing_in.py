"""A volunteer who is away for two weeks: another one is found, both say yes, she goes and tells of it."""

from playwright.sync_api import Page, expect

from gib.core.access.tables import Role
from tests.journeys.conftest import Enter
from tests.journeys.house import House
from tests.journeys.steps import act, answer, dossier_of, misses, press, sees, tab

MOTHER, AWAY = "Gardenia V.", {"van": "20-01-2011", "tot": "01-02-2011"}
PHONE = {"width": 360, "height": 740}
YES = {"Het antwoord": "Ja"}


def test_somebody_else_visits_while_the_volunteer_is_away(
    coordinator: Page, volunteer: Page, house: House, enter: Enter
) -> None:
    """The mother is asked, the match stays, and who stands in reads nothing of what was written before."""
    house.told("volunteers_in")
    dossier_of(coordinator, MOTHER)
    tab(coordinator, "Afspraken")
    coordinator.locator("main").get_by_role("link", name="Truus P.", exact=True).first.click()
    coordinator.wait_for_url("**/koppelingen/*/")
    match = coordinator.url
    press(coordinator, "Zoek invaller")
    answer(coordinator, {"Eerste dag": AWAY["van"], "Laatste dag": AWAY["tot"]})
    press(coordinator, "Zoek")
    sees(coordinator, "Waarom wel")
    first = coordinator.locator(".match-list li").first
    name = first.get_by_role("heading").inner_text().removeprefix("1. ").strip()
    press(coordinator, "Vraag haar", name)
    sees(coordinator, "Zonder ja van de moeder komt er niemand.")
    assert press(coordinator, "Vraag haar").status == 200
    sees(coordinator, "Invallers", name, "do 20 jan tot en met di 1 feb")
    hers = enter(Role.VOLUNTEER, name.split()[0], viewport=PHONE)
    sees(hers, "Er is een vraag voor je", "Bezoekmoeders")
    misses(hers, "Gardenia")
    act(hers, "Bekijk de vraag", YES, "Bewaar")
    act(coordinator, "Antwoord van de moeder", YES, "Bewaar", name)
    sees(coordinator, "Allebei ja")
    hers.goto("/mijn-dag/")
    sees(hers, "Gardenia", "Je valt in: do 20 jan tot en met di 1 feb.", "Ik maak me zorgen")
    hers.goto("/agenda/?vorm=dag&dag=2011-01-25")
    sees(hers, "14:00")
    assert hers.request.get(match).status == 404
    volunteer.goto("/mijn-dag/")
    sees(volunteer, "Gardenia")
    coordinator.goto(match)
    visit = coordinator.locator("main li").filter(
        has=coordinator.get_by_role("link", name="di 25 jan 14:00", exact=True)
    )
    expect(visit.first).to_contain_text(name)
