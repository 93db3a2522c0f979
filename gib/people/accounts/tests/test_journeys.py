"""Coming in with a real browser: a letter and a passkey, an app without JavaScript, a list on paper."""

import re
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from gib.core.access.tables import Role
from gib.core.kernel.clock import real_now
from gib.people.accounts import actions, builders
from gib.people.accounts.domain import Invitee, Seat
from gib.people.accounts.tests.keys import PASSWORD, give_app, give_password, shown_by_app
from gib.people.partners import builders as places

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, databases="__all__")]
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": "/usr/bin/chromium", "args": _ARGUMENTS}


@pytest.fixture
def browser_context_args():
    return {"locale": "nl-NL"}


@pytest.fixture
def complaints(page):
    """Collect what the browser complains of: blocked by the content policy, or a fault in a script."""
    found = []

    def heard(message):
        # An icon that is not there is for the tests of the kit.
        if message.type == "error" and "Failed to load resource" not in message.text:
            found.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def finger(page):
    """Put a phone with a fingerprint into the browser."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


@pytest.fixture
def letter(teams, carla):
    seat = Seat(Role.VOLUNTEER, team_id=teams[0].pk, volunteer_id=uuid4())
    return actions.invite(carla[1], Invitee("Vera Verzonnen", "", seat), now=real_now())


def address(live_server, path):
    return live_server.url.replace("127.0.0.1", "localhost") + path


def come_in(page, live_server, letter, with_password):
    page.goto(address(live_server, "/uitnodiging/"))
    page.get_by_label("Code uit de brief").fill(letter.code)
    page.get_by_label("Code die u hoorde").fill(letter.spoken)
    if with_password:
        page.get_by_label("Kies een wachtwoord").fill(PASSWORD)
        page.get_by_label("Nog een keer").fill(PASSWORD)
    else:
        page.get_by_label("Ik gebruik geen wachtwoord").check()
    page.get_by_role("button", name="Ga verder").click()


def sign_in(page, live_server, name, password=PASSWORD):
    page.goto(address(live_server, "/inloggen/?next=/naam/"))
    page.get_by_label("Gebruikersnaam").fill(name)
    page.get_by_label("Wachtwoord").fill(password)
    page.get_by_role("button", name="Aanmelden", exact=True).click()


def sign_out(page, live_server):
    page.goto(address(live_server, "/uitloggen/"))
    page.get_by_role("button", name="Afmelden").click()
    expect(page.get_by_role("heading", name="Aanmelden")).to_be_visible()


@pytest.mark.requirement("SEC-01")
@pytest.mark.parametrize("with_password", [True, False])
def test_a_letter_a_passkey_and_in(page, live_server, letter, finger, complaints, with_password):
    come_in(page, live_server, letter, with_password)
    page.goto(address(live_server, "/dossier/"))
    expect(page.get_by_text("Naast uw wachtwoord is een tweede sleutel nodig")).to_be_visible()
    page.get_by_role("link", name="Voeg een sleutel toe").click()
    page.get_by_role("button", name="Maak de sleutel").click()
    expect(page.get_by_text("Sleutel 1")).to_be_visible()
    expect(page.get_by_text("De sleutel is toegevoegd.")).to_be_visible()
    sign_out(page, live_server)
    page.goto(address(live_server, "/inloggen/?next=/naam/"))
    page.get_by_role("button", name="Aanmelden met een sleutel").click()
    expect(page.get_by_text("ik ben Vera Verzonnen")).to_be_visible()
    assert complaints == []


@pytest.mark.requirement("SEC-01")
def test_a_password_and_then_the_passkey(page, live_server, letter, finger, complaints):
    come_in(page, live_server, letter, with_password=True)
    page.get_by_role("link", name="Voeg een sleutel toe").click()
    page.get_by_label("Met deze sleutel kan ik ook zonder wachtwoord aanmelden").uncheck()
    page.get_by_role("button", name="Maak de sleutel").click()
    expect(page.get_by_text("Sleutel 1")).to_be_visible()
    sign_out(page, live_server)
    sign_in(page, live_server, letter.username)
    page.get_by_role("button", name="Gebruik mijn sleutel").click()
    expect(page.get_by_text("ik ben Vera Verzonnen")).to_be_visible()
    assert complaints == []


def test_the_passkey_is_asked_again_before_keys_change(page, live_server, letter, finger, complaints):
    come_in(page, live_server, letter, with_password=True)
    page.get_by_role("link", name="Voeg een sleutel toe").click()
    page.get_by_role("button", name="Maak de sleutel").click()
    expect(page.get_by_text("Sleutel 1")).to_be_visible()
    sign_out(page, live_server)
    page.goto(address(live_server, "/inloggen/?next=/tweede-sleutel/app/"))
    page.get_by_role("button", name="Aanmelden met een sleutel").click()
    expect(page.get_by_role("heading", name="Nog een keer uw wachtwoord")).to_be_visible()
    page.goto(address(live_server, "/inloggen/opnieuw/sleutel/?next=/tweede-sleutel/app/"))
    page.get_by_role("button", name="Gebruik mijn sleutel").click()
    expect(page.get_by_role("heading", name="Een app die codes laat zien")).to_be_visible()
    assert complaints == []


def test_a_key_that_says_no_is_told_and_nothing_is_lost(page, live_server, letter, finger):
    come_in(page, live_server, letter, with_password=True)
    page.get_by_role("link", name="Voeg een sleutel toe").click()
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Maak de sleutel").click()
    expect(page.get_by_text("De sleutel gaf geen antwoord")).to_be_visible()
    assert not Authenticator.objects.exists()


@pytest.fixture
def plain(browser):
    """A browser without JavaScript."""
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    yield context.new_page()
    context.close()


@pytest.mark.requirement("SEC-01")
def test_an_app_without_javascript(plain, live_server, letter):
    come_in(plain, live_server, letter, with_password=True)
    plain.get_by_role("link", name="Voeg een app met codes toe").click()
    expect(plain.locator("svg.segno")).to_be_visible()
    secret = re.search(r">([A-Z2-7]{32})<", plain.content())[1]
    plain.get_by_label("Code uit de app").fill(shown_by_app(secret))
    plain.get_by_role("button", name="Voeg de app toe").click()
    expect(plain.get_by_text("De app op uw telefoon is toegevoegd.")).to_be_visible()
    plain.goto(address(live_server, "/dossier/"))
    sign_out(plain, live_server)
    sign_in(plain, live_server, letter.username)
    plain.get_by_label("Code").fill(shown_by_app(secret, steps=1))
    plain.get_by_role("button", name="Aanmelden").click()
    expect(plain.get_by_text("ik ben Vera Verzonnen")).to_be_visible()


def test_a_prison_worker_with_a_list_on_paper(plain, live_server, teams):
    user, _ = builders.referrer(places.two_prison_desks()[0], teams[0])
    give_password(user)
    sign_in(plain, live_server, user.username)
    plain.get_by_role("link", name="Codes op papier").click()
    plain.get_by_role("button", name="Maak een nieuwe lijst").click()
    plain.get_by_label("Wachtwoord").fill(PASSWORD)
    plain.get_by_role("button", name="Ga verder").click()
    codes = re.findall(r"(?:[A-Z2-7]{4}-){4}[A-Z2-7]{4}", plain.content())
    assert len(codes) == 10
    sign_out(plain, live_server)
    sign_in(plain, live_server, user.username)
    plain.get_by_label("Code").fill(codes[0])
    plain.get_by_role("button", name="Aanmelden").click()
    expect(plain.get_by_text("ik ben Rik Verzonnen")).to_be_visible()


def test_after_a_wrong_code_the_page_says_what_to_do(plain, live_server, carla):
    give_password(carla[0])
    give_app(carla[0])
    sign_in(plain, live_server, carla[0].username)
    plain.get_by_label("Code").fill("000000")
    plain.get_by_role("button", name="Aanmelden").click()
    expect(plain.get_by_role("alert")).to_contain_text("Deze code of sleutel klopt niet.")
