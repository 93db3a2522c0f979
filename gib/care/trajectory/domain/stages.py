"""The stages of a trajectory: where it may go from each, and what must be true before it goes."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from gib.core.kernel.dates import add_months
from gib.core.kernel.flow import Flow, steps
from gib.core.kernel.rules import RuleBroken, declare


class State(StrEnum):
    """Where a trajectory stands. Waiting for a match, for funding or near release is derived."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    ACTIVE_INSIDE = "active_inside"
    ACTIVE_OUTSIDE = "active_outside"
    TAPERING = "tapering"
    PAUSED = "paused"
    CLOSED = "closed"


#: A closed trajectory may open again for a while (`check_reopen`), so no state is final.
FLOW: Final = Flow(
    State.PROPOSED,
    steps(
        {
            State.PROPOSED: (State.AGREED, State.CLOSED),
            State.AGREED: (State.ACTIVE_INSIDE, State.ACTIVE_OUTSIDE, State.PAUSED, State.CLOSED),
            State.ACTIVE_INSIDE: (State.ACTIVE_OUTSIDE, State.PAUSED, State.CLOSED),
            State.ACTIVE_OUTSIDE: (State.TAPERING, State.PAUSED, State.CLOSED),
            State.TAPERING: (State.ACTIVE_OUTSIDE, State.PAUSED, State.CLOSED),
            State.PAUSED: (State.AGREED, State.ACTIVE_INSIDE, State.ACTIVE_OUTSIDE, State.CLOSED),
            State.CLOSED: (State.AGREED,),
        }
    ),
)
OPEN: Final = frozenset(State) - {State.CLOSED}
#: Stages in which help is given.
ACTIVE: Final = frozenset({State.ACTIVE_INSIDE, State.ACTIVE_OUTSIDE, State.TAPERING})


class CloseReason(StrEnum):
    """Why a trajectory ended."""

    GOALS_MET = "goals_met"
    HANDED_OVER = "handed_over"
    OWN_WISH = "own_wish"
    OUT_OF_REACH = "out_of_reach"
    MOVED_AWAY = "moved_away"
    NOT_FUNDED = "not_funded"
    ABROAD = "abroad"
    PRISON_WITHOUT_GIB = "prison_without_gib"
    SAFETY = "safety"
    DIED = "died"


class PauseReason(StrEnum):
    """Why help rests for a while; the trajectory stays open."""

    RE_DETENTION = "re_detention"
    ILLNESS = "illness"
    UNREACHABLE = "unreachable"
    OTHER = "other"


#: Defaults; a dated legal value of the same key goes before each. Source: domain page 1.1, 3.
NORMS: Final = {
    "release_near_weeks": 12,
    "reopen_months": 6,
    "review_due_weeks": 8,
    "review_overdue_weeks": 13,
    "stalled_days": 42,
    "cover_warning_days": 28,
    "outreach_days": 42,
}

declare(
    {
        "trajectory_open": "Deze moeder heeft al een lopend traject.",
        "trajectory_reopen": ("Haar vorige traject is kort geleden gesloten. Open dat opnieuw."),
        "trajectory_not_open": "Dit traject is gesloten. Open het eerst opnieuw.",
        "support_missing": "Zij heeft nog geen toestemming gegeven voor hulp door ons. Vraag die eerst.",
        "goal_missing": "Er staat nog geen doel in haar eigen woorden. Schrijf eerst op wat zij wil.",
        "not_inside": "Zij is niet in detentie. Start het traject thuis.",
        "not_released": "Zij is nog niet vrij. Dit kan pas na haar vrijlating.",
        "not_covered": "Niemand betaalt nog voor de hulp thuis. Vraag de gemeente, of kies eigen middelen.",
        "let_go_trail": (
            "Niet betaald kan alleen met een afgewezen of onbeantwoorde aanvraag. Leg eerst de aanvraag vast."
        ),
        "let_go_stays": (
            "Zij is losgelaten omdat niemand betaalde. Dat blijft zo staan. Maak een nieuw traject."
        ),
        "let_go_municipality": "Vul eerst in naar welke gemeente zij teruggaat.",
        "reopen_too_late": "Dit traject is langer dan {months} maanden gesloten. Maak een nieuw traject.",
    }
)


def release_near(expected_on: date | None, on: date, weeks: int = NORMS["release_near_weeks"]) -> bool:
    """Tell whether the release is expected within some weeks; a day that has passed is near too."""
    return expected_on is not None and expected_on <= on + timedelta(weeks=weeks)


