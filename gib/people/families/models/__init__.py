"""The dossier: who is involved in it, the mother and her family, custody, consent and detention."""

from gib.people.families.models.apart import Separation, apart_from
from gib.people.families.models.consents import Consent, Disclosure
from gib.people.families.models.custody import ContactRestriction, Custody
from gib.people.families.models.detention import DetentionEpisode, ExpectedRelease, Placement
from gib.people.families.models.dossier import CaseRow, Dossier, Involvement, number_of
from gib.people.families.models.emergency import Emergency
from gib.people.families.models.homes import home_areas
from gib.people.families.models.marks import DuplicateMark
from gib.people.families.models.people import Caregiver, Child, Domicile, Participant, Residence
from gib.people.families.models.readers import (
    children_of,
    current_place,
    domicile_of,
    last_episode,
    latest_expectation,
    open_episode,
    participant_of,
    rows_of,
    was_detained,
)
from gib.people.families.models.trust import (
    ages_of,
    consent_holds,
    decision_for,
    gate_facts,
    gates_of,
    order_of,
    previous_recipients,
    standing,
    stands,
    terms_on,
)

__all__ = [
    "Caregiver",
    "CaseRow",
    "Child",
    "Consent",
    "ContactRestriction",
    "Custody",
    "DetentionEpisode",
    "Disclosure",
    "Domicile",
    "Dossier",
    "DuplicateMark",
    "Emergency",
    "ExpectedRelease",
    "Involvement",
    "Participant",
    "Placement",
    "Residence",
    "Separation",
    "ages_of",
    "apart_from",
    "children_of",
    "consent_holds",
    "current_place",
    "decision_for",
    "domicile_of",
    "gate_facts",
    "gates_of",
    "home_areas",
    "last_episode",
    "latest_expectation",
    "number_of",
    "open_episode",
    "order_of",
    "participant_of",
    "previous_recipients",
    "rows_of",
    "standing",
    "stands",
    "terms_on",
    "was_detained",
]
