"""What aftercare puts on the dossier page and the start page."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from gib.care.aftercare import actions, builders, slots
from gib.care.aftercare.actions import NewPoint
from gib.care.aftercare.domain import Alternative
from gib.care.aftercare.tests.conftest import NOW, Cast, later
from gib.care.trajectory import builders as trajectories
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.kernel.clock import Now
from gib.core.ui.slots import Task
from gib.people.families import actions as families
from gib.people.families import builders as mothers
from gib.people.families.domain.codes import Confidence, ReturnKind, Source

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])


def asked_by(actor: Actor, now: Now = NOW) -> Any:
    """Give a request as the middleware of the house would."""
    request: Any = RequestFactory().get("/")
    request.actor, request.now = actor, now
    return request


def expecting(people: Cast, days: int, number: int = 0) -> UUID:
    dossier_id = builders.a_mother(people.coordinator, NOW, number)
    leaves_on = NOW.on + timedelta(days=days)
    families.expect_release(people.coordinator, dossier_id, leaves_on, Source.PRISON, Confidence.CERTAIN, NOW)
    return dossier_id


def threats(people: Cast, now: Now = NOW) -> list[Task]:
    return slots.threatening(asked_by(people.coordinator, now))


def waiting(people: Cast, now: Now = NOW) -> list[Task]:
    return slots.waiting(asked_by(people.coordinator, now))


# ---- what threatens


@pytest.mark.parametrize(
    ("days", "tone"), [(5, "stop"), (30, "stop"), (31, "warn"), (60, "warn"), (90, "rest")]
)
def test_the_nearer_the_louder(house: Cast, days: int, tone: str) -> None:
    dossier_id = expecting(house, days)
    (task,) = threats(house)
    assert (task.tone, task.dossier_id, task.badge) == (tone, dossier_id, "uncovered")
    assert task.who == "Madelief S."
    assert task.url.endswith(f"{dossier_id}/financiering/")


def test_nearer_ranks_before_later(house: Cast) -> None:
    for number, days in enumerate((90, 20, 50)):
        expecting(house, days, number)
    ranks = [task.rank for task in threats(house)]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 3


def test_who_is_home_without_cover_is_the_loudest(house: Cast) -> None:
    dossier_id = builders.a_mother(house.coordinator, NOW)
    mothers.released(house.coordinator, dossier_id, NOW, builders.PAYING)
    (task,) = threats(house)
    assert task.tone == "stop"
    assert task.why.startswith("Zij is al vrij.")


def test_what_was_asked_threatens_no_more(house: Cast) -> None:
    dossier_id = expecting(house, 20)
    actions.draft_request(house.coordinator, dossier_id, NOW)
    assert threats(house) == []
    assert len(waiting(house)) == 1


def test_who_is_covered_does_not_threaten(house: Cast) -> None:
    trajectories.covered(house.coordinator, expecting(house, 20), NOW)
    assert threats(house) == []


@pytest.mark.parametrize(
    ("where", "told"),
    [
        (ReturnKind.UNKNOWN, "Haar gemeente is niet bekend."),
        (ReturnKind.ABROAD, "In het buitenland betaalt geen gemeente."),
        (ReturnKind.NO_FIXED_ADDRESS, "Zij heeft geen vast adres. Vraag welke gemeente haar helpt."),
    ],
)
@pytest.mark.parametrize("is_home", [False, True])
def test_without_a_municipality_it_is_told_why(
    house: Cast, where: ReturnKind, told: str, is_home: bool
) -> None:
    dossier_id = expecting(house, 20)
    if is_home:
        mothers.released(house.coordinator, dossier_id, NOW, builders.PAYING)
    families.set_return(house.coordinator, dossier_id, where, None, NOW)
    (task,) = threats(house)
    assert task.why.endswith(told)
    assert task.button == "Vul in"
    assert str(dossier_id) in task.url


# ---- what waits


def test_a_sent_request_waits_for_the_municipality_not_for_us(house: Cast) -> None:
    builders.submitted(house.coordinator, NOW)
    assert waiting(house) == []


def test_silence_waits_for_us(house: Cast) -> None:
    builders.submitted(house.coordinator, NOW)
    assert waiting(house, later(NOW, 56)) == []
    (task,) = waiting(house, later(NOW, 57))
    assert (task.tone, task.badge) == ("stop", "funding.silent")
    assert "Amsterdam" in task.why


def test_an_urgent_request_waits_for_us_at_once(house: Cast) -> None:
    row = builders.submitted(house.coordinator, NOW)
    quiet = builders.submitted(house.coordinator, NOW, 1)
    mothers.released(house.coordinator, row.dossier_id, NOW, builders.PAYING)
    actions.withdraw(house.coordinator, row.id, NOW)
    urgent = actions.draft_request(house.coordinator, row.dossier_id, NOW)
    actions.submit_request(house.coordinator, urgent.id, builders.EXTRACT, "", NOW)
    (task,) = waiting(house)
    assert task.dossier_id == row.dossier_id != quiet.dossier_id
    assert task.tone == "stop"


def test_a_no_asks_for_another_payer_until_there_is_one(house: Cast) -> None:
    row = builders.rejected(house.coordinator, NOW)
    (task,) = waiting(house)
    assert "wees" in task.why
    actions.find_alternative(house.coordinator, row.id, Alternative.FUND, NOW.on, None, NOW)
    assert waiting(house) == []


def test_a_question_of_a_municipality_waits(house: Cast) -> None:
    row = builders.submitted(house.coordinator, NOW)
    actions.ask_question(house.paying, row.id, "Waar woont zij?", NOW)
    (task,) = waiting(house)
    assert task.badge == "funding.question"


def test_our_own_points_wait_a_week_ahead(house: Cast) -> None:
    item = builders.shared(house.coordinator, NOW, builders.a_mother(house.coordinator, NOW))
    for days, ours in ((3, True), (7, True), (8, True), (3, False)):
        point = NewPoint("wij", f"Na {days} dagen", NOW.on + timedelta(days=days), ours)
        actions.add_point(house.coordinator, item.id, point, NOW)
    tasks = slots.points(asked_by(house.coordinator))
    assert [task.why for task in tasks] == ["Na 3 dagen", "Na 7 dagen"]
    late = slots.points(asked_by(house.coordinator, later(NOW, 4)))
    assert [task.tone for task in late] == ["stop", "warn", "warn"]


def test_another_team_has_its_own_lists(house: Cast) -> None:
    expecting(house, 20)
    builders.rejected(house.coordinator, NOW, 1)
    for tasks in (slots.threatening, slots.waiting, slots.points):
        assert tasks(asked_by(house.stranger)) == []


def _queries(tasks: Any, actor: Actor) -> int:
    with rls.acting_as(actor, NOW.on), CaptureQueriesContext(connection) as asked:
        tasks(asked_by(actor))
    return len(asked)


def test_lists_ask_as_much_for_one_as_for_many(house: Cast) -> None:
    lists = (slots.threatening, slots.waiting)
    expecting(house, 20)
    builders.rejected(house.coordinator, NOW, 20)
    once = [_queries(tasks, house.coordinator) for tasks in lists]
    for number in range(1, 6):
        expecting(house, 20, number)
        builders.rejected(house.coordinator, NOW, 20 + number)
    assert [_queries(tasks, house.coordinator) for tasks in lists] == once
    assert max(once) <= 5


# ---- the dossier page


def test_the_tab_tells_who_pays_and_the_whole_trail(house: Cast) -> None:
    row = builders.granted(house.coordinator, NOW)
    shown = str(slots.tab(asked_by(house.coordinator), row.dossier_id))
    assert "Amsterdam" in shown
    assert row.number in shown
    assert "gevraagd di 11 jan" in shown
    assert "260 uur" in shown
    assert "Niemand betaalt" not in shown


def test_the_tab_of_who_is_not_covered_says_so(house: Cast) -> None:
    dossier_id = builders.a_mother(house.coordinator, NOW)
    shown = str(slots.tab(asked_by(house.coordinator), dossier_id))
    assert "Niemand betaalt nog" in shown
    assert f"/financiering/begin/{dossier_id}/" in shown


def test_the_tab_offers_the_conferences_to_come(house: Cast) -> None:
    dossier_id = builders.a_mother(house.coordinator, NOW)
    meeting = builders.conference(house.coordinator, NOW)
    address = f"/overleg/{meeting.pk}/delen/{dossier_id}/"
    assert address in str(slots.tab(asked_by(house.coordinator), dossier_id))
    assert address not in str(slots.tab(asked_by(house.coordinator, later(NOW, 8)), dossier_id))


def test_the_card_tells_cover_and_newest_request(house: Cast) -> None:
    row = builders.granted(house.coordinator, NOW)
    shown = str(slots.card(asked_by(house.coordinator), row.dossier_id))
    assert "Gedekt" in shown
    assert row.number in shown
    bare = builders.a_mother(house.coordinator, NOW, 1)
    assert "Niet gedekt" in str(slots.card(asked_by(house.coordinator), bare))


@pytest.mark.parametrize("who", ["leader", "volunteer", "referrer", "paying", "safety_house"])
def test_roles_without_money_get_no_tab(house: Cast, who: str) -> None:
    row = builders.submitted(house.coordinator, NOW)
    request = asked_by(getattr(house, who))
    assert slots.tab(request, row.dossier_id) is None
    assert slots.card(request, row.dossier_id) is None


def test_another_team_sees_an_empty_tab(house: Cast) -> None:
    row = builders.submitted(house.coordinator, NOW)
    shown = str(slots.tab(asked_by(house.stranger), row.dossier_id))
    assert row.number not in shown