def waits_for_funding(state: State, is_released: bool, is_covered: bool) -> bool:
    """Tell whether help at home stands still because nobody pays yet."""
    return state in OPEN and is_released and not is_covered


def is_stalled(state: State, moved_on: date, on: date, days: int = NORMS["stalled_days"]) -> bool:
    """Tell whether nothing moved in an open trajectory for longer than `days`; a pause is on purpose."""
    return state in OPEN - {State.PAUSED} and (on - moved_on).days > days


def may_reopen(closed_on: date, on: date, months: int = NORMS["reopen_months"]) -> bool:
    """Tell whether a closed trajectory may open again; later she gets a new one that points to it."""
    return on <= add_months(closed_on, months)


def begins_anew(opened_on: date, detained_on: date | None) -> bool:
    """Tell whether a new plan may follow a closed one at once: she is held again since that one was made.

    Args:
        detained_on: since when she is held now, if she is.

    Source: domain page 1.9, re-detention: a new trajectory that is linked to the old one.
    """
    return detained_on is not None and detained_on > opened_on


def check_propose(
    has_open: bool, last_closed_on: date | None, on: date, months: int = NORMS["reopen_months"]
) -> None:
    """Allow a new trajectory; `months` is how long the old one may still reopen.

    Args:
        last_closed_on: when the last one closed, unless a new one may follow it at once.

    Raises:
        RuleBroken: 'trajectory_open'; 'trajectory_reopen' as long as the old one may reopen.
    """
    if has_open:
        raise RuleBroken("trajectory_open")
    if last_closed_on is not None and may_reopen(last_closed_on, on, months):
        raise RuleBroken("trajectory_reopen")


def check_consent(has_consent: bool) -> None:
    """Allow a trajectory for who gave consent for help by this house.

    Raises:
        RuleBroken: 'support_missing' (CON-01).
    """
    if not has_consent:
        raise RuleBroken("support_missing")


def resumes_as(was_started: bool, is_detained: bool) -> State:
    """Tell in which state a paused trajectory goes on: as agreed when it never began, else where she is."""
    if not was_started:
        return State.AGREED
    return State.ACTIVE_INSIDE if is_detained else State.ACTIVE_OUTSIDE


def check_agree(has_consent: bool, has_goal: bool) -> None:
    """Allow that she agrees with her plan: consent for help is given and a goal of hers is written down.

    Raises:
        RuleBroken: 'support_missing' (CON-01), 'goal_missing' (help follows her wishes).
    """
    check_consent(has_consent)
    if not has_goal:
        raise RuleBroken("goal_missing")


def check_inside(is_detained: bool) -> None:
    """Allow help inside.

    Raises:
        RuleBroken: 'not_inside'.
    """
    if not is_detained:
        raise RuleBroken("not_inside")


def check_outside(is_released: bool, is_covered: bool) -> None:
    """Allow help at home: she is free, and a municipality, another payer or own means cover it.

    Raises:
        RuleBroken: 'not_released', 'not_covered'.
    """
    if not is_released:
        raise RuleBroken("not_released")
    if not is_covered:
        raise RuleBroken("not_covered")


def check_close(reason: CloseReason, municipality: str | None, trail_id: UUID | None) -> None:
    """Allow closing; letting her go for want of money needs a municipality and the trail of a request.

    Raises:
        RuleBroken: 'let_go_municipality', 'let_go_trail' (invariant 8).
    """
    if reason is not CloseReason.NOT_FUNDED:
        return
    if not municipality:
        raise RuleBroken("let_go_municipality")
    if trail_id is None:
        raise RuleBroken("let_go_trail")


def check_reopen(
    closed_on: date, on: date, months: int = NORMS["reopen_months"], *, was_let_go: bool = False
) -> None:
    """Allow reopening; that she was let go for want of money stays as it was counted, and a new plan follows.

    Raises:
        RuleBroken: 'let_go_stays', 'reopen_too_late'.
    """
    if was_let_go:
        raise RuleBroken("let_go_stays")
    if not may_reopen(closed_on, on, months):
        raise RuleBroken("reopen_too_late", months=months)


def check_stage(state: State | str, only: State) -> None:
    """Allow a step that belongs to one stage: her yes to a proposal, going on after a pause, reopening.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    if State(state) is not only:
        raise RuleBroken("illegal_move", now=str(state), to=str(only))


def check_open(state: State | str) -> None:
    """Allow work on the plan of an open trajectory.

    Raises:
        RuleBroken: 'trajectory_not_open'.
    """
    if State(state) not in OPEN:
        raise RuleBroken("trajectory_not_open")
