"""Forms about volunteers."""

from gib.people.volunteers.forms.volunteers import (
    CompletionForm,
    LeaveForm,
    PermitForm,
    StepForm,
    VolunteerForm,
)

__all__ = [
    "CompletionForm",
    "LeaveForm",
    "PermitForm",
    "StepForm",
    "VolunteerForm",
]
