"""Pages about the time and wishes of a volunteer, for herself and for her coordinator."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.forms import ActForm
from gib.core.ui.posting import answer
from gib.engines.matching.problem import Daypart
from gib.people.volunteers import presenting_time as presenting
from gib.people.volunteers.actions import availability as actions
from gib.people.volunteers.domain.availability import Away, Wishes
from gib.people.volunteers.forms.availability import AbsenceForm, WeekForm, WishesForm
from gib.people.volunteers.models import Volunteer
from gib.people.volunteers.models.availability import Absence, Told, told_of
from gib.people.volunteers.presenting import name_of, seen


def time_page(volunteer_id: UUID) -> str:
    """Give the address of the time and wishes of a volunteer."""
    return reverse("volunteers:time", args=[volunteer_id])


@require_safe
@requires(P.EDIT_SELF)
def own_time(request: Request) -> HttpResponse:
    """Show a volunteer her own time and wishes.

    Raises:
        Http404: this account belongs to no volunteer.
    """
    if request.actor.volunteer_id is None:
        raise Http404
    context = presenting.time_of(request, request.actor.volunteer_id)
    return render(request, "volunteers/time.html", context | {"form": ActForm()})


@require_safe
@requires(P.MANAGE_VOLUNTEER, P.EDIT_SELF)
def time(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Show the time and wishes of a volunteer."""
    context = presenting.time_of(request, volunteer_id)
    return render(request, "volunteers/time.html", context | {"form": ActForm()})


@requires(P.MANAGE_VOLUNTEER, P.EDIT_SELF)
def week(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Say in which parts of the week she can."""
    row = seen(request, volunteer_id)
    told = told_of(request.actor, request.now.on, [volunteer_id]).get(volunteer_id, Told())
    form = WeekForm(request.POST or None, initial={"dayparts": told.dayparts})

    def perform(command: tuple[tuple[Daypart, ...], date | None]) -> str:
        dayparts, from_on = command
        actions.tell_week(request.actor, volunteer_id, dayparts, from_on, request.now)
        return time_page(volunteer_id)

    return answer(request, form, "volunteers/form.html", perform, _context(request, row, _("Welke dagen?")))


@requires(P.MANAGE_VOLUNTEER, P.EDIT_SELF)
def wishes(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Say what she likes, can and rather not does."""
    row = seen(request, volunteer_id)
    told = told_of(request.actor, request.now.on, [volunteer_id]).get(volunteer_id, Told())
    known = {name: getattr(row, name) for name in ("has_car", "most_matches", "most_minutes", "version")}
    known |= {name: getattr(told, name) for name in ("interests", "experience", "rather_not", "months")}
    known |= {"languages": row.languages.split(","), "areas": ", ".join(told.areas)}
    form = WishesForm(request.POST or None, initial=known | {"gender": told.gender or ""})

    def perform(command: Wishes) -> str:
        actions.tell_wishes(request.actor, volunteer_id, command, request.now)
        return time_page(volunteer_id)

    return answer(request, form, "volunteers/form.html", perform, _context(request, row, _("Wensen")))


@requires(P.MANAGE_VOLUNTEER, P.EDIT_SELF)
def away(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Say on which days she is not there."""
    row = seen(request, volunteer_id)
    form = AbsenceForm(request.POST or None)

    def perform(command: Away) -> str:
        actions.tell_absence(request.actor, volunteer_id, command, request.now)
        return time_page(volunteer_id)

    context = _context(request, row, _("Vakantie of verlof"))
    return answer(request, form, "volunteers/form.html", perform, context)


@require_POST
@requires(P.MANAGE_VOLUNTEER, P.EDIT_SELF)
def back(request: Request, absence_id: UUID) -> HttpResponse:
    """Say that she is there again."""
    row = Absence.visible_to(request.actor, request.now.on).get_or_404(pk=absence_id)

    def perform(_command: None) -> str:
        return time_page(actions.end_absence(request.actor, absence_id, request.now))

    context = presenting.time_of(request, row.volunteer_id)
    return answer(request, ActForm(request.POST), "volunteers/time.html", perform, context)


def _context(request: Request, row: Volunteer, title: str) -> dict[str, str]:
    lead = name_of(row) if request.actor.may(P.MANAGE_VOLUNTEER) else ""
    return {"title": title, "back": time_page(row.id), "lead": lead}
