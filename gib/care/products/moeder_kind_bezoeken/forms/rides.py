"""What is filled in about transport: what was agreed at home, who drives, and in which car a child sits."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from gib.care.products.moeder_kind_bezoeken import words
from gib.care.products.moeder_kind_bezoeken.actions import NewRide
from gib.care.products.moeder_kind_bezoeken.domain.rides import AtHome, Car, RideEnd, check_fits
from gib.core.kernel.rules import RuleBroken
from gib.core.ui.forms import HouseForm, LineField, Pick, sentence
from gib.engines.mornings.problem import Seat

_HOW = {"auto": True, "zelf": False}
#: The choice of no car.
_NONE = "geen"


class HomeForm(HouseForm):
    """How a child comes: fetched by us, or brought by its own people."""

    rule_fields = {
        "pick_up_unknown": "place",
        "window_reversed": "pick_up_until",
        "pick_up_late": "pick_up_until",
        "ride_too_long": "pick_up_from",
    }
    how = forms.ChoiceField(
        label=_("Hoe komt het kind?"),
        choices=[("auto", _("Wij halen het op")), ("zelf", _("Thuis brengt het"))],
        widget=Pick,
    )
    place = LineField(
        label=_("Waar halen wij het op?"),
        help_text=_("Straat, nummer, postcode en plaats."),
        required=False,
        limit=200,
    )
    pick_up_from = forms.TimeField(
        label=_("Vanaf hoe laat"), help_text=_("Bijvoorbeeld 08:30"), required=False
    )
    pick_up_until = forms.TimeField(
        label=_("Tot hoe laat"), help_text=_("Bijvoorbeeld 08:45"), required=False
    )
    seat = forms.ChoiceField(label=_("Waarop zit het kind?"), choices=[*words.SEATS.items()], widget=Pick)

    def to_command(self) -> AtHome:
        """Give what was agreed."""
        told = self.cleaned_data
        return AtHome(
            is_fetched=_HOW[told["how"]],
            place=told["place"],
            pick_up_from=told["pick_up_from"],
            pick_up_until=told["pick_up_until"],
            seat=Seat(told["seat"]),
        )


class RideForm(HouseForm):
    """Who drives, and what her car takes."""

    rule_fields = {"no_seats": "seats", "more_child_seats": "boosters", "driver_taken": "driver"}
    driver = forms.ChoiceField(
        label=_("Wie rijdt?"), help_text=_("Alleen wie die dag kinderen mag begeleiden, staat hier.")
    )
    seats = forms.IntegerField(label=_("Plekken voor kinderen"), max_value=99)
    boosters = forms.IntegerField(label=_("Zitverhogers"), min_value=0, max_value=99, initial=0)
    babies = forms.IntegerField(label=_("Babystoelen"), min_value=0, max_value=99, initial=0)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["driver"]
        field.choices = choices

    def to_command(self) -> NewRide:
        """Give the driver and her car."""
        told = self.cleaned_data
        car = Car(told["seats"], told["boosters"], told["babies"])
        return NewRide(volunteer_id=UUID(told["driver"]), car=car)


class SeatForm(HouseForm):
    """In which car a child sits."""

    ride = forms.ChoiceField(label=_("In welke auto?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["ride"]
        field.choices = choices

    def to_command(self) -> UUID:
        """Give the ride."""
        return UUID(self.cleaned_data["ride"])


@dataclass(frozen=True)
class Choosing:
    """A child for whom a car is chosen: what the form calls it, and on what it sits."""

    row_id: UUID
    label: str
    seat: Seat

    @property
    def name(self) -> str:
        """The name of its field."""
        return f"child_{self.row_id}"


class SeatsForm(HouseForm):
    """In which car each child of a morning sits; a proposal is filled in, and people choose."""

    def __init__(
        self,
        *args: Any,
        children: list[Choosing],
        cars: Mapping[str, tuple[str, Car]],
        proposed: Mapping[UUID, UUID],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {each.name: str(proposed.get(each.row_id, _NONE)) for each in children}
        self._children, self._cars = children, cars
        choices = [(_NONE, _("Geen auto")), *((key, label) for key, (label, _car) in cars.items())]
        for each in children:
            self.fields[each.name] = forms.ChoiceField(label=each.label, choices=choices)

    def clean(self) -> dict[str, Any]:
        """Refuse a car with more children than it takes, at the first child that does not fit."""
        cleaned = super().clean()
        taken: dict[str, list[Seat]] = defaultdict(list)
        for each in self._children:
            key = cleaned.get(each.name, _NONE)
            if key != _NONE:
                try:
                    check_fits(self._cars[key][1], taken[key], each.seat)
                except RuleBroken as broken:
                    self.add_error(each.name, sentence(broken))
                taken[key].append(each.seat)
        return cleaned

    def to_command(self) -> dict[UUID, UUID | None]:
        """Give the ride per child; nothing is no car."""
        chosen = {each.row_id: self.cleaned_data[each.name] for each in self._children}
        return {row_id: None if key == _NONE else UUID(key) for row_id, key in chosen.items()}


class RideEndForm(HouseForm):
    """Why a ride does not take place."""

    reason = forms.ChoiceField(
        label=_("Waarom"), choices=[*words.RIDE_ENDS.items()], widget=forms.RadioSelect
    )

    def to_command(self) -> RideEnd:
        """Give the reason."""
        return RideEnd(self.cleaned_data["reason"])
