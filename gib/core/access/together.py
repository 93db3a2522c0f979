"""Many questions of one page asked in one statement: a part yields a question, and is sent its rows."""

import json
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection

from gib.core.access import rls
from gib.core.vault import boxes

Args = ParamSpec("Args")
Found = TypeVar("Found")
#: A part of a page: it yields querysets, is sent lists of rows, and returns what it made of them.
Steps = Generator[Any, Any, Found]


class InSteps:
    """A part of a page that asks in steps; called alone, it asks for itself."""

    def __init__(self, steps: Callable[..., Steps[Any]]) -> None:
        self.steps = steps
        wraps(steps)(self)

    def __call__(self, *args: Any) -> Any:
        """Take all steps of this part alone."""
        return gather([self.steps(*args)])[0]


def in_steps(steps: Callable[Args, Steps[Found]]) -> Callable[Args, Found]:
    """Let a generator be called as the function that it describes, or run beside others by `gather`."""
    part: Any = InSteps(steps)
    made: Callable[Args, Found] = part
    return made


def begin(part: Callable[..., Any], *args: Any) -> Steps[Any]:
    """Begin a part of a page, whether it asks in steps or at once."""
    if isinstance(part, InSteps):
        return (yield from part.steps(*args))
    return part(*args)


def gather(parts: Sequence[Steps[Any]]) -> list[Any]:
    """Run parts side by side: what all of them ask in a round is one statement.

    Returns: what each part made, in their order.
    """
    made: list[Any] = [None] * len(parts)
    sent: dict[int, Any] = dict.fromkeys(range(len(parts)))
    while sent:
        asked = {}
        for place, rows in sent.items():
            try:
                asked[place] = parts[place].send(rows)
            except StopIteration as end:
                made[place] = end.value
        sent = dict(zip(asked, ask(list(asked.values())), strict=True))
    return made


def ask(questions: Sequence[Any]) -> list[list[Any]]:
    """Read the rows of many querysets in one statement, and open all keys that they ask for in another.

    Each keeps its own scope, order and limit; a question that cannot have rows is not asked.

    Raises:
        UnscopedRead: one of them reads a protected table without a scope.
    """
    asked = [_Question(each) for each in questions]
    # The same question of two parts is asked once.
    texts = _texts({each.key: each for each in asked if each.sql})
    found = [each.read(texts.get(each.key)) for each in asked]
    boxes.unlock(
        [row.box_id for rows, given in zip(asked, found, strict=True) if rows.opens for row in given]
    )
    return found


def _texts(asked: dict[str, "_Question"]) -> dict[str, str | None]:
    if not asked:
        return {}
    statement = "SELECT " + ", ".join(each.sql for each in asked.values())
    with _context(asked.values()), connection.cursor() as cursor:
        cursor.execute(statement, [param for each in asked.values() for param in each.params])
        return dict(zip(asked, cursor.fetchone(), strict=True))


def _context(asked: Iterable["_Question"]) -> AbstractContextManager[None]:
    """Hold the context of the reader when the request has opened none."""
    readers = [each.reader for each in asked if each.reader]
    is_open = connection.vendor != "postgresql" or rls.is_active()
    return nullcontext() if is_open or not readers else rls.acting_as(*readers[0])


class _Question:
    """One queryset, written as a column that holds all its rows as one text."""

    def __init__(self, rows: Any) -> None:
        self.rows, self.sql, self.key = rows.all(), "", ""
        self.params: tuple[Any, ...] = ()
        self.reader, self.opens = getattr(rows, "_reader", None), getattr(rows, "opens", False)
        self.compiler = self.rows.query.get_compiler(using=connection.alias)
        try:
            inner, self.params = self.compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet:
            return
        rls.check(inner)
        self.fields = [column[0].output_field for column in self.compiler.select]
        names = [column[2] for column in self.compiler.select]
        self.sql = _PACKS[connection.vendor](inner, names, self.fields)
        self.key = f"{self.sql}{self.params!r}"

    def read(self, text: str | None) -> list[Any]:
        """Make of the text what the queryset would have given; of nothing asked, no rows."""
        if not self.sql:
            return []
        packed = [row.values() if isinstance(row, dict) else row for row in json.loads(text or "[]")]
        raw = [
            tuple(_unpacked(value, field) for value, field in zip(row, self.fields, strict=True))
            for row in packed
        ]
        self.compiler.execute_sql = lambda *args, **kwargs: [raw]
        self.rows.query.get_compiler = lambda *args, **kwargs: self.compiler
        return list(self.rows._iterable_class(self.rows))


def _pack_sqlite(inner: str, names: list[str], fields: list[Any]) -> str:
    """JSON holds no bytes: they go as hexadecimal digits. Arrays, since objects are slower and longer."""
    columns = [
        f'CASE WHEN "{name}" IS NOT NULL THEN hex("{name}") END' if _is_binary(field) else f'"{name}"'
        for name, field in zip(names, fields, strict=True)
    ]
    return " ".join(("(SELECT json_group_array(json_array(", ", ".join(columns), ")) FROM (", inner, "))"))


def _pack_postgres(inner: str, names: list[str], fields: list[Any]) -> str:
    return " ".join(("(SELECT json_agg(packed)::text FROM (", inner, ") packed)"))


_PACKS = {"sqlite": _pack_sqlite, "postgresql": _pack_postgres}


def _is_binary(field: Any) -> bool:
    return bool(field.get_internal_type() == "BinaryField")


def _unpacked(value: Any, field: Any) -> Any:
    """Give a value as the driver of the engine would have given it."""
    if value is None:
        return None
    if _is_binary(field):
        return bytes.fromhex(value.removeprefix("\\x"))
    if connection.vendor == "sqlite":
        return value
    return json.dumps(value) if field.get_internal_type() == "JSONField" else field.to_python(value)
