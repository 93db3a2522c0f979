"""Rules of the acts that cross all slices: handing a whole case to another team, and erasing one."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from gib.core.kernel.dates import add_months, add_working_days
from gib.core.kernel.events import Event
from gib.core.kernel.flow import Flow, steps
from gib.core.kernel.rules import RuleBroken, declare

declare(
    {
        "transfer_open": "Er loopt al een voorstel om dit dossier over te dragen.",
        "team_has_people": "Bij dit team horen nog mensen. Eindig eerst hun toegang.",
        "team_has_dossiers": "Bij dit team horen nog {count} dossiers. Draag ze eerst over.",
        "erasure_open": "Er is al gevraagd om dit dossier te wissen.",
        "erasure_running": "Haar begeleiding loopt nog. Sluit eerst het traject.",
        "erasure_same_person": "Iemand anders moet dit beslissen: uw vervanger of de projectleider.",
        "erasure_other_person": "Alleen wie het vroeg, trekt de vraag in.",
        "erasure_held": "Dit dossier moet nog bewaard blijven. Er is niets gewist.",
        "erasure_why": "Schrijf op waarom u dit weigert.",
        "hold_why": "Schrijf op waarom dit dossier bewaard moet blijven.",
        "hold_past": "De einddatum ligt niet na vandaag.",
        "desk_has_people": "Via deze organisatie heeft nog iemand toegang. Eindig die eerst.",
        "transfer_same_team": "Dit team begeleidt haar al.",
    }
)


class TransferState(StrEnum):
    """Where a proposal to hand over a case stands; being late is derived."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


TRANSFER_FLOW: Final = Flow(
    TransferState.PROPOSED,
    steps(
        {TransferState.PROPOSED: (TransferState.ACCEPTED, TransferState.DECLINED, TransferState.WITHDRAWN)}
    ),
)


def check_team_end(people: int, dossiers: int) -> None:
    """Refuse to end a team that somebody still sits in, or that still has cases.

    Raises:
        RuleBroken: 'team_has_people', 'team_has_dossiers'.
    """
    if people:
        raise RuleBroken("team_has_people")
    if dossiers:
        raise RuleBroken("team_has_dossiers", count=dossiers)


class ErasureState(StrEnum):
    """Where the question to erase a dossier stands."""

    ASKED = "asked"
    CARRIED_OUT = "carried_out"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ErasureGround(StrEnum):
    """Why a dossier should go."""

    HER_WISH = "her_wish"
    CONSENT = "consent"
    TERM = "term"


class HoldKind(StrEnum):
    """Why a dossier must stay for now."""

    COMPLAINT = "complaint"
    COURT = "court"
    SAFETY = "safety"
    ACCOUNTS = "accounts"


ERASURE_FLOW: Final = Flow(
    ErasureState.ASKED,
    steps({ErasureState.ASKED: (ErasureState.CARRIED_OUT, ErasureState.REFUSED, ErasureState.WITHDRAWN)}),
)


def check_ask_erasure(is_open: bool, is_running: bool) -> None:
    """Refuse to ask twice, or to erase while she is still helped.

    Raises:
        RuleBroken: 'erasure_open', 'erasure_running'.
    """
    if is_open:
        raise RuleBroken("erasure_open")
    if is_running:
        raise RuleBroken("erasure_running")


def check_answer_erasure(to: ErasureState, is_same_person: bool, why: str, is_held: bool) -> None:
    """Let a second person decide, refuse only with a reason, and erase nothing that must stay.

    Raises:
        RuleBroken: 'erasure_same_person', 'erasure_other_person' for a withdrawal by somebody else,
            'erasure_why', 'erasure_held'.

    Source: RET-04, RET-05, DSR-05.
    """
    is_withdrawn = to is ErasureState.WITHDRAWN
    if is_same_person is not is_withdrawn:
        raise RuleBroken("erasure_other_person" if is_withdrawn else "erasure_same_person")
    if to is ErasureState.REFUSED and not why:
        raise RuleBroken("erasure_why")
    if to is ErasureState.CARRIED_OUT and is_held:
        raise RuleBroken("erasure_held")


def check_hold(why: str, to_on: date, on: date) -> None:
    """Refuse a hold without a reason or without an end; when it must last longer it is set anew.

    Raises:
        RuleBroken: 'hold_why', 'hold_past'.
    """
    if not why:
        raise RuleBroken("hold_why")
    if to_on <= on:
        raise RuleBroken("hold_past")


def last_kept_day(ended_on: date, years: int) -> date:
    """Give the last day that a dossier is kept after the end; 29 February becomes the 28th.

    Source: RET-02.
    """
    return add_months(ended_on, 12 * years)


def answer_due(proposed_on: date, days: int) -> date:
    """Give the last day on which the receiving coordinator answers in time. Source: domain page 1.9."""
    return add_working_days(proposed_on, days)


def is_late(state: str, proposed_on: date, days: int, on: date) -> bool:
    """Tell whether a proposal waits longer than its term."""
    return state == TransferState.PROPOSED and on > answer_due(proposed_on, days)


def check_transfer(from_team: int, to_team: int, is_open: bool) -> None:
    """Refuse a proposal to the team that has the case, or beside another proposal.

    Raises:
        RuleBroken: 'transfer_same_team', 'transfer_open'.
    """
    if from_team == to_team:
        raise RuleBroken("transfer_same_team")
    if is_open:
        raise RuleBroken("transfer_open")


@dataclass(frozen=True, kw_only=True)
class TransferProposed(Event):
    """Another team was asked to take over."""

    sentence: ClassVar[str] = "Wij vroegen een ander team om u verder te begeleiden."
    transfer_id: UUID
    to_team_id: int


@dataclass(frozen=True, kw_only=True)
class TransferAnswered(Event):
    """The other team answered, or the question was taken back."""

    sentence: ClassVar[str] = "Over uw begeleiding door een ander team is besloten."
    transfer_id: UUID
    state: TransferState


@dataclass(frozen=True, kw_only=True)
class ErasureAsked(Event):
    """Somebody asked for the dossier to be erased."""

    sentence: ClassVar[str] = "Er is gevraagd om uw dossier te wissen."
    erasure_id: UUID
    ground: ErasureGround


@dataclass(frozen=True, kw_only=True)
class ErasureAnswered(Event):
    """A second person decided, or the question was taken back."""

    sentence: ClassVar[str] = "Over het wissen van uw dossier is besloten."
    erasure_id: UUID
    state: ErasureState


@dataclass(frozen=True, kw_only=True)
class HoldSet(Event):
    """The dossier must stay until a day."""

    sentence: ClassVar[str] = "Uw dossier moet nog bewaard blijven."
    hold_id: UUID
    kind: HoldKind
    to_on: date


@dataclass(frozen=True, kw_only=True)
class HoldEnded(Event):
    """The reason to keep the dossier is gone."""

    sentence: ClassVar[str] = "Uw dossier hoeft niet langer bewaard te blijven."
    hold_id: UUID


@dataclass(frozen=True, kw_only=True)
class FeedMade(Event):
    """Somebody gave her calendar a secret address."""

    sentence: ClassVar[str] = (
        "Een medewerker leest de eigen agenda nu ook op een ander apparaat, zonder namen."
    )
    feed_id: UUID


@dataclass(frozen=True, kw_only=True)
class FeedEnded(Event):
    """The secret address of a calendar stopped."""

    sentence: ClassVar[str] = "Een agenda is niet meer op een ander apparaat te lezen."
    feed_id: UUID
