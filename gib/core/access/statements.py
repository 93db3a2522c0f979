"""Parts of a question for what exists for somebody, as an engine is to read them."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import Expression, Func

from gib.core.access import rls


class ScopeMark(Expression):
    """Marks a statement as scoped, for the tripwire; always true."""

    output_field = models.BooleanField()

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """Write the mark."""
        return f"1=1 {rls.MARK}", ()


class Day(Expression):
    """The day on which somebody reads, in a question that is kept for every day."""

    output_field = models.DateField()

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Write the day of the question; in a part of one that is written before, the day stays open."""
        return "%s", (settled(self, compiler, connection),)


def settled(value: Any, compiler: Any, connection: Any) -> Any:
    """Give a value of a statement; an open day becomes the day for which the question was put, if it was."""
    if not isinstance(value, Day):
        return value
    on = getattr(compiler.query, "read_on", value)
    return on if isinstance(on, Day) else connection.ops.adapt_datefield_value(on)


class Written(Expression):
    """A part of a statement that was written before: the same text with the same values."""

    def __init__(self, sql: str, params: tuple[Any, ...]) -> None:
        super().__init__()
        self.sql, self.params = sql, params

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Write it again, for the day of the question."""
        return f"({self.sql})", tuple(settled(each, compiler, connection) for each in self.params)

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Write it so that it gives none but what the question asks for, when that is known."""
        sql, params = self.as_sql(compiler, connection)
        if (asked := getattr(compiler.query, "asked_for", None)) is None:
            return sql, params
        return " ".join(("(SELECT id FROM", sql, "known (id) WHERE id = ANY(%s))")), (*params, asked)


def either(parts: Sequence[Written]) -> Written:
    """Make one question of several: its answers are those of all."""
    return Written(" UNION ALL ".join(each.sql for each in parts), sum((each.params for each in parts), ()))


class Among(Func):
    """Whether a column is among the answers of a question."""

    output_field = models.BooleanField()
    template, arg_joiner = "%(expressions)s", " IN "


class Listed(Among):
    """The same, asked once before the rows are read: PostgreSQL walks an index for a short list."""

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Write the question as a list."""
        return self.as_sql(
            compiler, connection, template="%(expressions)s)", arg_joiner=" = ANY(ARRAY", **more
        )


class Sifted(Among):
    """The same of rows that are found by what else is asked: none is looked up by these answers."""

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Write the question so that it is not joined."""
        return self.as_sql(compiler, connection, template="(%(expressions)s) IS TRUE", **more)
