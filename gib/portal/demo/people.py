"""Who plays in the demonstration world: two teams with their volunteers, desks and offices."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from gib.care.aftercare import actions as aftercare
from gib.care.aftercare.domain import Form
from gib.core.access.actor import Actor
from gib.core.kernel.clock import Now
from gib.people.accounts import builders as accounts
from gib.people.partners import builders as places
from gib.people.partners.domain import CareKind, Product
from gib.people.partners.models import Team
from gib.people.volunteers import actions as volunteers
from gib.people.volunteers import builders
from gib.people.volunteers.domain import State

TODAY: Final = date(2011, 1, 11)
UNITS: Final = ("A1", "B2", "C3")

#: Given name, family name, products she was trained for; alternately of the first and the second team.
_VOLUNTEERS: Final = (
    ("Truus", "Prentenboek", (Product.BEZOEKMOEDERS, Product.MOEDERMAATJES)),
    ("Ineke", "Kaftpapier", (Product.MOEDERMAATJES,)),
    ("Chandra", "Inktpot", (Product.BEZOEKMOEDERS,)),
    ("Loes", "Vulpen", (Product.BEZOEKMOEDERS, Product.IK_JIJ_WIJ)),
    ("Bea", "Bladwijzer", (Product.MOEDERMAATJES, Product.MOEDER_KIND_BEZOEKEN)),
    ("Yvonne", "Leeslint", (Product.BEZOEKMOEDERS,)),
    ("Riet", "Boekenlegger", (Product.MOEDERMAATJES,)),
    ("Mies", "Potlood", (Product.BEZOEKMOEDERS, Product.MOEDERMAATJES)),
    ("Dorothea", "Kladblok", (Product.BEZOEKMOEDERS, Product.MOEDERMAATJES)),
    ("Wilhelmina", "Gumstra", (Product.MOEDERMAATJES, Product.BEZOEKMOEDERS)),
)

#: Municipality -> how it buys; the others buy nothing.
_AGREEMENTS: Final = (
    ("0363", Form.PLACES, 12, None),
    ("0599", Form.PRICE, None, 420_000),
    ("0344", Form.PLACES, 3, None),
)

_PROVIDERS: Final[tuple[tuple[str, CareKind, str | None], ...]] = (
    ("Schuldhulp De Kluis", CareKind.DEBT_COUNSELLING, "0363"),
    ("Jeugdzorg De Vlieger", CareKind.YOUTH_CARE, "0599"),
    ("Praktijk Rustpunt", CareKind.MENTAL_HEALTH, "0344"),
    ("Woonloket De Sleutel", CareKind.HOUSING, None),
)


def days_ago(days: int, hour: int = 9) -> Now:
    """Give the moment of an act so many days before the business day."""
    on = TODAY - timedelta(days=days)
    return Now(datetime(on.year, on.month, on.day, hour, tzinfo=UTC), on)


@dataclass(frozen=True)
class Side:
    """One team: its coordinator, the MMD and TB of its prison, and its volunteers by given name."""

    team: Team
    coordinator: Actor
    mmd: Actor
    helpers: dict[str, UUID]


@dataclass(frozen=True)
class Cast:
    """Everybody with an account, and the two sides."""

    sides: tuple[Side, Side]
    desks: dict[str, Actor]
    safety_house: Actor
    volunteer: Actor


def cast() -> Cast:
    """Give everybody an account, a desk and papers that hold on the business day."""
    one, other = places.two_teams()
    mmds = places.two_prison_desks()
    coordinators = (
        accounts.coordinator(one, "Hanneke Sprookjesbos")[1],
        accounts.coordinator(other, "Marjan Fabeldal")[1],
    )
    for team in (one, other):
        for name in UNITS:
            places.a_unit(team.prison, name)
    sides = tuple(
        Side(
            team=team,
            coordinator=coordinator,
            mmd=accounts.referrer(desk, team, f"Rik Verhaaltjes {team.prison.code}")[1],
            helpers=_helpers(coordinator, team, number),
        )
        for number, (team, coordinator, desk) in enumerate(zip((one, other), coordinators, mmds, strict=True))
    )
    leader = accounts.project_leader("Petra Luchtballon")[1]
    accounts.technical_admin("Teun Toverdoos")
    accounts.privacy_officer("Pien Slotgracht")
    accounts.deputy(other, TODAY + timedelta(days=20), "Dina Invalster")
    _agreements(leader)
    first = sides[0].helpers["Truus"]
    return Cast(
        sides=(sides[0], sides[1]),
        desks=_desks(),
        safety_house=accounts.safety_house_desk(places.a_safety_house(), "Saar Torenkamer")[1],
        volunteer=accounts.volunteer_user(one, first, "Truus Prentenboek")[1],
    )


def _helpers(coordinator: Actor, team: Team, number: int) -> dict[str, UUID]:
    found = {}
    for given, family, products in _VOLUNTEERS[number::2]:
        row = builders.available(
            coordinator,
            days_ago(300),
            *products,
            prison=team.prison.code,
            given_name=given,
            family_name=family,
        )
        found[given] = row.id
    waiting = builders.interested(coordinator, days_ago(12), f"Nieuwe{number + 1}", "Proeflezer")
    volunteers.move(coordinator, waiting.id, State.INTERVIEW, days_ago(5))
    return found


def _desks() -> dict[str, Actor]:
    found = {}
    for code in ("0363", "0917", "0599", "0344", "0307"):
        desk = places.a_desk(code)
        found[code] = accounts.municipality_desk(desk, f"Loket {desk.municipality}")[1]
    return found


def _agreements(leader: Actor) -> None:
    for code, form, held, price in _AGREEMENTS:
        new = aftercare.NewAgreement(
            municipality=code, form=form, from_on=date(2010, 1, 1), places=held, price_cents=price
        )
        aftercare.record_agreement(leader, new, days_ago(375))
    for name, kind, place in _PROVIDERS:
        places.a_provider(name, kind, place)
