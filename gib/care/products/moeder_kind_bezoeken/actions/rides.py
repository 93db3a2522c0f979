"""Transport of a visit morning: what is agreed at home, who drives, and which child sits in which car."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from gib.care.products.actions.meetings import meeting_of
from gib.care.products.domain.match import check_exclusion, check_ready
from gib.care.products.domain.meeting import State as MeetingState
from gib.care.products.domain.meeting import check_planned
from gib.care.products.models import is_excluded, norm
from gib.care.products.moeder_kind_bezoeken.actions.common import load, who_answers
from gib.care.products.moeder_kind_bezoeken.domain import BEFORE, LISTED, State
from gib.care.products.moeder_kind_bezoeken.domain import rides as domain
from gib.care.products.moeder_kind_bezoeken.domain.rides import (
    AtHome,
    Car,
    RideEnd,
    check_at_home,
    check_before,
    check_car,
    check_fits,
    check_free,
    check_goes,
    check_outside,
)
from gib.care.products.moeder_kind_bezoeken.models import (
    MeetingChild,
    Ride,
    reasons_against_driver,
    seats_taken,
)
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.journal.outbox import notify
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.engines.mornings.problem import Seat
from gib.people.partners.domain import Product
from gib.people.volunteers.models import Volunteer


@dataclass(frozen=True, kw_only=True)
class NewRide:
    """Who drives, and what her car takes."""

    volunteer_id: UUID
    car: Car


def _ride(actor: Actor, ride_id: UUID, now: Now, **more: Any) -> Ride:
    rows = Ride.for_action(actor, now.on).select_related("meeting")
    row: Ride = rows.get_or_404(pk=ride_id, **more)
    return row


def _inside(actor: Actor, ride: Ride, now: Now) -> list[Any]:
    """Give the children who sit in a car."""
    rows: Any = MeetingChild.for_action(actor, now.on).filter(ride_id=ride.id)
    return list(rows.coming())


@act(P.RUN_PRODUCT)
def agree_pick_up(actor: Actor, row_id: UUID, home: AtHome, now: Now) -> MeetingChild:
    """Keep what was agreed at home: brought by its own people, or fetched where, when and on which seat.

    Raises:
        RuleBroken: 'child_on_its_way', 'child_in_car', 'pick_up_unknown', 'window_reversed', 'pick_up_late',
        'ride_too_long'.
    """
    row = load(actor, row_id, now)
    check_before(State(row.state))
    check_outside(row.ride is not None)
    check_at_home(home, row.times, norm("ride_minutes", now.on))
    row.is_fetched, row.seat = home.is_fetched, home.seat
    row.pick_up_place = home.place if home.is_fetched else ""
    row.pick_up_from = home.pick_up_from if home.is_fetched else None
    row.pick_up_until = home.pick_up_until if home.is_fetched else None
    event = domain.PickUpAgreed(
        dossier_id=row.dossier_id, meeting_child_id=row.id, is_fetched=home.is_fetched
    )
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.RUN_PRODUCT)
def plan_ride(actor: Actor, meeting_id: int, new: NewRide, now: Now) -> Ride:
    """Let a volunteer drive to a morning.

    Raises:
        RuleBroken: 'meeting_over', 'wrong_product', 'no_seats', 'more_child_seats', 'driver_taken',
        'volunteer_not_allowed' when her papers do not hold on that day (invariant 3).
    """
    meeting = meeting_of(actor, meeting_id)
    check_planned(MeetingState(meeting.state))
    if meeting.product != Product.MOEDER_KIND_BEZOEKEN:
        raise RuleBroken("wrong_product")
    check_car(new.car)
    volunteer: Volunteer = Volunteer.for_action(actor, now.on).get_or_404(pk=new.volunteer_id)
    rides = Ride.for_action(actor, now.on).filter(meeting_id=meeting.pk, cancelled_on__isnull=True)
    check_free(rides.filter(volunteer_id=volunteer.id).exists())
    check_ready(reasons_against_driver(volunteer.id, meeting.prison_id, meeting.planned_on))
    row = Ride(
        volunteer=volunteer,
        team_id=meeting.team_id,
        meeting=meeting,
        seats=new.car.seats,
        boosters=new.car.boosters,
        babies=new.car.babies,
        planned_on=now.on,
    )
    event = domain.RidePlanned(meeting_id=meeting.pk, ride_id=row.id, volunteer_id=volunteer.id)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.RUN_PRODUCT)
def seat_child(actor: Actor, row_id: UUID, ride_id: UUID, now: Now) -> MeetingChild:
    """Give a child a place in a car.

    Raises:
        RuleBroken: 'meeting_over', 'child_on_its_way', 'child_in_car', 'pick_up_unknown', 'ride_over',
        'volunteer_excluded', 'volunteer_not_allowed', 'car_full', 'child_seats_full'.
    """
    row = load(actor, row_id, now)
    check_planned(MeetingState(row.meeting.state))
    check_before(State(row.state))
    check_outside(row.ride is not None)
    if not row.is_fetched:
        raise RuleBroken("pick_up_unknown")
    ride = _ride(actor, ride_id, now, meeting_id=row.meeting_id)
    check_goes(ride.cancelled_on)
    check_exclusion(is_excluded(row.dossier_id, ride.volunteer_id, row.meeting.planned_on))
    check_ready(reasons_against_driver(ride.volunteer_id, row.meeting.prison_id, row.meeting.planned_on))
    taken = seats_taken(_inside(actor, ride, now))[ride.id]
    check_fits(ride.car, taken, Seat(row.seat))
    row.ride = ride
    event = domain.ChildSeated(dossier_id=row.dossier_id, meeting_child_id=row.id, ride_id=ride.id)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.RUN_PRODUCT)
def seat_children(actor: Actor, meeting_id: int, chosen: Mapping[UUID, UUID | None], now: Now) -> int:
    """Give the children of a morning the cars that were chosen, all or none; who stays is left as it is.

    Args:
        chosen: the ride per child; nothing is no car.

    Returns: how many children changed.

    Raises:
        RuleBroken: those of taking a child out of a car and of giving it a place in one.
    """
    rows = MeetingChild.for_action(actor, now.on).filter(meeting_id=meeting_id)
    found = {row_id: rows.get_or_404(pk=row_id).ride_id for row_id in chosen}
    changed = [row_id for row_id, ride_id in chosen.items() if found[row_id] != ride_id]
    for row_id in changed:
        if found[row_id]:
            unseat_child(actor, row_id, now)
    for row_id in changed:
        if ride_id := chosen[row_id]:
            seat_child(actor, row_id, ride_id, now)
    return len(changed)


@act(P.RUN_PRODUCT)
def unseat_child(actor: Actor, row_id: UUID, now: Now) -> MeetingChild:
    """Take a child out of a car before it is fetched.

    Raises:
        RuleBroken: 'child_on_its_way', 'not_in_car'.
    """
    row = load(actor, row_id, now)
    check_before(State(row.state))
    if row.ride is None:
        raise RuleBroken("not_in_car")
    event = _out(row, row.ride)
    carry_out(actor, now, rows=[row], events=[event])
    return row


def _out(row: MeetingChild, ride: Ride) -> domain.ChildUnseated:
    """Take a child out of a car, and give what to tell."""
    row.ride = None
    return domain.ChildUnseated(dossier_id=row.dossier_id, meeting_child_id=row.id, ride_id=ride.id)


@act(P.RUN_PRODUCT)
def cancel_ride(actor: Actor, ride_id: UUID, reason: RideEnd, now: Now) -> Ride:
    """Call a ride off: its children need another car, and whoever answers for them hears it.

    Raises:
        RuleBroken: 'ride_over', 'child_on_its_way' once a child was fetched.
    """
    ride = _ride(actor, ride_id, now)
    check_goes(ride.cancelled_on)
    rows = _inside(actor, ride, now)
    for row in rows:
        check_before(State(row.state))
    ride.cancelled_on, ride.reason = now.on, reason
    told = domain.RideCancelled(
        meeting_id=ride.meeting.pk, ride_id=ride.id, reason=reason, children=len(rows)
    )
    events = [told, *(_out(row, ride) for row in rows)]
    carry_out(actor, now, rows=[ride, *rows], events=events)
    for user_id in who_answers(ride.team_id, now) - {actor.user_id}:
        notify(user_id, "ride_cancelled", f"ride_cancelled:{ride.id}:{user_id}", now)
    return ride


@act(P.RUN_PRODUCT)
def remind_home(actor: Actor, row_id: UUID, now: Now) -> MeetingChild:
    """Note that who cares for the child was told what it takes along, such as an identity card.

    Raises:
        RuleBroken: 'meeting_over', 'child_on_its_way'.

    Source: domain page 1.4: a forgotten identity card must never happen twice.
    """
    row = load(actor, row_id, now)
    check_planned(MeetingState(row.meeting.state))
    check_before(State(row.state))
    row.reminded_on = now.on
    event = domain.HomeReminded(dossier_id=row.dossier_id, meeting_child_id=row.id)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.RUN_PRODUCT)
def send_checklists(actor: Actor, now: Now) -> int:
    """Queue a notice for each morning that is near and has a child whose home was not reminded yet.

    The key of a notice names the morning and its reader, so that a day later nothing is queued again.

    Returns: for how many mornings.
    """
    until = now.on + timedelta(days=norm("checklist_days", now.on))
    rows = MeetingChild.for_action(actor, now.on).filter(
        state__in=sorted(BEFORE & LISTED),
        reminded_on__isnull=True,
        meeting__state=MeetingState.PLANNED,
        meeting__planned_on__range=(now.on, until),
    )
    near = {(row.meeting_id, row.team_id) for row in rows}
    for meeting_id, team_id in sorted(near):
        for user_id in who_answers(team_id, now):
            notify(user_id, "visit_checklist", f"visit_checklist:{meeting_id}:{user_id}", now)
    return len({meeting_id for meeting_id, _team in near})
