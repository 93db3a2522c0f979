"""The way in and out for people who exist: a letter, a password, a second key; and pages that say no."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.template.loader import render_to_string
from playwright.sync_api import BrowserContext, Page

from gib.core.access.tables import Role
from tests.journeys.conftest import Enter, Watch
from tests.journeys.house import House
from tests.journeys.steps import answer, misses, press, sees, today

Glance = Callable[[Page], None]
NEWCOMER = {"Welke rol?": "coördinator", "Naam": "Zoë Zandloper", "Team": "Team Nieuwersluis"}
PASSWORD = "paarse walvis zingt zachtjes"
#: How long a code of an app holds, in seconds.
PERIOD = 30


def _code(secret: str, later: int = 0) -> str:
    """Read the code off the app, or the one that it will show next: each works once."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + later))


def _invite(leader: Page, glance: Glance) -> dict[str, str]:
    """Let somebody in, and give what stands in the letter and what is read out."""
    leader.goto("/toegang/")
    press(leader, "Geef iemand toegang")
    answer(leader, NEWCOMER)
    assert press(leader, "Maak de brief").status == 200
    glance(leader)
    return read_letter(leader)


def read_letter(page: Page) -> dict[str, str]:
    """Give what stands in the letter on the page and what is read out."""
    spoken = page.locator("section.card strong").inner_text()
    _address, code, username = page.locator("article strong").all_inner_texts()
    return {"spoken": spoken, "code": code, "username": username}


def come_in(page: Page, letter: dict[str, str], glance: Glance) -> None:
    """Use the letter, after a word that is too short."""
    page.goto("/inloggen/")
    glance(page)
    press(page, "Ik heb een brief met een code")
    codes = {"Code uit de brief": letter["code"], "Code die u hoorde": letter["spoken"]}
    answer(page, codes | {"Kies een wachtwoord": "kort", "Nog een keer": "kort"})
    assert press(page, "Ga verder").status == 422
    glance(page)
    answer(page, codes | {"Kies een wachtwoord": PASSWORD, "Nog een keer": PASSWORD})
    assert press(page, "Ga verder").status == 200
    sees(page, "Nog één ding.")
    glance(page)


def take_app(page: Page, glance: Glance) -> str:
    """Add an app as the second key, and give its secret."""
    press(page, "Voeg een app met codes toe")
    glance(page)
    secret = page.locator("code").inner_text()
    answer(page, {"Code uit de app": "000000"})
    assert press(page, "Voeg de app toe").status == 422
    glance(page)
    answer(page, {"Code uit de app": _code(secret)})
    assert press(page, "Voeg de app toe").status == 200
    glance(page)
    return secret


def _leave(page: Page) -> None:
    """Sign out; what was open is closed."""
    with page.expect_navigation():
        page.get_by_role("button", name="Afmelden").first.click()
    page.goto("/vandaag/")
    assert "/inloggen/" in page.url


def _sign_in(page: Page, username: str, secret: str, glance: Glance) -> None:
    """Sign in with a password that is wrong, then right, and the code of the app."""
    answer(page, {"Gebruikersnaam": username, "Wachtwoord": "niet dit woord"})
    assert press(page, "Aanmelden").status in (200, 422)
    glance(page)
    answer(page, {"Gebruikersnaam": username, "Wachtwoord": PASSWORD})
    press(page, "Aanmelden")
    sees(page, "Nog één stap")
    glance(page)
    answer(page, {"Code": _code(secret, 1)})
    assert press(page, "Aanmelden").status == 200
    assert page.url.endswith("/vandaag/")


def test_a_letter_becomes_a_way_in(
    leader: Page, open_browser: Callable[..., BrowserContext], glance: Glance
) -> None:
    letter = _invite(leader, glance)
    page = open_browser().new_page()
    come_in(page, letter, glance)
    secret = take_app(page, glance)
    page.goto("/vandaag/")
    _leave(page)
    _sign_in(page, letter["username"], secret, glance)
    page.goto("/tweede-sleutel/")
    for link in ("Wijzig mijn wachtwoord", "Waar ben ik aangemeld?"):
        press(page, link)
        glance(page)
        page.goto("/tweede-sleutel/")


def test_a_volunteer_raises_a_worry_and_leaves(volunteer: Page, coordinator: Page) -> None:
    before = today(coordinator).filter(has_text="Kies voor").count()
    volunteer.goto("/mijn-dag/")
    volunteer.locator("a.worry").first.click()
    told = {"Waar gaat het over?": "Schulden", "Wat zag of hoorde je?": "Er lag een berg post."}
    answer(volunteer, told)
    assert press(volunteer, "Verstuur").status == 200
    volunteer.goto("/zorgen/")
    sees(volunteer, "Er lag een berg post.")
    assert today(coordinator).filter(has_text="Kies voor").count() == before + 1
    _leave(volunteer)


#: Pages for whoever comes by, and those of one's own.
OPEN = ("/inloggen/", "/uitnodiging/", "/demo/", "/onderdelen/", "/hulp/", "/hulp/toetsen/")
OWN = ("/rol/", "/tweede-sleutel/", "/sessies/", "/uitloggen/", "/onderdelen/")


def test_the_doors_are_sound(
    open_browser: Callable[..., BrowserContext], enter: Enter, glance: Glance
) -> None:
    for page, addresses in ((open_browser().new_page(), OPEN), (enter(Role.VOLUNTEER), OWN)):
        for address in addresses:
            assert page.goto(address).status == 200
            glance(page)


def test_pages_that_say_no_are_sound(coordinator: Page, house: House, watch: Watch, glance: Glance) -> None:
    watch.expected += ["status of 404", "status of 403", "status of 500", "status of 503"]
    for address, status in (("/bestaat-niet/", 404), ("/accounts/", 403)):
        assert coordinator.goto(address).status == status
        glance(coordinator)
    broken = render_to_string("ui/500.html", {"reference": "F-ABC123"})
    coordinator.route(
        "**/kapot/", lambda route: route.fulfill(status=500, body=broken, content_type="text/html")
    )
    assert coordinator.goto("/kapot/").status == 500
    sees(coordinator, "F-ABC123")
    glance(coordinator)


@pytest.mark.parametrize("store", ["gib", "log"])
def test_a_house_without_its_store_says_so_and_recovers(
    leader: Page, coordinator: Page, house: House, watch: Watch, calm: list[str], glance: Glance, store: str
) -> None:
    watch.expected.append("status of 503")
    calm.append("OperationalError")
    leader.goto("/toegang/uitnodigen/")
    answer(leader, NEWCOMER)
    with away(house.data / f"{store}.sqlite3"):
        if store == "log":
            calm.append("answer withheld")
            assert coordinator.goto("/vandaag/").status == 503
            misses(coordinator, "Gardenia")
            glance(coordinator)
        else:
            assert press(leader, "Maak de brief").status == 503
            sees(leader, "Even niet bereikbaar", "Nummer van deze fout")
            glance(leader)
    assert coordinator.goto("/vandaag/").status == 200
    leader.goto("/toegang/uitnodigen/")
    answer(leader, NEWCOMER)
    assert press(leader, "Maak de brief").status == 200


@contextmanager
def away(store: Path) -> Iterator[None]:
    """Keep a store to ourselves for a while, so that the house cannot write in it."""
    with closing(sqlite3.connect(store, isolation_level=None)) as ours:
        ours.execute("BEGIN IMMEDIATE")
        yield
        ours.execute("ROLLBACK")
