"""A decision to let help at home last longer."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gib.care.products.models import Participation
from gib.care.products.moedermaatjes.actions import extend as extend_part
from gib.care.products.moedermaatjes.forms import ExtendForm
from gib.care.products.moedermaatjes.models import last_day
from gib.care.products.views.common import ask, plan_of
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.words import day


@requires(P.RUN_PRODUCT)
def extend(request: Request, part_id: UUID) -> HttpResponse:
    """Decide until when the help goes on, and why."""
    part: Any = Participation.visible_to(request.actor, request.now.on).get_or_404(pk=part_id)
    return ask(
        request,
        ExtendForm(request.POST or None),
        _("Verleng de hulp thuis"),
        lambda told: extend_part(request.actor, part_id, told.until_on, told.why, request.now),
        plan_of(part.dossier_id),
        about=part,
        lead=_("Nu afgesproken tot %(day)s.") % {"day": day(last_day(part, request.now.on))},
    )
