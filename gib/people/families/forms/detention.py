"""Forms about detention: expected day, place, release and where she goes."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gib.core.ui.forms import HouseForm, LineField, LocalDateField
from gib.people.families import words
from gib.people.families.forms.common import offer, pick
from gib.people.partners.models import Municipality, Prison


class ExpectForm(HouseForm):
    """When she will be free, who said so and how sure it is."""

    rule_fields = {"expected_in_past": "expected_on", "no_change": "expected_on"}

    expected_on = LocalDateField(required=False, label=_("Verwachte dag. Leeg is onbekend."))
    source = pick(words.SOURCES, _("Wie zei dat?"))
    confidence = pick(words.CONFIDENCES, _("Hoe zeker is het?"))

    def to_command(self) -> tuple[date | None, str, str]:
        """Give day, source and certainty."""
        given = self.cleaned_data
        return given["expected_on"], given["source"], given["confidence"]


class PlaceForm(HouseForm):
    """Where she is held from a day on."""

    rule_fields = {
        "place_unknown": "prison",
        "day_in_future": "from_on",
        "before_detention": "from_on",
        "episode_overlaps": "from_on",
    }

    prison = forms.ModelChoiceField(Prison.objects.none(), label=_("Inrichting"), empty_label=_("Kies"))
    unit = LineField(limit=20, required=False, label=_("Afdeling"))
    regime = forms.ChoiceField(choices=words.choices(words.REGIMES), label=_("Regime"))
    from_on = LocalDateField(label=_("Vanaf welke dag?"))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "prison", Prison, on)

    def to_command(self) -> tuple[str, str, str, date]:
        """Give prison, unit, regime and first day."""
        given = self.cleaned_data
        return given["prison"].pk, given["unit"], given["regime"], given["from_on"]


class ReturnForm(HouseForm):
    """Where she goes, or lives after release."""

    rule_fields = {
        "municipality_missing": "municipality",
        "municipality_not_asked": "municipality",
        "municipality_unknown": "municipality",
    }

    return_kind = pick(words.RETURNS, _("Waar gaat zij heen?"))
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), required=False, label=_("Welke gemeente?")
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "municipality", Municipality, on)

    def where(self) -> tuple[str, str | None]:
        """Give the answer and the code of the municipality."""
        town = self.cleaned_data["municipality"]
        return self.cleaned_data["return_kind"], town.pk if town else None

    def to_command(self) -> Any:
        """Give the answer and the code of the municipality."""
        return self.where()


class ReleaseForm(ReturnForm):
    """That she is free: when, how, and where she went."""

    rule_fields = {
        **ReturnForm.rule_fields,
        "day_in_future": "released_on",
        "before_detention": "released_on",
        "period_backwards": "released_on",
    }
    field_order = ("released_on", "kind", "return_kind", "municipality")

    released_on = LocalDateField(label=_("Op welke dag kwam zij vrij?"))
    kind = forms.ChoiceField(choices=words.choices(words.RELEASES), label=_("Hoe?"))

    def to_command(self) -> tuple[date, str, str, str | None]:
        """Give day, kind and where she went."""
        given = self.cleaned_data
        return given["released_on"], given["kind"], *self.where()
