"""Every kind of sealed value comes back as it went in, and a read set counts what was opened and by whom."""

import json
from contextvars import copy_context
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from gib.core.vault import boxes, crypto, master, reads
from gib.core.vault.fields import Sealed, SealedDate, SealedField, SealedJson, SealedText
from gib.core.vault.models import BoxKind
from gib.core.vault.reads import ReadSet, Unlogged, counting

ONE, OTHER = uuid4(), uuid4()
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    field = SealedText()
    try:
        written = field.to_bytes(text)
    except UnicodeEncodeError:
        assert any(0xD800 <= ord(letter) <= 0xDFFF for letter in text)
        return
    assert field.to_value(written) == text


@pytest.mark.parametrize(
    "text", ["Noor", "Zoë", "’s-Gravenhage", "Đặng", "Ай", "👩‍👧", "e\u0301", "\u202eomgekeerd", "\x00", " "]
)
def test_letters_of_every_kind_are_kept_to_the_letter(text: str) -> None:
    assert SealedText().to_value(SealedText().to_bytes(text)) == text


@pytest.mark.parametrize(("length", "fits"), [(0, True), (79, True), (80, True), (81, False), (4000, False)])
def test_a_text_holds_its_length_in_letters_not_in_bytes(length: int, fits: bool) -> None:
    field = SealedText(max_length=80)
    field.set_attributes_from_name("name")
    if fits:
        assert len(field.to_bytes("ë" * length)) == 2 * length
        return
    with pytest.raises(ValueError, match="name holds at most 80"):
        field.to_bytes("ë" * length)


def test_a_text_without_a_length_may_be_long() -> None:
    assert len(SealedText().to_bytes("x" * 100_000)) == 100_000


@given(st.dates())
def test_any_day_comes_back(on: date) -> None:
    assert SealedDate().to_value(SealedDate().to_bytes(on)) == on


@pytest.mark.parametrize("on", [date(2008, 2, 29), date(1999, 12, 31), date(2000, 1, 1), date.min, date.max])
def test_days_at_the_edge_come_back(on: date) -> None:
    assert SealedDate().to_value(SealedDate().to_bytes(on)) == on


@given(PLAIN)
def test_any_plain_structure_comes_back(value: Any) -> None:
    assert SealedJson().to_value(SealedJson().to_bytes(value)) == value


def test_what_json_does_not_know_is_written_as_text() -> None:
    field = SealedJson()
    assert field.to_value(field.to_bytes({"on": date(2011, 1, 11), "id": ONE})) == {
        "on": "2011-01-11",
        "id": str(ONE),
    }
    assert "ë" in field.to_bytes("ë").decode()


def test_the_base_says_nothing_about_values() -> None:
    with pytest.raises(NotImplementedError):
        SealedField().to_bytes("x")
    with pytest.raises(NotImplementedError):
        SealedField().to_value(b"x")


@pytest.mark.parametrize(("kind", "empty"), [(SealedText, ""), (SealedDate, None), (SealedJson, None)])
def test_nothing_in_the_database_is_the_empty_value(kind: type[SealedField], empty: object) -> None:
    assert kind().from_db_value(None, None, None) == empty
    stored = kind().from_db_value(b"\x01abc", None, None)
    assert isinstance(stored, Sealed)


@pytest.mark.parametrize("plain", ["Kelly", 12, date(2011, 1, 11), ["Kelly"], {"name": "Kelly"}])
def test_nothing_plain_reaches_the_database(plain: object) -> None:
    field = SealedText()
    field.set_attributes_from_name("name")
    with pytest.raises(TypeError, match="name is sealed"):
        field.get_db_prep_value(plain, None)


# Places: no two different places have the same name.

NAMES = st.sampled_from(["family", "family_child", "child", "name", "note"])
IDS = st.integers(0, 3).map(lambda number: UUID(int=number))


@given(st.tuples(NAMES, NAMES, IDS, IDS), st.tuples(NAMES, NAMES, IDS, IDS))
def test_two_places_have_one_name_only_when_they_are_one(one: Any, other: Any) -> None:
    assert (crypto.place(*one) == crypto.place(*other)) is (one == other)


@given(st.binary(max_size=40), st.integers(0, 28))
def test_a_cut_value_does_not_open(plain: bytes, kept: int) -> None:
    key = AESGCM(crypto.new_key())
    sealed = crypto.seal(key, plain, b"here")
    for part in (sealed[:kept], sealed[: len(sealed) - 1], sealed + b"\0"):
        with pytest.raises((crypto.Unreadable, ValueError)):
            crypto.unseal(key, part, b"here")


