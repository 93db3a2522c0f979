"""Many questions of one page asked in one statement: a part yields a question, and is sent its rows."""

import json
from collections import defaultdict
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, wraps
from operator import itemgetter
from typing import Any, Final, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.http import Http404

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.vault import boxes

Args = ParamSpec("Args")
Found = TypeVar("Found")
#: A part of a page: it yields a queryset or a tuple of them, is sent lists of rows in the same shape, and
#: returns what it made of them.
Steps = Generator[Any, Any, Found]


@dataclass(frozen=True)
class Known:
    """A question for rows by something that is known of them, such as names by dossier.

    What all parts know in a round is one question: one walk finds the rows of all.
    """

    model: Any
    actor: Actor
    on: date
    column: str
    values: frozenset[Any]
    #: What is read of each row; nothing names all of it.
    fields: tuple[str, ...] = ()

    def widened(self, values: Iterable[Any]) -> "Known":
        """Ask for the rows of other parts too."""
        return replace(self, values=self.values | frozenset(values))

    @property
    def questions(self) -> list[Any]:
        """Ask for the rows as this reader may see them, with their keys."""
        found = self.model.walks(self.actor, self.on)
        walks = [rows.among(self.column, self.values).opening() for rows in found]
        return [rows.only(*self.fields) for rows in walks] if self.fields else walks

    def among(self, found: Iterable[Any]) -> list[Any]:
        """Keep the rows that this part asked for, each once."""
        return list({row.id: row for row in found if getattr(row, self.column) in self.values}.values())


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


def asking(question: Any) -> Steps[Any]:
    """Ask one question, or a tuple of them, as a part beside others."""
    return (yield question)


def gather(parts: Sequence[Steps[Any]], *, patient: bool = False) -> list[Any]:
    """Run parts side by side: what all of them ask in a round is one statement.

    Returns: what each part made, in their order.
    """
    steps = abreast(parts, patient=patient)
    rows = None
    while True:
        try:
            question = steps.send(rows)
        except StopIteration as end:
            made: list[Any] = end.value
            return made
        rows = _answers(question)


def abreast(parts: Sequence[Steps[Any]], *, patient: bool = False) -> Steps[list[Any]]:
    """Run parts side by side as one step of a part.

    Args:
        patient: what is `Known` waits until no part asks anything else. That costs a round, and is for a page
            on which many parts come to it in different rounds.

    Returns: what each part made, in their order.
    """
    made: list[Any] = [None] * len(parts)
    sent: dict[int, Any] = dict.fromkeys(range(len(parts)))
    asked: dict[int, Any] = {}
    while True:
        for place, rows in sent.items():
            try:
                asked[place] = parts[place].send(rows)
            except StopIteration as end:
                made[place] = end.value
        if not asked:
            return made
        now = _now(asked, patient=patient)
        sent = dict(zip(now, (yield tuple(now.values())), strict=True))
        asked = {place: each for place, each in asked.items() if place not in sent}


def _now(asked: dict[int, Any], *, patient: bool) -> dict[int, Any]:
    """Give what is asked in this round: everything, or only what cannot wait, as long as there is some."""
    pressing = {place: each for place, each in asked.items() if not (patient and _can_wait(each))}
    return pressing or dict(asked)


def _can_wait(question: Any) -> bool:
    return all(isinstance(each, Known) for each in _leaves(question))


def _answers(question: Any) -> Any:
    """Ask a question, or a tuple of questions and tuples, all at once; the answers come in the same shape."""
    leaves = list(_leaves(question))
    known = _widened(each for each in leaves if isinstance(each, Known))
    plain = [each for each in leaves if not isinstance(each, Known)]
    walks = [(key, rows) for key, each in known.items() for rows in each.questions]
    answers = ask([*plain, *map(itemgetter(1), walks)])
    found: dict[Hashable, list[Any]] = defaultdict(list)
    for (key, _rows), rows in zip(walks, answers[len(plain) :], strict=True):
        found[key] += rows
    return _shaped(question, iter(answers), found)


def _widened(asked: Iterable[Known]) -> dict[Hashable, Known]:
    """Let what is looked up in one place be one question, whoever asks for it."""
    known: dict[Hashable, Known] = {}
    for each in asked:
        known[_key(each)] = known.get(_key(each), each).widened(each.values)
    return known


def _shaped(question: Any, asked: Iterator[Any], found: dict[Hashable, list[Any]]) -> Any:
    """Give the answers in the shape of the question."""
    if isinstance(question, tuple):
        return tuple(_shaped(each, asked, found) for each in question)
    return question.among(found[_key(question)]) if isinstance(question, Known) else next(asked)


def _key(each: Known) -> Hashable:
    return each.model, each.actor, each.on, each.column, each.fields


def _leaves(question: Any) -> Iterator[Any]:
    if not isinstance(question, tuple):
        yield question
        return
    for each in question:
        yield from _leaves(each)


def first(rows: Sequence[Found]) -> Found | None:
    """Give the first row, or None."""
    return rows[0] if rows else None


def the_one(rows: Sequence[Any]) -> Any:
    """Give the row that was found, or 404 as for a stranger.

    Raises:
        Http404: it does not exist for this reader.
    """
    if not rows:
        raise Http404
    return rows[0]


