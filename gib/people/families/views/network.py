"""Acts on the tab of people: who belongs to the family and network, and from whom she is kept apart."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.people.families import actions, presenting
from gib.people.families.forms.common import SureForm
from gib.people.families.forms.family import ApartForm, CaregiverForm
from gib.people.families.models import Caregiver, Separation
from gib.people.families.views.common import ask, of_dossier, tab


@requires(P.EDIT_FAMILY)
@of_dossier
def add(request: Request, dossier_id: UUID) -> HttpResponse:
    """Add somebody to the network."""

    def perform(facts: actions.CaregiverFacts) -> None:
        actions.add_caregiver(request.actor, dossier_id, facts, request.now)

    form = CaregiverForm(request.POST or None)
    return ask(request, form, _("Iemand erbij"), tab(dossier_id, "mensen"), perform)


@requires(P.EDIT_FAMILY)
@of_dossier
def end(request: Request, dossier_id: UUID, caregiver_id: UUID) -> HttpResponse:
    """Record that somebody no longer belongs to the network."""
    rows = Caregiver.visible_to(request.actor, request.now.on)
    person = rows.get_or_404(pk=caregiver_id, dossier_id=dossier_id)

    def perform(_command: None) -> None:
        actions.end_caregiver(request.actor, caregiver_id, request.now)

    form = SureForm(request.POST or None)
    more = {"about": person.name, "button": _("Ja, vanaf morgen")}
    return ask(request, form, _("Niet meer betrokken"), tab(dossier_id, "mensen"), perform, **more)


@requires(P.EDIT_FAMILY)
@of_dossier
def keep_apart(request: Request, dossier_id: UUID) -> HttpResponse:
    """Keep her and another mother out of each other's groups."""

    def perform(other_id: UUID) -> None:
        actions.keep_apart(request.actor, dossier_id, other_id, request.now)

    others = presenting.others_inside(request.actor, dossier_id, request.now.on)
    form = ApartForm(request.POST or None, others=others)
    return ask(request, form, _("Apart houden"), tab(dossier_id, "mensen"), perform)


@requires(P.EDIT_FAMILY)
@of_dossier
def end_apart(request: Request, dossier_id: UUID, separation_id: UUID) -> HttpResponse:
    """Let them come together in a group again."""
    rows: Any = Separation.visible_to(request.actor, request.now.on)
    rows.of(dossier_id).get_or_404(pk=separation_id)

    def perform(_command: None) -> None:
        actions.end_apart(request.actor, separation_id, request.now)

    form = SureForm(request.POST or None)
    button = _("Ja, vanaf morgen")
    return ask(request, form, _("Niet meer apart"), tab(dossier_id, "mensen"), perform, button=button)
