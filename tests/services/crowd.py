"""Many mothers with many contacts, written straight into the tables: copies of one of each that is there."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import connection, transaction

from gib.care.products.models import Contact
from gib.core.access.rls import MARK
from gib.people.families.models import Child, Dossier, Participant

#: Keys of a crowd come from their number, so that two crowds are the same.
_SPACE: Final = UUID(int=2010)
_BATCH: Final = 2_000


@transaction.atomic
def gather(contacts: int, mothers: int, first_on: date, days: int) -> None:
    """Add mothers with one child each, and contacts divided over them and over the days, as the house.

    Names lie sealed with the key of who was copied and cannot be opened; figures never open one.
    """
    for model in (Dossier, Participant, Child):
        _copy(model, (_mother(model, number) for number in range(mothers)))
    _copy(
        Contact,
        (
            {
                "id": _key("contact", number),
                "dossier_id": _key("dossier", number % mothers),
                "held_on": first_on + timedelta(days=number % days),
                "minutes": 30 + number % 60,
                "state": "logged",
            }
            for number in range(contacts)
        ),
    )


def _mother(model: Any, number: int) -> dict[str, Any]:
    dossier_id = _key("dossier", number)
    if model is Dossier:
        return {"id": dossier_id}
    return {"id": _key(model.__name__, number), "dossier_id": dossier_id}


def _key(kind: str, number: int) -> UUID:
    return uuid5(_SPACE, f"{kind} {number}")


def _copy(model: Any, changes: Iterator[dict[str, Any]]) -> None:
    """Write copies of the first row of a table, each with what is different in it."""
    table, fields = model._meta.db_table, {field.column: field for field in model._meta.concrete_fields}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} {MARK} ORDER BY id LIMIT 1")
        (first,) = cursor.fetchone()
        while batch := list(islice(changes, _BATCH)):
            values = ", ".join("%s" if name in batch[0] else name for name in fields)
            statement = (
                f"INSERT INTO {table} ({', '.join(fields)}) SELECT {values} FROM {table} {MARK} WHERE id = %s"
            )
            rows = [
                [fields[name].get_db_prep_save(each[name], connection) for name in fields if name in each]
                for each in batch
            ]
            cursor.executemany(statement, [[*row, first] for row in rows])
