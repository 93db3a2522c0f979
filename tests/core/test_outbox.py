"""What is due is done, tried again later and later, and at last left for a person; nothing is done twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.access import rls
from gib.core.access.actor import Actor, house
from gib.core.journal import outbox, subscribe
from gib.core.journal.acts import act, carry_out
from gib.core.journal.models import Delivery, Happening, Message
from gib.core.kernel.clock import Now
from gib.core.kernel.events import Event

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), date(2011, 1, 11))
HOME = uuid4()


@dataclass(frozen=True, kw_only=True)
class Tapped(Event):
    """An event of this test only."""

    sentence = "Er is getikt."
    times: int = 1


@act
def tap(actor: Actor, times: int, now: Now) -> None:
    """Leave one event that the board hears of."""
    carry_out(actor, now, events=[Tapped(dossier_id=HOME, times=times)])


def _at(minutes: float) -> Now:
    return Now(NOW.at + timedelta(minutes=minutes), NOW.on)


@pytest.fixture(autouse=True)
def _own_board() -> Iterator[None]:
    kept = {name: list(handlers) for name, handlers in subscribe.HANDLERS.items()}
    yield
    subscribe.HANDLERS.clear()
    subscribe.HANDLERS.update(kept)


class Ear:
    """A handler that fails a number of times before it hears."""

    def __init__(self, name: str, failures: int = 0, error: type[Exception] = LookupError) -> None:
        self.__qualname__ = name
        self.failures, self.error = failures, error
        self.heard: list[object] = []

    def __call__(self, dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
        if self.failures:
            self.failures -= 1
            raise self.error("Kelly Voorbeeld woont in de Dorpsstraat")
        self.heard.append((dossier_id, payload["times"], now))


def test_each_failure_doubles_the_wait() -> None:
    ear = Ear("deaf", failures=99)
    subscribe.on(Tapped, ear)
    tap(house("test"), 1, NOW)
    waits, now = [], NOW
    for _ in range(outbox.MOST_ATTEMPTS):
        outbox.catch_up(now)
        row = Delivery.objects.get()
        waits.append(round((row.due_at - now.at).total_seconds() / 60))
        now = Now(row.due_at, NOW.on)
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256]


def test_what_failed_eight_times_is_left_and_still_listed_as_waiting() -> None:
    ear = Ear("deaf", failures=outbox.MOST_ATTEMPTS)
    subscribe.on(Tapped, ear)
    tap(house("test"), 1, NOW)
    for day in range(20):
        outbox.catch_up(_at(day * 24 * 60))
    assert ear.failures == 0
    assert ear.heard == [], "the ninth time would have succeeded, but a person must look first"
    assert [row.attempts for row in Delivery.waiting()] == [outbox.MOST_ATTEMPTS]


@pytest.mark.parametrize("failures", range(outbox.MOST_ATTEMPTS))
def test_a_handler_that_recovers_hears_exactly_once(failures: int) -> None:
    ear = Ear("slow", failures=failures)
    subscribe.on(Tapped, ear)
    tap(house("test"), 5, NOW)
    done = [outbox.catch_up(_at(minutes)) for minutes in range(0, 400, 1)]
    assert sum(done) == len(ear.heard) == 1
    row = Delivery.objects.get()
    assert (row.attempts, row.done_at is not None) == (failures + 1, True)
    assert list(Delivery.waiting()) == []


def test_only_the_kind_of_a_fault_is_kept() -> None:
    subscribe.on(Tapped, Ear("a", 1, ZeroDivisionError), Ear("b", 1, PermissionError))
    tap(house("test"), 1, NOW)
    outbox.catch_up(NOW)
    assert sorted(row.last_error for row in Delivery.objects.all()) == [
        "PermissionError",
        "ZeroDivisionError",
    ]


def test_handlers_hear_in_the_order_of_the_board_and_events_in_their_own() -> None:
    heard: list[tuple[str, object]] = []

    def first(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
        heard.append(("first", payload["times"]))

    def second(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
        heard.append(("second", payload["times"]))

    subscribe.on(Tapped, second)
    subscribe.on(Tapped, first)
    for times in (1, 2):
        tap(house("test"), times, NOW)
    outbox.catch_up(NOW)
    assert heard == [("second", 1), ("first", 1), ("second", 2), ("first", 2)]


def test_what_a_failing_handler_did_is_undone(django_capture_on_commit_callbacks: Any) -> None:
    def half(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
        outbox.notify(uuid4(), "match_proposed", "half", now)
        raise LookupError

    subscribe.on(Tapped, half)
    with django_capture_on_commit_callbacks(execute=True):
        tap(house("test"), 1, NOW)
    assert not Message.objects.exists()
    assert Delivery.objects.get().attempts == 1


def test_a_handler_that_acts_leaves_its_own_row_and_wakes_the_next(
    django_capture_on_commit_callbacks: Any,
) -> None:
    counted: list[object] = []

    def again(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
        counted.append(payload["times"])
        if payload["times"] == 1:
            tap(house("echo"), 2, now)

    subscribe.on(Tapped, again)
    with django_capture_on_commit_callbacks(execute=True):
        tap(house("test"), 1, NOW)
    assert counted == [1, 2]
    with rls.system("test"):
        rows = Happening.for_house("test", NOW.on).filter(dossier_id=HOME).order_by("position")
        assert [row.payload["purpose"] for row in rows] == ["test", "echo"]


def test_a_handler_that_left_the_board_fails_by_name_and_waits() -> None:
    subscribe.on(Tapped, Ear("gone"))
    tap(house("test"), 1, NOW)
    subscribe.HANDLERS[Tapped.event_name()].clear()
    assert outbox.catch_up(NOW) == 0
    assert Delivery.objects.get().last_error == "KeyError"


def test_an_event_that_nobody_hears_waits_for_nobody() -> None:
    tap(house("test"), 1, NOW)
    assert not Delivery.objects.exists()


def test_delivering_again_does_nothing_again() -> None:
    ear = Ear("once")
    subscribe.on(Tapped, ear)
    tap(house("test"), 1, NOW)
    with rls.system("test"):
        told = [(Delivery.objects.get(), Happening.for_house("test", NOW.on).get(dossier_id=HOME))]
    assert [outbox.deliver(told, NOW), outbox.deliver(told, NOW), outbox.deliver([], NOW)] == [1, 0, 0]
    assert len(ear.heard) == 1


def test_who_read_a_delivery_before_it_was_done_elsewhere_does_not_do_it_again() -> None:
    """The tick looks which are open; the act that queued them may be delivering them at that moment."""
    ear = Ear("once")
    subscribe.on(Tapped, ear)
    tap(house("test"), 1, NOW)
    looked_before = Delivery.objects.get()
    outbox.catch_up(NOW)
    with rls.system("test"):
        happening = Happening.for_house("test", NOW.on).get(dossier_id=HOME)
    assert outbox.deliver([(looked_before, happening)], NOW) == 0
    assert (len(ear.heard), Delivery.objects.get().attempts) == (1, 1)


def test_a_delivery_that_fails_while_another_did_it_stays_done() -> None:
    calls: list[object] = []

    def twice(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
        calls.append(payload["times"])
        raise LookupError

    subscribe.on(Tapped, twice)
    tap(house("test"), 1, NOW)
    row = Delivery.objects.get()
    Delivery.objects.update(done_at=NOW.at)
    with rls.system("test"):
        happening = Happening.for_house("test", NOW.on).get(dossier_id=HOME)
    assert (outbox.deliver([(row, happening)], NOW), calls) == (0, [])
    assert Delivery.objects.get().done_at == NOW.at


def test_a_handler_hears_right_after_the_act_what_the_journal_tells_later(
    django_capture_on_commit_callbacks: Any,
) -> None:
    """What is handed on in memory must not differ from what is read again after a failure."""
    ear = Ear("twice", failures=1)
    subscribe.on(Tapped, ear)
    at_once = Ear("at once")
    subscribe.on(Tapped, at_once)
    with django_capture_on_commit_callbacks(execute=True):
        tap(house("test"), 3, NOW)
    later = _at(60)
    outbox.catch_up(later)
    assert [each[:2] for each in at_once.heard] == [each[:2] for each in ear.heard] == [(HOME, 3)]


def test_a_handler_is_named_by_its_place() -> None:
    assert subscribe.name_of(tap) == f"{__name__}.tap"
    assert subscribe.handlers_of("core.Nothing") == {}


# Notices.


def _notice(key: str = "k", minutes: float = 0) -> None:
    outbox.notify(uuid4(), "match_proposed", key, _at(minutes))


def test_a_notice_is_sent_from_the_minute_it_is_due() -> None:
    _notice(minutes=5)
    assert [outbox.send_due(_at(minute), lambda message: None) for minute in (4, 5, 6)] == [0, 1, 0]


def test_notices_go_out_in_the_order_they_were_due() -> None:
    for key, minutes in (("late", 9), ("early", 1), ("middle", 5)):
        _notice(key, minutes)
    sent: list[str] = []
    outbox.send_due(_at(10), lambda message: sent.append(message.effect_key))
    assert sent == ["early", "middle", "late"]


@pytest.mark.parametrize(
    "error", [ConnectionRefusedError(), TimeoutError(), SMTPRecipientsRefused({}), OSError("Kelly")]
)
def test_a_notice_that_the_mail_refuses_is_tried_later_and_does_not_stop_the_next(error: Exception) -> None:
    for key, minutes in (("bad", 0), ("good", 1)):
        _notice(key, minutes)

    def send(message: Message) -> None:
        if message.effect_key == "bad":
            raise error

    assert outbox.send_due(_at(1), send) == 1
    bad = Message.objects.get(effect_key="bad")
    assert (bad.sent_at, bad.last_error, bad.attempts) == (None, type(error).__name__, 1)
    assert bad.due_at == _at(2).at


def test_a_notice_is_given_up_after_eight_attempts() -> None:
    _notice()
    calls: list[UUID] = []

    def down(message: Message) -> None:
        calls.append(message.id)
        raise ConnectionRefusedError

    for day in range(15):
        outbox.send_due(_at(day * 24 * 60), down)
    assert len(calls) == outbox.MOST_ATTEMPTS
    assert Message.objects.get().sent_at is None


def test_the_same_occasion_for_two_people_is_two_notices_and_for_one_is_one() -> None:
    person, other = uuid4(), uuid4()
    for who in (person, other, person):
        outbox.notify(who, "match_proposed", f"match:{who}", NOW)
    assert {row.recipient_id for row in Message.objects.all()} == {person, other}
    assert Message.objects.count() == 2


def test_a_notice_already_sent_is_not_queued_anew() -> None:
    _notice("once")
    outbox.send_due(NOW, lambda message: None)
    _notice("once")
    assert outbox.send_due(_at(60), lambda message: None) == 0


@given(st.lists(st.booleans(), max_size=12))
def test_a_notice_is_sent_at_most_once_whatever_the_mail_does(works: list[bool]) -> None:
    """However the mail comes and goes, one notice leaves one message, at the first time that it worked."""
    Message.objects.all().delete()
    _notice()
    weather, sent = list(works), []

    def send(message: Message) -> None:
        if not weather.pop(0):
            raise TimeoutError
        sent.append(message.id)

    now = NOW
    while weather:
        before = len(weather)
        outbox.send_due(now, send)
        now = Now(now.at + timedelta(days=1), now.on)
        if len(weather) == before:
            break
    tried = works[: outbox.MOST_ATTEMPTS]
    assert len(sent) == int(any(tried))
