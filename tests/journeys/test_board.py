"""From the board to two who meet: who is chosen otherwise, and who says that it does not click."""

from typing import Final

from playwright.sync_api import Page, expect

from tests.journeys.pairing import ask_both, make_room, on_board
from tests.journeys.steps import act, agree, answer, misses, press, sees, today

#: Two who wait for a visitor. Four volunteers suit the first; one who signs in on her phone suits both.
WHO, OTHER, SUITS = "Petunia V.", "Lavendel B.", "Truus P."
TELL: Final = "Vertel haar dat deze vrijwilliger niet komt, en zoek een nieuwe."


def must_tell(page: Page, who: str) -> None:
    """Expect that the start page asks to tell her, no later than in two working days."""
    row = today(page).filter(has_text=who).filter(has_text=TELL)
    expect(row).to_have_count(1)
    expect(row).to_contain_text("do 13 jan")


def waits_anew(page: Page, who: str, helper: str) -> None:
    """Expect that she waits from today, and that these two are not put together again."""
    on_board(page, who)
    expect(page.locator(".waiting a[aria-current]")).to_contain_text("Wacht 0 dagen")
    expect(page.locator(".match").filter(has_text=helper)).to_have_count(0)
    page.get_by_role("link", name="Bekijk allen").or_(page.get_by_role("link", name="Waarom niet")).click()
    row = page.get_by_role("row").filter(has_text=helper)
    expect(row).to_contain_text("het klikte niet")


def test_a_volunteer_says_on_her_phone_that_it_does_not_click(coordinator: Page, volunteer: Page) -> None:
    hers = make_room(coordinator, SUITS)
    match = ask_both(coordinator, OTHER, SUITS)
    volunteer.goto("/mijn-dag/")
    misses(volunteer, OTHER.split()[0])
    press(volunteer, "Bekijk de vraag")
    act(volunteer, "Geef je antwoord", {"Het antwoord": "Ja"}, "Bewaar")
    coordinator.goto(match)
    act(coordinator, "Antwoord van de moeder", {"Het antwoord": "Ja"}, "Bewaar")
    agree(coordinator, "Kennismaking")
    volunteer.goto(match)
    sees(volunteer, OTHER.split()[0])
    press(volunteer, "Het klikt niet")
    sees(volunteer, "niemand vraagt waarom")
    expect(volunteer.locator("main form").locator("textarea, select, [type=radio]")).to_have_count(0)
    press(volunteer, "Het klikt niet")
    must_tell(coordinator, OTHER)
    waits_anew(coordinator, OTHER, SUITS)
    coordinator.goto(hers)
    sees(coordinator, "Inzetbaar")
    on_board(coordinator, WHO)
    expect(coordinator.locator(".match").filter(has_text=SUITS)).to_have_count(1)


def test_a_choice_outside_the_first_three_has_a_price_and_a_reason_and_the_mother_says_no(
    coordinator: Page,
) -> None:
    page = coordinator
    on_board(page, WHO)
    fourth = page.locator(".match h3").nth(3).inner_text().removeprefix("4. ")
    press(page, "Stel voor", fourth)
    choice = page.url
    price = ("Wat deze keuze de anderen kost", "punten minder.", "Zij staat op plaats 4.", "weging 2010-1")
    sees(page, *price)
    assert press(page, "Vraag beiden").status == 422
    sees(page, "Zeg waarom u haar kiest", *price)
    on_board(page, WHO)
    page.goto(choice)
    answer(page, {"Waarom kiest u haar": "De moeder vroeg om haar"})
    assert press(page, "Vraag beiden").status == 200
    for who in ("vrijwilliger", "moeder"):
        act(page, f"Antwoord van de {who}", {"Het antwoord": "Ja"}, "Bewaar")
    agree(page, "Kennismaking")
    agree(page, "Begin de proef")
    agree(page, "Het klikt niet")
    must_tell(page, WHO)
    waits_anew(page, WHO, fourth)
