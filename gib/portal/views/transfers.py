"""Handing a whole case to another team: asking, and answering."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.kernel.rules import RuleBroken
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
    form = _form(request, row)

    def perform(command: Any) -> str:
        if isinstance(form, ProposeForm):
            actions.propose_transfer(actor, dossier_id, command, now)
        elif row is None:
            raise RuleBroken("illegal_move")
        elif actions.answer_transfer(actor, row.id, command, now).state != TransferState.ACCEPTED:
            return reverse("portal:start")
        return reverse("portal:dossier", args=[dossier_id])

    return answer(request, form, "portal/transfer.html", perform, {"row": row, "dossier_id": dossier_id})


def _form(request: Request, row: Any) -> HouseForm:
    """Give the form that was sent, also when it has been dealt with; else the one that fits now."""
    actor, sent = request.actor, request.POST or None
    if "team" in request.POST or (row is None and "to" not in request.POST):
        return ProposeForm(sent, teams=teams_besides(actor.team_ids, request.now.on))
    return AnswerForm(sent, is_asked=None if row is None else row.to_team_id in actor.team_ids)
