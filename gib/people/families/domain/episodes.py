"""How episodes of one kind follow each other: one at a time, the next closes the one before."""

from collections.abc import Iterable
from datetime import date, timedelta

from gib.core.kernel.dates import Period
from gib.core.kernel.rules import RuleBroken


def check_not_future(day: date, on: date) -> None:
    """Let a person record only what has happened.

    Raises:
        RuleBroken: 'day_in_future'.
    """
    if day > on:
        raise RuleBroken("day_in_future")


def last_day_before(from_on: date, earlier: Iterable[Period]) -> date | None:
    """Tell on which day the open episode ends when another begins.

    Args:
        from_on: first day of the new episode.
        earlier: the episodes of the same kind that are there already.

    Returns: the last day of the open episode; None when none is open on that day.

    Raises:
        RuleBroken: 'episode_overlaps' when an episode begins on or after that day, or a closed one covers it.
    """
    for period in earlier:
        if period.from_on >= from_on or (period.to_on is not None and period.to_on >= from_on):
            raise RuleBroken("episode_overlaps", from_on=f"{period.from_on:%d-%m-%Y}")
    is_open = any(period.to_on is None for period in earlier)
    return from_on - timedelta(days=1) if is_open else None


def check_end(period: Period, to_on: date) -> None:
    """Let an open episode end on or after its first day.

    Raises:
        RuleBroken: 'episode_closed' when it has ended, 'period_backwards' for an end before its begin.
    """
    if period.to_on is not None:
        raise RuleBroken("episode_closed")
    Period(period.from_on, to_on)
