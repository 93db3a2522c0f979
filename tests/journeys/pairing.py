"""Putting a mother and a volunteer together, as the coordinator does it on the board."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import act, answer, press


def on_board(page: Page, who: str) -> None:
    """Open the board for one mother."""
    page.goto("/koppelbord/")
    page.locator(".waiting a").filter(has_text=who).first.click()
    expect(page.get_by_role("heading", name=f"Voor {who}")).to_be_visible()


def ask_both(page: Page, who: str, helper: str) -> str:
    """Choose a volunteer on the board, and give the address of the match.

    Of two who are worth the same, chance says who is among the first three: who is not, needs a reason.
    """
    on_board(page, who)
    press(page, "Stel voor", helper)
    if page.get_by_label("Waarom kiest u haar").count():
        answer(page, {"Waarom kiest u haar": "Ik ken hen allebei, en dit past beter"})
    assert press(page, "Vraag beiden").status == 200
    return page.url


def make_room(page: Page, helper: str) -> str:
    """Agree with a volunteer that she takes on one mother more, and give her address."""
    page.goto("/vrijwilligers/")
    press(page, helper)
    act(page, "Verbeter", {"Hoeveel moeders tegelijk?": "3"}, "Bewaar")
    return page.url
