"""Who pays for help after release: agreements, requests, decisions, silence, and letting go with a trail."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from gib.care.aftercare.domain.agreements import Agreed, Form, check_agreement, check_room
from gib.care.aftercare.domain.conferences import MINIMUM_SHARED, ShareGround
from gib.care.aftercare.domain.requests import (
    DECIDED,
    FLOW,
    GIVEN,
    MINIMUM,
    TRAIL,
    USES,
    WAITING,
    Alternative,
    Ground,
    State,
    check_extract,
    check_grant,
    check_silent,
    check_stands,
    is_silent,
    term_of,
)
from gib.core.kernel.events import Event

__all__ = [
    "DECIDED",
    "FLOW",
    "GIVEN",
    "MINIMUM",
    "MINIMUM_SHARED",
    "TRAIL",
    "USES",
    "WAITING",
    "Agreed",
    "AgreementEnded",
    "AgreementRecorded",
    "Alternative",
    "AlternativeFound",
    "CaseDecided",
    "CaseShared",
    "ConferenceHeld",
    "CoveredByAgreement",
    "Form",
    "FundingDrafted",
    "FundingEvent",
    "FundingGranted",
    "FundingNotAnswered",
    "FundingQuestioned",
    "FundingRejected",
    "FundingSettled",
    "FundingSubmitted",
    "FundingSuperseded",
    "FundingWithdrawn",
    "Ground",
    "LetGo",
    "PointAdded",
    "PointFinished",
    "ShareGround",
    "State",
    "check_agreement",
    "check_extract",
    "check_grant",
    "check_room",
    "check_silent",
    "check_stands",
    "is_silent",
    "term_of",
]


@dataclass(frozen=True, kw_only=True)
class FundingEvent(Event):
    """A fact about one request."""

    request_id: UUID
    municipality: str


@dataclass(frozen=True, kw_only=True)
class FundingDrafted(FundingEvent):
    """A request was begun."""

    sentence: ClassVar[str] = "Wij begonnen een aanvraag bij uw gemeente."


@dataclass(frozen=True, kw_only=True)
class CoveredByAgreement(FundingEvent):
    """An agreement pays for her."""

    agreement_id: UUID
    sentence: ClassVar[str] = "Uw gemeente betaalt uw hulp. Dat was al afgesproken."


@dataclass(frozen=True, kw_only=True)
class FundingSubmitted(FundingEvent):
    """The municipality was asked."""

    due_on: date
    sentence: ClassVar[str] = "Wij vroegen uw gemeente om uw hulp te betalen."


@dataclass(frozen=True, kw_only=True)
class FundingQuestioned(FundingEvent):
    """The municipality wants to know more, or got its answer and has until `due_on` again."""

    is_answer: bool
    due_on: date | None = None
    sentence: ClassVar[str] = "Uw gemeente en wij overleggen over de aanvraag."


@dataclass(frozen=True, kw_only=True)
class FundingGranted(FundingEvent):
    """The municipality said yes."""

    hours: int
    amount_cents: int
    sentence: ClassVar[str] = "Uw gemeente betaalt uw hulp."


@dataclass(frozen=True, kw_only=True)
class FundingRejected(FundingEvent):
    """The municipality said no."""

    ground: Ground
    sentence: ClassVar[str] = "Uw gemeente betaalt uw hulp niet."


@dataclass(frozen=True, kw_only=True)
class FundingNotAnswered(FundingEvent):
    """The municipality let its term pass."""

    weeks: int
    sentence: ClassVar[str] = "Uw gemeente gaf geen antwoord."


@dataclass(frozen=True, kw_only=True)
class AlternativeFound(FundingEvent):
    """Somebody else pays."""

    alternative: Alternative
    sentence: ClassVar[str] = "Iemand anders betaalt uw hulp."


@dataclass(frozen=True, kw_only=True)
class LetGo(FundingEvent):
    """The programme had to let her go, because nobody pays."""

    after: State
    sentence: ClassVar[str] = (
        "Niemand betaalt uw hulp. Wij moesten stoppen en zoeken met u wie wel kan helpen."
    )


@dataclass(frozen=True, kw_only=True)
class FundingSuperseded(FundingEvent):
    """She goes to another municipality."""

    sentence: ClassVar[str] = "U gaat naar een andere gemeente. Wij beginnen daar opnieuw."


@dataclass(frozen=True, kw_only=True)
class FundingWithdrawn(FundingEvent):
    """The request was taken back."""

    sentence: ClassVar[str] = "Wij trokken de aanvraag bij uw gemeente in."


@dataclass(frozen=True, kw_only=True)
class FundingSettled(FundingEvent):
    """The money was accounted for."""

    state: State
    sentence: ClassVar[str] = "Wij legden verantwoording af over het geld voor uw hulp."


@dataclass(frozen=True, kw_only=True)
class AgreementRecorded(Event):
    """A municipality agreed to pay for women who return there."""

    agreement_id: UUID
    municipality: str


@dataclass(frozen=True, kw_only=True)
class AgreementTakenBack(Event):
    """An agreement that came in with a sheet was taken back."""

    agreement_id: UUID
    municipality: str


@dataclass(frozen=True, kw_only=True)
class AgreementEnded(Event):
    """An agreement ends."""

    agreement_id: UUID
    municipality: str
    to_on: date


@dataclass(frozen=True, kw_only=True)
class ConferenceHeld(Event):
    """A case conference was planned or took place."""

    conference_id: UUID


@dataclass(frozen=True, kw_only=True)
class CaseShared(Event):
    """Something about her was shared at a conference."""

    item_id: UUID
    partner_id: int
    ground: ShareGround
    sentence: ClassVar[str] = "Wij deelden iets over u met een Veiligheidshuis. U kunt zien wat."


@dataclass(frozen=True, kw_only=True)
class CaseDecided(Event):
    """The table decided something."""

    item_id: UUID
    sentence: ClassVar[str] = "In een overleg is besproken wat u verder helpt."


@dataclass(frozen=True, kw_only=True)
class PointAdded(Event):
    """Somebody at the table will do something."""

    point_id: UUID
    due_on: date
    sentence: ClassVar[str] = "Iemand gaat iets voor u doen. Dat is afgesproken in een overleg."


@dataclass(frozen=True, kw_only=True)
class PointFinished(Event):
    """It was done."""

    point_id: UUID
    sentence: ClassVar[str] = "Wat in een overleg was afgesproken, is gedaan."
