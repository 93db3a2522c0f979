"""The course before release: its sessions, who may join, what she makes of it and when it is completed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from gib.care.products.domain.contact import check_happened
from gib.care.products.domain.meeting import Presence, overlap
from gib.care.products.domain.participation import State, course_end
from gib.care.trajectory.domain import check_mark
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


class Moment(StrEnum):
    """When she fills in the questions: before the first session, and after the last."""

    BEFORE = "before"
    AFTER = "after"


class Item(StrEnum):
    """A sentence about herself to which she gives a mark, 0 (not at all) to 5 (completely).

    Source: domain page 1.5: insight in own possibilities, choosing, using chances, (parenting) skills.
    """

    STRENGTHS = "strengths"
    CHOICES = "choices"
    CHANCES = "chances"
    CALM = "calm"
    PARENTING = "parenting"
    HELP = "help"


#: What counts as missed, and can be caught up on.
MISSED: Final = frozenset({Presence.EXCUSED, Presence.PREVENTED, Presence.REFUSED, Presence.OVERTAKEN})

declare(
    {
        "nothing_missed": "Zij miste deze les niet, of heeft hem al ingehaald.",
        "caught_up_early": "Inhalen kan vanaf de dag van de les zelf.",
        "nothing_answered": "Vul ten minste een cijfer in.",
        "session_stands": "Deze les gaat gewoon door. Alleen wat niet doorging, krijgt een andere dag.",
        "trainer_busy": "Deze trainer heeft op {day} op dat uur al iets anders.",
        "already_trainer": "Deze vrijwilliger is al trainer van deze cursus.",
        "not_passed": "Zij was nog niet bij genoeg lessen voor een certificaat.",
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


def check_open(closed_on: date | None) -> None:
    """Allow a change to a series that was not closed: no session, trainer or student after its end.

    Raises:
        RuleBroken: 'course_over'.
    """
    if closed_on is not None:
        raise RuleBroken("course_over")


def check_catch_up(
    presence: Presence, caught_up_on: date | None, session_on: date, done_on: date, on: date
) -> None:
    """Allow catching up on a session that she missed, from its day on.

    Raises:
        RuleBroken: 'nothing_missed', 'caught_up_early', 'visit_in_future'.
    """
    if presence not in MISSED or caught_up_on is not None:
        raise RuleBroken("nothing_missed")
    if done_on < session_on:
        raise RuleBroken("caught_up_early")
    check_happened(done_on, on)


def check_scores(scores: Mapping[Item, int | None]) -> None:
    """Allow the marks she gives: 0 to 5, each of her own choice, and at least one.

    Raises:
        RuleBroken: 'mark_out_of_range', 'nothing_answered'.
    """
    given = [mark for mark in scores.values() if mark is not None]
    if not given:
        raise RuleBroken("nothing_answered")
    for mark in given:
        check_mark(mark, None)


@dataclass(frozen=True)
class Slot:
    """An hour that is taken: a local day, local time, how many minutes."""

    on: date
    at: time
    minutes: int

    def meets(self, other: "Slot") -> bool:
        """Tell whether a minute is of both."""
        return self.on == other.on and overlap(self.at, self.minutes, other.at, other.minutes)


def check_trainer_free(wanted: Iterable[Slot], taken: Iterable[Slot]) -> None:
    """Allow a trainer for these hours when none of them is taken.

    Raises:
        RuleBroken: 'trainer_busy' with the first day on which it is.
    """
    known = list(taken)
    for one in sorted(wanted, key=lambda slot: slot.on):
        if any(one.meets(other) for other in known):
            raise RuleBroken("trainer_busy", day=f"{one.on:%d-%m-%Y}")


def check_passed(attended: int, needed: int) -> None:
    """Allow a certificate: she was at enough sessions, or caught up on them.

    Raises:
        RuleBroken: 'not_passed'.
    """
    if attended < needed:
        raise RuleBroken("not_passed")


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


@dataclass(frozen=True, kw_only=True)
class SessionReplaced(Event):
    """A session that did not take place got another day; it belongs to no dossier."""

    sentence: ClassVar[str] = "Een les die niet doorging, kreeg een andere dag."
    course_id: int
    number: int
    planned_on: date


@dataclass(frozen=True, kw_only=True)
class TrainerAdded(Event):
    """A volunteer gives a course; it belongs to no dossier."""

    sentence: ClassVar[str] = "Een cursus kreeg een trainer."
    course_id: int
    volunteer_id: UUID


@dataclass(frozen=True, kw_only=True)
class TrainerEnded(Event):
    """A volunteer does not give a course any more."""

    sentence: ClassVar[str] = "Een trainer geeft een cursus niet meer."
    course_id: int
    volunteer_id: UUID


@dataclass(frozen=True, kw_only=True)
class CaughtUp(Event):
    """She caught up on a session that she missed."""

    sentence: ClassVar[str] = "U haalde een les in."
    attendance_id: UUID
    done_on: date


@dataclass(frozen=True, kw_only=True)
class PlanWritten(Event):
    """Her own plan was written or changed, in her words."""

    sentence: ClassVar[str] = "Uw eigen plan van de cursus is opgeschreven."
    plan_id: UUID


@dataclass(frozen=True, kw_only=True)
class Scored(Event):
    """She filled in the questions of the course."""

    sentence: ClassVar[str] = "U vulde de vragen van de cursus in."
    scores_id: UUID
    moment: Moment


@dataclass(frozen=True, kw_only=True)
class GoesOnAtHome(Event):
    """She was free before the course ended; it goes on at home."""

    sentence: ClassVar[str] = "U kwam vrij voor het einde van de cursus. U kunt hem thuis afmaken."
    participation_id: UUID
