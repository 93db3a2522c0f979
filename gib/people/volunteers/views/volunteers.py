"""Pages about volunteers: the list, one volunteer, and the steps of her life here."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.posting import answer
from gib.people.volunteers import actions, domain, presenting, wording
from gib.people.volunteers.domain import State
from gib.people.volunteers.forms import LeaveForm, StepForm, VolunteerForm
from gib.people.volunteers.presenting import name_of, page_of, seen


@require_safe
@requires(P.MANAGE_VOLUNTEER)
def volunteers(request: Request) -> HttpResponse:
    """List the volunteers of the own team, with what is missing; filtered by state."""
    context = presenting.overview(request, request.GET.get("stand", ""), _cursor(request))
    return render(request, "volunteers/volunteers.html", context)


def _cursor(request: Request) -> str:
    """Give the id after which the page begins; anything else than an id begins at the start."""
    try:
        return str(UUID(request.GET.get("na", "")))
    except ValueError:
        return ""


@require_safe
@requires(P.MANAGE_VOLUNTEER)
def volunteer(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Show one volunteer with everything that must be in order, and the steps that can be taken."""
    return render(request, "volunteers/volunteer.html", presenting.one(request, volunteer_id))


@requires(P.MANAGE_VOLUNTEER)
def register(request: Request) -> HttpResponse:
    """Write in a volunteer."""
    form = VolunteerForm(request.POST or None)

    def perform(facts: actions.NewVolunteer) -> str:
        return page_of(actions.register(request.actor, min(request.actor.team_ids), facts, request.now).id)

    return answer(request, form, "volunteers/form.html", perform, {"title": _("Vrijwilliger inschrijven")})


@requires(P.MANAGE_VOLUNTEER)
def correct(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Correct what is known of a volunteer."""
    row = seen(request, volunteer_id)
    known = {name: getattr(row, name) for name in actions.NewVolunteer.__dataclass_fields__}
    form = VolunteerForm(request.POST or None, initial=known | {"languages": row.languages.split(",")})

    def perform(facts: actions.NewVolunteer) -> str:
        return page_of(actions.correct(request.actor, volunteer_id, facts, request.now).id)

    context = {"title": _("Gegevens verbeteren"), "back": page_of(volunteer_id), "lead": name_of(row)}
    return answer(request, form, "volunteers/form.html", perform, context)


@requires(P.MANAGE_VOLUNTEER)
def step(request: Request, volunteer_id: UUID, to: str) -> HttpResponse:
    """Ask for and take one step of a volunteer.

    Raises:
        Http404: there is no such step.
    """
    row = seen(request, volunteer_id)
    if to not in set(wording.VERBS):
        raise Http404
    form = StepForm(request.POST or None)

    def perform(_command: None) -> str:
        return page_of(actions.move(request.actor, volunteer_id, State(to), request.now).id)

    context = {"title": wording.VERBS[State(to)], "back": page_of(volunteer_id), "lead": name_of(row)}
    return answer(request, form, "volunteers/form.html", perform, context)


@requires(P.MANAGE_VOLUNTEER)
def leave(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Begin the goodbye of a volunteer."""
    row = seen(request, volunteer_id)

    def perform(reason: domain.LeaveReason) -> str:
        return page_of(actions.leave(request.actor, volunteer_id, reason, request.now).id)

    context = {"title": _("Zij stopt"), "back": page_of(volunteer_id), "lead": name_of(row)}
    return answer(request, LeaveForm(request.POST or None), "volunteers/form.html", perform, context)


@require_safe
@requires(P.SEE_SELF)
def own(request: Request) -> HttpResponse:
    """Show a volunteer what is known of her and what must be in order.

    Raises:
        Http404: this account belongs to no volunteer.
    """
    if request.actor.volunteer_id is None:
        raise Http404
    return render(request, "volunteers/own.html", presenting.one(request, request.actor.volunteer_id))
