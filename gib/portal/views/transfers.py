"""Handing a whole case to another team: asking, and answering."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.forms import HouseForm, Pick
from gib.core.ui.posting import answer
from gib.people.families.models import Dossier
from gib.people.partners.models import Team
from gib.portal import actions
from gib.portal.domain import TransferState
from gib.portal.models import Transfer


class ProposeForm(HouseForm):
    """Which team should take over."""

    team = forms.ModelChoiceField(Team.objects.none(), label=_("Aan welk team?"))

    def __init__(self, *args: Any, teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams  # type: ignore[attr-defined] # the stubs know the base field only

    def to_command(self) -> int:
        """Give the team."""
        return int(self.cleaned_data["team"].pk)


class AnswerForm(HouseForm):
    """What the team answers."""

    to = forms.ChoiceField(label=_("Uw antwoord"), widget=Pick)

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = choices  # type: ignore[attr-defined] # the stubs know the base field only

    def to_command(self) -> TransferState:
        """Give the answer."""
        return TransferState(self.cleaned_data["to"])


ANSWERS = [
    (TransferState.ACCEPTED, _("Wij nemen haar over")),
    (TransferState.DECLINED, _("Wij kunnen dat niet")),
]
TAKE_BACK = [(TransferState.WITHDRAWN, _("Trek de vraag in"))]


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
    if row is None:
        teams = Team.objects.valid(now.on).exclude(pk__in=actor.team_ids)
        form: HouseForm = ProposeForm(request.POST or None, teams=teams)
    else:
        choices = ANSWERS if row.to_team_id in actor.team_ids else TAKE_BACK
        form = AnswerForm(request.POST or None, choices=choices)

    def perform(command: Any) -> str:
        if row is None:
            actions.propose_transfer(actor, dossier_id, command, now)
        elif actions.answer_transfer(actor, row.id, command, now).state != TransferState.ACCEPTED:
            return reverse("portal:start")
        return reverse("portal:dossier", args=[dossier_id])

    return answer(request, form, "portal/transfer.html", perform, {"row": row, "dossier_id": dossier_id})
