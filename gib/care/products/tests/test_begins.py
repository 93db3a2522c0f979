"""A part in a product begins with the act that shows that it began, once, and counts from the day itself."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from gib.care.products import actions, builders, slots
from gib.care.products.actions.contacts import Log
from gib.care.products.domain.contact import Cancelled, Kind, Reason
from gib.care.products.domain.match import EndReason
from gib.care.products.domain.match import State as Pair
from gib.care.products.domain.participation import Facts, State, StopReason, check_start, may_start
from gib.care.products.models import Contact, Match, Participation
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.care.products.tests.conftest import NOW, broken, day, later, refused
from gib.care.products.tests.test_exceptions import a_part, expected
from gib.care.products.tests.test_mornings import HOME
from gib.care.products.tests.test_views import at, herself, request
from gib.care.trajectory import builders as trajectories
from gib.care.trajectory.domain import State as Stage
from gib.core.access.actor import Actor
from gib.core.kernel.rules import RuleBroken
from gib.people.families import actions as families
from gib.people.families import builders as family
from gib.people.families.models import was_detained
from gib.people.partners.domain import Product
from gib.people.partners.models import VisitingRule

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Told = Callable[[UUID], list[str]]


def introduced(actor: Actor, number: int = 0) -> Match:
    """Let a mother inside and a visiting mother meet; nobody said that her part began."""
    plan = trajectories.inside(actor, NOW, number)
    part = builders.planned(actor, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)
    return builders.introduced(actor, part, builders.a_volunteer(actor, NOW), NOW)


def at_the_door(actor: Actor) -> Match:
    """Let a mother inside and her maatje meet before she is free."""
    plan = trajectories.inside(actor, NOW)
    part = builders.planned(actor, plan.dossier_id, Product.MOEDERMAATJES, NOW)
    return builders.introduced(actor, part, builders.a_volunteer(actor, NOW), NOW)


def free(actor: Actor, match: Match, days: int) -> None:
    """Let her be released and say again that she wants support."""
    family.released(actor, match.dossier_id, later(days))
    builders.consented_again(actor, match.dossier_id, later(days))


def stands(actor: Actor, match: Match) -> tuple[str, date | None]:
    row = Participation.visible_to(actor, NOW.on).get_or_404(pk=match.participation_id)
    return row.state, row.started_on


# ---- the rule


@pytest.mark.parametrize("product", Product)
@pytest.mark.parametrize("left_out", [None, *Facts.__dataclass_fields__])
def test_a_part_begins_by_itself_where_one_may_start_it(product: Product, left_out: str | None) -> None:
    whole: dict[str, Any] = dict.fromkeys(Facts.__dataclass_fields__, True)
    whole |= {"trajectory": Stage.ACTIVE_INSIDE, "is_detained": product is not Product.MOEDERMAATJES}
    if left_out:
        whole[left_out] = Stage.PROPOSED if left_out == "trajectory" else not whole[left_out]
    facts = Facts(**whole)
    try:
        check_start(product, facts)
    except RuleBroken:
        assert not may_start(product, facts)
    else:
        assert may_start(product, facts)


@pytest.mark.parametrize("days", [-1, 0, 3, 10, 11])
def test_on_the_day_of_her_release_she_is_free(coordinator: Actor, days: int) -> None:
    plan = trajectories.inside(coordinator, NOW)
    family.released(coordinator, plan.dossier_id, later(10))
    assert was_detained(plan.dossier_id, day(days)) == (days in (0, 3))


def test_between_two_detentions_she_was_free(coordinator: Actor) -> None:
    plan = trajectories.inside(coordinator, NOW)
    family.released(coordinator, plan.dossier_id, later(10))
    families.detain_again(coordinator, plan.dossier_id, day(20), "NSL", "A1", "remand", later(20))
    assert [was_detained(plan.dossier_id, day(on)) for on in (9, 10, 19, 20, 400)] == [
        *(True, False, False),
        *(True, True),
    ]


# ---- a match


def test_a_trial_begins_her_part_and_both_are_told_once(coordinator: Actor, told: Told) -> None:
    match = introduced(coordinator)
    assert stands(coordinator, match) == (State.PLANNED, None)
    actions.start_trial(coordinator, match.id, later(2))
    assert stands(coordinator, match) == (State.RUNNING, day(2))
    assert told(match.dossier_id)[-2:] == ["products.TrialStarted", "products.Started"]
    for days in (3, 4, 5):
        builders.visited(coordinator, match, day(days), later(days))
    assert actions.run(coordinator, match.id, later(6)).state == Pair.RUNNING
    assert stands(coordinator, match) == (State.RUNNING, day(2))
    assert told(match.dossier_id).count("products.Started") == 1


def test_the_button_is_gone_and_pressing_an_old_one_does_nothing(house: Actor) -> None:
    match = introduced(house)
    assert at("part_step", match.participation_id, "starten") in str(
        slots.parts(request(house), match.dossier_id)
    )
    actions.start_trial(house, match.id, NOW)
    page = str(slots.parts(request(house), match.dossier_id))
    assert at("part_step", match.participation_id, "starten") not in page
    with refused("illegal_move"):
        actions.start(house, match.participation_id, NOW)


def test_who_pressed_start_before_the_trial_did_it_once(coordinator: Actor, told: Told) -> None:
    _part, match = builders.visiting(coordinator, NOW)
    actions.start_trial(coordinator, match.id, later(4))
    assert stands(coordinator, match) == (State.RUNNING, NOW.on)
    assert told(match.dossier_id).count("products.Started") == 1


@pytest.mark.parametrize("is_planned", [False, True])
def test_a_visit_before_the_trial_begins_it_on_the_day_of_the_visit(
    coordinator: Actor, told: Told, is_planned: bool
) -> None:
    match = introduced(coordinator)
    volunteer = herself(match)
    if is_planned:
        row = actions.plan_visit(volunteer, match.id, day(1), builders.AT, "", NOW)
        actions.hold_visit(volunteer, row.id, later(5))
    else:
        actions.log_visit(volunteer, match.id, Log(held_on=day(1), minutes=60), later(5))
    assert stands(coordinator, match) == (State.RUNNING, day(1))
    assert told(match.dossier_id)[-1] == "products.Started"
    actions.log_visit(volunteer, match.id, Log(held_on=day(1), minutes=60), later(6))
    actions.start_trial(coordinator, match.id, later(6))
    assert stands(coordinator, match) == (State.RUNNING, day(1))
    assert told(match.dossier_id).count("products.Started") == 1


def test_a_visit_that_did_not_take_place_begins_nothing(coordinator: Actor) -> None:
    match = introduced(coordinator)
    row = actions.plan_visit(coordinator, match.id, day(1), builders.AT, "", NOW)
    actions.cancel_visit(coordinator, row.id, Reason.ILL, Cancelled.MOTHER, later(1))
    assert stands(coordinator, match) == (State.PLANNED, None)


def test_a_talk_of_the_coordinator_begins_nothing(coordinator: Actor) -> None:
    match = introduced(coordinator)
    log = Log(held_on=NOW.on, minutes=30, kind=Kind.TALK)
    assert actions.log_talk(coordinator, match.dossier_id, log, NOW).participation_id is None
    assert stands(coordinator, match) == (State.PLANNED, None)


def test_a_part_that_began_is_her_drop_out_when_she_stops(coordinator: Actor) -> None:
    match = introduced(coordinator)
    actions.start_trial(coordinator, match.id, NOW)
    stopped = actions.stop(coordinator, match.participation_id, StopReason.NOT_FITTING, later(4))
    assert (stopped.state, stopped.ended_on) == (State.STOPPED_BY_MOTHER, day(4))


def test_a_second_volunteer_begins_nothing_anew(coordinator: Actor) -> None:
    match = introduced(coordinator)
    actions.start_trial(coordinator, match.id, NOW)
    actions.end_match(coordinator, match.id, EndReason.NO_CLICK, later(3))
    part = Participation.visible_to(coordinator, NOW.on).get_or_404(pk=match.participation_id)
    other = builders.introduced(coordinator, part, builders.a_volunteer(coordinator, NOW), later(5))
    actions.start_trial(coordinator, other.id, later(6))
    assert stands(coordinator, match) == (State.RUNNING, NOW.on)


# ---- help at home keeps its rules


@pytest.mark.requirement("FIN-01")
def test_help_at_home_begins_with_the_first_contact_that_is_paid_for(coordinator: Actor) -> None:
    match = at_the_door(coordinator)
    actions.start_trial(coordinator, match.id, later(1))
    assert stands(coordinator, match) == (State.PLANNED, None)
    with broken("not_released"):
        actions.start(coordinator, match.participation_id, later(1))
    free(coordinator, match, 10)
    builders.visited(coordinator, match, day(12), later(12))
    assert stands(coordinator, match) == (State.PLANNED, None)
    with broken("not_covered"):
        actions.start(coordinator, match.participation_id, later(12))
    trajectories.covered(coordinator, match.dossier_id, later(14))
    builders.visited(coordinator, match, day(13), later(15))
    assert stands(coordinator, match) == (State.PLANNED, None)
    builders.visited(coordinator, match, day(16), later(18))
    assert stands(coordinator, match) == (State.RUNNING, day(16))


@pytest.mark.requirement("FIN-01")
def test_what_is_told_late_of_a_day_inside_does_not_begin_help_at_home(coordinator: Actor) -> None:
    match = at_the_door(coordinator)
    free(coordinator, match, 10)
    trajectories.covered(coordinator, match.dossier_id, NOW)
    log = Log(held_on=day(8), minutes=60, kind=Kind.PHONE)
    actions.log_visit(coordinator, match.id, log, later(12))
    assert stands(coordinator, match) == (State.PLANNED, None)
    builders.visited(coordinator, match, day(10), later(12))
    assert stands(coordinator, match) == (State.RUNNING, day(10))


def test_a_match_that_goes_on_begins_what_could_not_begin_before(coordinator: Actor) -> None:
    match = at_the_door(coordinator)
    actions.start_trial(coordinator, match.id, later(1))
    free(coordinator, match, 5)
    for days in (6, 7, 8):
        builders.visited(coordinator, match, day(days), later(days))
    trajectories.covered(coordinator, match.dossier_id, later(9))
    actions.run(coordinator, match.id, later(9))
    assert stands(coordinator, match) == (State.RUNNING, day(9))


def test_after_its_end_nothing_begins(coordinator: Actor) -> None:
    match = introduced(coordinator)
    volunteer = herself(match)
    actions.end_by_prison(coordinator, match.participation_id, later(3))
    actions.log_visit(volunteer, match.id, Log(held_on=day(2), minutes=60), later(4))
    assert stands(coordinator, match)[0] == State.ENDED_BY_PRISON


# ---- a visit morning


@pytest.mark.parametrize("is_inside", [True, False])
def test_the_first_child_that_was_with_her_begins_her_visit_mornings(
    coordinator: Actor, is_inside: bool
) -> None:
    VisitingRule.objects.create(prison_id="NSL", kind="parent_child", valid_from=date(2009, 7, 1))
    meeting = builders.a_meeting(coordinator, NOW, Product.MOEDER_KIND_BEZOEKEN, days=7)
    part = a_part(coordinator)
    row, on = expected(coordinator, part, meeting), later(7)
    mornings.pick_up(coordinator, row.id, on)
    (mornings.enter if is_inside else mornings.refuse_at_gate)(coordinator, row.id, on)
    was = Participation.visible_to(coordinator, NOW.on).get_or_404(pk=part.id)
    assert was.state == State.PLANNED
    mornings.bring_back(coordinator, row.id, HOME, on)
    now = Participation.visible_to(coordinator, NOW.on).get_or_404(pk=part.id)
    assert (now.state, now.started_on) == (
        (State.RUNNING, meeting.planned_on) if is_inside else (State.PLANNED, None)
    )


def test_contacts_of_the_first_day_are_counted_from_it(coordinator: Actor) -> None:
    match = introduced(coordinator)
    actions.log_visit(coordinator, match.id, Log(held_on=day(3), minutes=60), later(9))
    began = stands(coordinator, match)[1]
    held = Contact.visible_to(coordinator, NOW.on).filter(match_id=match.id)
    assert began == min(row.held_on for row in held)
    assert began is not None
    assert began + timedelta(days=6) == day(9)
