"""What people do with a family's dossier; every act is one function, in the module of its matter."""

from gib.people.families.actions.children import (
    CaregiverFacts,
    ChildFacts,
    NewCustody,
    NewRestriction,
    add_caregiver,
    add_child,
    children_turned_adult,
    correct_child,
    end_caregiver,
    end_restriction,
    note_adulthood,
    record_custody,
    record_residence,
    record_restriction,
)
from gib.people.families.actions.consents import (
    ask_consent,
    give_consent,
    note_disclosure,
    refuse_consent,
    withdraw_consent,
)
from gib.people.families.actions.detention import detain_again, expect_release, place, release, set_return
from gib.people.families.actions.dossiers import (
    MotherFacts,
    case_tables,
    correct_participant,
    erase_dossier,
    hand_to_team,
    open_dossier,
    possible_duplicate,
    take_back_dossier,
)
from gib.people.families.actions.emergency import end_emergency, open_emergency, review_emergency
from gib.people.families.actions.involvement import end_involvement, involve
from gib.people.families.domain.consent import Answer, NewConsent
from gib.people.families.domain.detention import NewFamily

__all__ = [
    "Answer",
    "CaregiverFacts",
    "ChildFacts",
    "MotherFacts",
    "NewConsent",
    "NewCustody",
    "NewFamily",
    "NewRestriction",
    "add_caregiver",
    "add_child",
    "ask_consent",
    "case_tables",
    "children_turned_adult",
    "correct_child",
    "correct_participant",
    "detain_again",
    "end_caregiver",
    "end_emergency",
    "end_involvement",
    "end_restriction",
    "erase_dossier",
    "expect_release",
    "give_consent",
    "hand_to_team",
    "involve",
    "note_adulthood",
    "note_disclosure",
    "open_dossier",
    "open_emergency",
    "place",
    "possible_duplicate",
    "record_custody",
    "record_residence",
    "record_restriction",
    "refuse_consent",
    "release",
    "review_emergency",
    "set_return",
    "take_back_dossier",
    "withdraw_consent",
]
