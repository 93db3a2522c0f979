"""Forms about what must be in order."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy

from gib.core.ui.forms import HouseForm, LocalDateField
from gib.people.partners.models import Prison
from gib.people.volunteers.domain import POLICIES, Requirement
from gib.people.volunteers.wording import REQUIREMENTS

#: What may wait under some policy; whether it may under hers is decided when it is asked.
WAITING: Final = {rule.requirement for policy in POLICIES for rule in policy.rules if rule.may_wait}


class CompletionForm(HouseForm):
    """A requirement that was seen."""

    requirement = forms.ChoiceField(
        choices=[(str(one), word) for one, word in REQUIREMENTS.items()],
        label=gettext_lazy("Wat hebt u gezien?"),
    )
    seen_on = LocalDateField(past=True, label=gettext_lazy("Geldig vanaf"), help_text="")
    to_on = LocalDateField(
        required=False,
        label=gettext_lazy("Geldig tot en met"),
        help_text=gettext_lazy(
            "Laat leeg voor de gewone termijn. Een VOG geldt drie jaar. Op een identiteitsbewijs staat de "
            "laatste dag. Bewaar er geen kopie of nummer van."
        ),
    )
    rule_fields = {
        "completion_in_future": "seen_on",
        "completion_expired": "to_on",
        "identity_end_missing": "to_on",
    }

    def to_command(self) -> tuple[Requirement, Any, Any]:
        """Give the requirement and its days."""
        given = self.cleaned_data
        return Requirement(given["requirement"]), given["seen_on"], given["to_on"]


class PermitForm(HouseForm):
    """Access to a prison."""

    prison = forms.ModelChoiceField(
        Prison.objects.none(), label=gettext_lazy("Inrichting"), empty_label=gettext_lazy("Kies")
    )
    from_on = LocalDateField(label=gettext_lazy("Vanaf"))
    to_on = LocalDateField(required=False, label=gettext_lazy("Tot en met"))
    rule_fields = {"permit_overlaps": "from_on", "permit_needs_vog": "from_on", "period_backwards": "to_on"}

    def __init__(self, *args: Any, on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["prison"]
        field.queryset = Prison.objects.valid(on)

    def to_command(self) -> tuple[str, Any, Any]:
        """Give the prison and the days."""
        given = self.cleaned_data
        return given["prison"].code, given["from_on"], given["to_on"]


class ExemptionForm(HouseForm):
    """What somebody may do without, and until when."""

    requirement = forms.ChoiceField(
        choices=[(str(one), REQUIREMENTS[one]) for one in Requirement if one in WAITING],
        label=gettext_lazy("Waarvan is zij vrijgesteld?"),
    )
    to_on = LocalDateField(
        label=gettext_lazy("Tot en met"),
        help_text=gettext_lazy("Hoogstens een jaar. Daarna moet het in orde zijn."),
    )
    rule_fields = {"never_exempted": "requirement", "exemption_over": "to_on", "exemption_too_long": "to_on"}

    def to_command(self) -> tuple[Requirement, Any]:
        """Give the requirement and the last day."""
        return Requirement(self.cleaned_data["requirement"]), self.cleaned_data["to_on"]
