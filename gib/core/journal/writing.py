"""Rows on their way to their tables, with statements that are written once per table.

The framework writes its statement anew for each row, and that costs more than the engine needs to keep it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import connection, connections, transaction


def insert(row: Any) -> None:
    """Add a row; one that brings no key of its own gets the next number."""
    is_numbered = row.pk is None
    with _executed(row, _insertion(row._meta, is_numbered), is_new=True) as cursor:
        if is_numbered:
            row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


def update(row: Any, version: int) -> bool:
    """Change a row when it still has this version; False when somebody was first."""
    key = row._meta.pk.get_db_prep_value(row.pk, connection)
    with _executed(row, _change(row._meta), key, version) as cursor:
        return bool(cursor.rowcount == 1)


@contextmanager
def _executed(row: Any, statement: tuple[str, list[Any]], *more: Any, is_new: bool = False) -> Iterator[Any]:
    row._prepare_related_fields_for_save(operation_name="save")
    text, fields = statement
    # The connection itself: each question to who stands for it is a search for it.
    here = connections[connection.alias]
    values = [field.get_db_prep_save(field.pre_save(row, is_new), here) for field in fields]
    with transaction.mark_for_rollback_on_error(here.alias), here.cursor() as cursor:
        cursor.execute(text, [*values, *more])
        yield cursor


@lru_cache(maxsize=256)
def _insertion(meta: Any, is_numbered: bool) -> tuple[str, list[Any]]:
    fields = [field for field in meta.concrete_fields if not (is_numbered and field.primary_key)]
    columns = ", ".join(_name(field.column) for field in fields)
    places = ", ".join("%s" for _ in fields)
    words = ("INSERT INTO", _name(meta.db_table), "(", columns, ") VALUES (", places, ")")
    told = ("RETURNING", _name(meta.pk.column)) if is_numbered else ()
    return " ".join((*words, *told)), fields


@lru_cache(maxsize=256)
def _change(meta: Any) -> tuple[str, list[Any]]:
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    pairs = ", ".join(f"{_name(field.column)} = %s" for field in fields)
    own = (_name(meta.pk.column), "= %s AND", _name("version"), "= %s")
    return " ".join(("UPDATE", _name(meta.db_table), "SET", pairs, "WHERE", *own)), fields


def _name(word: str) -> str:
    return connection.ops.quote_name(word)
