"""What people do about volunteers; each act in the module of its matter."""

from gib.people.volunteers.actions.requirements import (
    end_exemption,
    end_permit,
    exempt,
    grant_permit,
    record_completion,
)
from gib.people.volunteers.actions.volunteers import (
    NewVolunteer,
    correct,
    leave,
    move,
    register,
    take_back,
)

__all__ = [
    "NewVolunteer",
    "correct",
    "end_exemption",
    "end_permit",
    "exempt",
    "grant_permit",
    "leave",
    "move",
    "record_completion",
    "register",
    "take_back",
]
