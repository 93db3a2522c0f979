"""What happens to a trajectory, as events; the rules stand in the modules beside this one."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from gib.care.trajectory.domain.plan import (
    LANDING,
    RELEASE_DRILL,
    Drill,
    NewDue,
    NewStep,
    Phase,
    ReviewDue,
    Step,
    check_cover,
    check_do,
    check_mark,
    check_review,
    check_undo,
    due_on,
    overtaken,
    replan,
    review_due,
    too_late,
)
from gib.care.trajectory.domain.scores import EDITION, LISTS, Scores, check_scores, complete
from gib.care.trajectory.domain.stages import (
    ACTIVE,
    FLOW,
    NORMS,
    OPEN,
    CloseReason,
    PauseReason,
    State,
    begins_anew,
    check_agree,
    check_close,
    check_consent,
    check_inside,
    check_open,
    check_outside,
    check_propose,
    check_reopen,
    check_stage,
    is_stalled,
    may_reopen,
    release_near,
    resumes_as,
    waits_for_funding,
)
from gib.core.kernel.events import Event

__all__ = [
    "ACTIVE",
    "EDITION",
    "FLOW",
    "LANDING",
    "LISTS",
    "NORMS",
    "OPEN",
    "RELEASE_DRILL",
    "Agreed",
    "CloseReason",
    "Closed",
    "CoverEnded",
    "Covered",
    "Drill",
    "DrillOvertaken",
    "DrillStarted",
    "GoalAdded",
    "GoalClosed",
    "GoalMarked",
    "LandingStarted",
    "NewDue",
    "NewStep",
    "PauseReason",
    "Paused",
    "Phase",
    "Proposed",
    "Reopened",
    "Replanned",
    "Resumed",
    "ReviewDue",
    "ReviewHeld",
    "Scores",
    "ScoresGiven",
    "StartedInside",
    "StartedOutside",
    "State",
    "Step",
    "StepAdded",
    "StepDone",
    "StepUndone",
    "TaperingStarted",
    "begins_anew",
    "check_agree",
    "check_close",
    "check_consent",
    "check_cover",
    "check_do",
    "check_inside",
    "check_mark",
    "check_open",
    "check_outside",
    "check_propose",
    "check_reopen",
    "check_review",
    "check_scores",
    "check_stage",
    "check_undo",
    "complete",
    "due_on",
    "is_stalled",
    "may_reopen",
    "overtaken",
    "release_near",
    "replan",
    "resumes_as",
    "review_due",
    "too_late",
    "waits_for_funding",
]


@dataclass(frozen=True, kw_only=True)
class Proposed(Event):
    """A trajectory was proposed to her."""

    sentence: ClassVar[str] = "Wij hebben samen met u een plan gemaakt."
    trajectory_id: UUID


@dataclass(frozen=True, kw_only=True)
class Agreed(Event):
    """She agreed."""

    sentence: ClassVar[str] = "U zei ja tegen het plan."
    trajectory_id: UUID


@dataclass(frozen=True, kw_only=True)
class StartedInside(Event):
    """Help inside began."""

    sentence: ClassVar[str] = "De hulp in de gevangenis is begonnen."
    trajectory_id: UUID


@dataclass(frozen=True, kw_only=True)
class StartedOutside(Event):
    """Help at home began."""

    sentence: ClassVar[str] = "De hulp thuis is begonnen."
    trajectory_id: UUID


@dataclass(frozen=True, kw_only=True)
class TaperingStarted(Event):
    """Help becomes less, step by step."""

    sentence: ClassVar[str] = "De hulp wordt stap voor stap minder."
    trajectory_id: UUID


@dataclass(frozen=True, kw_only=True)
class Paused(Event):
    """Help rests."""

    sentence: ClassVar[str] = "De hulp staat even stil."
    trajectory_id: UUID
    reason: PauseReason


@dataclass(frozen=True, kw_only=True)
class Resumed(Event):
    """Help goes on."""

    sentence: ClassVar[str] = "De hulp gaat weer verder."
    trajectory_id: UUID


@dataclass(frozen=True, kw_only=True)
class Closed(Event):
    """The trajectory ended."""

    sentence: ClassVar[str] = "Uw traject is afgesloten."
    trajectory_id: UUID
    reason: CloseReason
    municipality: str = ""
    trail_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Reopened(Event):
    """A closed trajectory was opened again."""

    sentence: ClassVar[str] = "Uw traject is opnieuw geopend."
    trajectory_id: UUID


@dataclass(frozen=True, kw_only=True)
class GoalAdded(Event):
    """A wish of hers became a goal."""

    sentence: ClassVar[str] = "Wij schreven een doel van u op."
    goal_id: UUID


@dataclass(frozen=True, kw_only=True)
class GoalMarked(Event):
    """She gave a mark, 0 to 5."""

    sentence: ClassVar[str] = "U gaf een cijfer aan uw doel."
    goal_id: UUID
    mark: int


@dataclass(frozen=True, kw_only=True)
class GoalClosed(Event):
    """A goal was put away."""

    sentence: ClassVar[str] = "Een doel is afgesloten."
    goal_id: UUID


@dataclass(frozen=True, kw_only=True)
class StepAdded(Event):
    """A step came into her plan."""

    sentence: ClassVar[str] = "Er kwam een stap in uw plan bij."
    step_id: UUID
    phase: Phase


@dataclass(frozen=True, kw_only=True)
class StepDone(Event):
    """A step was done."""

    sentence: ClassVar[str] = "Een stap in uw plan is gedaan."
    step_id: UUID


@dataclass(frozen=True, kw_only=True)
class StepUndone(Event):
    """A step was not done after all."""

    sentence: ClassVar[str] = "Een stap in uw plan staat weer open."
    step_id: UUID


@dataclass(frozen=True, kw_only=True)
class Replanned(Event):
    """Steps moved along with the release date; `rushed` of them became due at once."""

    sentence: ClassVar[str] = "Uw plan is verschoven, omdat de datum van vrijlating veranderde."
    trajectory_id: UUID
    moved: int
    rushed: int
    overtaken: int = 0


@dataclass(frozen=True, kw_only=True)
class DrillStarted(Event):
    """She is free: the list for the first 72 hours was made."""

    sentence: ClassVar[str] = "U bent vrij. Wij maakten een lijst voor de eerste drie dagen."
    trajectory_id: UUID
    released_on: date


@dataclass(frozen=True, kw_only=True)
class LandingStarted(Event):
    """She is at home with a maatje: the list for the first two weeks was made."""

    sentence: ClassVar[str] = "Wij maakten een lijst voor uw eerste twee weken thuis."
    trajectory_id: UUID
    from_on: date


@dataclass(frozen=True, kw_only=True)
class DrillOvertaken(Event):
    """She is inside again: what was still open of the lists for the first weeks at home fell away."""

    sentence: ClassVar[str] = "U zit weer vast. De lijst voor de eerste weken thuis geldt nu niet meer."
    trajectory_id: UUID
    overtaken: int


@dataclass(frozen=True, kw_only=True)
class ReviewHeld(Event):
    """Coordinator and mother looked at the plan together."""

    sentence: ClassVar[str] = "Wij bespraken samen hoe het plan gaat."
    trajectory_id: UUID
    held_on: date


@dataclass(frozen=True, kw_only=True)
class ScoresGiven(Event):
    """She said with scores how her life goes; `number` counts her answers at this review."""

    sentence: ClassVar[str] = "U gaf zelf cijfers: zo gaat het met u."
    review_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class Covered(Event):
    """Somebody pays for the help after release."""

    sentence: ClassVar[str] = "De hulp na uw vrijlating wordt betaald."
    cover_id: UUID
    payer: str


@dataclass(frozen=True, kw_only=True)
class CoverEnded(Event):
    """The payment ends on a day."""

    sentence: ClassVar[str] = "De betaling van de hulp stopt. Wij zoeken met u hoe het verder gaat."
    cover_id: UUID
    to_on: date
