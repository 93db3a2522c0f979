"""Now, as something handed down: a moment in UTC and the day that the work is done on."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from gib.core.kernel.dates import local_day


@dataclass(frozen=True)
class Now:
    """The moment of an act.

    `at` is the real moment in UTC (security time); `on` is the business day in Amsterdam, which a
    demonstration database holds still.
    """

    at: datetime
    on: date


def real_now() -> Now:
    """Give the moment and the local day of the machine's clock."""
    at = datetime.now(UTC)
    return Now(at, local_day(at))


def now_on(on: date | None) -> Now:
    """Give this moment on a business day; without one, on the real day."""
    now = real_now()
    return now if on is None else Now(now.at, on)
