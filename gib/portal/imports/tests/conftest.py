"""What every test of sheets needs: the templates of the shelf, and a count of what is read."""

from collections.abc import Iterator

import pytest

from gib.core.sheets.template import TEMPLATES, register
from gib.portal.imports.tests.shelf import CLOSED, ONE_WAY, SHELF


@pytest.fixture(autouse=True)
def _shelves(seen: object) -> Iterator[None]:
    before = dict(TEMPLATES)
    TEMPLATES.clear()
    register(SHELF, CLOSED, ONE_WAY)
    yield
    TEMPLATES.clear()
    TEMPLATES.update(before)
