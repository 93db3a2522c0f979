"""A visit gets a day and an hour: whether it fits, planning it, and moving it."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final
from uuid import UUID

from gib.care.products import domain
from gib.care.products.domain.contact import AT_HOME, FLOW, IN_PRISON, Kind, State, check_planned
from gib.care.products.domain.match import State as MatchState
from gib.care.products.domain.match import check_live, check_ready
from gib.care.products.domain.participation import check_at_home
from gib.care.products.domain.series import check_free
from gib.care.products.domain.visiting import check_receives
from gib.care.products.models import Contact, Match, Visitor, booked, norm, rests_at_home, visitor_on
from gib.care.products.models.readiness import reasons_against
from gib.care.products.models.visiting import timetable_of
from gib.care.trajectory.domain import check_consent
from gib.care.trajectory.models import supports
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.families.models import current_place
from gib.people.partners.domain import Product
from gib.people.partners.domain.terms import check_open
from gib.people.partners.models import closures_of

#: What a visit is when nobody says otherwise.
USUAL: Final = {
    Product.BEZOEKMOEDERS: Kind.PRISON_VISIT,
    Product.IK_JIJ_WIJ: Kind.COACH_TALK,
    Product.MOEDERMAATJES: Kind.HOME_VISIT,
}


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A local day and hour in Amsterdam, and how long it takes; without minutes as long as is usual."""

    on: date
    at: time
    minutes: int | None = None


def match_of(actor: Actor, match_id: UUID, now: Now) -> Match:
    """Give a match to an act about its visits.

    Raises:
        Http404: it does not exist for this actor.
    """
    row: Match = Match.for_action(actor, now.on).get_or_404(pk=match_id)
    return row


def new_visit(match: Match, kind: Kind, **facts: Any) -> Contact:
    """Give a visit of a match that nobody has saved yet."""
    return Contact(
        dossier_id=match.dossier_id,
        team_id=match.team_id,
        match=match,
        participation_id=match.participation_id,
        volunteer_id=match.volunteer_id,
        kind=kind,
        prison_id=match.prison_id if kind in IN_PRISON else None,
        **facts,
    )


@act(P.LOG_CONTACT)
def plan_visit(
    actor: Actor,
    match_id: UUID,
    planned_on: date,
    planned_time: time,
    place: str,
    now: Now,
    *,
    kind: Kind | None = None,
    minutes: int | None = None,
) -> Contact:
    """Plan a visit on a local day and time.

    Args:
        kind: what sort of contact; by default the usual one of the product.
        minutes: how long it will take; by default as long as is usual.

    Raises:
        RuleBroken: 'match_not_live', 'visit_in_past', 'series_paused', 'home_rests', 'support_missing',
        'prison_closed',
        'volunteer_not_allowed' when her papers do not hold on that day (invariant 3),
        'outside_visiting_hours', 'visit_overlaps'.
    """
    match = match_of(actor, match_id, now)
    sort = kind or USUAL[Product(match.product)]
    slot = Slot(on=planned_on, at=planned_time, minutes=minutes)
    check_fits(match, sort, slot, now)
    return planned(actor, new_visit(match, sort, place=place), slot, now)


def visited_by(row: Contact, visitor: Visitor) -> None:
    """Let a visit be hers who visits on its day: of the volunteer of the match, or of who stands in."""
    row.volunteer_id, row.stand_in_id = visitor.volunteer_id, visitor.stand_in_id


def planned(actor: Actor, row: Contact, slot: Slot, now: Now) -> Contact:
    """Give a new visit its day and hour, and tell of it; the caller asked whether it fits."""
    if row.match:
        visited_by(row, visitor_on(row.match, slot.on))
    row.planned_on, row.planned_time, row.planned_minutes = slot.on, slot.at, slot.minutes
    event = domain.VisitPlanned(
        dossier_id=row.dossier_id, contact_id=row.id, planned_on=slot.on, kind=Kind(row.kind)
    )
    carry_out(actor, now, rows=[row], events=[event])
    return row


def check_fits(match: Match, kind: Kind, slot: Slot, now: Now, besides: UUID | None = None) -> None:
    """Allow a visit of a match on a day and hour.

    Args:
        besides: the visit itself, when it is moved.

    Raises:
        RuleBroken: 'match_not_live', 'visit_in_past', 'series_paused', 'home_rests', 'support_missing',
        'prison_closed', 'volunteer_not_allowed', 'outside_visiting_hours', 'visit_overlaps'.
    """
    check_live(MatchState(match.state))
    check_planned(slot.on, now.on)
    _check_here(match, kind, slot.on, now)
    check_consent(supports(match.dossier_id, now.on))
    visitor = visitor_on(match, slot.on)
    check_ready(reasons_against(visitor, kind, slot.on))
    check_hours(match, kind, slot, now)
    others = booked(match.dossier_id, visitor.volunteer_id, slot.on, besides)
    check_free(slot.at, slot.minutes or norm("visit_minutes", now.on), others)


def check_hours(match: Match, kind: Kind, slot: Slot, now: Now) -> None:
    """Allow a visit inside at an hour at which the prison receives visitors, by its rules of that day.

    Raises:
        RuleBroken: 'outside_visiting_hours'.
    """
    hours = timetable_of(match, kind, now.on)
    if hours is not None:
        check_receives(hours, slot.on, slot.at, slot.minutes or norm("visit_minutes", now.on))


def _check_here(match: Match, kind: Kind, on: date, now: Now) -> None:
    """Let a visit be where she is: in the prison of the match, or at home while she is not held again."""
    if kind in AT_HOME:
        check_at_home(rests_at_home(match.participation_id, now.on))
    if kind not in IN_PRISON or match.prison_id is None:
        return
    check_open([each.days for each in closures_of(match.prison_id, now.on)], on)
    place = current_place(match.dossier_id, now.on)
    if place is not None and place.prison_id != match.prison_id:
        raise RuleBroken("series_paused")


@act(P.LOG_CONTACT)
def move_visit(actor: Actor, contact_id: UUID, slot: Slot, now: Now) -> Contact:
    """Move a visit to another day or hour; who had confirmed it or put it on a list is asked anew.

    Raises:
        RuleBroken: 'illegal_move' once its outcome is known, and those of planning one visit.
    """
    row: Contact = Contact.for_action(actor, now.on).get_or_404(pk=contact_id)
    if row.state != State.PLANNED:
        row.state = FLOW.correct(row.state, State.PLANNED)
    if row.match_id is None:
        raise RuleBroken("illegal_move")
    length = Slot(on=slot.on, at=slot.at, minutes=slot.minutes or row.planned_minutes)
    match = match_of(actor, row.match_id, now)
    check_fits(match, Kind(row.kind), length, now, besides=row.id)
    visited_by(row, visitor_on(match, length.on))
    row.planned_on, row.planned_time, row.planned_minutes = length.on, length.at, length.minutes
    event = domain.VisitMoved(dossier_id=row.dossier_id, contact_id=row.id, planned_on=length.on)
    carry_out(actor, now, rows=[row], events=[event])
    return row
