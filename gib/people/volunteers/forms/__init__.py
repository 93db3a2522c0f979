"""Forms about volunteers."""

from gib.people.volunteers.forms.requirements import CompletionForm, ExemptionForm, PermitForm
from gib.people.volunteers.forms.volunteers import EraseForm, LeaveForm, StepForm, VolunteerForm

__all__ = [
    "CompletionForm",
    "EraseForm",
    "ExemptionForm",
    "LeaveForm",
    "PermitForm",
    "StepForm",
    "VolunteerForm",
]
