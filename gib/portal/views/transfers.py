"""Handing a whole case to another team: asking, and answering."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.forms import HouseForm
from gib.core.ui.posting import answer
from gib.people.families.models import Dossier
from gib.people.partners.models import teams_besides
from gib.portal import actions
from gib.portal.domain import TransferState
from gib.portal.forms import AnswerForm, ProposeForm
from gib.portal.models import Transfer


@requires(P.TRANSFER)
def transfer(request: Request, dossier_id: UUID) -> HttpResponse:
    """Ask another team to take over, answer such a question, or take it back.

    Raises:
        Http404: the dossier does not exist for this reader.
    """
    actor, now = request.actor, request.now
    Dossier.visible_to(actor, now.on).get_or_404(pk=dossier_id)
    rows = Transfer.visible_to(actor, now.on).filter(dossier_id=dossier_id, state=TransferState.PROPOSED)
    row = rows.select_related("from_team", "to_team").first()

    def perform(command: Any) -> str:
        if row is None:
            actions.propose_transfer(actor, dossier_id, command, now)
        elif actions.answer_transfer(actor, row.id, command, now).state != TransferState.ACCEPTED:
            return reverse("portal:start")
        return reverse("portal:dossier", args=[dossier_id])

    context = {"row": row, "dossier_id": dossier_id}
    return answer(request, _form(request, row), "portal/transfer.html", perform, context)


def _form(request: Request, row: Any) -> HouseForm:
    actor, now = request.actor, request.now
    if row is None:
        return ProposeForm(request.POST or None, teams=teams_besides(actor.team_ids, now.on))
    return AnswerForm(request.POST or None, is_asked=row.to_team_id in actor.team_ids)
