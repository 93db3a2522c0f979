"""What reference data mean on a day, and what is recorded when they change."""

from dataclasses import dataclass
from datetime import date

from gib.core.kernel.events import Event
from gib.people.partners.domain.codes import (
    BRANDS,
    INSIDE,
    CareKind,
    Closing,
    Confirmable,
    Mark,
    PartnerKind,
    Product,
    RateKind,
    Regime,
    VisitKind,
)
from gib.people.partners.domain.identifiers import areas_in, parse_oin, parse_postcode
from gib.people.partners.domain.maps import on_map
from gib.people.partners.domain.register import MunicipalityFact, resolve, resolve_one

__all__ = [
    "BRANDS",
    "INSIDE",
    "AllowanceSet",
    "CareKind",
    "Closing",
    "Confirmable",
    "DeskRecorded",
    "FactConfirmed",
    "Mark",
    "MunicipalityFact",
    "PartnerKind",
    "PrisonClosed",
    "PrisonOpened",
    "Product",
    "ProviderRecorded",
    "RateKind",
    "RateSet",
    "Regime",
    "RegisterUpdated",
    "TeamRecorded",
    "TermSet",
    "UnitRecorded",
    "VisitKind",
    "VisitingRuleRecorded",
    "areas_in",
    "on_map",
    "parse_oin",
    "parse_postcode",
    "resolve",
    "resolve_one",
]


@dataclass(frozen=True, kw_only=True)
class RegisterUpdated(Event):
    """Somebody approved a new register of municipalities."""

    proposal_id: int
    added: int
    ended: int
    renamed: int
    moved: int


@dataclass(frozen=True, kw_only=True)
class FactConfirmed(Event):
    """Somebody stands for a fact of the reference data."""

    fact: Confirmable
    key: str


@dataclass(frozen=True, kw_only=True)
class TermSet(Event):
    """A term got another value from a day on."""

    key: str
    value: int
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class AllowanceSet(Event):
    """What volunteers may receive got other amounts from a year on."""

    valid_from: date
    month_cents: int
    year_cents: int


@dataclass(frozen=True, kw_only=True)
class RateSet(Event):
    """A kilometre became worth something else from a day on."""

    kind: RateKind
    valid_from: date
    cents: int


@dataclass(frozen=True, kw_only=True)
class ProviderRecorded(Event):
    """A care provider was added, changed or ended."""

    provider_id: int
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class VisitingRuleRecorded(Event):
    """A visiting rule of a prison was added or ended."""

    rule_id: int
    prison: str
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class PrisonClosed(Event):
    """A prison lets no visitors in on some days, the last one included."""

    closure_id: int
    prison: str
    from_on: date
    to_on: date
    why: Closing


@dataclass(frozen=True, kw_only=True)
class PrisonOpened(Event):
    """A prison that was to be closed is open again from a day on."""

    closure_id: int
    prison: str
    opens_on: date


@dataclass(frozen=True, kw_only=True)
class TeamRecorded(Event):
    """A team at a prison began or ended."""

    team_id: int
    prison: str
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class UnitRecorded(Event):
    """A unit of a prison began or ended."""

    unit_id: int
    prison: str
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class DeskRecorded(Event):
    """An organisation whose people sign in began or ended."""

    partner_id: int
    kind: PartnerKind
    valid_to: date | None = None
