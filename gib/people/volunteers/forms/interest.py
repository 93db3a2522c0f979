"""The form of the public page, and those about the first talk."""

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.core.ui.forms import HouseForm, LineField, LocalDateField, Pick, Toggles, sentence
from gib.people.accounts.adapters import refuse_haste
from gib.people.accounts.models import Attempts
from gib.people.partners.domain import Product
from gib.people.volunteers.choices import CONCLUSIONS, CONSENT, HEARD, WORK
from gib.people.volunteers.domain.availability import parse_areas
from gib.people.volunteers.domain.interest import Conclusion, Heard, NewEnquiry, check_reach
from gib.people.volunteers.forms.volunteers import LANGUAGES, VolunteerForm
from gib.people.volunteers.models.interest import desks

#: A field that nobody sees; only a machine fills it in.
TRAP: Final = "homepage"


class EnquiryForm(HouseForm):
    """Who wants to volunteer, how she can be reached, and what she would like."""

    given_name = LineField(limit=60, label=gettext_lazy("Je voornaam"))
    family_name = LineField(limit=80, label=gettext_lazy("Je achternaam"))
    phone = LineField(
        limit=20,
        required=False,
        label=gettext_lazy("Je telefoonnummer"),
        help_text=gettext_lazy("Een telefoonnummer of een e-mailadres is genoeg."),
    )
    email = forms.EmailField(max_length=254, required=False, label=gettext_lazy("Je e-mailadres"))
    area = LineField(
        limit=4,
        label=gettext_lazy("De cijfers van je postcode"),
        help_text=gettext_lazy("Vier cijfers. Zo vinden wij de inrichting bij jou in de buurt."),
    )
    prison = forms.ChoiceField(required=False, label=gettext_lazy("Welke inrichting?"))
    products = forms.MultipleChoiceField(
        choices=[(str(code), word) for code, word in WORK.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Wat lijkt je leuk?"),
    )
    languages = forms.MultipleChoiceField(
        choices=LANGUAGES, initial=["nl"], widget=Toggles, label=gettext_lazy("Welke talen spreek je?")
    )
    heard = forms.ChoiceField(
        choices=[(str(code), word) for code, word in HEARD.items()],
        widget=Pick,
        label=gettext_lazy("Hoe hoorde je van ons?"),
    )
    is_adult = forms.BooleanField(label=gettext_lazy("Ik ben 18 jaar of ouder"))
    agrees = forms.BooleanField(label=CONSENT)
    homepage = forms.CharField(required=False, widget=forms.HiddenInput)
    rule_fields = {"enquiry_reach": "phone", "enquiry_place": "prison"}
    clean_phone = VolunteerForm.clean_phone

    def __init__(self, *args: Any, address: str, now: Now, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address, self.now = address, now
        nearest = ("", gettext_lazy("De inrichting bij mij in de buurt"))
        field: Any = self.fields["prison"]
        field.choices = [nearest, *((team.prison_id, str(team.prison)) for team in desks(now.on))]
        for name, kind in (("given_name", "given-name"), ("family_name", "family-name"), ("phone", "tel")):
            self.fields[name].widget.attrs["autocomplete"] = kind
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["area"].widget.attrs |= {"inputmode": "numeric", "class": "w-s"}

    def clean_area(self) -> str:
        """Read the postcode area.

        Raises:
            ValidationError: it is not four digits.
        """
        try:
            return "".join(parse_areas(self.cleaned_data["area"])[:1])
        except RuleBroken as broken:
            raise ValidationError(_("Schrijf vier cijfers, zoals 3511."), code=broken.code) from broken

    def clean(self) -> dict[str, Any]:
        """Ask for a way to reach her, and slow down who sends much."""
        cleaned = super().clean()
        try:
            check_reach(cleaned.get("phone", "-"), cleaned.get("email", "-"))
        except RuleBroken as broken:
            self.add_error("phone", sentence(broken))
        if not self.errors:
            refuse_haste(Attempts.begin("enquiry", self.address, self.now.at))
        return cleaned

    @property
    def is_trapped(self) -> bool:
        """Tell whether a machine filled in what no person sees."""
        return bool(self.cleaned_data[TRAP])

    def to_command(self) -> NewEnquiry | None:
        """Give what she told, or nothing when a machine wrote it."""
        told = self.cleaned_data
        if self.is_trapped:
            return None
        return NewEnquiry(
            told["given_name"],
            told["family_name"],
            told["phone"],
            told["email"],
            told["area"],
            told["prison"],
            tuple(map(Product, told["products"])),
            tuple(told["languages"]),
            Heard(told["heard"]),
        )


class InterviewForm(HouseForm):
    """On which day the first talk is."""

    planned_on = LocalDateField(label=gettext_lazy("Welke dag?"))
    rule_fields = {"interview_in_past": "planned_on", "interview_state": "planned_on"}

    def to_command(self) -> date:
        """Give the day."""
        on: date = self.cleaned_data["planned_on"]
        return on


class ConclusionForm(HouseForm):
    """How the first talk went."""

    held_on = LocalDateField(past=True, label=gettext_lazy("Wanneer was het?"), help_text="")
    conclusion = forms.ChoiceField(
        choices=[(str(code), word) for code, word in CONCLUSIONS.items()],
        widget=Pick,
        label=gettext_lazy("Gaan wij verder?"),
        help_text=gettext_lazy("Bij nee schrijft u geen reden op. Na vier weken is alles van haar gewist."),
    )
    rule_fields = {"interview_ahead": "held_on", "interview_state": "conclusion"}

    def to_command(self) -> tuple[date, Conclusion]:
        """Give the day and the conclusion."""
        return self.cleaned_data["held_on"], Conclusion(self.cleaned_data["conclusion"])
