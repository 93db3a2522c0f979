"""The rows of the house as the database holds them, read by plain statements beside the code under test."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from gib.core.access import rls

Row = dict[str, Any]
#: Table -> key -> row.
Rows = dict[str, dict[Any, Row]]

SLICES: Final = (
    *("families", "volunteers", "referral", "intake", "trajectory", "products"),
    *("aftercare", "handover", "portal"),
)
JOURNAL, HEADS = "journal_happening", "journal_chainhead"
INVOLVED: Final = "families_involvement"
_BESIDE: Final = (
    *(JOURNAL, HEADS, "journal_delivery", "journal_message"),
    *("partners_careprovider", "partners_visitingrule", "partners_partner"),
)


def _same(value: Any) -> Any:
    return value


@cache
def _uuid(value: Any) -> Any:
    return UUID(value) if isinstance(value, str) else value


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _bytes(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _moment(value: Any) -> Any:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def _truth(value: Any) -> Any:
    return None if value is None else bool(value)


_READ: Final[dict[str, Callable[[Any], Any]]] = {
    "UUIDField": _uuid,
    "JSONField": _json,
    "BinaryField": _bytes,
    "BooleanField": _truth,
    "DateTimeField": _moment,
}


def _reader(field: Any) -> Callable[[Any], Any]:
    while field.remote_field:
        field = field.target_field
    return _READ.get(field.get_internal_type(), _same)


@cache
def tables() -> dict[str, tuple[str, dict[str, Callable[[Any], Any]]]]:
    """List every table of the chain: its key, and its columns with how each is read."""
    found = {}
    for model in apps.get_models():
        meta = model._meta
        if meta.app_label in SLICES or meta.db_table in _BESIDE:
            columns = {field.column: _reader(field) for field in _fields(model)}
            found[meta.db_table] = (meta.pk.column, columns)
    return found


def _fields(model: type[models.Model]) -> list[Any]:
    return list(model._meta.concrete_fields)


def read(on: date) -> Rows:
    """Read everything, as the house."""
    found: Rows = {}
    with rls.system("chain", on), connection.cursor() as cursor:
        for table, (key, columns) in tables().items():
            quoted = ", ".join(connection.ops.quote_name(name) for name in columns)
            cursor.execute(f"SELECT {rls.MARK} {quoted} FROM {table}")
            readers = [(name, reader) for name, reader in columns.items() if reader is not _same]
            rows = [dict(zip(columns, line, strict=True)) for line in cursor.fetchall()]
            found[table] = {row[key]: row for row in (_read(row, readers) for row in rows)}
    return found


def _read(row: Row, readers: list[tuple[str, Callable[[Any], Any]]]) -> Row:
    for name, reader in readers:
        row[name] = reader(row[name])
    return row


def differences(before: Rows, after: Rows) -> list[str]:
    """Name every row that came, went or changed, for a message."""
    found = []
    for table, rows in after.items():
        for key in rows.keys() | before[table].keys():
            old, new = before[table].get(key), rows.get(key)
            if old != new:
                found.append(f"{table} {key}: {_changed(old, new)}")
    return found


def _changed(old: Row | None, new: Row | None) -> str:
    if old is None or new is None:
        return "came" if old is None else "went"
    return ", ".join(name for name in new if new[name] != old[name])
