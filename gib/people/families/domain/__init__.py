"""What happened in a family, as events; the rules stand in the modules beside this one."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from gib.core.kernel.events import Event
from gib.people.families.domain import emergency as emergency
from gib.people.families.domain import rules as rules


@dataclass(frozen=True, kw_only=True)
class DossierOpened(Event):
    """A dossier was opened with the first draft of a referral."""

    sentence: ClassVar[str] = "Uw dossier is geopend."
    team_id: int


@dataclass(frozen=True, kw_only=True)
class ParticipantCorrected(Event):
    """Facts about the mother were corrected."""

    sentence: ClassVar[str] = "Uw gegevens zijn bijgewerkt."
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChildAdded(Event):
    """A child became known."""

    sentence: ClassVar[str] = "Een kind is aan uw dossier toegevoegd."
    child_id: UUID


@dataclass(frozen=True, kw_only=True)
class ChildCorrected(Event):
    """Facts about a child were corrected."""

    sentence: ClassVar[str] = "De gegevens van een kind zijn bijgewerkt."
    child_id: UUID


@dataclass(frozen=True, kw_only=True)
class ChildTurnedAdult(Event):
    """A child turned 18 and leaves the products for children."""

    sentence: ClassVar[str] = "Een kind is 18 geworden. Het doet niet meer mee met bezoeken voor kinderen."
    child_id: UUID


@dataclass(frozen=True, kw_only=True)
class CaregiverAdded(Event):
    """Somebody in the family or network became known."""

    sentence: ClassVar[str] = "Iemand uit uw netwerk is toegevoegd."
    caregiver_id: UUID


@dataclass(frozen=True, kw_only=True)
class CaregiverEnded(Event):
    """Somebody no longer belongs to the network."""

    sentence: ClassVar[str] = "Iemand uit uw netwerk is niet meer betrokken."
    caregiver_id: UUID


@dataclass(frozen=True, kw_only=True)
class KeptApart(Event):
    """She and somebody else are kept apart in groups; neither reads from whom or why."""

    sentence: ClassVar[str] = "Wij letten op met wie u in een groep komt."
    separation_id: UUID


@dataclass(frozen=True, kw_only=True)
class ApartEnded(Event):
    """She and somebody else may come together in a group again."""

    sentence: ClassVar[str] = "Wij hoeven niet meer op te letten met wie u in een groep komt."
    separation_id: UUID


@dataclass(frozen=True, kw_only=True)
class ResidenceRecorded(Event):
    """Where a child stays became known."""

    sentence: ClassVar[str] = "Vastgelegd is waar uw kind verblijft."
    child_id: UUID
    kind: str


@dataclass(frozen=True, kw_only=True)
class CustodyRecorded(Event):
    """Who has authority over a child became known."""

    sentence: ClassVar[str] = "Vastgelegd is wie het gezag over uw kind heeft."
    child_id: UUID
    kind: str


@dataclass(frozen=True, kw_only=True)
class RestrictionRecorded(Event):
    """An order on contact with a child became known."""

    sentence: ClassVar[str] = "Vastgelegd is welk contact met uw kind mag."
    child_id: UUID
    kind: str


@dataclass(frozen=True, kw_only=True)
class RestrictionEnded(Event):
    """An order on contact with a child was lifted."""

    sentence: ClassVar[str] = "Een beperking van het contact met uw kind is beëindigd."
    child_id: UUID
    kind: str


@dataclass(frozen=True, kw_only=True)
class _OfConsent:
    """What every event about one consent carries."""

    consent_id: UUID
    purpose: str
    recipient: str = ""
    child_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ConsentAsked(_OfConsent, Event):
    """A consent was asked."""

    sentence: ClassVar[str] = "Uw toestemming is gevraagd."


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(_OfConsent, Event):
    """A consent was given."""

    sentence: ClassVar[str] = "U gaf toestemming."


@dataclass(frozen=True, kw_only=True)
class ConsentClaimed(_OfConsent, Event):
    """A list says that a consent was given; nobody of the house heard it."""

    sentence: ClassVar[str] = "Op een lijst stond dat u toestemming gaf. Wij vragen het u nog zelf."


@dataclass(frozen=True, kw_only=True)
class ConsentConfirmed(_OfConsent, Event):
    """She said the yes of a list herself, without prison staff."""

    sentence: ClassVar[str] = "U gaf zelf toestemming. Eerst wisten wij het alleen van een lijst."


@dataclass(frozen=True, kw_only=True)
class ConsentRefused(_OfConsent, Event):
    """A consent was refused."""

    sentence: ClassVar[str] = "U gaf geen toestemming."


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(_OfConsent, Event):
    """A consent was withdrawn; sharing stopped in the same act."""

    sentence: ClassVar[str] = "U trok uw toestemming in. Wij delen niets meer."
    previous_recipients: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Disclosed(Event):
    """Something went to somebody outside under a consent."""

    sentence: ClassVar[str] = "Wij deelden gegevens, zoals u goedvond."
    purpose: str
    recipient: str
    source_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReleaseExpected(Event):
    """The expected day of release became known, moved, or became unknown."""

    sentence: ClassVar[str] = "De verwachte dag van uw vrijlating is gewijzigd."
    old_on: date | None
    new_on: date | None
    source: str


@dataclass(frozen=True, kw_only=True)
class Placed(Event):
    """She is in a prison, unit or regime; `moved` when it is another prison than before."""

    sentence: ClassVar[str] = "U bent geplaatst in een inrichting."
    from_on: date
    prison: str
    from_prison: str = ""
    regime: str
    moved: bool


@dataclass(frozen=True, kw_only=True)
class Released(Event):
    """She is free."""

    sentence: ClassVar[str] = "U bent vrij."
    kind: str
    released_on: date
    return_kind: str
    municipality: str | None = None


@dataclass(frozen=True, kw_only=True)
class DetainedAgain(Event):
    """She is detained again; the dossier goes on."""

    sentence: ClassVar[str] = "U zit weer vast. Uw dossier gaat door."
    prison: str


@dataclass(frozen=True, kw_only=True)
class ReturnChanged(Event):
    """Where she goes, or lives after release, changed."""

    sentence: ClassVar[str] = "De plaats waar u gaat wonen is gewijzigd."
    old_kind: str
    old_municipality: str | None
    kind: str
    municipality: str | None


@dataclass(frozen=True, kw_only=True)
class TeamChanged(Event):
    """Another coordinator is responsible now."""

    sentence: ClassVar[str] = "Een andere coördinator begeleidt u."
    old_team_id: int
    team_id: int


@dataclass(frozen=True, kw_only=True)
class DossierTakenBack(Event):
    """A dossier that came in with a sheet was taken back; nothing was done with it."""

    sentence: ClassVar[str] = "Uw gegevens zijn weggehaald. Ze waren niet goed ingelezen."


@dataclass(frozen=True, kw_only=True)
class DossierErased(Event):
    """The content of the dossier was destroyed."""

    sentence: ClassVar[str] = "Uw dossier is gewist."
