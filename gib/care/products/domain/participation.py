"""Her part in one product: from wish to end, and what must be true before it is planned or begins."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from gib.care.products.domain.match import EndReason
from gib.care.trajectory import domain as trajectory
from gib.core.kernel.flow import Flow, steps
from gib.core.kernel.rules import RuleBroken, declare
from gib.people.partners.domain import Product


class State(StrEnum):
    """Where her part in a product stands. Waiting for a match, or paused by a transfer, is derived."""

    WISHED = "wished"
    OFFERED = "offered"
    DECLINED = "declined"
    PLANNED = "planned"
    RUNNING = "running"
    COMPLETED = "completed"
    PARTLY_COMPLETED = "partly_completed"
    STOPPED_BY_MOTHER = "stopped_by_mother"
    ENDED_BY_RELEASE = "ended_by_release"
    ENDED_BY_TRANSFER = "ended_by_transfer"
    ENDED_BY_PRISON = "ended_by_prison"
    CANCELLED = "cancelled"


_LEFT: Final = (State.ENDED_BY_RELEASE, State.ENDED_BY_TRANSFER)
_CAUSED: Final = (*_LEFT, State.ENDED_BY_PRISON)

FLOW: Final = Flow(
    State.WISHED,
    steps(
        {
            State.WISHED: (State.OFFERED, State.CANCELLED, *_CAUSED),
            State.OFFERED: (State.PLANNED, State.DECLINED, State.CANCELLED, *_CAUSED),
            State.PLANNED: (State.RUNNING, State.CANCELLED, *_CAUSED),
            State.RUNNING: (
                State.COMPLETED,
                State.PARTLY_COMPLETED,
                State.STOPPED_BY_MOTHER,
                State.CANCELLED,
                *_CAUSED,
            ),
        }
    ),
    # What the list of who came says in the end decides, also when her part had ended by then.
    corrections=steps(
        {
            State.COMPLETED: (State.PLANNED, State.CANCELLED, State.PARTLY_COMPLETED, *_LEFT),
            State.PARTLY_COMPLETED: (State.COMPLETED, *_LEFT),
            State.ENDED_BY_RELEASE: (State.COMPLETED, State.PARTLY_COMPLETED),
            State.ENDED_BY_TRANSFER: (State.COMPLETED, State.PARTLY_COMPLETED),
        }
    ),
)


class Cause(StrEnum):
    """What may end a product from outside: she is free, she was moved, or the prison stops it."""

    RELEASE = "release"
    TRANSFER = "transfer"
    PRISON = "prison"


class StopReason(StrEnum):
    """Why she stops, or why it is called off; a reason is never required of her."""

    NOT_SAID = "not_said"
    NO_TIME = "no_time"
    NOT_FITTING = "not_fitting"
    NOT_WELL = "not_well"
    NO_VOLUNTEER = "no_volunteer"
    NO_PLACE = "no_place"
    OUT_OF_REACH = "out_of_reach"
    TRAJECTORY_CLOSED = "trajectory_closed"
    CHILD_GROWN = "child_grown"
    OTHER = "other"


#: Products that take place in a prison.
INSIDE: Final = frozenset(Product) - {Product.MOEDERMAATJES}
#: Products for which one volunteer is matched to one mother; the first two cannot begin without.
MATCHED: Final = frozenset({Product.BEZOEKMOEDERS, Product.MOEDERMAATJES, Product.IK_JIJ_WIJ})
#: What release, transfer or the prison does to a product. Absent: it goes on, or rests until it can.
_ENDS: Final[Mapping[Cause, frozenset[Product]]] = {
    Cause.RELEASE: INSIDE,
    Cause.TRANSFER: frozenset({Product.IK_JIJ_WIJ}),
    Cause.PRISON: INSIDE,
}
_ENDED_BY: Final = {
    Cause.RELEASE: State.ENDED_BY_RELEASE,
    Cause.TRANSFER: State.ENDED_BY_TRANSFER,
    Cause.PRISON: State.ENDED_BY_PRISON,
}
#: Why the match of a part ends with it, where a person ends the part.
MATCH_ENDS: Final[Mapping[State, EndReason]] = {
    State.COMPLETED: EndReason.PLANNED,
    State.PARTLY_COMPLETED: EndReason.PLANNED,
    State.STOPPED_BY_MOTHER: EndReason.BY_MOTHER,
    State.CANCELLED: EndReason.BY_COORDINATOR,
}
#: What becomes of a running product when the trajectory closes for a reason.
_ON_CLOSE: Final[Mapping[trajectory.CloseReason, State]] = {
    trajectory.CloseReason.GOALS_MET: State.COMPLETED,
    trajectory.CloseReason.HANDED_OVER: State.COMPLETED,
    trajectory.CloseReason.OWN_WISH: State.STOPPED_BY_MOTHER,
    trajectory.CloseReason.OUT_OF_REACH: State.STOPPED_BY_MOTHER,
}

declare(
    {
        "trajectory_not_agreed": "Zij heeft nog geen ja gezegd tegen het traject, of het staat stil.",
        "farewell_missing": "De hulp thuis loopt nog. Neem eerst afscheid, onder Plan.",
        "product_open": "Zij heeft dit onderdeel al op haar lijst staan.",
        "asked_too_soon": "Zij wil hier niet over gevraagd worden voor {day}.",
        "release_unknown": "Vul eerst in wanneer zij naar verwachting vrijkomt. De cursus hangt daarvan af.",
        "no_child_ready": "Geen van haar kinderen mag nu mee. Maak eerst voor een kind alles in orde.",
        "prison_only_inside": "Dit onderdeel is niet in de inrichting. De inrichting kan het niet stoppen.",
        "no_match": "Er is nog geen vrijwilliger met wie zij heeft kennisgemaakt.",
        "series_paused": "Zij is nu op een andere plek. Ga daar eerst verder met de bezoeken.",
        "home_rests": "Zij zit weer vast. De hulp thuis rust tot zij vrij is.",
        "not_paused": "Deze bezoeken lopen al op de plek waar zij nu is.",
    }
)


@dataclass(frozen=True)
class Facts:
    """What must be known about a mother before a product is planned or begins."""

    trajectory: trajectory.State
    has_consent: bool
    has_goal: bool
    is_detained: bool
    is_covered: bool = False
    release_known: bool = False
    child_ready: bool = False
    has_match: bool = False


def _agreed(facts: Facts) -> None:
    if facts.trajectory not in trajectory.ACTIVE | {trajectory.State.AGREED}:
        raise RuleBroken("trajectory_not_agreed")
    if not facts.has_consent:
        raise RuleBroken("support_missing")


def _wanted(facts: Facts) -> None:
    if not facts.has_goal:
        raise RuleBroken("goal_missing")


def _inside(facts: Facts) -> None:
    trajectory.check_inside(facts.is_detained)


def _outside(facts: Facts) -> None:
    trajectory.check_outside(not facts.is_detained, facts.is_covered)


def _release_known(facts: Facts) -> None:
    if not facts.release_known:
        raise RuleBroken("release_unknown")


def _child_ready(facts: Facts) -> None:
    if not facts.child_ready:
        raise RuleBroken("no_child_ready")


def _matched(facts: Facts) -> None:
    if not facts.has_match:
        raise RuleBroken("no_match")


_Guards = tuple[Callable[[Facts], None], ...]
_PLAN: Final[Mapping[Product, _Guards]] = {
    Product.MOEDER_DE_GANS: (_agreed, _inside),
    Product.BEZOEKMOEDERS: (_agreed, _wanted, _inside),
    Product.MOEDER_KIND_BEZOEKEN: (_agreed, _wanted, _inside),
    Product.IK_JIJ_WIJ: (_agreed, _wanted, _inside, _release_known),
    Product.MOEDERMAATJES: (_agreed, _wanted),
}
_START: Final[Mapping[Product, _Guards]] = {
    Product.MOEDER_DE_GANS: (_agreed, _inside),
    Product.BEZOEKMOEDERS: (_agreed, _inside, _matched),
    Product.MOEDER_KIND_BEZOEKEN: (_agreed, _inside, _child_ready),
    Product.IK_JIJ_WIJ: (_agreed, _inside, _release_known),
    Product.MOEDERMAATJES: (_agreed, _outside, _matched),
}


def check_plan(product: Product, facts: Facts) -> None:
    """Allow that a product is planned for her.

    Raises:
        RuleBroken: 'trajectory_not_agreed', 'support_missing', 'goal_missing', 'not_inside',
        'release_unknown'.

    Source: domain page 3, product participation.
    """
    for guard in _PLAN[product]:
        guard(facts)


def check_start(product: Product, facts: Facts) -> None:
    """Allow that a product begins.

    Raises:
        RuleBroken: those of planning, and 'no_match', 'no_child_ready', 'not_released', 'not_covered'.

    Source: domain page 3, product participation; FIN-01.
    """
    for guard in _START[product]:
        guard(facts)


def may_start(product: Product, facts: Facts) -> bool:
    """Tell whether a product may begin by itself, with the act that shows that it began.

    Source: decision 39.
    """
    try:
        check_start(product, facts)
    except RuleBroken:
        return False
    return True


def check_offer(ask_again_on: date | None, on: date) -> None:
    """Allow offering a product that she declined before, from the day on which she may be asked again.

    Raises:
        RuleBroken: 'asked_too_soon'.
    """
    if ask_again_on is not None and on < ask_again_on:
        raise RuleBroken("asked_too_soon", day=f"{ask_again_on:%d-%m-%Y}")


def is_late_for_moeder_de_gans(detained_since: date | None, on: date, weeks: int) -> bool:
    """Tell whether she is inside too long for a meeting for new women: a warning, no refusal."""
    return detained_since is not None and on > detained_since + timedelta(weeks=weeks)


def end_state(product: Product, cause: Cause, now: State, attended: int = 0, needed: int = 0) -> State | None:
    """Decide what release, transfer or the prison makes of her part in a product.

    Args:
        product: which of the five.
        cause: what happened.
        now: her state.
        attended: course sessions she attended; `needed`: the number that completes the course.

    Returns: the state it ends in, or None when it goes on (or rests until she can be visited again).
    A running course counts as completed or partly completed by the sessions she attended.
    """
    if product not in _ENDS[cause] or FLOW.is_final(now):
        return None
    if product is Product.IK_JIJ_WIJ and now is State.RUNNING and attended:
        return course_end(attended, needed)
    return _ENDED_BY[cause]


def check_prison(product: Product) -> None:
    """Allow that the prison ends what takes place inside.

    Raises:
        RuleBroken: 'prison_only_inside'.
    """
    if product not in _ENDS[Cause.PRISON]:
        raise RuleBroken("prison_only_inside")


def course_end(attended: int, needed: int) -> State:
    """Tell how a course ended for her by the number of sessions she attended."""
    return State.COMPLETED if attended >= needed else State.PARTLY_COMPLETED


def end_with_trajectory(now: State, reason: trajectory.CloseReason) -> State:
    """Decide what the end of the trajectory makes of an open part in a product."""
    return _ON_CLOSE.get(reason, State.CANCELLED) if now is State.RUNNING else State.CANCELLED


def check_complete(product: Product, state: State, has_farewell: bool) -> None:
    """Let help at home that goes on be rounded off only with a farewell.

    Raises:
        RuleBroken: 'farewell_missing'.

    Source: domain page 1.6, phase farewell.
    """
    if product is Product.MOEDERMAATJES and state is State.RUNNING and not has_farewell:
        raise RuleBroken("farewell_missing")


def is_drop_out(state: State, started_on: date | None) -> bool:
    """Tell whether she dropped out: she began and stopped herself.

    Release, transfer and the prison never count, nor does what never began (invariant 15).
    """
    return state is State.STOPPED_BY_MOTHER and started_on is not None


def is_paused(state: State, product: Product, series_prison: str | None, prison: str | None) -> bool:
    """Tell whether what runs rests: a series inside since she sits elsewhere, help at home since she is held.

    Args:
        series_prison: where it runs; `prison`: where she is held, None when she is free.
    """
    if state is not State.RUNNING or prison is None:
        return False
    return product not in INSIDE or prison != series_prison


def check_at_home(is_resting: bool) -> None:
    """Keep a visit to the home of a mother who is held again from being planned.

    Raises:
        RuleBroken: 'home_rests'.

    Source: domain page 1.6, 1.9: re-detention pauses.
    """
    if is_resting:
        raise RuleBroken("home_rests")


def waits_for_match(state: State, product: Product, has_open_match: bool) -> bool:
    """Tell whether she waits for a volunteer."""
    return product in MATCHED and state in (State.PLANNED, State.RUNNING) and not has_open_match


def waits_long(since: date, on: date, days: int) -> bool:
    """Tell whether she waits for a volunteer longer than `days`, since it was planned or the last left."""
    return on > since + timedelta(days=days)
