"""The town that every test of a page of the portal stands in."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.template import engines

from gib.portal.tests import town as towns
from gib.portal.tests.town import Town


@pytest.fixture
def town(seen: Any) -> Town:
    return towns.build()


@pytest.fixture
def _strict() -> Iterator[None]:
    """Print a mark for every variable of a template that does not exist."""
    engine = engines["django"].engine
    before, engine.string_if_invalid = engine.string_if_invalid, "!!undefined %s!!"
    yield
    engine.string_if_invalid = before
