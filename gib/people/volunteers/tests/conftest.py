"""Two teams at two prisons with a postcode near each, for who comes by the public page."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from gib.core.access.actor import Actor, house
from gib.core.kernel.clock import Now
from gib.people.accounts import builders as accounts
from gib.people.partners.builders import two_prison_desks, two_teams
from gib.people.partners.domain import Product
from gib.people.partners.models import Postcode, Prison
from gib.people.volunteers.actions import interest as actions
from gib.people.volunteers.domain.interest import Heard, NewEnquiry

TODAY = date(2011, 1, 11)
NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), TODAY)
TOLD = NewEnquiry(
    "Marjolein",
    "Inktlint",
    "+31612345678",
    "",
    "3511",
    products=(Product.BEZOEKMOEDERS,),
    languages=("nl", "tr"),
    heard=Heard.FRIEND,
)


@dataclass
class Desk:
    """Two teams at two prisons, a postcode near the first, and everybody who may look."""

    carla: tuple[Any, Actor]
    marjan: tuple[Any, Actor]
    rik: tuple[Any, Actor]
    teams: tuple[Any, Any]

    @property
    def by(self) -> Actor:
        return self.carla[1]

    def new(self, **told: Any) -> Any:
        return actions.enquire(house("test"), replace(TOLD, **told), NOW)

    def browser(self, made: tuple[Any, Actor]) -> Client:
        client = Client(headers={"accept-language": "nl"})
        accounts.sign_in(client, made[0])
        return client


@pytest.fixture
def desk(seen: Any) -> Desk:
    cache.clear()
    accounts.mark_as_demo(TODAY)
    one, other = two_teams()
    prison = two_prison_desks()[0]
    Prison.objects.filter(pk=one.prison_id).update(latitude=52.2, longitude=5.0)
    Prison.objects.filter(pk=other.prison_id).update(latitude=51.5, longitude=6.0)
    for digits, north, east in (("3511", 52.1, 5.1), ("5971", 51.4, 6.1)):
        Postcode.objects.create(digits=digits, place="Proefstad", latitude=north, longitude=east)
    carla, marjan = accounts.coordinator(one), accounts.coordinator(other, "Marjan Fabeldal")
    return Desk(carla, marjan, accounts.referrer(prison, one), (one, other))
