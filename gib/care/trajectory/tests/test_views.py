"""The pages of a trajectory: what a coordinator sees and does, and who may not."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import RequestFactory
from django.urls import reverse

from gib.care.referral.tests.reader import hidden, queries, text_of, visitor
from gib.care.trajectory import actions, builders, slots, words
from gib.care.trajectory.domain import CloseReason, Drill, PauseReason, Phase, State
from gib.care.trajectory.models import Goal, GoalMark, PlanStep, Review, Trajectory
from gib.care.trajectory.tests.conftest import NOW, day, later
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.people.families import actions as families
from gib.people.families import builders as family
from gib.people.families.domain.codes import Purpose

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
VOLUNTEER = Actor(UUID(int=7), Role.VOLUNTEER, volunteer_id=UUID(int=8))


def send(actor: Actor, url: str, now: Any = NOW, **data: Any) -> Any:
    browser = visitor(actor, now)
    page = browser.get(url)
    assert page.status_code == 200
    text_of(page)
    return browser.post(url, hidden(page) | data)


def done(actor: Actor, url: str, plan: Trajectory, now: Any = NOW, **data: Any) -> Trajectory:
    answer = send(actor, url, now, **data)
    assert answer.status_code == 302, text_of(answer)
    assert answer.url == reverse("portal:dossier_tab", args=[plan.dossier_id, "plan"])
    row: Trajectory = Trajectory.for_action(actor, now.on).get(pk=plan.id)
    return row


def press(actor: Actor, url: str) -> Any:
    return visitor(actor, NOW).post(url)


def request(actor: Actor, now: Any = NOW, **query: str) -> Any:
    made: Any = RequestFactory().get("/", query)
    made.actor, made.now = actor, now
    return made


def tab(actor: Actor, plan: Trajectory, now: Any = NOW) -> str:
    html = str(slots.plan_tab(request(actor, now), plan.dossier_id))
    assert "!!undefined" not in html
    return html


def test_a_plan_is_proposed(house: Actor) -> None:
    dossier = family.a_dossier(house, NOW)
    url = reverse("trajectory:propose", args=[dossier.id])
    refused = send(house, url)
    assert refused.status_code == 422
    assert "nog geen toestemming" in text_of(refused)
    family.with_consent(house, dossier.id, Purpose.SUPPORT, NOW)
    assert send(house, url).status_code == 302
    assert Trajectory.visible_to(house, NOW.on).get_or_404(dossier_id=dossier.id).state == State.PROPOSED


def test_the_stages_one_after_another(house: Actor) -> None:
    plan = builders.proposed(house, NOW)
    for slug, state in (("akkoord", State.AGREED), ("binnen", State.ACTIVE_INSIDE)):
        assert done(house, reverse("trajectory:move", args=[plan.id, slug]), plan).state == state
    paused = done(house, reverse("trajectory:pause", args=[plan.id]), plan, reason=PauseReason.ILLNESS)
    assert paused.state == State.PAUSED
    assert done(house, reverse("trajectory:move", args=[plan.id, "hervatten"]), plan).state == "active_inside"
    closed = done(house, reverse("trajectory:close", args=[plan.id]), plan, reason=CloseReason.OWN_WISH)
    assert closed.close_reason == CloseReason.OWN_WISH
    assert done(house, reverse("trajectory:move", args=[plan.id, "heropenen"]), plan).state == State.AGREED


def test_a_refused_move_says_why_and_changes_nothing(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    answer = send(house, reverse("trajectory:move", args=[plan.id, "thuis"]))
    assert answer.status_code == 422
    assert "nog niet vrij" in text_of(answer)
    assert Trajectory.for_action(house, NOW.on).get(pk=plan.id).state == State.ACTIVE_INSIDE


def test_letting_go_for_money_is_not_offered_here(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    answer = send(house, reverse("trajectory:close", args=[plan.id]), reason=CloseReason.NOT_FUNDED)
    assert answer.status_code == 422


def test_goals_marks_and_steps(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    done(house, reverse("trajectory:goal_add", args=[plan.id]), plan, words="Een huis voor ons drie")
    goal = Goal.for_action(house, NOW.on).get(trajectory_id=plan.id, order=2)
    done(house, reverse("trajectory:goal_mark", args=[goal.id]), plan, mark="2")
    done(house, reverse("trajectory:goal_mark", args=[goal.id]), plan, later(30), mark="3")
    done(
        house,
        reverse("trajectory:step_add", args=[plan.id]),
        plan,
        what="Brief aan de woningbouw",
        phase=Phase.TOWARDS_RELEASE,
        goal=str(goal.id),
        due_on="20-1-2011",
    )
    html = tab(house, plan, later(30))
    assert "Een huis voor ons drie" in html
    assert "Cijfers 2, 3" in html
    assert "Volgende stap: Brief aan de woningbouw" in html
    assert "Te laat" in html
    step = PlanStep.for_action(house, NOW.on).get(trajectory_id=plan.id)
    done(house, reverse("trajectory:step_tick", args=[step.id]), plan)
    assert "Gedaan" in tab(house, plan)
    done(house, reverse("trajectory:step_tick", args=[step.id]), plan)
    assert PlanStep.for_action(house, NOW.on).get(pk=step.id).done_on is None
    done(house, reverse("trajectory:goal_close", args=[goal.id]), plan)
    assert "Een huis voor ons drie" not in tab(house, plan)
    assert GoalMark.visible_to(house, NOW.on).count() == 2


def test_a_step_has_one_way_to_find_its_day(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    url = reverse("trajectory:step_add", args=[plan.id])
    answer = send(house, url, what="Bellen", phase=Phase.HOME, due_on="20-1-2011", weeks="2")
    assert answer.status_code == 422
    assert "niet allebei" in text_of(answer)


def test_a_review_is_written_down(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    answer = send(
        house, reverse("trajectory:review", args=[plan.id]), held_on="11-1-2011", note="Het gaat goed."
    )
    assert answer.status_code == 302
    assert Review.visible_to(house, NOW.on).get_or_404(trajectory_id=plan.id).held_on == NOW.on


@pytest.mark.parametrize(("days", "word"), [(0, None), (56, "Bespreken"), (92, "Bespreking laat")])
def test_the_tab_tells_when_to_discuss(house: Actor, days: int, word: str | None) -> None:
    plan = builders.inside(house, NOW)
    html = tab(house, plan, later(days))
    assert (word in html) if word else ("Bespreking laat" not in html)


def test_the_tab_tells_what_stands_out(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    assert "Bijna vrij" not in tab(house, plan)
    families.expect_release(house, plan.dossier_id, day(40), "prison", "likely", NOW)
    builders.with_step(house, plan, NOW, days=50, what="Te laat gepland")
    builders.with_step(house, plan, NOW, weeks=20, what="Ineens dichtbij")
    html = tab(house, plan)
    assert "Bijna vrij" in html
    assert "Na vrijlating" in html
    assert "Nu doen" in html
    family.released(house, plan.dossier_id, NOW)
    assert "Niet gedekt" in tab(house, plan)


def test_the_tab_tells_when_nothing_moves(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    step = builders.with_step(house, plan, NOW, days=90)
    assert "Ligt stil" not in tab(house, plan, later(42))
    assert "Ligt stil" in tab(house, plan, later(43))
    actions.do_step(house, step.id, later(20))
    assert "Ligt stil" not in tab(house, plan, later(43))


def test_without_a_plan_the_tab_offers_one(house: Actor) -> None:
    dossier = family.a_dossier(house, NOW)
    html = str(slots.plan_tab(request(house), dossier.id))
    assert reverse("trajectory:propose", args=[dossier.id]) in html
    assert slots.goals(request(house), dossier.id) is None


def test_her_goals_stand_above_the_timeline(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    assert builders.GOAL in str(slots.goals(request(house), plan.dossier_id))


def _pages(plan: Trajectory, actor: Actor) -> list[str]:
    goal = Goal.for_action(actor, NOW.on).get(trajectory_id=plan.id)
    step = builders.with_step(actor, plan, NOW, days=3)
    names = ("pause", "close", "goal_add", "step_add", "review")
    return [
        reverse("trajectory:propose", args=[plan.dossier_id]),
        reverse("trajectory:move", args=[plan.id, "afbouwen"]),
        *(reverse(f"trajectory:{name}", args=[plan.id]) for name in names),
        *(reverse(f"trajectory:{name}", args=[goal.id]) for name in ("goal_mark", "goal_close")),
        reverse("trajectory:step_tick", args=[step.id]),
    ]


def test_strangers_find_nothing_and_wrong_roles_may_not(house: Actor, stranger: Actor) -> None:
    plan = builders.inside(house, NOW)
    for url in _pages(plan, house):
        assert visitor(stranger).get(url).status_code == 404, url
        assert visitor(stranger).post(url).status_code == 404, url
        for role in (Role.REFERRER, Role.PROJECT_LEADER, Role.MUNICIPALITY):
            assert visitor(Actor(uuid4(), role, partner_id=1)).get(url).status_code == 403, url
        assert visitor(VOLUNTEER).get(url).status_code == 403, url
        assert visitor(None).get(url).status_code == 302, url
    assert visitor(house).get(reverse("trajectory:move", args=[plan.id, "nergens"])).status_code == 404


def test_steps_of_a_release_come_first_on_the_start_page(house: Actor, stranger: Actor) -> None:
    plan = builders.inside(house, NOW)
    builders.with_step(house, plan, NOW, days=0, what="Bellen met school")
    family.released(house, plan.dossier_id, NOW)
    actions.start_drill(house, plan.dossier_id, NOW.on, NOW)
    tasks = sorted(slots.steps_due(request(house)), key=lambda task: task.rank)
    assert [task.why for task in tasks][-1] == "Bellen met school"
    assert {task.why for task in tasks} >= {str(words.DRILLS[Drill.CALL]), str(words.DRILLS[Drill.FUNDING])}
    assert {task.who for task in tasks} == {"Madelief S."}
    assert slots.steps_due(request(stranger)) == []


def test_who_lost_her_volunteer_is_on_the_start_page_before_the_last_day(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    due = NOW.on + timedelta(days=2)
    actions.remind(house, plan.dossier_id, Drill.REMATCH, due, NOW)
    actions.remind(house, plan.dossier_id, Drill.VOLUNTEER, due, NOW)
    (task,) = slots.steps_due(request(house))
    assert task.why == str(words.DRILLS[Drill.REMATCH])
    assert str(task.badge).startswith("do 13 jan")


def test_a_plan_that_nobody_discussed_is_seen(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    assert slots.reviews_overdue(request(house, later(91))) == []
    late = slots.reviews_overdue(request(house, later(92)))
    assert [task.dossier_id for task in late] == [plan.dossier_id]
    actions.hold_review(house, plan.id, day(50), "", later(92))
    assert slots.reviews_overdue(request(house, later(92))) == []


def test_the_number_of_queries_does_not_grow(house: Actor, django_assert_max_num_queries: Any) -> None:
    plan = builders.inside(house, NOW)
    for number in range(6):
        goal = actions.add_goal(house, plan.id, f"Doel {number}", NOW)
        actions.mark_goal(house, goal.id, number % 6, NOW)
        builders.with_step(house, plan, NOW, days=number)
    with rls.acting_as(house, NOW.on):
        with django_assert_max_num_queries(12):
            tab(house, plan)
        for source in (slots.steps_due, slots.reviews_overdue):
            with django_assert_max_num_queries(3):
                source(request(house))
    assert queries(visitor(house), reverse("trajectory:step_add", args=[plan.id])) <= 15


def test_one_press_on_the_start_page_ticks_a_step_and_one_takes_it_back(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    step = builders.with_step(house, plan, NOW, days=0, what="Bellen met school")
    (due,) = slots.steps_due(request(house))
    assert (due.is_done, due.finish) == (False, reverse("trajectory:step_press", args=[step.id, "klaar"]))
    for _twice in range(2):
        answer = press(house, due.finish)
        assert answer["Location"] == reverse("portal:today") + f"?klaar={step.id}"
    assert slots.steps_due(request(house)) == []
    (done_now,) = slots.steps_due(request(house, klaar=str(step.id)))
    assert (done_now.is_done, done_now.why) == (True, "Bellen met school")
    assert press(house, done_now.finish)["Location"] == reverse("portal:today")
    assert [task.is_done for task in slots.steps_due(request(house))] == [False]


def test_a_press_on_a_step_that_was_overtaken_says_so(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    step = builders.with_step(house, plan, NOW, days=0, what="Bellen met school")
    with rls.acting_as(house, NOW.on):
        PlanStep.for_action(house, NOW.on).filter(pk=step.id).update(overtaken_on=NOW.on)
    answer = press(house, reverse("trajectory:step_press", args=[step.id, "klaar"]))
    assert answer.status_code == 302
    assert PlanStep.for_action(house, NOW.on).get(pk=step.id).done_on is None
    assert press(house, reverse("trajectory:step_press", args=[step.id, "weg"])).status_code == 404
