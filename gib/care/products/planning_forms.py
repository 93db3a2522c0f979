"""What is filled in about the day and hour of visits: one visit, a series, and a day that is otherwise."""

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from gib.care.products import words
from gib.care.products.actions import NewSeries, Slot
from gib.care.products.domain.series import Change, Gap
from gib.care.products.forms import HOURS
from gib.care.products.models.visiting import Offer
from gib.care.products.visiting_forms import VisitingForm
from gib.core.ui.forms import LineField, LocalDateField, Pick

#: Where a form shows what keeps a visit from its day and hour.
_PLANNED: Final = {"visit_in_past": "on", "visit_overlaps": "at", "outside_visiting_hours": "slot"}


@dataclass(frozen=True)
class VisitTold:
    """The day, time and place of a visit that is planned, and how long it takes."""

    on: date
    at: time
    place: str
    minutes: int | None


class MoveForm(VisitingForm):
    """On which day and at which hour a visit is now."""

    rule_fields: ClassVar[dict[str, str]] = _PLANNED

    on = LocalDateField(label=_("Dag"))
    at = forms.TimeField(label=_("Tijd"), help_text=_("Bijvoorbeeld 10:30"))

    def to_command(self) -> Slot:
        """Give day and hour."""
        return Slot(on=self.cleaned_data["on"], at=self.cleaned_data["at"])


class VisitForm(VisitingForm):
    """When and where a visit is."""

    rule_fields: ClassVar[dict[str, str]] = _PLANNED

    on = LocalDateField(label=_("Dag"))
    at = forms.TimeField(label=_("Tijd"), help_text=_("Bijvoorbeeld 10:30"))
    minutes = forms.TypedChoiceField(
        label=_("Hoe lang, in uren"),
        choices=HOURS,
        coerce=int,
        empty_value=None,
        initial=60,
        widget=Pick,
        required=False,
    )
    place = LineField(label=_("Plaats"), required=False)

    def to_command(self) -> VisitTold:
        """Give day, time, place and length."""
        told = self.cleaned_data
        return VisitTold(told["on"], told["at"], told["place"], told["minutes"])


class SeriesForm(VisitingForm):
    """In which rhythm visits are, from which day, and perhaps until which."""

    rule_fields: ClassVar[dict[str, str]] = _PLANNED | {"visit_at_night": "at", "period_backwards": "to_on"}

    on = LocalDateField(label=_("Eerste bezoek"), help_text=_("Deze weekdag blijft het."))
    at = forms.TimeField(label=_("Tijd"), help_text=_("Bijvoorbeeld 10:30"))
    minutes = forms.TypedChoiceField(
        label=_("Hoe lang, in uren"), choices=HOURS, coerce=int, initial=60, widget=Pick
    )
    every_days = forms.TypedChoiceField(
        label=_("Hoe vaak"), choices=[*words.RHYTHMS.items()], coerce=int, initial=14, widget=Pick
    )
    place = LineField(label=_("Plaats"), required=False)
    to_on = LocalDateField(
        label=_("Tot en met"), help_text=_("Leeg is: zolang de koppeling loopt."), required=False
    )

    def to_command(self) -> NewSeries:
        """Give the rhythm."""
        told = self.cleaned_data
        return NewSeries(
            from_on=told["on"],
            at=told["at"],
            minutes=told["minutes"],
            every_days=told["every_days"],
            place=told["place"],
            to_on=told["to_on"],
        )


class DayForm(VisitingForm):
    """Why a day of a series is otherwise, and where a visit moves."""

    rule_fields: ClassVar[dict[str, str]] = {
        "not_in_series": "due_on",
        "day_changed": "due_on",
        "moved_where": "moved_on",
        "visit_in_past": "due_on",
        "visit_at_night": "moved_at",
        "visit_overlaps": "moved_at",
        "outside_visiting_hours": "slot",
    }
    day_field = "moved_on"
    hour_field = "moved_at"
    field_order = ("due_on", "why", "slot")

    due_on = forms.TypedChoiceField(label=_("Welk bezoek"), coerce=date.fromisoformat)
    why = forms.ChoiceField(label=_("Wat is er"), choices=[*words.GAPS.items()], widget=forms.RadioSelect)
    moved_on = LocalDateField(
        label=_("Nieuwe dag"),
        help_text=_("Bij verzetten. Kies dezelfde dag als het bezoek op een feestdag toch doorgaat."),
        required=False,
    )
    moved_at = forms.TimeField(label=_("Nieuwe tijd"), help_text=_("Leeg is: dezelfde tijd."), required=False)

    def __init__(
        self, data: Any = None, *, days: list[tuple[str, str]], offer: Offer | None, **kwargs: Any
    ) -> None:
        about = (data or kwargs.get("initial", {})).get("due_on", "")
        if offer is not None and about in dict(days):
            offer = replace(offer, on=date.fromisoformat(about))
        super().__init__(data, offer=offer, **kwargs)
        field: Any = self.fields["due_on"]
        field.choices = days

    def to_command(self) -> Change:
        """Give what was decided."""
        told = self.cleaned_data
        if told["why"] != Gap.MOVED:
            return Change(told["due_on"], Gap(told["why"]))
        return Change(told["due_on"], Gap.MOVED, told["moved_on"], told["moved_at"])
