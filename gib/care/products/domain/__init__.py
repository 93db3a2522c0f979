"""The rules that the five products share, and what they record; participation, match, contact and meeting."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final
from uuid import UUID

from gib.care.products.domain.contact import Cancelled, Kind, Reason
from gib.care.products.domain.match import EndReason, Side, Why
from gib.care.products.domain.participation import Cause, StopReason
from gib.core.kernel.events import Event

#: Defaults; a dated legal value of the same key goes before each. Source: domain page 1.2-1.6, 3.
NORMS: Final = {
    "moeder_de_gans_weeks": 8,
    "trial_contacts": 3,
    "log_days": 7,
    "silent_days": 21,
    "unreachable_days": 21,
    "visit_rhythm_days": 14,
    "visit_minutes": 60,
    "series_ahead_days": 84,
    "clearance_notice_days": 7,
    "clearance_lead_days": 7,
    "midterm_weeks": 13,
    "moedermaatje_hours_a_week": 4,
    "moedermaatje_months": 15,
    "moedermaatje_warning_days": 42,
    "home_visit_days": 7,
    "check_call_months": 3,
    "check_call_again_days": 14,
    "check_call_lapse_days": 60,
    "match_wait_days": 28,
    "course_sessions": 8,
    "course_pass": 6,
    "return_alarm_minutes": 60,
    "ride_minutes": 90,
    "checklist_days": 3,
}


@dataclass(frozen=True, kw_only=True)
class ParticipationEvent(Event):
    """Something happened with her part in one product, and how it stands now."""

    participation_id: UUID
    product: str
    state: str
    started_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Wished(ParticipationEvent):
    """She wants a product."""

    sentence: ClassVar[str] = "U wilt meedoen met een onderdeel."


@dataclass(frozen=True, kw_only=True)
class Offered(ParticipationEvent):
    """A product was offered to her."""

    sentence: ClassVar[str] = "Wij vroegen of u wilt meedoen met een onderdeel."


@dataclass(frozen=True, kw_only=True)
class Declined(ParticipationEvent):
    """She said no; until `ask_again_on` nobody asks her again."""

    sentence: ClassVar[str] = "U wilde nu niet meedoen. Dat is goed."
    ask_again_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Planned(ParticipationEvent):
    """It will happen."""

    sentence: ClassVar[str] = "Wij spraken af dat u meedoet met een onderdeel."


@dataclass(frozen=True, kw_only=True)
class Started(ParticipationEvent):
    """It began."""

    sentence: ClassVar[str] = "Een onderdeel is begonnen."


@dataclass(frozen=True, kw_only=True)
class Continued(ParticipationEvent):
    """A series goes on in another prison after a transfer."""

    sentence: ClassVar[str] = "De bezoeken gaan verder op de nieuwe plek."
    prison: str


@dataclass(frozen=True, kw_only=True)
class Completed(ParticipationEvent):
    """She finished it, wholly or in part."""

    sentence: ClassVar[str] = "U heeft een onderdeel afgerond."
    is_partly: bool = False


@dataclass(frozen=True, kw_only=True)
class Stopped(ParticipationEvent):
    """She stopped, or it was called off before it began."""

    sentence: ClassVar[str] = "Een onderdeel is gestopt."
    reason: StopReason


@dataclass(frozen=True, kw_only=True)
class EndedBy(ParticipationEvent):
    """It ended by release, transfer or the prison: never her doing."""

    sentence: ClassVar[str] = "Een onderdeel is gestopt omdat er iets veranderde in uw detentie."
    cause: Cause


@dataclass(frozen=True, kw_only=True)
class Corrected(ParticipationEvent):
    """The list of who came was put right, and with it how her part ended."""

    sentence: ClassVar[str] = "Wij verbeterden wat wij over een onderdeel hadden opgeschreven."


@dataclass(frozen=True, kw_only=True)
class MatchEvent(Event):
    """Something happened between a mother and a volunteer."""

    match_id: UUID
    volunteer_id: UUID


@dataclass(frozen=True, kw_only=True)
class MatchProposed(MatchEvent):
    """Both are asked.

    Chosen on the board, it holds her place among the possible volunteers, the version of the weights by which
    that was worked out, and why somebody chose otherwise than the first three.
    """

    sentence: ClassVar[str] = "Wij vroegen een vrijwilliger of zij bij u past."

    rank: int = 0
    policy: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class MatchAnswered(MatchEvent):
    """One of them said yes or no; no reason is asked."""

    sentence: ClassVar[str] = "Er kwam een antwoord op de vraag of u en de vrijwilliger bij elkaar passen."
    side: Side
    said_yes: bool


@dataclass(frozen=True, kw_only=True)
class MatchWithdrawn(MatchEvent):
    """A proposal was taken back before it began."""

    sentence: ClassVar[str] = "De vraag aan de vrijwilliger is ingetrokken."


@dataclass(frozen=True, kw_only=True)
class Introduced(MatchEvent):
    """They meet; from now on the volunteer knows who she is."""

    sentence: ClassVar[str] = "U maakt kennis met een vrijwilliger."
    met_on: date


@dataclass(frozen=True, kw_only=True)
class TrialStarted(MatchEvent):
    """They try each other out."""

    sentence: ClassVar[str] = "U en de vrijwilliger proberen of het past."


@dataclass(frozen=True, kw_only=True)
class MatchRunning(MatchEvent):
    """The match is settled."""

    sentence: ClassVar[str] = "U en de vrijwilliger gaan samen verder."


@dataclass(frozen=True, kw_only=True)
class MatchEnding(MatchEvent):
    """They work towards a farewell."""

    sentence: ClassVar[str] = "U en de vrijwilliger werken naar het afscheid toe."


@dataclass(frozen=True, kw_only=True)
class MatchEnded(MatchEvent):
    """The match is over."""

    sentence: ClassVar[str] = "De vrijwilliger komt niet meer bij u."
    reason: EndReason


@dataclass(frozen=True, kw_only=True)
class Excluded(Event):
    """One volunteer is never asked for her."""

    sentence: ClassVar[str] = "Wij vragen een bepaalde vrijwilliger niet voor u."
    exclusion_id: UUID
    volunteer_id: UUID
    why: Why


@dataclass(frozen=True, kw_only=True)
class ExclusionLifted(Event):
    """That volunteer may be asked for her again."""

    sentence: ClassVar[str] = "Wij mogen een bepaalde vrijwilliger weer voor u vragen."
    exclusion_id: UUID
    volunteer_id: UUID


@dataclass(frozen=True, kw_only=True)
class ContactEvent(Event):
    """Something happened with a visit or another contact."""

    contact_id: UUID


@dataclass(frozen=True, kw_only=True)
class VisitPlanned(ContactEvent):
    """A visit has a day."""

    sentence: ClassVar[str] = "Er is een bezoek afgesproken."
    planned_on: date
    kind: Kind


@dataclass(frozen=True, kw_only=True)
class VisitMoved(ContactEvent):
    """A visit has another day or hour."""

    sentence: ClassVar[str] = "Een bezoek is op een andere dag of een ander uur."
    planned_on: date


@dataclass(frozen=True, kw_only=True)
class VisitConfirmed(ContactEvent):
    """The visit goes on as planned."""

    sentence: ClassVar[str] = "Het bezoek is bevestigd."


@dataclass(frozen=True, kw_only=True)
class VisitCleared(ContactEvent):
    """The prison put the visitor on its list."""

    sentence: ClassVar[str] = "De gevangenis weet van het bezoek."


@dataclass(frozen=True, kw_only=True)
class VisitHeld(ContactEvent):
    """The visit took place."""

    sentence: ClassVar[str] = "Er was een bezoek bij u."
    held_on: date


@dataclass(frozen=True, kw_only=True)
class VisitLogged(ContactEvent):
    """A short account of a visit was written."""

    sentence: ClassVar[str] = "Er is een kort verslag van een bezoek gemaakt. U mag het lezen."
    held_on: date
    minutes: int


@dataclass(frozen=True, kw_only=True)
class LogRead(ContactEvent):
    """The coordinator read an account."""

    sentence: ClassVar[str] = "De coördinator las een verslag van een bezoek."


@dataclass(frozen=True, kw_only=True)
class VisitCancelled(ContactEvent):
    """A visit does not take place."""

    sentence: ClassVar[str] = "Een bezoek ging niet door."
    side: Cancelled
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class VisitMissed(ContactEvent):
    """Somebody did not come, or was refused at the gate."""

    sentence: ClassVar[str] = "Een bezoek kon niet doorgaan."
    outcome: str
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class VisitsOvertaken(Event):
    """Planned visits or invitations fell away: she left the prison, or a match or product ended."""

    sentence: ClassVar[str] = "Afspraken die nog zouden komen, vielen weg."
    number: int


@dataclass(frozen=True, kw_only=True)
class MeetingPlanned(Event):
    """A group meeting has a day in a prison; it belongs to no dossier."""

    sentence: ClassVar[str] = "Er is een bijeenkomst gepland."
    meeting_id: int
    product: str
    planned_on: date


@dataclass(frozen=True, kw_only=True)
class MeetingHeld(Event):
    """A group meeting took place; women without a dossier are a number only (CON-03)."""

    sentence: ClassVar[str] = "Er was een bijeenkomst."
    meeting_id: int
    unknown_count: int


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(Event):
    """A group meeting did not take place."""

    sentence: ClassVar[str] = "Een bijeenkomst ging niet door."
    meeting_id: int
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class Invited(Event):
    """She is expected at a group meeting."""

    sentence: ClassVar[str] = "U bent uitgenodigd voor een bijeenkomst."
    attendance_id: UUID


@dataclass(frozen=True, kw_only=True)
class TakenOff(Event):
    """She is not expected at a group meeting any more."""

    sentence: ClassVar[str] = "U hoeft niet naar een bijeenkomst waarvoor u was uitgenodigd."
    attendance_id: UUID


@dataclass(frozen=True, kw_only=True)
class Attended(Event):
    """Whether she came to a group meeting."""

    sentence: ClassVar[str] = "Wij schreven op of u bij de bijeenkomst was."
    attendance_id: UUID
    held_on: date
    outcome: str
