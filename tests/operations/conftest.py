"""A served house for the tests that need one, on the database of this run."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.visitor import OnCluster, OnFiles, on_cluster, on_files


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OnFiles | OnCluster]:
    """Serve the demonstration as a user would, in a folder of its own."""
    folder = tmp_path_factory.mktemp("stand")
    where = on_cluster(folder) if os.environ.get("GIB_TEST_DB") == "postgres" else None
    with where or on_files(Path(os.environ["GIB_TEST_HOME"]), folder) as one:
        yield one
