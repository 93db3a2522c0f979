"""A need that somebody notices: how urgent it is, who weighs it by when, and what is decided with her."""

from datetime import date
from enum import StrEnum
from typing import Final

from gib.core.kernel.dates import add_working_days
from gib.core.kernel.flow import Flow, steps
from gib.core.kernel.rules import RuleBroken, declare

declare(
    {
        "signal_must_be_safety": (
            "Dit gaat over veiligheid. Kies de meldcode: u beslist daar samen met een tweede persoon."
        ),
        "signal_is_safety": "Dit loopt via de meldcode. Leg het gesprek daar vast.",
        "signal_no_handover": "Bereid eerst de overdracht voor, of leg vast dat zij dit niet wil.",
        "signal_safety_open": "De meldcode loopt nog. Rond die eerst af.",
        "signal_words": "Schrijf op wat u zag of hoorde.",
    }
)


class NeedKind(StrEnum):
    """What the need is about."""

    DEBT = "debt"
    YOUTH_CARE = "youth_care"
    MENTAL_HEALTH = "mental_health"
    HOUSING = "housing"
    INCOME = "income"
    CHILD_SAFETY = "child_safety"
    OTHER = "other"


class Urgency(StrEnum):
    """How soon somebody must act: talk about it, arrange help, or somebody is unsafe now."""

    TALK = "talk"
    HELP = "help"
    UNSAFE = "unsafe"


class Source(StrEnum):
    """Whose observation it is."""

    VOLUNTEER = "volunteer"
    COORDINATOR = "coordinator"
    MOTHER = "mother"


class SignalState(StrEnum):
    """What was done with a signal. That it waits too long is derived."""

    RAISED = "raised"
    TRIAGED = "triaged"
    DISCUSSED = "discussed"
    CLOSED = "closed"


class Decision(StrEnum):
    """What the coordinator decides when she weighs a signal."""

    NO_ACTION = "no_action"
    WATCH = "watch"
    ADVICE = "advice"
    HANDOVER = "handover"
    SAFETY = "safety"


SIGNAL_FLOW: Final = Flow(
    SignalState.RAISED,
    steps(
        {
            SignalState.RAISED: (SignalState.TRIAGED,),
            SignalState.TRIAGED: (SignalState.DISCUSSED, SignalState.CLOSED),
            SignalState.DISCUSSED: (SignalState.CLOSED,),
        }
    ),
)


def is_about_safety(kind: str, urgency: str) -> bool:
    """Tell whether a signal belongs in the reporting code from its first moment."""
    return kind == NeedKind.CHILD_SAFETY or urgency == Urgency.UNSAFE


def is_quiet(kind: str, urgency: str, decision: str) -> bool:
    """Tell whether a signal stays out of what she and others read of her dossier (invariant 19)."""
    return is_about_safety(kind, urgency) or decision == Decision.SAFETY


def triage_due(kind: str, urgency: str, raised_on: date, working_days: int) -> date:
    """Give the last day to weigh a signal: the same day when somebody may be unsafe.

    Args:
        working_days: the term for all others, after the day it was raised.
    """
    return raised_on if is_about_safety(kind, urgency) else add_working_days(raised_on, working_days)


def check_words(words: str) -> None:
    """Refuse a signal that tells nothing.

    Raises:
        RuleBroken: 'signal_words'.
    """
    if not words.strip():
        raise RuleBroken("signal_words")


def check_triage(kind: str, urgency: str, decision: Decision) -> None:
    """Let nobody wave away alone what is about safety.

    Raises:
        RuleBroken: 'signal_must_be_safety'. Source: domain page 1.9, unsafe situation of a child.
    """
    if is_about_safety(kind, urgency) and decision is not Decision.SAFETY:
        raise RuleBroken("signal_must_be_safety")


def check_discuss(decision: str) -> None:
    """Keep the talk about safety inside the reporting code.

    Raises:
        RuleBroken: 'signal_is_safety'.
    """
    if decision == Decision.SAFETY:
        raise RuleBroken("signal_is_safety")


def check_close(decision: str, is_followed: bool) -> None:
    """Let a signal end only when what was decided was done.

    Args:
        is_followed: a handover was prepared or she does not want it; or the reporting code was closed.

    Raises:
        RuleBroken: 'signal_no_handover', 'signal_safety_open'.
    """
    codes = {Decision.HANDOVER: "signal_no_handover", Decision.SAFETY: "signal_safety_open"}
    if not is_followed and decision in codes:
        raise RuleBroken(codes[Decision(decision)])
