"""How a session becomes a user: with her appointments, in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from gib.people.accounts.models import User
from gib.people.accounts.models.installation import is_open_house


class HouseBackend(AuthenticationBackend):
    """Signs in by neutral name and password; the library evens out the time for names that do not exist."""

    def get_user(self, user_id: Any) -> User | None:
        """Give the user of a session."""
        return User.objects.with_appointments(user_id)


class DemoBackend(HouseBackend):
    """Steps into any account of a demonstration; in any other house it knows nobody."""

    def authenticate(self, request: HttpRequest | None, demo_username: str = "") -> User | None:
        """Give the user of a neutral name, without any proof, in an open house only."""
        return User.objects.filter(username=demo_username).first() if is_open_house() else None

    def get_user(self, user_id: Any) -> User | None:
        """Give the user of a session that began here; closing the house ends it."""
        return super().get_user(user_id) if is_open_house() else None
