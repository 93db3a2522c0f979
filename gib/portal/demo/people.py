"""Who plays in the demonstration world: two teams with their volunteers, desks and offices."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from gib.care.aftercare import actions as aftercare
from gib.care.aftercare.domain import Form
from gib.core.access.actor import Actor
from gib.people.accounts import builders as accounts
from gib.people.partners import builders as places
from gib.people.partners.domain import CareKind, Product
from gib.people.partners.models import Team
from gib.people.volunteers import actions as volunteers
from gib.people.volunteers import builders
from gib.people.volunteers.domain import LeaveReason, State
from gib.portal.demo import agenda, helping
from gib.portal.demo.days import TODAY, days_ago

UNITS: Final = ("A1", "B2", "C3")

#: Given name, family name, products she was trained for; alternately of the first and the second team.
_VOLUNTEERS: Final = (
    ("Truus", "Prentenboek", (Product.BEZOEKMOEDERS, Product.MOEDERMAATJES)),
    ("Ineke", "Kaftpapier", (Product.MOEDERMAATJES,)),
    ("Chandra", "Inktpot", (Product.BEZOEKMOEDERS, Product.MOEDER_KIND_BEZOEKEN)),
    ("Loes", "Vulpen", (Product.BEZOEKMOEDERS, Product.IK_JIJ_WIJ, Product.MOEDER_KIND_BEZOEKEN)),
    ("Bea", "Bladwijzer", (Product.MOEDERMAATJES, Product.MOEDER_KIND_BEZOEKEN)),
    ("Yvonne", "Leeslint", (Product.BEZOEKMOEDERS,)),
    ("Riet", "Boekenlegger", (Product.MOEDERMAATJES,)),
    ("Mies", "Potlood", (Product.BEZOEKMOEDERS, Product.MOEDERMAATJES)),
    ("Dorothea", "Kladblok", (Product.BEZOEKMOEDERS, Product.MOEDERMAATJES)),
    ("Wilhelmina", "Gumstra", (Product.MOEDERMAATJES, Product.BEZOEKMOEDERS)),
    ("Fien", "Penseel", (Product.BEZOEKMOEDERS,)),
    ("Mina", "Schaar", (Product.BEZOEKMOEDERS,)),
    ("Kee", "Lijmstift", (Product.BEZOEKMOEDERS,)),
    ("Geertje", "Kleurpotlood", (Product.MOEDERMAATJES,)),
    ("Dien", "Plakband", (Product.BEZOEKMOEDERS,)),
    ("Jans", "Schetsboek", (Product.IK_JIJ_WIJ,)),
    ("Aagje", "Vloeiblad", (Product.BEZOEKMOEDERS,)),
    ("Bep", "Ringband", (Product.MOEDERMAATJES,)),
    ("Neel", "Puntenslijper", (Product.BEZOEKMOEDERS,)),
)

#: Who is not there yet, with the steps she took.
_ON_THEIR_WAY: Final = (
    ("Greetje", "Schrijfblok", ()),
    ("Tonnie", "Krijtbord", (State.INTERVIEW, State.SCREENING)),
    ("Sjaan", "Passerdoos", (State.INTERVIEW, State.SCREENING, State.TRAINING)),
    ("Betsie", "Etui", (State.INTERVIEW, State.REJECTED)),
)
#: Who cannot be asked now.
_NOT_NOW: Final = (
    ("Corrie", "Liniaal", State.ON_LEAVE),
    ("Hennie", "Perforator", State.SUSPENDED),
    ("Annie", "Nietmachine", State.LEAVING),
    ("Jopie", "Paperclip", State.LEFT),
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


@dataclass(frozen=True)
class Side:
    """One team: its coordinator, the MMD and TB of its prison, and its volunteers by given name."""

    team: Team
    coordinator: Actor
    mmd: Actor
    helpers: dict[str, UUID]
    agenda: agenda.Agenda


@dataclass(frozen=True)
class Cast:
    """Everybody with an account, and the two sides."""

    sides: tuple[Side, Side]
    desks: dict[str, Actor]
    safety_house: Actor
    volunteer: Actor
    deputy: Actor
    leader: Actor


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
            agenda=agenda.plan(coordinator, team),
        )
        for number, (team, coordinator, desk) in enumerate(zip((one, other), coordinators, mmds, strict=True))
    )
    for side in sides:
        helping.live(side.coordinator, side.helpers, side.team)
    leader = accounts.project_leader("Petra Luchtballon")[1]
    accounts.technical_admin("Teun Toverdoos")
    accounts.privacy_officer("Pien Slotgracht")
    deputy = accounts.deputy(other, TODAY + timedelta(days=20), "Dina Invalster")[1]
    _agreements(leader)
    first = sides[0].helpers["Truus"]
    return Cast(
        sides=(sides[0], sides[1]),
        desks=_desks(),
        safety_house=accounts.safety_house_desk(places.a_safety_house(), "Saar Torenkamer")[1],
        volunteer=accounts.volunteer_user(one, first, "Truus Prentenboek")[1],
        deputy=deputy,
        leader=leader,
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
        builders.identified(coordinator, row.id, days_ago(200))
        found[given] = row.id
    waiting = builders.interested(coordinator, days_ago(12), f"Nieuwe{number + 1}", "Proeflezer")
    volunteers.move(coordinator, waiting.id, State.INTERVIEW, days_ago(5))
    for given, family, states in _ON_THEIR_WAY[number::2]:
        _newcomer(coordinator, given, family, states)
    for given, family, state in _NOT_NOW[number::2]:
        _resting(coordinator, team, given, family, state)
    return found


def _newcomer(coordinator: Actor, given: str, family: str, states: tuple[State, ...]) -> None:
    row = builders.interested(coordinator, days_ago(40), given, family)
    for days, state in zip((30, 20, 10), states, strict=False):
        volunteers.move(coordinator, row.id, state, days_ago(days))


def _resting(coordinator: Actor, team: Team, given: str, family: str, state: State) -> None:
    row = builders.available(
        coordinator,
        days_ago(280),
        Product.BEZOEKMOEDERS,
        prison=team.prison.code,
        given_name=given,
        family_name=family,
    )
    if state in (State.LEAVING, State.LEFT):
        volunteers.leave(coordinator, row.id, LeaveReason.MOVED, days_ago(30))
    if state is not State.LEAVING:
        volunteers.move(coordinator, row.id, state, days_ago(15))


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
