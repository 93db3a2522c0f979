"""A house that lists come into, and a shell that runs inside the test."""

from collections.abc import Callable

import pytest

from gib.portal import cli
from tests.input import house


@pytest.fixture
def screen(db: None, seen: object) -> house.Screen:
    return house.open_house()


@pytest.fixture
def gib(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Run a command of the house; gives what it answered and what it printed."""

    def run(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        code = cli.main(list(words))
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return run
