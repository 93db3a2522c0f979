"""What the pages on access show, gathered in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.kernel.clock import Now
from gib.core.vault import boxes
from gib.people.accounts.domain import ALARM_FAILURES, Standing
from gib.people.accounts.models import Appointment, Attempts, Invitation
from gib.people.accounts.models.keys import with_second_factor
from gib.people.accounts.words import ROLE_WORDS, STANDING_TONES, STANDING_WORDS


@dataclass(frozen=True)
class Row:
    """One appointment as a page shows it; the name is empty where it may not be shown."""

    appointment_id: int
    user_id: UUID
    username: str
    name: str
    role: Any
    place: str
    from_on: date
    to_on: date | None
    attest_by: date
    word: Any
    tone: str
    has_factor: bool
    last_login: datetime | None
    is_guessed_at: bool
    is_over: bool
    is_leader: bool


def kept_people(actor: Actor, now: Now) -> list[Row]:
    """Give whom this actor lets in, with their names, for the page that confirms and ends access."""
    rows = list(
        Appointment.objects.kept_by(actor)
        .filter(ended_at__isnull=True)
        .select_related("user", "team", "partner")
    )
    boxes.unlock(row.user_id for row in rows)
    found = _rows(rows, now, shows_name=True)
    return sorted(found, key=lambda row: (str(row.role), row.name))


def all_accounts(now: Now) -> list[Row]:
    """Give every appointment without a name, for the technical administrator."""
    rows = Appointment.objects.select_related("user", "team", "partner").order_by("user__username", "from_on")
    return _rows(list(rows), now, shows_name=False)


def _rows(rows: list[Appointment], now: Now, shows_name: bool) -> list[Row]:
    proven = with_second_factor({row.user_id for row in rows})
    guessed = Attempts.many_failures({row.user.username for row in rows}, ALARM_FAILURES)
    return [_row(row, now, shows_name, row.user_id in proven, row.user.username in guessed) for row in rows]


def _row(row: Appointment, now: Now, shows_name: bool, has_factor: bool, is_guessed_at: bool) -> Row:
    stands = row.standing(now.on)
    return Row(
        appointment_id=row.pk,
        user_id=row.user_id,
        username=row.user.username,
        name=row.user.display_name if shows_name else "",
        role=ROLE_WORDS[Role(row.role)],
        place=str(row.team or row.partner or ""),
        from_on=row.from_on,
        to_on=row.to_on,
        attest_by=row.attest_by,
        word=STANDING_WORDS[stands],
        tone=STANDING_TONES[stands],
        has_factor=has_factor,
        last_login=row.user.last_login,
        is_guessed_at=is_guessed_at,
        is_over=stands is Standing.ENDED,
        is_leader=row.role == Role.PROJECT_LEADER,
    )


def open_letters(actor: Actor, now: Now) -> list[Any]:
    """Give the letters of this actor that nobody has used yet."""
    rows = list(Invitation.open_by(actor.user_id, now))
    boxes.unlock(row.user_id for row in rows)
    return [(row.pk, row.user.username, row.user.display_name, row.expires_at) for row in rows]
