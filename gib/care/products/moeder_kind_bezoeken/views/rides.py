"""Transport of a visit morning: what is agreed at home, who drives, and who sits in which car."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.products.moeder_kind_bezoeken import actions
from gib.care.products.moeder_kind_bezoeken.forms import rides as forms
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild, Ride
from gib.care.products.moeder_kind_bezoeken.presenting import proposal as proposing
from gib.care.products.moeder_kind_bezoeken.presenting import rides as presenting
from gib.care.products.views.common import ask
from gib.care.products.views.meetings import meeting_of
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P


def page_of(meeting_id: int) -> str:
    """Give the address of a morning."""
    return reverse("products:morning", args=[meeting_id])


def _child(request: Request, row_id: UUID) -> Any:
    rows = MeetingChild.visible_to(request.actor, request.now.on).select_related("meeting", "child")
    return rows.get_or_404(pk=row_id)


@requires(P.RUN_PRODUCT)
def add(request: Request, meeting_id: int) -> HttpResponse:
    """Let a volunteer drive."""
    row = meeting_of(request, meeting_id)
    form = forms.RideForm(request.POST or None, choices=presenting.drivers(request, row))
    return ask(
        request,
        form,
        _("Wie rijdt er?"),
        lambda new: actions.plan_ride(request.actor, row.pk, new, request.now),
        page_of(row.pk),
    )


@requires(P.RUN_PRODUCT)
def plan(request: Request, meeting_id: int) -> HttpResponse:
    """Propose who drives whom; people look at it, change it, and take it over."""
    row = meeting_of(request, meeting_id)
    morning = proposing.morning_of(request, row)
    found = proposing.proposal_of(request, morning)
    form = forms.SeatsForm(
        request.POST or None, children=morning.children, cars=morning.cars, proposed=found.seats
    )
    return ask(
        request,
        form,
        _("Wie rijdt met wie?"),
        lambda chosen: actions.seat_children(request.actor, row.pk, chosen, request.now),
        page_of(row.pk),
        template="products/morning_plan.html",
        **proposing.page_of_proposal(morning, found),
    )


@requires(P.RUN_PRODUCT)
def cancel(request: Request, ride_id: UUID) -> HttpResponse:
    """Call a ride off."""
    row: Any = Ride.visible_to(request.actor, request.now.on).get_or_404(pk=ride_id)
    return ask(
        request,
        forms.RideEndForm(request.POST or None),
        _("De rit gaat niet door"),
        lambda reason: actions.cancel_ride(request.actor, ride_id, reason, request.now),
        page_of(row.meeting_id),
        lead=_("De kinderen in deze auto hebben dan nog geen vervoer."),
    )


@requires(P.RUN_PRODUCT)
def home(request: Request, row_id: UUID) -> HttpResponse:
    """Keep what was agreed at home."""
    row = _child(request, row_id)
    return ask(
        request,
        forms.HomeForm(request.POST or None, initial=presenting.at_home(request, row)),
        _("Afspraak thuis"),
        lambda told: actions.agree_pick_up(request.actor, row_id, told, request.now),
        page_of(row.meeting_id),
        lead=row.child.first_name,
    )


@requires(P.RUN_PRODUCT)
def seat(request: Request, row_id: UUID) -> HttpResponse:
    """Give a child a place in a car."""
    row = _child(request, row_id)
    return ask(
        request,
        forms.SeatForm(request.POST or None, choices=presenting.cars(request, row)),
        _("In een auto"),
        lambda ride_id: actions.seat_child(request.actor, row_id, ride_id, request.now),
        page_of(row.meeting_id),
        lead=row.child.first_name,
    )
