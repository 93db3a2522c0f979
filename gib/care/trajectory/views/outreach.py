"""The page of a mother who cannot be reached: how far we are, and one more attempt."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gib.care.trajectory import actions, forms
from gib.care.trajectory.models import Trajectory
from gib.care.trajectory.presenting_outreach import ladder_page
from gib.care.trajectory.views import ask, plan_of
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P


@requires(P.PLAN_TRAJECTORY)
def outreach(request: Request, trajectory_id: UUID) -> HttpResponse:
    """Show how far we are with reaching her, and note an attempt."""
    row: Any = Trajectory.visible_to(request.actor, request.now.on).get_or_404(pk=trajectory_id)

    def go(attempt: Any) -> str:
        actions.try_to_reach(request.actor, trajectory_id, attempt, request.now)
        return plan_of(row.dossier_id)

    return ask(
        request,
        forms.AttemptForm(request.POST or None, initial={"tried_on": request.now.on}),
        row.dossier_id,
        _("Zij is niet te bereiken"),
        go,
        "trajectory/outreach.html",
        back=plan_of(row.dossier_id),
        **ladder_page(request.actor, trajectory_id, request.now.on),
    )
