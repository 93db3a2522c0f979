"""Replanning against a slow oracle: the past stays as it is, the future keeps its distance to the release."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gib.care.trajectory import actions, builders, domain, reactions
from gib.care.trajectory.domain import Drill, NewDue, Phase, ReviewDue, State, Step
from gib.care.trajectory.models import PlanStep
from gib.care.trajectory.tests.conftest import NOW, day, later
from gib.core.access.actor import Actor
from gib.people.families import actions as families
from gib.people.families import builders as family

TODAY = date(2011, 1, 11)
NEAR = st.integers(-40, 400).map(lambda days: TODAY + timedelta(days=days))
STEPS = st.builds(
    Step,
    id=st.uuids(),
    phase=st.sampled_from(Phase),
    weeks_before_release=st.none() | st.integers(-20, 40),
    due_on=st.none() | NEAR,
    done_on=st.none() | NEAR,
    overtaken_on=st.none() | NEAR,
    rushed=st.booleans(),
)
PLANS = st.lists(STEPS, max_size=8, unique_by=lambda each: each.id)


def slowly(step: Step, release: date | None, on: date) -> Step:
    """Say where one step lies after a new date, as a person with a calendar would."""
    hangs = step.weeks_before_release is not None
    over = step.done_on is not None or step.overtaken_on is not None
    missed = step.due_on is not None and step.due_on < on
    if not hangs or over or missed:
        return step
    if release is None:
        return replace(step, due_on=None, rushed=False)
    wanted, weeks = release, step.weeks_before_release or 0
    for _ in range(abs(weeks)):
        wanted += timedelta(days=7 if weeks < 0 else -7)
    return replace(step, due_on=max(wanted, on), rushed=wanted < on)


@given(plan=PLANS, release=st.none() | NEAR, on=NEAR)
def test_a_new_date_gives_what_the_calendar_gives(plan: list[Step], release: date | None, on: date) -> None:
    """Invariant 7, against an oracle."""
    moves = {move.id: move for move in domain.replan(plan, release, on)}
    for step in plan:
        wanted = slowly(step, release, on)
        same = (wanted.due_on, wanted.rushed) == (step.due_on, step.rushed)
        assert (step.id not in moves) == same
        if not same:
            assert moves[step.id] == NewDue(step.id, wanted.due_on, wanted.rushed)


@given(plan=PLANS, first=NEAR, shift=st.integers(0, 60), on=NEAR)
def test_the_future_moves_along_as_many_days_as_the_release(
    plan: list[Step], first: date, shift: int, on: date
) -> None:
    before = {move.id: move for move in domain.replan([replace(s, due_on=None) for s in plan], first, on)}
    second = first + timedelta(days=shift)
    after = {move.id: move for move in domain.replan([replace(s, due_on=None) for s in plan], second, on)}
    for step_id, move in before.items():
        if not move.rushed:
            assert move.due_on is not None
            assert after[step_id].due_on == move.due_on + timedelta(days=shift)
            assert not after[step_id].rushed


@given(plan=PLANS, on=NEAR)
def test_an_unknown_date_and_then_the_old_one_brings_the_plan_back(plan: list[Step], on: date) -> None:
    release = on + timedelta(days=300)
    by_id = {step.id: slowly(step, release, on) for step in plan}
    first = dict(by_id)
    for answer in (None, release):
        for move in domain.replan(by_id.values(), answer, on):
            by_id[move.id] = replace(by_id[move.id], due_on=move.due_on, rushed=move.rushed)
    assert by_id == first


@given(plan=PLANS, expected=st.none() | NEAR)
def test_what_comes_too_late_is_open_before_release_and_after_the_day(
    plan: list[Step], expected: date | None
) -> None:
    late = set(domain.too_late(plan, expected))
    for step in plan:
        is_open = step.done_on is None and step.overtaken_on is None
        wanted = (
            expected is not None
            and is_open
            and step.phase in (Phase.INSIDE, Phase.TOWARDS_RELEASE)
            and step.due_on is not None
            and step.due_on > expected
        )
        assert (step.id in late) is wanted


@given(last=NEAR, days=st.integers(0, 200))
def test_a_review_becomes_more_urgent_and_never_less(last: date, days: int) -> None:
    order = [ReviewDue.NOT_YET, ReviewDue.DUE, ReviewDue.OVERDUE]
    here = domain.review_due(last, last + timedelta(days=days))
    next_day = domain.review_due(last, last + timedelta(days=days + 1))
    assert order.index(next_day) - order.index(here) in (0, 1)
    assert here is (ReviewDue.NOT_YET if days < 56 else ReviewDue.DUE if days <= 91 else ReviewDue.OVERDUE)


@given(state=st.sampled_from(State), days=st.integers(0, 100), norm=st.integers(1, 60))
def test_standing_still_is_for_open_trajectories_that_do_not_rest(state: State, days: int, norm: int) -> None:
    still = domain.is_stalled(state, TODAY - timedelta(days=days), TODAY, norm)
    assert still is (state not in (State.PAUSED, State.CLOSED) and days > norm)


@given(closed=NEAR, days=st.integers(0, 260), months=st.integers(1, 8))
def test_a_trajectory_reopens_or_a_new_one_begins_never_both(closed: date, days: int, months: int) -> None:
    """Also where an installation gives another number of months, so that nobody falls between."""
    on = closed + timedelta(days=days)
    assert domain.may_reopen(closed, on, months) is not _may_propose(closed, on, months)


def _may_propose(closed: date, on: date, months: int) -> bool:
    try:
        domain.check_propose(False, closed, on, months)
    except domain.stages.RuleBroken as error:
        assert error.code == "trajectory_reopen"
        return False
    return True


def dues(actor: Actor, dossier_id: Any) -> dict[str, tuple[date | None, bool]]:
    rows = PlanStep.visible_to(actor, NOW.on).filter(dossier_id=dossier_id)
    return {row.what: (row.due_on, row.rushed) for row in rows if not row.drill}


@pytest.mark.django_db(databases=["default", "keys", "log"])
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    weeks=st.lists(st.integers(-8, 30), min_size=1, max_size=4, unique=True),
    answers=st.lists(st.none() | st.integers(5, 250), min_size=1, max_size=3),
)
def test_the_database_replans_as_the_oracle(
    coordinator: Actor, weeks: list[int], answers: list[int | None]
) -> None:
    plan = builders.inside(coordinator, NOW)
    for each in weeks:
        phase = Phase.HOME if each < 0 else Phase.TOWARDS_RELEASE
        builders.with_step(coordinator, plan, NOW, weeks=each, what=str(each), phase=phase)
    wanted = {str(each): Step(plan.id, Phase.INSIDE, each) for each in weeks}
    said: int | None = None
    for at, days in enumerate(answers, 1):
        release = None if days is None else NOW.on + timedelta(days=days)
        if days != said:
            families.expect_release(coordinator, plan.dossier_id, release, "prison", "likely", later(at))
            said = days
        reactions.on_release_expected(plan.dossier_id, {}, later(at))
        wanted = {what: slowly(step, release, day(at)) for what, step in wanted.items()}
    found = dues(coordinator, plan.dossier_id)
    assert found == {what: (step.due_on, step.rushed) for what, step in wanted.items()}
    actions.close(coordinator, plan.id, domain.CloseReason.OWN_WISH, None, NOW)


@pytest.mark.django_db(databases=["default", "keys", "log"])
def test_a_release_after_a_re_detention_makes_a_list_of_its_own(coordinator: Actor) -> None:
    plan = builders.outside(coordinator, NOW)
    reactions.on_released(plan.dossier_id, {"released_on": str(NOW.on)}, NOW)
    families.detain_again(coordinator, plan.dossier_id, day(20), "NSL", "", "remand", later(20))
    reactions.on_detained_again(plan.dossier_id, {"prison": "NSL"}, later(20))
    family.released(coordinator, plan.dossier_id, later(50))
    reactions.on_released(plan.dossier_id, {"released_on": str(day(50))}, later(50))
    calls = PlanStep.visible_to(coordinator, NOW.on).filter(trajectory_id=plan.id, drill=Drill.CALL)
    assert sorted(row.due_on for row in calls) == [NOW.on, day(50)]


@pytest.mark.django_db(databases=["default", "keys", "log"])
@pytest.mark.parametrize("stage", ["agreed", "inside"])
def test_a_new_detention_rests_help_at_home_only(coordinator: Actor, stage: str) -> None:
    plan = getattr(builders, stage)(coordinator, NOW)
    state = plan.state
    reactions.on_detained_again(plan.dossier_id, {"prison": "NSL"}, NOW)
    plan.refresh_from_db(from_queryset=type(plan).for_action(coordinator, NOW.on))
    assert plan.state == state


@pytest.mark.django_db(databases=["default", "keys", "log"])
def test_help_that_tapered_rests_on_a_new_detention_too(coordinator: Actor) -> None:
    plan = actions.taper(coordinator, builders.outside(coordinator, NOW).id, NOW)
    families.detain_again(coordinator, plan.dossier_id, day(1), "NSL", "", "remand", later(1))
    for _ in range(2):
        reactions.on_detained_again(plan.dossier_id, {"prison": "NSL"}, later(1))
    row = type(plan).visible_to(coordinator, NOW.on).get_or_404(pk=plan.id)
    assert (row.state, row.paused_on, row.paused_reason) == (State.PAUSED, day(1), "re_detention")
