"""How far the walks come: every move of every state machine and every event, or who else takes it."""

from typing import Final

from gib.portal import reference
from tests.chain.truths import Tally
from tests.chain.truths.journal import flows, steps_from
from tests.chain.truths.tells import STORED

#: Flow -> the machine beside its domain that takes every move of its table. A walk on the database takes
#: most moves; what chance leaves over (a volunteer suspended in her training, a child cancelled after it
#: was invited) asks for a row in that one state, and is taken there thousands of times without one.
TAKEN_BY: Final = {
    "families.consent.State": "gib/people/families/tests/test_consent.py::TestConsentMachine",
    "portal.TransferState": "gib/portal/tests/test_transfers.py::TestTransfer",
    "volunteers.volunteer.State": "gib/people/volunteers/tests/test_domain.py",
    "referral.State": "gib/care/referral/tests/test_domain.py::TestWalk",
    "intake.State": "gib/care/intake/tests/test_domain.py::TestWalk",
    "trajectory.stages.State": "gib/care/trajectory/tests/test_domain.py::TestStages",
    "products.contact.State": "gib/care/products/tests/test_domain.py::TestVisits",
    "products.match.State": "gib/care/products/tests/test_domain.py::TestPairs",
    "products.meeting.Presence": "gib/care/products/tests/test_domain.py::TestPresences",
    "products.meeting.SpeakerState": "gib/care/products/tests/test_domain.py::TestSpeakers",
    "products.meeting.State": "gib/care/products/tests/test_domain.py::TestMeetings",
    "products.moeder_kind_bezoeken.State": "gib/care/products/tests/test_five_domains.py::TestChildren",
    "products.participation.State": "gib/care/products/tests/test_domain.py::TestParts",
    "aftercare.requests.State": "gib/care/aftercare/tests/test_domain.py::TestRequests",
    "handover.handovers.State": "gib/care/handover/tests/test_domain.py::TestHandovers",
    "handover.needs.SignalState": "gib/care/handover/tests/test_domain.py::TestSignals",
    "handover.safety.SafetyState": "gib/care/handover/tests/test_domain.py::TestCases",
}
#: Slices beside the chain, and acts that undo or erase: no walk comes there, on purpose.
BESIDE: Final = (
    *("accounts.", "imports.", "partners.", "portal.Erasure", "portal.Hold", "families.Emergency"),
    *("families.DossierErased", "families.DossierTakenBack", "families.ChildCorrected"),
    *("volunteers.VolunteerTakenBack", "aftercare.AgreementTakenBack"),
    *("trajectory.PersonTaken", "trajectory.NetworkErased"),
    # The life of a volunteer beside the families: her time, courses, talks and money have walks of their own.
    *("volunteers.Absence", "volunteers.Agreement", "volunteers.Elsewhere", "volunteers.Enquiry"),
    *("volunteers.Claim", "volunteers.Mode", "volunteers.Payee", "volunteers.Payout", "volunteers.Vog"),
    *("volunteers.Goodbye", "volunteers.Interview", "volunteers.Talk", "volunteers.Training"),
    *("volunteers.RequirementWaived", "volunteers.WaiverEnded"),
    *("volunteers.VolunteerForgotten", "volunteers.VolunteerErased"),
    *("volunteers.WeekTold", "volunteers.WishesTold"),
    # Standing in has a walk of its own: gib/care/products/tests/test_standin_walk.py
    "products.StandIn",
    # Cars and presses of a visit morning have a walk of their own: gib/care/products/tests/test_rides_walk.py
    *("moeder_kind_bezoeken.Ride", "moeder_kind_bezoeken.ChildSeated", "moeder_kind_bezoeken.ChildUnseated"),
)


def moves() -> set[tuple[str, str, str]]:
    """List every move of the state machines that the chain stores."""
    states = {name: type(flows()[name].start) for name in STORED}
    return {
        (name, str(here), to)
        for name in STORED
        for here in states[name]
        for to in steps_from(flows()[name], here)
    }


def events() -> set[str]:
    """List every event that a walk may come across."""
    return {name for name in reference.events() if not name.startswith(BESIDE)}


def left_over(tally: Tally) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Name the moves and events that the walks did not come across."""
    return sorted(moves() - set(tally.moves)), sorted(events() - set(tally.events))
