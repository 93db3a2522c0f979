"""Her part in a product on the database: every step, every refusal, and what ends it from outside."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from gib.care.products import actions, builders, reactions
from gib.care.products.domain.contact import State as Visit
from gib.care.products.domain.match import State as Pair
from gib.care.products.domain.participation import Cause, State, StopReason, is_drop_out
from gib.care.products.models import Contact, Match, Participation, is_paused_here, norm
from gib.care.products.tests.conftest import NOW, broken, day, later
from gib.care.trajectory import actions as trajectory
from gib.care.trajectory import builders as trajectories
from gib.care.trajectory.domain import CloseReason, Drill
from gib.care.trajectory.models import Goal, PlanStep
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.rows import NotShown
from gib.core.access.tables import Role
from gib.people.families import actions as families
from gib.people.families import builders as family
from gib.people.families.models import Consent
from gib.people.partners.domain import Product

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Told = Callable[[UUID], list[str]]


def seen_by(actor: Actor, part: Participation) -> Any:
    return Participation.visible_to(actor, NOW.on).get_or_404(pk=part.id)


def move(actor: Actor, part: Participation, now: Any, prison: str = "TPL") -> None:
    families.place(actor, part.dossier_id, prison, "", "remand", now.on, now)
    reactions.on_placed(part.dossier_id, {"prison": prison, "moved": True, "from_on": str(now.on)}, now)


def test_from_wish_to_the_end(coordinator: Actor, told: Told) -> None:
    part, _match = builders.visiting(coordinator, NOW)
    done = actions.complete(coordinator, part.id, later(3))
    assert (done.state, done.wished_on, done.started_on, done.ended_on) == (
        State.COMPLETED,
        NOW.on,
        NOW.on,
        day(3),
    )
    names = [name for name in told(part.dossier_id) if name.startswith("products.")]
    assert names == [
        "products.Wished",
        "products.Offered",
        "products.Planned",
        "products.MatchProposed",
        "products.MatchAnswered",
        "products.MatchAnswered",
        "products.Introduced",
        "products.Started",
        "products.MatchEnded",
        "products.Completed",
    ]


def test_a_product_is_on_her_list_once(coordinator: Actor) -> None:
    plan = trajectories.inside(coordinator, NOW)
    part = builders.wished(coordinator, plan.dossier_id, Product.IK_JIJ_WIJ, NOW)
    with broken("product_open"):
        builders.wished(coordinator, plan.dossier_id, Product.IK_JIJ_WIJ, NOW)
    actions.cancel(coordinator, part.id, StopReason.NO_PLACE, NOW)
    assert builders.wished(coordinator, plan.dossier_id, Product.IK_JIJ_WIJ, NOW).state == State.WISHED
    twin = Participation(
        dossier_id=part.dossier_id,
        team_id=part.team_id,
        trajectory_id=plan.id,
        product=Product.IK_JIJ_WIJ,
        wished_on=NOW.on,
    )
    with pytest.raises(IntegrityError), rls.system("test"), transaction.atomic():
        twin.save()


def test_no_product_without_a_trajectory(coordinator: Actor, stranger: Actor) -> None:
    dossier = family.a_dossier(coordinator, NOW)
    with broken("trajectory_not_open"):
        builders.wished(coordinator, dossier.id, Product.IK_JIJ_WIJ, NOW)
    plan = trajectories.inside(coordinator, NOW, 1)
    with pytest.raises(Http404):
        builders.wished(stranger, plan.dossier_id, Product.IK_JIJ_WIJ, NOW)
    part = builders.wished(coordinator, plan.dossier_id, Product.IK_JIJ_WIJ, NOW)
    with pytest.raises(Http404):
        actions.offer(stranger, part.id, NOW)


def test_a_no_is_a_decision_and_its_day_is_kept(coordinator: Actor) -> None:
    plan = trajectories.inside(coordinator, NOW)
    part = builders.wished(coordinator, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)
    actions.offer(coordinator, part.id, NOW)
    said = actions.decline_offer(coordinator, part.id, day(30), NOW)
    assert (said.state, said.ended_on, said.ask_again_on) == (State.DECLINED, NOW.on, day(30))
    assert not is_drop_out(State(said.state), said.started_on)
    again = builders.wished(coordinator, plan.dossier_id, Product.BEZOEKMOEDERS, later(1))
    with broken("asked_too_soon"):
        actions.offer(coordinator, again.id, later(29))
    assert actions.offer(coordinator, again.id, later(30)).state == State.OFFERED


def test_what_is_not_offered_cannot_be_planned(coordinator: Actor) -> None:
    plan = trajectories.inside(coordinator, NOW)
    part = builders.wished(coordinator, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)
    for act in (actions.plan, actions.complete):
        with broken("illegal_move"):
            act(coordinator, part.id, NOW)
    for late in (actions.stop, actions.cancel):
        if late is actions.stop:
            with broken("illegal_move"):
                late(coordinator, part.id, StopReason.NOT_SAID, NOW)


def test_the_guards_of_planning_hold_on_the_database(coordinator: Actor) -> None:
    plan = trajectories.proposed(coordinator, NOW)
    part = builders.wished(coordinator, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)
    actions.offer(coordinator, part.id, NOW)
    with broken("trajectory_not_agreed"):
        actions.plan(coordinator, part.id, NOW)
    trajectory.agree(coordinator, plan.id, NOW)
    consent = Consent.for_action(coordinator, NOW.on).get(dossier_id=plan.dossier_id)
    families.withdraw_consent(coordinator, consent.id, NOW)
    with broken("support_missing"):
        actions.plan(coordinator, part.id, NOW)


def test_without_an_open_goal_nothing_is_planned(coordinator: Actor) -> None:
    plan = trajectories.inside(coordinator, NOW)
    part = builders.wished(coordinator, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)
    actions.offer(coordinator, part.id, NOW)
    goal = Goal.for_action(coordinator, NOW.on).get(trajectory_id=plan.id)
    trajectory.close_goal(coordinator, goal.id, NOW)
    with broken("goal_missing"):
        actions.plan(coordinator, part.id, NOW)


def test_the_course_asks_for_a_release_date(coordinator: Actor) -> None:
    plan = trajectories.inside(coordinator, NOW)
    part = builders.wished(coordinator, plan.dossier_id, Product.IK_JIJ_WIJ, NOW)
    actions.offer(coordinator, part.id, NOW)
    with broken("release_unknown"):
        actions.plan(coordinator, part.id, NOW)
    families.expect_release(coordinator, plan.dossier_id, day(90), "prison", "likely", NOW)
    assert actions.plan(coordinator, part.id, NOW).prison_id == "NSL"


def test_visits_begin_when_they_have_met(coordinator: Actor) -> None:
    plan = trajectories.inside(coordinator, NOW)
    part = builders.planned(coordinator, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)
    with broken("no_match"):
        actions.start(coordinator, part.id, NOW)
    builders.proposed(coordinator, part, builders.a_volunteer(coordinator, NOW), NOW)
    with broken("no_match"):
        actions.start(coordinator, part.id, NOW)


@pytest.mark.requirement("FIN-01")
def test_a_maatje_begins_after_release_and_with_cover(coordinator: Actor) -> None:
    plan = trajectories.inside(coordinator, NOW)
    part = builders.planned(coordinator, plan.dossier_id, Product.MOEDERMAATJES, NOW)
    builders.introduced(coordinator, part, builders.a_volunteer(coordinator, NOW), NOW)
    with broken("not_released"):
        actions.start(coordinator, part.id, NOW)
    family.released(coordinator, plan.dossier_id, NOW)
    builders.consented_again(coordinator, plan.dossier_id, NOW)
    with broken("not_covered"):
        actions.start(coordinator, part.id, NOW)
    trajectories.covered(coordinator, plan.dossier_id, NOW)
    assert actions.start(coordinator, part.id, NOW).state == State.RUNNING


def test_who_began_and_stops_dropped_out(coordinator: Actor) -> None:
    part, _match = builders.visiting(coordinator, NOW)
    stopped = actions.stop(coordinator, part.id, StopReason.NOT_FITTING, later(4))
    assert (stopped.state, stopped.end_reason) == (State.STOPPED_BY_MOTHER, StopReason.NOT_FITTING)
    assert is_drop_out(State(stopped.state), stopped.started_on)


def test_a_release_ends_what_is_inside_and_is_nobodys_drop_out(coordinator: Actor, told: Told) -> None:
    """Invariant 15; planned visits are overtaken, not missed."""
    part, match = builders.visiting(coordinator, NOW)
    visit = actions.plan_visit(coordinator, match.id, day(5), builders.AT, "Spreekkamer 2", NOW)
    family.released(coordinator, part.dossier_id, later(2))
    reactions.on_released(part.dossier_id, {"released_on": str(day(2))}, later(2))
    ended = seen_by(coordinator, part)
    assert (ended.state, ended.ended_on) == (State.ENDED_BY_RELEASE, day(2))
    assert not is_drop_out(State(ended.state), ended.started_on)
    row = Contact.visible_to(coordinator, NOW.on).get_or_404(pk=visit.id)
    assert (row.state, row.outcome_on) == (Visit.OVERTAKEN, day(2))
    pair = Match.visible_to(coordinator, NOW.on).get_or_404(pk=match.id)
    assert (pair.state, pair.end_reason, pair.to_on) == (Pair.ENDED, "release", day(2))
    goodbye = PlanStep.visible_to(coordinator, NOW.on).get_or_404(drill=Drill.GOODBYE)
    assert goodbye.due_on == day(2)
    count = len(told(part.dossier_id))
    reactions.on_released(part.dossier_id, {"released_on": str(day(2))}, later(2))
    assert len(told(part.dossier_id)) == count


def test_a_release_leaves_the_maatje_alone_and_withdraws_open_questions(coordinator: Actor) -> None:
    plan = trajectories.inside(coordinator, NOW)
    home = builders.planned(coordinator, plan.dossier_id, Product.MOEDERMAATJES, NOW)
    visits = builders.planned(coordinator, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)
    asked = builders.proposed(coordinator, visits, builders.a_volunteer(coordinator, NOW), NOW)
    family.released(coordinator, plan.dossier_id, NOW)
    reactions.on_released(plan.dossier_id, {"released_on": str(NOW.on)}, NOW)
    assert seen_by(coordinator, home).state == State.PLANNED
    assert seen_by(coordinator, visits).state == State.ENDED_BY_RELEASE
    assert Match.visible_to(coordinator, NOW.on).get_or_404(pk=asked.id).state == Pair.WITHDRAWN
    assert not PlanStep.visible_to(coordinator, NOW.on).filter(drill=Drill.GOODBYE).exists()


def test_a_transfer_lets_a_series_rest_and_go_on(coordinator: Actor) -> None:
    part, match = builders.visiting(coordinator, NOW)
    visit = actions.plan_visit(coordinator, match.id, day(5), builders.AT, "", NOW)
    assert not is_paused_here(part, NOW.on)
    with broken("not_paused"):
        actions.move_series(coordinator, part.id, NOW)
    move(coordinator, part, later(1))
    assert seen_by(coordinator, part).state == State.RUNNING
    assert is_paused_here(seen_by(coordinator, part), day(1))
    assert Contact.visible_to(coordinator, NOW.on).get_or_404(pk=visit.id).state == Visit.OVERTAKEN
    with broken("series_paused"):
        actions.plan_visit(coordinator, match.id, day(6), builders.AT, "", later(1))
    with broken("volunteer_not_allowed"):
        actions.move_series(coordinator, part.id, later(1))
    from_there = match.volunteer_id
    builders.volunteers.actions.grant_permit(coordinator, from_there, "TPL", day(1), None, later(1))
    assert actions.move_series(coordinator, part.id, later(1)).prison_id == "TPL"
    assert not is_paused_here(seen_by(coordinator, part), day(1))
    actions.plan_visit(coordinator, match.id, day(6), builders.AT, "", later(1))


def test_what_was_planned_before_a_transfer_begins_where_she_is_now(coordinator: Actor) -> None:
    plan = trajectories.inside(coordinator, NOW)
    part = builders.planned(coordinator, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)
    helper = builders.a_volunteer(coordinator, NOW)
    move(coordinator, part, later(1))
    with broken("volunteer_not_allowed"):
        actions.propose_match(coordinator, part.id, helper.id, later(1))
    assert seen_by(coordinator, part).prison_id == "NSL"
    builders.volunteers.actions.grant_permit(coordinator, helper.id, "TPL", day(1), None, later(1))
    match = actions.propose_match(coordinator, part.id, helper.id, later(1))
    assert (match.prison_id, seen_by(coordinator, part).prison_id) == ("TPL", "TPL")


def test_another_unit_is_no_transfer(coordinator: Actor) -> None:
    part, match = builders.visiting(coordinator, NOW)
    visit = actions.plan_visit(coordinator, match.id, day(5), builders.AT, "", NOW)
    reactions.on_placed(part.dossier_id, {"prison": "NSL", "moved": False}, NOW)
    assert Contact.visible_to(coordinator, NOW.on).get_or_404(pk=visit.id).state == Visit.PLANNED


def test_a_prison_may_end_a_product(coordinator: Actor) -> None:
    part, match = builders.visiting(coordinator, NOW)
    actions.end_for(coordinator, part.dossier_id, Cause.PRISON, NOW)
    assert seen_by(coordinator, part).state == State.ENDED_BY_PRISON
    assert Match.visible_to(coordinator, NOW.on).get_or_404(pk=match.id).end_reason == "by_coordinator"


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (CloseReason.GOALS_MET, State.COMPLETED),
        (CloseReason.OWN_WISH, State.STOPPED_BY_MOTHER),
        (CloseReason.ABROAD, State.CANCELLED),
    ],
)
def test_the_end_of_the_trajectory_ends_everything(
    coordinator: Actor, reason: CloseReason, state: State
) -> None:
    part, match = builders.visiting(coordinator, NOW)
    visit = actions.plan_visit(coordinator, match.id, day(5), builders.AT, "", NOW)
    plan = trajectory.close(coordinator, part.trajectory_id, reason, None, later(1))
    reactions.on_closed(plan.dossier_id, {"reason": str(reason)}, later(1))
    assert seen_by(coordinator, part).state == state
    assert Match.visible_to(coordinator, NOW.on).get_or_404(pk=match.id).end_reason == "trajectory_closed"
    assert Contact.visible_to(coordinator, NOW.on).get_or_404(pk=visit.id).state == Visit.OVERTAKEN


def test_a_volunteer_sees_dates_only_and_only_while_matched(coordinator: Actor) -> None:
    part, match = builders.visiting(coordinator, NOW)
    volunteer = Actor(UUID(int=7), Role.VOLUNTEER, volunteer_id=match.volunteer_id)
    row = seen_by(volunteer, part)
    assert (row.product, row.state) == (Product.BEZOEKMOEDERS, State.RUNNING)
    with pytest.raises(NotShown):
        assert row.wished_on
    other = Actor(UUID(int=8), Role.VOLUNTEER, volunteer_id=UUID(int=9))
    assert not Participation.visible_to(other, NOW.on).exists()


@pytest.mark.parametrize("role", [Role.PROJECT_LEADER, Role.REFERRER, Role.MUNICIPALITY, Role.SAFETY_HOUSE])
def test_others_see_no_part_match_or_visit(coordinator: Actor, role: Role) -> None:
    builders.visiting(coordinator, NOW)
    actor = Actor(UUID(int=7), role, partner_id=1)
    for model in (Participation, Match, Contact):
        assert not model.visible_to(actor, NOW.on).exists()


def test_terms_have_defaults(coordinator: Actor) -> None:
    assert norm("course_pass", NOW.on) == 6
