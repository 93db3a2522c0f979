"""The demonstration: one click into any role, and only where it was asked for and marked."""

from datetime import date
from uuid import uuid4

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.http import HttpResponse

from gib.core.journal.models import Reading
from gib.people.accounts import builders, checks
from gib.people.accounts.backends import DemoBackend
from gib.people.accounts.middleware import Reader
from gib.people.accounts.models import Installation, forget_installation

pytestmark = pytest.mark.django_db(databases="__all__")
BACKENDS = ["gib.people.accounts.backends.HouseBackend", "gib.people.accounts.backends.DemoBackend"]


@pytest.fixture
def asked(settings):
    settings.DEMO = True
    settings.AUTHENTICATION_BACKENDS = BACKENDS


@pytest.fixture
def open_house(asked, db):
    builders.mark_as_demo(date(2011, 1, 11))


def step_into(client, user):
    return client.post("/demo/", {"aanstelling": user.appointments.get().pk})


def test_one_click_leads_into_a_role(client, open_house, carla):
    page = client.get("/demo/").content.decode()
    assert "Carla Voorbeeld" in page
    assert step_into(client, carla[0])["Location"] == "/"
    assert client.get("/").content == b"rol coordinator"
    assert not carla[0].has_usable_password()


def test_another_click_leads_into_another_role(client, open_house, carla, leader):
    step_into(client, carla[0])
    step_into(client, leader[0])
    assert client.get("/").content == b"rol project_leader"


def test_looking_at_invented_names_is_not_logged(client, open_house, carla):
    assert client.get("/demo/").status_code == 200
    assert not Reading.objects.exists()


def test_of_a_large_role_the_first_are_shown_and_then_all(client, open_house, teams, carla):
    for number in range(8):
        builders.volunteer_user(teams[0], uuid4(), f"Vera {number}")
    page = client.get("/demo/").content.decode()
    assert "nog 2 personen in deze rol" in page
    assert "Vera 7" not in page
    alone = client.get("/demo/?rol=volunteer").content.decode()
    assert "Vera 7" in alone
    assert "Carla" not in alone
    assert "nog niemand" in client.get("/demo/?rol=elders").content.decode()


@pytest.mark.parametrize("given", ["", "x", "999999"])
def test_nobody_steps_into_a_role_that_is_not_there(client, open_house, carla, given):
    assert client.post("/demo/", {"aanstelling": given}).status_code == 404


def test_nobody_steps_into_a_role_that_ended(client, open_house, carla, now):
    carla[0].appointments.update(ended_at=now.at)
    assert step_into(client, carla[0]).status_code == 404
    assert client.put("/demo/").status_code == 405


def test_a_marked_database_alone_opens_nothing(client, settings, carla):
    settings.AUTHENTICATION_BACKENDS = BACKENDS
    builders.mark_as_demo()
    assert client.get("/demo/").status_code == 404
    assert step_into(client, carla[0]).status_code == 404
    assert authenticate(None, demo_username=carla[0].username) is None


def test_demo_mode_on_a_real_database_opens_nothing(client, settings, carla):
    settings.AUTHENTICATION_BACKENDS = BACKENDS
    client.get("/inloggen/")
    settings.DEMO = True
    assert client.get("/demo/").status_code == 404
    assert step_into(client, carla[0]).status_code == 404
    assert authenticate(None, demo_username=carla[0].username) is None
    assert DemoBackend().get_user(carla[0].pk) is None


def test_closing_the_house_ends_the_sessions_that_began_there(client, open_house, carla):
    step_into(client, carla[0])
    Installation.objects.update(is_demo=False)
    forget_installation()
    assert client.get("/").status_code == 302


def test_demo_mode_refuses_to_start_on_a_real_database(asked, carla):
    assert [error.id for error in checks.demo_mark(None)] == ["accounts.E002"]
    with pytest.raises(ImproperlyConfigured, match="not marked"):
        Reader(lambda request: HttpResponse())
    with pytest.raises(SystemCheckError, match=r"accounts\.E002"):
        call_command("check", databases=["default"])


def test_demo_mode_starts_on_a_marked_or_an_empty_database(asked, db):
    assert checks.demo_mark(None) == []
    builders.mark_as_demo()
    builders.project_leader()
    assert checks.demo_mark(None) == []
    assert Reader(lambda request: HttpResponse())


def test_without_demo_mode_nothing_is_asked(db):
    assert checks.demo_mark(None) == []


@pytest.mark.parametrize(
    ("backend", "found"),
    [
        ("django.core.cache.backends.locmem.LocMemCache", ["accounts.E001"]),
        ("django.core.cache.backends.dummy.DummyCache", ["accounts.E001"]),
        ("django.core.cache.backends.db.DatabaseCache", []),
    ],
)
def test_a_cache_per_process_refuses_to_start(settings, backend, found):
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "gib_cache"}}
    settings.TESTING = False
    assert [error.id for error in checks.shared_cache(None)] == found


def test_a_cache_per_process_is_fine_in_tests(settings):
    assert checks.shared_cache(None) == []