def ask(questions: Sequence[Any]) -> list[list[Any]]:
    """Read the rows of many querysets in one statement, and open all keys that they ask for in another.

    Each keeps its own scope, order and limit; a question that cannot have rows is not asked. Without an
    open context each reader has a statement of her own. In one, a question alone is asked as it is.

    Raises:
        UnscopedRead: one of them reads a protected table without a scope.
    """
    is_alone = len(questions) == 1 and rls.is_active()
    found = [list(each.all()) for each in questions] if is_alone else _at_once(questions)
    opened = [rows for each, rows in zip(questions, found, strict=True) if getattr(each, "opens", False)]
    boxes.unlock(row.box_id for rows in opened for row in rows)
    return found


def _at_once(questions: Sequence[Any]) -> list[list[Any]]:
    asked = [_Question(each) for each in questions]
    texts = _texts(asked)
    return [each.read(texts.get(each.key)) for each in asked]


def _texts(asked: Iterable["_Question"]) -> dict[Hashable, str | None]:
    """Give the text per question; the same question of two parts is asked once."""
    readers: dict[Any, dict[Hashable, _Question]] = defaultdict(dict)
    for each in asked:
        if each.sql:
            readers[each.reader][each.key] = each
    return {key: text for reader, known in readers.items() for key, text in _told(reader, known)}


def _told(
    reader: tuple[Actor, date] | None, asked: dict[Hashable, "_Question"]
) -> Iterator[tuple[Hashable, str | None]]:
    statement = "SELECT " + ", ".join(each.sql for each in asked.values())
    with rls.acting_as(*reader) if reader else nullcontext(), connection.cursor() as cursor:
        cursor.execute(statement, [param for each in asked.values() for param in each.params])
        return zip(asked, cursor.fetchone(), strict=True)


class _Question:
    """One queryset, written as a column that holds all its rows as one text."""

    def __init__(self, rows: Any) -> None:
        self.rows, self.sql = rows.all(), ""
        self.key: Hashable = None
        self.params: tuple[Any, ...] = ()
        self.reader = None if rls.is_active() else getattr(rows, "_reader", None)
        self.compiler = self.rows.query.get_compiler(using=connection.alias)
        try:
            inner, self.params = self.compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet:
            return
        rls.check(inner)
        self.fields = [column[0].output_field for column in self.compiler.select]
        names = [column[2] for column in self.compiler.select]
        self.sql = _PACKS[connection.vendor](inner, names, self.fields)
        self.turns = [(place, turn) for place, turn in enumerate(map(_turn, self.fields)) if turn]
        self.key = (self.reader, self.sql, repr(self.params))

    def read(self, text: str | None) -> list[Any]:
        """Make of the text what the queryset would have given; of nothing asked, no rows."""
        if not self.sql:
            return []
        found = json.loads(text or "[]")
        for place, turn in self.turns:
            for row in found:
                if row[place] is not None:
                    row[place] = turn(row[place])
        raw = list(map(tuple, found))
        # The rows of the engine are handed to the compiler: the rest goes as when a queryset asks for itself.
        self.compiler.execute_sql = lambda *args, **kwargs: [raw]
        self.rows.query.get_compiler = lambda *args, **kwargs: self.compiler
        return list(self.rows._iterable_class(self.rows))


def _pack_sqlite(inner: str, names: list[str], fields: list[Any]) -> str:
    """JSON holds no bytes: they go as hexadecimal digits."""
    columns = [
        f'CASE WHEN "{name}" IS NOT NULL THEN hex("{name}") END' if _is_binary(field) else f'"{name}"'
        for name, field in zip(names, fields, strict=True)
    ]
    return " ".join(("(SELECT json_group_array(json_array(", ", ".join(columns), ")) FROM (", inner, "))"))


def _pack_postgres(inner: str, names: list[str], fields: list[Any]) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    return " ".join(("(SELECT json_agg(json_build_array(", columns, "))::text FROM (", inner, ") packed)"))


#: A row is an array: objects are slower and longer.
_PACKS = {"sqlite": _pack_sqlite, "postgresql": _pack_postgres}


#: What JSON and the driver of PostgreSQL give alike.
_SAME: Final = frozenset(
    {"CharField", "TextField", "BooleanField", "IntegerField", "PositiveIntegerField", "SmallIntegerField"}
    | {"PositiveSmallIntegerField", "BigIntegerField", "AutoField", "BigAutoField"}
)


#: The same identifiers and days come back on every page of somebody.
_TURNS: Final[dict[str, Callable[[Any], Any]]] = {
    "UUIDField": lru_cache(maxsize=16_384)(UUID),
    "DateField": lru_cache(maxsize=8_192)(date.fromisoformat),
    "JSONField": json.dumps,
}


def _is_binary(field: Any) -> bool:
    return bool(field.get_internal_type() == "BinaryField")


def _turn(field: Any) -> Callable[[Any], Any] | None:
    """Give what makes of a value in JSON what the driver gives; nothing when they are the same."""
    while field.is_relation:
        field = field.target_field
    if _is_binary(field):
        return _bytes
    if connection.vendor == "sqlite" or field.get_internal_type() in _SAME:
        return None
    turn: Callable[[Any], Any] = _TURNS.get(field.get_internal_type(), field.to_python)
    return turn


def _bytes(digits: str) -> bytes:
    return bytes.fromhex(digits.removeprefix("\\x"))
