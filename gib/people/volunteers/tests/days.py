"""Days of stories about volunteers."""

from datetime import UTC, date, datetime

from gib.core.kernel.clock import Now


def at(on: date) -> Now:
    """Give nine o'clock on a day."""
    return Now(datetime(on.year, on.month, on.day, 9, tzinfo=UTC), on)
