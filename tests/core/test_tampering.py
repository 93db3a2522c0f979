"""Whoever changes, removes, swaps, adds or cuts what was recorded is found out, whatever she does."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from threading import Event as Signal
from time import sleep
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections, transaction

from gib.core.access import rls
from gib.core.access.actor import Actor, house
from gib.core.access.tables import P, Role
from gib.core.journal import chain, readings
from gib.core.journal.acts import act, carry_out
from gib.core.journal.models import ChainHead, Happening, Reading, ReadingSeal, ReadingSubject
from gib.core.kernel.clock import Now
from gib.core.kernel.events import Event
from gib.core.vault.reads import ReadSet

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), date(2011, 1, 11))
TIMES = 1000


@dataclass(frozen=True, kw_only=True)
class Rang(Event):
    sentence = "Er is gebeld."
    times: int = 1


@act(P.ENTER)
def ring(actor: Actor, chain_id: UUID, times: int, now: Now) -> None:
    """Leave one row in the chain of a dossier."""
    carry_out(actor, now, events=[Rang(dossier_id=chain_id, times=times)])


@pytest.fixture
def chained() -> Iterator[UUID]:
    """A chain of seven acts of three people, on three days, beside a chain of somebody else."""
    mine, other = uuid4(), uuid4()
    for times in range(7):
        now = Now(NOW.at + timedelta(hours=times), NOW.on + timedelta(days=times // 3))
        ring(Actor(uuid4(), Role.COORDINATOR), mine, times, now)
        ring(house("nightly"), other, times, now)
    with rls.system("test"):
        yield mine


def _rows(chain_id: UUID) -> list[Happening]:
    return list(Happening.for_house("test", NOW.on).filter(chain_id=chain_id).order_by("position"))


def _change(row: Any, **values: Any) -> None:
    rows: Any = type(row)._base_manager
    rows.filter(pk=row.pk).update(**values)


def _remove(*rows: Any) -> None:
    for row in rows:
        manager: Any = type(row)._base_manager
        found = manager.filter(pk=row.pk)
        found._raw_delete(found.db)


def _edit(rows: list[Happening], dice: Random) -> None:
    row = dice.choice(rows)
    name, value = dice.choice(
        [
            ("role", "volunteer"),
            ("name", "core.Knocked"),
            ("payload", {"times": 99}),
            ("payload", row.payload | {"more": 1}),
            ("at", row.at + timedelta(microseconds=dice.choice([-1, 1]))),
            ("on", row.on + timedelta(days=dice.choice([-1, 1]))),
            ("actor_id", uuid4()),
            *(("dossier_id", uuid4()), ("dossier_id", None), ("chain_id", uuid4())),
            *(("before", "0" * 64), ("hash", "0" * 64), ("position", row.position + 100)),
        ]
    )
    _change(row, **{name: value})


def _delete(rows: list[Happening], dice: Random) -> None:
    _remove(*dice.sample(rows, dice.randint(1, len(rows) - 1)))


def _truncate(rows: list[Happening], dice: Random) -> None:
    _remove(*rows[dice.randrange(len(rows)) :])


def _swap(rows: list[Happening], dice: Random) -> None:
    one, other = dice.sample(rows, 2)
    _change(one, position=900)
    _change(other, position=one.position)
    _change(one, position=other.position)


def _swap_contents(rows: list[Happening], dice: Random) -> None:
    one, other = dice.sample(rows, 2)
    facts = ("actor_id", "payload", "at", "on")
    _change(one, **{name: getattr(other, name) for name in facts})
    _change(other, **{name: getattr(one, name) for name in facts})


def _insert(rows: list[Happening], dice: Random) -> None:
    """Add a row that is linked as it should be, at the end or in a gap made for it."""
    at = dice.randint(0, len(rows))
    for row in reversed(rows[at:]):
        _change(row, position=row.position + 1)
    fresh = Happening(
        id=uuid4(),
        dossier_id=rows[0].dossier_id,
        chain_id=rows[0].chain_id,
        position=at + 1,
        at=NOW.at,
        on=NOW.on,
        actor_id=uuid4(),
        role="coordinator",
        name="core.Rang",
        payload={"times": 1},
        before=rows[at - 1].hash if at else "",
    )
    fresh.hash = chain.link(fresh)
    Happening.objects.bulk_create([fresh])


def _rehash_one(rows: list[Happening], dice: Random) -> None:
    """Change a row and make its own hash fit again: the next row, or the head, still tells."""
    row = dice.choice(rows)
    row.payload = {"times": 77}
    _change(row, payload=row.payload, hash=chain.link(row))


def _behead(rows: list[Happening], dice: Random) -> None:
    head = ChainHead.objects.get(chain_id=rows[0].chain_id)
    if dice.random() < 0.4:
        _remove(head)
    elif dice.random() < 0.5:
        _change(head, position=dice.randint(0, len(rows) - 1))
    else:
        _change(head, hash=rows[0].hash)


DAMAGES: list[Callable[[list[Happening], Random], None]] = [
    _edit,
    _edit,
    _edit,
    _delete,
    _truncate,
    _swap,
    _swap_contents,
    _insert,
    _rehash_one,
    _behead,
]


class _Undone(Exception):
    pass


@contextmanager
def _for_a_moment(using: str = "default") -> Iterator[None]:
    """Do something and take it back."""
    try:
        with transaction.atomic(using=using):
            yield
            raise _Undone
    except _Undone:
        return


@pytest.mark.requirement("LOG-02")
def test_a_thousand_ways_to_tamper_with_the_journal_are_all_noticed(chained: UUID) -> None:
    dice, rows = Random(20110111), _rows(chained)
    for turn in range(TIMES):
        damage = DAMAGES[turn % len(DAMAGES)]
        with _for_a_moment():
            damage(rows, dice)
            assert next(chain.faults(chained), None) is not None, (turn, damage.__name__)
        rows = _rows(chained)
    assert list(chain.faults()) == []


def test_a_chain_without_its_head_is_named_among_all(chained: UUID) -> None:
    ChainHead.objects.filter(chain_id=chained).delete()
    assert list(chain.faults()) == [f"{chained}: the head of this chain is gone"]


def test_damage_in_one_chain_is_not_blamed_on_another(chained: UUID) -> None:
    other = ChainHead.objects.exclude(chain_id=chained).get().chain_id
    _change(_rows(other)[3], role="volunteer")
    assert list(chain.faults(chained)) == []
    assert list(chain.faults()) == list(chain.faults(other)) != []


def test_a_row_moved_to_another_chain_is_missed_in_both(chained: UUID) -> None:
    other = ChainHead.objects.exclude(chain_id=chained).get().chain_id
    _change(_rows(chained)[-1], chain_id=other, position=8)
    faulty = {fault.split(":")[0].split(" ")[0] for fault in chain.faults()}
    assert faulty == {str(chained), str(other)}


def test_every_broken_row_has_its_own_line(chained: UUID) -> None:
    for row in _rows(chained)[1::2]:
        _change(row, role="volunteer")
    places = [int(fault.split(" ")[1].rstrip(":")) for fault in chain.faults(chained)]
    assert places == [2, 4, 6]


@pytest.mark.parametrize("name", ["id", "chain_id", "dossier_id", "actor_id"])
def test_the_link_covers_every_id(name: str, chained: UUID) -> None:
    row = _rows(chained)[0]
    setattr(row, name, uuid4())
    assert chain.link(row) != row.hash


def test_the_link_is_the_same_for_the_same_facts_in_another_zone_and_order(chained: UUID) -> None:
    row = _rows(chained)[0]
    row.payload = dict(reversed(list((row.payload | {"a": 1}).items())))
    turned = chain.link(row)
    row.payload = dict(sorted(row.payload.items()))
    row.at = row.at.astimezone(tz=None)
    assert chain.link(row) == turned


def _look(at: datetime, person: UUID) -> None:
    boxes = {person: {"families_participant"}, uuid4(): {"families_child", "families_custody"}}
    readings.write(ReadSet(boxes=boxes), Actor(uuid4(), Role.COORDINATOR), at)


@pytest.fixture
def sealed() -> UUID:
    """Twelve looks at one person, sealed in three blocks."""
    person = uuid4()
    for number in range(12):
        _look(NOW.at + timedelta(minutes=number), person)
        if number % 4 == 3:
            readings.seal(NOW.at + timedelta(minutes=number))
    return person


def _edit_look(dice: Random) -> None:
    look = dice.choice(list(Reading.objects.all()))
    name, value = dice.choice(
        [
            ("role", "volunteer"),
            ("user_id", uuid4()),
            ("at", look.at + timedelta(seconds=1)),
            ("session", "f" * 64),
            ("action", "export"),
            ("purpose", "search"),
            ("outcome", 503),
            ("scanned", 31),
        ]
    )
    _change(look, **{name: value})


def _edit_subject(dice: Random) -> None:
    subject = dice.choice(list(ReadingSubject.objects.all()))
    name, value = dice.choice([("box_id", uuid4()), ("tables", []), ("tables", ["families_note"])])
    _change(subject, **{name: value})


def _lose_subject(dice: Random) -> None:
    _remove(dice.choice(list(ReadingSubject.objects.all())))


def _add_subject(dice: Random) -> None:
    look = dice.choice(list(Reading.objects.all()))
    ReadingSubject.objects.create(reading=look, box_id=uuid4(), tables=["families_child"])


def _lose_look(dice: Random) -> None:
    look = dice.choice(list(Reading.objects.all()))
    _remove(*look.subjects.all(), look)


def _swap_subjects(dice: Random) -> None:
    one, other = dice.sample(list(Reading.objects.all()), 2)
    first, second = list(one.subjects.all()), list(other.subjects.all())
    for row in first:
        _change(row, reading=other)
    for row in second:
        _change(row, reading=one)


def _edit_seal(dice: Random) -> None:
    block = dice.choice(list(ReadingSeal.objects.all()))
    name, value = dice.choice(
        [
            ("hash", "0" * 64),
            ("before", "1" * 64),
            ("first_id", block.first_id + 1),
            ("last_id", block.last_id - 1),
        ]
    )
    _change(block, **{name: value})


def _lose_seal(dice: Random) -> None:
    _first, *later = ReadingSeal.objects.order_by("last_id")
    _remove(later[0])


@pytest.mark.requirement("LOG-02")
@pytest.mark.parametrize(
    "damage",
    [
        _edit_look,
        _edit_subject,
        _lose_subject,
        _add_subject,
        _lose_look,
        _swap_subjects,
        _edit_seal,
        _lose_seal,
    ],
)
def test_tampering_with_the_reading_log_is_noticed(sealed: UUID, damage: Callable[[Random], None]) -> None:
    dice = Random(damage.__name__)
    assert list(readings.faults()) == []
    for turn in range(25):
        with _for_a_moment("log"):
            damage(dice)
            assert list(readings.faults()), turn
    assert list(readings.faults()) == []


def test_a_damaged_block_does_not_hide_the_next(sealed: UUID) -> None:
    first, _, third = ReadingSeal.objects.order_by("last_id")
    for block in (first, third):
        Reading.objects.filter(pk=block.last_id).update(role="volunteer")
    named = {fault.split(":")[0] for fault in readings.faults()}
    assert named == {f"block {block.first_id}-{block.last_id}" for block in (first, third)}


def test_a_seal_of_another_house_is_not_valid_here(sealed: UUID, monkeypatch: Any) -> None:
    """Who holds the tables but not the keys cannot seal a block again."""
    last = ReadingSeal.objects.order_by("-last_id").first()
    assert last is not None
    Reading.objects.filter(pk=last.last_id).update(role="volunteer")
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(readings, "_seal_key", lambda: b"another key")
        forged = readings._mac(readings._digest(last.first_id, last.last_id, last.before))
    _change(last, hash=forged)
    assert len(list(readings.faults())) == 1


def test_newest_looks_come_first_and_page_by_key(sealed: UUID) -> None:
    keys = [look.pk for look in Reading.newest()]
    assert keys == sorted(keys, reverse=True)
    assert len(keys) == 12
    assert [look.pk for look in Reading.newest(before=keys[4])] == keys[5:]
    assert [look.pk for look in Reading.newest(sealed)] == keys
    assert list(Reading.newest(uuid4())) == []


def test_a_look_of_nothing_leaves_no_row_and_a_long_purpose_is_cut() -> None:
    actor = house("a purpose of the house " * 6)
    readings.write(ReadSet(), actor, NOW.at)
    assert not Reading.objects.exists()
    readings.write(ReadSet(boxes={uuid4(): {"b", "a"}}, scans=[("search", 3), ("merge", 4)]), actor, NOW.at)
    look = Reading.objects.get()
    assert (len(look.purpose), look.scanned, look.subjects.get().tables) == (80, 7, ["a", "b"])


@pytest.mark.django_db(databases="__all__", transaction=True)
def test_a_block_waits_for_a_look_that_is_still_being_written() -> None:
    if connections["log"].vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: nothing can be half written")
    started, sealing = Signal(), Signal()

    def slow() -> None:
        with transaction.atomic(using="log"):
            _look(NOW.at, uuid4())
            started.set()
            sealing.wait(10)
            sleep(0.2)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(slow)
        started.wait(10)
        _look(NOW.at, uuid4())
        sealing.set()
        block = readings.seal(NOW.at)
        writing.result(10)
    assert block is not None
    assert Reading.objects.filter(pk__range=(block.first_id, block.last_id)).count() == 2
    assert list(readings.faults()) == []
