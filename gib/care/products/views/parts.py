"""Her part in a product: wished, offered, planned, begun and ended."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gib.care.products import actions, forms, presenting
from gib.care.products.models import Participation
from gib.care.products.views.common import ask, confirm, plan_of
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.people.families.models import Dossier
from gib.people.partners.domain import BRANDS, Product

#: Steps that need nothing but a yes: slug -> act, title. Visit mornings begin on a page of their own.
_STEPS: Final[dict[str, tuple[Callable[..., Any], str | Promise]]] = {
    "aanbieden": (actions.offer, gettext_lazy("Bied aan")),
    "plannen": (actions.plan, gettext_lazy("Plan met haar")),
    "starten": (actions.start, gettext_lazy("Start")),
    "afronden": (actions.complete, gettext_lazy("Rond af")),
    "verder": (actions.move_series, gettext_lazy("Ga hier verder")),
}


def _part(request: Request, part_id: UUID) -> Any:
    return Participation.visible_to(request.actor, request.now.on).get_or_404(pk=part_id)


@requires(P.RUN_PRODUCT)
def wish(request: Request, dossier_id: UUID, product: str) -> HttpResponse:
    """Note that she wants a product."""
    Dossier.visible_to(request.actor, request.now.on).get_or_404(pk=dossier_id)
    if product not in set(Product):
        raise Http404
    return confirm(
        request,
        _("Zij wil %(product)s") % {"product": BRANDS[Product(product)]},
        lambda _none: actions.wish(request.actor, dossier_id, Product(product), request.now),
        plan_of(dossier_id),
        about=presenting.in_dossier(dossier_id),
    )


@requires(P.RUN_PRODUCT)
def step(request: Request, part_id: UUID, to: str) -> HttpResponse:
    """Take her part in a product one step further, after a yes."""
    part = _part(request, part_id)
    if to not in _STEPS:
        raise Http404
    if to == "afronden" and part.product == Product.MOEDERMAATJES:
        return redirect("products:home_finish", part_id)
    act, title = _STEPS[to]
    return confirm(
        request,
        str(title),
        lambda _none: act(request.actor, part_id, request.now),
        plan_of(part.dossier_id),
        about=part,
        lead=presenting.lead_of(part, request.now.on),
    )


@requires(P.RUN_PRODUCT)
def partly(request: Request, part_id: UUID) -> HttpResponse:
    """Note that she finished a part of it."""
    part = _part(request, part_id)
    if part.product == Product.MOEDERMAATJES:
        return redirect("products:home_finish", part_id)
    return confirm(
        request,
        _("Deels afgerond"),
        lambda _none: actions.complete(request.actor, part_id, request.now, is_partly=True),
        plan_of(part.dossier_id),
        about=part,
        lead=part.brand,
    )


@requires(P.RUN_PRODUCT)
def decline(request: Request, part_id: UUID) -> HttpResponse:
    """Note that she says no to what was offered."""
    part = _part(request, part_id)
    return ask(
        request,
        forms.DeclineForm(request.POST or None),
        _("Zij wil dit niet"),
        lambda day: actions.decline_offer(request.actor, part_id, day, request.now),
        plan_of(part.dossier_id),
        about=part,
        lead=_("Nee zeggen mag altijd. Het telt nooit als uitval."),
    )


@requires(P.RUN_PRODUCT)
def stop(request: Request, part_id: UUID) -> HttpResponse:
    """Note that she stops with what had begun."""
    part = _part(request, part_id)
    return ask(
        request,
        forms.StopForm(request.POST or None),
        _("Zij stopt"),
        lambda reason: actions.stop(request.actor, part_id, reason, request.now),
        plan_of(part.dossier_id),
        about=part,
        lead=part.brand,
    )


@requires(P.RUN_PRODUCT)
def prison(request: Request, part_id: UUID) -> HttpResponse:
    """Note that the prison ended it."""
    part = _part(request, part_id)
    return confirm(
        request,
        _("De inrichting stopt dit onderdeel"),
        lambda _none: actions.end_by_prison(request.actor, part_id, request.now),
        plan_of(part.dossier_id),
        about=part,
        lead=_("%(product)s. Het telt nooit als uitval.") % {"product": part.brand},
    )


@requires(P.RUN_PRODUCT)
def cancel(request: Request, part_id: UUID) -> HttpResponse:
    """Call a product off."""
    part = _part(request, part_id)
    return ask(
        request,
        forms.StopForm(request.POST or None),
        _("Zeg het onderdeel af"),
        lambda reason: actions.cancel(request.actor, part_id, reason, request.now),
        plan_of(part.dossier_id),
        about=part,
        lead=part.brand,
    )
