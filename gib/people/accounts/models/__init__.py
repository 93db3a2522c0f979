"""Users and their appointments, invitations, one-time codes, and how often somebody guessed wrong."""

from gib.people.accounts.models.attempts import Attempts
from gib.people.accounts.models.codes import RecoveryCode
from gib.people.accounts.models.installation import Installation, business_day, forget_installation
from gib.people.accounts.models.invitations import Invitation
from gib.people.accounts.models.people import Appointment, User, usernames

__all__ = [
    "Appointment",
    "Attempts",
    "Installation",
    "Invitation",
    "RecoveryCode",
    "User",
    "business_day",
    "forget_installation",
    "usernames",
]
