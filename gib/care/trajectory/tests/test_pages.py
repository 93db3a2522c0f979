"""The pages of a trajectory under pressure: wrong words, sent twice, an old page, many rows, empty plans."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from gib.care.referral.tests.reader import hidden, queries, text_of, visitor
from gib.care.trajectory import actions, builders, presenting, slots
from gib.care.trajectory.domain import FLOW, CloseReason, PauseReason, Phase, State, begins_anew
from gib.care.trajectory.models import Goal, PlanStep, Review, Trajectory
from gib.care.trajectory.tests.conftest import NOW, day, later, traces
from gib.care.trajectory.tests.test_refusals import STANDS
from gib.care.trajectory.tests.test_views import request, send, tab
from gib.core.access.actor import Actor
from gib.people.families import actions as families
from gib.people.families import builders as family

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
#: How each move reads, and to which stage it leads; by hand, beside the table of the pages.
SLUGS = {"akkoord": "agreed", "binnen": "active_inside", "thuis": "active_outside", "afbouwen": "tapering"}


def at(name: str, *args: Any) -> str:
    return reverse(f"trajectory:{name}", args=args)


@pytest.mark.parametrize(
    ("name", "data", "kept"),
    [
        ("goal_add", {"words": ""}, ""),
        ("goal_add", {"words": "Mijn nummer is 111222333"}, "111222333"),
        ("step_add", {"what": "Bellen met school", "phase": "nergens"}, "Bellen met school"),
        ("step_add", {"what": "Bellen", "phase": "home", "weeks": "99"}, 'value="99"'),
        ("step_add", {"what": "Bellen", "phase": "home", "due_on": "31-2-2011"}, "31-2-2011"),
        ("review", {"held_on": "12-1-2011", "note": "Zij zong."}, "Zij zong."),
        ("pause", {"reason": "nergens"}, ""),
        ("close", {"reason": ""}, ""),
    ],
)
def test_what_cannot_be_keeps_what_was_filled_in(
    house: Actor, name: str, data: dict[str, str], kept: str
) -> None:
    plan = builders.inside(house, NOW)
    before = traces()
    answer = send(house, at(name, plan.id), **data)
    assert answer.status_code == 422
    assert kept in text_of(answer)
    assert traces() == before


def test_a_mark_outside_the_scale_is_no_choice(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    goal = Goal.for_action(house, NOW.on).get(trajectory_id=plan.id)
    for mark in ("6", "-1", "twee"):
        assert send(house, at("goal_mark", goal.id), mark=mark).status_code == 422


def test_a_goal_of_another_mother_is_no_choice_for_a_step(house: Actor) -> None:
    plan, other = builders.inside(house, NOW), builders.inside(house, NOW, 1)
    theirs = Goal.for_action(house, NOW.on).get(trajectory_id=other.id)
    answer = send(house, at("step_add", plan.id), what="Bellen", phase="home", goal=str(theirs.id))
    assert answer.status_code == 422
    assert not PlanStep.visible_to(house, NOW.on).exists()


@pytest.mark.parametrize(
    ("name", "data", "model"),
    [
        ("goal_add", {"words": "Een huis."}, Goal),
        ("step_add", {"what": "Bellen", "phase": "inside", "due_on": "20-1-2011"}, PlanStep),
        ("review", {"held_on": "11-1-2011", "note": "Goed."}, Review),
    ],
)
def test_what_is_sent_twice_is_done_once(house: Actor, name: str, data: dict[str, str], model: Any) -> None:
    plan = builders.inside(house, NOW)
    browser, url = visitor(house), at(name, plan.id)
    sent = hidden(browser.get(url)) | data
    before = model.visible_to(house, NOW.on).count()
    assert [browser.post(url, sent).status_code for _ in range(3)] == [302, 302, 302]
    assert model.visible_to(house, NOW.on).count() == before + 1


def test_a_step_that_is_ticked_twice_from_one_page_stays_done(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    step = builders.with_step(house, plan, NOW, days=3)
    browser, url = visitor(house), at("step_tick", step.id)
    sent = hidden(browser.get(url))
    for _ in range(2):
        assert browser.post(url, sent).status_code == 302
    assert PlanStep.visible_to(house, NOW.on).get_or_404(pk=step.id).done_on == NOW.on


def test_an_old_page_moves_nothing_a_second_time(house: Actor) -> None:
    plan = builders.proposed(house, NOW)
    browser, url = visitor(house), at("move", plan.id, "akkoord")
    first, second = hidden(browser.get(url)), hidden(browser.get(url))
    assert browser.post(url, first).status_code == 302
    answer = browser.post(url, second)
    assert answer.status_code == 422
    assert Trajectory.visible_to(house, NOW.on).get_or_404(pk=plan.id).state == State.AGREED


@pytest.mark.parametrize("slug", ["hervatten", "heropenen"])
def test_no_address_goes_round_her_yes(house: Actor, slug: str) -> None:
    plan = builders.proposed(house, NOW)
    assert send(house, at("move", plan.id, slug)).status_code == 422
    assert Trajectory.visible_to(house, NOW.on).get_or_404(pk=plan.id).state == State.PROPOSED


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_change_nothing(house: Actor, method: str) -> None:
    plan = builders.proposed(house, NOW)
    before = traces()
    getattr(visitor(house), method)(at("move", plan.id, "akkoord"))
    assert traces() == before


@pytest.mark.parametrize("state", STANDS)
def test_the_tab_offers_what_the_stage_allows_and_nothing_else(house: Actor, state: State) -> None:
    plan = STANDS[state](house)
    html = tab(house, plan)
    offered = {slug for slug in (*SLUGS, "hervatten", "heropenen") if at("move", plan.id, slug) in html}
    wanted = {slug for slug, to in SLUGS.items() if FLOW.may_move(state, State(to))}
    special = {State.PAUSED: {"hervatten"}, State.CLOSED: {"heropenen"}}
    assert offered == special.get(state, wanted)
    is_open = state is not State.CLOSED
    for name in ("review", "close", "goal_add", "step_add"):
        assert (at(name, plan.id) in html) is is_open, name
    rests = state in (State.PAUSED, State.PROPOSED, State.CLOSED)
    assert (at("pause", plan.id) in html) is not rests


def test_what_closed_long_ago_stays_closed_and_offers_a_new_one(house: Actor) -> None:
    """Who is detained again after a year has a way on: the old plan does not open, a new one does."""
    plan = STANDS[State.CLOSED](house)
    soon, late = later(170), later(200)
    here, there = (presenting.plan_of(house, plan.dossier_id, now.on) for now in (soon, late))
    assert here is not None and there is not None
    assert ([slug for slug, _title in here.moves], here.may_follow) == (["heropenen"], False)
    assert (there.moves, there.may_follow) == ([], True)
    assert at("propose", plan.dossier_id) not in tab(house, plan)
    assert actions.propose(house, plan.dossier_id, late).previous_id == plan.id


def test_who_is_held_again_gets_a_new_plan_at_once_and_the_old_one_stands_beside_it(house: Actor) -> None:
    plan = builders.outside(house, NOW)
    actions.add_goal(house, plan.id, "Samen ontbijten", NOW)
    families.detain_again(house, plan.dossier_id, day(5), "NSL", "", "remand", later(5))
    actions.close(house, plan.id, CloseReason.OWN_WISH, None, later(6))
    here = presenting.plan_of(house, plan.dossier_id, later(7).on)
    assert here is not None
    assert ([slug for slug, _title in here.moves], here.may_follow) == (["heropenen"], True)
    assert here.earlier == []
    new = actions.propose(house, plan.dossier_id, later(7))
    assert new.previous_id == plan.id
    now = presenting.plan_of(house, plan.dossier_id, later(7).on)
    assert now is not None
    assert (now.row.id, now.may_follow, len(now.earlier)) == (new.id, False, 1)
    old = now.earlier[0]
    assert old.why == "Zij wil stoppen"
    assert "Samen ontbijten" in old.goals
    html = tab(house, new, later(7))
    assert "Eerder traject" in html
    assert "Toen wilde zij:" in html


@pytest.mark.parametrize(
    ("opened", "detained", "may"),
    [(0, None, False), (10, 5, False), (10, 10, False), (10, 11, True)],
)
def test_a_new_plan_follows_at_once_only_after_a_new_detention(
    opened: int, detained: int | None, may: bool
) -> None:
    assert begins_anew(day(opened), None if detained is None else day(detained)) is may


def done_step(house: Actor, plan: Trajectory) -> None:
    actions.do_step(house, builders.with_step(house, plan, NOW, days=3).id, NOW)


def overtaken_step(house: Actor, plan: Trajectory) -> None:
    builders.with_step(house, plan, NOW, days=3)
    family.released(house, plan.dossier_id, NOW)
    actions.replan(house, plan.dossier_id, NOW)


def after_step(house: Actor, plan: Trajectory) -> None:
    families.expect_release(house, plan.dossier_id, day(10), "prison", "likely", NOW)
    builders.with_step(house, plan, NOW, days=30)


def rushed_step(house: Actor, plan: Trajectory) -> None:
    families.expect_release(house, plan.dossier_id, day(40), "prison", "likely", NOW)
    builders.with_step(house, plan, NOW, weeks=20)


@pytest.mark.parametrize(
    ("arrange", "state", "can_tick"),
    [
        (lambda house, plan: builders.with_step(house, plan, NOW, days=3), "open", True),
        (lambda house, plan: builders.with_step(house, plan, NOW, days=-1), "late", True),
        (done_step, "done", False),
        (overtaken_step, "overtaken", False),
        (after_step, "after", True),
        (rushed_step, "rushed", True),
    ],
    ids=["open", "late", "done", "overtaken", "after", "rushed"],
)
def test_every_way_a_step_can_stand(
    house: Actor, arrange: Callable[[Actor, Trajectory], object], state: str, can_tick: bool
) -> None:
    plan = builders.inside(house, NOW)
    arrange(house, plan)
    found = presenting.plan_of(house, plan.dossier_id, NOW.on)
    assert found is not None
    lines = [line for _phase, lines in found.phases for line in lines]
    assert [(line.state, line.is_open) for line in lines] == [(f"trajectory.step_{state}", can_tick)]


def test_a_step_without_a_day_says_so(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    builders.with_step(house, plan, NOW, weeks=4)
    assert "dag onbekend" in tab(house, plan)


def test_an_empty_plan_has_a_word_for_every_phase(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    for goal in Goal.for_action(house, NOW.on).filter(trajectory_id=plan.id):
        actions.close_goal(house, goal.id, NOW)
    html = tab(house, plan)
    assert html.count("Nog geen stappen.") == len(Phase)
    assert "Nog geen doelen" in html
    assert slots.goals(request(house), plan.dossier_id) is None
    assert slots.steps_due(request(house)) == []
    assert slots.reviews_overdue(request(house)) == []


def test_a_goal_without_a_mark_or_step_says_nothing_about_them(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    found = presenting.plan_of(house, plan.dossier_id, NOW.on)
    assert found is not None
    assert [(card.marks, card.since, card.next) for card in found.goals] == [
        ([], "", "Nog geen volgende stap.")
    ]


def test_a_stranger_and_a_closed_plan_ask_for_nothing(house: Actor, stranger: Actor) -> None:
    plan = builders.inside(house, NOW)
    builders.with_step(house, plan, NOW, days=0)
    assert presenting.plan_of(stranger, plan.dossier_id, NOW.on) is None
    for source in (slots.steps_due, slots.reviews_overdue):
        assert source(request(stranger, later(120))) == []
    actions.pause(house, plan.id, PauseReason.OTHER, NOW)
    assert slots.reviews_overdue(request(house, later(120))) == []
    assert tab(house, plan, later(120)).count("Bespreking laat") == 0


def test_the_newest_trajectory_is_shown(house: Actor) -> None:
    old = builders.closed(house, builders.inside(house, NOW), NOW, CloseReason.OWN_WISH)
    family.with_consent(house, old.dossier_id, "support", later(200))
    new = actions.propose(house, old.dossier_id, later(200))
    found = presenting.plan_of(house, old.dossier_id, day(200))
    assert found is not None
    assert found.row.id == new.id


def test_thirty_rows_cost_as_many_questions_as_one(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    goal = actions.add_goal(house, plan.id, "Doel", NOW)
    step = builders.with_step(house, plan, NOW, days=1)
    pages = [at("step_add", plan.id), at("goal_mark", goal.id), at("step_tick", step.id)]
    few = [queries(visitor(house), url) for url in pages]
    for number in range(29):
        actions.add_goal(house, plan.id, f"Doel {number}", NOW)
        builders.with_step(house, plan, NOW, days=number)
    assert [queries(visitor(house), url) for url in pages] == few
    assert max(few) <= 15


def test_consent_is_asked_again_as_long_as_something_goes_on(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    assert slots.renewals(request(house, later(300))) == []
    assert [task.dossier_id for task in slots.renewals(request(house, later(360)))] == [plan.dossier_id]
    builders.closed(house, plan, later(100))
    assert slots.renewals(request(house, later(360))) == []
    actions.reopen(house, plan.id, later(120))
    assert [task.dossier_id for task in slots.renewals(request(house, later(360)))] == [plan.dossier_id]
