"""A series of visits in one go."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.products.bezoekmoeders.actions import plan_series
from gib.care.products.forms import VisitForm
from gib.care.products.models import Match
from gib.care.products.views.common import ask
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P


@requires(P.MATCH)
def series(request: Request, match_id: UUID) -> HttpResponse:
    """Plan visits every two weeks."""
    Match.visible_to(request.actor, request.now.on).get_or_404(pk=match_id)
    return ask(
        request,
        VisitForm(request.POST or None, is_series=True),
        _("Plan een reeks bezoeken"),
        lambda told: plan_series(
            request.actor, match_id, told.on, told.at, told.place, told.number, request.now
        ),
        reverse("products:match", args=[match_id]),
        lead=_("Om de twee weken, steeds op dezelfde tijd."),
    )
