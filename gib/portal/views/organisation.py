"""Who sits where: teams with their people, and the desks of organisations that sign in."""

from collections.abc import Callable
from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.posting import answer
from gib.people.partners import actions as places
from gib.people.partners import forms
from gib.people.partners.models import Partner, Team
from gib.portal import actions, organisation


@require_safe
@requires(P.ORGANISE)
def overview(request: Request) -> HttpResponse:
    """Show the teams per prison with their people, and the organisations that sign in."""
    context = {
        "teams": organisation.team_table(request.now.on),
        "seats": organisation.seat_table(request.now.on),
        "desks": organisation.desk_table(request.now.on),
    }
    return render(request, "portal/organisation.html", context)


@require_http_methods(["GET", "POST"])
@requires(P.ORGANISE)
def team_add(request: Request) -> HttpResponse:
    """Give a prison a team."""

    def perform(command: tuple[str, str, date]) -> str:
        prison, name, valid_from = command
        places.add_team(request.actor, prison, name, valid_from, request.now)
        return reverse("portal:organisation")

    form = forms.TeamForm(
        organisation.prison_choices(request.now.on),
        request.POST or None,
        initial={"valid_from": request.now.on},
    )
    return answer(request, form, "portal/team.html", perform)


@require_http_methods(["GET", "POST"])
@requires(P.ORGANISE)
def team_end(request: Request, team_id: int) -> HttpResponse:
    """Let a team end that has no people and no dossiers left."""
    return _end(request, get_object_or_404(Team, pk=team_id), actions.end_team)


@require_http_methods(["GET", "POST"])
@requires(P.ORGANISE)
def desk_add(request: Request) -> HttpResponse:
    """Let people of an organisation sign in."""

    def perform(facts: places.DeskFacts) -> str:
        places.add_desk(request.actor, facts, request.now)
        return reverse("portal:organisation")

    form = forms.DeskForm(
        organisation.place_choices(request.now.on),
        request.POST or None,
        initial={"valid_from": request.now.on},
    )
    return answer(request, form, "portal/desk.html", perform)


@require_http_methods(["GET", "POST"])
@requires(P.ORGANISE)
def desk_end(request: Request, partner_id: int) -> HttpResponse:
    """Let an organisation end through which nobody has access any more."""
    return _end(request, get_object_or_404(Partner, pk=partner_id), actions.end_desk)


def _end(request: Request, row: Team | Partner, end: Callable[..., object]) -> HttpResponse:
    """Ask for the first day without it, and let it end."""

    def perform(ends_on: date) -> str:
        end(request.actor, row.pk, ends_on, request.now)
        return reverse("portal:organisation")

    form = forms.EndForm(request.POST or None)
    return answer(request, form, "portal/organisation_end.html", perform, {"name": row.name})
