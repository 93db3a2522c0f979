"""What an act leaves behind, byte for byte: a refused act leaves nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections, transaction

from gib.core.access import rls
from gib.core.access.rows import protected_models
from gib.core.journal.models import ChainHead, Delivery, Message
from gib.core.kernel.rules import CATALOGUE, RuleBroken
from gib.core.vault.models import WrappedKey
from gib.people.families.models import Involvement

Traces = dict[str, list[str]]


def traces() -> Traces:
    """Read every row of a dossier, of the journal and its messages, of who is involved, and every key."""
    models = [*protected_models(), Involvement, ChainHead, Delivery, Message]
    with rls.system("test"):
        found = {model._meta.db_table: _rows("default", model._meta.db_table) for model in models}
    return found | {"keys": _rows("keys", WrappedKey._meta.db_table)}


def _rows(alias: str, table: str) -> list[str]:
    with connections[alias].cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" {rls.MARK}')
        return sorted(repr([_plain(value) for value in row]) for row in cursor.fetchall())


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


@contextmanager
def refused(code: str) -> Iterator[None]:
    """Expect that a rule with this code is broken, has a sentence, and that nothing at all was written."""
    before = traces()
    with pytest.raises(RuleBroken) as broken, transaction.atomic():
        yield
    assert (broken.value.code, code in CATALOGUE) == (code, True)
    assert changed(before) == []


def changed(before: Traces) -> list[str]:
    """Name the tables that differ from what they were.

    An act that fails late may leave a new key, which opens nothing: only a key that is gone counts.
    """
    after = traces()
    lost = set(before["keys"]) - set(after.pop("keys"))
    return ["keys"] * bool(lost) + sorted(table for table in after if before[table] != after[table])
