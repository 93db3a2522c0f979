"""An information meeting: what attending it means, and what women asked and said of it without a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from gib.care.products.domain.contact import Theme
from gib.care.products.domain.meeting import Presence, Speaker, SpeakerState, check_count
from gib.care.products.domain.participation import State
from gib.core.kernel.events import Event
from gib.core.kernel.rules import RuleBroken, declare


class Question(StrEnum):
    """What is counted of a meeting: what women asked about, and the questions at the door on the way out."""

    ASKED = "asked"
    STRESS_BEFORE = "stress_before"
    STRESS_AFTER = "stress_after"
    LEARNED = "learned"
    KNOWS_WHOM = "knows_whom"


class FollowUp(StrEnum):
    """What came of her wish for a talk: a referral, or a step in the plan that she has."""

    REFERRAL = "referral"
    STEP = "step"
    WAITS = "waits"


_MARKS: Final = ("1", "2", "3", "4", "5")
_YES_NO: Final = ("yes", "no")
#: The answers of each question. Stress runs from 1 (none) to 5 (very much). Source: domain page 1.2.
ANSWERS: Final[Mapping[Question, tuple[str, ...]]] = {
    Question.ASKED: tuple(Theme),
    Question.STRESS_BEFORE: _MARKS,
    Question.STRESS_AFTER: _MARKS,
    Question.LEARNED: _YES_NO,
    Question.KNOWS_WHOM: _YES_NO,
}
#: The questions on the slip; each woman answers what she wants, and nothing says who wrote what.
POLL: Final = (Question.STRESS_BEFORE, Question.STRESS_AFTER, Question.LEARNED, Question.KNOWS_WHOM)

Tally = Mapping[Question, Mapping[str, int]]

declare(
    {
        "answer_unknown": "Dit antwoord staat niet op het briefje.",
        "poll_too_many": "Er zijn meer antwoorden dan vrouwen. Er waren er {present}. Tel nog eens.",
        "no_talk_wanted": "Zij vroeg niet om een gesprek.",
        "followed_up": "Dit is al geregeld.",
    }
)


def completes(presence: Presence, part: State | None) -> bool:
    """Tell whether coming to one meeting completes her part: it is one session, and she was there."""
    return presence is Presence.PRESENT and part in (State.PLANNED, State.RUNNING)


def end_after(presence: Presence, part: State, times_present: int, may_go_on: bool) -> State:
    """Tell how her part stands after the list of who came was put right.

    Args:
        presence: what the list says now.
        part: how her part stood before.
        times_present: the meetings of this part at which she was, by the list as it is now.
        may_go_on: whether she is still inside with an open plan and nothing else for this product.
    """
    if presence is Presence.PRESENT:
        left = part in (State.ENDED_BY_RELEASE, State.ENDED_BY_TRANSFER)
        return State.COMPLETED if left else part
    if part is State.COMPLETED and not times_present:
        return State.PLANNED if may_go_on else State.CANCELLED
    return part


def check_tally(told: Tally, present: int) -> None:
    """Allow what was counted: no number below zero, and on the slips no more answers than there were women.

    Raises:
        RuleBroken: 'answer_unknown', 'count_negative', 'poll_too_many'.
    """
    for question, numbers in told.items():
        if set(numbers) - set(ANSWERS[question]):
            raise RuleBroken("answer_unknown")
        for number in numbers.values():
            check_count(number)
        if question in POLL and sum(numbers.values()) > present:
            raise RuleBroken("poll_too_many", present=present)


def mean(numbers: Mapping[str, int]) -> float | None:
    """Give the mean of marks by how often each was given; None when nobody gave one."""
    count = sum(numbers.values())
    return sum(int(mark) * times for mark, times in numbers.items()) / count if count else None


def check_follow_up(wants_talk: bool, is_followed: bool) -> None:
    """Allow following up a wish for a talk, once.

    Raises:
        RuleBroken: 'no_talk_wanted', 'followed_up'.
    """
    if not wants_talk:
        raise RuleBroken("no_talk_wanted")
    if is_followed:
        raise RuleBroken("followed_up")


def follow_up(has_plan: bool, is_referred: bool) -> FollowUp:
    """Tell what comes of her wish: a step in the plan she has, the first talk she waits for, a referral."""
    if has_plan:
        return FollowUp.STEP
    return FollowUp.WAITS if is_referred else FollowUp.REFERRAL


@dataclass(frozen=True, kw_only=True)
class SpeakerAsked(Event):
    """Somebody was asked to tell something at a meeting; it belongs to no dossier."""

    sentence: ClassVar[str] = "Er is een spreker gevraagd voor een bijeenkomst."
    meeting_id: int
    speaker_id: int
    kind: Speaker


@dataclass(frozen=True, kw_only=True)
class SpeakerMoved(Event):
    """A speaker said yes or no, came or stayed away."""

    sentence: ClassVar[str] = "Over een spreker op een bijeenkomst is iets opgeschreven."
    meeting_id: int
    speaker_id: int
    to: SpeakerState


@dataclass(frozen=True, kw_only=True)
class ListTaken(Event):
    """The prison named who may come: who is known was invited, the others are a number."""

    sentence: ClassVar[str] = "De gevangenis gaf door wie er komen op een bijeenkomst."
    meeting_id: int
    invited: int
    expected_count: int


@dataclass(frozen=True, kw_only=True)
class Tallied(Event):
    """What women asked and said of a meeting was counted, without names."""

    sentence: ClassVar[str] = "Wij telden wat vrouwen vroegen en vonden van een bijeenkomst."
    meeting_id: int
    question: Question


@dataclass(frozen=True, kw_only=True)
class WishFollowed(Event):
    """Something comes of her wish for a talk."""

    sentence: ClassVar[str] = "U vroeg om een gesprek. Wij zorgen ervoor."
    attendance_id: UUID
    outcome: FollowUp
