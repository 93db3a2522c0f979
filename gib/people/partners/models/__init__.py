"""Reference data with dates: places, organisations, rules and terms."""

from gib.people.partners.models.dated import Dated, DatedQuerySet
from gib.people.partners.models.municipalities import (
    Border,
    Municipality,
    PlannedChange,
    Postcode,
    RegisterProposal,
    SafetyHouse,
    SafetyRegion,
    Succession,
    municipalities_of_postcode,
    regions_of,
    register,
)
from gib.people.partners.models.organisations import CareProvider, Partner, providers
from gib.people.partners.models.prisons import (
    NOBODYS_UNTIL,
    Prison,
    PrisonUnit,
    Team,
    VisitingRule,
    prisons,
    rules_of,
    teams_besides,
    units_of,
)
from gib.people.partners.models.tariffs import AllowanceTariff, KilometreRate, rate_rows
from gib.people.partners.models.terms import (
    LegalParameter,
    legal_value,
    legal_values,
    terms,
    unconfirmed_terms,
)

__all__ = [
    "NOBODYS_UNTIL",
    "AllowanceTariff",
    "Border",
    "CareProvider",
    "Dated",
    "DatedQuerySet",
    "KilometreRate",
    "LegalParameter",
    "Municipality",
    "Partner",
    "PlannedChange",
    "Postcode",
    "Prison",
    "PrisonUnit",
    "RegisterProposal",
    "SafetyHouse",
    "SafetyRegion",
    "Succession",
    "Team",
    "VisitingRule",
    "legal_value",
    "legal_values",
    "municipalities_of_postcode",
    "prisons",
    "providers",
    "rate_rows",
    "regions_of",
    "register",
    "rules_of",
    "teams_besides",
    "terms",
    "unconfirmed_terms",
    "units_of",
]
