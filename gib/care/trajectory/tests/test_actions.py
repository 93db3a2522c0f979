"""What people do with a trajectory, refusals included, on the database."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from gib.care.trajectory import actions, builders, reactions
from gib.care.trajectory.domain import CloseReason, Drill, NewStep, PauseReason, Phase, State
from gib.care.trajectory.models import (
    PlanStep,
    Trajectory,
    latest_trajectory,
    open_trajectory,
    supports,
)
from gib.care.trajectory.tests.conftest import NOW, broken, day, later, write
from gib.core.access.actor import Actor, house
from gib.people.families import actions as families
from gib.people.families import builders as family
from gib.people.families.domain.codes import Purpose, ReturnKind
from gib.people.families.models import Consent

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Told = Callable[[UUID], list[str]]


def expect(actor: Actor, plan: Trajectory, days: int | None, now: Any = NOW) -> None:
    on = None if days is None else now.on + timedelta(days=days)
    families.expect_release(actor, plan.dossier_id, on, "prison", "likely", now)


def steps_of(actor: Actor, plan: Trajectory) -> dict[str, Any]:
    rows = PlanStep.visible_to(actor, NOW.on).filter(trajectory_id=plan.id)
    return {row.drill or row.what: row for row in rows}


def test_a_proposal_is_hers_to_agree_with(coordinator: Actor, told: Told) -> None:
    plan = builders.inside(coordinator, NOW)
    row = Trajectory.visible_to(coordinator, NOW.on).get_or_404(pk=plan.id)
    assert (row.state, row.agreed_on, row.started_on) == (State.ACTIVE_INSIDE, NOW.on, NOW.on)
    assert told(plan.dossier_id) == [
        "trajectory.Proposed",
        "trajectory.GoalAdded",
        "trajectory.Agreed",
        "trajectory.StartedInside",
    ]


@pytest.mark.requirement("CON-01")
def test_without_consent_no_trajectory(coordinator: Actor, told: Told) -> None:
    dossier = family.a_dossier(coordinator, NOW)
    with broken("support_missing"):
        actions.propose(coordinator, dossier.id, NOW)
    assert told(dossier.id) == []


@pytest.mark.requirement("CON-02")
def test_a_consent_that_is_withdrawn_stops_the_next_step(coordinator: Actor) -> None:
    plan = builders.proposed(coordinator, NOW)
    consent = Consent.for_action(coordinator, NOW.on).get(dossier_id=plan.dossier_id)
    families.withdraw_consent(coordinator, consent.id, NOW)
    assert not supports(plan.dossier_id, NOW.on)
    with broken("support_missing"):
        actions.agree(coordinator, plan.id, NOW)


def test_without_a_goal_she_has_nothing_to_agree_with(coordinator: Actor) -> None:
    dossier = family.a_dossier(coordinator, NOW)
    family.with_consent(coordinator, dossier.id, Purpose.SUPPORT, NOW)
    plan = actions.propose(coordinator, dossier.id, NOW)
    with broken("goal_missing"):
        actions.agree(coordinator, plan.id, NOW)


def test_one_open_trajectory_at_a_time(coordinator: Actor) -> None:
    plan = builders.proposed(coordinator, NOW)
    with broken("trajectory_open"):
        actions.propose(coordinator, plan.dossier_id, NOW)


def test_the_database_keeps_one_open_trajectory_too(coordinator: Actor) -> None:
    plan = builders.proposed(coordinator, NOW)
    second = Trajectory(dossier_id=plan.dossier_id, team_id=plan.team_id, opened_on=NOW.on)
    with pytest.raises(IntegrityError), transaction.atomic():
        write(second)


def test_strangers_and_wrong_steps(coordinator: Actor, stranger: Actor) -> None:
    plan = builders.proposed(coordinator, NOW)
    with pytest.raises(Http404):
        actions.agree(stranger, plan.id, NOW)
    with pytest.raises(Http404):
        actions.propose(stranger, plan.dossier_id, NOW)
    with broken("illegal_move"):
        actions.taper(coordinator, plan.id, NOW)
    with broken("illegal_move"):
        actions.resume(coordinator, builders.agreed(coordinator, NOW, 1).id, NOW)


def test_help_inside_is_for_who_is_inside(coordinator: Actor) -> None:
    plan = builders.agreed(coordinator, NOW)
    family.released(coordinator, plan.dossier_id, NOW)
    with broken("not_inside"):
        actions.start_inside(coordinator, plan.id, NOW)


@pytest.mark.requirement("FIN-01")
def test_help_at_home_waits_for_release_and_cover(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    with broken("not_released"):
        actions.start_outside(coordinator, plan.id, NOW)
    family.released(coordinator, plan.dossier_id, NOW)
    with broken("not_covered"):
        actions.start_outside(coordinator, plan.id, NOW)
    builders.covered(coordinator, plan.dossier_id, NOW)
    assert actions.start_outside(coordinator, plan.id, NOW).state == State.ACTIVE_OUTSIDE


def test_less_help_and_more_again(coordinator: Actor, told: Told) -> None:
    plan = builders.outside(coordinator, NOW)
    assert actions.taper(coordinator, plan.id, NOW).state == State.TAPERING
    assert actions.start_outside(coordinator, plan.id, NOW).state == State.ACTIVE_OUTSIDE
    assert told(plan.dossier_id)[-2:] == ["trajectory.TaperingStarted", "trajectory.StartedOutside"]


def test_a_pause_ends_where_she_is(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    paused = actions.pause(coordinator, plan.id, PauseReason.ILLNESS, NOW)
    assert (paused.state, paused.paused_on, paused.paused_reason) == (State.PAUSED, NOW.on, "illness")
    resumed = actions.resume(coordinator, plan.id, NOW)
    assert (resumed.state, resumed.paused_on, resumed.paused_reason) == (State.ACTIVE_INSIDE, None, "")


def test_what_never_began_goes_on_as_agreed(coordinator: Actor) -> None:
    plan = builders.agreed(coordinator, NOW)
    actions.pause(coordinator, plan.id, PauseReason.OTHER, NOW)
    assert actions.resume(coordinator, plan.id, NOW).state == State.AGREED


def test_going_on_at_home_needs_cover_again(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    actions.pause(coordinator, plan.id, PauseReason.UNREACHABLE, NOW)
    family.released(coordinator, plan.dossier_id, NOW)
    with broken("not_covered"):
        actions.resume(coordinator, plan.id, NOW)
    builders.covered(coordinator, plan.dossier_id, NOW)
    assert actions.resume(coordinator, plan.id, NOW).state == State.ACTIVE_OUTSIDE


def test_a_new_detention_pauses_and_does_not_close(coordinator: Actor) -> None:
    plan = builders.outside(coordinator, NOW)
    families.detain_again(coordinator, plan.dossier_id, day(1), "NSL", "", "remand", later(1))
    reactions.on_detained_again(plan.dossier_id, {"prison": "NSL"}, later(1))
    row = Trajectory.visible_to(coordinator, NOW.on).get_or_404(pk=plan.id)
    assert (row.state, row.paused_reason) == (State.PAUSED, PauseReason.RE_DETENTION)
    assert actions.resume(coordinator, plan.id, later(2)).state == State.ACTIVE_INSIDE
    reactions.on_detained_again(plan.dossier_id, {"prison": "NSL"}, later(3))
    assert open_trajectory(plan.dossier_id).state == State.ACTIVE_INSIDE


def test_letting_go_for_money_leaves_its_trail(coordinator: Actor, told: Told) -> None:
    """Invariant 8, the closing part."""
    plan = builders.inside(coordinator, NOW)
    trail = uuid4()
    with broken("let_go_municipality"):
        actions.close(coordinator, plan.id, CloseReason.NOT_FUNDED, trail, NOW)
    families.set_return(coordinator, plan.dossier_id, ReturnKind.KNOWN, "0917", NOW)
    with broken("let_go_trail"):
        actions.close(coordinator, plan.id, CloseReason.NOT_FUNDED, None, NOW)
    with broken("let_go_trail"):
        actions.close(coordinator, plan.id, CloseReason.NOT_FUNDED, trail, NOW)
    actions.note_trail(house("funding"), plan.id, trail, NOW)
    closed = actions.close(coordinator, plan.id, CloseReason.NOT_FUNDED, trail, NOW)
    assert (closed.trail_id, closed.let_go_municipality_id, closed.closed_on) == (trail, "0917", NOW.on)
    assert told(plan.dossier_id)[-1] == "trajectory.Closed"


def test_the_database_refuses_a_letting_go_without_trail(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    plan.state, plan.close_reason = State.CLOSED, CloseReason.NOT_FUNDED
    with pytest.raises(IntegrityError), transaction.atomic():
        write(plan)


def test_the_municipality_where_she_lives_counts_before_the_one_expected(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    families.set_return(coordinator, plan.dossier_id, ReturnKind.KNOWN, "0917", NOW)
    family.released(coordinator, plan.dossier_id, NOW, "0363")
    closed = let_go(coordinator, plan)
    assert closed.let_go_municipality_id == "0363"


def let_go(actor: Actor, plan: Trajectory) -> Trajectory:
    """Let her go on a request that failed."""
    trail = uuid4()
    actions.note_trail(house("funding"), plan.id, trail, NOW)
    return actions.close(actor, plan.id, CloseReason.NOT_FUNDED, trail, NOW)


def test_a_trail_is_of_one_trajectory_and_stands_until_somebody_pays(coordinator: Actor) -> None:
    """Invariant 8 holds at the act itself: not with the trail of another, nor with one that ended."""
    plan, other = (builders.inside(coordinator, NOW, number) for number in (0, 1))
    families.set_return(coordinator, plan.dossier_id, ReturnKind.KNOWN, "0917", NOW)
    trail, hers = uuid4(), uuid4()
    actions.note_trail(house("funding"), other.id, hers, NOW)
    noted = [actions.note_trail(house("funding"), plan.id, trail, NOW) for _ in "12"]
    assert noted[0].id == noted[1].id
    actions.end_trail(house("funding"), trail, later(1))
    for wrong in (hers, trail):
        with broken("let_go_trail"):
            actions.close(coordinator, plan.id, CloseReason.NOT_FUNDED, wrong, later(1))
    with pytest.raises(PermissionDenied):
        actions.note_trail(coordinator, plan.id, trail, NOW)


def test_who_was_let_go_gets_a_new_trajectory_and_the_old_one_stands(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    families.set_return(coordinator, plan.dossier_id, ReturnKind.KNOWN, "0917", NOW)
    closed = let_go(coordinator, plan)
    with broken("let_go_stays"):
        actions.reopen(coordinator, plan.id, later(1))
    new = actions.propose(coordinator, plan.dossier_id, later(1))
    assert new.previous_id == plan.id
    kept = Trajectory.visible_to(coordinator, NOW.on).get_or_404(pk=plan.id)
    assert (kept.close_reason, kept.trail_id) == (CloseReason.NOT_FUNDED, closed.trail_id)
    assert kept.let_go_municipality.pk == "0917"


def test_within_six_months_the_same_trajectory_opens_again(coordinator: Actor) -> None:
    plan = builders.closed(coordinator, builders.inside(coordinator, NOW), NOW)
    with broken("trajectory_reopen"):
        actions.propose(coordinator, plan.dossier_id, later(100))
    again = actions.reopen(coordinator, plan.id, later(100))
    assert (again.id, again.state, again.closed_on, again.close_reason) == (plan.id, State.AGREED, None, "")
    assert actions.start_inside(coordinator, plan.id, later(100)).started_on == NOW.on
    with broken("illegal_move"):
        actions.reopen(coordinator, plan.id, later(100))


def test_later_a_new_one_points_to_the_old(coordinator: Actor) -> None:
    plan = builders.closed(coordinator, builders.inside(coordinator, NOW), NOW)
    with broken("reopen_too_late"):
        actions.reopen(coordinator, plan.id, later(200))
    new = actions.propose(coordinator, plan.dossier_id, later(200))
    assert new.previous_id == plan.id
    assert latest_trajectory(plan.dossier_id).id == new.id
    assert open_trajectory(plan.dossier_id).id == new.id


def test_reopening_needs_consent(coordinator: Actor) -> None:
    plan = builders.closed(coordinator, builders.inside(coordinator, NOW), NOW)
    consent = Consent.for_action(coordinator, NOW.on).get(dossier_id=plan.dossier_id)
    families.withdraw_consent(coordinator, consent.id, NOW)
    with broken("support_missing"):
        actions.reopen(coordinator, plan.id, NOW)


#: Reasons that ask for something first: an answer of a municipality, attempts to reach her.
_ASK_FIRST = {CloseReason.NOT_FUNDED, CloseReason.OUT_OF_REACH}


@pytest.mark.parametrize("reason", [each for each in CloseReason if each not in _ASK_FIRST])
def test_every_reason_closes(coordinator: Actor, reason: CloseReason) -> None:
    plan = builders.closed(coordinator, builders.inside(coordinator, NOW), NOW, reason)
    assert (plan.state, plan.close_reason) == (State.CLOSED, reason)
    with broken("illegal_move"):
        builders.closed(coordinator, plan, NOW)


def test_the_newest_version_wins(coordinator: Actor) -> None:
    plan = builders.proposed(coordinator, NOW)
    stale = Trajectory.for_action(coordinator, NOW.on).get(pk=plan.id)
    actions.agree(coordinator, plan.id, NOW)
    with broken("newer_version"):
        actions.stages.carry_out(coordinator, NOW, rows=[stale])


def test_a_step_of_the_house_has_no_words_of_its_own(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    step = actions.add_step(coordinator, plan.id, NewStep(Phase.HOME, "", NOW.on, drill=Drill.CALL), NOW)
    assert (step.what, step.drill) == ("", Drill.CALL)
