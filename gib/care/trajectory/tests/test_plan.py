"""Goals, steps, reviews and covers on the database, and how the plan follows the release."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import Http404

from gib.care.trajectory import actions, builders, reactions
from gib.care.trajectory.domain import Drill, Phase
from gib.care.trajectory.models import (
    Cover,
    Goal,
    GoalMark,
    PlanStep,
    Review,
    Trajectory,
    is_covered,
    norm,
    release_day,
)
from gib.care.trajectory.tests.conftest import NOW, broken, day, later
from gib.core.access.actor import Actor, house
from gib.core.access.rows import NotShown
from gib.core.access.tables import Role, Scope
from gib.core.kernel.rules import RuleBroken
from gib.people.families import actions as families
from gib.people.families import builders as family
from gib.people.partners.models import LegalParameter

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Told = Callable[[UUID], list[str]]


def expect(actor: Actor, plan: Trajectory, days: int | None, now: Any = NOW) -> None:
    on = None if days is None else now.on + timedelta(days=days)
    families.expect_release(actor, plan.dossier_id, on, "prison", "likely", now)


def steps_of(actor: Actor, plan: Trajectory) -> dict[str, Any]:
    rows = PlanStep.visible_to(actor, NOW.on).filter(trajectory_id=plan.id)
    return {row.drill or row.what: row for row in rows}


def test_goals_are_hers_and_so_are_the_marks(coordinator: Actor, stranger: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    goal = actions.add_goal(coordinator, plan.id, "Een huis voor ons drie.", NOW)
    assert goal.order == 2
    actions.mark_goal(coordinator, goal.id, 1, NOW)
    actions.mark_goal(coordinator, goal.id, 2, NOW)
    actions.mark_goal(coordinator, goal.id, 4, later(30))
    marks = GoalMark.visible_to(coordinator, NOW.on).filter(goal_id=goal.id)
    assert [row.mark for row in marks] == [2, 4]
    with pytest.raises(Http404):
        actions.mark_goal(stranger, goal.id, 1, NOW)
    actions.close_goal(coordinator, goal.id, NOW)
    for act in (lambda: actions.close_goal(coordinator, goal.id, NOW),):
        with broken("goal_closed"):
            act()
    with broken("goal_closed"):
        actions.mark_goal(coordinator, goal.id, 3, NOW)
    with broken("mark_out_of_range"):
        actions.mark_goal(coordinator, goal.id, 6, NOW)


def test_a_closed_trajectory_takes_no_goals_steps_or_reviews(coordinator: Actor) -> None:
    plan = builders.closed(coordinator, builders.inside(coordinator, NOW), NOW)
    for act in (
        lambda: actions.add_goal(coordinator, plan.id, "Werk.", NOW),
        lambda: builders.with_step(coordinator, plan, NOW, days=3),
        lambda: actions.hold_review(coordinator, plan.id, NOW.on, "", NOW),
    ):
        with broken("trajectory_not_open"):
            act()


def test_a_step_gets_its_day_from_the_release(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    floating = builders.with_step(coordinator, plan, NOW, weeks=4)
    assert (floating.due_on, floating.rushed) == (None, False)
    expect(coordinator, plan, 126)
    fixed = builders.with_step(coordinator, plan, NOW, weeks=4)
    assert fixed.due_on == day(98)
    late = builders.with_step(coordinator, plan, NOW, weeks=30)
    assert (late.due_on, late.rushed) == (NOW.on, True)


def test_a_step_is_ticked_and_unticked(coordinator: Actor, stranger: Actor, told: Told) -> None:
    plan = builders.inside(coordinator, NOW)
    step = builders.with_step(coordinator, plan, NOW, days=3)
    with broken("step_not_done"):
        actions.undo_step(coordinator, step.id, NOW)
    assert actions.do_step(coordinator, step.id, NOW).done_on == NOW.on
    actions.do_step(coordinator, step.id, later(1))
    assert actions.undo_step(coordinator, step.id, NOW).done_on is None
    assert told(plan.dossier_id)[-2:] == ["trajectory.StepDone", "trajectory.StepUndone"]
    with pytest.raises(Http404):
        actions.do_step(stranger, step.id, NOW)


def test_a_new_date_moves_the_future_and_leaves_history(coordinator: Actor, told: Told) -> None:
    """Invariant 7."""
    plan = builders.inside(coordinator, NOW)
    expect(coordinator, plan, 126)
    ahead = builders.with_step(coordinator, plan, NOW, weeks=4, what="straks")
    near = builders.with_step(coordinator, plan, NOW, weeks=16, what="bijna")
    done = builders.with_step(coordinator, plan, NOW, weeks=6, what="klaar")
    own = builders.with_step(coordinator, plan, NOW, days=50, what="vast")
    missed = builders.with_step(coordinator, plan, NOW, weeks=18, what="gemist")
    actions.do_step(coordinator, done.id, NOW)
    expect(coordinator, plan, 60, later(1))
    reactions.on_release_expected(plan.dossier_id, {}, later(1))
    found = steps_of(coordinator, plan)
    assert (found["straks"].due_on, found["straks"].rushed) == (day(61 - 28), False)
    assert (found["bijna"].due_on, found["bijna"].rushed) == (day(1), True)
    assert found["klaar"].due_on == done.due_on
    assert found["vast"].due_on == own.due_on
    assert found["gemist"].due_on == missed.due_on == NOW.on
    assert (ahead.due_on, near.due_on) == (day(98), day(14))
    assert told(plan.dossier_id)[-1] == "trajectory.Replanned"
    before = len(told(plan.dossier_id))
    reactions.on_release_expected(plan.dossier_id, {}, later(1))
    assert len(told(plan.dossier_id)) == before


def test_a_date_that_becomes_unknown_leaves_steps_without_a_day(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    expect(coordinator, plan, 126)
    builders.with_step(coordinator, plan, NOW, weeks=4, what="straks")
    expect(coordinator, plan, None, later(1))
    actions.replan(coordinator, plan.dossier_id, later(1))
    assert steps_of(coordinator, plan)["straks"].due_on is None
    assert release_day(plan.dossier_id) is None


def test_a_release_starts_the_list_of_seventy_two_hours(coordinator: Actor, told: Told) -> None:
    plan = builders.inside(coordinator, NOW)
    expect(coordinator, plan, 126)
    builders.with_step(coordinator, plan, NOW, weeks=4, what="binnen")
    builders.with_step(coordinator, plan, NOW, weeks=-2, phase=Phase.HOME, what="thuis")
    family.released(coordinator, plan.dossier_id, later(2))
    reactions.on_released(plan.dossier_id, {"released_on": str(day(2))}, later(2))
    found = steps_of(coordinator, plan)
    assert found["binnen"].overtaken_on == day(2)
    assert found["thuis"].due_on == day(16)
    drill = {name: found[name].due_on for name in (Drill.CALL, Drill.FUNDING, Drill.VOLUNTEER, Drill.ADDRESS)}
    assert list(drill.values()) == [day(2), day(2), day(3), day(4)]
    assert told(plan.dossier_id)[-2:] == ["trajectory.Replanned", "trajectory.DrillStarted"]
    with broken("step_overtaken"):
        actions.do_step(coordinator, found["binnen"].id, later(2))


def test_the_list_is_made_once_also_when_the_handler_runs_twice(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    family.released(coordinator, plan.dossier_id, NOW)
    for _ in range(2):
        reactions.on_released(plan.dossier_id, {"released_on": str(NOW.on)}, NOW)
    assert PlanStep.visible_to(coordinator, NOW.on).filter(trajectory_id=plan.id).count() == 4


def test_a_release_that_was_heard_late_is_due_today(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    late = later(9)
    families.release(coordinator, plan.dossier_id, day(3), "immediate", "no_fixed_address", None, late)
    reactions.on_released(plan.dossier_id, {"released_on": str(day(3))}, late)
    assert {row.due_on for row in steps_of(coordinator, plan).values()} == {late.on}


def test_without_a_trajectory_nothing_is_planned(coordinator: Actor) -> None:
    dossier = family.a_dossier(coordinator, NOW)
    reactions.on_release_expected(dossier.id, {}, NOW)
    reactions.on_released(dossier.id, {"released_on": str(NOW.on)}, NOW)
    reactions.on_detained_again(dossier.id, {}, NOW)
    assert actions.remind(coordinator, dossier.id, Drill.GOODBYE, NOW.on, NOW) is None


def test_a_reminder_is_put_in_the_plan_once(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    first = actions.remind(coordinator, plan.dossier_id, Drill.GOODBYE, NOW.on, NOW)
    second = actions.remind(coordinator, plan.dossier_id, Drill.GOODBYE, NOW.on, NOW)
    assert first.id == second.id


def test_a_review_is_kept_and_cannot_lie_ahead(coordinator: Actor, seen: Any) -> None:
    plan = builders.inside(coordinator, NOW)
    row = actions.hold_review(coordinator, plan.id, NOW.on, "Het gaat beter.", NOW)
    assert Review.visible_to(coordinator, NOW.on).get_or_404(pk=row.id).note == "Het gaat beter."
    with broken("review_in_future"):
        actions.hold_review(coordinator, plan.id, day(1), "", NOW)


def test_cover_holds_on_its_days(coordinator: Actor, stranger: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    builders.covered(coordinator, plan.dossier_id, NOW, days=30)
    held = [is_covered(plan.dossier_id, day(days)) for days in (-1, 0, 30, 31)]
    assert held == [False, True, True, False]
    with broken("cover_overlaps"):
        builders.covered(coordinator, plan.dossier_id, NOW)
    builders.covered(coordinator, plan.dossier_id, NOW, payer="fund")
    with pytest.raises(RuleBroken, match="period_backwards"):
        actions.record_cover(coordinator, plan.dossier_id, "fund", day(9), day(8), "x", NOW)
    with pytest.raises(Http404):
        builders.covered(stranger, plan.dossier_id, NOW)


@pytest.mark.requirement("FIN-06")
def test_a_cover_that_ends_asks_for_a_warm_handover(coordinator: Actor, told: Told) -> None:
    plan = builders.outside(coordinator, NOW)
    cover = Cover.for_action(coordinator, NOW.on).get(dossier_id=plan.dossier_id)
    ended = actions.end_cover(coordinator, cover.id, day(60), NOW)
    assert ended.to_on == day(60)
    assert not is_covered(plan.dossier_id, day(61))
    assert steps_of(coordinator, plan)[Drill.COVER_ENDS].due_on == day(32)
    assert told(plan.dossier_id)[-2:] == ["trajectory.CoverEnded", "trajectory.StepAdded"]


def test_a_term_of_the_house_goes_before_the_default() -> None:
    assert norm("reopen_months", NOW.on) == 6
    LegalParameter.objects.create(key="reopen_months", value=3, unit="months", valid_from=date(2010, 1, 1))
    assert norm("reopen_months", NOW.on) == 3


def test_a_volunteer_reads_goals_only_and_the_project_leader_nothing(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    volunteer = Actor(UUID(int=7), Role.VOLUNTEER, volunteer_id=UUID(int=8))
    leader = Actor(UUID(int=9), Role.PROJECT_LEADER)
    for actor in (volunteer, leader):
        assert not Goal.visible_to(actor, NOW.on).exists()
        assert not Trajectory.visible_to(actor, NOW.on).exists()
    families.involve(house("test"), plan.dossier_id, Scope.MATCHED, str(UUID(int=8)), uuid4(), NOW)
    goal = Goal.visible_to(volunteer, NOW.on).get_or_404(dossier_id=plan.dossier_id)
    assert goal.words == builders.GOAL
    row = Trajectory.visible_to(volunteer, NOW.on).get_or_404(pk=plan.id)
    with pytest.raises(NotShown):
        assert row.state
    step = builders.with_step(coordinator, plan, NOW, days=3)
    hidden = PlanStep.visible_to(volunteer, NOW.on).get_or_404(pk=step.id)
    with pytest.raises(NotShown):
        assert hidden.what


def test_words_lie_sealed(coordinator: Actor, seen: Any) -> None:
    plan = builders.inside(coordinator, NOW)
    goal = Goal.for_action(coordinator, NOW.on).get(trajectory_id=plan.id)
    assert builders.GOAL.encode() not in bytes(goal.__dict__["words"])
