"""Volunteers: the states of their life here, how they stand on a day, and what is recorded of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from gib.core.kernel.events import Event
from gib.core.kernel.flow import Flow, steps
from gib.core.kernel.rules import declare
from gib.people.volunteers.domain.requirements import Papers, Requirement, missing

declare({"volunteer_age": "Een vrijwilliger is ten minste 18 jaar."})


class State(StrEnum):
    """What a person decided about a volunteer; whether she may work today is derived, never stored."""

    INTERESTED = "interested"
    INTERVIEW = "interview"
    SCREENING = "screening"
    TRAINING = "training"
    AVAILABLE = "available"
    ON_LEAVE = "on_leave"
    SUSPENDED = "suspended"
    LEAVING = "leaving"
    LEFT = "left"
    REJECTED = "rejected"


#: Who is not with us any more, or never came.
GONE: Final = (State.LEFT, State.REJECTED)
_STOPS: Final = (State.SUSPENDED, State.LEAVING, State.REJECTED)

FLOW: Final = Flow(
    State.INTERESTED,
    steps(
        {
            State.INTERESTED: (State.INTERVIEW, State.REJECTED, State.LEAVING),
            State.INTERVIEW: (State.SCREENING, State.REJECTED, State.LEAVING),
            State.SCREENING: (State.TRAINING, *_STOPS),
            State.TRAINING: (State.AVAILABLE, *_STOPS),
            State.AVAILABLE: (State.ON_LEAVE, State.SUSPENDED, State.LEAVING),
            State.ON_LEAVE: (State.AVAILABLE, State.SUSPENDED, State.LEAVING),
            State.SUSPENDED: (State.AVAILABLE, State.LEAVING),
            State.LEAVING: (State.LEFT,),
        }
    ),
)


class Status(StrEnum):
    """How a volunteer stands on a day: it follows from what people decided and from what is in order."""

    PROSPECTIVE = "prospective"
    APPROVED = "approved"
    ONBOARDED = "onboarded"
    EXPIRED = "expired"
    PAUSED = "paused"
    ENDED = "ended"
    REFUSED = "refused"


#: What follows from the state alone; the other states depend on what is in order.
_STATUS: Final[Mapping[State, Status]] = {
    State.ON_LEAVE: Status.PAUSED,
    State.SUSPENDED: Status.PAUSED,
    State.LEAVING: Status.ENDED,
    State.LEFT: Status.ENDED,
    State.REJECTED: Status.REFUSED,
}
#: With these somebody is approved, and may be trained among people.
SCREENED: Final = frozenset(
    {Requirement.VOG_84, Requirement.VOG_85, Requirement.AGREEMENT, Requirement.CODE_OF_CONDUCT}
)


@dataclass(frozen=True)
class Stand:
    """A state from `from_on` up to and including `to_on`; the newest has no last day."""

    state: State
    from_on: date
    to_on: date | None = None


def state_on(stands: Iterable[Stand], on: date) -> State | None:
    """Give the state of a day, the last one of that day; nothing before she came."""
    held = [one for one in stands if one.from_on <= on and (one.to_on is None or on <= one.to_on)]
    return held[-1].state if held else None


def status_of(state: State, papers: Papers, on: date) -> Status:
    """Work out how a volunteer stands on a day.

    Source: invariant 3; domain page 3: nobody is available without what everybody needs.
    """
    lacks = missing(papers, on)
    if state is State.AVAILABLE:
        return Status.EXPIRED if lacks else Status.ONBOARDED
    return _STATUS.get(state) or (Status.PROSPECTIVE if SCREENED.intersection(lacks) else Status.APPROVED)


class LeaveReason(StrEnum):
    """Why a volunteer stops."""

    OWN_WISH = "own_wish"
    MOVED = "moved"
    TIME = "time"
    ENDED_BY_US = "ended_by_us"
    DIED = "died"


@dataclass(frozen=True, kw_only=True)
class VolunteerEvent(Event):
    """A fact about one volunteer."""

    volunteer_id: UUID


@dataclass(frozen=True, kw_only=True)
class VolunteerRegistered(VolunteerEvent):
    """A volunteer was written in."""

    sentence: ClassVar[str] = "Er is een vrijwilliger ingeschreven."
    since_on: date
    team_id: int


@dataclass(frozen=True, kw_only=True)
class VolunteerTakenBack(VolunteerEvent):
    """A volunteer who came in with a sheet was taken back."""

    sentence: ClassVar[str] = "De inschrijving van een vrijwilliger is teruggedraaid."


@dataclass(frozen=True, kw_only=True)
class VolunteerMoved(VolunteerEvent):
    """A volunteer went to another state."""

    state: State
    sentence: ClassVar[str] = "De stand van een vrijwilliger is veranderd."


@dataclass(frozen=True, kw_only=True)
class VolunteerChanged(VolunteerEvent):
    """What is known of a volunteer was corrected."""

    sentence: ClassVar[str] = "De gegevens van een vrijwilliger zijn verbeterd."


@dataclass(frozen=True, kw_only=True)
class RequirementSeen(VolunteerEvent):
    """A requirement was seen to be in order."""

    requirement: Requirement
    to_on: date | None
    sentence: ClassVar[str] = "Van een vrijwilliger is een papier of training gezien."


@dataclass(frozen=True, kw_only=True)
class RequirementWaived(VolunteerEvent):
    """Somebody may do without a requirement for a while."""

    requirement: Requirement
    to_on: date
    sentence: ClassVar[str] = "Een vrijwilliger kreeg voor een tijd vrijstelling van een training of gesprek."


@dataclass(frozen=True, kw_only=True)
class WaiverEnded(VolunteerEvent):
    """An exemption ends earlier than it was given."""

    requirement: Requirement
    sentence: ClassVar[str] = "De vrijstelling van een vrijwilliger is eerder geëindigd."


@dataclass(frozen=True, kw_only=True)
class PermitGranted(VolunteerEvent):
    """A prison lets a volunteer in."""

    prison: str
    sentence: ClassVar[str] = "Een vrijwilliger kreeg toegang tot een inrichting."


@dataclass(frozen=True, kw_only=True)
class PermitEnded(VolunteerEvent):
    """A prison lets a volunteer in no longer."""

    prison: str
    sentence: ClassVar[str] = "De toegang van een vrijwilliger tot een inrichting is geëindigd."


#: What happens in the one act by which a sheet writes a volunteer in.
WRITING_IN: Final = (VolunteerRegistered, RequirementSeen, PermitGranted, VolunteerMoved)
