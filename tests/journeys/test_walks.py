"""The first walk: a referral becomes a matched maatje with a first visit, each at a browser of her own."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import TODAY, act, agree, answer, misses, press, sees, tab

FIRST, LAST = "Zonnedauw", "Zandkasteel"
SHORT = f"{FIRST} {LAST[0]}."
WISH = "Mijn dochter zien op haar verjaardag"

TALK = {"Op welke dag?": TODAY, "Hoe laat?": "10:30", "Waar?": "Spreekkamer 2"}
#: Section of the intake -> what she tells.
SECTIONS = {
    "Wie zij is en welke taal zij spreekt": {"Nederlands": True, "Wat vertelt zij?": "Zij leest graag."},
    "Kinderen en wie voor hen zorgt": {"Wat vertelt zij?": "Twee kinderen, bij hun oma."},
    "Hoe gaat het?": {"Opvoeden: haar cijfer": "2", "Wonen: haar cijfer": "0, heel slecht"},
    "Wat geregeld moet zijn": {"Schulden: haar cijfer": "1"},
    "Wat zij wil": {"Wat wil zij het liefst?": WISH, "En daarna?": "Een eigen sleutel"},
    "Wie haar al helpt": {"Wat vertelt zij?": "Haar moeder."},
    "Afspraken": {"Wat vertelt zij?": "Wij bellen op dinsdag."},
    "Wat wij kunnen bieden": {"Bezoekmoeders": "Wil zij", "Moedermaatjes": "Later"},
}


def _refer(page: Page) -> None:
    """Refer her, after one date that cannot be."""
    page.goto("/aanmelden/")
    chosen = {"Afdeling": "B2", "Kinderen, thuis of ergens anders": "2 kinderen", "Taal": "Nederlands"}
    written = {
        "Roepnaam": FIRST,
        "Achternaam": LAST,
        "Geboortedatum": "31-02-1985",
        "Op welke dag zei zij ja?": TODAY,
        "Wat wil zij zelf?": WISH,
        "Hoe bereiken wij u?": "toestel 12",
    }
    answer(page, chosen | written)
    assert press(page, "Controleer en verstuur").status == 422
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Alles wat is ingevuld, is bewaard.")
    expect(summary).to_contain_text("Geboortedatum: Deze dag bestaat niet. Vul een andere dag in")
    for label, text in written.items():
        expect(page.get_by_label(label).first).to_have_value(text)
    for label, text in chosen.items():
        expect(page.get_by_label(label).first.locator("option:checked")).to_have_text(text)
    answer(page, {"Geboortedatum": "28-02-1985"})
    press(page, "Controleer en verstuur")
    sees(page, FIRST, LAST, "28", WISH)
    press(page, "Verstuur")


def _status(page: Page, word: str) -> None:
    """Look at the referrer's own list: one word, and nothing of what she told."""
    page.goto("/aanmelden/mijn/")
    row = page.get_by_role("row").filter(has_text=SHORT)
    expect(row).to_contain_text(word)
    row.get_by_role("link").click()
    sees(page, word)
    misses(page, WISH, "Bezoekmoeders", "Moedermaatjes", "leest graag", "Truus")


def hear(page: Page) -> None:
    """Hold the talk, section by section, with her consent, and finish it."""
    act(page, "Het gesprek is gehouden", {"Op welke dag was het gesprek?": TODAY}, "Bewaar")
    for section, told in SECTIONS.items():
        act(page, section, told, "Bewaar")
    assert press(page, "Rond de intake af").status == 422
    sees(page, "toestemming")
    consent = {"Wat zegt zij?": "Ja", "Waar was dat?": "In de inrichting"}
    press(page, "Toestemming voor hulp")
    answer(page, consent)
    assert press(page, "Bewaar haar antwoord").status == 422
    answer(page, {"Er was geen medewerker van de inrichting bij.": True})
    press(page, "Bewaar haar antwoord")
    press(page, "Rond de intake af")


def plan(page: Page) -> None:
    """Propose a plan and agree on it; her wishes are its goals."""
    tab(page, "Plan")
    act(page, "Stel een traject voor", {}, "Stel voor")
    sees(page, WISH, "Een eigen sleutel")
    agree(page, "Zij zegt ja")
    agree(page, "Start binnen")


