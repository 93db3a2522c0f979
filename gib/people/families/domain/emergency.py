"""Emergency access: an hour in one dossier that is not one's own, with a reason, judged by somebody else."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from gib.core.kernel.events import Event
from gib.core.kernel.rules import RuleBroken, declare

#: How long a look lasts, how soon it is judged, and how much a reason says at least.
MINUTES: Final = 60
REVIEW_HOURS: Final = 72
LEAST_REASON: Final = 20

declare(
    {
        "emergency_unknown": "Dit nummer kennen wij niet. Vraag het nummer na en typ het over.",
        "emergency_reason_short": "Schrijf in minstens {least} tekens waarom dit niet kan wachten.",
        "emergency_not_needed": "Dit dossier is van uw eigen team. U kunt het gewoon openen.",
        "emergency_unreviewed": (
            "Uw vorige noodtoegang is na {hours} uur nog niet beoordeeld. "
            "Vraag de privacyfunctionaris daarom."
        ),
        "emergency_running": "Deze noodtoegang loopt nog. Beoordeel haar als zij voorbij is.",
        "emergency_reviewed": "Deze noodtoegang is al beoordeeld.",
        "emergency_own": "Dit was uw eigen noodtoegang. Iemand anders moet haar beoordelen.",
    }
)


class EmergencyCategory(StrEnum):
    """Why it could not wait, in one word."""

    CHILD_SAFETY = "child_safety"
    MOTHER_SAFETY = "mother_safety"
    HEALTH = "health"
    ABSENCE = "absence"
    OTHER = "other"


class Finding(StrEnum):
    """What the privacy officer finds of a look."""

    NEEDED = "needed"
    DOUBTFUL = "doubtful"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, kw_only=True)
class NewEmergency:
    """Which dossier, by the number that is said on the phone, and why."""

    number: str
    category: EmergencyCategory
    reason: str


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """The finding with what the privacy officer noted."""

    finding: Finding
    remark: str = ""


def check_open(reason: str, is_own_team: bool, unreviewed_since: datetime | None, at: datetime) -> None:
    """Let somebody look who says why, who has no other way, and whose earlier look was judged in time.

    Args:
        unreviewed_since: when the oldest own look began that nobody judged yet.

    Raises:
        RuleBroken: 'emergency_reason_short', 'emergency_not_needed', 'emergency_unreviewed'.

    Source: security page, D9.
    """
    if len(" ".join(reason.split())) < LEAST_REASON:
        raise RuleBroken("emergency_reason_short", least=LEAST_REASON)
    if is_own_team:
        raise RuleBroken("emergency_not_needed")
    if unreviewed_since is not None and is_late(unreviewed_since, at):
        raise RuleBroken("emergency_unreviewed", hours=REVIEW_HOURS)


def ends_at(began_at: datetime) -> datetime:
    """Give the moment from which a look is over."""
    return began_at + timedelta(minutes=MINUTES)


def is_late(began_at: datetime, at: datetime) -> bool:
    """Tell whether a look that nobody judged should have been by now."""
    return at >= began_at + timedelta(hours=REVIEW_HOURS)


def check_review(is_over: bool, is_reviewed: bool, is_own: bool) -> None:
    """Let a look be judged once, when it is over, by somebody else.

    Raises:
        RuleBroken: 'emergency_running', 'emergency_reviewed', 'emergency_own'.
    """
    if is_own:
        raise RuleBroken("emergency_own")
    if is_reviewed:
        raise RuleBroken("emergency_reviewed")
    if not is_over:
        raise RuleBroken("emergency_running")


@dataclass(frozen=True, kw_only=True)
class EmergencyOpened(Event):
    """Somebody outside the team looks into the dossier for at most an hour."""

    sentence: ClassVar[str] = (
        "In een noodgeval mocht iemand buiten uw team in uw dossier kijken, hoogstens een uur."
    )
    emergency_id: UUID
    category: EmergencyCategory


@dataclass(frozen=True, kw_only=True)
class EmergencyEnded(Event):
    """The look was closed before its hour was over."""

    sentence: ClassVar[str] = "Het kijken in uw dossier in een noodgeval is gestopt."
    emergency_id: UUID


@dataclass(frozen=True, kw_only=True)
class EmergencyReviewed(Event):
    """The privacy officer judged whether the look was needed."""

    sentence: ClassVar[str] = "Wij keken na of het nodig was dat iemand in een noodgeval in uw dossier keek."
    emergency_id: UUID
    finding: Finding
