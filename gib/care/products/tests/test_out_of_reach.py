"""Help at home and a mother who cannot be reached: silence leads to attempts, and a visit ends the search."""

from typing import Any

import pytest

from gib.care.products import actions, builders, reactions, slots
from gib.care.products.domain import NORMS
from gib.care.products.domain.participation import State, StopReason
from gib.care.products.models import Participation
from gib.care.products.tests.conftest import NOW, broken, day, later, refused
from gib.care.products.tests.test_views import at, request, send
from gib.care.referral.tests.reader import text_of
from gib.care.trajectory import actions as plans
from gib.care.trajectory import slots as plan_slots
from gib.care.trajectory.domain.outreach import LADDER, Attempt, Found, Outcome, Rung
from gib.care.trajectory.models import Outreach, Trajectory
from gib.care.trajectory.models import norm as plan_norm
from gib.core.access.actor import Actor
from gib.people.families import builders as family
from gib.people.families.domain.codes import Purpose

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
SILENT = NORMS["unreachable_days"] + 1


def attempt(actor: Actor, part: Participation, rung: Rung, days: int) -> None:
    told = Attempt(rung, Outcome.NO_ANSWER, day(days))
    plans.try_to_reach(actor, part.trajectory_id, told, later(days))


def search(actor: Actor, part: Participation) -> Any:
    return Outreach.visible_to(actor, NOW.on).get(dossier_id=part.dossier_id)


def ladder(actor: Actor, part: Participation) -> None:
    family.with_consent(actor, part.dossier_id, Purpose.HOME_VISIT, NOW)
    for rung, days in LADDER.items():
        attempt(actor, part, rung, days)


@pytest.mark.parametrize("ends", [actions.stop, actions.cancel])
def test_help_at_home_never_ends_in_silence(coordinator: Actor, ends: Any) -> None:
    part, _match = builders.at_home(coordinator, NOW)
    with refused("outreach_missing", Outreach):
        ends(coordinator, part.id, StopReason.OUT_OF_REACH, later(SILENT))
    ladder(coordinator, part)
    weeks = plan_norm("outreach_days", NOW.on)
    with broken("outreach_too_short"):
        ends(coordinator, part.id, StopReason.OUT_OF_REACH, later(weeks - 1))
    ended = ends(coordinator, part.id, StopReason.OUT_OF_REACH, later(weeks))
    assert ended.state in (State.STOPPED_BY_MOTHER, State.CANCELLED)


def test_another_reason_and_another_product_need_no_ladder(coordinator: Actor) -> None:
    home, _match = builders.at_home(coordinator, NOW)
    assert actions.stop(coordinator, home.id, StopReason.NOT_FITTING, NOW).state == State.STOPPED_BY_MOTHER
    inside, _match = builders.visiting(coordinator, NOW, 1)
    assert actions.stop(coordinator, inside.id, StopReason.OUT_OF_REACH, NOW).ended_on == NOW.on


def test_silence_at_home_leads_to_the_ladder_and_then_stands_there_alone(house: Actor) -> None:
    part, match = builders.at_home(house, NOW)
    inside, visits = builders.visiting(house, NOW, 1)
    assert slots.silent(request(house, later(SILENT - 1))) == []
    found = {task.dossier_id: task for task in slots.silent(request(house, later(SILENT)))}
    home = found[part.dossier_id]
    assert home.url == plan_slots.ladder_of(part)
    assert home.why.endswith("Probeer haar te bereiken.")
    assert found[inside.dossier_id].url == at("match", visits.id)
    attempt(house, part, Rung.MESSAGE, SILENT)
    left = slots.silent(request(house, later(SILENT + 3)))
    assert [task.dossier_id for task in left] == [inside.dossier_id]
    (due,) = plan_slots.outreach_due(request(house, later(SILENT + 3)))
    assert (due.dossier_id, due.url) == (part.dossier_id, home.url)
    assert match.participation_id == part.id


def test_a_visit_that_is_told_ends_the_search(coordinator: Actor) -> None:
    part, match = builders.at_home(coordinator, NOW)
    attempt(coordinator, part, Rung.MESSAGE, 5)
    reactions.on_visit(part.dossier_id, {"held_on": str(day(4))}, later(6))
    assert search(coordinator, part).to_on is None
    builders.visited(coordinator, match, day(7), later(8))
    reactions.on_visit(part.dossier_id, {"held_on": str(day(7)), "minutes": 90}, later(8))
    ended = search(coordinator, part)
    assert (ended.to_on, ended.found) == (day(7), Found.CONTACT)
    reactions.on_visit(part.dossier_id, {"held_on": str(day(9))}, later(9))
    assert search(coordinator, part).to_on == day(7)


def test_the_form_says_what_must_still_be_tried(house: Actor) -> None:
    part, _match = builders.at_home(house, NOW)
    answer = send(house, at("part_stop", part.id), reason="out_of_reach")
    assert answer.status_code == 422
    assert "Nog te doen: 5 van 5 stappen." in text_of(answer)
    assert Trajectory.visible_to(house, NOW.on).get(pk=part.trajectory_id).closed_on is None
