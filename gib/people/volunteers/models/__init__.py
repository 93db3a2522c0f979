"""What is kept of volunteers; sealed in a box of their own."""

from gib.people.volunteers.models.agreement import SignedAgreement, VogRequest
from gib.people.volunteers.models.availability import Absence, Preference, Week
from gib.people.volunteers.models.coaching import CoachingTalk
from gib.people.volunteers.models.expenses import Claim, ClaimYear, Payee, Payment, Payout
from gib.people.volunteers.models.groups import Trainee, TrainingGroup, TrainingPresence, TrainingSession
from gib.people.volunteers.models.interest import Enquiry, Interview
from gib.people.volunteers.models.requirements import (
    Completion,
    Exemption,
    PrisonPermit,
    papers_by,
    papers_of,
    papers_of_all,
    reasons_not_to_plan,
    shutting,
)
from gib.people.volunteers.models.volunteer import (
    Volunteer,
    VolunteerStand,
    is_in_use,
    named,
    since_in,
    with_us,
)

__all__ = [
    "Absence",
    "Claim",
    "ClaimYear",
    "CoachingTalk",
    "Completion",
    "Enquiry",
    "Exemption",
    "Interview",
    "Payee",
    "Payment",
    "Payout",
    "Preference",
    "PrisonPermit",
    "SignedAgreement",
    "Trainee",
    "TrainingGroup",
    "TrainingPresence",
    "TrainingSession",
    "VogRequest",
    "Volunteer",
    "VolunteerStand",
    "Week",
    "is_in_use",
    "named",
    "papers_by",
    "papers_of",
    "papers_of_all",
    "reasons_not_to_plan",
    "shutting",
    "since_in",
    "with_us",
]
