"""A house with its reference data on Tuesday 11 January 2011, and people who sign in there."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import engines
from django.test import Client
from django.utils import translation

from gib.core.access.actor import Actor
from gib.core.kernel.clock import Now
from gib.people.accounts import builders as people
from gib.people.partners import builders
from gib.people.partners.actions import load_register

TUESDAY = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), date(2011, 1, 11))


@pytest.fixture
def now() -> Now:
    return TUESDAY


@pytest.fixture
def loaded(db: None) -> None:
    load_register()


@pytest.fixture
def house(loaded: None, seen: Any) -> SimpleNamespace:
    """The people of the stories, each as (user, actor)."""
    people.mark_as_demo(TUESDAY.on)
    near, far = builders.two_teams()
    return SimpleNamespace(
        leader=people.project_leader(),
        coordinator=people.coordinator(near),
        other=people.coordinator(far, "Cora Verzonnen"),
        deputy=people.deputy(near, date(2011, 12, 31)),
        referrer=people.referrer(builders.two_prison_desks()[0], near),
        desk=people.municipality_desk(builders.a_paying_and_a_refusing_municipality()[0]),
        privacy=people.privacy_officer(),
        admin=people.technical_admin(),
    )


@pytest.fixture
def leader(house: SimpleNamespace) -> Actor:
    actor: Actor = house.leader[1]
    return actor


@pytest.fixture
def visit(house: SimpleNamespace) -> Iterator[Callable[[str], Client]]:
    """Give a browser in which a person is signed in; a template variable that does not exist fails."""
    engine = engines["django"].engine
    before, engine.string_if_invalid = engine.string_if_invalid, "!!undefined %s!!"

    def signed_in(name: str) -> Client:
        client = Client()
        people.sign_in(client, getattr(house, name)[0])
        return client

    with translation.override("nl"):
        yield signed_in
    engine.string_if_invalid = before
