"""A child's way to a visit morning: the gate of six conditions, the day itself and the return home."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from gib.core.kernel.events import Event
from gib.core.kernel.flow import Flow, steps
from gib.core.kernel.rules import RuleBroken, declare


class State(StrEnum):
    """Where one child stands for one morning. What is refused at the gate still has to come home."""

    APPLIED = "applied"
    GATE_OPEN = "gate_open"
    GATE_BLOCKED = "gate_blocked"
    INVITED = "invited"
    CONFIRMED = "confirmed"
    PICKED_UP = "picked_up"
    INSIDE = "inside"
    REFUSED_AT_GATE = "refused_at_gate"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    OVERTAKEN = "overtaken"


OFF: Final = (State.CANCELLED, State.OVERTAKEN)
FLOW: Final = Flow(
    State.APPLIED,
    steps(
        {
            State.APPLIED: (State.GATE_OPEN, State.GATE_BLOCKED, *OFF),
            State.GATE_OPEN: (State.GATE_BLOCKED, State.INVITED, *OFF),
            State.GATE_BLOCKED: (State.GATE_OPEN, *OFF),
            State.INVITED: (State.CONFIRMED, State.GATE_BLOCKED, *OFF),
            State.CONFIRMED: (State.PICKED_UP, State.INSIDE, State.GATE_BLOCKED, *OFF),
            State.PICKED_UP: (State.INSIDE, State.REFUSED_AT_GATE, State.RETURNED),
            State.INSIDE: (State.RETURNED,),
            State.REFUSED_AT_GATE: (State.RETURNED,),
        }
    ),
    # On a telephone in a corridor a wrong button is pressed: each step of the day has its way back.
    corrections=steps(
        {
            State.PICKED_UP: (State.CONFIRMED,),
            State.INSIDE: (State.PICKED_UP, State.CONFIRMED),
            State.REFUSED_AT_GATE: (State.PICKED_UP,),
            State.RETURNED: (State.INSIDE, State.REFUSED_AT_GATE, State.PICKED_UP),
        }
    ),
)
#: The child is with us: until it is handed back, this house answers for it.
AWAY: Final = frozenset({State.PICKED_UP, State.INSIDE, State.REFUSED_AT_GATE})
#: The child stands on the list of the day.
LISTED: Final = frozenset({State.INVITED, State.CONFIRMED}) | AWAY | {State.RETURNED}
BEFORE: Final = FLOW.open_states - AWAY


class Criterion(StrEnum):
    """One condition of the gate."""

    MINOR = "minor"
    CUSTODY = "custody"
    CONTACT = "contact"
    AGE_RULE = "age_rule"
    IDENTITY = "identity"
    WISH = "wish"
    DIRECTOR = "director"


class CancelReason(StrEnum):
    """Why a child does not come; the child itself may always say no."""

    CHILD = "child"
    CAREGIVER = "caregiver"
    MOTHER = "mother"
    PRISON = "prison"
    TRANSPORT = "transport"
    CHILD_GROWN = "child_grown"
    OTHER = "other"


declare(
    {
        "child_not_allowed": "Dit kind mag op die dag niet mee. Kijk bij de voorwaarden wat er ontbreekt.",
        "child_applied": "Dit kind staat al op de lijst van deze ochtend.",
        "not_the_day": "Dit kan alleen op de dag van het bezoek.",
        "handed_to_nobody": "Schrijf op aan wie u het kind hebt teruggegeven.",
    }
)


@dataclass(frozen=True)
class Gate:
    """What is known for one child, one prison and one day; unknown (None) is never good enough.

    `custody`: who decides about the child gave consent that holds on the day. `contact`: no ban, and
    every order is proven and valid; `contact_why` is the code of what holds that day. `minor`: certainly
    under 18 (invariant 16). `accompanied` and `identity` follow the rule of the prison.
    """

    minor: bool | None = None
    custody: bool | None = None
    contact: bool | None = None
    accompanied: bool | None = None
    identity: bool | None = None
    wish: bool | None = None
    director: bool | None = None
    contact_why: str = ""

    @property
    def missing(self) -> tuple[Criterion, ...]:
        """The conditions that are not met, for the coordinator; the list of the day shows only yes or no."""
        met = {
            Criterion.MINOR: self.minor,
            Criterion.CUSTODY: self.custody,
            Criterion.CONTACT: self.contact,
            Criterion.AGE_RULE: self.accompanied,
            Criterion.IDENTITY: self.identity,
            Criterion.WISH: self.wish,
            Criterion.DIRECTOR: self.director,
        }
        return tuple(criterion for criterion, is_met in met.items() if is_met is not True)

    @property
    def is_open(self) -> bool:
        """Tell whether the child may come (invariant 4)."""
        return not self.missing


def accompanied(ages: tuple[int, int] | None, accompany_age: int | None, has_escort: bool) -> bool | None:
    """Tell whether the age rule of the prison is met, by the youngest age the child can have.

    Without a rule in force, or without a known age, nobody knows.
    """
    if accompany_age is None or ages is None:
        return None
    return has_escort or ages[0] >= accompany_age


def identified(ages: tuple[int, int] | None, id_age: int | None, identity_seen: bool) -> bool | None:
    """Tell whether the identity rule of the prison is met, by the oldest age the child can have.

    Without a rule in force, or without a known age, nobody knows.
    """
    if id_age is None or ages is None:
        return None
    return identity_seen or ages[1] < id_age


def check_gate(gate: Gate) -> None:
    """Allow that a child is invited, fetched or let in.

    Raises:
        RuleBroken: 'child_not_allowed' with the conditions that are missing (invariant 4, DJI-05).
    """
    if not gate.is_open:
        raise RuleBroken("child_not_allowed", missing=gate.missing)


def gate_state(gate: Gate) -> State:
    """Give the state that the gate leads to."""
    return State.GATE_OPEN if gate.is_open else State.GATE_BLOCKED


def check_day(planned_on: date, on: date) -> None:
    """Allow fetching and letting in on the day of the visit only.

    Raises:
        RuleBroken: 'not_the_day'.
    """
    if planned_on != on:
        raise RuleBroken("not_the_day")


@dataclass(frozen=True)
class Moments:
    """When each step of the day was noted for one child; aware moments, or nothing."""

    picked_up: datetime | None = None
    inside: datetime | None = None
    refused: datetime | None = None


def step_before(state: State, seen: Moments) -> State:
    """Give where a child stood before its last step of the day, for who noted that by mistake.

    Raises:
        RuleBroken: 'illegal_move' when no step of the day was noted yet.
    """
    fetched = State.PICKED_UP if seen.picked_up else State.CONFIRMED
    home_from = State.REFUSED_AT_GATE if seen.refused else State.INSIDE if seen.inside else fetched
    before = {State.INSIDE: fetched, State.REFUSED_AT_GATE: State.PICKED_UP, State.RETURNED: home_from}
    return FLOW.correct(state, before.get(state, State.CONFIRMED))


def check_handed(handed_to: str) -> None:
    """Allow noting that a child is home only with the name of who took it.

    Raises:
        RuleBroken: 'handed_to_nobody'.
    """
    if not handed_to.strip():
        raise RuleBroken("handed_to_nobody")


def return_alarm(state: State, planned_back: datetime, now: datetime, minutes: int) -> bool:
    """Tell whether a child that was fetched should have been home for `minutes` (invariant 5).

    Args:
        planned_back: the planned moment of return, aware.
        now: the real moment, aware.
    """
    return state in AWAY and now >= planned_back + timedelta(minutes=minutes)


@dataclass(frozen=True, kw_only=True)
class ChildEvent(Event):
    """Something happened with a child and a visit morning."""

    meeting_child_id: UUID


@dataclass(frozen=True, kw_only=True)
class ChildApplied(ChildEvent):
    """The mother asked for her child."""

    sentence: ClassVar[str] = "U vroeg of uw kind op bezoek mag komen."


@dataclass(frozen=True, kw_only=True)
class GateChecked(ChildEvent):
    """The conditions were looked at."""

    sentence: ClassVar[str] = "Wij keken of uw kind op bezoek mag komen."
    is_open: bool
    missing: tuple[Criterion, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChildMoved(ChildEvent):
    """The child came one step nearer to the visit, or home again."""

    sentence: ClassVar[str] = "Er is nieuws over het bezoek van uw kind."
    to: State


@dataclass(frozen=True, kw_only=True)
class ChildCancelled(ChildEvent):
    """The child does not come."""

    sentence: ClassVar[str] = "Uw kind komt deze keer niet op bezoek."
    reason: CancelReason
