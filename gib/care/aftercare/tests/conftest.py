"""The people of the stories about money: two teams, two municipalities, a safety house and a leader."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from gib.care.aftercare.builders import later
from gib.care.referral.tests.reader import pages
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.models import Happening
from gib.core.kernel.clock import Now
from gib.people.partners import builders as places
from gib.people.partners.domain import PartnerKind
from gib.people.partners.models import Partner, SafetyHouse

NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), date(2011, 1, 11))


@dataclass(frozen=True)
class Cast:
    """Who plays: of each role one, and a stranger of each."""

    coordinator: Actor
    deputy: Actor
    stranger: Actor
    leader: Actor
    paying: Actor
    refusing: Actor
    safety_house: Actor
    other_house: Actor
    volunteer: Actor
    referrer: Actor


def _other_house(partner: Partner) -> Partner:
    house = SafetyHouse.objects.exclude(pk=partner.safety_house_id).order_by("name")[0]
    facts = {"kind": PartnerKind.SAFETY_HOUSE, "safety_house": house, "valid_from": places.SINCE}
    return Partner.objects.create(name="Ander Veiligheidshuis", **facts)


@pytest.fixture
def people(db: Any, seen: Any) -> Cast:
    one, other = places.two_teams()
    paying, refusing = places.a_paying_and_a_refusing_municipality()
    house = places.a_safety_house()
    return Cast(
        coordinator=Actor(UUID(int=301), Role.COORDINATOR, frozenset({one.pk})),
        deputy=Actor(UUID(int=302), Role.DEPUTY, frozenset({one.pk})),
        stranger=Actor(UUID(int=303), Role.COORDINATOR, frozenset({other.pk})),
        leader=Actor(UUID(int=304), Role.PROJECT_LEADER),
        paying=Actor(UUID(int=305), Role.MUNICIPALITY, partner_id=paying.pk),
        refusing=Actor(UUID(int=306), Role.MUNICIPALITY, partner_id=refusing.pk),
        safety_house=Actor(UUID(int=307), Role.SAFETY_HOUSE, partner_id=house.pk),
        other_house=Actor(UUID(int=308), Role.SAFETY_HOUSE, partner_id=_other_house(house).pk),
        volunteer=Actor(UUID(int=309), Role.VOLUNTEER, volunteer_id=UUID(int=310)),
        referrer=Actor(UUID(int=311), Role.REFERRER, partner_id=places.two_prison_desks()[0].pk),
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
            found = rows.filter(name__startswith="aftercare.").order_by("position")
            return [row.name.removeprefix("aftercare.") for row in found]

    return names


__all__ = ["NOW", "Cast", "later"]
