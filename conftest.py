"""The frame of every test: both databases, the application role, and a count of what is read."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import TransactionTestCase, override_settings
from django.utils import translation

from gib.core.access import rls, rls_sql
from gib.core.kernel.ids import drawn_from
from gib.core.ui import words
from gib.core.vault import master, tombstones
from gib.core.vault.reads import ReadSet, counting
from gib.people.accounts.models import forget_installation
from tests.services import lanes, postgres, register

master.create(Path(settings.MASTER_KEY_FILE))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the longest; leave out of the second lane what the first has shown for every database."""
    items[:] = lanes.longest_first(items, config.rootpath)
    if os.environ.get("GIB_TEST_DB") != "postgres":
        return
    left_out = set(lanes.same_everywhere(items, config.rootpath))
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def _become(role: str) -> None:
    for connection in connections.all():
        if connection.vendor == "postgresql" and connection.settings_dict["USER"] != role:
            connection.close()
            connection.settings_dict["USER"] = role


@contextmanager
def _as_owner() -> Iterator[None]:
    _become(postgres.OWNER)
    try:
        yield
    finally:
        _become(postgres.APP)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Make the tables as their owner, then run every test as the role of the application."""
    with django_db_blocker.unblock():
        for connection in connections.all():
            if connection.vendor == "postgresql":
                rls_sql.install(connection, postgres.APP)
        register.set_aside(postgres.APP)
    _become(postgres.APP)
    with register.copied():
        yield
    _become(postgres.OWNER)


@pytest.fixture(scope="session", autouse=True)
def _flush_as_owner() -> Iterator[None]:
    """Empty the tables after a transactional test as their owner: the application may not."""
    original = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        with _as_owner():
            original(self)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = original


@pytest.fixture(scope="class", autouse=True)
def _same_world(request: Any) -> Iterator[None]:
    """Give the rows of a class the same identifiers each time: what is green here is green elsewhere."""
    with drawn_from(f"class {request.node.nodeid}"):
        yield


@pytest.fixture(autouse=True)
def _same_rows(request: Any, _same_world: None) -> Iterator[None]:
    """Give the rows of a test the same identifiers each time."""
    with drawn_from(request.node.nodeid):
        yield


@pytest.fixture(scope="session")
def _erased(tmp_path_factory: Any) -> Iterator[Path]:
    """Name a file of tombstones per test, in one folder: a folder per test takes minutes to clear away."""
    folder = tmp_path_factory.mktemp("erased")
    return (folder / f"tombstones-{number}" for number in count())


@pytest.fixture(autouse=True)
def _settled(_erased: Iterator[Path]) -> Iterator[None]:
    """Begin with all places agreed on what was erased, and a file of their own."""
    tombstones.Gate.is_open = True
    with override_settings(TOMBSTONE_FILE=next(_erased)):
        yield
    tombstones.Gate.is_open = True


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """Forget what one process keeps between requests: a demonstration, rates, its day, the last language."""
    words.set_today(None)
    forget_installation()
    cache.clear()
    with translation.override(settings.LANGUAGE_CODE):
        yield
    forget_installation()


@pytest.fixture
def seen() -> Iterator[ReadSet]:
    """Count reads for a test that reads sealed fields itself."""
    with counting(ReadSet(purpose="test")) as found:
        yield found


@pytest.fixture
def as_house(seen: ReadSet) -> Iterator[ReadSet]:
    """See every row, as the house itself, for a test that checks what was written."""
    with rls.system("test"):
        yield seen
