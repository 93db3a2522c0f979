"""A small world: two teams, and people with access."""

import pytest
from django.core.cache import cache
from django.test import Client

from gib.core.kernel.clock import real_now
from gib.people.accounts import builders
from gib.people.partners import builders as places


@pytest.fixture(autouse=True)
def _alone(settings):
    """Use only the addresses of this slice, so that a fault elsewhere does not fail these tests."""
    settings.ROOT_URLCONF = "gib.people.accounts.tests.urls"
    cache.clear()


@pytest.fixture
def now(db):
    return real_now()


@pytest.fixture
def teams(db):
    return places.two_teams()


@pytest.fixture
def carla(teams):
    return builders.coordinator(teams[0])


@pytest.fixture
def leader(db):
    return builders.project_leader()


@pytest.fixture
def enter():
    """Sign somebody in and give the client."""

    def signed_in(user):
        client = Client()
        builders.sign_in(client, user)
        return client

    return signed_in
