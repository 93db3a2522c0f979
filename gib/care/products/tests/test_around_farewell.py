"""Nothing goes around the farewell: help at home is rounded off with it, and a trajectory waits for it."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from gib.care.products import actions, builders, reactions, slots
from gib.care.products.domain.participation import FLOW, State, check_complete
from gib.care.products.models import Match, Participation
from gib.care.products.moedermaatjes.actions import finish
from gib.care.products.moedermaatjes.models import Farewell, check_close
from gib.care.products.tests.conftest import NOW, broken, day, later, refused
from gib.care.products.tests.test_views import at, done, request, send
from gib.care.referral.tests.reader import hidden, text_of, visitor
from gib.care.trajectory import actions as trajectory
from gib.care.trajectory.domain import CloseReason
from gib.care.trajectory.models import Trajectory
from gib.core.access.actor import Actor
from gib.core.kernel.rules import RuleBroken
from gib.people.families import actions as families
from gib.people.partners.domain import Product, Regime

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
#: Endings of a trajectory that say that something was reached.
REACHED = (CloseReason.GOALS_MET, CloseReason.HANDED_OVER)
#: Endings that ask for more than a day: a failed request, or a search for her.
ASK_MORE = (CloseReason.NOT_FUNDED, CloseReason.OUT_OF_REACH)
SAYS = "De hulp thuis loopt nog. Neem eerst afscheid, onder Plan."


def at_home(actor: Actor, number: int = 0) -> Participation:
    """Give help at home that goes on."""
    part, _match = builders.at_home(actor, NOW, number)
    return part


def close(actor: Actor, part: Participation, reason: CloseReason, days: int) -> Trajectory:
    return trajectory.close(actor, part.trajectory_id, reason, None, later(days))


def again(actor: Actor, part: Participation) -> Participation:
    row: Participation = Participation.visible_to(actor, NOW.on).get(pk=part.id)
    return row


def goodbyes(actor: Actor) -> list[date]:
    return [row.held_on for row in Farewell.visible_to(actor, NOW.on)]


# ---- the rule, without a database


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("product", Product)
def test_only_help_at_home_that_goes_on_asks_for_a_farewell(product: Product, state: State) -> None:
    check_complete(product, state, has_farewell=True)
    if (product, state) != (Product.MOEDERMAATJES, State.RUNNING):
        check_complete(product, state, has_farewell=False)
        return
    with broken("farewell_missing"):
        check_complete(product, state, has_farewell=False)


def test_only_what_runs_can_be_completed_at_all() -> None:
    """So the farewell that is asked of what runs is asked of all that may be completed."""
    ways = {state for state in State for to in (State.COMPLETED, State.PARTLY_COMPLETED) if leads(state, to)}
    assert State.RUNNING in ways
    home = {state for state in ways if state is not State.PLANNED}
    assert home == {State.RUNNING}


def leads(state: State, to: State) -> bool:
    """Tell whether a part may come from one state into another."""
    try:
        FLOW.move(state, to)
    except RuleBroken:
        return False
    return True


# ---- what people do


@pytest.mark.parametrize("is_partly", [False, True])
def test_help_at_home_is_not_completed_without_a_farewell(coordinator: Actor, is_partly: bool) -> None:
    part = at_home(coordinator)
    with refused("farewell_missing", Farewell):
        actions.complete(coordinator, part.id, later(3), is_partly=is_partly)
    assert again(coordinator, part).state == State.RUNNING
    assert [row.is_live for row in Match.visible_to(coordinator, NOW.on)] == [True]
    ended = finish(coordinator, part.id, day(3), "Dag.", later(3), is_partly=is_partly)
    assert ended.state == (State.PARTLY_COMPLETED if is_partly else State.COMPLETED)
    assert goodbyes(coordinator) == [day(3)]


@pytest.mark.parametrize("is_partly", [False, True])
def test_what_is_not_help_at_home_needs_no_farewell(coordinator: Actor, is_partly: bool) -> None:
    part, _match = builders.visiting(coordinator, NOW)
    ended = actions.complete(coordinator, part.id, later(3), is_partly=is_partly)
    assert ended.state == (State.PARTLY_COMPLETED if is_partly else State.COMPLETED)
    assert goodbyes(coordinator) == []


@pytest.mark.parametrize("reason", REACHED)
def test_a_trajectory_does_not_close_as_reached_before_the_farewell(
    coordinator: Actor, reason: CloseReason
) -> None:
    part = at_home(coordinator)
    with refused("farewell_missing", Farewell, Trajectory):
        close(coordinator, part, reason, 5)
    assert again(coordinator, part).state == State.RUNNING
    finish(coordinator, part.id, day(5), "Dag.", later(5))
    closed = close(coordinator, part, reason, 6)
    assert (closed.state, closed.close_reason) == ("closed", reason)
    reactions.on_closed(part.dossier_id, {"reason": reason}, later(6))
    kept = again(coordinator, part)
    assert (kept.state, kept.ended_on) == (State.COMPLETED, day(5))
    assert goodbyes(coordinator) == [day(5)]


@pytest.mark.parametrize("reason", [each for each in CloseReason if each not in (*REACHED, *ASK_MORE)])
def test_another_ending_needs_no_farewell_and_completes_nothing(
    coordinator: Actor, reason: CloseReason
) -> None:
    part = at_home(coordinator)
    close(coordinator, part, reason, 5)
    reactions.on_closed(part.dossier_id, {"reason": reason}, later(5))
    ended = again(coordinator, part)
    assert ended.state in (State.STOPPED_BY_MOTHER, State.CANCELLED)
    assert (ended.ended_on, goodbyes(coordinator)) == (day(5), [])


def test_no_ending_at_all_makes_help_at_home_completed_by_itself(coordinator: Actor) -> None:
    """Whatever closes her trajectory: without a farewell nobody tells that help at home is done."""
    part = at_home(coordinator)
    for reason in CloseReason:
        try:
            check_close(part.dossier_id, reason)
        except RuleBroken as error:
            assert (error.code, reason in REACHED) == ("farewell_missing", True)
        else:
            assert reason not in REACHED


@pytest.mark.parametrize("reason", REACHED)
def test_visits_inside_do_not_keep_a_trajectory_open(coordinator: Actor, reason: CloseReason) -> None:
    part, _match = builders.visiting(coordinator, NOW)
    assert close(coordinator, part, reason, 5).state == "closed"
    reactions.on_closed(part.dossier_id, {"reason": reason}, later(5))
    assert again(coordinator, part).state == State.COMPLETED


def test_help_that_was_only_planned_does_not_keep_a_trajectory_open(coordinator: Actor) -> None:
    inside, _match = builders.visiting(coordinator, NOW)
    home = builders.planned(coordinator, inside.dossier_id, Product.MOEDERMAATJES, NOW)
    assert close(coordinator, home, CloseReason.GOALS_MET, 5).state == "closed"
    reactions.on_closed(home.dossier_id, {"reason": CloseReason.GOALS_MET}, later(5))
    assert again(coordinator, home).state == State.CANCELLED


def test_help_that_rests_while_she_is_inside_again_still_asks_for_a_farewell(coordinator: Actor) -> None:
    part = at_home(coordinator)
    families.detain_again(coordinator, part.dossier_id, day(9), "NSL", "A1", Regime.REMAND, later(9))
    with broken("farewell_missing"):
        close(coordinator, part, CloseReason.HANDED_OVER, 12)
    finish(coordinator, part.id, day(12), "Wij namen afscheid in de bezoekzaal.", later(12))
    assert close(coordinator, part, CloseReason.HANDED_OVER, 12).state == "closed"


def test_another_mother_at_home_keeps_nobody_elses_trajectory_open(coordinator: Actor) -> None:
    at_home(coordinator)
    other = at_home(coordinator, 1)
    finish(coordinator, other.id, day(2), "Dag.", later(2))
    assert close(coordinator, other, CloseReason.GOALS_MET, 2).state == "closed"


# ---- on the screen


@pytest.mark.parametrize("reason", REACHED)
def test_the_page_that_closes_says_what_must_come_first(house: Actor, reason: CloseReason) -> None:
    part = at_home(house)
    url = reverse("trajectory:close", args=[part.trajectory_id])
    answer = send(house, url, reason=reason)
    assert answer.status_code == 422
    assert SAYS in text_of(answer)
    done(house, at("home_finish", part.id), held_on="11-01-2011", reached="ja", note="")
    done(house, url, reason=reason)
    assert Trajectory.visible_to(house, NOW.on).get(pk=part.trajectory_id).state == "closed"


@pytest.mark.parametrize("address", ["part_partly", "part_step"])
def test_the_plain_ways_to_finish_lead_to_the_farewell(house: Actor, address: str) -> None:
    part = at_home(house)
    args: list[Any] = [part.id] if address == "part_partly" else [part.id, "afronden"]
    old, to = at(address, *args), at("home_finish", part.id)
    browser = visitor(house)
    assert (browser.get(old).status_code, browser.get(old).url) == (302, to)
    sent = browser.post(old, hidden(browser.get(to)))
    assert (sent.status_code, sent.url) == (302, to)
    assert again(house, part).state == State.RUNNING


def test_the_plain_ways_stay_for_what_is_not_help_at_home(house: Actor) -> None:
    part, _match = builders.visiting(house, NOW)
    page = str(slots.parts(request(house), part.dossier_id))
    for url in (at("part_partly", part.id), at("part_step", part.id, "afronden")):
        assert url in page
        assert visitor(house).get(url).status_code == 200
    assert at("home_finish", part.id) not in page
    answer = send(house, at("home_finish", part.id), held_on="11-01-2011", reached="ja", note="")
    assert answer.status_code == 422
    assert "Afscheid nemen kan alleen zolang de hulp thuis loopt." in text_of(answer)
