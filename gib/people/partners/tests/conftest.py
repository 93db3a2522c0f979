"""A house with its reference data on Tuesday 11 January 2011, and readers who come along with the client."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponseBase
from django.template import engines
from django.test import Client

from gib.core.access.actor import Actor
from gib.core.access.tables import APPOINTED, Role
from gib.core.kernel.clock import Now
from gib.people.partners import builders
from gib.people.partners.actions import load_register

TUESDAY: Final = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), date(2011, 1, 11))
ROLES: Final = APPOINTED
Visit = Callable[[Role | None], Client]


def actor_of(role: Role) -> Actor:
    """Give the person of the stories with this role."""
    return Actor(UUID(int=100 + ROLES.index(role)), role, purpose="")


def known_reader(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Set the reader that the client names; signing in itself is tested where it lives, a slice higher."""

    def middleware(request: Any) -> HttpResponseBase:
        request.actor, request.now, request.banner = request.META["gib.actor"], TUESDAY, None
        request.actor_name = "P. Voorbeeld" if request.actor else ""
        return get_response(request)

    return middleware


@pytest.fixture
def now() -> Now:
    return TUESDAY


@pytest.fixture
def loaded(db: None) -> None:
    load_register()


@pytest.fixture
def visit(loaded: None, settings: LazySettings) -> Iterator[Visit]:
    """Give a browser of a role; a template variable that does not exist leaves a mark."""
    builders.two_teams()
    ours = f"{__name__}.known_reader"
    own = [ours if "accounts.middleware" in name else name for name in settings.MIDDLEWARE]
    settings.MIDDLEWARE = [name for name in own if "allauth" not in name]
    engine = engines["django"].engine
    before, engine.string_if_invalid = engine.string_if_invalid, "!!undefined %s!!"

    def browser(role: Role | None) -> Client:
        return Client(**{"gib.actor": actor_of(role) if role else None, "gib.now": TUESDAY})

    yield browser
    engine.string_if_invalid = before
