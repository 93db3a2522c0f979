"""Keys of boxes: made, opened, rotated, destroyed; and the fields they seal."""

from argparse import Namespace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from gib.core.vault import boxes, crypto, master, reads, rotation, scan
from gib.core.vault.models import BoxKind, WrappedKey
from gib.core.vault.reads import ReadSet, Unlogged, counting
from gib.core.vault.router import STORES, StoreRouter
from gib.people.accounts.models import User
from gib.portal.commands import keys

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def user() -> User:
    person = User(username="gib-test1", display_name="Hanneke Voorbeeld", email="hanneke@voorbeeld.example")
    boxes.make(person.id, BoxKind.STAFF)
    person.save()
    return User.objects.get(pk=person.pk)


def _raw(user: User, column: str) -> bytes | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM accounts_user WHERE username = %s", [user.username])
        value = cursor.fetchone()[0]
    return None if value is None else bytes(value)


def test_a_value_is_sealed_in_the_database_and_opens_when_counted(user: User) -> None:
    assert b"Hanneke" not in (_raw(user, "display_name") or b"")
    with counting(ReadSet()) as seen:
        assert user.display_name == "Hanneke Voorbeeld"
    assert seen.boxes == {user.id: {"accounts_user"}}


def test_reading_outside_a_read_set_raises(user: User) -> None:
    with pytest.raises(Unlogged):
        str(user.display_name)


def test_an_empty_value_is_null_and_needs_no_key(user: User) -> None:
    assert _raw(user, "phone") is None
    assert user.phone == ""


def test_own_boxes_are_not_counted(user: User) -> None:
    with counting(ReadSet(own={user.id})) as seen:
        assert user.display_name
    assert seen.is_empty


def test_a_sealed_field_cannot_be_searched_or_updated_in_the_database(user: User) -> None:
    with pytest.raises(TypeError, match="sealed"):
        User.objects.filter(display_name="Hanneke Voorbeeld").exists()
    with pytest.raises(TypeError, match="sealed"):
        User.objects.update(display_name="Iemand")


def test_saving_again_keeps_what_was_not_changed(user: User, seen: Any) -> None:
    before = _raw(user, "email")
    user.display_name = "Hanneke Anders"
    user.save()
    again = User.objects.get(pk=user.pk)
    assert (again.display_name, again.email) == ("Hanneke Anders", "hanneke@voorbeeld.example")
    assert _raw(user, "email") == before


def test_too_long_a_text_is_refused(user: User) -> None:
    user.display_name = "x" * 81
    with pytest.raises(ValueError, match="at most 80"):
        user.save()


def test_ciphertext_pasted_into_another_row_does_not_open(user: User, seen: Any) -> None:
    thief = User(username="gib-test2", display_name="Dief")
    boxes.make(thief.id, BoxKind.STAFF)
    thief.save()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_user SET display_name ="
            " (SELECT display_name FROM accounts_user WHERE username = %s) WHERE username = %s",
            [user.username, thief.username],
        )
    with pytest.raises(crypto.Unreadable):
        str(User.objects.get(pk=thief.pk).display_name)


def test_keys_of_many_boxes_open_in_one_query(seen: Any) -> None:
    ids = [uuid4() for _ in range(20)]
    boxes.make_many(ids, BoxKind.DOSSIER)
    seen.keys.clear()
    with CaptureQueriesContext(connections["keys"]) as queries:
        boxes.unlock(ids)
        for box in ids:
            boxes.key(box)
    assert len(queries) == 1


@pytest.mark.requirement("SEC-04")
def test_rotation_moves_every_key_and_loses_nothing(user: User, tmp_path: Path, settings: Any) -> None:
    path = tmp_path / "master.key"
    path.write_text(Path(settings.MASTER_KEY_FILE).read_text())
    settings.MASTER_KEY_FILE = path
    boxes.make_many([uuid4() for _ in range(7)], BoxKind.DOSSIER)
    assert master.add_version(path) == 2
    assert rotation.rewrap(batch=3) == WrappedKey.objects.count()
    assert not WrappedKey.objects.filter(master_version=1).exists()
    assert rotation.rewrap() == 0
    with counting(ReadSet()):
        assert user.display_name == "Hanneke Voorbeeld"


def test_a_rotation_that_was_interrupted_is_finished_before_another_begins(
    tmp_path: Path, settings: Any
) -> None:
    settings.MASTER_KEY_FILE = path = tmp_path / "master.key"
    master.create(path)
    WrappedKey.objects.all().delete()
    boxes.make_many([uuid4() for _ in range(3)], BoxKind.DOSSIER)
    master.add_version(path)
    assert rotation.is_unfinished()
    keys.rotate(Namespace())
    assert (set(master.keys()), rotation.is_unfinished()) == ({1, 2}, False)
    keys.rotate(Namespace())
    assert (set(master.keys()), rotation.is_unfinished()) == ({1, 2, 3}, False)


def test_a_master_key_is_for_its_owner_only_and_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "master.key"
    master.create(path)
    first = path.read_text()
    master.create(path)
    assert path.read_text() == first
    assert path.stat().st_mode & 0o777 == 0o400


@pytest.mark.parametrize("content", [None, "", "{}x", '{"1": "short"}'])
def test_without_a_usable_master_key_nothing_starts(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "master.key"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ImproperlyConfigured, match=r"master\.key"):
        master.load(path)


def test_a_scan_gives_answers_and_leaves_one_line(user: User) -> None:
    with counting(ReadSet()) as seen:
        found = scan.scan("search", [user], lambda row: row.id if "Hanneke" in row.display_name else None)
        nothing = scan.scan("search", [user], lambda row: row.id if "Karin" in row.display_name else None)
    assert (found, nothing) == ([user.id], [])
    assert seen.scans == [("search", 1), ("search", 1)]
    assert seen.boxes == {}
    with pytest.raises(Unlogged):
        scan.scan("search", [user], lambda row: row.id)


def test_each_table_lies_in_one_store() -> None:
    router = StoreRouter()
    for (label, name), store in STORES.items():
        assert [db for db in connections if router.allow_migrate(db, label, name)] == [store]
    assert [db for db in connections if router.allow_migrate(db, "families", "dossier")] == ["default"]
    assert [db for db in connections if router.allow_migrate(db, "families")] == ["default"]
    assert [db for db in connections if router.allow_migrate(db, "vault", "tombstone")] == [*connections]


def test_a_read_set_ends_with_its_block() -> None:
    with counting(ReadSet()):
        assert reads.current() is not None
    assert reads.current() is None
