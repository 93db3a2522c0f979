"""When the prison of a match receives visitors, by its visiting rules for the regime that she is under."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from gib.care.products.domain.contact import Kind
from gib.care.products.domain.visiting import Moment, Timetable, VisitRule, timetable
from gib.core.kernel.dates import Period
from gib.core.kernel.holidays import holidays
from gib.people.families.models import current_place
from gib.people.partners.models import closures_of, rules_ahead


@dataclass(frozen=True)
class Offer:
    """The hours of a prison as a form offers them: from a day on, without days on which it is closed."""

    hours: Timetable
    closed: tuple[Period, ...]
    on: date

    def moments(self, from_on: date) -> list[Moment]:
        """Give the first hours that are left, from a day on or from the day of the offer."""
        return self.hours.moments(max(from_on, self.on), self._is_shut)

    def _is_shut(self, day: date) -> bool:
        return day in holidays(day.year) or any(day in each for each in self.closed)


def rule_of(row: Any) -> VisitRule:
    """Give what a row of the register says, as a plain fact."""
    return VisitRule(
        regime=row.regime,
        weekday=row.weekday,
        start=row.start,
        end=row.end,
        notice=row.notice_days,
        from_on=row.valid_from,
        until_on=row.valid_to,
    )


def timetable_of(match: Any, kind: Kind, on: date) -> Timetable | None:
    """Give the hours for visits of a match, today and later; None for contacts that no such hours are for.

    Args:
        on: today; of each later day the timetable knows the rules that will hold.
    """
    if kind is not Kind.PRISON_VISIT or match.prison_id is None:
        return None
    place = current_place(match.dossier_id, on)
    rules = rules_ahead(on).filter(prison_id=match.prison_id)
    return timetable(map(rule_of, rules), place.regime if place else None)


def offer_of(match: Any, kind: Kind, on: date) -> Offer | None:
    """Give the hours that a form offers for visits of a match; None where hours of a prison do not count."""
    hours = timetable_of(match, kind, on)
    if hours is None:
        return None
    return Offer(hours, tuple(each.days for each in closures_of(match.prison_id, on)), on)
