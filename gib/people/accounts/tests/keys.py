"""What a person holds in her hands, and how much a page asks of the database."""

import base64
import time
from contextlib import contextmanager

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.db import connections
from django.test.utils import CaptureQueriesContext

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


@contextmanager
def asked(alias="default"):
    """Collect the statements of a page, without those that frame a transaction or set its context."""
    found = []
    with CaptureQueriesContext(connections[alias]) as captured:
        yield found
    frame = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK", "SELECT set_config")
    found += [query["sql"] for query in captured if not query["sql"].startswith(frame)]
