"""Houses side by side in one process: each has its own three stores, of one engine and one size."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Self
from unittest.mock import patch

from django.apps import apps
from django.db import connection, connections, router
from django.db.utils import ConnectionHandler

from config import settings
from gib.portal.year import copies_tables as what
from tests.scale.pages import Page, pages
from tests.scale.plans import LARGE, Large, _number
from tests.services import postgres
from tests.services.kept import STORES, Place
from tests.world.base import as_house

_ALIASES: Final = {
    variable: (STORES[variable][0], alias)
    for variable, alias in zip(STORES, ("default", "log", "keys"), strict=True)
}


@dataclass(frozen=True, eq=False)
class House:
    """Stores that a process can step into, and the ten busiest pages as they are opened there."""

    engine: str
    scale: int
    stores: Mapping[str, Any]
    #: The same stores as who owns the tables; of files there is no other owner.
    owned: Mapping[str, Any]

    @classmethod
    def at(cls, place: Place) -> Self:
        """Open a kept database as the application."""
        return cls(place.engine, place.scale, _opened(place, postgres.APP), _opened(place, postgres.OWNER))

    @classmethod
    def here(cls, scale: int) -> Self:
        """Take the stores that are open already, for a test."""
        stores = {alias: connections[alias] for alias in connections}
        if connection.vendor == "sqlite":
            return cls("sqlite", scale, stores, stores)
        facts = {alias: store.settings_dict | {"USER": postgres.OWNER} for alias, store in stores.items()}
        return cls("postgres", scale, stores, _together(facts))

    def close(self) -> None:
        """Let go of what was opened for the owner of the tables."""
        for alias, store in self.owned.items():
            if store is not self.stores[alias]:
                store.close()

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Let everything happen in this house."""
        with _at(self.stores):
            yield

    @contextmanager
    def inside_as_owner(self) -> Iterator[None]:
        """The same, as who owns the tables: for that role no row-level security holds."""
        with _at(self.owned):
            yield

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Give the ten busiest pages by name, each opened once, so that the process remembers what it may."""
        with self.inside():
            found = {page.name: page for page in pages()}
            for page in found.values():
                page.open()
        return found

    def know_sizes(self, multiplied: int = 1) -> None:
        """Count which tables are large, or would be with each copied team as many times."""
        copied = {table.model for table in what.tables()}
        names = {
            model._meta.db_table: multiplied if model in copied or _is_chain(model) else 1
            for model in apps.get_models(include_auto_created=True)
            if router.db_for_read(model) == "default"
        }
        with self.inside(), as_house(), connection.cursor() as cursor:
            Large.tables = frozenset(
                name for name, times in names.items() if _number(cursor, name) * times >= LARGE
            )


def _is_chain(model: Any) -> bool:
    return model._meta.label_lower in what.APART


@contextmanager
def _at(stores: Mapping[str, Any]) -> Iterator[None]:
    before = {alias: connections[alias] for alias in stores}
    for alias, store in stores.items():
        connections[alias] = store
    try:
        yield
    finally:
        for alias, store in before.items():
            connections[alias] = store


def _opened(place: Place, role: str) -> dict[str, Any]:
    """Open the stores of a place as an installation does that has them in its environment."""
    with patch.dict(os.environ, place.environment(role)):
        found = {alias: settings._database(variable, name) for variable, (name, alias) in _ALIASES.items()}
    if place.engine == "sqlite":
        found = {alias: facts | {"NAME": place.folder / facts["NAME"].name} for alias, facts in found.items()}
    return _together(found)


def _together(facts: dict[str, Any]) -> dict[str, Any]:
    handler = ConnectionHandler(facts)
    return {alias: handler[alias] for alias in facts}
