"""Help by one volunteer, from the wish of a mother to its closing: visits inside, and help at home."""

from playwright.sync_api import Page, expect

from tests.journeys.pairing import ask_both, make_room
from tests.journeys.steps import TODAY, act, agree, answer, dossier_of, press, sees

#: A mother with a plan and without a volunteer, and one who takes on one mother more.
WHO, HELPER = "Akelei S.", "Truus P."
YES = {"Het antwoord": "Ja"}
CLOSING = {
    "Op welke dag was het gesprek?": TODAY,
    "Met wie sprak u?": "Met allebei",
    "Hoe gaat het?": "Het gaat goed",
}


def wishes(page: Page, dossier: str, product: str) -> None:
    """Write down that she wants a product, offer it and plan it."""
    for step in ("", "Bied aan", "Plan"):
        page.goto(f"{dossier}plan/")
        agree(page, step, product) if step else agree(page, product)


def meet(coordinator: Page, volunteer: Page, match: str) -> None:
    """Let both say yes, and let them get to know each other."""
    volunteer.goto(match)
    act(volunteer, "Geef je antwoord", YES, "Bewaar")
    coordinator.goto(match)
    act(coordinator, "Antwoord van de moeder", YES, "Bewaar")
    agree(coordinator, "Kennismaking")
    agree(coordinator, "Begin de proef")


def reports(volunteer: Page, match: str, note: str) -> None:
    """Write on the phone how a visit was."""
    volunteer.goto(match)
    press(volunteer, "Ik ben geweest")
    volunteer.locator("[name=minutes]").first.check(force=True)
    answer(volunteer, {"Nog iets kwijt?": note})
    press(volunteer, "Bewaar")


def test_visits_inside_from_a_wish_to_the_closing_talk(coordinator: Page, volunteer: Page) -> None:
    make_room(coordinator, HELPER)
    dossier = dossier_of(coordinator, WHO)
    wishes(coordinator, dossier, "Bezoekmoeders")
    match = ask_both(coordinator, WHO, HELPER)
    meet(coordinator, volunteer, match)
    coordinator.goto(f"{dossier}plan/")
    sees(coordinator, "Loopt", "sinds")
    for note in ("Wij dronken thee.", "Zij las een brief voor.", "Wij maakten een tekening."):
        reports(volunteer, match, note)
    coordinator.goto(match)
    agree(coordinator, "Samen verder")
    agree(coordinator, "Werk naar afscheid")
    act(coordinator, "Slotgesprek", CLOSING, "Bewaar")
    sees(coordinator, "Slotgesprek", "Het gaat goed")
    coordinator.goto(f"{dossier}plan/")
    agree(coordinator, "Rond af", "Bezoekmoeders")
    coordinator.goto(f"{dossier}plan/")
    sees(coordinator, "Afgerond")
    volunteer.goto("/mijn-dag/")
    sees(volunteer, "Jullie zien elkaar niet meer.")


#: A mother who has help at home since the summer; her yes ended with her release.
AT_HOME = "Jasmijn R."


def consents(page: Page, dossier: str) -> None:
    """Ask her consent anew, now that she is home, and write down her yes."""
    page.goto(f"{dossier}papieren/")
    press(page, "Vraag toestemming")
    act(page, "Hulp van Gezin in Balans", {}, "Vraag dit")
    press(page, "Zij zegt ja")
    alone = {"Er was geen medewerker van de inrichting bij.": True}
    answer(page, {"Waar zei zij ja?": "Thuis", **alone})
    assert press(page, "Bewaar").status == 200, page.locator("main").inner_text()


def test_help_at_home_ends_with_a_farewell_and_no_other_way(other_coordinator: Page) -> None:
    page, said = other_coordinator, "De kinderen slapen weer door."
    dossier = dossier_of(page, AT_HOME)
    consents(page, dossier)
    page.goto(f"{dossier}plan/")
    sees(page, "Fase: Opbouwen.")
    press(page, "Sluit")
    answer(page, {"Waarom": "Haar doelen zijn bereikt"})
    assert press(page, "Sluit").status == 422
    sees(page, "Neem eerst afscheid")
    page.goto(f"{dossier}plan/")
    goodbye = {"Is bereikt wat zij wilde?": "Deels", "Wat zeiden jullie bij het afscheid?": said}
    act(page, "Afscheid", goodbye, "Rond af", "Moedermaatjes")
    page.goto(f"{dossier}plan/")
    sees(page, "Deels afgerond", "Na de hulp thuis", said, "Nabellen vanaf ma 11 apr.")
    expect(page.get_by_role("link", name="Afscheid")).to_have_count(0)
