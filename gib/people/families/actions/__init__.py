"""What people do with a family's dossier; every act is one function, in the module of its matter."""

from gib.people.families.actions.detention import detain_again, expect_release, place, release, set_return
from gib.people.families.actions.dossiers import (
    MotherFacts,
    correct_participant,
    erase_dossier,
    hand_to_team,
    open_dossier,
    possible_duplicate,
)
from gib.people.families.actions.involvement import end_involvement, involve
from gib.people.families.domain.detention import NewFamily

__all__ = [
    "MotherFacts",
    "NewFamily",
    "correct_participant",
    "detain_again",
    "end_involvement",
    "erase_dossier",
    "expect_release",
    "hand_to_team",
    "involve",
    "open_dossier",
    "place",
    "possible_duplicate",
    "release",
    "set_return",
]
