"""Two coordinators, each with a team: the second is the stranger of every test."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from gib.care.referral.tests.reader import pages, visitor
from gib.care.trajectory.models import Cover, Goal, GoalMark, PlanStep, Review, Trajectory
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.models import Happening
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.accounts import builders as accounts
from gib.people.families.models import Involvement
from gib.people.partners.builders import two_teams

NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), date(2011, 1, 11))


def broken(code: str) -> AbstractContextManager[object]:
    """Expect that a rule with this code is broken."""
    return pytest.raises(RuleBroken, match=f"^{code}$")


def later(days: int) -> Now:
    """Give the moment a number of days after the story began."""
    return replace(NOW, at=NOW.at + timedelta(days=days), on=NOW.on + timedelta(days=days))


def day(days: int) -> date:
    """Give the day a number of days after the story began."""
    return NOW.on + timedelta(days=days)


def write(row: Any) -> None:
    """Write a row as the house, for a state that no act of this slice makes."""
    with rls.system("test"):
        row.save()


def _kept(model: Any) -> set[tuple[object, object]]:
    rows = model.for_house("test", NOW.on) if hasattr(model, "for_house") else model.objects.all()
    return {(row.pk, getattr(row, "version", None)) for row in rows}


def traces(*more: Any) -> dict[str, set[tuple[object, object]]]:
    """List every row that an act could leave behind, with its version: rows, events and involvement."""
    kept: tuple[Any, ...] = (Trajectory, Goal, GoalMark, PlanStep, Review, Cover, Happening, Involvement)
    with rls.system("test"):
        return {model.__name__: _kept(model) for model in (*kept, *more)}


@contextmanager
def refused(code: str, *more: Any) -> Iterator[None]:
    """Expect that a rule is broken and that nothing is left behind: no row, no event, no involvement."""
    before = traces(*more)
    with broken(code):
        yield
    assert traces(*more) == before


def lent(actor: Actor, page: str, now: Now = NOW) -> Client:
    """Give the browser of somebody who lent her screen for a page."""
    browser = visitor(actor, now)
    accounts.lend(browser, page)
    return browser


@pytest.fixture
def coordinator(db: None, seen: object) -> Actor:
    return Actor(UUID(int=101), Role.COORDINATOR, frozenset({two_teams()[0].pk}))


@pytest.fixture
def stranger(coordinator: Actor) -> Actor:
    return Actor(UUID(int=102), Role.COORDINATOR, frozenset({two_teams()[1].pk}))


@pytest.fixture
def told() -> Callable[[UUID], list[str]]:
    """Name what happened in a dossier, in order, without the facts of the family."""

    def names(dossier_id: UUID) -> list[str]:
        with rls.system("test"):
            rows = Happening.for_house("test", NOW.on).filter(dossier_id=dossier_id).order_by("position")
            return [row.name for row in rows if not row.name.startswith("families.")]

    return names


@pytest.fixture
def house(coordinator: Actor) -> Iterator[Actor]:
    """Give the coordinator, with pages to visit."""
    with pages():
        yield coordinator
