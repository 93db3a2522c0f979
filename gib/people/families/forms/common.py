"""What the forms of families share: fields made of words, and two forms of one question."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from gib.core.ui.forms import HouseForm, LocalDateField, Pick
from gib.people.families import words

NO_CHOICE = [("", _("Niet bekend"))]
PHONE = RegexValidator(
    r"^\+?[\d \-]{8,19}$", _("Dit is geen telefoonnummer. Schrijf bijvoorbeeld 06 12345678.")
)


def pick(table: words.Words, label: Any, **more: Any) -> forms.ChoiceField:
    """Make a field of a few choices as blocks."""
    return forms.ChoiceField(choices=words.choices(table), label=label, widget=Pick, **more)


def offer(form: forms.Form, name: str, model: Any, on: date) -> None:
    """Let a field choose among the reference rows that hold on a day."""
    field: Any = form.fields[name]
    field.queryset = model.objects.valid(on)


def birth_year() -> forms.IntegerField:
    return forms.IntegerField(
        min_value=1900,
        max_value=2100,
        required=False,
        label=_("Of alleen het jaar"),
        help_text=_("Vul dit in als de dag niet bekend is."),
    )


class EndForm(HouseForm):
    """The last day of something."""

    rule_fields = {"period_backwards": "ended_on"}

    ended_on = LocalDateField(label=_("Laatste dag waarop het gold"))

    def to_command(self) -> date:
        """Give the day."""
        ended_on: date = self.cleaned_data["ended_on"]
        return ended_on


class SureForm(HouseForm):
    """A question with one button."""

    def to_command(self) -> None:
        """Give nothing: the button is the answer."""
