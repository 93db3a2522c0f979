"""One installation for the tests of a module: making it takes seconds."""

from collections.abc import Iterator

import pytest

from tests.upkeep.site import Site, site


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give an installation in production mode, on the database of this run."""
    with site(tmp_path_factory.mktemp("site")) as made:
        yield made
