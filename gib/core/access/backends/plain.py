"""How both engines write a plain question for the rows of one table: what is always the same is kept in hand.

The framework names the columns, their order and what makes values of them anew for each question. That costs
more than everything else about it, and an act or a page puts many.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Field
from django.db.models.sql import compiler


class Remembers:
    """Beside the operations of an engine: one connection keeps what it wrote, and nobody else sees it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.written: dict[Any, Any] = {}

    def compiler(self, compiler_name: str) -> Any:
        """Give who writes a kind of statement; plain questions have one of their own."""
        above: Any = super()
        return PlainCompiler if compiler_name == "SQLCompiler" else above.compiler(compiler_name)


class PlainCompiler(compiler.SQLCompiler):
    """Writes the columns of a table, their converters and an order once.

    A question that is not plain, such as one with sums or other tables in it, goes as ever. The conditions
    of a question, and so its scope, are never kept.
    """

    #: Under what this connection keeps what belongs to this question; nothing when it is not plain.
    _kept_as: tuple[Any, ...] | None = None

    def get_select(self, with_col_aliases: bool = False) -> Any:
        """Give the columns with their statements."""
        self._kept_as = (self.query.model, with_col_aliases) if self._is_plain() else None
        above = super().get_select
        if self._kept_as is None:
            return above(with_col_aliases)
        select, info, notes = self._once("select", lambda: above(with_col_aliases))
        return list(select), dict(info), dict(notes)

    def get_converters(self, expressions: Any) -> Any:
        """Give what makes values of what the engine gives."""
        above, columns = super().get_converters, list(expressions)
        is_whole = self._kept_as and len(columns) == len(self.select) and columns[0] is self.select[0][0]
        return self._once("converters", lambda: above(columns)) if is_whole else above(columns)

    def get_order_by(self) -> Any:
        """Give the order."""
        above, names = super().get_order_by, self._order()
        if not self._kept_as or names is None:
            return above()
        return list(self._once((names, self.query.standard_ordering), above))

    def _once(self, about: Any, write: Callable[[], Any]) -> Any:
        operations: Any = self.connection.ops
        written = operations.written
        key = (self._kept_as, about)
        if key not in written:
            written[key] = write()
        return written[key]

    def _is_plain(self) -> bool:
        """Tell whether all columns of one table are asked for under its own name, and nothing besides."""
        query, meta = self.query, self.query.get_meta()
        summed, joined = (
            (query.annotations, query.extra, query.combinator),
            (query.select_related, meta.parents),
        )
        chosen = (not query.default_cols, query.selected is not None, query.deferred_loading[0])
        return not any((*summed, *joined, *chosen)) and query.get_initial_alias() == meta.db_table

    def _order(self) -> tuple[str, ...] | None:
        """Give the columns of the order; nothing when it is more than columns of this table."""
        query = self.query
        if query.extra_order_by or query.group_by is not None:
            return None
        meta: Any = query.get_meta()
        given: Any = query.order_by or (meta.ordering if query.default_ordering else ())
        return tuple(given) if all(_is_column(each, meta) for each in given) else None


def _is_column(name: Any, meta: Any) -> bool:
    fields: dict[str, Field[Any, Any]] = meta._forward_fields_map
    bare = name.removeprefix("-") if isinstance(name, str) else None
    return bare == "pk" or (bare in fields and fields[bare].attname == bare)
