"""The business day of the demonstration, Tuesday 11 January 2011, and the days before it."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from gib.core.kernel.clock import Now

TODAY: Final = date(2011, 1, 11)


def days_ago(days: int, hour: int = 9) -> Now:
    """Give the moment of an act so many days before the business day."""
    on = TODAY - timedelta(days=days)
    return Now(datetime(on.year, on.month, on.day, hour, tzinfo=UTC), on)
