"""Worlds that stand ready: built once in a process, in stores of their own, for one class after another."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

import psycopg
from django.db import connections, transaction

from gib.core.kernel.ids import drawn_from
from tests.services import postgres, register

#: (path of a world, alias of a store) -> the open connection to it, while nobody stands there.
_waiting: Final[dict[tuple[str, str], Any]] = {}
#: Path of a world -> what its builders gave.
_built: Final[dict[str, tuple[Any, ...]]] = {}


@dataclass(frozen=True)
class Standing:
    """A world by name, how it is built, and the world that it adds to.

    The builder gets what the builders below it gave. What is written after it is undone by who writes it.
    """

    name: str
    build: Callable[..., Any]
    below: "Standing | None" = None

    @property
    def path(self) -> str:
        """Its name, after those of the worlds below it."""
        return f"{self.below.path if self.below else ''}_{self.name}"

    @contextmanager
    def entered(self) -> Iterator[tuple[Any, ...]]:
        """Let every connection lead to this world, and give what its builders gave, the lowest first."""
        if self.path not in _built:
            _built[self.path] = self._made()
        with _on(self.path):
            # What one class does to them is nothing to the next.
            yield deepcopy(_built[self.path])

    def _made(self) -> tuple[Any, ...]:
        with self.below.entered() if self.below else nullcontext(()) as given:
            for store in connections.all():
                _COPIES[store.vendor](store, self)
        # Who comes first differs from run to run; the world does not.
        with _on(self.path), _in_one_piece(), drawn_from(self.path):
            return *given, self.build(*given)


@contextmanager
def _on(path: str) -> Iterator[None]:
    with ExitStack() as stack:
        for store in connections.all():
            stack.enter_context(_led(store, path))
        yield


@contextmanager
def _led(store: Any, path: str) -> Iterator[None]:
    home, name = store.connection, store.settings_dict["NAME"]
    store.connection = _waiting.pop((path, store.alias), None)
    if store.vendor == "postgresql":
        store.settings_dict["NAME"] = f"{name}{path}"
    store.ensure_connection()
    try:
        yield
    finally:
        _waiting[path, store.alias] = store.connection
        store.connection, store.settings_dict["NAME"] = home, name


@contextmanager
def _in_one_piece() -> Iterator[None]:
    """Commit what is built at once; what waits for a commit is left, as a test leaves it."""
    with ExitStack() as stack:
        for store in connections.all():
            whole = transaction.atomic(using=store.alias)
            whole._from_testcase = True
            stack.enter_context(whole)
        yield
        for store in connections.all():
            store.run_on_commit = []


def _in_memory(store: Any, world: Standing) -> None:
    store.ensure_connection()
    copy = store.get_new_connection({**store.get_connection_params(), "database": ":memory:"})
    store.connection.backup(copy)
    if store.alias == "default":
        copy.execute(register.MAKE["sqlite"])
    _waiting[world.path, store.alias] = copy


def _in_cluster(store: Any, world: Standing) -> None:
    name, where = store.settings_dict["NAME"], store.settings_dict
    # A database is copied while nobody is in it.
    store.close()
    who = {"host": where["HOST"], "port": where["PORT"], "user": postgres.OWNER, "dbname": "postgres"}
    with psycopg.connect(**who, autocommit=True) as owner:
        owner.execute(f'CREATE DATABASE "{name}_{world.name}" TEMPLATE "{name}"')


_COPIES: Final = {"sqlite": _in_memory, "postgresql": _in_cluster}
