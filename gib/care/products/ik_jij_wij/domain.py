"""The course before release: its sessions, who may join and when it counts as completed."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from gib.care.products.domain.participation import State, course_end
from gib.core.kernel.events import Event
from gib.core.kernel.rules import RuleBroken, declare

#: Defaults of a series; each course stores its own. Source: domain page 1.5 [A].
SESSIONS: Final = 8
PASS_AT: Final = 6
PLACES: Final = 8


class Leaving(StrEnum):
    """Why somebody left a course before its end."""

    RELEASE = "release"
    TRANSFER = "transfer"
    OWN_WISH = "own_wish"
    PRISON = "prison"
    FINISHED = "finished"


declare(
    {
        "course_full": "Deze cursus heeft geen plek meer.",
        "course_over": "Deze cursus is al voorbij.",
        "course_elsewhere": "Deze cursus is in een andere gevangenis dan waar zij nu is.",
        "already_enrolled": "Zij doet al mee met deze cursus.",
        "course_numbers": "Kies 1 tot en met 20 lessen, en niet meer lessen nodig dan er zijn.",
        "course_running": "Deze cursus heeft nog lessen. Sluit hem na de laatste les.",
    }
)


def session_days(first_on: date, number: int) -> list[date]:
    """Give the days of a weekly series."""
    return [first_on + timedelta(weeks=at) for at in range(number)]


def check_course(sessions: int, pass_at: int) -> None:
    """Allow a course of some sessions of which some are needed.

    Raises:
        RuleBroken: 'course_numbers'.
    """
    if not 1 <= pass_at <= sessions <= 20:
        raise RuleBroken("course_numbers")


def check_enrol(taken: int, places: int, last_on: date, on: date, is_here: bool) -> None:
    """Allow joining a course; also halfway, since every session stands alone.

    Raises:
        RuleBroken: 'course_over', 'course_elsewhere', 'course_full'.
    """
    if on > last_on:
        raise RuleBroken("course_over")
    if not is_here:
        raise RuleBroken("course_elsewhere")
    if taken >= places:
        raise RuleBroken("course_full")


def check_close(last_on: date, on: date) -> None:
    """Allow closing a course after its last session.

    Raises:
        RuleBroken: 'course_running'.
    """
    if on < last_on:
        raise RuleBroken("course_running")


def leaves_early(expected_on: date | None, last_on: date) -> bool:
    """Tell whether she is expected to be free before the last session: the normal case, worth a word."""
    return expected_on is not None and expected_on < last_on


def end_after(leaving: Leaving, now: State, attended: int, needed: int) -> State:
    """Tell how a course ended for her after the list of who came was put right.

    Args:
        leaving: why she left it; when a person decided how it ended, that stands.
        now: how her part stands now; one that has not ended stays as it is.
        attended: the sessions she attended; `needed`: the number that completes the course.
    """
    by_itself = {Leaving.RELEASE: State.ENDED_BY_RELEASE, Leaving.TRANSFER: State.ENDED_BY_TRANSFER}
    counted = {State.COMPLETED, State.PARTLY_COMPLETED, *by_itself.values()}
    if leaving in (Leaving.OWN_WISH, Leaving.PRISON) or now not in counted:
        return now
    if not attended and leaving in by_itself:
        return by_itself[leaving]
    return course_end(attended, needed)


@dataclass(frozen=True, kw_only=True)
class CoursePlanned(Event):
    """A series has days; it belongs to no dossier."""

    sentence: ClassVar[str] = "Er is een cursus gepland."
    course_id: int
    sessions: int


@dataclass(frozen=True, kw_only=True)
class Enrolled(Event):
    """She joined a course."""

    sentence: ClassVar[str] = "U doet mee met een cursus."
    enrolment_id: UUID


@dataclass(frozen=True, kw_only=True)
class LeftCourse(Event):
    """She is no longer in a course."""

    sentence: ClassVar[str] = "Uw cursus is voorbij."
    enrolment_id: UUID
    reason: Leaving
    attended: int


@dataclass(frozen=True, kw_only=True)
class CourseClosed(Event):
    """A series is over."""

    course_id: int
