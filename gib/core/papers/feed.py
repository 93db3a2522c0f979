"""A calendar as a file that other programs read; it tells when, and never who, what or where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from icalendar import Calendar, Event

from gib.core.kernel.dates import ZONE

#: How long something takes of which nobody said so, in minutes.
USUAL_MINUTES: Final = 60


@dataclass(frozen=True)
class Slot:
    """Time that is taken: a name that tells nothing, a local day, local time in Amsterdam, minutes."""

    uid: str
    on: date
    at: time | None
    minutes: int


def ics(slots: Iterable[Slot], title: str, at: datetime) -> bytes:
    """Write time that is taken as iCalendar, with the rules of summer time of Amsterdam.

    Args:
        title: the one word that stands at each of them.
        at: when this was made, an aware moment.

    Source: RFC 5545; X-WR-TIMEZONE for programs that read no VTIMEZONE.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//agenda//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-timezone", str(ZONE))
    for slot in slots:
        calendar.add_component(_event(slot, title, at))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(slot: Slot, title: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", slot.uid)
    event.add("dtstamp", at)
    event.add("summary", title)
    event.add("class", "PRIVATE")
    if slot.at is None:
        event.add("dtstart", slot.on)
        event.add("dtend", slot.on + timedelta(days=1))
    else:
        begins = datetime.combine(slot.on, slot.at, ZONE)
        event.add("dtstart", begins)
        event.add("dtend", begins + timedelta(minutes=slot.minutes or USUAL_MINUTES))
    return event
