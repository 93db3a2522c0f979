"""Pages about talks with volunteers."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.forms import ActForm
from gib.core.ui.posting import answer
from gib.people.volunteers import presenting_talks as presenting
from gib.people.volunteers.actions import coaching as actions
from gib.people.volunteers.domain.coaching import Talk, TalkKind
from gib.people.volunteers.forms.coaching import TalkForm
from gib.people.volunteers.models.coaching import CoachingTalk
from gib.people.volunteers.presenting_talks import talks_page


@require_safe
@requires(P.MANAGE_VOLUNTEER)
def talks(request: Request) -> HttpResponse:
    """List the volunteers at work with their last talk and the next."""
    return render(request, "volunteers/talks.html", presenting.of_team(request))


@require_safe
@requires(P.MANAGE_VOLUNTEER, P.SEE_SELF)
def talks_of(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Show the talks with one volunteer, to herself too."""
    context = presenting.talks_of(request, volunteer_id)
    return render(request, "volunteers/talks_of.html", context | {"form": ActForm()})


@requires(P.MANAGE_VOLUNTEER)
def talk_plan(request: Request) -> HttpResponse:
    """Plan a talk with one or more."""

    def perform(talk: Talk) -> str:
        return _next(actions.plan_talk(request.actor, talk, request.now))

    context = {"title": _("Plan een gesprek"), "back": reverse("volunteers:talks")}
    return answer(request, _form(request), "volunteers/form.html", perform, context)


@requires(P.MANAGE_VOLUNTEER)
def talk_hold(request: Request) -> HttpResponse:
    """Write down that a talk was held."""

    def perform(talk: Talk) -> str:
        return _next(actions.hold_talk(request.actor, talk, request.now))

    context = {"title": _("Er was een gesprek"), "back": reverse("volunteers:talks")}
    return answer(request, _form(request), "volunteers/form.html", perform, context)


def _form(request: Request) -> TalkForm:
    """Make the form, with who and which kind as the button said that led here."""
    kind = request.GET.get("soort", "")
    told = {"who": request.GET.getlist("wie"), "on": request.now.on}
    told |= {"kind": kind} if kind in set(TalkKind) else {}
    return TalkForm(request.POST or None, people=presenting.people(request), initial=told)


def _next(rows: list[CoachingTalk]) -> str:
    """Lead to whom it was about, or to all."""
    return talks_page(rows[0].volunteer_id) if len(rows) == 1 else reverse("volunteers:talks")


@require_POST
@requires(P.MANAGE_VOLUNTEER)
def talk_cancel(request: Request, talk_id: UUID) -> HttpResponse:
    """Call off a talk that was planned."""
    row = CoachingTalk.visible_to(request.actor, request.now.on).get_or_404(pk=talk_id)

    def perform(_command: None) -> str:
        return talks_page(actions.cancel_talk(request.actor, talk_id, request.now).volunteer_id)

    context = presenting.talks_of(request, row.volunteer_id)
    return answer(request, ActForm(request.POST), "volunteers/talks_of.html", perform, context)
