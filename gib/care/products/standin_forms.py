"""For which days another volunteer is asked to visit."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from gib.care.products.domain.standin import check_period
from gib.core.kernel.dates import Period
from gib.core.kernel.rules import RuleBroken
from gib.core.ui.forms import HouseForm, LocalDateField, sentence


class DaysForm(forms.Form):
    """The first and the last day on which the volunteer of a match is not there; the address keeps them."""

    van = LocalDateField(label=_("Eerste dag"))
    tot = LocalDateField(label=_("Laatste dag"))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    @property
    def days(self) -> Period:
        """The days that were filled in."""
        return Period(self.cleaned_data["van"], self.cleaned_data["tot"])

    def clean(self) -> dict[str, Any]:
        """Refuse days that no stand-in is for, with the rule in words."""
        told: dict[str, Any] = super().clean() or {}
        if "van" in told and "tot" in told:
            try:
                check_period(Period(told["van"], told["tot"]), self.on)
            except RuleBroken as broken:
                self.add_error("tot", sentence(broken))
        return told


class StandInForm(HouseForm):
    """The days for which one volunteer is asked."""

    rule_fields: ClassVar[dict[str, str]] = {
        "stand_in_past": "last",
        "stand_in_long": "last",
        "period_backwards": "last",
        "stand_in_open": "first",
    }

    first = LocalDateField(label=_("Eerste dag"))
    last = LocalDateField(label=_("Laatste dag"))

    def to_command(self) -> Period:
        """Give the days.

        Raises:
            RuleBroken: 'period_backwards'.
        """
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])
