"""Her plan: steps that follow the release date, her goals and marks, reviews and covers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from gib.care.trajectory.domain.stages import NORMS
from gib.core.kernel.dates import Period
from gib.core.kernel.rules import RuleBroken, declare


class Phase(StrEnum):
    """The three parts of her plan: inside, towards release, at home."""

    INSIDE = "inside"
    TOWARDS_RELEASE = "towards_release"
    HOME = "home"


class Drill(StrEnum):
    """Steps that this house adds itself: the 72 hours after a release, and what may not be forgotten."""

    CALL = "call"
    ADDRESS = "address"
    FUNDING = "funding"
    VOLUNTEER = "volunteer"
    GOODBYE = "goodbye"
    REMATCH = "rematch"
    COVER_ENDS = "cover_ends"
    CHILD_GROWN = "child_grown"
    MEETING_TALK = "meeting_talk"
    COURSE_HOME = "course_home"
    MONEY = "money"
    PAPERS = "papers"
    CHILDREN = "children"
    HOME = "home"
    INCOME = "income"
    IDENTITY = "identity"
    SCHOOL = "school"


#: Days after the release on which each step of the drill is due; all lie within 72 hours.
RELEASE_DRILL: Final = {Drill.CALL: 0, Drill.FUNDING: 0, Drill.VOLUNTEER: 1, Drill.ADDRESS: 2}
#: Days after she came home with a maatje on which each step of landing is due: home, income, papers and
#: children within 72 hours, and the same four in two weeks. Her address is a step of the release too.
#: Source: domain page 1.6, landing.
LANDING: Final = {
    Drill.ADDRESS: 2,
    Drill.MONEY: 2,
    Drill.PAPERS: 2,
    Drill.CHILDREN: 2,
    Drill.HOME: 14,
    Drill.INCOME: 14,
    Drill.IDENTITY: 14,
    Drill.SCHOOL: 14,
}

declare(
    {
        "mark_out_of_range": "Een cijfer loopt van 0 tot en met 5.",
        "goal_closed": "Dit doel is al afgesloten.",
        "step_overtaken": "Deze stap is ingehaald door wat er daarna gebeurde.",
        "step_not_done": "Deze stap is niet als gedaan gemeld.",
        "cover_overlaps": "Voor deze dagen is er al dekking van dezelfde betaler.",
        "review_in_future": "Een gesprek dat nog komt kunt u nog niet vastleggen.",
    }
)


@dataclass(frozen=True)
class Step:
    """One step of the plan as the rules see it.

    `weeks_before_release` ties it to the release date; a negative number means weeks after it.
    `due_on` is empty as long as the release date is unknown. `rushed` says that the date moved so
    near that the step is due at once.
    """

    id: UUID
    phase: Phase
    weeks_before_release: int | None = None
    due_on: date | None = None
    done_on: date | None = None
    overtaken_on: date | None = None
    rushed: bool = False

    def is_history(self, on: date) -> bool:
        """Tell whether a moved release leaves this step as it is: done, overtaken or due in the past."""
        past = self.due_on is not None and self.due_on < on
        return bool(self.done_on or self.overtaken_on or past)


@dataclass(frozen=True)
class NewDue:
    """Where a step comes to lie after the release date moved."""

    id: UUID
    due_on: date | None
    rushed: bool


@dataclass(frozen=True)
class NewStep:
    """A step to add: words as she says them; give a day or a number of weeks before release, or neither."""

    phase: Phase
    what: str
    due_on: date | None = None
    weeks_before_release: int | None = None
    product: str = ""
    goal_id: UUID | None = None
    drill: str = ""


def due_on(weeks_before: int, release_on: date | None, on: date) -> tuple[date | None, bool]:
    """Compute when a step tied to the release is due.

    Returns: the day and whether it is rushed; a day before today becomes today. Without a release
    date there is no day.
    """
    if release_on is None:
        return None, False
    day = release_on - timedelta(weeks=weeks_before)
    return (on, True) if day < on else (day, False)


def replan(plan: Iterable[Step], release_on: date | None, on: date) -> list[NewDue]:
    """Move the future steps that hang on the release date, for the coordinator who keeps her plan.

    Args:
        plan: all steps of the trajectory.
        release_on: the expected or actual release; empty when it became unknown.
        on: today; what was due before today is history and stays.

    Returns: only the steps that change.

    Source: invariant 7, DJI-04.
    """
    moved = []
    for step in plan:
        if step.weeks_before_release is None or step.is_history(on):
            continue
        day, rushed = due_on(step.weeks_before_release, release_on, on)
        if (day, rushed) != (step.due_on, step.rushed):
            moved.append(NewDue(step.id, day, rushed))
    return moved


def overtaken(plan: Iterable[Step]) -> list[UUID]:
    """Name the steps that a release makes pointless: all that were to happen before it and did not."""
    return [
        step.id for step in plan if step.phase is not Phase.HOME and not (step.done_on or step.overtaken_on)
    ]


def too_late(plan: Iterable[Step], expected_on: date | None) -> list[UUID]:
    """Name the open steps before release that lie after the day she is expected to leave (DJI-04)."""
    return [
        step.id
        for step in plan
        if expected_on and step.phase is not Phase.HOME and not (step.done_on or step.overtaken_on)
        if step.due_on and step.due_on > expected_on
    ]


class ReviewDue(StrEnum):
    """How urgent the next review with her is."""

    NOT_YET = "not_yet"
    DUE = "due"
    OVERDUE = "overdue"


def review_due(
    last_on: date,
    on: date,
    due_weeks: int = NORMS["review_due_weeks"],
    overdue_weeks: int = NORMS["review_overdue_weeks"],
) -> ReviewDue:
    """Tell whether coordinator and mother should sit down again, from the last review or agreement."""
    if on > last_on + timedelta(weeks=overdue_weeks):
        return ReviewDue.OVERDUE
    return ReviewDue.DUE if on >= last_on + timedelta(weeks=due_weeks) else ReviewDue.NOT_YET


def check_mark(mark: int, closed_on: date | None) -> None:
    """Allow her own mark for a goal, 0 (not at all) to 5 (reached).

    Raises:
        RuleBroken: 'mark_out_of_range', 'goal_closed'.
    """
    if not 0 <= mark <= 5:
        raise RuleBroken("mark_out_of_range")
    if closed_on is not None:
        raise RuleBroken("goal_closed")


def check_do(step: Step) -> None:
    """Allow ticking a step that nothing has overtaken.

    Raises:
        RuleBroken: 'step_overtaken'.
    """
    if step.overtaken_on:
        raise RuleBroken("step_overtaken")


def check_undo(step: Step) -> None:
    """Allow opening a step that was done.

    Raises:
        RuleBroken: 'step_not_done'.
    """
    if not step.done_on:
        raise RuleBroken("step_not_done")


def check_review(held_on: date, on: date) -> None:
    """Allow recording a talk that was held.

    Raises:
        RuleBroken: 'review_in_future'.
    """
    if held_on > on:
        raise RuleBroken("review_in_future")


def check_cover(period: Period, others: Iterable[Period]) -> None:
    """Allow a cover that no other cover of the same payer overlaps.

    Raises:
        RuleBroken: 'cover_overlaps'.
    """
    if any(period.overlaps(other) for other in others):
        raise RuleBroken("cover_overlaps")
