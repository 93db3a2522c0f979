"""Forms of the acts that cross all slices."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gib.core.ui.forms import HouseForm, Pick
from gib.portal.domain import TransferState

ANSWERS = [
    (TransferState.ACCEPTED, _("Wij nemen haar over")),
    (TransferState.DECLINED, _("Wij kunnen dat niet")),
]
TAKE_BACK = [(TransferState.WITHDRAWN, _("Trek de vraag in"))]


class ProposeForm(HouseForm):
    """Which team should take over."""

    team = forms.TypedChoiceField(coerce=int, label=_("Aan welk team?"))

    def __init__(self, *args: Any, teams: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["team"]
        field.choices = [(team.pk, str(team)) for team in teams]

    def to_command(self) -> int:
        """Give the team."""
        return int(self.cleaned_data["team"])


class AnswerForm(HouseForm):
    """What the team answers; `is_asked` is empty when nothing waits for an answer any more."""

    to = forms.ChoiceField(label=_("Uw antwoord"), widget=Pick)

    def __init__(self, *args: Any, is_asked: bool | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.choices = {True: ANSWERS, False: TAKE_BACK, None: [*ANSWERS, *TAKE_BACK]}[is_asked]

    def to_command(self) -> TransferState:
        """Give the answer."""
        return TransferState(self.cleaned_data["to"])
