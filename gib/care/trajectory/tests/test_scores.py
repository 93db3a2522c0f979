"""Her own scores at a review: what may be answered, what is kept, and who reads it."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from gib.care.intake.domain import CONDITIONS, LIFE_AREAS, Area
from gib.care.trajectory import actions, builders, domain, words
from gib.care.trajectory.domain import EDITION, LISTS, Scores
from gib.care.trajectory.models import AreaScore, Review, Trajectory, add_to
from gib.care.trajectory.tests.conftest import NOW, broken, day, later, refused, write
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.rows import Shown
from gib.core.access.tables import Role
from gib.core.journal.models import Happening

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
OUTSIDE: Final = (
    *(Role.PROJECT_LEADER, Role.REFERRER, Role.MUNICIPALITY, Role.SAFETY_HOUSE, Role.TECHNICAL_ADMIN),
    *(Role.PRIVACY_OFFICER, Role.VOLUNTEER, Role.EMERGENCY),
)
SOME: Final = {Area.HOUSING: 1, Area.HEALTH: 4}


def a_review(actor: Actor, on: int = 0) -> Review:
    """Hold a review in a new plan."""
    plan = builders.inside(actor, NOW)
    return actions.hold_review(actor, plan.id, day(on), "Zij ziet het zitten.", later(on))


def give(actor: Actor, review: Review, given: Any, version: int | None = None, days: int = 0) -> Any:
    return actions.give_scores(actor, review.id, Scores(given=given, version=version), later(days))


def kept(actor: Actor, review: Review, number: int) -> dict[str, int | None]:
    rows = AreaScore.for_action(actor, NOW.on).filter(review_id=review.id, number=number)
    return {row.area: row.score for row in rows}


def payloads(name: str) -> list[dict[str, Any]]:
    with rls.system("test"):
        rows = Happening.for_house("test", NOW.on).filter(name=name).order_by("at", "position")
        return [row.payload for row in rows]


def test_the_list_of_today_is_the_seven_areas_of_life() -> None:
    assert LISTS[EDITION] == LIFE_AREAS
    assert len(LIFE_AREAS) == 7
    assert not set(LIFE_AREAS) & set(CONDITIONS)


@pytest.mark.parametrize("edition", LISTS)
def test_every_edition_has_a_question_and_two_ends_for_each_of_its_areas(edition: int) -> None:
    asked = words.QUESTIONS[edition]
    assert tuple(asked) == LISTS[edition]
    for question in asked.values():
        assert str(question.asks).endswith("?")
        assert question.worst != question.best
        assert str(question.worst) in question.ends
        assert str(question.best) in question.ends


def test_what_is_not_asked_falls_away_and_what_is_left_open_is_empty() -> None:
    given = domain.complete({Area.DEBTS: 3, Area.HOUSING: 2})
    assert given == dict.fromkeys(LIFE_AREAS) | {Area.HOUSING: 2}


@pytest.mark.parametrize("score", [-1, 6, 99])
def test_a_score_outside_the_scale_is_refused(score: int) -> None:
    with broken("mark_out_of_range"):
        domain.check_scores({Area.HOUSING: score}, 0)


@pytest.mark.parametrize("score", range(6))
def test_every_score_of_the_scale_is_allowed_also_zero(score: int) -> None:
    domain.check_scores({Area.HOUSING: score, Area.HEALTH: None}, 0)


def test_a_first_answer_says_something_and_a_later_one_may_take_all_back() -> None:
    nothing: dict[Area, int | None] = dict.fromkeys(LIFE_AREAS)
    with broken("nothing_scored"):
        domain.check_scores(nothing, 0)
    domain.check_scores(nothing, 1)


def test_her_scores_are_kept_by_area_with_the_review(coordinator: Actor) -> None:
    review = a_review(coordinator)
    rows = give(coordinator, review, SOME, version=0)
    assert {(row.number, row.edition, row.given_on) for row in rows} == {(1, EDITION, NOW.on)}
    assert kept(coordinator, review, 1) == {str(area): SOME.get(area) for area in LIFE_AREAS}
    assert payloads("trajectory.ScoresGiven") == [{"review_id": str(review.id), "number": 1}]


def test_a_correction_stands_beside_the_first_answer(coordinator: Actor) -> None:
    review = a_review(coordinator)
    give(coordinator, review, SOME, version=0)
    give(coordinator, review, {Area.HOUSING: 5}, version=1, days=2)
    assert kept(coordinator, review, 1)[Area.HOUSING] == 1
    assert kept(coordinator, review, 2) == dict.fromkeys(LIFE_AREAS) | {Area.HOUSING: 5}
    assert [told["number"] for told in payloads("trajectory.ScoresGiven")] == [1, 2]
    newest = AreaScore.for_action(coordinator, NOW.on).filter(review_id=review.id, number=2)
    assert {row.given_on for row in newest} == {day(2)}


def test_she_may_take_everything_back(coordinator: Actor) -> None:
    review = a_review(coordinator)
    give(coordinator, review, SOME)
    give(coordinator, review, {})
    assert set(kept(coordinator, review, 2).values()) == {None}


def test_the_same_answer_again_changes_nothing(coordinator: Actor) -> None:
    review = a_review(coordinator)
    for _time in range(3):
        rows = give(coordinator, review, SOME)
        assert {row.number for row in rows} == {1}
    assert len(payloads("trajectory.ScoresGiven")) == 1
    assert AreaScore.for_action(coordinator, NOW.on).count() == len(LIFE_AREAS)


def test_an_answer_to_an_older_page_is_refused(coordinator: Actor) -> None:
    review = a_review(coordinator)
    give(coordinator, review, SOME, version=0)
    with refused("newer_version", AreaScore):
        give(coordinator, review, {Area.HOUSING: 3}, version=0)


@pytest.mark.parametrize(
    ("given", "code"), [({Area.HOUSING: 6}, "mark_out_of_range"), ({}, "nothing_scored")]
)
def test_a_refusal_leaves_nothing_behind(coordinator: Actor, given: Any, code: str) -> None:
    review = a_review(coordinator)
    with refused(code, AreaScore):
        give(coordinator, review, given)


def test_a_closed_plan_takes_no_scores(coordinator: Actor) -> None:
    review = a_review(coordinator)
    plan = Trajectory.for_action(coordinator, NOW.on).get(pk=review.trajectory_id)
    builders.closed(coordinator, plan, NOW)
    with refused("trajectory_not_open", AreaScore):
        give(coordinator, review, SOME)


def test_a_review_of_another_team_or_none_is_not_there(coordinator: Actor, stranger: Actor) -> None:
    review = a_review(coordinator)
    with pytest.raises(Http404):
        give(stranger, review, SOME)
    with pytest.raises(Http404):
        actions.give_scores(coordinator, uuid4(), Scores(given=SOME), NOW)


@pytest.mark.parametrize("role", OUTSIDE)
def test_nobody_outside_the_team_gives_scores(coordinator: Actor, role: Role) -> None:
    review = a_review(coordinator)
    with pytest.raises(PermissionDenied):
        give(Actor(UUID(int=77), role), review, SOME)


@pytest.mark.parametrize("role", OUTSIDE)
def test_her_scores_do_not_exist_outside_the_team(coordinator: Actor, role: Role) -> None:
    give(coordinator, a_review(coordinator), SOME)
    assert not AreaScore.visible_to(Actor(UUID(int=77), role), NOW.on).exists()


def test_another_team_sees_none_and_the_deputy_sees_all(coordinator: Actor, stranger: Actor) -> None:
    give(coordinator, a_review(coordinator), SOME)
    assert not AreaScore.visible_to(stranger, NOW.on).exists()
    deputy = Actor(UUID(int=78), Role.DEPUTY, coordinator.team_ids)
    assert {row.score for row in AreaScore.visible_to(deputy, NOW.on)} == {None, 1, 4}


def test_her_volunteer_is_shown_no_score(coordinator: Actor) -> None:
    give(coordinator, a_review(coordinator), SOME)
    with rls.system("test"):
        row = AreaScore.for_house("test", NOW.on).first()
    helper = Actor(UUID(int=79), Role.VOLUNTEER, volunteer_id=UUID(int=80))
    assert not Shown(row, helper).shows("scores")


def spoiled(review: Review, **facts: Any) -> Callable[[], None]:
    told = {"edition": 1, "number": 1, "area": "housing", "score": 2, "given_on": NOW.on} | facts
    return lambda: write(add_to(review.trajectory, AreaScore, review=review, **told))


@pytest.mark.parametrize("facts", [{"score": 6}, {"area": "crime"}, {"score": -1}])
def test_the_database_holds_no_impossible_score(coordinator: Actor, facts: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        spoiled(a_review(coordinator), **facts)()


def test_the_database_holds_an_area_once_in_an_answer(coordinator: Actor) -> None:
    review = a_review(coordinator)
    spoiled(review)()
    with pytest.raises(IntegrityError), transaction.atomic():
        spoiled(review)()
