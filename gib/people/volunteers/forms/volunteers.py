"""Forms about volunteers."""

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gib.core.kernel.rules import RuleBroken
from gib.core.ui.forms import HouseForm, LineField, LocalDateField, Pick, sentence
from gib.people.partners.domain import parse_postcode
from gib.people.volunteers.actions import NewVolunteer
from gib.people.volunteers.domain import LeaveReason
from gib.people.volunteers.wording import LEAVE_WORDS

LANGUAGES = [
    ("nl", gettext_lazy("Nederlands")),
    ("en", gettext_lazy("Engels")),
    ("es", gettext_lazy("Spaans")),
    ("pap", gettext_lazy("Papiaments")),
    ("tr", gettext_lazy("Turks")),
    ("ar", gettext_lazy("Arabisch")),
    ("pl", gettext_lazy("Pools")),
    ("ti", gettext_lazy("Tigrinya")),
]


class VolunteerForm(HouseForm):
    """Who somebody is and how she can be reached."""

    given_name = LineField(limit=60, label=gettext_lazy("Voornaam"))
    family_name = LineField(limit=80, label=gettext_lazy("Achternaam"))
    born_on = LocalDateField(past=True, required=False, label=gettext_lazy("Geboortedatum"))
    phone = LineField(limit=20, required=False, label=gettext_lazy("Telefoon"))
    email = forms.EmailField(max_length=254, required=False, label=gettext_lazy("E-mail"))
    street = LineField(limit=120, required=False, label=gettext_lazy("Straat en nummer"))
    postcode = LineField(limit=7, required=False, label=gettext_lazy("Postcode"))
    languages = forms.MultipleChoiceField(
        choices=LANGUAGES, initial=["nl"], widget=forms.CheckboxSelectMultiple, label=gettext_lazy("Talen")
    )
    has_car = forms.BooleanField(required=False, label=gettext_lazy("Zij heeft een auto"))
    most_matches = forms.IntegerField(
        min_value=1, max_value=4, initial=1, label=gettext_lazy("Hoeveel moeders tegelijk?")
    )
    most_minutes = forms.IntegerField(
        min_value=10, max_value=240, initial=60, label=gettext_lazy("Hoeveel minuten reizen, ten hoogste?")
    )
    rule_fields = {"volunteer_age": "born_on"}

    def clean_phone(self) -> str:
        """Read a phone number as it is written here, and keep it in international form.

        Raises:
            ValidationError: it is no number that exists.
        """
        text = str(self.cleaned_data["phone"])
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, "NL")
        except phonenumbers.NumberParseException as error:
            raise ValidationError(
                _("Dit is geen telefoonnummer. Schrijf bijvoorbeeld 06 12345678.")
            ) from error
        if not phonenumbers.is_possible_number(number):
            raise ValidationError(_("Dit telefoonnummer is te kort of te lang."))
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    def clean_postcode(self) -> str:
        """Read a postcode.

        Raises:
            ValidationError: it is none.
        """
        text = str(self.cleaned_data["postcode"])
        try:
            return parse_postcode(text) if text else ""
        except RuleBroken as broken:
            raise ValidationError(sentence(broken), code=broken.code) from broken

    def to_command(self) -> NewVolunteer:
        """Give what was filled in."""
        told = self.cleaned_data
        facts = {name: told[name] for name in NewVolunteer.__dataclass_fields__ if name in told}
        return NewVolunteer(**facts | {"languages": tuple(facts["languages"])})


class StepForm(HouseForm):
    """A step without further questions."""

    def to_command(self) -> None:
        """There is nothing to give."""


class LeaveForm(HouseForm):
    """Why a volunteer stops."""

    reason = forms.ChoiceField(
        choices=[(str(one), word) for one, word in LEAVE_WORDS.items()],
        widget=Pick,
        label=gettext_lazy("Waarom stopt zij?"),
    )

    def to_command(self) -> LeaveReason:
        """Give the reason."""
        return LeaveReason(self.cleaned_data["reason"])


class EraseForm(HouseForm):
    """That somebody knows what erasing means."""

    is_certain = forms.BooleanField(
        label=gettext_lazy("Ik weet dat niemand dit terug kan halen, ook wij niet."),
        error_messages={"required": gettext_lazy("Zet hier een vinkje, of ga terug.")},
    )

    def to_command(self) -> None:
        """There is nothing to give."""
