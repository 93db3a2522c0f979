"""What is filled in about a child and a visit morning."""

from dataclasses import dataclass
from datetime import time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from gib.care.products.moeder_kind_bezoeken import words
from gib.care.products.moeder_kind_bezoeken.actions import GateAnswers, HandBack
from gib.care.products.moeder_kind_bezoeken.domain import CancelReason
from gib.core.ui.forms import HouseForm, LineField, NoteField, Pick

_WISH = {"ja": True, "nee": False, "": None}


@dataclass(frozen=True)
class Asked:
    """Which child, for which part in the product, and when it should be home."""

    participation_id: UUID
    child_id: UUID
    back: time


class ApplyForm(HouseForm):
    """Which child is asked for."""

    chosen = forms.ChoiceField(
        label=_("Welk kind"),
        help_text=_("Wie het langst wacht, bijna vrij is of een verjaardag heeft, staat bovenaan."),
        widget=forms.RadioSelect,
    )
    back = forms.TimeField(label=_("Hoe laat weer thuis"), help_text=_("Bijvoorbeeld 13:00"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["chosen"]
        field.choices = choices
        if not choices:
            field.help_text = _("Er is geen kind dat nog op de lijst kan.")

    def to_command(self) -> Asked:
        """Give the child; a choice names her part in the product and the child."""
        part, child = self.cleaned_data["chosen"].split("/")
        return Asked(UUID(part), UUID(child), self.cleaned_data["back"])


class GateForm(HouseForm):
    """What is known beside custody and orders."""

    child_wants = forms.ChoiceField(
        label=_("Wil het kind zelf?"),
        choices=[("ja", _("Ja")), ("nee", _("Nee")), ("", _("Nog niet gevraagd"))],
        widget=Pick,
        required=False,
    )
    has_escort = forms.BooleanField(label=_("Een volwassene gaat mee"), required=False)
    identity_seen = forms.BooleanField(label=_("Identiteitsbewijs gezien"), required=False)
    is_approved = forms.BooleanField(label=_("De directeur vindt het goed"), required=False)

    def to_command(self) -> GateAnswers:
        """Give the answers."""
        told = self.cleaned_data
        return GateAnswers(
            has_escort=told["has_escort"],
            identity_seen=told["identity_seen"],
            child_wants=_WISH[told["child_wants"]],
            is_approved=told["is_approved"],
        )


class BackForm(HouseForm):
    """That the child is home: who took it, whether that person signed, and a short observation."""

    weighed = ("observation",)
    rule_fields = {"handed_to_nobody": "handed_to"}

    handed_to = LineField(
        label=_("Aan wie gaf u het kind terug?"), help_text=_("Bijvoorbeeld oma of pleegmoeder."), limit=80
    )
    is_signed = forms.BooleanField(label=_("Er is getekend op de tekenlijst"), required=False)
    observation = NoteField(
        label=_("Hoe was het samen?"), help_text=_("Kort en zonder oordeel."), required=False, limit=2000
    )

    def to_command(self) -> HandBack:
        """Give who took the child, and how it was."""
        told = self.cleaned_data
        return HandBack(to=told["handed_to"], is_signed=told["is_signed"], observation=told["observation"])


class CancelForm(HouseForm):
    """Why a child does not come."""

    reason = forms.ChoiceField(label=_("Waarom"), choices=[*words.CANCELS.items()], widget=forms.RadioSelect)

    def to_command(self) -> CancelReason:
        """Give the reason."""
        return CancelReason(self.cleaned_data["reason"])
