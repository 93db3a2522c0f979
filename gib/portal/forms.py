"""Forms of the acts that cross all slices."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gib.core.ui.forms import TICK_THIS, HouseForm, LineField, LocalDateField, NoteField, Pick
from gib.people.families.domain.emergency import EmergencyCategory, Finding, Judgement, NewEmergency
from gib.portal import looks
from gib.portal.domain import ErasureGround, ErasureState, HoldKind, TransferState
from gib.portal.erasures import GROUNDS, HOLDS

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


class FeedForm(HouseForm):
    """A yes to a new secret address, or to the end of the one that stands."""

    def to_command(self) -> None:
        """Give nothing: sending is the yes."""


class EmergencyForm(HouseForm):
    """Which dossier, why, and that one knows what follows."""

    rule_fields = {"emergency_unknown": "number", "emergency_reason_short": "reason"}

    number = LineField(
        limit=12,
        label=_("Nummer van het dossier"),
        help_text=_("Bijvoorbeeld 7KQX-2MFB. Vraag het aan wie u belt."),
    )
    category = forms.ChoiceField(
        choices=list(looks.CATEGORIES.items()), label=_("Waarom kan het niet wachten?"), widget=Pick
    )
    reason = NoteField(
        limit=1000,
        rows=3,
        label=_("Wat is er aan de hand?"),
        help_text=_("Minstens 20 tekens. De privacyfunctionaris leest dit."),
    )
    is_sure = forms.BooleanField(
        label=_("Ik weet dat anderen nu bericht krijgen en dat dit wordt beoordeeld."),
        error_messages={"required": TICK_THIS},
    )

    def to_command(self) -> NewEmergency:
        """Give what was asked."""
        given = self.cleaned_data
        return NewEmergency(
            number=given["number"], category=EmergencyCategory(given["category"]), reason=given["reason"]
        )


class JudgeForm(HouseForm):
    """What the privacy officer finds of a look."""

    finding = forms.ChoiceField(
        choices=list(looks.VERDICTS.items()), label=_("Wat is uw oordeel?"), widget=Pick
    )
    remark = NoteField(limit=1000, rows=3, required=False, label=_("Wat spreekt u af?"))

    def to_command(self) -> Judgement:
        """Give the finding."""
        return Judgement(finding=Finding(self.cleaned_data["finding"]), remark=self.cleaned_data["remark"])


class AskErasureForm(HouseForm):
    """Why a dossier should be erased, and that she knows what it means."""

    ground = forms.ChoiceField(
        label=_("Waarom moet dit dossier gewist worden?"),
        widget=forms.RadioSelect,
        choices=[(str(ground), label) for ground, label in GROUNDS.items()],
    )
    is_certain = forms.BooleanField(
        label=_("Ik weet dat niemand dit terug kan halen, ook wij niet."),
        error_messages={"required": _("Zet hier een vinkje, of ga terug.")},
    )

    def to_command(self) -> ErasureGround:
        """Give the ground."""
        return ErasureGround(self.cleaned_data["ground"])


class AnswerErasureForm(HouseForm):
    """What the second person decides, or the first one takes back."""

    rule_fields = {"erasure_why": "why", "erasure_held": "to", "erasure_same_person": "to"}
    to = forms.ChoiceField(label=_("Uw besluit"), widget=forms.RadioSelect)
    why = NoteField(
        required=False,
        label=_("Waarom weigert u?"),
        help_text=_("Alleen nodig als u weigert. Schrijf geen namen op."),
    )

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decide = [
            (str(ErasureState.CARRIED_OUT), _("Wis dit dossier voorgoed")),
            (str(ErasureState.REFUSED), _("Wis het niet")),
        ]
        field: Any = self.fields["to"]
        field.choices = [(str(ErasureState.WITHDRAWN), _("Trek de vraag in"))] if is_own else decide
        if is_own:
            del self.fields["why"]

    def to_command(self) -> tuple[ErasureState, str]:
        """Give the decision and the reason."""
        return ErasureState(self.cleaned_data["to"]), self.cleaned_data.get("why", "")


class HoldForm(HouseForm):
    """Why a dossier must stay, and until when."""

    rule_fields = {"hold_why": "why", "hold_past": "to_on"}
    kind = forms.ChoiceField(
        label=_("Waarom moet dit dossier blijven?"),
        widget=forms.RadioSelect,
        choices=[(str(kind), label) for kind, label in HOLDS.items()],
    )
    why = NoteField(label=_("Wat is er aan de hand?"))
    to_on = LocalDateField(label=_("Tot en met welke dag?"))

    def to_command(self) -> tuple[HoldKind, str, date]:
        """Give the kind, the reason and the last day."""
        data = self.cleaned_data
        return HoldKind(data["kind"]), data["why"], data["to_on"]


class EndHoldForm(HouseForm):
    """Nothing to fill in: the press of the button is the act."""

    def to_command(self) -> None:
        """Give nothing."""
