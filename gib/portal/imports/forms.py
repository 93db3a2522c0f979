"""Choosing a sheet and its columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gib.core.kernel.rules import RuleBroken
from gib.core.sheets import refusals
from gib.core.sheets.mapping import shown
from gib.core.sheets.reading import read
from gib.core.sheets.tables import Table, find_table
from gib.core.sheets.template import TEMPLATES, Template
from gib.core.ui.forms import HouseForm, sentence

_NOWHERE: Final = "-"


@dataclass(frozen=True)
class Brought:
    """A sheet that was read."""

    template: Template
    table: Table


class UploadForm(HouseForm):
    """Which kind of sheet, and the file; it is read here, so that a bad one is an error of its field."""

    template = forms.ChoiceField(label=_("Wat staat er in het bestand?"))
    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("Excel (.xlsx, .xls), OpenDocument (.ods) of CSV. Hoogstens 10 MB en 20.000 rijen."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
        allow_empty_file=True,
    )

    def __init__(self, templates: Sequence[Template], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["template"]
        choices.choices = [(template.key, template.title) for template in templates]

    def clean_file(self) -> Table | None:
        """Read the file.

        Raises:
            ValidationError: it is refused; the sentence says why.
        """
        template = TEMPLATES.get(self.cleaned_data.get("template", ""))
        file = self.cleaned_data["file"]
        if template is None:
            return None
        try:
            if file.size > refusals.MAX_BYTES:
                raise RuleBroken("sheet_too_large")
            return find_table(read(file.read()), template)
        except RuleBroken as broken:
            raise ValidationError(sentence(broken), code=broken.code) from broken

    def to_command(self) -> Brought:
        """Give the kind of sheet and the table."""
        return Brought(TEMPLATES[self.cleaned_data["template"]], self.cleaned_data["file"])


class ColumnsForm(HouseForm):
    """One choice per heading of the file: to which column it goes, if any."""

    def __init__(
        self, template: Template, table: Table, chosen: Mapping[int, str], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        columns = [(_NOWHERE, _("niet inlezen"))]
        columns += [(column.key, _name(column.heading, column.required)) for column in template.columns]
        for position, heading in enumerate(table.headings):
            examples = [row[position] for row in table.rows if row[position]][:2]
            self.fields[f"column-{position}"] = forms.ChoiceField(
                label=shown(heading)[:80],
                choices=columns,
                initial=chosen.get(position, _NOWHERE),
                help_text=" · ".join(example[:40] for example in examples),
            )

    def to_command(self) -> dict[int, str]:
        """Give the chosen column of each heading by its position."""
        return {
            int(name.removeprefix("column-")): key
            for name, key in self.cleaned_data.items()
            if name.startswith("column-") and key != _NOWHERE
        }


def _name(heading: str, required: bool) -> Any:
    return _("%(heading)s (verplicht)") % {"heading": heading} if required else heading


class ConfirmForm(HouseForm):
    """A button without fields: sent twice, it works once."""

    def to_command(self) -> None:
        """Give nothing: the address says it all."""
