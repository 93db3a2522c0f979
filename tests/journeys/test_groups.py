"""Meetings of a group from invitation to closing, as the coordinator of the prison runs them."""

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
