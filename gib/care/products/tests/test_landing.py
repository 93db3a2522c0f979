"""The list for the first 72 hours and two weeks at home: once for each release, and gone with it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gib.care.products import builders, reactions
from gib.care.products.models import Participation
from gib.care.products.moedermaatjes.models import is_at_home
from gib.care.products.tests.conftest import NOW, broken, day, later
from gib.care.products.tests.test_views import request
from gib.care.referral.tests.reader import text_of, visitor
from gib.care.trajectory import actions as plans
from gib.care.trajectory import reactions as plan_reactions
from gib.care.trajectory import slots as plan_slots
from gib.care.trajectory import words
from gib.care.trajectory.domain import LANDING, RELEASE_DRILL, CloseReason, Drill
from gib.care.trajectory.models import PlanStep
from gib.care.trajectory.presenting import plan_of
from gib.core.access.actor import Actor
from gib.people.families import actions as families
from gib.people.families import builders as family
from gib.people.families.models import last_episode

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
SOON = {Drill.ADDRESS, Drill.MONEY, Drill.PAPERS, Drill.CHILDREN}


def begun(part: Participation, at: Any = NOW) -> None:
    """Tell the house that a product began, as its event does."""
    payload: dict[str, object] = {"product": part.product, "started_on": str(part.started_on)}
    reactions.on_started(part.dossier_id, payload, at)


def listed(actor: Actor, part: Participation, **facts: Any) -> list[Any]:
    rows = PlanStep.visible_to(actor, NOW.on).filter(dossier_id=part.dossier_id, **facts)
    return list(rows.exclude(drill=""))


def landing(actor: Actor, part: Participation, **facts: Any) -> dict[str, date]:
    """Give when each open step of a list of the house is due."""
    return {row.drill: row.due_on for row in listed(actor, part, **facts) if row.is_open}


def detained(actor: Actor, part: Participation, days: int) -> None:
    """Let her be held again, as the family slice and the wiring do."""
    families.detain_again(actor, part.dossier_id, day(days), "NSL", "", "remand", later(days))
    plan_reactions.on_detained_again(part.dossier_id, {}, later(days))
    reactions.on_detained_again(part.dossier_id, {}, later(days))


def released(actor: Actor, part: Participation, days: int) -> None:
    """Let her go free, as the family slice and the wiring do."""
    family.released(actor, part.dossier_id, later(days))
    payload: dict[str, object] = {"released_on": str(day(days))}
    plan_reactions.on_released(part.dossier_id, payload, later(days))
    reactions.on_released(part.dossier_id, payload, later(days))


def test_the_table_asks_four_things_in_72_hours_and_the_same_four_in_two_weeks() -> None:
    assert {drill for drill, days in LANDING.items() if days <= 2} == SOON
    assert sorted(set(LANDING.values())) == [2, 14]
    assert len(LANDING) == 2 * len(SOON)
    assert set(LANDING) & set(RELEASE_DRILL) == {Drill.ADDRESS}
    assert {*LANDING, *RELEASE_DRILL} <= set(words.DRILLS)


def test_help_at_home_begins_with_the_list_for_two_weeks(
    coordinator: Actor, told: Callable[..., list[str]]
) -> None:
    part, _match = builders.at_home(coordinator, NOW)
    assert not landing(coordinator, part)
    begun(part)
    assert landing(coordinator, part) == {str(drill): day(days) for drill, days in LANDING.items()}
    assert told(part.dossier_id)[-1] == "trajectory.LandingStarted"


def test_told_twice_or_begun_anew_it_is_made_once(coordinator: Actor, told: Callable[..., list[str]]) -> None:
    part, _match = builders.at_home(coordinator, NOW)
    begun(part)
    before = told(part.dossier_id)
    begun(part)
    begun(part, later(40))
    assert len(listed(coordinator, part)) == len(LANDING)
    assert told(part.dossier_id) == before


def test_what_the_list_of_the_release_asks_is_not_asked_again(coordinator: Actor) -> None:
    part, _match = builders.at_home(coordinator, NOW)
    released_on = last_episode(part.dossier_id).to_on
    plans.start_drill(coordinator, part.dossier_id, released_on, NOW)
    (address,) = listed(coordinator, part, drill=Drill.ADDRESS)
    plans.do_step(coordinator, address.id, NOW)
    begun(part)
    found = listed(coordinator, part)
    assert len(found) == len({*LANDING, *RELEASE_DRILL}) == len({row.drill for row in found})
    assert Drill.ADDRESS not in landing(coordinator, part)
    plans.start_drill(coordinator, part.dossier_id, released_on, later(1))
    assert len(listed(coordinator, part)) == len(found)


def test_days_count_from_the_release_or_from_a_start_that_came_later(coordinator: Actor) -> None:
    part, _match = builders.at_home(coordinator, NOW)
    plans.start_landing(coordinator, part.dossier_id, day(30), later(30))
    found = landing(coordinator, part)
    assert (found[Drill.MONEY], found[Drill.SCHOOL]) == (day(32), day(44))
    other, _match = builders.at_home(coordinator, NOW, 1)
    plans.start_landing(coordinator, other.dossier_id, day(-30), later(0))
    assert landing(coordinator, other)[Drill.MONEY] == day(2)
    late, _match = builders.at_home(coordinator, NOW, 2)
    begun(late, later(9))
    assert landing(coordinator, late)[Drill.MONEY] == day(9)
    assert landing(coordinator, late)[Drill.HOME] == day(14)


def test_only_help_at_home_lands(coordinator: Actor) -> None:
    part, _match = builders.visiting(coordinator, NOW)
    begun(part)
    assert listed(coordinator, part) == []
    assert not is_at_home(part.dossier_id)
    assert plans.start_landing(coordinator, part.dossier_id, NOW.on, NOW) == []
    nobody = family.a_dossier(coordinator, NOW, 5)
    assert plans.start_landing(coordinator, nobody.id, NOW.on, NOW) == []
    assert plans.overtake_drill(coordinator, nobody.id, NOW) == []


def test_a_new_detention_overtakes_it_and_a_new_release_brings_it_again(
    coordinator: Actor, told: Callable[..., list[str]]
) -> None:
    part, _match = builders.at_home(coordinator, NOW)
    begun(part)
    (money,) = listed(coordinator, part, drill=Drill.MONEY)
    plans.do_step(coordinator, money.id, later(1))
    detained(coordinator, part, 5)
    assert landing(coordinator, part) == {}
    assert len(listed(coordinator, part, overtaken_on=day(5))) == len(LANDING) - 1
    assert "trajectory.DrillOvertaken" in told(part.dossier_id)
    with broken("step_overtaken"):
        plans.do_step(coordinator, listed(coordinator, part, drill=Drill.HOME)[0].id, later(6))
    assert plans.overtake_drill(coordinator, part.dossier_id, later(6)) == []
    assert is_at_home(part.dossier_id)
    released(coordinator, part, 50)
    again = landing(coordinator, part)
    assert set(again) == {*LANDING, *RELEASE_DRILL}
    assert (again[Drill.CALL], again[Drill.ADDRESS], again[Drill.HOME]) == (day(50), day(52), day(64))


def test_a_closed_trajectory_asks_nothing_any_more(house: Actor) -> None:
    part, _match = builders.at_home(house, NOW)
    begun(part)
    plans.close(house, part.trajectory_id, CloseReason.MOVED_AWAY, None, later(1))
    assert landing(house, part) == {}
    assert plan_slots.steps_due(request(house, later(20))) == []


def test_it_is_on_the_start_page_and_in_her_plan_and_can_be_ticked_and_undone(house: Actor) -> None:
    part, _match = builders.at_home(house, NOW)
    begun(part)
    tasks = plan_slots.steps_due(request(house, later(2)))
    assert {task.why for task in tasks} == {str(words.DRILLS[drill]) for drill in SOON}
    assert {task.rank for task in tasks} == {5}
    assert len(plan_slots.steps_due(request(house, later(14)))) == len(LANDING)
    (task, *_others) = [row for row in tasks if row.why == str(words.DRILLS[Drill.PAPERS])]
    assert visitor(house, later(2)).post(task.finish).status_code in (200, 302)
    assert Drill.PAPERS not in landing(house, part)
    assert len(plan_slots.steps_due(request(house, later(2)))) == len(SOON) - 1
    row = listed(house, part, drill=Drill.PAPERS)[0]
    plans.undo_step(house, row.id, later(2))
    assert Drill.PAPERS in landing(house, part)
    shown = plan_of(house, part.dossier_id, later(2).on)
    told = [line.words for _phase, lines in shown.phases for line in lines]
    assert {str(words.DRILLS[drill]) for drill in LANDING} <= set(told)
    assert text_of(visitor(house, later(2)).post(task.finish)) is not None
