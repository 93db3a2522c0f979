"""What was erased is told in every store and in a file, and put right wherever it lacks."""

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import OperationalError, transaction

from gib.core.vault import boxes, tombstones
from gib.core.vault.models import BoxKind, Tombstone, WrappedKey
from gib.core.vault.router import EVERYWHERE
from gib.core.vault.tombstones import FILE, Gate

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
AT = datetime(2011, 1, 11, 9, tzinfo=UTC)


@pytest.fixture
def box() -> UUID:
    """A box with a key, beside another that nobody erases."""
    box, other = uuid.uuid4(), uuid.uuid4()
    boxes.make_many([box, other], BoxKind.DOSSIER)
    return box


def told() -> dict[str, set[UUID]]:
    """Give what each place tells was erased."""
    held = {
        alias: set(Tombstone.objects.using(alias).values_list("box_id", flat=True)) for alias in EVERYWHERE
    }
    return held | {FILE: set(tombstones.read())}


def everywhere(stones: set[UUID]) -> dict[str, set[UUID]]:
    """Say that all places tell the same."""
    return {place: stones for place in (*EVERYWHERE, FILE)}


def forget(place: str) -> None:
    """Let one place be as it was before the erasure."""
    if place == FILE:
        Path(settings.TOMBSTONE_FILE).unlink()
    else:
        Tombstone.objects.using(place).all().delete()


@pytest.mark.requirement("DSR-05")
def test_an_erased_box_opens_never_again_and_every_place_tells_it(box: UUID, seen: Any) -> None:
    boxes.key(box)
    boxes.erase(box, AT)
    with pytest.raises(boxes.Erased):
        boxes.key(box)
    assert told() == everywhere({box})
    assert WrappedKey.objects.count() == 1
    assert list(tombstones.faults()) == []


def test_an_act_that_is_undone_erases_nothing(box: UUID) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        boxes.erase(box, AT)
        raise RuntimeError
    assert WrappedKey.objects.filter(box_id=box).exists()
    assert told() == everywhere(set())


@pytest.mark.requirement("RET-06")
@pytest.mark.parametrize("kept", [*EVERYWHERE, FILE])
def test_one_place_that_remembers_is_enough(box: UUID, kept: str) -> None:
    old = WrappedKey.objects.get(box_id=box)
    boxes.erase(box, AT)
    for place in {*EVERYWHERE, FILE} - {kept}:
        forget(place)
    old.save(force_insert=True)
    assert set(tombstones.faults()) == {
        *(f"{place}: 1 lacking" for place in {*EVERYWHERE, FILE} - {kept}),
        "1 keys of erased boxes still open",
    }
    done = tombstones.settle()
    assert (done.destroyed, done.lacked) == (1, dict.fromkeys({*EVERYWHERE, FILE} - {kept}, 1))
    assert told() == everywhere({box})
    assert WrappedKey.objects.count() == 1
    assert tombstones.settle().is_quiet


def test_when_every_place_forgot_nothing_is_destroyed(box: UUID) -> None:
    old = WrappedKey.objects.get(box_id=box)
    boxes.erase(box, AT)
    for place in (*EVERYWHERE, FILE):
        forget(place)
    old.save(force_insert=True)
    assert tombstones.settle().is_quiet
    assert boxes.key(box)


def test_the_first_key_of_a_process_waits_for_the_tombstones(box: UUID, seen: Any) -> None:
    old = WrappedKey.objects.get(box_id=box)
    boxes.erase(box, AT)
    forget("keys")
    old.save(force_insert=True)
    Gate.is_open = False
    with pytest.raises(boxes.Erased):
        boxes.key(box)
    assert Gate.is_open


def test_no_key_opens_while_a_store_does_not_answer(
    box: UUID, seen: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise OperationalError

    Gate.is_open = False
    with monkeypatch.context() as broken, pytest.raises(OperationalError):
        broken.setattr(tombstones, "settle", away)
        boxes.key(box)
    assert not Gate.is_open
    assert boxes.key(box)


def test_the_round_of_each_minute_finishes_what_a_crash_left(box: UUID) -> None:
    Tombstone.objects.using("default").create(box_id=box, at=AT)
    assert tombstones.settle(since=AT + timedelta(minutes=1)).destroyed == 0
    done = tombstones.settle(since=AT - timedelta(days=1))
    assert (done.destroyed, done.lacked) == (1, {"keys": 1, "log": 1})


def test_a_line_that_was_cut_off_harms_no_other(box: UUID) -> None:
    path = Path(settings.TOMBSTONE_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{uuid.uuid4()} {AT.isoformat()}\n{str(uuid.uuid4())[:20]}")
    boxes.erase(box, AT)
    assert box in tombstones.read()
    assert len(tombstones.read()) == 2
    assert path.read_text().count(str(box)) == 1
