"""What people do about volunteers; each act in the module of its matter."""

from gib.people.volunteers.actions.volunteers import (
    NewVolunteer,
    correct,
    end_permit,
    grant_permit,
    leave,
    move,
    record_completion,
    register,
    take_back,
)

__all__ = [
    "NewVolunteer",
    "correct",
    "end_permit",
    "grant_permit",
    "leave",
    "move",
    "record_completion",
    "register",
    "take_back",
]
