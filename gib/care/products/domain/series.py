"""A series of visits: its rhythm in local time, the days on which it is otherwise, and where it has room."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from gib.care.products.domain.contact import Cancelled, Reason
from gib.care.products.domain.match import EndReason
from gib.care.products.domain.meeting import overlap
from gib.core.kernel.dates import ZONE, Period
from gib.core.kernel.events import Event
from gib.core.kernel.holidays import holidays
from gib.core.kernel.rules import RuleBroken, declare

#: Between these hours a visit begins; at night clocks change and prisons are shut.
FIRST_HOUR: Final = time(7)
LAST_HOUR: Final = time(21)


class Gap(StrEnum):
    """Why a day of a series is otherwise than its rhythm says."""

    HOLIDAY = "holiday"
    REGIME = "regime"
    CLOSURE = "closure"
    AWAY = "away"
    OTHER = "other"
    MOVED = "moved"


#: Who calls off what was planned already on a day that falls away, and why.
CALLED_OFF: Final[Mapping[Gap, tuple[Cancelled, Reason]]] = {
    Gap.HOLIDAY: (Cancelled.PRISON, Reason.OTHER),
    Gap.REGIME: (Cancelled.PRISON, Reason.OTHER),
    Gap.CLOSURE: (Cancelled.PRISON, Reason.LOCKDOWN),
    Gap.AWAY: (Cancelled.VOLUNTEER, Reason.OTHER),
    Gap.OTHER: (Cancelled.VOLUNTEER, Reason.NOT_SAID),
}

declare(
    {
        "series_open": "Er loopt al een reeks voor deze koppeling. Beëindig die eerst.",
        "series_ended": "Deze reeks is voorbij.",
        "visit_at_night": "Een bezoek begint tussen 7 uur en 21 uur.",
        "not_in_series": "Op die dag valt geen bezoek van deze reeks.",
        "day_changed": "Over deze dag is al iets afgesproken.",
        "moved_where": "Kies de dag waarop het bezoek nu is.",
        "visit_overlaps": "Om {time} is er die dag al een andere afspraak. Kies een andere tijd of dag.",
    }
)


@dataclass(frozen=True)
class Rhythm:
    """On which days a series falls, at which hour on the wall in Amsterdam.

    Args:
        from_on: the first day; it says which weekday.
        at: local time.
        every_days: 7, 14 or 28.
        to_on: the last day on which a visit may fall; empty when nobody knows yet.
    """

    from_on: date
    at: time
    every_days: int
    to_on: date | None = None


@dataclass(frozen=True)
class Change:
    """One day of a series that is otherwise: it falls away, or it is on another day or hour."""

    due_on: date
    why: Gap
    moved_on: date | None = None
    moved_at: time | None = None


@dataclass(frozen=True)
class Occurrence:
    """One visit of a series: the day that it stands for, when it is, and why it is not when it falls away."""

    due_on: date
    on: date
    at: time
    why: Gap | None = None

    @property
    def falls_away(self) -> bool:
        """Whether there is no visit."""
        return self.why not in (None, Gap.MOVED)

    @property
    def moment(self) -> datetime:
        """When it begins, as a moment that every clock in the world agrees on."""
        return datetime.combine(self.on, self.at, ZONE)


#: Tells why a day has no visit although the rhythm says so; None when it has.
Shut = Callable[[date], Gap | None]


def due_days(rhythm: Rhythm, window: Period) -> list[date]:
    """Give the days of a rhythm within some days, the first and the last included.

    It counts whole days, so no change of the clock can shift one.
    """
    ends = [day for day in (rhythm.to_on, window.to_on) if day is not None]
    skipped = max(0, -(-(window.from_on - rhythm.from_on).days // rhythm.every_days))
    first = rhythm.from_on + timedelta(days=rhythm.every_days * skipped)
    left = (min(ends) - first).days if ends else -1
    return [first + timedelta(days=each) for each in range(0, left + 1, rhythm.every_days)]


def occurrences(
    rhythm: Rhythm, changes: Iterable[Change], window: Period, shut: Shut = lambda _day: None
) -> list[Occurrence]:
    """Give the visits of a series within some days, those that fall away with the reason.

    What somebody decided about a day goes before a holiday or a prison that is shut.

    Source: issue of the products: fortnightly series in local time with exceptions.
    """
    told = {change.due_on: change for change in changes}
    return [_on(rhythm, told.get(day), day, shut) for day in due_days(rhythm, window)]


def _on(rhythm: Rhythm, change: Change | None, day: date, shut: Shut) -> Occurrence:
    if change is None:
        free = Gap.HOLIDAY if day in holidays(day.year) else shut(day)
        return Occurrence(day, day, rhythm.at, free)
    if change.why is Gap.MOVED and change.moved_on is not None:
        return Occurrence(day, change.moved_on, change.moved_at or rhythm.at, Gap.MOVED)
    return Occurrence(day, day, rhythm.at, change.why)


def check_hour(at: time) -> None:
    """Allow an hour at which a visit can begin.

    Raises:
        RuleBroken: 'visit_at_night'.
    """
    if not FIRST_HOUR <= at <= LAST_HOUR:
        raise RuleBroken("visit_at_night")


def check_change(rhythm: Rhythm, change: Change, decided: Collection[date], on: date) -> None:
    """Allow a decision about one day of a series that is still to come, once.

    Args:
        decided: the days about which something was decided before.

    Raises:
        RuleBroken: 'not_in_series', 'visit_in_past', 'day_changed', 'moved_where', 'visit_at_night'.
    """
    if due_days(rhythm, Period(change.due_on, change.due_on)) != [change.due_on]:
        raise RuleBroken("not_in_series")
    if change.due_on in decided:
        raise RuleBroken("day_changed")
    if change.why is Gap.MOVED and change.moved_on is None:
        raise RuleBroken("moved_where")
    if min(change.due_on, change.moved_on or change.due_on) < on:
        raise RuleBroken("visit_in_past")
    check_hour(change.moved_at or rhythm.at)


def check_free(at: time, minutes: int, others: Iterable[tuple[time, int]]) -> None:
    """Keep one person from being in two places.

    Args:
        at, minutes: when the new appointment begins and how long it takes.
        others: what volunteer and mother have that day already, in the same terms.

    Raises:
        RuleBroken: 'visit_overlaps' with the hour of the first that is in the way.
    """
    for begins, lasts in sorted(others):
        if overlap(at, minutes, begins, lasts):
            raise RuleBroken("visit_overlaps", time=f"{begins:%H:%M}")


@dataclass(frozen=True, kw_only=True)
class SeriesEvent(Event):
    """Something happened with a series of visits."""

    series_id: UUID


@dataclass(frozen=True, kw_only=True)
class SeriesStarted(SeriesEvent):
    """Visits are planned in a fixed rhythm from a day on."""

    sentence: ClassVar[str] = "De vrijwilliger komt voortaan op een vaste dag en tijd."
    from_on: date
    every_days: int


@dataclass(frozen=True, kw_only=True)
class SeriesChanged(SeriesEvent):
    """One day of a series falls away, or is moved."""

    sentence: ClassVar[str] = "Een bezoek uit de vaste reeks valt weg of is op een andere dag."
    due_on: date
    why: Gap
    moved_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class SeriesEnded(SeriesEvent):
    """A series ended; what was still planned fell away."""

    sentence: ClassVar[str] = "De vaste reeks bezoeken is gestopt."
    reason: EndReason
