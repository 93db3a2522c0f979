"""Filling a demonstration: the small world of the tests, or the whole year, as large as is asked for."""

from collections.abc import Callable
from typing import Final

from django.core.management import call_command
from django.db import connections
from rich.progress import Progress

from gib.core.kernel.rules import RuleBroken, declare
from gib.people.accounts.builders import mark_as_demo
from gib.people.accounts.models import Installation, User
from gib.portal.commands import beside
from gib.portal.commands.stores import hasty, seldom_swept
from gib.portal.demo import world
from gib.portal.demo.days import TODAY
from gib.portal.year import parameters, year
from gib.portal.year.copies import multiply

SMALL: Final = "small"
_LARGEST: Final = 700

declare(
    {
        "not_a_demo": "Deze database is niet gemerkt als voorbeeld. Er is niets veranderd.",
        "year_not_told": "Alleen het jaar {year} is beschreven. Er is niets veranderd.",
        "scale_outside": "De schaal is een getal van 1 tot en met {most}. Er is niets veranderd.",
        "told_already": (
            "Deze database vertelt al een ander voorbeeld: {story}. Er is niets veranderd. Geef met "
            "GIB_DATA_DIR een lege map, of haal de map met gegevens weg."
        ),
    }
)


def tell_year(number: int, seed: int, scale: int = 1) -> None:
    """Tell a year, and let it be as many times as large; what is there already stays.

    Args:
        number: of the year; one is described.
        seed: the same one makes the same year.

    Raises:
        RuleBroken: 'year_not_told', 'scale_outside', 'not_a_demo', 'told_already', 'scale_does_not_fit'.
    """
    if number != parameters.YEAR:
        raise RuleBroken("year_not_told", year=parameters.YEAR)
    if not 1 <= scale <= _LARGEST:
        raise RuleBroken("scale_outside", most=_LARGEST)
    with Progress(transient=True) as bar:
        task = bar.add_task(f"het jaar {number}", total=1.0)
        tell(f"{number}, {seed}", lambda: _halves(seed, lambda share: bar.update(task, completed=share)))
        if scale > 1:
            copies = bar.add_task("vermenigvuldigen", total=scale - 1)
            with hasty(), seldom_swept():
                multiply(scale, lambda done, wanted: bar.update(copies, completed=done, total=wanted))


def _halves(seed: int, progress: year.Progress) -> None:
    """Tell both halves of the year, at once where that is possible."""
    if not beside.is_possible():
        year.build(seed, progress)
        return
    ours, other = year.begin(seed)
    with beside.told_beside(other):
        ours.tell(progress)


def tell_small() -> None:
    """Tell the small world.

    Raises:
        RuleBroken: 'not_a_demo', 'told_already'.
    """
    tell(SMALL, world.build)


def tell(story: str, build: Callable[[], object]) -> None:
    """Tell a story on an empty database; one that was broken off is cleared away first.

    Raises:
        RuleBroken: 'not_a_demo' when somebody uses this database, 'told_already' when it tells another story.
    """
    here = Installation.current()
    if not here.is_demo and User.objects.exists():
        raise RuleBroken("not_a_demo")
    if here.story == story:
        return
    if here.story:
        raise RuleBroken("told_already", story=here.story)
    if here.is_demo:
        _clear()
    mark_as_demo(TODAY)
    with hasty(), seldom_swept():
        build()
    mark_as_demo(TODAY, story)


def _clear() -> None:
    """Empty every store of a demonstration."""
    for alias in connections:
        call_command("flush", database=alias, interactive=False, verbosity=0)
