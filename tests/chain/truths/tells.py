"""Which event tells that which row came into which state: the journal as a script of every flow."""

from collections.abc import Callable
from typing import Final, NamedTuple

from tests.chain.rows import Row

#: Name of a flow -> the table and the column in which its states are stored.
STORED: Final = {
    "families.consent.State": ("families_consent", "state"),
    "portal.TransferState": ("portal_transfer", "state"),
    "volunteers.volunteer.State": ("volunteers_volunteer", "state"),
    "referral.State": ("referral_referral", "state"),
    "intake.State": ("intake_intake", "state"),
    "trajectory.stages.State": ("trajectory_trajectory", "state"),
    "products.contact.State": ("products_contact", "state"),
    "products.match.State": ("products_match", "state"),
    "products.meeting.Presence": ("products_attendance", "presence"),
    "products.meeting.SpeakerState": ("products_meetingspeaker", "state"),
    "products.meeting.State": ("products_groupmeeting", "state"),
    "products.moeder_kind_bezoeken.State": ("products_meetingchild", "state"),
    "products.participation.State": ("products_participation", "state"),
    "aftercare.requests.State": ("aftercare_fundingrequest", "state"),
    "handover.handovers.State": ("handover_handover", "state"),
    "handover.needs.SignalState": ("handover_needsignal", "state"),
    "handover.safety.SafetyState": ("handover_safetycase", "state"),
}

#: Flow, prefix of its events and key of its row; then event and state. A state in braces stands in the
#: event; "?" is one of several; a name in capitals is worked out below.
_SCRIPT: Final = """
families.consent.State families consent_id
    ConsentAsked asked / ConsentGiven given / ConsentRefused refused / ConsentWithdrawn withdrawn
portal.TransferState portal transfer_id
    TransferProposed proposed / TransferAnswered {state}
volunteers.volunteer.State volunteers volunteer_id
    VolunteerRegistered interested / VolunteerMoved {state}
referral.State referral referral_id
    DraftBegun draft / Submitted submitted / Resubmitted submitted / Returned returned
    Accepted accepted / Declined declined / IntakePlanned intake_planned / IntakeDropped accepted
    IntakeDone intake_done / Converted converted / EndedWithoutTrajectory no_trajectory
    Overtaken overtaken
intake.State intake intake_id
    Begun planned / TalkHeld held / Completed completed / Cancelled cancelled / Refused refused
    Overtaken overtaken
trajectory.stages.State trajectory trajectory_id
    Proposed proposed / Agreed agreed / StartedInside active_inside / StartedOutside active_outside
    TaperingStarted tapering / Paused paused / Resumed ? / Closed closed / Reopened agreed
products.contact.State products contact_id
    VisitPlanned planned / VisitMoved planned / VisitConfirmed confirmed / VisitCleared cleared
    VisitHeld held
    VisitLogged logged / VisitCancelled cancelled_{side} / VisitMissed {outcome}
products.match.State products match_id
    MatchProposed proposed / MatchAnswered ANSWER / MatchWithdrawn withdrawn / Introduced introduction
    TrialStarted trial / MatchRunning running / MatchEnding ending / MatchEnded ended
products.meeting.Presence products attendance_id
    Invited invited / Attended {outcome} / TakenOff overtaken
products.meeting.SpeakerState moeder_de_gans speaker_id
    SpeakerAsked asked / SpeakerMoved {to}
products.meeting.State products meeting_id
    MeetingPlanned planned / MeetingHeld held / MeetingCancelled cancelled
products.moeder_kind_bezoeken.State moeder_kind_bezoeken meeting_child_id
    ChildApplied applied / GateChecked GATE / ChildMoved {to} / ChildPutBack {to}
    ChildCancelled cancelled
products.participation.State products participation_id
    Wished wished / Offered offered / Declined declined / Planned planned / Started running
    Completed COMPLETED / Stopped ? / EndedBy ended_by_{cause} / Corrected {state}
aftercare.requests.State aftercare request_id
    FundingDrafted draft / CoveredByAgreement covered / FundingSubmitted submitted
    FundingQuestioned QUESTION / FundingGranted granted / FundingRejected rejected
    FundingNotAnswered no_answer / AlternativeFound granted_alternative / LetGo let_go
    FundingSuperseded superseded / FundingWithdrawn withdrawn / FundingSettled {state}
handover.handovers.State handover handover_id
    HandoverPrepared prepared / HandoverConsented consented / HandoverSent sent
    HandoverAccepted accepted / PutOnWaitingList waiting_list / HelpBegun first_contact
    HandoverConfirmed confirmed / HandoverDeclined declined / HandoverReturned returned
handover.needs.SignalState handover signal_id
    SignalRaised raised / SignalTriaged triaged / SignalDiscussed discussed / SignalClosed closed
"""


class Tells(NamedTuple):
    """An event moves the row named by `key` in a flow to a state."""

    flow: str
    key: str
    to: str


def _read() -> dict[str, Tells]:
    found, flow, prefix, key = {}, "", "", ""
    for line in _SCRIPT.strip().splitlines():
        if not line.startswith(" "):
            flow, prefix, key = line.split()
            continue
        for pair in line.split(" / "):
            event, to = pair.split()
            found[f"{prefix}.{event}"] = Tells(flow, key, to)
    return found


TELLS: Final = _read()


def _answer(payload: Row, here: str) -> str:
    """Give where an answer brings a match: a no ends it, the second yes makes it agreed."""
    if not payload["said_yes"]:
        return "refused"
    return f"{payload['side']}_agreed" if here == "proposed" else "agreed"


def _gate(payload: Row, here: str) -> str:
    """Give where a gate brings a child: one that is open leaves who was invited where she was."""
    if payload["is_open"]:
        return here if here in ("invited", "confirmed") else "gate_open"
    return "gate_blocked"


_WORKED_OUT: Final[dict[str, Callable[[Row, str], str]]] = {
    "ANSWER": _answer,
    "GATE": _gate,
    "COMPLETED": lambda payload, here: "partly_completed" if payload["is_partly"] else "completed",
    "QUESTION": lambda payload, here: "submitted" if payload["is_answer"] else "question",
}


def state_told(to: str, payload: Row, here: str) -> str:
    """Give the state that an event tells of, for a row that stands here."""
    return _WORKED_OUT[to](payload, here) if to in _WORKED_OUT else to.format(**payload)


#: What is told of safety without a word: the signal, and the case with it.
SAFETY: Final = "handover.SafetyNoted"
OF_CASES: Final = {"proposed": "proposed", "decided": "decided", "sent_back": "open", "closed": "closed"}


def told_of(row: Row) -> Tells | None:
    """Say what a row of the journal tells of a state, if anything."""
    if row["name"] != SAFETY:
        return TELLS.get(row["name"])
    what = row["payload"]["what"]
    if what.startswith("signal_"):
        return Tells("handover.needs.SignalState", "subject_id", what.removeprefix("signal_"))
    if what in OF_CASES:
        return Tells("handover.safety.SafetyState", "subject_id", OF_CASES[what])
    return None
