"""A refusal of an act on a trajectory leaves nothing behind: no row, no event, no involvement."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404

from gib.care.trajectory import actions, builders
from gib.care.trajectory.domain import CloseReason, NewStep, PauseReason, Phase, State
from gib.care.trajectory.models import Cover, Goal, PlanStep, Trajectory
from gib.care.trajectory.tests.conftest import NOW, day, later, refused, traces
from gib.core.access.actor import Actor
from gib.people.families import actions as families
from gib.people.families import builders as family
from gib.people.families.models import Consent

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Act = Callable[[Actor, Trajectory, Any], object]
STEP = NewStep(Phase.INSIDE, "Samen bellen.")
#: Every act on a trajectory itself.
ACTS: dict[str, Act] = {
    "agree": lambda actor, plan, now: actions.agree(actor, plan.id, now),
    "start_inside": lambda actor, plan, now: actions.start_inside(actor, plan.id, now),
    "start_outside": lambda actor, plan, now: actions.start_outside(actor, plan.id, now),
    "taper": lambda actor, plan, now: actions.taper(actor, plan.id, now),
    "pause": lambda actor, plan, now: actions.pause(actor, plan.id, PauseReason.OTHER, now),
    "resume": lambda actor, plan, now: actions.resume(actor, plan.id, now),
    "close": lambda actor, plan, now: actions.close(actor, plan.id, CloseReason.OWN_WISH, None, now),
    "reopen": lambda actor, plan, now: actions.reopen(actor, plan.id, now),
    "add_goal": lambda actor, plan, now: actions.add_goal(actor, plan.id, "Werk.", now),
    "add_step": lambda actor, plan, now: actions.add_step(actor, plan.id, STEP, now),
    "hold_review": lambda actor, plan, now: actions.hold_review(actor, plan.id, now.on, "", now),
}


def paused(actor: Actor, number: int = 0) -> Trajectory:
    plan = builders.inside(actor, NOW, number)
    return actions.pause(actor, plan.id, PauseReason.ILLNESS, NOW)


def closed(actor: Actor, number: int = 0) -> Trajectory:
    return builders.closed(actor, builders.inside(actor, NOW, number), NOW)


STANDS: dict[State, Callable[[Actor], Trajectory]] = {
    State.PROPOSED: lambda actor: builders.proposed(actor, NOW),
    State.AGREED: lambda actor: builders.agreed(actor, NOW),
    State.ACTIVE_INSIDE: lambda actor: builders.inside(actor, NOW),
    State.ACTIVE_OUTSIDE: lambda actor: builders.outside(actor, NOW),
    State.TAPERING: lambda actor: actions.taper(actor, builders.outside(actor, NOW).id, NOW),
    State.PAUSED: paused,
    State.CLOSED: closed,
}
#: What a stage refuses, by hand: the table of the flow is not asked.
ILLEGAL = {
    State.PROPOSED: ("start_inside", "taper", "pause", "resume", "reopen"),
    State.AGREED: ("agree", "taper", "resume", "reopen"),
    State.ACTIVE_INSIDE: ("agree", "start_inside", "taper", "resume", "reopen"),
    State.ACTIVE_OUTSIDE: ("agree", "start_outside", "resume", "reopen"),
    State.TAPERING: ("agree", "taper", "resume", "reopen"),
    State.PAUSED: ("agree", "taper", "pause", "reopen"),
    State.CLOSED: ("agree", "start_inside", "taper", "pause", "resume", "close"),
}


@pytest.mark.parametrize("state", STANDS)
def test_what_a_stage_does_not_know_is_refused_without_a_trace(coordinator: Actor, state: State) -> None:
    plan = STANDS[state](coordinator)
    assert plan.state == state
    for name in ILLEGAL[state]:
        with refused("illegal_move"):
            ACTS[name](coordinator, plan, later(1))
    assert Trajectory.visible_to(coordinator, NOW.on).get_or_404(pk=plan.id).state == state


def test_going_on_is_no_way_round_her_yes(coordinator: Actor) -> None:
    """A proposal is agreed with by a yes, with consent and a goal; never by "go on" or "open again"."""
    dossier = family.a_dossier(coordinator, NOW)
    consent = family.with_consent(coordinator, dossier.id, "support", NOW)
    plan = actions.propose(coordinator, dossier.id, NOW)
    families.withdraw_consent(coordinator, consent.id, NOW)
    for act in (actions.resume, actions.reopen):
        with refused("illegal_move"):
            act(coordinator, plan.id, NOW)
    with refused("support_missing"):
        actions.agree(coordinator, plan.id, NOW)


def test_going_on_is_no_way_round_the_six_months(coordinator: Actor) -> None:
    plan = builders.closed(coordinator, builders.agreed(coordinator, NOW), NOW)
    with refused("illegal_move"):
        actions.resume(coordinator, plan.id, later(300))
    with refused("reopen_too_late"):
        actions.reopen(coordinator, plan.id, later(300))


def test_a_yes_does_not_undo_a_pause(coordinator: Actor) -> None:
    plan = paused(coordinator)
    with refused("illegal_move"):
        actions.agree(coordinator, plan.id, later(5))
    row = Trajectory.visible_to(coordinator, NOW.on).get_or_404(pk=plan.id)
    assert (row.agreed_on, row.paused_on) == (NOW.on, NOW.on)


@pytest.mark.parametrize("how", ["resume", "start_inside", "reopen"])
def test_after_a_pause_nothing_of_it_remains(coordinator: Actor, how: str) -> None:
    plan = paused(coordinator)
    if how == "reopen":
        builders.closed(coordinator, plan, later(1))
    ACTS[how](coordinator, plan, later(2))
    row = Trajectory.visible_to(coordinator, NOW.on).get_or_404(pk=plan.id)
    assert (row.paused_on, row.paused_reason) == (None, "")


@pytest.mark.parametrize("name", ACTS)
def test_a_stranger_finds_no_trajectory_and_leaves_no_trace(
    coordinator: Actor, stranger: Actor, name: str
) -> None:
    plan = builders.inside(coordinator, NOW)
    before = traces()
    with pytest.raises(Http404):
        ACTS[name](stranger, plan, NOW)
    assert traces() == before


def test_refusals_of_a_proposal(coordinator: Actor) -> None:
    bare = family.a_dossier(coordinator, NOW)
    with refused("support_missing"):
        actions.propose(coordinator, bare.id, NOW)
    plan = builders.proposed(coordinator, NOW, 1)
    with refused("trajectory_open"):
        actions.propose(coordinator, plan.dossier_id, NOW)
    builders.closed(coordinator, plan, NOW)
    with refused("trajectory_reopen"):
        actions.propose(coordinator, plan.dossier_id, later(30))


def test_refusals_of_help_at_home(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    with refused("not_released"):
        actions.start_outside(coordinator, plan.id, NOW)
    family.released(coordinator, plan.dossier_id, NOW)
    with refused("not_covered"):
        actions.start_outside(coordinator, plan.id, NOW)
    again = actions.pause(coordinator, plan.id, PauseReason.OTHER, NOW)
    with refused("not_covered"):
        actions.resume(coordinator, again.id, NOW)
    with refused("not_inside"):
        actions.start_inside(coordinator, again.id, NOW)


@pytest.mark.parametrize("days", [0, 30])
def test_a_cover_that_ran_out_pays_for_nothing(coordinator: Actor, days: int) -> None:
    plan = builders.inside(coordinator, NOW)
    family.released(coordinator, plan.dossier_id, NOW)
    builders.covered(coordinator, plan.dossier_id, NOW, days=days)
    with refused("not_covered"):
        actions.start_outside(coordinator, plan.id, later(days + 1))
    assert actions.start_outside(coordinator, plan.id, later(days)).state == State.ACTIVE_OUTSIDE


def test_refusals_of_letting_go(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    with refused("let_go_municipality"):
        actions.close(coordinator, plan.id, CloseReason.NOT_FUNDED, uuid4(), NOW)
    families.set_return(coordinator, plan.dossier_id, "known", "0363", NOW)
    with refused("let_go_trail"):
        actions.close(coordinator, plan.id, CloseReason.NOT_FUNDED, None, NOW)


def test_refusals_of_reopening(coordinator: Actor) -> None:
    plan = closed(coordinator)
    consent = Consent.for_action(coordinator, NOW.on).get(dossier_id=plan.dossier_id)
    families.withdraw_consent(coordinator, consent.id, NOW)
    with refused("support_missing"):
        actions.reopen(coordinator, plan.id, later(1))
    family.with_consent(coordinator, plan.dossier_id, "support", later(200))
    new = actions.propose(coordinator, plan.dossier_id, later(200))
    with refused("reopen_too_late"):
        actions.reopen(coordinator, plan.id, later(200))
    assert new.previous_id == plan.id


def test_refusals_of_goals_and_marks(coordinator: Actor, stranger: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    goal = Goal.for_action(coordinator, NOW.on).get(trajectory_id=plan.id)
    for mark in (-1, 6, 99):
        with refused("mark_out_of_range"):
            actions.mark_goal(coordinator, goal.id, mark, NOW)
    actions.close_goal(coordinator, goal.id, NOW)
    with refused("goal_closed"):
        actions.close_goal(coordinator, goal.id, later(1))
    with refused("goal_closed"):
        actions.mark_goal(coordinator, goal.id, 3, later(1))
    before = traces()
    for act in (actions.close_goal, lambda *told: actions.mark_goal(told[0], told[1], 3, told[2])):
        with pytest.raises(Http404):
            act(stranger, goal.id, NOW)
    assert traces() == before


def test_refusals_of_steps_and_reviews(coordinator: Actor, stranger: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    step = builders.with_step(coordinator, plan, NOW, weeks=4)
    with refused("step_not_done"):
        actions.undo_step(coordinator, step.id, NOW)
    with refused("review_in_future"):
        actions.hold_review(coordinator, plan.id, day(1), "", NOW)
    family.released(coordinator, plan.dossier_id, NOW)
    actions.replan(coordinator, plan.dossier_id, NOW)
    with refused("step_overtaken"):
        actions.do_step(coordinator, step.id, NOW)
    before = traces()
    for act in (actions.do_step, actions.undo_step):
        with pytest.raises(Http404):
            act(stranger, step.id, NOW)
    assert traces() == before


def test_refusals_of_covers(coordinator: Actor, stranger: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    cover = builders.covered(coordinator, plan.dossier_id, NOW, days=30)
    with refused("cover_overlaps"):
        actions.record_cover(coordinator, plan.dossier_id, "own_means", day(30), None, "x", NOW)
    with refused("period_backwards"):
        actions.record_cover(coordinator, plan.dossier_id, "fund", day(9), day(8), "x", NOW)
    with refused("period_backwards"):
        actions.end_cover(coordinator, cover.id, day(-1), NOW)
    before = traces()
    with pytest.raises(Http404):
        actions.end_cover(stranger, cover.id, day(3), NOW)
    assert traces() == before
    assert Cover.visible_to(coordinator, NOW.on).get_or_404(pk=cover.id).to_on == day(30)


def test_a_tick_that_is_repeated_changes_nothing(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    step = builders.with_step(coordinator, plan, NOW, days=3)
    actions.do_step(coordinator, step.id, NOW)
    before = traces()
    actions.do_step(coordinator, step.id, later(4))
    assert traces() == before
    assert PlanStep.visible_to(coordinator, NOW.on).get_or_404(pk=step.id).done_on == NOW.on


@pytest.mark.parametrize("name", ["replan", "start_drill", "remind"])
def test_without_a_trajectory_the_house_leaves_no_trace(coordinator: Actor, name: str) -> None:
    plan = closed(coordinator)
    acts: dict[str, Callable[[], object]] = {
        "replan": lambda: actions.replan(coordinator, plan.dossier_id, NOW),
        "start_drill": lambda: actions.start_drill(coordinator, plan.dossier_id, NOW.on, NOW),
        "remind": lambda: actions.remind(coordinator, plan.dossier_id, "call", NOW.on, NOW),
    }
    before = traces()
    assert not acts[name]()
    assert traces() == before
