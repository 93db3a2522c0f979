"""What is filled in about help at home."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from gib.care.products.moedermaatjes import words
from gib.care.products.moedermaatjes.domain import Faring
from gib.core.ui.forms import HouseForm, LocalDateField, NoteField, Pick

_SEES = _("De coördinator, haar vervanger en de moeder zelf lezen dit.")


@dataclass(frozen=True)
class ExtensionTold:
    """Until which day help at home lasts, and why."""

    until_on: date
    why: str


class ExtendForm(HouseForm):
    """A decision to go on."""

    sees: ClassVar[dict[str, Any]] = {"why": _SEES}
    rule_fields: ClassVar[dict[str, str]] = {"extension_too_short": "until_on"}

    until_on = LocalDateField(label=_("Tot en met"))
    why = NoteField(label=_("Waarom gaat de hulp door?"), limit=400, rows=3)

    def to_command(self) -> ExtensionTold:
        """Give day and reason."""
        return ExtensionTold(self.cleaned_data["until_on"], self.cleaned_data["why"])


@dataclass(frozen=True)
class FarewellTold:
    """When they said goodbye, whether all was reached, and in words."""

    held_on: date
    is_partly: bool
    note: str


class FarewellForm(HouseForm):
    """The end talk of mother and maatje."""

    sees: ClassVar[dict[str, Any]] = {"note": _SEES}
    rule_fields: ClassVar[dict[str, str]] = {
        "farewell_in_future": "held_on",
        "farewell_before_start": "held_on",
    }

    held_on = LocalDateField(label=_("Wanneer was het afscheid?"), past=True)
    reached = forms.ChoiceField(
        label=_("Is bereikt wat zij wilde?"), choices=[("ja", _("Ja")), ("deels", _("Deels"))], widget=Pick
    )
    note = NoteField(label=_("Wat zeiden jullie bij het afscheid?"), required=False, limit=1000, rows=3)

    def to_command(self) -> FarewellTold:
        """Give the farewell."""
        told = self.cleaned_data
        return FarewellTold(told["held_on"], told["reached"] == "deels", told["note"])


@dataclass(frozen=True)
class CallTold:
    """When she was called, how she is doing, and in words."""

    called_on: date
    faring: Faring
    note: str


class CallForm(HouseForm):
    """A call some months after the farewell."""

    sees: ClassVar[dict[str, Any]] = {"note": _SEES}
    rule_fields: ClassVar[dict[str, str]] = {"call_in_future": "called_on", "call_too_early": "called_on"}

    called_on = LocalDateField(label=_("Wanneer belde u?"), past=True)
    faring = forms.ChoiceField(label=_("Hoe gaat het?"), choices=[*words.FARINGS.items()], widget=Pick)
    note = NoteField(label=_("Wat vertelde zij?"), required=False, limit=1000, rows=3)

    def to_command(self) -> CallTold:
        """Give the call."""
        told = self.cleaned_data
        return CallTold(told["called_on"], Faring(told["faring"]), told["note"])
