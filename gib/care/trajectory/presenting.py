"""Her plan as a page shows it: goals with marks and next step, steps by phase, and what stands out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from gib.care.trajectory import domain, words
from gib.care.trajectory.domain import FLOW, CloseReason, Phase, ReviewDue, State
from gib.care.trajectory.models import (
    Goal,
    GoalMark,
    Outreach,
    PlanStep,
    Review,
    Trajectory,
    follows_at_once,
    is_covered,
    norm,
    release_day,
)
from gib.core.access.actor import Actor
from gib.core.access.together import Steps, abreast, asking, begin, first, in_steps
from gib.core.ui.words import day
from gib.people.families.models import open_episode


@dataclass(frozen=True)
class GoalCard:
    """A goal with her marks, oldest first, since when, and the next step that leads to it."""

    id: UUID
    words: str
    marks: list[int]
    since: str
    next: str


@dataclass(frozen=True)
class StepLine:
    """A step of the plan with its state and day."""

    id: UUID
    words: str
    state: str
    when: str
    is_done: bool
    is_open: bool


@dataclass(frozen=True)
class Earlier:
    """A trajectory before this one: from when to when, why it closed, and what she wanted then."""

    when: str
    why: str
    goals: list[str]


@dataclass(frozen=True)
class Plan:
    """Everything the tab shows about one trajectory, and those before it."""

    row: Any
    states: list[str]
    goals: list[GoalCard]
    phases: list[tuple[str, list[StepLine]]]
    moves: list[tuple[str, str]] = field(default_factory=list)
    review: str = ""
    may_follow: bool = False
    is_at_home: bool = False
    earlier: list[Earlier] = field(default_factory=list)


@in_steps
def plan_of(actor: Actor, dossier_id: UUID, on: date) -> Steps[Plan | None]:
    """Give the newest trajectory of a dossier as this reader may see it, in a fixed number of queries."""
    rows: Any = Trajectory.visible_to(actor, on).filter(dossier_id=dossier_id)
    found = yield rows.newest_first()
    if not found:
        return None
    row: Any = found[0]
    parts = [
        asking(_questions(actor, row, on)),
        *(begin(part, dossier_id) for part in (release_day, open_episode)),
        begin(is_covered, dossier_id, on),
    ]
    (steps, wanted, marks, reviews, sought), release_on, inside, covered = yield from abreast(parts)
    is_released, last = inside is None, first(reviews)
    return Plan(
        row=row,
        states=[
            *_states(row, covered, release_on, is_released, on),
            *["trajectory.stalled"] * _is_stalled(row, steps, last, on),
            *["trajectory.sought"] * bool(sought),
        ],
        goals=_goal_cards(_open_goals(row, wanted), marks, steps),
        phases=_phases(steps, None if is_released else release_on, on),
        moves=_moves(row, on),
        review=_review(row, last.held_on if last else row.agreed_on, on),
        may_follow=_may_follow(row, inside, on),
        is_at_home=is_released,
        earlier=_before(found[1:], wanted),
    )


def _open_goals(row: Any, wanted: Iterable[Any]) -> list[Any]:
    return [goal for goal in wanted if goal.trajectory_id == row.id and goal.closed_on is None]


def _before(rows: Iterable[Any], wanted: list[Any]) -> list[Earlier]:
    return [_earlier(each, wanted) for each in rows]


def _earlier(row: Any, wanted: Iterable[Any]) -> Earlier:
    """Tell of a trajectory before this one, for who reads the plan that follows it."""
    began = row.started_on or row.opened_on
    return Earlier(
        when=_("%(from)s tot %(to)s") % {"from": day(began), "to": day(row.closed_on)},
        why=str(words.CLOSE_REASONS[CloseReason(row.close_reason)]) if row.close_reason else "",
        goals=[goal.words for goal in wanted if goal.trajectory_id == row.id],
    )


def _questions(actor: Actor, row: Any, on: date) -> tuple[Any, ...]:
    """Ask for the steps, all her goals, marks of open ones, the last review and whether we look for her."""
    goals = Goal.visible_to(actor, on).filter(dossier_id=row.dossier_id)
    marks = GoalMark.visible_to(actor, on)
    return (
        PlanStep.visible_to(actor, on).filter(trajectory_id=row.id).opening(),
        goals.opening(),
        marks.filter(goal__trajectory_id=row.id, goal__closed_on__isnull=True),
        Review.visible_to(actor, on).filter(trajectory_id=row.id)[:1],
        Outreach.visible_to(actor, on).filter(trajectory_id=row.id, to_on__isnull=True),
    )


def _states(row: Any, covered: bool, release_on: date | None, is_released: bool, on: date) -> list[str]:
    state = State(row.state)
    found = [f"trajectory.{state}"]
    if state in domain.OPEN and not is_released and domain.release_near(release_on, on):
        found.append("trajectory.near")
    if domain.waits_for_funding(state, is_released, covered):
        found.append("trajectory.unfunded")
    return found


def _is_stalled(row: Any, steps: list[Any], review: Any, on: date) -> bool:
    """Tell whether nothing moved since the last step, review or change of stage."""
    days = [row.opened_on, row.agreed_on, row.started_on, *(step.done_on for step in steps)]
    days += [review.held_on] if review else []
    return domain.is_stalled(State(row.state), max(each for each in days if each), on)


def _goal_cards(goals: list[Any], marks: list[Any], steps: list[Any]) -> list[GoalCard]:
    by_goal: dict[UUID, list[Any]] = defaultdict(list)
    for mark in marks:
        by_goal[mark.goal_id].append(mark)
    first = {step.goal_id: step for step in reversed(steps) if step.is_open}
    return [_goal_card(goal, by_goal[goal.id], first.get(goal.id)) for goal in goals]


def _goal_card(goal: Any, marks: list[Any], step: Any) -> GoalCard:
    return GoalCard(
        id=goal.id,
        words=goal.words,
        marks=[mark.mark for mark in marks],
        since=_("sinds %(day)s") % {"day": day(marks[0].on)} if marks else "",
        next=_("Volgende stap: %(step)s") % {"step": words.what(step)}
        if step
        else _("Nog geen volgende stap."),
    )


def _phases(steps: Iterable[Any], expected_on: date | None, on: date) -> list[tuple[str, list[StepLine]]]:
    by_phase: dict[str, list[StepLine]] = {str(phase): [] for phase in Phase}
    for step in steps:
        by_phase[step.phase].append(_line(step, expected_on, on))
    return [(str(words.PHASES[Phase(phase)]), lines) for phase, lines in by_phase.items()]


def _line(step: Any, expected_on: date | None, on: date) -> StepLine:
    state, when = _standing(step, expected_on, on)
    return StepLine(
        step.id, words.what(step), f"trajectory.step_{state}", when, bool(step.done_on), step.is_open
    )


def _standing(step: Any, expected_on: date | None, on: date) -> tuple[str, str]:
    """Tell how a step stands, the most telling word first, and the day that goes with it."""
    due = day(step.due_on) or (_("dag onbekend") if step.weeks_before_release is not None else "")
    cases = (
        (step.done_on, "done", day(step.done_on)),
        (step.overtaken_on, "overtaken", day(step.overtaken_on)),
        (step.due_on and step.due_on < on, "late", due),
        (step.rushed, "rushed", due),
        (domain.too_late([step], expected_on), "after", due),
    )
    return next(((state, when) for holds, state, when in cases if holds), ("open", due))


#: Moves that belong to one state only; the others follow the table of the flow.
_ONLY: Final = {"hervatten": State.PAUSED, "heropenen": State.CLOSED}


def _may_reopen(row: Any, on: date) -> bool:
    """Tell whether a closed one may open again: she was not let go, and it is not long ago."""
    was_let_go = row.close_reason == CloseReason.NOT_FUNDED
    return not was_let_go and domain.may_reopen(row.closed_on, on, norm("reopen_months", on))


def _may_follow(row: Any, inside: Any, on: date) -> bool:
    """Tell whether a new plan may follow a closed one: it stays closed, or she is held again since."""
    return row.state == State.CLOSED and (follows_at_once(row, inside) or not _may_reopen(row, on))


def _moves(row: Any, on: date) -> list[tuple[str, str]]:
    """Give the moves of a stage, but for a closed one that stays closed."""
    if row.state == State.CLOSED and not _may_reopen(row, on):
        return []
    return _moves_from(State(row.state))


def _moves_from(here: State) -> list[tuple[str, str]]:
    if here in _ONLY.values():
        return [(slug, str(words.MOVES[slug][1])) for slug, at in _ONLY.items() if at is here]
    usual = {slug: move for slug, move in words.MOVES.items() if slug not in _ONLY}
    return [(slug, str(title)) for slug, (to, title, _why) in usual.items() if FLOW.may_move(here, to)]


def _review(row: Any, last_on: date | None, on: date) -> str:
    if last_on is None or State(row.state) not in domain.ACTIVE:
        return ""
    due = domain.review_due(last_on, on)
    return "" if due is ReviewDue.NOT_YET else f"trajectory.review_{due}"
