"""What a mother asks of a volunteer: one form of codes."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gib.care.products import actions, forms
from gib.care.products.models import Participation
from gib.care.products.views.common import ask, plan_of
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P


@requires(P.RUN_PRODUCT)
def asks(request: Request, part_id: UUID) -> HttpResponse:
    """Write down what she asks of a volunteer for one product."""
    part: Any = Participation.visible_to(request.actor, request.now.on).get_or_404(pk=part_id)
    return ask(
        request,
        forms.AskedForm(request.POST or None, initial=forms.asked_before(part)),
        _("Wat vraagt zij van een vrijwilliger?"),
        lambda asked: actions.note_asked(request.actor, part_id, asked, request.now),
        plan_of(part.dossier_id),
        about=part,
        lead=part.brand,
    )
