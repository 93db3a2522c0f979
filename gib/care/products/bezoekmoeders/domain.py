"""A visiting mother inside: the rhythm of her visits."""

from datetime import date, timedelta
from typing import Final

from gib.core.kernel.rules import RuleBroken, declare

#: Visits of a series that can be planned at once; longer series outlive most permits.
_MOST: Final = 12

declare({"series_length": "Kies 1 tot en met 12 bezoeken."})


def series(first_on: date, number: int, rhythm_days: int) -> list[date]:
    """Give the days of a series of visits.

    Args:
        first_on: the first visit.
        number: how many visits, 1 to 12.
        rhythm_days: days between two visits; every two weeks by default.

    Raises:
        RuleBroken: 'series_length'.

    Source: programme description: a visit every two weeks.
    """
    if not 1 <= number <= _MOST:
        raise RuleBroken("series_length")
    return [first_on + timedelta(days=rhythm_days * at) for at in range(number)]
