"""Group meetings: the list of a team, a new one, who is invited and who came."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.care.products import actions, forms, presenting
from gib.care.products.models import Attendance, GroupMeeting
from gib.care.products.views.common import ask, confirm
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P


def meeting_of(request: Request, meeting_id: int) -> GroupMeeting:
    """Give a meeting of the reader's team.

    Raises:
        Http404: it is of another team.
    """
    row = GroupMeeting.of(request.actor).select_related("prison").filter(pk=meeting_id).first()
    if row is None:
        raise Http404
    return row


def _page(meeting_id: int) -> str:
    return reverse("products:meeting", args=[meeting_id])


@requires(P.RUN_PRODUCT)
@require_safe
def meetings(request: Request) -> HttpResponse:
    """List the meetings and courses of the team, what comes first on top."""
    return render(request, "products/meetings.html", presenting.meetings(request))


@requires(P.RUN_PRODUCT)
def add(request: Request) -> HttpResponse:
    """Plan a meeting."""
    return ask(
        request,
        forms.MeetingForm(request.POST or None),
        _("Nieuwe bijeenkomst"),
        lambda new: actions.plan_meeting(
            request.actor, min(request.actor.team_ids, default=0), new, request.now
        ),
        reverse("products:meetings"),
    )


@requires(P.RUN_PRODUCT)
@require_safe
def meeting(request: Request, meeting_id: int) -> HttpResponse:
    """Show a meeting with who is invited and who came."""
    row = meeting_of(request, meeting_id)
    return render(request, "products/meeting.html", presenting.meeting_page(request, row))


@requires(P.RUN_PRODUCT)
def invite(request: Request, meeting_id: int) -> HttpResponse:
    """Put a mother on the list."""
    row = meeting_of(request, meeting_id)
    form = forms.ChooseForm(request.POST or None, choices=presenting.may_come(request, row))
    return ask(
        request,
        form,
        _("Nodig een moeder uit"),
        lambda dossier_id: actions.invite(request.actor, meeting_id, dossier_id, request.now),
        _page(meeting_id),
        lead=row.brand,
    )


@requires(P.RUN_PRODUCT)
def take_off(request: Request, attendance_id: UUID) -> HttpResponse:
    """Take a mother off the list of a meeting to come."""
    row: Any = Attendance.visible_to(request.actor, request.now.on).get_or_404(pk=attendance_id)
    return confirm(
        request,
        _("Haal haar van de lijst"),
        lambda _none: actions.take_off(request.actor, attendance_id, request.now),
        _page(row.meeting_id),
        about=row,
    )


@requires(P.RUN_PRODUCT)
def held(request: Request, meeting_id: int) -> HttpResponse:
    """Note that it took place, with a head count of women who have no dossier."""
    row = meeting_of(request, meeting_id)
    return ask(
        request,
        forms.HeldForm(request.POST or None),
        _("De bijeenkomst is geweest"),
        lambda number: actions.hold_meeting(request.actor, meeting_id, number, request.now),
        _page(meeting_id),
        lead=row.brand,
    )


@requires(P.RUN_PRODUCT)
def cancel(request: Request, meeting_id: int) -> HttpResponse:
    """Call a meeting off."""
    row = meeting_of(request, meeting_id)
    return ask(
        request,
        forms.ReasonForm(request.POST or None),
        _("Zeg de bijeenkomst af"),
        lambda reason: actions.cancel_meeting(request.actor, meeting_id, reason, request.now),
        _page(meeting_id),
        lead=row.brand,
    )
