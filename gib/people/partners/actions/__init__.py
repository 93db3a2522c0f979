"""Acts on reference data: loading, updating the register, confirming facts, keeping providers and rules."""

from gib.people.partners.actions.closures import ClosureFacts, close_prison, open_prison
from gib.people.partners.actions.facts import (
    CONFIRMABLE,
    ProviderFacts,
    RuleFacts,
    TermFacts,
    add_provider,
    add_rule,
    change_provider,
    confirm,
    end_provider,
    end_rule,
    set_term,
)
from gib.people.partners.actions.imports import (
    BORDER_ATTRIBUTION,
    POSTCODE_ATTRIBUTION,
    import_borders,
    import_postcodes,
)
from gib.people.partners.actions.load import load_register
from gib.people.partners.actions.places import (
    DeskFacts,
    add_desk,
    add_team,
    add_unit,
    end_desk,
    end_team,
    end_unit,
    nobodys_team,
)
from gib.people.partners.actions.register import approve_update, compare_with, propose_update, told
from gib.people.partners.actions.tariffs import AllowanceFacts, RateFacts, set_allowance, set_rate

__all__ = [
    "BORDER_ATTRIBUTION",
    "CONFIRMABLE",
    "POSTCODE_ATTRIBUTION",
    "AllowanceFacts",
    "ClosureFacts",
    "DeskFacts",
    "ProviderFacts",
    "RateFacts",
    "RuleFacts",
    "TermFacts",
    "add_desk",
    "add_provider",
    "add_rule",
    "add_team",
    "add_unit",
    "approve_update",
    "change_provider",
    "close_prison",
    "compare_with",
    "confirm",
    "end_desk",
    "end_provider",
    "end_rule",
    "end_team",
    "end_unit",
    "import_borders",
    "import_postcodes",
    "load_register",
    "nobodys_team",
    "open_prison",
    "propose_update",
    "set_allowance",
    "set_rate",
    "set_term",
    "told",
]
