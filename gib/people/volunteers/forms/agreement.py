"""Forms about the agreement and the certificate of conduct."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy

from gib.core.ui.forms import HouseForm, LocalDateField
from gib.people.volunteers.domain.agreement import VERSIONS


class SignForm(HouseForm):
    """Which text was signed, and on which day."""

    number = forms.ChoiceField(
        choices=[(one.number, one.number) for one in reversed(VERSIONS)],
        label=gettext_lazy("Welke versie?"),
        help_text=gettext_lazy("Het nummer staat bovenaan het papier."),
    )
    signed_on = LocalDateField(past=True, label=gettext_lazy("Getekend op"), help_text="")
    rule_fields = {"agreement_version": "signed_on", "completion_in_future": "signed_on"}

    def to_command(self) -> tuple[str, date]:
        """Give the version and the day."""
        return self.cleaned_data["number"], self.cleaned_data["signed_on"]


class DayForm(HouseForm):
    """On which day a step was taken."""

    on = LocalDateField(past=True, label=gettext_lazy("Op welke dag?"), help_text="")
    rule_fields = {"vog_order": "on", "completion_in_future": "on", "vog_over": "on"}

    def to_command(self) -> date:
        """Give the day."""
        on: date = self.cleaned_data["on"]
        return on