def _offer(page: Page, brand: str) -> None:
    """Take a product from her wish to a place in the plan."""
    tab(page, "Plan")
    agree(page, brand)
    agree(page, "Bied aan", brand)
    agree(page, "Plan", brand)


def _release(page: Page) -> None:
    """Write down that she is free, today, and where she lives."""
    tab(page, "Afspraken")
    told = {
        "Op welke dag kwam zij vrij?": TODAY,
        "Hoe?": "Onverwacht vrijgelaten",
        "Waar gaat zij heen?": "Een gemeente",
        "Welke gemeente?": "Amsterdam",
    }
    act(page, "Zij is vrij", told, "Bewaar")
    press(page, "Terug naar het dossier")


def _pay(page: Page) -> None:
    """Let the agreement with her municipality pay for help at home."""
    tab(page, "Financiering")
    agree(page, "Vraag de gemeente")
    press(page, "Dek met een afspraak")
    page.get_by_role("radio").first.check()
    assert press(page, "Bewaar").status == 200
    press(page, "Naar het dossier")


def _make_room(page: Page) -> None:
    """Agree with a volunteer that she takes on a second mother, and come back."""
    here = page.url
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Vrijwilligers").click()
    page.get_by_role("link", name="Truus P.").click()
    act(page, "Verbeter", {"Hoeveel moeders tegelijk?": "2"}, "Bewaar")
    page.goto(here)


def plan_and_pay(page: Page) -> None:
    """Go from the plan to help at home that an agreement pays."""
    _offer(page, "Bezoekmoeders")
    _release(page)
    _pay(page)
    tab(page, "Plan")
    agree(page, "Start thuis")
    _offer(page, "Moedermaatjes")


def _match(page: Page, volunteer: Page) -> None:
    """Let both say yes: the volunteer on her phone, without a name; the mother in a talk."""
    volunteer.goto("/mijn-dag/")
    misses(volunteer, FIRST)
    press(volunteer, "Bekijk de vraag")
    act(volunteer, "Geef je antwoord", {"Het antwoord": "Ja"}, "Bewaar")
    misses(volunteer, FIRST)
    page.goto("/vandaag/")
    page.get_by_role("link", name=f"{SHORT} en Truus P.").first.click()
    act(page, "Antwoord van de moeder", {"Het antwoord": "Ja"}, "Bewaar")
    agree(page, "Kennismaking")
    agree(page, "Begin de proef")


def visit(page: Page, who: str = FIRST) -> None:
    """Log a visit to a mother in at most four taps, without a word."""
    page.goto("/mijn-dag/")
    taps = [
        lambda: press(page, "Nieuw verslag", who),
        lambda: answer(page, {"Hoe lang, in uren": "1½"}),
        lambda: answer(page, {"Hoe ging het": "Fijn"}),
        lambda: press(page, "Bewaar"),
    ]
    for tap in taps:
        tap()


def test_a_referral_becomes_a_first_visit(referrer: Page, coordinator: Page, volunteer: Page) -> None:
    _refer(referrer)
    _status(referrer, "Ontvangen")
    coordinator.goto("/vandaag/")
    coordinator.get_by_role("link", name=SHORT).first.click()
    press(coordinator, "Neem aan")
    _status(referrer, "Ontvangen")
    act(coordinator, "Plan intake", TALK, "Plan")
    _status(referrer, "Gesprek gepland")
    hear(coordinator)
    press(coordinator, "Naar het dossier")
    dossier = coordinator.url
    plan(coordinator)
    _status(referrer, "Gestart")
    plan_and_pay(coordinator)
    _make_room(coordinator)
    press(coordinator, "Zoek vrijwilliger", "Moedermaatjes")
    press(coordinator, "Stel voor", "Truus P.")
    press(coordinator, "Vraag beiden")
    _match(coordinator, volunteer)
    visit(volunteer)
    volunteer.goto("/mijn-dag/")
    sees(volunteer, "1½ uur")
    coordinator.goto("/verslagen/")
    sees(coordinator, SHORT)
    coordinator.goto(dossier)
    sees(coordinator, "Moedermaatjes")
    _status(referrer, "Gestart")
