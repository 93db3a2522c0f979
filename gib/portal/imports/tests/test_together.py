"""Two people, or one in a hurry: what happens at the same time happens once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection, connections

from gib.core.kernel.rules import RuleBroken
from gib.core.sheets.models import Upload
from gib.core.vault.reads import ReadSet, counting
from gib.portal.imports import actions
from gib.portal.imports.tests.shelf import COORDINATOR, NOW, SHELF, table, there

needs_rows_locked = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite in memory has one connection; PostgreSQL locks rows"
)


def checked() -> UUID:
    upload_id = actions.bring(COORDINATOR, SHELF, table(), NOW)
    actions.choose_columns(COORDINATOR, upload_id, {0: "name"}, NOW)
    return upload_id


@pytest.mark.django_db(databases="__all__")
def test_an_older_copy_of_an_upload_is_not_saved_over_a_newer_one() -> None:
    upload_id = checked()
    old = Upload.for_action(COORDINATOR, NOW.on).get_or_404(pk=upload_id)
    actions.choose_columns(COORDINATOR, upload_id, {0: "name", 1: "born_on"}, NOW)
    with pytest.raises(RuleBroken, match="newer_version"):
        actions.carry_out(COORDINATOR, NOW, rows=[old])


@needs_rows_locked
@pytest.mark.django_db(databases="__all__", transaction=True)
def test_one_sheet_read_in_twice_at_once_comes_in_once() -> None:
    upload_id = checked()
    start = Barrier(2)

    def hurry(_: int) -> str:
        try:
            with counting(ReadSet(purpose="test")):
                start.wait(10)
                actions.apply(COORDINATOR, upload_id, NOW)
                return "applied"
        except RuleBroken as refused:
            return refused.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        ended = sorted(both.map(hurry, range(2)))
    assert ended == ["applied", "illegal_move"]
    assert len(there()) == 2
    assert connection.vendor == "postgresql"
