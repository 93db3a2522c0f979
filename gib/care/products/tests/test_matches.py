"""Matches on the database: both are asked, they meet, and what the volunteer may see when."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from gib.care.products import actions, builders
from gib.care.products.domain.contact import State as Visit
from gib.care.products.domain.match import SEEKS_AGAIN, EndReason, State
from gib.care.products.models import Contact, Exclusion, Match, Participation, live_match, open_match
from gib.care.products.tests.conftest import NOW, broken, day, later, write
from gib.care.trajectory import builders as trajectories
from gib.care.trajectory.domain import Drill
from gib.care.trajectory.models import Goal, PlanStep
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.rows import NotShown
from gib.core.access.tables import Role, Scope
from gib.core.kernel.rules import RuleBroken
from gib.people.families.models import Involvement, Participant
from gib.people.partners.domain import Product
from gib.people.volunteers import actions as volunteers
from gib.people.volunteers import builders as papers
from gib.people.volunteers.domain import Requirement
from gib.people.volunteers.domain import State as VolunteerState
from gib.people.volunteers.models import Completion, Volunteer

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Told = Callable[[UUID], list[str]]


@pytest.fixture
def part(coordinator: Actor) -> Participation:
    plan = trajectories.inside(coordinator, NOW)
    return builders.planned(coordinator, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)


@pytest.fixture
def truus(coordinator: Actor) -> Volunteer:
    return builders.a_volunteer(coordinator, NOW)


def herself(volunteer: Volunteer) -> Actor:
    return Actor(UUID(int=7), Role.VOLUNTEER, volunteer_id=volunteer.id)


def test_both_say_yes_in_either_order(coordinator: Actor, part: Participation, truus: Volunteer) -> None:
    match = builders.proposed(coordinator, part, truus, NOW)
    assert actions.volunteer_answers(herself(truus), match.id, True, NOW).state == State.VOLUNTEER_AGREED
    agreed = actions.mother_answers(coordinator, match.id, True, NOW)
    assert (agreed.state, agreed.volunteer_said_on, agreed.mother_said_on) == (State.AGREED, NOW.on, NOW.on)
    with broken("already_answered"):
        actions.mother_answers(coordinator, match.id, True, NOW)


@pytest.mark.parametrize("who", ["volunteer", "mother"])
def test_a_no_needs_no_reason_and_leaves_room_for_the_next(
    coordinator: Actor, part: Participation, truus: Volunteer, who: str
) -> None:
    match = builders.proposed(coordinator, part, truus, NOW)
    if who == "volunteer":
        said = actions.volunteer_answers(herself(truus), match.id, False, NOW)
    else:
        said = actions.mother_answers(coordinator, match.id, False, NOW)
    assert (said.state, said.to_on, said.end_reason) == (State.REFUSED, NOW.on, "")
    assert builders.proposed(coordinator, part, truus, NOW).state == State.PROPOSED


def test_before_they_meet_she_sees_code_words_only(
    coordinator: Actor, part: Participation, truus: Volunteer
) -> None:
    match = builders.proposed(coordinator, part, truus, NOW)
    row = Match.visible_to(herself(truus), NOW.on).get_or_404(pk=match.id)
    assert (row.product, row.prison_id, row.languages) == (Product.BEZOEKMOEDERS, "NSL", "nl")
    for hidden in ("participation", "mother_said_on", "volunteer"):
        with pytest.raises(NotShown):
            getattr(row, hidden)
    for model in (Participant, Goal, Participation):
        assert not model.visible_to(herself(truus), NOW.on).exists()


def test_from_the_introduction_she_is_involved(
    coordinator: Actor, part: Participation, truus: Volunteer
) -> None:
    match = builders.introduced(coordinator, part, truus, NOW)
    episode = Involvement.of_source(match.id).get()
    assert (episode.kind, episode.party, episode.from_on, episode.to_on) == (
        Scope.MATCHED,
        str(truus.id),
        NOW.on,
        None,
    )
    mother = Participant.visible_to(herself(truus), NOW.on).get_or_404(dossier_id=part.dossier_id)
    assert mother.first_name == "Madelief"


@pytest.mark.requirement("PRV-11")
@pytest.mark.parametrize(("days", "sees"), [(0, True), (14, True), (15, False)])
def test_after_the_end_her_sight_lasts_two_weeks(
    coordinator: Actor, part: Participation, truus: Volunteer, days: int, sees: bool
) -> None:
    """Invariant 11."""
    match = builders.introduced(coordinator, part, truus, NOW)
    builders.visited(coordinator, match, NOW.on, NOW)
    actions.end_match(coordinator, match.id, EndReason.PLANNED, NOW)
    for model in (Match, Contact, Participation, Participant, Goal):
        assert model.visible_to(herself(truus), day(days)).exists() is sees
    for model in (Match, Contact):
        assert model.visible_to(coordinator, day(days)).exists()


def test_a_volunteer_sees_no_match_of_another(
    coordinator: Actor, part: Participation, truus: Volunteer
) -> None:
    other = builders.a_volunteer(coordinator, NOW, given_name="Loes")
    match = builders.introduced(coordinator, part, truus, NOW)
    assert not Match.visible_to(herself(other), NOW.on).exists()
    with pytest.raises(Http404):
        actions.volunteer_answers(herself(other), match.id, True, NOW)


def test_another_team_cannot_propose(
    coordinator: Actor, stranger: Actor, part: Participation, truus: Volunteer
) -> None:
    with pytest.raises(Http404):
        builders.proposed(stranger, part, truus, NOW)
    theirs = papers.available(stranger, NOW, Product.BEZOEKMOEDERS, prison="TPL")
    with pytest.raises(Http404):
        builders.proposed(coordinator, part, theirs, NOW)


@pytest.mark.requirement("VOG-01")
@pytest.mark.requirement("VOG-05")
@pytest.mark.requirement("VOL-02")
@pytest.mark.parametrize("lacks", [*papers.BASE, Requirement.TRAINING_BEZOEKMOEDERS, "permit"])
def test_without_every_paper_no_match(
    coordinator: Actor, part: Participation, truus: Volunteer, lacks: str
) -> None:
    """Invariant 3."""
    if lacks == "permit":
        bare = papers.available(coordinator, NOW, Product.BEZOEKMOEDERS)
    else:
        bare = truus
        rows = Completion.for_action(coordinator, NOW.on).filter(volunteer_id=truus.id, requirement=lacks)
        for row in rows:
            row.to_on = day(-1)
            write(row)
    with pytest.raises(RuleBroken) as error:
        builders.proposed(coordinator, part, bare, NOW)
    assert (error.value.code, error.value.facts["reasons"]) == ("volunteer_not_allowed", (lacks,))


def test_a_suspended_volunteer_gets_no_match_nor_meets(
    coordinator: Actor, part: Participation, truus: Volunteer
) -> None:
    match = builders.proposed(coordinator, part, truus, NOW)
    actions.mother_answers(coordinator, match.id, True, NOW)
    actions.volunteer_answers(coordinator, match.id, True, NOW)
    volunteers.move(coordinator, truus.id, VolunteerState.SUSPENDED, NOW)
    with broken("volunteer_not_allowed"):
        actions.introduce(coordinator, match.id, NOW)


def test_a_volunteer_takes_no_more_than_she_can(
    coordinator: Actor, part: Participation, truus: Volunteer
) -> None:
    builders.introduced(coordinator, part, truus, NOW)
    plan = trajectories.inside(coordinator, NOW, 1)
    second = builders.planned(coordinator, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)
    with broken("volunteer_full"):
        builders.proposed(coordinator, second, truus, NOW)


def test_one_match_at_a_time_until_it_ends(coordinator: Actor, part: Participation, truus: Volunteer) -> None:
    loes = builders.a_volunteer(coordinator, NOW, given_name="Loes")
    match = builders.running(coordinator, part, truus, NOW)
    with broken("match_open"):
        builders.proposed(coordinator, part, loes, later(2))
    twin = Match(
        dossier_id=part.dossier_id,
        team_id=part.team_id,
        participation_id=part.id,
        volunteer=loes,
        product=part.product,
        proposed_on=NOW.on,
    )
    with pytest.raises(IntegrityError), rls.system("test"), transaction.atomic():
        twin.save()
    actions.begin_ending(coordinator, match.id, later(2))
    assert open_match(part.id) is None
    assert live_match(part.id).id == match.id
    assert builders.proposed(coordinator, part, loes, later(2)).state == State.PROPOSED


def test_products_without_a_fixed_volunteer_and_unplanned_ones(coordinator: Actor, truus: Volunteer) -> None:
    plan = trajectories.inside(coordinator, NOW)
    mornings = builders.planned(coordinator, plan.dossier_id, Product.MOEDER_KIND_BEZOEKEN, NOW)
    with broken("product_without_match"):
        builders.proposed(coordinator, mornings, truus, NOW)
    wished = builders.wished(coordinator, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)
    with broken("not_planned"):
        builders.proposed(coordinator, wished, truus, NOW)


def test_nobody_meets_before_both_said_yes(coordinator: Actor, part: Participation, truus: Volunteer) -> None:
    match = builders.proposed(coordinator, part, truus, NOW)
    with broken("illegal_move"):
        actions.introduce(coordinator, match.id, NOW)
    assert actions.withdraw_match(coordinator, match.id, NOW).state == State.WITHDRAWN
    with broken("illegal_move"):
        actions.start_trial(coordinator, match.id, NOW)


def test_a_trial_takes_three_contacts(coordinator: Actor, part: Participation, truus: Volunteer) -> None:
    match = builders.introduced(coordinator, part, truus, NOW)
    with broken("illegal_move"):
        actions.run(coordinator, match.id, NOW)
    actions.start_trial(coordinator, match.id, NOW)
    for days in range(3):
        with broken("trial_too_short"):
            actions.run(coordinator, match.id, later(days))
        builders.visited(coordinator, match, day(days), later(days))
    assert actions.run(coordinator, match.id, later(3)).state == State.RUNNING


def test_when_the_volunteer_stops_the_mother_hears_within_two_working_days(
    coordinator: Actor, part: Participation, truus: Volunteer, told: Told
) -> None:
    match = builders.running(coordinator, part, truus, NOW)
    visit = actions.plan_visit(coordinator, match.id, day(9), builders.AT, "", later(2))
    ended = actions.end_match(coordinator, match.id, EndReason.BY_VOLUNTEER, later(2))
    assert (ended.state, ended.to_on, ended.end_reason) == (State.ENDED, day(2), EndReason.BY_VOLUNTEER)
    step = PlanStep.visible_to(coordinator, NOW.on).get_or_404(drill=Drill.REMATCH)
    assert step.due_on == day(6)
    assert Contact.visible_to(coordinator, NOW.on).get_or_404(pk=visit.id).state == Visit.OVERTAKEN
    assert "products.MatchEnded" in told(part.dossier_id)
    with broken("illegal_move"):
        actions.end_match(coordinator, match.id, EndReason.PLANNED, later(2))


#: Who still wants a volunteer after such an end must hear of it.
LEFT_ALONE = {
    EndReason.BY_VOLUNTEER: True,
    EndReason.BY_COORDINATOR: True,
    EndReason.OTHER_PERSON: True,
    EndReason.NO_CLICK: True,
    EndReason.UNSAFE: True,
    EndReason.PLANNED: False,
    EndReason.BY_MOTHER: False,
    EndReason.RELEASE: False,
    EndReason.TRANSFER: False,
    EndReason.TRAJECTORY_CLOSED: False,
}


@pytest.mark.parametrize("reason", EndReason)
def test_whoever_is_left_without_a_volunteer_hears_of_it(
    coordinator: Actor, part: Participation, truus: Volunteer, reason: EndReason
) -> None:
    match = builders.introduced(coordinator, part, truus, NOW)
    assert actions.end_match(coordinator, match.id, reason, NOW).end_reason == reason
    due = PlanStep.visible_to(coordinator, NOW.on).filter(drill=Drill.REMATCH)
    assert [row.due_on for row in due] == [day(2)] * LEFT_ALONE[reason]
    assert (reason in SEEKS_AGAIN) is LEFT_ALONE[reason]


@pytest.mark.parametrize("is_hers", [True, False])
@pytest.mark.parametrize("steps", [(), (actions.start_trial,)])
def test_either_may_say_that_it_does_not_click_and_nothing_is_held_against_them(
    coordinator: Actor,
    part: Participation,
    truus: Volunteer,
    is_hers: bool,
    steps: tuple[Callable[..., Match], ...],
) -> None:
    match = builders.introduced(coordinator, part, truus, NOW)
    for step in steps:
        step(coordinator, match.id, NOW)
    by = herself(truus) if is_hers else coordinator
    ended = actions.say_no_click(by, match.id, later(1))
    assert (ended.state, ended.end_reason, ended.to_on) == (State.ENDED, EndReason.NO_CLICK, day(1))
    assert PlanStep.visible_to(coordinator, NOW.on).get_or_404(drill=Drill.REMATCH).due_on == day(3)
    assert not Exclusion.visible_to(coordinator, NOW.on).exists()
    assert actions.propose_match(coordinator, part.id, truus.id, later(1)).state == State.PROPOSED
    with broken("no_click_late"):
        actions.say_no_click(by, match.id, later(1))


def test_no_click_is_said_neither_before_they_meet_nor_once_they_go_on_together(
    coordinator: Actor, part: Participation, truus: Volunteer
) -> None:
    match = builders.proposed(coordinator, part, truus, NOW)
    with broken("no_click_late"):
        actions.say_no_click(herself(truus), match.id, NOW)
    actions.withdraw_match(coordinator, match.id, NOW)
    match = builders.running(coordinator, part, truus, NOW)
    with broken("no_click_late"):
        actions.say_no_click(coordinator, match.id, later(3))


@pytest.mark.parametrize("she_said_yes", [True, False])
def test_who_said_yes_hears_that_the_volunteer_said_no(
    coordinator: Actor, part: Participation, truus: Volunteer, she_said_yes: bool
) -> None:
    match = builders.proposed(coordinator, part, truus, NOW)
    if she_said_yes:
        actions.mother_answers(coordinator, match.id, True, NOW)
    actions.volunteer_answers(herself(truus), match.id, False, later(1))
    due = PlanStep.visible_to(coordinator, NOW.on).filter(drill=Drill.REMATCH)
    assert [row.due_on for row in due] == [day(3)] * she_said_yes


def test_a_maatje_knows_the_municipality_and_no_prison(coordinator: Actor) -> None:
    part, match = builders.at_home(coordinator, NOW)
    assert (match.prison_id, match.municipality_id) == (None, "0363")
    assert part.prison_id is None


def test_a_match_on_an_old_page_is_refused(coordinator: Actor, part: Participation, truus: Volunteer) -> None:
    match = builders.proposed(coordinator, part, truus, NOW)
    stale: Any = Match.for_action(coordinator, NOW.on).get(pk=match.id)
    actions.mother_answers(coordinator, match.id, True, NOW)
    with broken("newer_version"):
        actions.matches.carry_out(coordinator, NOW, rows=[stale])
