"""Help at home that lasts longer, that ends with a farewell, and the call afterwards."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gib.care.products.models import Participation
from gib.care.products.moedermaatjes import actions
from gib.care.products.moedermaatjes.forms import CallForm, ExtendForm, FarewellForm
from gib.care.products.moedermaatjes.models import last_day
from gib.care.products.views.common import ask, plan_of
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.words import day


def _part(request: Request, part_id: UUID) -> Any:
    return Participation.visible_to(request.actor, request.now.on).get_or_404(pk=part_id)


@requires(P.RUN_PRODUCT)
def extend(request: Request, part_id: UUID) -> HttpResponse:
    """Decide until when the help goes on, and why."""
    part = _part(request, part_id)
    return ask(
        request,
        ExtendForm(request.POST or None),
        _("Verleng de hulp thuis"),
        lambda told: actions.extend(request.actor, part_id, told.until_on, told.why, request.now),
        plan_of(part.dossier_id),
        about=part,
        lead=_("Nu afgesproken tot %(day)s.") % {"day": day(last_day(part, request.now.on))},
    )


@requires(P.RUN_PRODUCT)
def finish(request: Request, part_id: UUID) -> HttpResponse:
    """Round help at home off with a farewell."""
    part = _part(request, part_id)
    return ask(
        request,
        FarewellForm(request.POST or None, initial={"held_on": request.now.on}),
        _("Afscheid van de hulp thuis"),
        lambda told: actions.finish(
            request.actor, part_id, told.held_on, told.note, request.now, is_partly=told.is_partly
        ),
        plan_of(part.dossier_id),
        about=part,
        lead=_(
            "De koppeling eindigt zoals afgesproken. "
            "Drie maanden na het afscheid vragen wij u haar te bellen."
        ),
        button=_("Rond af"),
    )


@requires(P.RUN_PRODUCT)
def call(request: Request, part_id: UUID) -> HttpResponse:
    """Note how she is doing some months after the farewell."""
    part = _part(request, part_id)
    return ask(
        request,
        CallForm(request.POST or None, initial={"called_on": request.now.on}),
        _("Bel haar na"),
        lambda told: actions.note_call(
            request.actor, part_id, told.called_on, told.faring, told.note, request.now
        ),
        plan_of(part.dossier_id),
        about=part,
        lead=_("Nam zij niet op? Dan vragen wij het u over twee weken nog één keer."),
    )
