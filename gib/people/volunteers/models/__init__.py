"""What is kept of volunteers; sealed in a box of their own."""

from gib.people.volunteers.models.volunteer import (
    Completion,
    PrisonPermit,
    Volunteer,
    facts_of,
    is_in_use,
    reasons_not_to_plan,
)

__all__ = [
    "Completion",
    "PrisonPermit",
    "Volunteer",
    "facts_of",
    "is_in_use",
    "reasons_not_to_plan",
]
