"""Rules of the acts that cross all slices: handing a whole case to another team."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from gib.core.kernel.dates import add_working_days
from gib.core.kernel.events import Event
from gib.core.kernel.flow import Flow, steps
from gib.core.kernel.rules import RuleBroken, declare

declare(
    {
        "transfer_open": "Er loopt al een voorstel om dit dossier over te dragen.",
        "team_has_people": "Bij dit team horen nog mensen. Eindig eerst hun toegang.",
        "team_has_dossiers": "Bij dit team horen nog {count} dossiers. Draag ze eerst over.",
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
