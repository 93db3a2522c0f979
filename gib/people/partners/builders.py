"""Places and organisations for stories: two of each, so that every test has a stranger."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from gib.people.partners.actions import load_register
from gib.people.partners.domain import CareKind, PartnerKind
from gib.people.partners.models import (
    MADE_UP,
    CareProvider,
    Municipality,
    Partner,
    Postcode,
    Prison,
    PrisonUnit,
    SafetyHouse,
    Team,
)

SINCE: Final = date(2007, 1, 1)
PAYING, REFUSING = "0363", "0917"


def two_prisons() -> tuple[Prison, Prison]:
    """Give Nieuwersluis and Ter Peel."""
    load_register()
    return Prison.objects.get(code="NSL"), Prison.objects.get(code="TPL")


def a_team(prison: Prison, since: date = SINCE) -> Team:
    """Give the seat of a coordinator in a prison."""
    return Team.objects.get_or_create(
        name=f"Team {prison.place}", prison=prison, defaults={"valid_from": since}
    )[0]


def two_teams() -> tuple[Team, Team]:
    """Give the seats of two coordinators, one per prison."""
    one, other = two_prisons()
    return a_team(one), a_team(other)


def a_prison_desk(prison: Prison, since: date = SINCE) -> Partner:
    """Give a prison as a partner, whose MMD and TB refer mothers."""
    return Partner.objects.get_or_create(
        kind=PartnerKind.PRISON, prison=prison, defaults={"name": prison.name, "valid_from": since}
    )[0]


def two_prison_desks() -> tuple[Partner, Partner]:
    """Give the prisons of the two teams as partners."""
    one, other = two_prisons()
    return a_prison_desk(one), a_prison_desk(other)


def a_paying_and_a_refusing_municipality() -> tuple[Partner, Partner]:
    """Give the aftercare desks of Amsterdam, that has an agreement, and of Heerlen, that refuses."""
    load_register()
    one, other = (
        Partner.objects.get_or_create(
            kind=PartnerKind.MUNICIPALITY,
            municipality=municipality,
            defaults={"name": f"Gemeente {municipality.name}", "valid_from": SINCE},
        )[0]
        for municipality in (Municipality.objects.get(code=code) for code in (PAYING, REFUSING))
    )
    return one, other


def a_safety_house() -> Partner:
    """Give the partner of one safety house."""
    load_register()
    house = SafetyHouse.objects.get(name=SafetyHouse.objects.order_by("name").values("name")[:1])
    return Partner.objects.get_or_create(
        kind=PartnerKind.SAFETY_HOUSE,
        safety_house=house,
        defaults={"name": f"Veiligheidshuis {house.name}", "valid_from": SINCE},
    )[0]


def a_unit(prison: Prison, name: str) -> PrisonUnit:
    """Give a unit of a prison."""
    return PrisonUnit.objects.get_or_create(prison=prison, name=name)[0]


def a_desk(code: str) -> Partner:
    """Give the aftercare desk of a municipality."""
    municipality = Municipality.objects.get(code=code)
    return Partner.objects.get_or_create(
        kind=PartnerKind.MUNICIPALITY,
        municipality=municipality,
        defaults={"name": f"Gemeente {municipality.name}", "valid_from": SINCE},
    )[0]


def made_up_areas(found: Iterable[Mapping[str, Any]]) -> None:
    """Write down postcode areas that no operator brought in, each of which says so.

    Args:
        found: the columns of each, but for its place.
    """
    Postcode.objects.bulk_create(Postcode(place=MADE_UP, **each) for each in found)


def a_provider(name: str, kind: CareKind, code: str | None = None) -> CareProvider:
    """Give a care provider of a municipality, or of the whole country."""
    return CareProvider.objects.get_or_create(
        name=name, kind=kind, municipality_id=code, defaults={"valid_from": SINCE}
    )[0]
