"""A certificate that lapses stops planning from the first day without it, and never earlier."""

from typing import Final

from playwright.sync_api import Page

from tests.journeys.steps import TODAY, act, answer, press, sees

#: The last day of both her certificates in the world of the tests, and the day after.
LAST, AFTER = "17-09-2012", "18-09-2012"
CERTIFICATES: Final = ("VOG (zorg voor minderjarigen)", "VOG (zorg voor mensen die hulp nodig hebben)")


def planned(page: Page, on: str) -> int:
    """Ask for a visit on a day, from the page of the match; gives the status of the answer."""
    press(page, "Plan een bezoek")
    answer(page, {"Dag": on, "Tijd": "10:30", "Plaats": "Zaal 2"})
    return press(page, "Bewaar").status


def test_a_lapsed_certificate_stops_planning_and_a_new_one_opens_it(
    volunteer: Page, coordinator: Page
) -> None:
    volunteer.goto("/mijn-gegevens/")
    sees(volunteer, "Wat in orde moet zijn", "tot en met ma 17 sep 2012")
    volunteer.goto("/mijn-dag/")
    press(volunteer, "Alles van ons", "Gardenia")
    match = volunteer.url
    assert planned(volunteer, AFTER) == 422
    sees(volunteer, CERTIFICATES[0], CERTIFICATES[1])
    volunteer.goto(match)
    assert planned(volunteer, LAST) == 200
    coordinator.goto("/vrijwilligers/")
    press(coordinator, "Truus P.")
    for paper in CERTIFICATES:
        seen = {"Wat hebt u gezien?": paper, "Geldig vanaf": TODAY}
        act(coordinator, "Ik heb iets gezien", seen, "Bewaar")
    sees(coordinator, "tot en met vr 10 jan 2014")
    volunteer.goto(match)
    assert planned(volunteer, AFTER) == 200
