"""A mother who cannot be reached: the ladder, its days and its rules, and that nothing ends in silence."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.http import Http404
from django.urls import reverse

from gib.care.referral.tests.reader import hidden, text_of, visitor
from gib.care.trajectory import actions, builders, reactions, slots, words
from gib.care.trajectory.domain.outreach import (
    LADDER,
    Attempt,
    Found,
    Outcome,
    Rung,
    Search,
    check_attempt,
    check_given_up,
    next_rung,
    rung_due,
)
from gib.care.trajectory.domain.stages import NORMS, CloseReason
from gib.care.trajectory.models import Outreach, OutreachAttempt, PlanStep, Trajectory, search_for
from gib.care.trajectory.presenting import plan_of
from gib.care.trajectory.presenting_outreach import ladder_page
from gib.care.trajectory.tests.conftest import NOW, broken, day, later, refused
from gib.care.trajectory.tests.test_views import VOLUNTEER, done, request, send
from gib.core.access.actor import Actor
from gib.people.families import actions as families
from gib.people.families import builders as family
from gib.people.families.domain.codes import Purpose
from gib.people.partners.domain import Regime

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Told = Callable[..., list[str]]
RUNGS = list(LADDER)
WEEKS = NORMS["outreach_days"]


def attempt(rung: Rung, days: int = 0, outcome: Outcome = Outcome.NO_ANSWER, note: str = "") -> Attempt:
    return Attempt(rung, outcome, day(days), note)


def tried(actor: Actor, plan: Trajectory, *rungs: Rung, days: int = 0, **facts: Any) -> Any:
    """Try some rungs on one day, and give the last attempt."""
    row = None
    for rung in rungs:
        row = actions.try_to_reach(actor, plan.id, attempt(rung, days, **facts), later(days))
    return row


def whole_ladder(actor: Actor, plan: Trajectory) -> None:
    """Try every rung on its day; nobody opens."""
    family.with_consent(actor, plan.dossier_id, Purpose.HOME_VISIT, NOW)
    for rung, days in LADDER.items():
        tried(actor, plan, rung, days=days)


def kept(actor: Actor, plan: Trajectory) -> Any:
    return Outreach.visible_to(actor, NOW.on).filter(trajectory_id=plan.id)


# ---- the rules, without a database


def check(told: Attempt, search: Search | None = None, *, may_visit: bool = True) -> None:
    check_attempt(told, search or Search(), day(60), may_visit=may_visit)


def reached(*rungs: Rung, days: int = 0) -> Search:
    return Search(NOW.on, day(days), frozenset(rungs))


def test_the_ladder_begins_mild_and_each_rung_has_a_later_day_than_the_one_before() -> None:
    assert list(LADDER.values()) == sorted(set(LADDER.values()))
    assert (RUNGS[0], RUNGS[-1], LADDER[RUNGS[0]]) == (Rung.MESSAGE, Rung.NAMED, 0)
    assert max(LADDER.values()) < WEEKS
    assert set(LADDER) == set(Rung) == set(words.RUNGS)
    assert (set(words.OUTCOMES), set(words.FOUND)) == (set(Outcome), set(Found))


def test_the_next_rung_is_the_first_that_was_not_tried() -> None:
    assert [next_rung(RUNGS[:at]) for at in range(6)] == [*RUNGS, None]
    assert next_rung([Rung.CALL]) is Rung.MESSAGE
    assert [rung_due(reached(*RUNGS[:at])) for at in (1, 3, 5)] == [day(3), day(14), None]
    assert rung_due(Search()) is None


@pytest.mark.parametrize("at", range(5))
def test_one_rung_comes_after_another_and_an_earlier_one_may_be_tried_again(at: int) -> None:
    search = reached(*RUNGS[:at])
    for rung in RUNGS[: at + 1]:
        check(attempt(rung), search)
    for rung in RUNGS[at + 1 :]:
        with broken("rung_too_early"):
            check(attempt(rung), search)
        with broken("rung_too_early"):
            check(attempt(rung, outcome=Outcome.NOT_POSSIBLE, note="Er is geen adres."), search)
        check(attempt(rung, outcome=Outcome.REACHED), search)


def test_an_attempt_has_a_day_that_was_and_comes_after_the_last() -> None:
    with broken("attempt_in_future"):
        check(attempt(Rung.MESSAGE, 61))
    with broken("attempt_before_last"):
        check(attempt(Rung.CALL, 4), reached(Rung.MESSAGE, days=5))
    check(attempt(Rung.CALL, 5), reached(Rung.MESSAGE, days=5))


def test_what_was_not_possible_says_why() -> None:
    for note in ("", "   "):
        with broken("attempt_without_why"):
            check(attempt(Rung.MESSAGE, outcome=Outcome.NOT_POSSIBLE, note=note))
    check(attempt(Rung.MESSAGE, outcome=Outcome.NOT_POSSIBLE, note="Zij heeft nu geen vrijwilliger."))


def test_nobody_comes_to_her_home_without_her_yes() -> None:
    search = reached(*RUNGS[:3])
    for outcome in (Outcome.NO_ANSWER, Outcome.REACHED):
        with broken("home_visit_missing"):
            check(attempt(Rung.VISIT, outcome=outcome), search, may_visit=False)
        check(attempt(Rung.VISIT, outcome=outcome), search)
    told = attempt(Rung.VISIT, outcome=Outcome.NOT_POSSIBLE, note="Zij wil geen bezoek thuis.")
    check(told, search, may_visit=False)


@pytest.mark.parametrize("at", range(5))
def test_giving_up_needs_every_rung(at: int) -> None:
    with broken("outreach_missing"):
        check_given_up(replace(reached(*RUNGS), tried=frozenset(RUNGS[:at])), day(400))


def test_giving_up_needs_its_time_too() -> None:
    with broken("outreach_missing"):
        check_given_up(Search(), day(400))
    with broken("outreach_too_short"):
        check_given_up(reached(*RUNGS), day(WEEKS - 1))
    check_given_up(reached(*RUNGS), day(WEEKS))
    with broken("outreach_too_short"):
        check_given_up(reached(*RUNGS), day(WEEKS), 90)


# ---- what people do


def test_the_first_attempt_begins_a_search_and_speaking_her_ends_it(coordinator: Actor, told: Told) -> None:
    plan = builders.outside(coordinator, NOW)
    row = tried(coordinator, plan, Rung.MESSAGE, note="Twee blauwe vinkjes.")
    search = kept(coordinator, plan).get()
    assert (search.from_on, search.to_on, row.outreach_id) == (NOW.on, None, search.id)
    assert told(plan.dossier_id)[-1] == "trajectory.OutreachTried"
    tried(coordinator, plan, Rung.CALL, days=3)
    assert search_for(plan.dossier_id, plan.id) == Search(
        NOW.on, day(3), frozenset({Rung.MESSAGE, Rung.CALL})
    )
    tried(coordinator, plan, Rung.CALL, days=5, outcome=Outcome.REACHED)
    ended = kept(coordinator, plan).get()
    assert (ended.to_on, ended.found) == (day(5), Found.REACHED)
    assert told(plan.dossier_id)[-2:] == ["trajectory.OutreachTried", "trajectory.OutreachEnded"]
    assert search_for(plan.dossier_id, plan.id) == Search()
    tried(coordinator, plan, Rung.MESSAGE, days=40)
    assert kept(coordinator, plan).count() == 2


def test_an_attempt_that_may_not_be_leaves_nothing_behind(coordinator: Actor, stranger: Actor) -> None:
    plan = builders.outside(coordinator, NOW)
    with refused("rung_too_early", Outreach, OutreachAttempt):
        tried(coordinator, plan, Rung.LETTER)
    tried(coordinator, plan, *RUNGS[:3])
    with refused("home_visit_missing", Outreach, OutreachAttempt):
        tried(coordinator, plan, Rung.VISIT)
    family.with_consent(coordinator, plan.dossier_id, Purpose.HOME_VISIT, NOW)
    tried(coordinator, plan, Rung.VISIT)
    with pytest.raises(Http404):
        tried(stranger, plan, Rung.NAMED)
    builders.closed(coordinator, plan, NOW)
    with refused("trajectory_not_open", Outreach, OutreachAttempt):
        tried(coordinator, plan, Rung.NAMED)


def test_a_trajectory_is_closed_as_out_of_reach_after_the_whole_ladder_and_its_time(
    coordinator: Actor, told: Told
) -> None:
    plan = builders.outside(coordinator, NOW)

    def give_up(days: int) -> Trajectory:
        return actions.close(coordinator, plan.id, CloseReason.OUT_OF_REACH, None, later(days))

    with refused("outreach_missing", Outreach):
        give_up(0)
    whole_ladder(coordinator, plan)
    with refused("outreach_too_short", Outreach):
        give_up(WEEKS - 1)
    assert give_up(WEEKS).close_reason == CloseReason.OUT_OF_REACH
    search = kept(coordinator, plan).get()
    assert (search.to_on, search.found) == (day(WEEKS), Found.CLOSED)
    assert told(plan.dossier_id)[-1] == "trajectory.Closed"


def test_another_reason_needs_no_ladder_and_ends_the_search(coordinator: Actor) -> None:
    plan = builders.outside(coordinator, NOW)
    tried(coordinator, plan, Rung.MESSAGE)
    builders.closed(coordinator, plan, later(2), CloseReason.MOVED_AWAY)
    assert kept(coordinator, plan).get().found == Found.CLOSED


def test_who_spoke_her_in_between_begins_the_ladder_anew(coordinator: Actor) -> None:
    plan = builders.outside(coordinator, NOW)
    whole_ladder(coordinator, plan)
    actions.end_outreach(coordinator, plan.dossier_id, Found.CONTACT, day(30), later(30))
    with broken("outreach_missing"):
        actions.close(coordinator, plan.id, CloseReason.OUT_OF_REACH, None, later(90))


def test_what_happened_before_the_search_ends_nothing(coordinator: Actor, told: Told) -> None:
    plan = builders.outside(coordinator, NOW)
    assert actions.end_outreach(coordinator, plan.dossier_id, Found.CONTACT, NOW.on, NOW) is None
    tried(coordinator, plan, Rung.MESSAGE, days=5)
    before = told(plan.dossier_id)
    assert actions.end_outreach(coordinator, plan.dossier_id, Found.CONTACT, day(4), later(6)) is None
    assert told(plan.dossier_id) == before
    nobody = family.a_dossier(coordinator, NOW, 4)
    assert actions.end_outreach(coordinator, nobody.id, Found.CONTACT, NOW.on, NOW) is None


def test_a_new_detention_finds_her(coordinator: Actor) -> None:
    plan = builders.outside(coordinator, NOW)
    tried(coordinator, plan, Rung.MESSAGE)
    reactions.on_detained_again(plan.dossier_id, {}, later(9))
    search = kept(coordinator, plan).get()
    assert (search.to_on, search.found) == (day(9), Found.DETAINED)
    reactions.on_detained_again(plan.dossier_id, {}, later(10))
    assert kept(coordinator, plan).get().to_on == day(9)


def test_words_about_it_lie_sealed_and_a_volunteer_sees_none_of_it(coordinator: Actor) -> None:
    plan = builders.outside(coordinator, NOW)
    row = tried(coordinator, plan, Rung.MESSAGE, note="Buurvrouw weet van niets.")
    assert b"Buurvrouw" not in bytes(row.__dict__["note"])
    assert not OutreachAttempt.visible_to(VOLUNTEER, NOW.on).exists()
    assert not Outreach.visible_to(VOLUNTEER, NOW.on).exists()


# ---- on the screen


def test_the_start_page_asks_for_the_next_step_when_its_day_has_come(house: Actor, stranger: Actor) -> None:
    plan = builders.outside(house, NOW)
    assert slots.outreach_due(request(house)) == []
    tried(house, plan, Rung.MESSAGE)
    assert slots.outreach_due(request(house, later(2))) == []
    (task,) = slots.outreach_due(request(house, later(3)))
    assert str(words.RUNGS[Rung.CALL]) in task.why
    assert task.url == reverse("trajectory:outreach", args=[plan.id])
    assert slots.outreach_due(request(stranger, later(3))) == []
    tried(house, plan, Rung.CALL, days=3)
    assert slots.outreach_due(request(house, later(3))) == []
    tried(house, plan, Rung.LETTER, days=7)
    family.with_consent(house, plan.dossier_id, Purpose.HOME_VISIT, NOW)
    tried(house, plan, Rung.VISIT, Rung.NAMED, days=21)
    (task,) = slots.outreach_due(request(house, later(21)))
    assert task.why == "Alles is geprobeerd. Besluit samen hoe het verder gaat."
    actions.end_outreach(house, plan.dossier_id, Found.CONTACT, day(22), later(22))
    assert slots.outreach_due(request(house, later(60))) == []


def test_her_plan_says_that_she_is_not_reached_and_leads_to_the_ladder(house: Actor) -> None:
    plan = builders.outside(house, NOW)
    url = reverse("trajectory:outreach", args=[plan.id])
    assert url in str(slots.plan_tab(request(house), plan.dossier_id))
    assert "trajectory.sought" not in plan_of(house, plan.dossier_id, NOW.on).states
    tried(house, plan, Rung.MESSAGE)
    assert "trajectory.sought" in plan_of(house, plan.dossier_id, NOW.on).states


def test_the_page_shows_the_ladder_and_takes_an_attempt(house: Actor) -> None:
    plan = builders.outside(house, NOW)
    url = reverse("trajectory:outreach", args=[plan.id])
    page = text_of(visitor(house).get(url))
    assert "Nog geen poging." in page
    states = [line.state for line in ladder_page(house, plan.id, NOW.on)["rungs"]]
    assert states == ["attempt.now", *["attempt.ahead"] * 4]
    told = {"rung": "message", "outcome": "no_answer", "tried_on": "11-01-2011", "note": "Geen antwoord."}
    browser = visitor(house)
    sent = hidden(browser.get(url)) | told
    assert [browser.post(url, sent).status_code for _time in range(2)] == [302, 302]
    assert OutreachAttempt.visible_to(house, NOW.on).count() == 1
    shown = ladder_page(house, plan.id, day(3))
    assert [line.state for line in shown["rungs"]][:2] == ["attempt.no_answer", "attempt.now"]
    assert "Sinds di 11 jan" in shown["state"]
    assert "Geen antwoord." in text_of(visitor(house).get(url))


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"rung": "letter"}, "Probeer eerst de stap die hiervoor komt."),
        ({"outcome": "not_possible"}, "Schrijf op waarom dit niet kon."),
        ({"tried_on": "12-01-2011"}, ""),
        ({"rung": "trommel"}, ""),
        ({"outcome": ""}, ""),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_lost(
    house: Actor, told: dict[str, str], says: str
) -> None:
    plan = builders.outside(house, NOW)
    usual = {"rung": "message", "outcome": "no_answer", "tried_on": "11-01-2011", "note": ""}
    answer = send(house, reverse("trajectory:outreach", args=[plan.id]), **usual | told)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert not OutreachAttempt.visible_to(house, NOW.on).exists()


def test_closing_says_what_must_still_be_tried(house: Actor) -> None:
    plan = builders.outside(house, NOW)
    url = reverse("trajectory:close", args=[plan.id])
    answer = send(house, url, reason="out_of_reach")
    assert answer.status_code == 422
    assert "Nog te doen: 5 van 5 stappen." in text_of(answer)
    whole_ladder(house, plan)
    answer = send(house, url, later(30), reason="out_of_reach")
    assert "Wij proberen minstens 42 dagen" in text_of(answer)
    done(house, url, plan, later(WEEKS), reason="out_of_reach")
    page = ladder_page(house, plan.id, day(WEEKS))
    assert (page["is_open"], page["tried_all"]) == (False, False)
    assert "Het traject is gesloten." in page["state"]
    assert not PlanStep.visible_to(house, NOW.on).filter(overtaken_on=None, drill_on__isnull=False).exists()


def test_the_page_says_when_everything_was_tried(house: Actor) -> None:
    plan = builders.outside(house, NOW)
    whole_ladder(house, plan)
    page = text_of(visitor(house, later(22)).get(reverse("trajectory:outreach", args=[plan.id])))
    assert "Alles is geprobeerd." in page
    assert page.count(str(words.RUNGS[Rung.VISIT])) >= 2


def test_only_who_is_at_home_is_looked_for(house: Actor) -> None:
    """Inside the prison knows where she is; the button is there from her release until she is held again."""
    plan = builders.inside(house, NOW)
    url = reverse("trajectory:outreach", args=[plan.id])
    assert url not in str(slots.plan_tab(request(house), plan.dossier_id))
    family.released(house, plan.dossier_id, later(2))
    assert url in str(slots.plan_tab(request(house, later(2)), plan.dossier_id))
    families.detain_again(house, plan.dossier_id, day(9), "NSL", "A1", Regime.REMAND, later(9))
    assert url not in str(slots.plan_tab(request(house, later(9)), plan.dossier_id))
