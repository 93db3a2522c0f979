"""What is filled in about transport: what was agreed at home, who drives, and in which car a child sits."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from gib.care.products.moeder_kind_bezoeken import words
from gib.care.products.moeder_kind_bezoeken.actions import NewRide
from gib.care.products.moeder_kind_bezoeken.domain.rides import AtHome, Car, RideEnd
from gib.core.ui.forms import HouseForm, LineField, Pick
from gib.engines.mornings.problem import Seat

_HOW = {"auto": True, "zelf": False}


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


class RideEndForm(HouseForm):
    """Why a ride does not take place."""

    reason = forms.ChoiceField(
        label=_("Waarom"), choices=[*words.RIDE_ENDS.items()], widget=forms.RadioSelect
    )

    def to_command(self) -> RideEnd:
        """Give the reason."""
        return RideEnd(self.cleaned_data["reason"])
