"""From a worry to help that has begun: what happens, in ids and codes, and the rules of each part."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from gib.care.handover.domain.handovers import FLOW, Ground, Side, State
from gib.care.handover.domain.needs import (
    SIGNAL_FLOW,
    Decision,
    NeedKind,
    SignalState,
    Source,
    Urgency,
    is_about_safety,
    is_quiet,
    triage_due,
)
from gib.care.handover.domain.safety import SAFETY_FLOW, CodeStep, Conclusion, NoTalk, SafetyState, weigh
from gib.core.kernel.events import Event

__all__ = [
    "FLOW",
    "SAFETY_FLOW",
    "SIGNAL_FLOW",
    "CodeStep",
    "Conclusion",
    "Decision",
    "Ground",
    "HandoverAccepted",
    "HandoverConfirmed",
    "HandoverConsented",
    "HandoverDeclined",
    "HandoverEvent",
    "HandoverPrepared",
    "HandoverReturned",
    "HandoverSent",
    "HelpBegun",
    "NeedKind",
    "NoTalk",
    "PutOnWaitingList",
    "SafetyNoted",
    "SafetyState",
    "Side",
    "SignalClosed",
    "SignalDiscussed",
    "SignalRaised",
    "SignalState",
    "SignalTriaged",
    "Source",
    "State",
    "Urgency",
    "is_about_safety",
    "is_quiet",
    "triage_due",
    "weigh",
]


@dataclass(frozen=True, kw_only=True)
class SafetyNoted(Event):
    """Something happened in the reporting code; it has no sentence, because it is told to nobody."""

    subject_id: UUID
    what: str


@dataclass(frozen=True, kw_only=True)
class SignalRaised(Event):
    """Somebody noticed a need."""

    signal_id: UUID
    kind: NeedKind
    urgency: Urgency
    source: Source
    sentence: ClassVar[str] = "Iemand zag dat u misschien hulp kunt gebruiken."


@dataclass(frozen=True, kw_only=True)
class SignalTriaged(Event):
    """The coordinator weighed it."""

    signal_id: UUID
    decision: Decision
    sentence: ClassVar[str] = "Uw coördinator keek welke hulp past."


@dataclass(frozen=True, kw_only=True)
class SignalDiscussed(Event):
    """It was talked over with her."""

    signal_id: UUID
    wants_help: bool
    sentence: ClassVar[str] = "Wij spraken met u over hulp."


@dataclass(frozen=True, kw_only=True)
class SignalClosed(Event):
    """What was decided has been done."""

    signal_id: UUID
    sentence: ClassVar[str] = "Wij rondden een vraag om hulp af."


@dataclass(frozen=True, kw_only=True)
class HandoverEvent(Event):
    """A fact about one handover."""

    handover_id: UUID


@dataclass(frozen=True, kw_only=True)
class HandoverPrepared(HandoverEvent):
    """A handover was prepared with her."""

    provider_id: int
    sentence: ClassVar[str] = "Wij zochten met u een organisatie die kan helpen."


@dataclass(frozen=True, kw_only=True)
class HandoverConsented(HandoverEvent):
    """She allows it."""

    sentence: ClassVar[str] = "U vond het goed dat wij uw vraag doorgeven."


@dataclass(frozen=True, kw_only=True)
class HandoverSent(HandoverEvent):
    """It went out, to a named person."""

    provider_id: int
    sentence: ClassVar[str] = "Wij gaven uw vraag door. U kunt zien wat wij deelden."


@dataclass(frozen=True, kw_only=True)
class HandoverAccepted(HandoverEvent):
    """The organisation will help."""

    first_appointment_on: date
    sentence: ClassVar[str] = "Een organisatie wil u helpen. Er is een eerste afspraak."


@dataclass(frozen=True, kw_only=True)
class PutOnWaitingList(HandoverEvent):
    """Help will come later."""

    weeks: int
    sentence: ClassVar[str] = "U staat op een wachtlijst."


@dataclass(frozen=True, kw_only=True)
class HelpBegun(HandoverEvent):
    """The first talk took place."""

    sentence: ClassVar[str] = "Uw eerste gesprek was er."


@dataclass(frozen=True, kw_only=True)
class HandoverConfirmed(HandoverEvent):
    """Weeks later help still goes on."""

    sentence: ClassVar[str] = "De hulp loopt. Dat keken wij met u na."


@dataclass(frozen=True, kw_only=True)
class HandoverDeclined(HandoverEvent):
    """She or the organisation said no."""

    side: Side
    ground: Ground
    sentence: ClassVar[str] = "Deze hulp gaat niet door."


@dataclass(frozen=True, kw_only=True)
class HandoverReturned(HandoverEvent):
    """The organisation gave it back."""

    ground: Ground
    sentence: ClassVar[str] = "De hulp stopte. Wij kijken met u wat nu past."
