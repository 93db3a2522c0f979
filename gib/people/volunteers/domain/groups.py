"""Training groups: their days, who joins, who came, and who passes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from gib.core.kernel.events import Event
from gib.core.kernel.rules import RuleBroken, declare
from gib.people.partners.domain import Product
from gib.people.volunteers.domain.volunteer import VolunteerEvent

declare(
    {
        "training_days_wrong": "Schrijf één tot {most} verschillende dagen op.",
        "training_full": "Deze training is vol.",
        "training_over": "Deze training is al voorbij.",
        "training_not_over": "De laatste dag van deze training is op {last}. Rond daarna af.",
        "training_day_ahead": "Deze dag is op {day}. Vul daarna in wie er was.",
        "trainee_known": "Zij doet al mee met deze training.",
        "trainee_left": "Zij doet niet meer mee.",
        "trainee_never_came": "Wie nooit kwam, kan niet slagen. Vul eerst in wie er was.",
        "trainee_gone": "Zij is geen vrijwilliger meer.",
    }
)

MOST_DAYS: Final = 12
#: What can be learned in a group, by the code of the requirement that it fulfils.
TAUGHT: Final = (
    "basic_training",
    "reporting_code",
    *(f"training_{product}" for product in Product),
)


class Trainer(StrEnum):
    """Who leads a training; no name, so that the plan of a team names nobody."""

    COORDINATOR = "coordinator"
    COLLEAGUE = "colleague"
    PARTNER = "partner"


class Outcome(StrEnum):
    """How a training ended for somebody; while it runs there is none."""

    PASSED = "passed"
    NOT_PASSED = "not_passed"
    STOPPED = "stopped"


@dataclass(frozen=True)
class NewTraining:
    """A training to plan: its days in any order, the time at which each begins, and a room."""

    requirement: str
    days: tuple[date, ...]
    at: time
    room: str
    trainer: Trainer = Trainer.COORDINATOR
    places: int = 12


def check_days(days: Collection[date]) -> None:
    """Refuse a training without days, with too many, or with one day twice.

    Raises:
        RuleBroken: 'training_days_wrong'.
    """
    if not 0 < len(days) <= MOST_DAYS or len(set(days)) < len(days):
        raise RuleBroken("training_days_wrong", most=MOST_DAYS)


def check_join(taken: int, places: int, last_on: date, on: date, *, is_in: bool, is_gone: bool) -> None:
    """Refuse who cannot join: the group is full or over, she is in it already, or she left us.

    Raises:
        RuleBroken: 'trainee_gone', 'trainee_known', 'training_over', 'training_full'.
    """
    reasons = {
        "trainee_gone": is_gone,
        "trainee_known": is_in,
        "training_over": last_on < on,
        "training_full": taken >= places,
    }
    for code, holds in reasons.items():
        if holds:
            raise RuleBroken(code)


def check_day(planned_on: date, on: date) -> None:
    """Refuse to say who came on a day that must still come.

    Raises:
        RuleBroken: 'training_day_ahead'.
    """
    if planned_on > on:
        raise RuleBroken("training_day_ahead", day=planned_on)


def check_closing(last_on: date, on: date, passed: Iterable[UUID], came: Mapping[UUID, int]) -> None:
    """Refuse to close a training before its last day, or to let somebody pass who never came.

    Args:
        came: on how many days each was there.

    Raises:
        RuleBroken: 'training_not_over', 'trainee_never_came'.
    """
    if last_on > on:
        raise RuleBroken("training_not_over", last=last_on)
    if not all(came.get(one) for one in passed):
        raise RuleBroken("trainee_never_came")


@dataclass(frozen=True, kw_only=True)
class TrainingPlanned(Event):
    """A training has days; it is about nobody yet."""

    sentence: ClassVar[str] = "Er is een training voor vrijwilligers gepland."
    training_id: int
    requirement: str


@dataclass(frozen=True, kw_only=True)
class TrainingClosed(Event):
    """A training is over, and who passed is known."""

    sentence: ClassVar[str] = "Een training voor vrijwilligers is afgerond."
    training_id: int
    passed: int


@dataclass(frozen=True, kw_only=True)
class TrainingNoted(Event):
    """Who came on a day of a training was written down."""

    sentence: ClassVar[str] = "Er is opgeschreven wie op de training was."
    session_id: int
    came: int


@dataclass(frozen=True, kw_only=True)
class TrainingJoined(VolunteerEvent):
    """A volunteer joined a training."""

    sentence: ClassVar[str] = "Een vrijwilliger doet mee met een training."
    training_id: int


@dataclass(frozen=True, kw_only=True)
class TrainingLeft(VolunteerEvent):
    """A volunteer stopped with a training."""

    sentence: ClassVar[str] = "Een vrijwilliger stopte met een training."
    training_id: int
