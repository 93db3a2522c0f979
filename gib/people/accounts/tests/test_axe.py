"""Every page of signing in, seen by axe: on a phone and on a desk, filled and with errors."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client

from gib.core.kernel.clock import real_now
from gib.people.accounts import actions, builders
from gib.people.accounts.models import Attempts, RecoveryCode
from gib.people.accounts.tests.keys import give_app, give_password
from gib.people.accounts.tests.test_journeys import (
    address,
    browser_context_args,
    browser_type_launch_args,
    letter,
    sign_in,
)
from gib.people.partners import builders as places

__all__ = ["browser_context_args", "browser_type_launch_args", "letter"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, databases="__all__")]
_OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
STRANGER = ["/inloggen/", "/uitnodiging/"]
COORDINATOR = [
    "/tweede-sleutel/",
    "/tweede-sleutel/codes/",
    "/tweede-sleutel/sleutel/",
    "/tweede-sleutel/app/weg/",
    "/inloggen/wachtwoord/",
    "/inloggen/opnieuw/",
    "/inloggen/opnieuw/code/",
    "/sessies/",
    "/toegang/",
    "/toegang/uitnodigen/",
    "/uitloggen/",
    "/rol/",
]


def faults(page):
    """Name what axe objects to on a page."""
    answer = Axe().run(page, options=_OPTIONS).response
    assert len(answer["passes"]) > 10
    return [(fault["id"], fault["nodes"][0]["html"][:150]) for fault in answer["violations"]]


def enter(page, live_server, user):
    """Give the browser the session of a user."""
    client = Client()
    builders.sign_in(client, user)
    name = django_settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.session.session_key, "url": live_server.url}])


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_of_a_stranger_has_a_fault(page, live_server, db, width):
    page.set_viewport_size({"width": width, "height": 800})
    for path in STRANGER:
        page.goto(address(live_server, path))
        assert faults(page) == [], path
        page.get_by_role("button").last.click()
        assert faults(page) == [], path


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_of_a_coordinator_has_a_fault(page, live_server, carla, letter, teams, width):
    give_password(carla[0])
    give_app(carla[0])
    RecoveryCode.renew(carla[0].pk)
    other, _ = builders.referrer(places.two_prison_desks()[0], teams[0])
    Attempts.begin("account", other.username, real_now().at)
    Attempts.objects.update(failures=10)
    page.set_viewport_size({"width": width, "height": 800})
    enter(page, live_server, carla[0])
    for path in COORDINATOR:
        page.goto(address(live_server, path))
        assert faults(page) == [], path
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, path
    page.goto(address(live_server, "/toegang/"))
    page.get_by_role("button", name="Nieuwe brief").first.click()
    assert faults(page) == [], "letter"


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_at_the_gate_has_a_fault(page, live_server, carla, width):
    page.set_viewport_size({"width": width, "height": 800})
    give_password(carla[0])
    give_app(carla[0])
    sign_in(page, live_server, carla[0].username)
    assert faults(page) == [], "second factor"
    page.get_by_role("button", name="Aanmelden").click()
    assert faults(page) == [], "wrong code"
    actions.end_appointment(builders.technical_admin()[1], carla[0].appointments.get().pk, now=real_now())
    enter(page, live_server, carla[0])
    page.goto(address(live_server, "/"))
    assert faults(page) == [], "no access"
    enter(page, live_server, builders.technical_admin()[0])
    page.goto(address(live_server, "/accounts/"))
    assert faults(page) == [], "accounts"
