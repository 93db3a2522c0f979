"""Two teams with a coordinator each: the second is the stranger of every test."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.models import Happening
from gib.core.kernel.clock import Now
from gib.core.kernel.ids import new_id
from gib.core.kernel.rules import RuleBroken
from gib.core.vault.reads import ReadSet
from gib.people.families import builders
from gib.people.families.models import Dossier
from gib.people.partners.builders import two_teams
from gib.people.partners.models import Team

TODAY = date(2011, 1, 11)
NOW = Now(datetime(2011, 1, 11, 9, 0, tzinfo=UTC), TODAY)


def broken(code: str) -> AbstractContextManager[object]:
    """Expect that a rule with this code is broken."""
    return pytest.raises(RuleBroken, match=f"^{code}$")


def later(days: int) -> Now:
    """Give the moment a number of days after the story began."""
    return replace(NOW, at=NOW.at + timedelta(days=days), on=NOW.on + timedelta(days=days))


def names_of(dossier_id: object) -> list[str]:
    """Name what happened in a dossier, in order."""
    with rls.system("test"):
        rows = Happening.for_house("test", TODAY).filter(dossier_id=dossier_id).order_by("position")
        return [row.name.removeprefix("families.") for row in rows]


def last_payload(dossier_id: object) -> dict[str, object]:
    """Give what the newest event of a dossier carried."""
    with rls.system("test"):
        rows = Happening.for_house("test", TODAY).filter(dossier_id=dossier_id)
        return dict(rows.order_by("-position")[0].payload)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say which stores a test opens before the first test of the run.

    The databases are made once, for what was collected: a mark that a test takes on while it runs is too late
    when an earlier test asked for fewer of them.
    """
    for item in items:
        if "stores" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db(databases=["default", "keys", "log"]))


@pytest.fixture
def stores(db: None) -> None:
    """Open the main database, the keys and the reading log."""


@pytest.fixture
def teams(stores: None, seen: ReadSet) -> tuple[Team, Team]:
    return two_teams()


@pytest.fixture
def coordinator(teams: tuple[Team, Team]) -> Actor:
    return builders.a_coordinator(teams[0])


@pytest.fixture
def stranger(teams: tuple[Team, Team]) -> Actor:
    return builders.a_coordinator(teams[1])


@pytest.fixture
def dossier(coordinator: Actor) -> Dossier:
    return builders.a_dossier(coordinator, NOW)


@pytest.fixture
def actor_of(teams: tuple[Team, Team]) -> Callable[[Role], Actor]:
    """Make an actor of any role, in the first team where the role has one."""

    def make(role: Role) -> Actor:
        with_team = role in (Role.COORDINATOR, Role.DEPUTY)
        return Actor(
            new_id(),
            role,
            frozenset({teams[0].pk}) if with_team else frozenset(),
            volunteer_id=new_id() if role is Role.VOLUNTEER else None,
            partner_id=1 if role in (Role.MUNICIPALITY, Role.SAFETY_HOUSE) else None,
        )

    return make
