"""What the pages of a year share: a year without figures is not found, and the years to choose from."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.http import Http404
from django.urls import reverse

from gib.core.kernel.rules import RuleBroken


@contextmanager
def known_year() -> Iterator[None]:
    """Answer that a year of which nothing is known, or a figure, does not exist."""
    try:
        yield
    except RuleBroken as broken:
        raise Http404 from broken


def years(route: str, shown: int, first_on: date, on: date) -> list[dict[str, object]]:
    """Give the years of which there are figures, the first one first, with the page of each.

    Args:
        route: the name of a page of one year.
        shown: the year that is on the page now.
    """
    return [
        {"label": str(one), "url": reverse(route, args=[one]), "is_current": one == shown}
        for one in range(first_on.year, on.year + 1)
    ]
