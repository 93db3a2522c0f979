"""The account that hangs on the file of a volunteer: her appointments and her letters."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gib.core.kernel.clock import Now
from gib.people.accounts.models import Appointment, Invitation, User
from gib.people.volunteers.domain.access import Entry, Seen, Sent, entry_of
from gib.people.volunteers.models.volunteer import Volunteer


@dataclass(frozen=True)
class Access:
    """How the account of one volunteer stands at a moment, with the rows that it follows from."""

    entry: Entry
    user: User | None = None
    seat: Appointment | None = None
    letter: Invitation | None = None

    @property
    def since_on(self) -> date | None:
        """The first day of her access, now or before."""
        return self.seat.from_on if self.seat else None

    @property
    def until_on(self) -> date | None:
        """The last day of her access, when it has one."""
        return self.seat.to_on if self.seat else None

    @property
    def works_until(self) -> datetime | None:
        """The moment after which the letter does not work any more."""
        return self.letter.expires_at if self.letter else None


def access_of(volunteer: Volunteer, now: Now) -> Access:
    """Tell whether a volunteer has an account, since when, and which letter is out; nothing is opened."""
    return _told(_seats(volunteer.id), _letters(volunteer.id), now)


def _seats(volunteer_id: UUID) -> list[Any]:
    rows = Appointment.objects.filter(volunteer_id=volunteer_id)
    return list(rows.select_related("user").order_by("pk"))


def _letters(volunteer_id: UUID) -> list[Any]:
    rows = Invitation.objects.filter(volunteer_id=volunteer_id)
    return list(rows.select_related("user").order_by("made_at"))


def _unused(letters: list[Any]) -> Any:
    """Give the newest letter that nobody used or withdrew, if any."""
    found = [row for row in letters if not (row.used_at or row.withdrawn_at)]
    return found[-1] if found else None


def _told(seats: list[Any], letters: list[Any], now: Now) -> Access:
    letter = _unused(letters)
    stands = [Seen(row.standing(now.on), row.from_on, row.to_on) for row in seats]
    known = [row.user for row in (*letters, *seats)]
    return Access(
        entry=entry_of(stands, Sent(letter.expires_at) if letter else None, now.at),
        user=next(reversed(known), None),
        seat=next(reversed(seats), None),
        letter=letter,
    )
