"""When life goes another way than planned: what people do then, each at the own desk or phone."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Locator, Page, expect

from gib.core.access.tables import Role
from tests.journeys.conftest import Enter
from tests.journeys.house import House
from tests.journeys.steps import TODAY, act, agree, answer, dossier_of, press, sees, tab, today

THERE = "P.I. Zuid-Oost locatie Ter Peel"
SERIES_DAY = "25-01-2011"
MOVED = {"Inrichting": THERE, "Regime": "Huis van bewaring", "Vanaf welke dag?": TODAY}
NO_CONTACT = {
    "Wat mag er?": "Geen contact",
    "Met wie?": "Met de moeder",
    "Wie besloot dat?": "De rechter",
    "Vanaf welke dag?": TODAY,
    "Papier gezien op": TODAY,
    "Ik heb dit nagevraagd en het klopt.": True,
}


def tasks(page: Page, name: str) -> Locator:
    """Open the start page, and give its rows about a mother."""
    return today(page).filter(has_text=name)


def opens(page: Page, link: str, address: str) -> str:
    """Follow a link that stands on the page more than once, and give where it leads."""
    page.locator("main").get_by_role("link", name=link, exact=True).first.click()
    page.wait_for_url(address)
    return page.url


def visits(page: Page, day: str) -> Locator:
    """Give the visit of one day in a list of visits, with what became of it."""
    return page.locator("main li").filter(has=page.get_by_role("link", name=day, exact=True)).first


def test_a_lockdown_calls_off_a_day_and_a_transfer_all_that_comes(coordinator: Page, volunteer: Page) -> None:
    """The day goes first; after the transfer the series rests, and the volunteer reads both on her phone."""
    coordinator.goto("/inrichtingen/NSL/")
    shut = {"Eerste dag dicht": SERIES_DAY, "Laatste dag dicht": SERIES_DAY, "Waarom": "Alles dicht"}
    act(coordinator, "Inrichting is dicht", shut, "Bewaar")
    dossier = dossier_of(coordinator, "Gardenia V.")
    tab(coordinator, "Afspraken")
    expect(visits(coordinator, "di 25 jan 14:00")).to_contain_text("Inrichting annuleerde")
    expect(visits(coordinator, "di 22 feb 14:00")).to_contain_text("Gepland")
    act(coordinator, "Overplaatsing", MOVED, "Bewaar")
    coordinator.goto(f"{dossier}afspraken/")
    for day in ("di 11 jan 14:00", "di 22 feb 14:00", "di 5 apr 14:00"):
        expect(visits(coordinator, day)).to_contain_text("Ingehaald")
    opens(coordinator, "Truus P.", "**/koppelingen/*/")
    press(coordinator, "Vaste reeks")
    sees(coordinator, "Om de twee weken op dinsdag, 14:00", "Beëindig de reeks")
    volunteer.goto("/mijn-dag/")
    press(volunteer, "Alles van ons", "Gardenia")
    expect(visits(volunteer, "di 22 feb 14:00")).to_contain_text("Ingehaald")


def test_a_no_of_the_mother_is_kept_and_nobody_asks_before_her_day(coordinator: Page) -> None:
    dossier, product = dossier_of(coordinator, "Akelei S."), "Bezoekmoeders"
    not_before = {"Wanneer mogen wij het weer vragen?": "01-04-2011"}
    tab(coordinator, "Plan")
    agree(coordinator, product)
    coordinator.goto(f"{dossier}plan/")
    agree(coordinator, "Bied aan", product)
    coordinator.goto(f"{dossier}plan/")
    act(coordinator, "Wil niet", not_before, "Bewaar", product)
    coordinator.goto(f"{dossier}plan/")
    sees(coordinator, "Wil niet")
    agree(coordinator, product)
    coordinator.goto(f"{dossier}plan/")
    press(coordinator, "Bied aan", product)
    assert press(coordinator, "Bied aan").status == 422
    sees(coordinator, "01-04-2011")


def test_a_contact_order_stops_one_child_and_not_the_other(coordinator: Page) -> None:
    dossier = dossier_of(coordinator, "Linnea V.")
    tab(coordinator, "Kinderen")
    act(coordinator, "Contact", NO_CONTACT, "Bewaar", "Winterkoning")
    coordinator.goto(f"{dossier}kinderen/")
    sees(coordinator, "contact is verboden", "geen contact", "volgens de rechter, vanaf di 11 jan")
    sees(coordinator, "nog niet gevraagd")
    tab(coordinator, "Plan")
    sees(coordinator, "Loopt binnen")


def test_a_visit_that_falls_away_gets_another_day_in_two_presses(other_coordinator: Page) -> None:
    name = "Calendula F."
    dossier_of(other_coordinator, name)
    tab(other_coordinator, "Afspraken")
    opens(other_coordinator, "di 11 jan 14:00", "**/bezoeken/*/")
    off = {"Wie zei af": "Inrichting", "Waarom": "Te weinig personeel"}
    act(other_coordinator, "Kon niet doorgaan", off, "Bewaar")
    offer = tasks(other_coordinator, name).filter(has_text="ging niet door: te weinig personeel")
    expect(offer).to_contain_text("Voorstel: di 18 jan 14:00.")
    offer.get_by_role("link", name="Plan").first.click()
    sees(other_coordinator, "De bezoektijden van deze inrichting zijn hier niet bekend.")
    press(other_coordinator, "Bewaar")
    expect(visits(other_coordinator, "di 18 jan 14:00")).to_contain_text("Gepland")
    expect(tasks(other_coordinator, name).filter(has_text="Voorstel")).to_have_count(0)


GOES = [
    (
        "Primula E.",
        {"Waar gaat zij heen?": "Een gemeente", "Welke gemeente?": "Amersfoort"},
        "Niemand betaalt nog en niets is gevraagd.",
        ("Niet gedekt", "Andere gemeente"),
    ),
    (
        "Petunia V.",
        {"Waar gaat zij heen?": "Geen vast adres"},
        "Zij heeft geen vast adres. Vraag welke gemeente haar helpt.",
        ("Niet gedekt", "Nog niets gevraagd"),
    ),
]


@pytest.mark.parametrize(("name", "where", "asks", "funding"), GOES, ids=["elsewhere", "no address"])
def test_who_goes_elsewhere_is_asked_for_anew(
    coordinator: Page, name: str, where: Mapping[str, str], asks: str, funding: tuple[str, ...]
) -> None:
    """Where she goes decides who pays: what was covered there is not covered here."""
    dossier = dossier_of(coordinator, name)
    tab(coordinator, "Afspraken")
    act(coordinator, "Waar gaat zij heen", where, "Bewaar")
    coordinator.goto(f"{dossier}mensen/")
    sees(coordinator, (where.get("Welke gemeente?") or where["Waar gaat zij heen?"]).lower()[1:])
    tab(coordinator, "Financiering")
    sees(coordinator, "Niemand betaalt nog voor hulp na vrijlating.", *funding)
    expect(tasks(coordinator, name).filter(has_text=asks)).to_have_count(1)


def test_when_the_volunteer_stops_she_is_told_and_somebody_is_looked_for(coordinator: Page) -> None:
    name = "Begonia R."
    dossier = dossier_of(coordinator, name)
    tab(coordinator, "Mensen")
    opens(coordinator, "Chandra I.", "**/koppelingen/*/")
    act(coordinator, "Beëindig", {"Waarom": "De vrijwilliger stopt"}, "Bewaar")
    told = tasks(coordinator, name).filter(has_text="Vertel haar dat deze vrijwilliger niet komt")
    expect(told).to_contain_text("do 13 jan")
    coordinator.goto(f"{dossier}plan/")
    sees(coordinator, "Zoekt vrijwilliger")
    tab(coordinator, "Afspraken")
    expect(visits(coordinator, "di 11 jan 14:00")).to_contain_text("Ingehaald")
    coordinator.goto(f"{dossier}plan/")
    press(coordinator, "Zoek vrijwilliger", "Bezoekmoeders")
    sees(coordinator, name)


HELD_AGAIN = "Jasmijn S."
RESTS = "De hulp thuis rust, want zij zit weer vast."


@pytest.fixture
def her_maatje(house: House, enter: Enter) -> Page:
    """Hold the phone of the volunteer who helps her at home."""
    house.told("volunteers_in")
    return enter(Role.VOLUNTEER, "Wilhelmina", viewport={"width": 360, "height": 740})


def test_who_is_held_again_keeps_her_plan_until_a_new_one_follows(
    other_coordinator: Page, her_maatje: Page
) -> None:
    """Nobody comes to her door: the visit falls away, the part rests, and the volunteer reads why."""
    dossier = dossier_of(other_coordinator, HELD_AGAIN)
    tab(other_coordinator, "Afspraken")
    expect(visits(other_coordinator, "do 13 jan 14:00")).to_contain_text("Gepland")
    sees(her_maatje, "do 13 jan 14:00", "Fase: Rust vinden.")
    act(other_coordinator, "Zij zit weer vast", MOVED, "Bewaar")
    other_coordinator.goto(f"{dossier}afspraken/")
    expect(visits(other_coordinator, "do 13 jan 14:00")).to_contain_text("Ingehaald")
    sees(other_coordinator, "Evertsoord", "di 11 jan")
    tab(other_coordinator, "Plan")
    sees(other_coordinator, "Staat stil", "Ga weer verder", "Samen ontbijten", "Rust nu", RESTS)
    her_maatje.goto("/mijn-dag/")
    sees(her_maatje, "Nog geen afspraak", RESTS)
    press(her_maatje, "Alles van ons", "Jasmijn")
    press(her_maatje, "Plan een bezoek")
    answer(her_maatje, {"Dag": "13-01-2011", "Tijd": "14:00"})
    assert press(her_maatje, "Bewaar").status == 422
    sees(her_maatje, "Zij zit weer vast. De hulp thuis rust tot zij vrij is.")
    _plans_anew(other_coordinator, her_maatje, dossier)


def _plans_anew(page: Page, her_maatje: Page, dossier: str) -> None:
    """Close the plan and agree on another one, which shows the first beside it."""
    page.goto(f"{dossier}plan/")
    act(page, "Sluit", {"Waarom": "Zij wil stoppen"}, "Sluit")
    her_maatje.goto("/mijn-dag/")
    sees(her_maatje, "Jullie zien elkaar niet meer.")
    page.goto(f"{dossier}papieren/")
    press(page, "Vraag toestemming")
    act(page, "Hulp van Gezin in Balans", {}, "Vraag dit")
    yes = {"Waar zei zij ja?": "In de inrichting", "Er was geen medewerker van de inrichting bij.": True}
    act(page, "Zij zegt ja", yes, "Bewaar")
    for step in ("Stel een nieuw traject voor", "Zij zegt ja", "Start binnen"):
        page.goto(f"{dossier}plan/")
        agree(page, step)
    page.goto(f"{dossier}plan/")
    sees(page, "Loopt binnen", "Eerder traject", "tot di 11 jan", "Zij wil stoppen", "Toen wilde zij:")


#: She has a child with a seat in a car of the morning of 26 January.
HERS, CHILD = "Dahlia R.", "Spreeuw"


def lists_of_the_morning(page: Page) -> tuple[str, list[str]]:
    """Open the morning on which she has a seat; give its address and those of its lists."""
    page.goto("/bijeenkomsten/")
    page.get_by_role("link", name="wo 26 jan 09:30").first.click()
    page.wait_for_url("**/bezoekochtenden/*/")
    car = page.get_by_role("link", name="Lijst Loes V.", exact=True).get_attribute("href")
    morning, lists = page.url, [f"{page.url}daglijst/", f"{page.url}tekenlijst/", car or ""]
    for each in lists:
        page.goto(each)
        sees(page, CHILD)
    return morning, lists


def is_off(page: Page, morning: str, lists: list[str], why: str) -> None:
    """The child stands on no list any more, and the morning says why."""
    for each in lists:
        page.goto(each)
        expect(page.locator("main")).not_to_contain_text(CHILD)
    page.goto(morning)
    hers = page.locator("article").filter(has=page.get_by_role("heading", name=CHILD))
    expect(hers).to_contain_text("Mag niet")
    expect(hers).to_contain_text(why)


#: The order ends six days before the morning.
ENDS_BEFORE = NO_CONTACT | {"Wat mag er?": "Alleen onder toezicht", "Tot en met": "20-01-2011"}


def test_an_order_that_ends_before_the_morning_takes_the_child_off_every_list(
    other_coordinator: Page,
) -> None:
    """Expired is unknown, and unknown may not come (invariant 4): the coordinator reads it weeks ahead."""
    page = other_coordinator
    morning, lists = lists_of_the_morning(page)
    dossier_of(page, HERS)
    tab(page, "Kinderen")
    act(page, "Contact", ENDS_BEFORE, "Bewaar", CHILD)
    is_off(page, morning, lists, "die dag: het besluit is verlopen, vraag of het nog geldt")


def test_who_stands_in_for_an_ill_coordinator_answers_and_is_seen_to_have_looked(
    other_coordinator: Page, enter: Enter
) -> None:
    deputy, name = enter(Role.DEPUTY, "Dina"), "Jasmijn F."
    tasks(deputy, name).get_by_role("link", name="Bekijk").first.click()
    assert press(deputy, "Neem aan").status == 200
    other_coordinator.goto("/aanmeldingen/")
    expect(other_coordinator.get_by_role("row").filter(has_text=name)).to_contain_text("Aangenomen")
    dossier = dossier_of(other_coordinator, name)
    other_coordinator.goto(f"{dossier}gezien/")
    expect(other_coordinator.get_by_role("row").filter(has_text="vervanger").first).to_contain_text("gelezen")
