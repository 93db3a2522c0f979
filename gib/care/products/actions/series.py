"""Series of visits: beginning one, planning what lies ahead, a day that is otherwise, and ending one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from gib.care.products.actions.contacts import cancel_visit, overtake
from gib.care.products.actions.planning import (
    USUAL,
    Slot,
    check_fits,
    check_hours,
    match_of,
    move_visit,
    new_visit,
    planned,
)
from gib.care.products.domain.contact import check_planned
from gib.care.products.domain.match import EndReason
from gib.care.products.domain.series import (
    CALLED_OFF,
    Change,
    Gap,
    Occurrence,
    Rhythm,
    SeriesChanged,
    SeriesEnded,
    SeriesStarted,
    check_change,
    check_hour,
    occurrences,
)
from gib.care.products.models import Contact, Match, SeriesException, VisitSeries, norm
from gib.care.products.models.series import changes_of, met_days, shut_for
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import Period
from gib.core.kernel.rules import RuleBroken
from gib.people.partners.domain import Product


@dataclass(frozen=True, kw_only=True)
class NewSeries:
    """A rhythm of visits: the first day, local hour, minutes each, days between two, and perhaps the last."""

    from_on: date
    at: time
    minutes: int
    every_days: int
    place: str = ""
    to_on: date | None = None


@act(P.MATCH)
def start_series(actor: Actor, match_id: UUID, new: NewSeries, now: Now) -> VisitSeries:
    """Let visits of a match fall in a rhythm; the first weeks are planned at once.

    Raises:
        RuleBroken: 'series_open', 'visit_in_past', 'visit_at_night', 'period_backwards', and for the first
        visit those of planning one.

    Source: domain page 1.3: a visit every two weeks.
    """
    match = match_of(actor, match_id, now)
    check_planned(new.from_on, now.on)
    check_hour(new.at)
    Period(new.from_on, new.to_on)
    if _going_on(actor, now).filter(match_id=match.id).exists():
        raise RuleBroken("series_open")
    row = VisitSeries(dossier_id=match.dossier_id, team_id=match.team_id, match=match, **vars(new))
    event = SeriesStarted(
        dossier_id=row.dossier_id, series_id=row.id, from_on=row.from_on, every_days=row.every_days
    )
    found = [each for each in ahead(row, now) if not each.falls_away]
    for first in found[:1]:
        _check_fits(row, first, now)
    carry_out(actor, now, rows=[row], events=[event])
    _plan(actor, row, found, now)
    return row


def _going_on(actor: Actor, now: Now) -> Any:
    rows: Any = VisitSeries.for_action(actor, now.on)
    return rows.going_on().select_related("match")


def ahead(row: VisitSeries, now: Now) -> list[Occurrence]:
    """Give the visits of a series that are planned ahead, those that fall away with the reason."""
    window = Period(now.on, now.on + timedelta(days=norm("series_ahead_days", now.on)))
    return occurrences(row.rhythm, changes_of(row), window, shut_for(row, window))


def _slot(row: VisitSeries, each: Occurrence) -> Slot:
    return Slot(on=each.on, at=each.at, minutes=row.minutes)


def _check_fits(row: VisitSeries, each: Occurrence, now: Now) -> None:
    check_fits(row.match, USUAL[Product(row.match.product)], _slot(row, each), now)


def hindrance(row: VisitSeries, each: Occurrence, now: Now) -> RuleBroken | None:
    """Give the rule by which a visit of a series cannot be planned now; None when it can."""
    try:
        _check_fits(row, each, now)
    except RuleBroken as broken:
        return broken
    return None


def _plan(actor: Actor, row: VisitSeries, found: Iterable[Occurrence], now: Now) -> int:
    """Plan what is not planned and has room; for what cannot be yet, it is tried again each day."""
    met = met_days(row)
    open_days = [each for each in found if not each.falls_away and each.due_on not in met]
    fitting = [each for each in open_days if hindrance(row, each, now) is None]
    for each in fitting:
        visit = new_visit(row.match, USUAL[Product(row.match.product)], place=row.place)
        visit.series, visit.due_on = row, each.due_on
        planned(actor, visit, _slot(row, each), now)
    return len(fitting)


@act
def plan_ahead(actor: Actor, now: Now) -> int:
    """Plan the visits that came within sight since yesterday, of every series that goes on.

    Returns: how many were planned.
    """
    return sum(_plan(actor, row, ahead(row, now), now) for row in _going_on(actor, now))


@act(P.MATCH)
def resume_series(actor: Actor, matches: Iterable[Match], now: Now) -> None:
    """Plan again what fell away when she was moved, once the visits go on in another prison."""
    for row in _going_on(actor, now).filter(match__in=[match.id for match in matches]):
        _plan(actor, row, ahead(row, now), now)


@act(P.MATCH)
def change_day(actor: Actor, series_id: UUID, change: Change, now: Now) -> SeriesException:
    """Decide that one day of a series falls away or is moved; what was planned that day goes along.

    Raises:
        RuleBroken: 'series_ended', 'not_in_series', 'day_changed', 'moved_where', 'visit_in_past',
        'visit_at_night', 'outside_visiting_hours', and those of moving a visit.
    """
    series = _load(actor, series_id, now)
    check_change(series.rhythm, change, {each.due_on for each in changes_of(series)}, now.on)
    rows: Any = Contact.for_action(actor, now.on).filter(series_id=series.id, due_on=change.due_on)
    visits = list(rows.ahead())
    if change.moved_on is not None and not visits:
        # A visit that is planned is held against the hours when it is moved, below.
        slot = Slot(on=change.moved_on, at=change.moved_at or series.at, minutes=series.minutes)
        check_hours(series.match, USUAL[Product(series.match.product)], slot, now)
    row = SeriesException(
        dossier_id=series.dossier_id,
        team_id=series.team_id,
        series=series,
        **vars(change),
        decided_on=now.on,
        decided_by=actor.user_id,
    )
    event = SeriesChanged(
        dossier_id=row.dossier_id,
        series_id=series.id,
        due_on=change.due_on,
        why=change.why,
        moved_on=change.moved_on,
    )
    carry_out(actor, now, rows=[row], events=[event])
    for visit in visits:
        _changed(actor, visit, series.rhythm, change, now)
    _plan(actor, series, ahead(series, now), now)
    return row


def _changed(actor: Actor, visit: Contact, rhythm: Rhythm, change: Change, now: Now) -> None:
    if change.why is Gap.MOVED and change.moved_on is not None:
        at = change.moved_at or rhythm.at
        move_visit(actor, visit.id, Slot(on=change.moved_on, at=at), now)
    else:
        side, reason = CALLED_OFF[change.why]
        cancel_visit(actor, visit.id, reason, side, now)


def _load(actor: Actor, series_id: UUID, now: Now) -> VisitSeries:
    rows = VisitSeries.for_action(actor, now.on).select_related("match")
    row: VisitSeries = rows.get_or_404(pk=series_id)
    if row.end_reason:
        raise RuleBroken("series_ended")
    return row


@act(P.MATCH)
def end_series(actor: Actor, series_id: UUID, now: Now) -> VisitSeries:
    """End a series; what was still planned falls away, and what took place stays.

    Raises:
        RuleBroken: 'series_ended'.
    """
    row = _load(actor, series_id, now)
    rows: Any = Contact.for_action(actor, now.on).filter(series_id=row.id, planned_on__gte=now.on)
    overtake(actor, rows.ahead(), row.dossier_id, now.on, now)
    return _ended(actor, row, EndReason.BY_COORDINATOR, now)


@act(P.MATCH)
def end_series_of(actor: Actor, match: Match, reason: EndReason, now: Now) -> None:
    """End the series of a match that ends: after a release it is overtaken, never a failure of anybody."""
    for row in _going_on(actor, now).filter(match_id=match.id):
        _ended(actor, row, reason, now)


def _ended(actor: Actor, row: VisitSeries, reason: EndReason, now: Now) -> VisitSeries:
    row.end_reason, row.ended_on = reason, now.on
    event = SeriesEnded(dossier_id=row.dossier_id, series_id=row.id, reason=reason)
    carry_out(actor, now, rows=[row], events=[event])
    return row
