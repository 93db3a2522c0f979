"""Acts on the tab of the children: who they are, where they stay, who decides, what contact may be."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.people.families import actions
from gib.people.families.forms.common import EndForm
from gib.people.families.forms.family import ChildForm, CustodyForm, ResidenceForm, RestrictionForm
from gib.people.families.models import Child, ContactRestriction
from gib.people.families.presenting import network
from gib.people.families.views.common import ask, of_dossier, tab


def _child(request: Request, dossier_id: UUID, child_id: UUID) -> Any:
    rows = Child.visible_to(request.actor, request.now.on)
    return rows.get_or_404(pk=child_id, dossier_id=dossier_id)


def _known(request: Request, dossier_id: UUID) -> dict[str, Any]:
    return {"network": network(request.actor, dossier_id, request.now.on)}


@requires(P.EDIT_FAMILY)
@of_dossier
def add(request: Request, dossier_id: UUID) -> HttpResponse:
    """Add a child that became known."""
    form = ChildForm(request.POST or None, **_known(request, dossier_id))

    def perform(facts: actions.ChildFacts) -> None:
        actions.add_child(request.actor, dossier_id, facts, request.now)

    return ask(request, form, _("Kind erbij"), tab(dossier_id, "kinderen"), perform)


@requires(P.EDIT_FAMILY)
@of_dossier
def correct(request: Request, dossier_id: UUID, child_id: UUID) -> HttpResponse:
    """Correct the name or birth of a child."""
    child = _child(request, dossier_id, child_id)
    names = ("first_name", "born_on", "birth_year", "version")
    initial = {name: getattr(child, name) for name in names}
    form = ChildForm(request.POST or None, initial=initial, is_new=False)

    def perform(facts: actions.ChildFacts) -> None:
        actions.correct_child(request.actor, child_id, facts, request.now)

    return ask(request, form, _("Gegevens van het kind"), tab(dossier_id, "kinderen"), perform)


@requires(P.EDIT_FAMILY)
@of_dossier
def residence(request: Request, dossier_id: UUID, child_id: UUID) -> HttpResponse:
    """Record where a child stays."""
    child = _child(request, dossier_id, child_id)
    initial = {"from_on": request.now.on}
    form = ResidenceForm(request.POST or None, initial=initial, **_known(request, dossier_id))

    def perform(command: tuple[str, Any, Any]) -> None:
        actions.record_residence(request.actor, child_id, *command, request.now)

    title = _("Waar het kind verblijft")
    return ask(request, form, title, tab(dossier_id, "kinderen"), perform, about=child.first_name)


@requires(P.EDIT_FAMILY)
@of_dossier
def custody(request: Request, dossier_id: UUID, child_id: UUID) -> HttpResponse:
    """Record who has authority over a child."""
    child = _child(request, dossier_id, child_id)
    form = CustodyForm(request.POST or None, **_known(request, dossier_id))

    def perform(facts: actions.NewCustody) -> None:
        actions.record_custody(request.actor, child_id, facts, request.now)

    title = _("Gezag over het kind")
    return ask(request, form, title, tab(dossier_id, "kinderen"), perform, about=child.first_name)


@requires(P.EDIT_FAMILY)
@of_dossier
def contact(request: Request, dossier_id: UUID, child_id: UUID) -> HttpResponse:
    """Record an order on contact, or that there is none."""
    child = _child(request, dossier_id, child_id)
    form = RestrictionForm(request.POST or None, initial={"from_on": request.now.on}, on=request.now.on)

    def perform(facts: actions.NewRestriction) -> None:
        actions.record_restriction(request.actor, child_id, facts, request.now)

    title = _("Contact met het kind")
    return ask(request, form, title, tab(dossier_id, "kinderen"), perform, about=child.first_name)


@requires(P.EDIT_FAMILY)
@of_dossier
def lift(request: Request, dossier_id: UUID, restriction_id: UUID) -> HttpResponse:
    """Record that an order on contact was lifted."""
    rows = ContactRestriction.visible_to(request.actor, request.now.on)
    rows.get_or_404(pk=restriction_id, dossier_id=dossier_id)
    form = EndForm(request.POST or None, initial={"ended_on": request.now.on})

    def perform(ended_on: Any) -> None:
        actions.end_restriction(request.actor, restriction_id, ended_on, request.now)

    return ask(request, form, _("Beperking beëindigen"), tab(dossier_id, "kinderen"), perform)
