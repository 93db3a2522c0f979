"""What a person holds in her hands: a password, an app that shows codes."""

import base64
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth

from gib.people.accounts import hidden

PASSWORD = "paarden eten geen komkommersalade"
SECRET = base64.b32encode(b"0123456789abcdefghij").decode()


def shown_by_app(secret=SECRET, steps=0):
    """Give the code that the app shows now, or some steps of 30 seconds later."""
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30 + steps))


def give_password(user, password=PASSWORD):
    """Give a user a password."""
    user.set_password(password)
    user.save(update_fields=["password"])


def give_app(user, secret=SECRET):
    """Give a user an app that shows codes."""
    return Authenticator.objects.create(user=user, type="totp", data={"secret": hidden.seal(secret)})
