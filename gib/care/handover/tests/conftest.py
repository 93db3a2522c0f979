"""The people of the stories about needs: two teams, a second person, a volunteer with a match."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from gib.care.handover.builders import later
from gib.care.products import builders as products
from gib.care.referral.tests.reader import pages
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.models import Happening
from gib.core.kernel.clock import Now
from gib.people.partners.builders import two_teams

NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), date(2011, 1, 11))


@dataclass(frozen=True)
class Cast:
    """Who plays: of each role one, and a stranger of each."""

    coordinator: Actor
    deputy: Actor
    stranger: Actor
    volunteer: Actor
    other_volunteer: Actor
    dossier_id: UUID
    match_id: UUID


@pytest.fixture
def people(db: Any, seen: Any) -> Cast:
    one, other = two_teams()
    coordinator = Actor(UUID(int=201), Role.COORDINATOR, frozenset({one.pk}))
    part, match = products.visiting(coordinator, NOW)
    return Cast(
        coordinator=coordinator,
        deputy=Actor(UUID(int=202), Role.DEPUTY, frozenset({one.pk})),
        stranger=Actor(UUID(int=203), Role.COORDINATOR, frozenset({other.pk})),
        volunteer=Actor(UUID(int=204), Role.VOLUNTEER, volunteer_id=match.volunteer_id),
        other_volunteer=Actor(UUID(int=205), Role.VOLUNTEER, volunteer_id=UUID(int=206)),
        dossier_id=part.dossier_id,
        match_id=match.id,
    )


@pytest.fixture
def house(people: Cast) -> Iterator[Cast]:
    """Give the people, with pages to visit."""
    with pages():
        yield people


@pytest.fixture
def told() -> Callable[[UUID], list[str]]:
    """Name what this slice recorded in a dossier, in order."""

    def names(dossier_id: UUID) -> list[str]:
        with rls.system("test"):
            rows = Happening.for_house("test", NOW.on).filter(dossier_id=dossier_id)
            found = rows.filter(name__startswith="handover.").order_by("position")
            return [row.name.removeprefix("handover.") for row in found]

    return names


__all__ = ["NOW", "Cast", "later"]
