"""The map of her network: drawn with her on a day, then and now beside each other, erased when she asks."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.trajectory import actions, forms, words
from gib.care.trajectory.domain.network import Person
from gib.care.trajectory.models import NetworkMap, NetworkPerson, Trajectory
from gib.care.trajectory.presenting_network import Network, network_of
from gib.care.trajectory.views import ask, plan_of
from gib.core.access.guard import Request, lendable, requires
from gib.core.access.tables import P
from gib.core.kernel.rules import RuleBroken
from gib.core.ui.posting import answer
from gib.people.families.models import Participant


def _page(trajectory_id: UUID) -> str:
    return reverse("trajectory:network", args=[trajectory_id])


def _plan(request: Request, trajectory_id: UUID) -> Any:
    return Trajectory.visible_to(request.actor, request.now.on).get_or_404(pk=trajectory_id)


@lendable("network")
@requires(P.PLAN_TRAJECTORY)
def network(request: Request, trajectory_id: UUID) -> HttpResponse:
    """Show her drawings, and put somebody on the one of today."""
    plan, actor, on = _plan(request, trajectory_id), request.actor, request.now.on
    mother: Any = Participant.visible_to(actor, on).get_or_404(dossier_id=plan.dossier_id)
    found = network_of(actor, plan.dossier_id, on, request.GET.get("toen", ""))

    def go(person: Person) -> str:
        actions.place_person(actor, _newest(found), person, request.now)
        return _page(trajectory_id)

    context = {
        "network": found,
        "plan": plan,
        "who": mother.first_name,
        "back": plan_of(plan.dossier_id),
        "is_today": found.now is not None and found.now.on == on and plan.state != "closed",
    }
    return answer(request, forms.PersonForm(request.POST or None), "trajectory/network.html", go, context)


def _newest(found: Network) -> UUID:
    """Give the newest drawing.

    Raises:
        RuleBroken: 'no_map'.
    """
    if found.now is None:
        raise RuleBroken("no_map")
    return found.now.id


def _confirm(
    request: Request, trajectory_id: UUID, title: str, act: Callable[..., Any], lead: str
) -> HttpResponse:
    """Ask for a yes before an act on all drawings, and go on to them."""

    def go(_none: None) -> str:
        act(request.actor, trajectory_id, request.now)
        return _page(trajectory_id)

    plan, form = _plan(request, trajectory_id), forms.ConfirmForm(request.POST or None)
    return ask(request, form, plan.dossier_id, title, go, lead=lead, button=title)


@requires(P.PLAN_TRAJECTORY)
def draw(request: Request, trajectory_id: UUID) -> HttpResponse:
    """Begin the drawing of today."""
    lead = _("De tekening krijgt de datum van vandaag. Was er al een, dan begint u met een kopie.")
    return _confirm(request, trajectory_id, _("Teken haar netwerk"), actions.draw_network, lead)


@requires(P.PLAN_TRAJECTORY)
def refuse(request: Request, trajectory_id: UUID) -> HttpResponse:
    """Note that she does not want to draw."""
    lead = _("Het hoeft niet. Bij de volgende bespreking mag u het nog eens vragen.")
    return _confirm(request, trajectory_id, _("Zij wil geen tekening"), actions.refuse_network, lead)


@requires(P.PLAN_TRAJECTORY)
def erase(request: Request, trajectory_id: UUID) -> HttpResponse:
    """Erase all drawings because she asks for it."""
    lead = _("Alle tekeningen van haar netwerk gaan weg, met alle namen. Dat is niet terug te draaien.")
    return _confirm(request, trajectory_id, _("Wis alle tekeningen"), actions.erase_network, lead)


def _person(request: Request, trajectory_id: UUID, person_id: UUID) -> Any:
    """Give somebody on a drawing of this plan.

    Raises:
        Http404: there is no such person, or she stands on a drawing of another plan.
    """
    row: Any = NetworkPerson.visible_to(request.actor, request.now.on).get_or_404(pk=person_id)
    maps = NetworkMap.visible_to(request.actor, request.now.on)
    maps.get_or_404(pk=row.map_id, trajectory_id=trajectory_id)
    return row


@lendable("network")
@requires(P.PLAN_TRAJECTORY)
def person(request: Request, trajectory_id: UUID, person_id: UUID) -> HttpResponse:
    """Put somebody elsewhere on the drawing of today, or name her otherwise."""
    row = _person(request, trajectory_id, person_id)

    def go(told: Person) -> str:
        actions.change_person(request.actor, person_id, told, request.now)
        return _page(trajectory_id)

    initial = {name: getattr(row, name) for name in ("name", "role", "ring", "version")}
    form = forms.PersonForm(request.POST or None, initial=initial)
    return ask(request, form, row.dossier_id, _("Andere plek of naam"), go, back=_page(trajectory_id))


@lendable("network")
@requires(P.PLAN_TRAJECTORY)
def take(request: Request, trajectory_id: UUID, person_id: UUID) -> HttpResponse:
    """Take somebody off the drawing of today."""
    row = _person(request, trajectory_id, person_id)

    def go(_none: None) -> str:
        actions.take_person(request.actor, person_id, request.now)
        return _page(trajectory_id)

    form, title = forms.ConfirmForm(request.POST or None), _("Haal van de tekening")
    more = {"quote": words.called(row), "button": title, "back": _page(trajectory_id)}
    return ask(request, form, row.dossier_id, title, go, **more)
