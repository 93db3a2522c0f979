"""What is filled in about help at home."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from gib.core.ui.forms import HouseForm, LocalDateField, NoteField


@dataclass(frozen=True)
class ExtensionTold:
    """Until which day help at home lasts, and why."""

    until_on: date
    why: str


class ExtendForm(HouseForm):
    """A decision to go on."""

    sees: ClassVar[dict[str, Any]] = {"why": _("De coördinator, haar vervanger en de moeder zelf lezen dit.")}
    rule_fields: ClassVar[dict[str, str]] = {"extension_too_short": "until_on"}

    until_on = LocalDateField(label=_("Tot en met"))
    why = NoteField(label=_("Waarom gaat de hulp door?"), limit=400, rows=3)

    def to_command(self) -> ExtensionTold:
        """Give day and reason."""
        return ExtensionTold(self.cleaned_data["until_on"], self.cleaned_data["why"])
