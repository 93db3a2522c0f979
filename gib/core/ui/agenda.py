"""Dated appointments that lower slices offer and the portal shows: on a calendar, on paper, in a feed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Final
from uuid import UUID

from django.utils.functional import Promise

from gib.core.access.actor import Actor
from gib.core.kernel.dates import Period


@dataclass(frozen=True)
class Appointment:
    """One appointment on a local day, without a name: whoever shows it looks up whom it is about.

    Args:
        key: names it for good, such as "visit-" with its id.
        at: local time in Amsterdam; empty when only the day is known.
        minutes: how long it takes; 0 when nobody said.
        kind: what it is, in words for a colleague.
        url: where more of it is told, for this reader.
    """

    key: str
    on: date
    at: time | None
    minutes: int
    kind: str | Promise
    url: str
    prison_id: str = ""
    dossier_id: UUID | None = None
    volunteer_id: UUID | None = None


#: A part of a calendar: reader, day of the page, days that are shown -> steps that end in appointments.
Source = Callable[[Actor, date, Period], list[Appointment]]
SOURCES: Final[list[Source]] = []


def fill_agenda(*sources: Source) -> None:
    """Say who has appointments; the portal's wiring calls this once.

    Raises:
        ValueError: it was called before.
    """
    if SOURCES:
        raise ValueError("the calendar is filled twice")
    SOURCES[:] = sources
