"""What happens to a child, or to her mother, and changes who may come, who is asked and who decides."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect

from gib.core.access.tables import Role
from tests.journeys.conftest import Enter
from tests.journeys.house import House
from tests.journeys.steps import TODAY, act, answer, dossier_of, misses, press, sees, tab
from tests.journeys.test_exceptions import CHILD, HERS, is_off, lists_of_the_morning, tasks, visits

AT_HOME, DIED = "Jasmijn S.", "Calendula F."
WHAT_CAME = "Wat deed u en wat kwam eruit?"
#: What she does before she decides; each step is kept as it was written.
STEPS: list[Mapping[str, str]] = [
    {"Welke stap?": "Signalen in kaart brengen", WHAT_CAME: "Twee keer gezien."},
    {"Welke stap?": "Advies vragen", WHAT_CAME: "Er kwam raad."},
    {"Welke stap?": "Praten met ouder of kind", WHAT_CAME: "Zij vertelde.", "Met wie sprak u?": "De ouder"},
    {
        **{"Welke stap?": "Afwegen", WHAT_CAME: "Gewogen.", "Is er een vermoeden van onveiligheid?": "Ja"},
        **{"Is iemand nu of steeds weer onveilig?": "Nee", "Kunnen wij hulp regelen die werkt?": "Ja"},
        **{"Nemen zij die hulp aan?": "Ja", "Maakt die hulp hen veilig?": "Ja"},
    },
]


@pytest.fixture
def her_maatje(house: House, enter: Enter) -> Page:
    """Hold the phone of the volunteer who helps her at home."""
    house.told("volunteers_in")
    return enter(Role.VOLUNTEER, "Wilhelmina", viewport={"width": 360, "height": 740})


def test_a_child_that_may_not_be_safe_is_never_decided_about_by_one_person(
    other_coordinator: Page, her_maatje: Page, enter: Enter
) -> None:
    """The volunteer tells it and decides nothing; the coordinator weighs; a second person confirms."""
    page, hers = other_coordinator, her_maatje
    hers.locator("main").get_by_role("link", name="Een kind is niet veilig").first.click()
    answer(hers, {"Wat zag of hoorde je?": "Het kind at twee dagen niet."})
    press(hers, "Verstuur")
    sees(hers, "Zij beslist met een tweede persoon, jij niet.", "De moeder niet.", "112")
    told = tasks(page, AT_HOME).filter(has_text="Veiligheid van een kind")
    told.get_by_role("link", name="Weeg").first.click()
    answer(page, {"Wat doet u ermee?": "Niets doen"})
    assert press(page, "Bewaar").status == 422
    sees(page, "u beslist daar samen met een tweede persoon")
    answer(page, {"Wat doet u ermee?": "Meldcode volgen"})
    press(page, "Bewaar")
    page.locator("main").get_by_role("link", name="Begonnen op").first.click()
    page.wait_for_url("**/meldcode/*/")
    case = page.url
    for step in STEPS:
        page.goto(case)
        act(page, "Leg een stap vast", step, "Bewaar")
    page.goto(case)
    act(page, "Stel een besluit voor", {"Besluit": "Zelf hulp regelen en volgen"}, "Bewaar")
    sees(page, "Een collega moet uw besluit bevestigen.")
    expect(page.locator("main").get_by_role("link", name="Bevestig")).to_have_count(0)
    deputy = enter(Role.DEPUTY, "Dina")
    asked = tasks(deputy, AT_HOME).filter(has_text="besluit te bevestigen")
    asked.get_by_role("link", name="Bekijk").first.click()
    answer(deputy, {"Bent u het eens?": "Ik ben het eens"})
    assert press(deputy, "Bewaar").status == 200
    hers.goto("/zorgen/")
    sees(hers, "Opgepakt")
    misses(hers, "eldcode", "Zelf hulp regelen")


def test_a_child_leaves_the_morning_when_it_is_grown_up_or_a_yes_is_taken_back(
    other_coordinator: Page,
) -> None:
    """She turns eighteen six days before; with another day of birth she comes, until who decides says no."""
    page = other_coordinator
    morning, lists = lists_of_the_morning(page)
    dossier = dossier_of(page, HERS)
    tab(page, "Kinderen")
    act(page, "Verbeter", {"Geboortedatum": "20-01-1993"}, "Bewaar", CHILD)
    page.goto(f"{dossier}kinderen/")
    sees(page, "17 jaar")
    is_off(page, morning, lists, "18")
    page.goto(f"{dossier}kinderen/")
    act(page, "Verbeter", {"Geboortedatum": "20-06-2004"}, "Bewaar", CHILD)
    lists_of_the_morning(page)
    page.goto(f"{dossier}papieren/")
    act(page, "Trek in", {}, "Trek in", f"Bezoek van een kind: {CHILD}")
    is_off(page, morning, lists, "wie beslist")


def test_a_child_is_born_inside_and_stays_with_her(coordinator: Page) -> None:
    page, dossier = coordinator, dossier_of(coordinator, "Linnea V.")
    tab(page, "Kinderen")
    born = {"Roepnaam": "Goudhaan", "Geboortedatum": TODAY, "Waar is het kind nu?": "Bij de moeder"}
    act(page, "Kind erbij", born, "Bewaar")
    page.goto(f"{dossier}kinderen/")
    sees(page, "Kinderen 3", "Goudhaan 0 jaar", "bij de moeder")


def test_when_she_died_everything_stops_and_nobody_is_sent_to_her(other_coordinator: Page) -> None:
    page, dossier = other_coordinator, dossier_of(other_coordinator, DIED)
    tab(page, "Afspraken")
    expect(visits(page, "di 11 jan 14:00")).to_contain_text("Gepland")
    tab(page, "Plan")
    act(page, "Sluit", {"Waarom": "Zij is overleden"}, "Sluit")
    page.goto(f"{dossier}afspraken/")
    expect(visits(page, "di 11 jan 14:00")).not_to_contain_text("Gepland")
    left = tasks(page, DIED).all_inner_texts()
    # Another mother has the same short name; of her only the term is told.
    assert [row for row in left if "bewaartermijn" not in row] == []
