"""Every look is written before the answer leaves; without the log there is no answer."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal import middleware, readings, sessions
from gib.core.journal.models import Reading, ReadingSeal, ReadingSubject
from gib.core.kernel.clock import Now
from gib.core.vault import reads

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), date(2011, 1, 11))
BOX, OTHER = uuid4(), uuid4()


def _ask(view: Any, actor: Actor | None, method: str = "get") -> HttpResponse:
    request: Any = getattr(RequestFactory(), method)("/moeders/")
    request.session = type("Session", (), {"session_key": "abc"})()

    def inner(request: HttpRequest) -> HttpResponse:
        request.actor = actor
        return view(request)

    return middleware.reading_log(inner)(request)


def _show(request: HttpRequest) -> HttpResponse:
    reads.required().note(BOX, "families_participant")
    reads.required().note(BOX, "families_child")
    reads.required().note(OTHER, "families_participant")
    return HttpResponse("Kelly")


@pytest.fixture
def coordinator() -> Actor:
    return Actor(uuid4(), Role.COORDINATOR)


@pytest.mark.requirement("LOG-01")
def test_a_page_leaves_one_look_with_everybody_on_it(coordinator: Actor) -> None:
    assert _ask(_show, coordinator).content == b"Kelly"
    look = Reading.objects.get()
    assert (look.user_id, look.role, look.action, look.outcome) == (
        coordinator.user_id,
        "coordinator",
        "read",
        200,
    )
    assert {row.box_id: row.tables for row in look.subjects.all()} == {
        BOX: ["families_child", "families_participant"],
        OTHER: ["families_participant"],
    }
    assert look.session
    assert "abc" not in look.session


def test_a_page_without_anybody_on_it_leaves_nothing(coordinator: Actor) -> None:
    assert _ask(lambda request: HttpResponse("rules"), coordinator).status_code == 200
    assert not Reading.objects.exists()


def test_a_search_leaves_its_purpose_and_number(coordinator: Actor) -> None:
    def search(request: HttpRequest) -> HttpResponse:
        reads.required().scans.append(("search", 31))
        return HttpResponse()

    _ask(search, coordinator, "post")
    look = Reading.objects.get()
    assert (look.action, look.purpose, look.scanned) == ("write", "search", 31)


def test_when_the_log_is_away_the_answer_holds_no_data(coordinator: Actor, monkeypatch: Any) -> None:
    def away(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(readings, "write", away)
    answer = _ask(_show, coordinator)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert b"Kelly" not in answer.content


def test_sealed_data_for_nobody_or_in_a_stream_is_not_sent(coordinator: Actor) -> None:
    assert _ask(_show, None).status_code == 503

    def stream(request: HttpRequest) -> StreamingHttpResponse:
        reads.required().note(BOX, "x")
        return StreamingHttpResponse(iter([b"Kelly"]))

    assert _ask(stream, coordinator).status_code == 503


def test_a_command_writes_what_it_read(coordinator: Actor) -> None:
    with sessions.reading(coordinator, "export", "export") as seen:
        seen.note(BOX, "families_participant")
    look = Reading.objects.get()
    assert (look.action, look.purpose) == ("export", "export")


def _looks(coordinator: Actor, count: int) -> None:
    for _ in range(count):
        readings.write(reads.ReadSet(boxes={BOX: {"a"}}), coordinator, NOW.at)


def test_looks_are_sealed_in_blocks_once(coordinator: Actor) -> None:
    assert readings.seal(NOW.at) is None
    _looks(coordinator, 3)
    block = readings.seal(NOW.at)
    assert block is not None
    assert block.last_id - block.first_id >= 2
    assert readings.seal(NOW.at) is None
    _looks(coordinator, 1)
    second = readings.seal(NOW.at)
    assert second is not None
    assert second.before == block.hash
    assert list(readings.faults()) == []


@pytest.mark.requirement("LOG-02")
@pytest.mark.parametrize("damage", ["change", "subject", "remove", "seal"])
def test_damage_to_the_log_is_noticed(coordinator: Actor, damage: str) -> None:
    _looks(coordinator, 3)
    readings.seal(NOW.at)
    last = Reading.objects.order_by("-pk").first()
    assert last is not None
    if damage == "change":
        Reading.objects.filter(pk=last.pk).update(role="volunteer")
    elif damage == "subject":
        ReadingSubject.objects.filter(reading=last).update(box_id=OTHER)
    elif damage == "remove":
        ReadingSubject.objects.filter(reading=last).delete()
        last.delete()
    else:
        ReadingSeal.objects.update(hash="0" * 64)
    assert len(list(readings.faults())) == 1


@pytest.mark.separate_stores
@pytest.mark.django_db(databases="__all__", transaction=True)
def test_a_look_stays_when_the_act_is_undone(coordinator: Actor) -> None:
    """The log has a connection of its own: a rollback of the main store does not reach it."""
    with pytest.raises(ZeroDivisionError), connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1")
        _looks(coordinator, 1)
        raise ZeroDivisionError
    assert Reading.objects.count() == 1
