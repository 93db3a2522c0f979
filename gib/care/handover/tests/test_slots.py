"""What handovers put on the dossier page and the start page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from gib.care.aftercare import builders as money
from gib.care.handover import actions, builders, slots
from gib.care.handover.domain import Decision, Ground, NeedKind, Side, Urgency
from gib.care.handover.tests.conftest import NOW, Cast, later
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.kernel.clock import Now
from gib.core.ui.slots import Task
from gib.people.families import builders as mothers

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Tasks = Callable[[Any], list[Task]]


def asked_by(actor: Actor, now: Now = NOW) -> Any:
    """Give a request as the middleware of the house would."""
    request: Any = RequestFactory().get("/")
    request.actor, request.now = actor, now
    return request


def listed(tasks: Tasks, house: Cast, days: int = 0) -> list[Task]:
    return tasks(asked_by(house.coordinator, later(NOW, days)))


# ---- signals


def test_signals_stand_by_urgency(house: Cast) -> None:
    for urgency in (Urgency.TALK, Urgency.UNSAFE, Urgency.HELP):
        builders.raised(house.coordinator, house.dossier_id, NOW, NeedKind.OTHER, urgency)
    tasks = sorted(listed(slots.signals, house), key=lambda task: task.rank)
    assert [task.badge for task in tasks] == ["urgency.unsafe", "urgency.help", "urgency.talk"]
    assert [task.tone for task in tasks] == ["stop", "warn", "rest"]
    assert {task.who for task in tasks} == {"Madelief S."}


def test_a_child_in_danger_is_as_loud_as_unsafe(house: Cast) -> None:
    builders.raised(house.coordinator, house.dossier_id, NOW, NeedKind.CHILD_SAFETY, Urgency.TALK)
    (task,) = listed(slots.signals, house)
    assert (task.tone, task.rank) == ("stop", 1)


@pytest.mark.parametrize(("days", "late"), [(0, False), (2, False), (3, True)])
def test_a_signal_is_late_after_two_working_days(house: Cast, days: int, late: bool) -> None:
    builders.raised(house.coordinator, house.dossier_id, NOW)
    (task,) = listed(slots.signals, house, days)
    assert (task.badge == "signal.overdue") is late
    assert (task.tone == "stop") is late


def test_safety_is_late_the_next_day(house: Cast) -> None:
    builders.raised(house.coordinator, house.dossier_id, NOW, NeedKind.OTHER, Urgency.UNSAFE)
    assert listed(slots.signals, house)[0].badge == "urgency.unsafe"
    assert listed(slots.signals, house, 1)[0].badge == "signal.overdue"


def test_what_was_weighed_waits_for_the_talk_and_then_no_more(house: Cast) -> None:
    row = builders.triaged(house.coordinator, house.dossier_id, NOW)
    (task,) = listed(slots.signals, house)
    assert "Bespreek" in task.why
    actions.discuss(house.coordinator, row.id, False, "", NOW)
    assert listed(slots.signals, house) == []


def test_help_that_she_wants_is_asked_about_until_somebody_begins(house: Cast) -> None:
    builders.discussed(house.coordinator, house.dossier_id, NOW)
    (task,) = listed(slots.signals, house, 30)
    assert "Begin de overdracht" in task.why


def test_help_that_is_being_arranged_is_asked_about_no_more(house: Cast) -> None:
    builders.prepared(house.coordinator, house.dossier_id, NOW)
    assert listed(slots.signals, house, 30) == []


def test_what_is_in_the_code_is_not_to_be_talked_over_here(house: Cast) -> None:
    row = builders.unsafe(house.coordinator, house.dossier_id, NOW)
    (task,) = listed(slots.signals, house)
    assert "De meldcode loopt." in task.why
    page = shown(house)
    assert "Meldcode loopt" in page
    for step in ("afronden", "bespreken"):
        assert f"/signalen/{row.signal_id}/{step}/" not in page


# ---- the second person


def test_a_proposal_waits_for_another_than_its_maker(house: Cast) -> None:
    row = builders.proposed(house.coordinator, house.dossier_id, NOW)
    assert listed(slots.seconds, house) == []
    (task,) = slots.seconds(asked_by(house.deputy))
    assert task.url.endswith(f"/meldcode/{row.id}/tweede-persoon/")
    assert task.tone == "stop"


# ---- handovers


@pytest.mark.parametrize(("days", "is_there"), [(0, False), (14, False), (15, True)])
def test_a_silent_organisation_is_noticed(house: Cast, days: int, is_there: bool) -> None:
    builders.sent(house.coordinator, house.dossier_id, NOW)
    assert bool(listed(slots.silent, house, days)) is is_there


def test_a_waiting_list_that_is_over_is_noticed(house: Cast) -> None:
    row = builders.sent(house.coordinator, house.dossier_id, NOW)
    actions.waiting_list(house.coordinator, row.id, 6, NOW)
    assert listed(slots.silent, house, 42) == []
    (task,) = listed(slots.silent, house, 43)
    assert "Schuldhulp Spaarvarken" in task.why


@pytest.mark.parametrize(("days", "is_there"), [(0, False), (27, False), (28, True), (100, True)])
def test_four_weeks_after_the_first_talk_somebody_looks(house: Cast, days: int, is_there: bool) -> None:
    builders.begun(house.coordinator, house.dossier_id, NOW)
    assert bool(listed(slots.checks, house, days)) is is_there


@pytest.mark.parametrize(("days", "is_there"), [(0, False), (6, False), (7, True), (30, True)])
def test_a_first_talk_of_which_nobody_heard_is_noticed(house: Cast, days: int, is_there: bool) -> None:
    row = builders.sent(house.coordinator, house.dossier_id, NOW)
    actions.accept(house.coordinator, row.id, NOW.on + timedelta(days=6), "mevrouw Proefbank", NOW)
    assert bool(listed(slots.checks, house, days)) is is_there


def test_what_was_checked_asks_no_more(house: Cast) -> None:
    builders.confirmed(house.coordinator, house.dossier_id, NOW)
    assert listed(slots.checks, house, 60) == []
    assert listed(slots.silent, house, 60) == []


def test_who_was_let_go_waits_for_an_offer(house: Cast) -> None:
    row = money.let_go(house.coordinator, NOW, 5)
    (task,) = listed(slots.offers, house)
    assert (task.dossier_id, task.badge, task.tone) == (row.dossier_id, "funding.let_go", "stop")
    actions.refuse_offer(house.coordinator, row.dossier_id, NOW)
    assert listed(slots.offers, house) == []


@pytest.mark.parametrize("tasks", [slots.signals, slots.seconds, slots.silent, slots.checks, slots.offers])
def test_another_team_has_its_own_lists(house: Cast, tasks: Tasks) -> None:
    builders.raised(house.coordinator, house.dossier_id, NOW)
    builders.sent(house.coordinator, house.dossier_id, NOW)
    builders.proposed(house.deputy, house.dossier_id, NOW)
    money.let_go(house.coordinator, NOW, 5)
    assert tasks(asked_by(house.stranger, later(NOW, 40))) == []


def _queries(tasks: Tasks, house: Cast, days: int) -> int:
    on = later(NOW, days).on
    with rls.acting_as(house.coordinator, on), CaptureQueriesContext(connection) as asked:
        listed(tasks, house, days)
    return len(asked)


def test_lists_ask_as_much_for_one_as_for_many(house: Cast) -> None:
    def fill(number: int) -> None:
        dossier_id = mothers.a_dossier(house.coordinator, NOW, number).id
        builders.sent(house.coordinator, dossier_id, NOW)
        builders.raised(house.coordinator, dossier_id, NOW)
        builders.begun(house.coordinator, mothers.a_dossier(house.coordinator, NOW, number + 10).id, NOW)
        builders.proposed(house.deputy, dossier_id, NOW)

    lists = (slots.signals, slots.seconds, slots.silent, slots.checks)
    fill(1)
    once = [_queries(tasks, house, 40) for tasks in lists]
    for number in (2, 3, 4):
        fill(number)
    assert [_queries(tasks, house, 40) for tasks in lists] == once
    assert max(once) <= 4


# ---- the dossier page


def shown(house: Cast, days: int = 0, actor: Actor | None = None) -> str:
    return str(slots.tab(asked_by(actor or house.coordinator, later(NOW, days)), house.dossier_id))


def test_the_tab_begins_empty_and_offers_a_signal(house: Cast) -> None:
    page = shown(house)
    assert "Geen signalen" in page
    assert f"/signalen/nieuw/{house.dossier_id}/" in page


def test_the_tab_shows_the_words_and_the_next_step(house: Cast) -> None:
    row = builders.raised(house.volunteer, house.dossier_id, NOW)
    page = shown(house)
    for words in (builders.WORDS, "door vrijwilliger", "Hulp nodig", f"/signalen/{row.id}/wegen/"):
        assert words in page
    actions.triage(house.coordinator, row.id, Decision.HANDOVER, "", NOW)
    assert f"/signalen/{row.id}/bespreken/" in shown(house)
    actions.discuss(house.coordinator, row.id, True, "Graag.", NOW)
    page = shown(house)
    assert f"/overdracht/nieuw/{house.dossier_id}/{row.id}/" in page
    assert "Graag." in page


def test_a_no_of_hers_offers_no_handover(house: Cast) -> None:
    row = builders.discussed(house.coordinator, house.dossier_id, NOW, wants_help=False)
    assert f"/overdracht/nieuw/{house.dossier_id}/{row.id}/" not in shown(house)


def test_the_tab_follows_a_handover(house: Cast) -> None:
    row = builders.sent(house.coordinator, house.dossier_id, NOW)
    page = shown(house)
    for words in ("Schuldhulp Spaarvarken", "Verstuurd", builders.WORKER, "Hulp bij schulden"):
        assert words in page
    assert f"/overdracht/{row.id}/welkom/" in page
    assert "Zwijgt" in shown(house, 15)
    actions.decline(house.coordinator, row.id, Side.PROVIDER, Ground.FULL, NOW)
    assert "Er is geen plaats" in shown(house)


def test_a_check_that_is_due_is_seen_on_the_tab(house: Cast) -> None:
    builders.begun(house.coordinator, house.dossier_id, NOW)
    assert "Gesprek geweest" in shown(house, 27)
    assert "Kijk na" in shown(house, 28)


def test_a_case_is_on_the_tab_of_the_team_only(house: Cast) -> None:
    row = builders.proposed(house.coordinator, house.dossier_id, NOW)
    assert f"/meldcode/{row.id}/" in shown(house)
    assert f"/meldcode/{row.id}/" not in shown(house, actor=house.stranger)


def test_the_tab_asks_for_an_offer_after_letting_go(house: Cast) -> None:
    row = money.let_go(house.coordinator, NOW, 5)
    page = str(slots.tab(asked_by(house.coordinator), row.dossier_id))
    assert "Zij is losgelaten" in page
    assert f"/overdracht/geen/{row.dossier_id}/" in page


def test_the_card_tells_what_is_open(house: Cast) -> None:
    assert "Geen open signalen" in str(slots.card(asked_by(house.coordinator), house.dossier_id))
    row = builders.triaged(house.coordinator, house.dossier_id, NOW, Decision.WATCH)
    assert "Schulden" in str(slots.card(asked_by(house.coordinator), house.dossier_id))
    actions.close_signal(house.coordinator, row.id, NOW)
    assert "Geen open signalen" in str(slots.card(asked_by(house.coordinator), house.dossier_id))


def test_who_handles_no_signals_gets_no_tab(house: Cast) -> None:
    builders.raised(house.volunteer, house.dossier_id, NOW)
    request = asked_by(house.volunteer)
    assert slots.tab(request, house.dossier_id) is None
    assert slots.card(request, house.dossier_id) is None


def test_the_tab_asks_as_much_for_one_as_for_many(house: Cast) -> None:
    def queries() -> int:
        with rls.acting_as(house.coordinator, NOW.on), CaptureQueriesContext(connection) as asked:
            shown(house)
        return len(asked)

    builders.begun(house.coordinator, house.dossier_id, NOW)
    once = queries()
    for number in range(4):
        builders.raised(house.coordinator, house.dossier_id, later(NOW, -number))
        signal = builders.discussed(house.coordinator, house.dossier_id, NOW)
        provider = builders.provider(f"Hulp {number}")
        new = actions.NewHandover(provider.pk, "x", signal_id=signal.id)
        actions.prepare_handover(house.coordinator, house.dossier_id, new, NOW)
    assert queries() == once <= 9
