"""A small year in files of its own: told by one process, by two, or by two that are at odds."""

import json
import os
import signal
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import replace
from unittest.mock import patch

from django.apps import apps

from gib.core.journal import chain
from gib.people.partners.models import Team
from gib.portal.commands import beside, stores, stories
from gib.portal.year import year
from tests.world.base import as_house, rows_of

SEED, MOTHERS, VOLUNTEERS, MANY = 7, 6, 12, 400
#: What nobody can foretell: secrets, what hangs on keys, and the moment at which something was read.
UNFORETOLD = {"password", "username", "wrapped", "mark"}
_APART = {"Reading", "ReadingSeal"}


def by_one() -> None:
    """Tell one half after the other."""
    year.build(SEED, lambda share: None, MOTHERS, VOLUNTEERS)


def by_two(meanwhile: Callable[[], object] = lambda: None, mothers: int = MOTHERS) -> None:
    """Tell both halves at once."""
    ours, other = year.begin(SEED, MOTHERS, VOLUNTEERS)
    with beside.told_beside(replace(other, mothers=mothers)):
        meanwhile()
        ours.tell(lambda share: None)


def at_odds() -> None:
    """Tell both at once, while a row that both have is changed here."""
    by_two(lambda: Team.objects.update(name="Team Zeepaard"))


def fails() -> None:
    """Let the other process fail: there are not so many mothers."""
    by_two(mothers=100_000)


def killed() -> None:
    """Die while the other process is at work."""

    def dies() -> None:
        sys.stdout.write("dies\n")
        sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGKILL)

    by_two(dies, MANY)


def rows() -> Iterator[tuple[str, list[str]]]:
    """Give the rows of every table, opened, without what nobody can foretell."""
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("gib.") and model.__name__ not in _APART:
            names = [each.attname for each in model._meta.concrete_fields if each.attname not in UNFORETOLD]
            yield (
                model._meta.label,
                sorted(str([str(getattr(row, name)) for name in names]) for row in rows_of(model)),
            )


def main(how: str) -> None:
    """Tell it, and print what is there afterwards."""
    stores.setup_demo(Namespace())
    with patch("os.cpu_count", return_value=2):
        assert beside.is_possible()
    stories.tell("small", {each.__name__: each for each in (by_one, by_two, at_odds, fails, killed)}[how])
    with as_house():
        told = {"rows": dict(rows()), "faults": list(chain.faults())}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
