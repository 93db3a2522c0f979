"""Forms about consent: the question and the yes."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gib.core.ui.forms import HouseForm, LocalDateField, Pick
from gib.people.families import words
from gib.people.families.actions import Answer, NewConsent
from gib.people.families.domain.codes import FOR_A_CHILD, Party, Place, Purpose
from gib.people.families.forms.common import offer, pick
from gib.people.families.presenting import RECIPIENTS
from gib.people.families.wording import LANGUAGES
from gib.people.partners.models import Municipality


class AskForm(HouseForm):
    """For whom, about which child and in which language a consent is asked."""

    rule_fields = {
        "consent_needs_recipient": "recipient",
        "consent_needs_child": "child_id",
        "consent_text_missing": "language",
    }

    recipient = forms.ModelChoiceField(
        Municipality.objects.none(), label=_("Voor wie?"), empty_label=_("Kies")
    )
    child_id = forms.ChoiceField(label=_("Voor welk kind?"))
    language = forms.ChoiceField(
        choices=words.choices({code: words.LANGUAGES[code] for code in LANGUAGES}),
        initial="nl",
        label=_("In welke taal leest zij de tekst?"),
        widget=Pick,
    )

    def __init__(self, *args: Any, purpose: Purpose, children: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose = purpose
        if purpose in RECIPIENTS:
            offer(self, "recipient", RECIPIENTS[purpose], on)
        else:
            del self.fields["recipient"]
        if purpose in FOR_A_CHILD:
            self._offer(children, needed=purpose is Purpose.CHILD_VISIT)
        else:
            del self.fields["child_id"]

    def _offer(self, children: Any, needed: bool) -> None:
        known = [(str(child.id), child.first_name) for child in children]
        field: Any = self.fields["child_id"]
        field.choices = known if needed else [("", _("De moeder zelf")), *known]
        field.required = needed

    def to_command(self) -> NewConsent:
        """Give the question."""
        given = self.cleaned_data
        recipient = given.get("recipient")
        return NewConsent(
            purpose=self.purpose,
            recipient=str(recipient.pk) if recipient else "",
            child_id=given.get("child_id") or None,
            language=given["language"],
        )


class GiveForm(HouseForm):
    """A yes: where, when and from whom."""

    rule_fields = {
        "staff_present": "staff_absent",
        "day_in_future": "given_on",
        "decider_missing": "given_by",
        "decider_unknown": "given_by",
    }

    place = pick(words.PLACES, _("Waar zei zij ja?"), initial=str(Place.PRISON))
    given_on = LocalDateField(past=True, required=False, label=_("Wanneer? Leeg is vandaag."), help_text="")
    given_by = forms.MultipleChoiceField(
        choices=words.choices(words.PARTIES),
        initial=[str(Party.MOTHER)],
        widget=forms.CheckboxSelectMultiple,
        label=_("Wie zei ja?"),
    )
    staff_absent = forms.BooleanField(
        required=False, label=_("Er was geen medewerker van de inrichting bij.")
    )

    def __init__(self, *args: Any, is_for_child: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_for_child:
            del self.fields["given_by"]

    def to_command(self) -> Answer:
        """Give the answer."""
        given = self.cleaned_data
        said = given.get("given_by", [str(Party.MOTHER)])
        return Answer(
            place=Place(given["place"]),
            staff_absent=given["staff_absent"],
            given_by=frozenset(Party(each) for each in said),
            given_on=given["given_on"],
        )
