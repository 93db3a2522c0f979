"""Detention on one page, and the acts on it: expected day, transfer, release, detained again, return."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.people.families import actions
from gib.people.families.forms.detention import ExpectForm, PlaceForm, ReleaseForm, ReturnForm
from gib.people.families.models import Participant, current_place
from gib.people.families.slots import detention_facts
from gib.people.families.views.common import ask, of_dossier


def _page(dossier_id: UUID) -> str:
    return reverse("families:detention", args=[dossier_id])


def _return(request: Request, dossier_id: UUID) -> dict[str, Any]:
    mother = Participant.visible_to(request.actor, request.now.on).get_or_404(dossier_id=dossier_id)
    return {"return_kind": mother.return_kind, "municipality": mother.return_municipality_id}


@requires(P.SEE_DOSSIER)
@require_safe
@of_dossier
def detention(request: Request, dossier_id: UUID) -> HttpResponse:
    """Show where she is and was, and how the expected day moved."""
    return render(request, "families/detention.html", detention_facts(request, dossier_id))


@requires(P.MOVE_DETENTION)
@of_dossier
def expect(request: Request, dossier_id: UUID) -> HttpResponse:
    """Add an answer to when she will be free."""

    def perform(command: tuple[Any, str, str]) -> None:
        actions.expect_release(request.actor, dossier_id, *command, request.now)

    form = ExpectForm(request.POST or None)
    return ask(request, form, _("Verwachte datum"), _page(dossier_id), perform)


@requires(P.MOVE_DETENTION)
@of_dossier
def place(request: Request, dossier_id: UUID) -> HttpResponse:
    """Record another prison, unit or regime."""
    on = request.now.on
    spot = current_place(dossier_id, on)
    known = {"prison": spot.prison_id, "unit": spot.unit, "regime": spot.regime} if spot else {}
    form = PlaceForm(request.POST or None, initial={"from_on": on, **known}, on=on)

    def perform(command: tuple[str, str, str, Any]) -> None:
        actions.place(request.actor, dossier_id, *command, request.now)

    return ask(request, form, _("Overplaatsing"), _page(dossier_id), perform)


@requires(P.MOVE_DETENTION)
@of_dossier
def free(request: Request, dossier_id: UUID) -> HttpResponse:
    """Record that she is free."""
    initial = {"released_on": request.now.on, **_return(request, dossier_id)}
    form = ReleaseForm(request.POST or None, initial=initial, on=request.now.on)

    def perform(command: tuple[Any, str, str, str | None]) -> None:
        actions.release(request.actor, dossier_id, *command, request.now)

    return ask(request, form, _("Zij is vrij"), _page(dossier_id), perform)


@requires(P.MOVE_DETENTION)
@of_dossier
def again(request: Request, dossier_id: UUID) -> HttpResponse:
    """Record that she is detained again."""
    form = PlaceForm(request.POST or None, initial={"from_on": request.now.on}, on=request.now.on)

    def perform(command: tuple[str, str, str, Any]) -> None:
        prison, unit, regime, from_on = command
        actions.detain_again(request.actor, dossier_id, from_on, prison, unit, regime, request.now)

    return ask(request, form, _("Zij zit weer vast"), _page(dossier_id), perform)


@requires(P.MOVE_DETENTION)
@of_dossier
def home(request: Request, dossier_id: UUID) -> HttpResponse:
    """Record where she is expected to go, or where she lives now."""
    form = ReturnForm(request.POST or None, initial=_return(request, dossier_id), on=request.now.on)

    def perform(command: tuple[str, str | None]) -> None:
        actions.set_return(request.actor, dossier_id, *command, request.now)

    return ask(request, form, _("Waar gaat zij heen"), _page(dossier_id), perform)
