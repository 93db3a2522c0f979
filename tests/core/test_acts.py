"""An act saves rows and events together, chains them, and wakes its subscribers after the commit."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gib.core.access import rls
from gib.core.access.actor import Actor, house
from gib.core.access.tables import P, Role
from gib.core.journal import chain, outbox, subscribe
from gib.core.journal.acts import act, carry_out
from gib.core.journal.models import Delivery, Happening, Message
from gib.core.kernel.clock import Now
from gib.core.kernel.events import Event
from gib.core.kernel.rules import RuleBroken
from gib.core.vault import boxes
from gib.core.vault.models import BoxKind
from gib.people.families.models import Dossier
from gib.people.partners import builders
from gib.people.partners.models import Team

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), date(2011, 1, 11))


@dataclass(frozen=True, kw_only=True)
class Knocked(Event):
    sentence = "Er is geklopt."
    times: int = 1


@act(P.ENTER)
def knock(actor: Actor, dossier_id: UUID, times: int, now: Now) -> None:
    carry_out(actor, now, events=[Knocked(dossier_id=dossier_id, times=times)])


@pytest.fixture
def team() -> Team:
    return next(iter(builders.two_teams()))


@pytest.fixture
def coordinator(team: Team) -> Actor:
    return Actor(uuid4(), Role.COORDINATOR, frozenset({team.pk}))


@pytest.fixture
def dossier(team: Team) -> Dossier:
    row = Dossier(team=team, opened_on=NOW.on)
    boxes.make(row.id, BoxKind.DOSSIER)
    with rls.system("test"):
        row.save()
    return row


@pytest.fixture
def heard() -> Any:
    """A board with handlers for this test only."""
    kept = dict(subscribe.HANDLERS)
    calls: list[tuple[Any, ...]] = []
    yield calls
    subscribe.HANDLERS.clear()
    subscribe.HANDLERS.update(kept)


def _happenings(dossier: Dossier) -> list[Happening]:
    with rls.system("test"):
        return list(Happening.for_house("test", NOW.on).filter(dossier_id=dossier.id).order_by("position"))


def test_an_act_leaves_one_linked_row_per_event(coordinator: Actor, dossier: Dossier) -> None:
    knock(coordinator, dossier.id, 1, NOW)
    knock(coordinator, dossier.id, 2, now=NOW)
    first, second = _happenings(dossier)
    assert (first.name, first.payload, first.role) == ("core.Knocked", {"times": 1}, "coordinator")
    assert (first.actor_id, first.on, first.before, first.position) == (coordinator.user_id, NOW.on, "", 1)
    assert (second.before, second.position) == (first.hash, 2)


def test_the_purpose_of_the_house_stands_in_the_row(dossier: Dossier) -> None:
    knock(house("nightly"), dossier.id, 1, NOW)
    assert _happenings(dossier)[0].payload == {"times": 1, "purpose": "nightly"}


def test_when_an_act_fails_nothing_of_it_stays(coordinator: Actor, dossier: Dossier) -> None:
    @act(P.ENTER)
    def fail(actor: Actor, now: Now) -> None:
        knock(actor, dossier.id, 1, now)
        raise RuleBroken("illegal_move")

    with pytest.raises(RuleBroken):
        fail(coordinator, NOW)
    assert _happenings(dossier) == []


def test_when_a_part_of_an_act_fails_the_whole_fails_also_when_its_error_is_caught(
    coordinator: Actor, dossier: Dossier
) -> None:
    @act(P.ENTER)
    def stumble(actor: Actor, now: Now) -> None:
        knock(actor, dossier.id, 2, now)
        raise RuleBroken("illegal_move")

    @act(P.ENTER)
    def go_on(actor: Actor, now: Now) -> None:
        knock(actor, dossier.id, 1, now)
        with suppress(RuleBroken):
            stumble(actor, now)

    with pytest.raises(transaction.TransactionManagementError):
        go_on(coordinator, NOW)
    assert _happenings(dossier) == []


def test_the_parts_of_an_act_share_its_transaction_and_its_context(
    coordinator: Actor,
) -> None:
    @act(P.ENTER)
    def frame(actor: Actor, by: list[Actor], now: Now) -> None:
        for each in by:
            frame(each, [], now)

    def frames(*by: Actor) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            frame(coordinator, list(by), NOW)
        return [query["sql"] for query in asked.captured_queries]

    alone, other = frames(), house("test")
    assert len(frames(coordinator, replace(coordinator))) == len(alone)
    told = 2 if connection.vendor == "postgresql" else 0
    assert len(frames(other, coordinator, other)) == len(alone) + 2 * told


def test_an_act_without_actor_or_now_is_a_mistake_of_the_programmer(dossier: Dossier) -> None:
    with pytest.raises(TypeError, match="actor first"):
        knock("me", dossier.id, 1, NOW)
    with pytest.raises(TypeError, match="now last"):
        knock(house("x"), dossier.id, 1, "today")


def test_an_edit_over_a_newer_version_is_refused(coordinator: Actor, dossier: Dossier, team: Team) -> None:
    with rls.system("test"):
        one = Dossier.for_house("test", NOW.on).get(pk=dossier.pk)
        other = Dossier.for_house("test", NOW.on).get(pk=dossier.pk)

    @act(P.ENTER)
    def reopen(actor: Actor, row: Dossier, now: Now) -> None:
        row.opened_on = now.on - timedelta(days=1)
        carry_out(actor, now, rows=[row])

    reopen(coordinator, one, NOW)
    with pytest.raises(RuleBroken) as refusal:
        reopen(coordinator, other, NOW)
    assert refusal.value.code == "newer_version"
    with rls.system("test"):
        assert Dossier.for_house("test", NOW.on).get(pk=dossier.pk).version == 1


def test_an_act_does_not_go_on_after_the_database_refused_a_row(
    coordinator: Actor, dossier: Dossier, team: Team
) -> None:
    @act(P.ENTER)
    def hide_the_refusal(actor: Actor, now: Now) -> None:
        with suppress(IntegrityError):
            carry_out(actor, now, rows=[Dossier(id=dossier.id, team=team, opened_on=now.on)])
        knock(actor, dossier.id, 1, now)

    with pytest.raises(transaction.TransactionManagementError):
        hide_the_refusal(coordinator, NOW)
    assert _happenings(dossier) == []


def test_a_row_is_kept_as_the_framework_itself_would_keep_it(dossier: Dossier, team: Team) -> None:
    kept, own = [Dossier(team=team, opened_on=NOW.on), Dossier(team=team, opened_on=NOW.on)]
    with rls.system("test"):
        kept.save()
        carry_out(house("test"), NOW, rows=[own])
        rows: list[Any] = [Dossier.for_house("test", NOW.on).get(pk=row.pk) for row in (kept, own)]
    facts = [{field: getattr(row, field.attname) for field in row._meta.concrete_fields} for row in rows]
    assert {field for field in facts[0] if facts[0][field] != facts[1][field]} == {Dossier._meta.pk}
    assert (own._state.adding, own._state.db) == (kept._state.adding, kept._state.db)


def test_a_handler_hears_of_the_act_after_the_commit(
    coordinator: Actor, dossier: Dossier, heard: Any, django_capture_on_commit_callbacks: Any
) -> None:
    def listen(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
        heard.append((dossier_id, payload, now, rls.is_active()))

    subscribe.on(Knocked, listen)
    with django_capture_on_commit_callbacks(execute=True):
        knock(coordinator, dossier.id, 3, NOW)
        assert heard == []
    assert heard == [(dossier.id, {"times": 3}, NOW, True)]
    assert Delivery.objects.get().done_at == NOW.at


def test_a_failing_handler_stays_until_it_succeeds_and_does_not_stop_others(
    coordinator: Actor, dossier: Dossier, heard: Any, django_capture_on_commit_callbacks: Any
) -> None:
    def broken(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
        heard.append("broken")
        if len(heard) < 3:
            raise LookupError("Kelly")

    def whole(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
        heard.append("whole")

    subscribe.on(Knocked, broken, whole)
    with django_capture_on_commit_callbacks(execute=True):
        knock(coordinator, dossier.id, 1, NOW)
    row = Delivery.objects.get(done_at__isnull=True)
    assert (heard, row.attempts, row.last_error) == (["broken", "whole"], 1, "LookupError")
    assert outbox.catch_up(NOW) == 0, "not before it is due"
    later = Now(NOW.at + timedelta(minutes=3), NOW.on)
    assert outbox.catch_up(later) == 1
    assert not Delivery.objects.filter(done_at__isnull=True).exists()
    assert outbox.catch_up(later) == 0, "exactly once"


def test_a_handler_is_tried_eight_times_and_then_waits_for_a_person(dossier: Dossier, heard: Any) -> None:
    def broken(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
        raise LookupError

    subscribe.on(Knocked, broken)
    knock(house("test"), dossier.id, 1, NOW)
    for hour in range(12):
        outbox.catch_up(Now(NOW.at + timedelta(hours=10 * hour), NOW.on))
    assert Delivery.objects.get().attempts == outbox.MOST_ATTEMPTS


@pytest.mark.requirement("LOG-02")
@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE journal_happening SET role = 'volunteer' WHERE position = 2",
        "UPDATE journal_happening SET payload = '{\"times\": 9}' WHERE position = 1",
        "DELETE FROM journal_happening WHERE position = 2",
        "DELETE FROM journal_happening WHERE position = 3",
        "DELETE FROM journal_happening WHERE position = 1",
    ],
)
def test_the_chain_notices_any_damage(dossier: Dossier, damage: str) -> None:
    for times in (1, 2, 3):
        knock(house("test"), dossier.id, times, NOW)
    with rls.system("test"):
        assert list(chain.faults()) == []
        with connection.cursor() as cursor:
            cursor.execute(damage)
        assert list(chain.faults(dossier.id))
        assert all(str(dossier.id) in fault for fault in chain.faults())


def test_two_rows_cannot_take_one_place(dossier: Dossier) -> None:
    knock(house("test"), dossier.id, 1, NOW)
    twin = _happenings(dossier)[0]
    twin.id = uuid4()
    twin._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic(), rls.system("test"):
        twin.save(force_insert=True)


def test_a_notice_is_queued_once_and_sent_once() -> None:
    person, sent = uuid4(), []
    for _ in range(2):
        outbox.notify(person, "match_proposed", "match:1:proposed", NOW)
    assert Message.objects.count() == 1
    assert outbox.send_due(NOW, sent.append) == 1
    assert outbox.send_due(NOW, sent.append) == 0
    assert [message.recipient_id for message in sent] == [person]


def test_a_notice_that_cannot_be_sent_is_kept_and_tried_later() -> None:
    def down(message: Message) -> None:
        raise ConnectionRefusedError

    outbox.notify(uuid4(), "match_proposed", "match:2:proposed", NOW)
    assert outbox.send_due(NOW, down) == 0
    row = Message.objects.get()
    assert (row.sent_at, row.attempts, row.last_error) == (None, 1, "ConnectionRefusedError")
    assert outbox.send_due(Now(NOW.at + timedelta(hours=1), NOW.on), lambda message: None) == 1
