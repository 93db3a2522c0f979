"""When a prison receives visitors: its hours by the rules of the day of a visit, and which are near."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import islice
from typing import Final

from gib.core.kernel.rules import RuleBroken, declare

#: So many days ahead is looked for an hour at which a visit can be, and so many are offered.
OFFERED_DAYS: Final = 42
MOST_OFFERED: Final = 5
_HOUR: Final = 60
_DAY: Final = 24 * _HOUR

declare(
    {
        "outside_visiting_hours": (
            "Op {day} is er in deze inrichting geen bezoek van {begins} tot {ends}. "
            "Kies een van de bezoektijden."
        ),
    }
)


@dataclass(frozen=True)
class VisitRule:
    """What one rule of a prison says about usual visits.

    Args:
        regime: for whom it is; empty is everybody.
        weekday: 0 is Monday; empty is every day.
        start, end: local hours between which a visit lies; empty is the whole day.
        notice: days before the visit on which the prison wants to know.
        from_on, until_on: the first day it holds, and the first on which it no longer does.
    """

    regime: str = ""
    weekday: int | None = None
    start: time | None = None
    end: time | None = None
    notice: int = 0
    from_on: date | None = None
    until_on: date | None = None

    @property
    def tells_hours(self) -> bool:
        """Whether it says when visitors may come; most rules of 2010 do not."""
        return self.weekday is not None or self.start is not None

    def holds_on(self, on: date) -> bool:
        """Tell whether it is the rule of a day."""
        return (self.from_on is None or self.from_on <= on) and (self.until_on is None or on < self.until_on)

    def is_about(self, on: date) -> bool:
        """Tell whether it holds on a day and is about that day of the week."""
        return self.holds_on(on) and self.weekday in (None, on.weekday())

    def takes(self, at: time, minutes: int) -> bool:
        """Tell whether a visit lies within its hours."""
        begins = _minute(at)
        opens = _minute(self.start) if self.start else 0
        return opens <= begins and begins + minutes <= (_minute(self.end) if self.end else _DAY)


@dataclass(frozen=True)
class Moment:
    """A day and hours at which a visit can be, in local time."""

    on: date
    at: time
    until: time | None


@dataclass(frozen=True)
class Timetable:
    """The rules with hours of one prison for one mother; each day has the rules of that day."""

    rules: tuple[VisitRule, ...] = ()

    def week_of(self, day: date) -> list[VisitRule]:
        """Give the rules that hold on a day, for all days of the week, in the order of a week."""
        holding = (rule for rule in self.rules if rule.holds_on(day))
        return sorted(holding, key=lambda rule: (rule.weekday or 0, rule.start or time.min))

    def on(self, day: date) -> list[VisitRule] | None:
        """Give the rules with the hours of a day, none when nobody may come; None when no hours are known."""
        week = self.week_of(day)
        return [rule for rule in week if rule.is_about(day)] if week else None

    def takes(self, day: date, at: time, minutes: int) -> bool:
        """Tell whether a visit can be then; when the hours are not known nobody can say that it cannot."""
        rules = self.on(day)
        return rules is None or any(rule.takes(at, minutes) for rule in rules)

    def hour_for(self, day: date, at: time, minutes: int) -> time | None:
        """Give the hour of a visit on a day: this one when it can be, else the first with room; else None."""
        if self.takes(day, at, minutes):
            return at
        hours = self.on(day) or []
        return next((rule.start for rule in hours if rule.start and rule.takes(rule.start, minutes)), None)

    def moments(self, from_on: date, is_shut: Callable[[date], bool]) -> list[Moment]:
        """Give the first hours from a day on at which a visit can be, on days that are not shut."""
        days = (from_on + timedelta(days=each) for each in range(OFFERED_DAYS))
        open_days = ((day, self.on(day) or []) for day in days if not is_shut(day))
        found = (
            Moment(day, rule.start, rule.end) for day, hours in open_days for rule in hours if rule.start
        )
        return list(islice(found, MOST_OFFERED))


def timetable(rules: Iterable[VisitRule], regime: str | None) -> Timetable:
    """Give the hours of a prison for a mother.

    Args:
        regime: hers; when it is not known, what holds for any regime.
    """
    hers = [rule for rule in rules if regime is None or rule.regime in ("", regime)]
    return Timetable(tuple(rule for rule in hers if rule.tells_hours))


def notice_on(rules: Iterable[VisitRule], day: date) -> int | None:
    """Give how many days before a visit a prison wants to know who comes, by its rules of that day.

    Returns: the longest of those of all regimes; None when it has no rule for that day.
    """
    return max((rule.notice for rule in rules if rule.is_about(day)), default=None)


def check_receives(hours: Timetable, day: date, at: time, minutes: int) -> None:
    """Allow a visit at which the prison receives visitors, by its rules of that day.

    Hours that nobody knows keep nobody away; the form then says that they are not known.

    Raises:
        RuleBroken: 'outside_visiting_hours' with the day and the hours that were asked.

    Source: domain page 7.2: visiting rules as data, per prison, regime and weekday.
    """
    if not hours.takes(day, at, minutes):
        ends = (_minute(at) + minutes) % _DAY
        told = {"begins": f"{at:%H:%M}", "ends": f"{ends // _HOUR:02}:{ends % _HOUR:02}"}
        raise RuleBroken("outside_visiting_hours", day=day, **told)


def _minute(at: time) -> int:
    return at.hour * _HOUR + at.minute
