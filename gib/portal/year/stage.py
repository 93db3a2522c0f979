"""The organisation in which the year takes place: prisons with a team, desks, offices and who pays."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Any, Final

from gib.care.aftercare import actions as aftercare
from gib.care.handover.domain import NeedKind
from gib.core.access.actor import Actor
from gib.people.accounts import builders as accounts
from gib.people.partners import builders as places
from gib.people.partners.actions import load_register
from gib.people.partners.domain import CareKind
from gib.people.partners.models import CareProvider, Municipality, Prison, Team
from gib.portal.year import country, names
from gib.portal.year import parameters as known
from gib.portal.year.dice import Dice
from gib.portal.year.helpers import Pool
from gib.portal.year.play import Play

#: Need -> the organisation that helps with it, all over the country.
PROVIDERS: Final = {
    NeedKind.DEBT: ("Schuldhulp De Kluis", CareKind.DEBT_COUNSELLING),
    NeedKind.YOUTH_CARE: ("Jeugdzorg De Vlieger", CareKind.YOUTH_CARE),
    NeedKind.MENTAL_HEALTH: ("Praktijk Rustpunt", CareKind.MENTAL_HEALTH),
    NeedKind.HOUSING: ("Woonloket De Sleutel", CareKind.HOUSING),
    NeedKind.INCOME: ("Inkomensloket De Beurs", CareKind.DEBT_COUNSELLING),
}
#: Municipalities whose desk has somebody who signs in and answers herself.
DESKS: Final = ("0363", "0599", "0518", "0344", "0917", "0307")
VISITING: Final = time(14)


@dataclass
class Side:
    """One team: its coordinator, who refers to it, its volunteers and what it has on its calendar."""

    team: Team
    coordinator: Actor
    referrers: tuple[Actor, ...]
    #: Nobody is in it before its half of the year begins.
    pool: Pool = field(init=False)
    #: Meetings and courses to come, by product, in the order of their days; see the calendar.
    ahead: dict[Any, list[Any]] = field(default_factory=dict)

    @property
    def prison(self) -> str:
        """Give the code of the prison."""
        return str(self.team.prison_id)


@dataclass(frozen=True)
class Stage:
    """Everybody and everything that the mothers of the year meet."""

    seed: int
    play: Play
    sides: dict[str, Side]
    desks: dict[str, Actor]
    agreements: dict[str, Any]
    providers: dict[NeedKind, int]
    deputies: dict[str, Actor]
    country: country.Country
    #: Which half of the year this is; see the parameters.
    number: int = 0

    def half(self, number: int) -> "Stage":
        """Give what is there of one half, with a play of its own; nobody has come there yet."""
        play = Play(self.play.on, self.play.last_on)
        sides = {code: self.sides[code] for code in known.HALVES[number]}
        for side in sides.values():
            side.pool = Pool(play, side.coordinator, side.team, self.country)
        return replace(self, play=play, sides=sides, number=number)

    def share(self, places: int) -> int:
        """Give how many of some places this half may take, so that neither half waits for the other."""
        return (places + len(known.HALVES) - 1 - self.number) // len(known.HALVES)

    def second(self, side: Side) -> Actor:
        """Give the second person of a decision: the deputy of the team, or who leads the nation's."""
        return self.deputies[side.prison]

    def dice(self, *names_: object) -> Dice:
        """Give the dice of something in this year."""
        return Dice(self.seed, *names_)


def build(seed: int, play: Play) -> Stage:
    """Give everybody an account and a desk, and write down who pays."""
    load_register()
    leader = accounts.project_leader("Petra Luchtballon")[1]
    accounts.technical_admin("Teun Toverdoos")
    accounts.privacy_officer("Pien Slotgracht")
    accounts.safety_house_desk(places.a_safety_house(), "Saar Torenkamer")
    sides = {code: _side(code, place) for place, code in enumerate(known.PRISONS)}
    until = play.last_on + timedelta(days=20)
    return Stage(
        seed=seed,
        play=play,
        sides=sides,
        desks=dict(_desks()),
        agreements=dict(_agreements(leader, play)),
        providers={need: _provider(*told).pk for need, told in PROVIDERS.items()},
        deputies={
            code: accounts.deputy(side.team, until, f"Dina Invalster {code}")[1]
            for code, side in sides.items()
        },
        country=_country(),
    )


def _country() -> country.Country:
    """Write down the areas in which people live, so that a page knows where they lie."""
    areas = [
        area
        for town in Municipality.objects.filter(pk__in=known.MUNICIPALITIES).order_by("pk")
        for area in country.areas_of(town.pk, town.name, town.latitude, town.longitude)
    ]
    places.made_up_areas(map(vars, areas))
    prisons = Prison.objects.filter(pk__in=known.PRISONS)
    return country.Country(areas, {row.pk: (row.latitude, row.longitude) for row in prisons})


def _side(code: str, place: int) -> Side:
    prison = Prison.objects.get(code=code)
    since = known.OPENED.get(code, known.FIRST_ON)
    team, desk = places.a_team(prison, since), places.a_prison_desk(prison, since)
    for name in known.UNITS:
        places.a_unit(prison, name)
    coordinator = accounts.coordinator(team, names.COORDINATORS[place])[1]
    referrers = tuple(
        accounts.referrer(desk, team, f"{name} Verhaaltjes {code}")[1] for name in ("Rik", "Tineke")
    )
    return Side(team, coordinator, referrers)


def _provider(name: str, kind: CareKind) -> CareProvider:
    return places.a_provider(name, kind)


def _desks() -> Iterator[tuple[str, Actor]]:
    for code in known.MUNICIPALITIES:
        desk = places.a_desk(code)
        if code in DESKS:
            yield code, accounts.municipality_desk(desk, f"Loket {desk.municipality}")[1]


def _agreements(leader: Actor, play: Play) -> Iterator[tuple[str, Any]]:
    for code, (form, held) in known.AGREEMENTS.items():
        price = 420_000 if held is None else None
        new = aftercare.NewAgreement(
            municipality=code, form=form, from_on=date(2008, 1, 1), places=held, price_cents=price
        )
        yield code, aftercare.record_agreement(leader, new, play.now).pk