def test_keys_and_nonces_do_not_return() -> None:
    key = AESGCM(crypto.new_key())
    assert len({crypto.new_key() for _ in range(500)}) == 500
    assert len({crypto.seal(key, b"", b"")[1:13] for _ in range(500)}) == 500


def test_a_wrapped_key_is_bound_to_its_box() -> None:
    wrapper, plain = AESGCM(crypto.new_key()), crypto.new_key()
    wrapped = crypto.seal(wrapper, plain, boxes.wrap_place(ONE))
    assert crypto.unseal(wrapper, wrapped, boxes.wrap_place(ONE)) == plain
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(wrapper, wrapped, boxes.wrap_place(OTHER))


# Read sets.


def test_each_table_of_a_box_is_counted_once() -> None:
    seen = ReadSet()
    for box, table in [(ONE, "a"), (ONE, "a"), (ONE, "b"), (OTHER, "a")]:
        seen.note(box, table)
    assert seen.boxes == {ONE: {"a", "b"}, OTHER: {"a"}}


def test_the_own_box_is_not_counted_but_that_of_another_is() -> None:
    seen = ReadSet(own={ONE})
    seen.note(ONE, "a")
    assert seen.is_empty
    seen.note(OTHER, "a")
    assert not seen.is_empty
    assert ONE not in seen.boxes


@pytest.mark.django_db(databases="__all__")
def test_the_own_key_is_opened_with_the_first_of_others() -> None:
    for box in (ONE, OTHER):
        boxes.make(box, BoxKind.STAFF)
    asked = []
    for own in ({ONE}, set[UUID]()):
        with counting(ReadSet(own=own)), CaptureQueriesContext(connections["keys"]) as found:
            boxes.unlock([OTHER])
            assert boxes.unlock([ONE]).keys() == {ONE, OTHER}
        asked.append(len(found))
    assert asked == [1, 2]


def test_a_scan_alone_is_something() -> None:
    seen = ReadSet()
    seen.scans.append(("search", 0))
    assert not seen.is_empty


def test_two_sets_share_nothing() -> None:
    one, other = ReadSet(), ReadSet()
    one.note(ONE, "a")
    one.scans.append(("search", 1))
    one.own.add(ONE)
    assert other.is_empty
    assert not (other.own or other.keys)


def test_an_inner_set_counts_for_itself_and_gives_way() -> None:
    outer, inner = ReadSet(), ReadSet()
    with counting(outer):
        with counting(inner):
            reads.required().note(ONE, "a")
        reads.required().note(OTHER, "b")
    assert (inner.boxes, outer.boxes) == ({ONE: {"a"}}, {OTHER: {"b"}})


def test_a_set_ends_when_its_block_fails() -> None:
    with pytest.raises(ZeroDivisionError), counting(ReadSet()):
        raise ZeroDivisionError
    with pytest.raises(Unlogged):
        reads.required()


def test_a_set_of_one_request_is_not_seen_in_another_context() -> None:
    empty = copy_context()
    with counting(ReadSet()):
        assert empty.run(reads.current) is None
        assert copy_context().run(reads.current) is reads.current()


# The file of master keys.


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "keys" / "master.key"
    master.create(found)
    return found


def test_versions_count_up_and_older_keys_stay(path: Path) -> None:
    first = json.loads(path.read_text())["1"]
    assert [master.add_version(path) for _ in range(3)] == [2, 3, 4]
    held = json.loads(path.read_text())
    assert set(held) == {"1", "2", "3", "4"}
    assert held["1"] == first
    assert len(set(held.values())) == 4
    assert path.stat().st_mode & 0o777 == 0o400
    assert [left.name for left in path.parent.iterdir()] == ["master.key"]


def test_tenth_version_follows_the_ninth(path: Path) -> None:
    for _ in range(9):
        master.add_version(path)
    assert max(master.load(path)) == 10, "numbers, not words: '9' is not after '10'"


def test_a_new_version_is_read_at_once(path: Path) -> None:
    assert set(master.load(path)) == {1}
    master.add_version(path)
    assert set(master.load(path)) == {1, 2}


@pytest.mark.parametrize("broken", ['["a"]', '{"one": "YWJj"}', "null", '{"1": 3}', '{"1": "YWJj"}'])
def test_a_broken_file_is_named_and_its_content_is_not(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "master.key"
    path.write_text(broken)
    with pytest.raises(ImproperlyConfigured) as refusal:
        master.load(path)
    assert str(refusal.value) == "no usable master key in master.key"
