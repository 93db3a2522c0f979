"""Meetings and courses from invitation to closing, as the coordinator of the prison runs them."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import TODAY, act, agree, answer, press, sees

NEW: dict[str, str | bool] = {
    "Wat": "Moeder de Gans",
    "Dag": TODAY,
    "Tijd": "15:00",
    "Zaal": "Bibliotheek",
    "Plekken in de zaal": "8",
    "Geld": True,
    "Schuldhulp": True,
}
#: What the slips said: question, answer and how often.
SLIPS = (
    ("Hoe gespannen was u voor de bijeenkomst?", "4", "3"),
    ("Hoe gespannen bent u nu?", "2", "3"),
    ("Heeft u iets nieuws gehoord?", "Ja", "4"),
)


def takes_a_file(page: Page, name: str) -> str:
    """Follow a link to a paper, and give the name under which it is kept."""
    with page.expect_download() as file:
        page.get_by_role("link", name=name, exact=True).click()
    return file.value.suggested_filename


def takes_the_list(page: Page) -> None:
    """Tick two women on the list of the prison, and count three others."""
    press(page, "Lijst van de MMD")
    women = page.get_by_role("group", name="Wie op de lijst kennen wij?").get_by_role("checkbox")
    for number in (0, 1):
        women.nth(number).check()
    answer(page, {"Hoeveel andere vrouwen staan erop?": "3"})
    press(page, "Bewaar")
    sees(page, "Uitgenodigd", "nog 3 andere vrouwen")


def counts(page: Page) -> None:
    """Count what women asked about, and what their slips say."""
    act(page, "Tel de vragen", {"Geld": "5"}, "Bewaar")
    press(page, "Tel de briefjes")
    for question, mark, number in SLIPS:
        page.get_by_role("group", name=question).get_by_label(mark).first.fill(number)
    press(page, "Bewaar")
    sees(page, "Geld", "4,0", "2,0", "4 / 4", "4 briefjes")


def test_a_meeting_of_moeder_de_gans_from_invitation_to_closing(coordinator: Page) -> None:
    coordinator.goto("/bijeenkomsten/")
    act(coordinator, "Nieuwe bijeenkomst", NEW, "Bewaar")
    coordinator.get_by_role("link", name="15:00 · Moeder de Gans").click()
    coordinator.wait_for_url("**/bijeenkomsten/*/")
    meeting = coordinator.url
    takes_the_list(coordinator)
    assert takes_a_file(coordinator, "Uitnodigingen").startswith("uitnodigingen-")
    press(coordinator, "Programma")
    agree(coordinator, "Komt", "Schuldhulp")
    assert takes_a_file(coordinator, "Flyer").startswith("flyer-")
    agree(coordinator, "Was er", "Schuldhulp")
    coordinator.goto(meeting)
    coordinator.get_by_role("link", name="Aanwezig?").first.click()
    answer(coordinator, {"Was zij er?": "Was er", "Zij wil daarna een gesprek": True})
    press(coordinator, "Bewaar")
    act(coordinator, "Is geweest", {"Hoeveel andere vrouwen waren er?": "3"}, "Bewaar")
    sees(coordinator, "1 waren er", "3 vrouwen zonder dossier", "Zij wil een gesprek")
    coordinator.get_by_role("button", name="Regel het gesprek").click()
    sees(coordinator, "Dit is geregeld")
    press(coordinator, "Programma")
    counts(coordinator)
    coordinator.goto("/bijeenkomsten/")
    expect(coordinator.locator("section", has_text="Wat geweest is")).to_contain_text("Geweest")


COURSE: dict[str, str | bool] = {
    "Eerste les": TODAY,
    "Tijd": "16:00",
    "Zaal": "Leslokaal",
    "Aantal lessen": "1",
    "Lessen nodig om af te ronden": "1",
}
PLAN: dict[str, str | bool] = {
    "Ik": "Ik kan goed luisteren.",
    "Jij": "Wij lezen elke dag samen.",
    "Wij": "Mijn zus past op.",
}


def misses_and_catches_up(page: Page, hers: str) -> None:
    """Note that she could not come to the lesson, and that she did it later that day."""
    page.locator("main .task").get_by_role("link", name="Les 1").click()
    act(page, "Aanwezig?", {"Was zij er?": "Verhinderd"}, "Bewaar", "Gardenia V.")
    page.goto(hers)
    page.get_by_role("link", name="Ingehaald").click()
    press(page, "Bewaar")
    sees(page, "Ingehaald op", "1 lessen gevolgd, 1 nodig")


def test_a_course_from_invitation_to_certificate(coordinator: Page) -> None:
    coordinator.goto("/bijeenkomsten/")
    act(coordinator, "Nieuwe cursus", COURSE, "Bewaar")
    course = coordinator.url
    coordinator.goto(f"{course}inschrijven/")
    coordinator.get_by_label("Wie doet mee").select_option(label="Gardenia V.")
    press(coordinator, "Bewaar")
    coordinator.get_by_role("link", name="Gardenia V.", exact=True).click()
    coordinator.wait_for_url("**/inschrijvingen/*/")
    hers = coordinator.url
    act(coordinator, "Vragen vooraf", {"Ik blijf rustig als het moeilijk is.": "1"}, "Bewaar")
    misses_and_catches_up(coordinator, hers)
    act(coordinator, "Schrijf op", PLAN, "Bewaar")
    act(coordinator, "Vragen achteraf", {"Ik blijf rustig als het moeilijk is.": "4"}, "Bewaar")
    sees(coordinator, *(str(words) for words in PLAN.values()))
    assert takes_a_file(coordinator, "Certificaat") == "certificaat.pdf"
    coordinator.goto(course)
    agree(coordinator, "Sluit de cursus")
    coordinator.goto(hers)
    sees(coordinator, "Afgerond", "Haar cijfers")
