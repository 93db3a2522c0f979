"""What somebody can sign in with, and where she is signed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from gib.core.access.tables import Role
from gib.people.accounts.models.codes import RecoveryCode
from gib.people.accounts.models.people import User


@dataclass(frozen=True)
class Keyring:
    """The second factors of a user: keys by id and name, an app, and how many codes on paper are left."""

    keys: list[tuple[int, str]]
    has_app: bool
    codes_left: int | None
    may_start_on_paper: bool

    @property
    def count(self) -> int:
        """How many second factors there are, paper included."""
        return len(self.keys) + self.has_app + (self.codes_left is not None)

    @property
    def may_have_codes(self) -> bool:
        """Tell whether a list on paper may be made: beside a key, or as the key of a prison worker."""
        return bool(self.keys) or self.has_app or self.may_start_on_paper


def keyring(user: User, on: date) -> Keyring:
    """Give the second factors of a user."""
    rows = list(Authenticator.objects.filter(user_id=user.pk).order_by("pk"))
    return Keyring(
        keys=[(row.pk, row.wrap().name) for row in rows if row.type == Authenticator.Type.WEBAUTHN],
        has_app=any(row.type == Authenticator.Type.TOTP for row in rows),
        codes_left=RecoveryCode.left(user.pk),
        may_start_on_paper=any(seat.role == Role.REFERRER for seat in user.seats_on(on)),
    )


def with_second_factor(user_ids: Iterable[UUID]) -> set[UUID]:
    """Give which of these users have a second factor."""
    ids = list(user_ids)
    found = set(Authenticator.objects.filter(user_id__in=ids).values_list("user_id", flat=True))
    return found | set(RecoveryCode.objects.filter(user_id__in=ids).values_list("user_id", flat=True))


def sessions_of(user: User) -> list[UserSession]:
    """Give the living sessions of a user, newest first."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda row: row.created_at, reverse=True)
