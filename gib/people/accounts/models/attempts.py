"""How often somebody guessed wrong: the wait grows, and nobody is ever locked out."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from django.db import models, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from gib.people.accounts.domain import PATIENCE, wait_seconds

_KEPT: Final = timedelta(days=4)


class Attempts(models.Model):
    """Guesses against one account, invitation or from one address; the key is a keyed hash of which."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    free_at = models.DateTimeField()

    @classmethod
    def begin(cls, kind: str, who: str, at: datetime) -> int:
        """Count a guess before it is judged, so that guesses at once do not slip through.

        Args:
            kind: a key of `PATIENCE`.
            who: the name, id or address; it need not exist, and is not stored.

        Returns: 0 to go on, or the seconds that are still to be waited; then nothing is counted.
        """
        with transaction.atomic():
            row = cls._locked(kind, who, at)
            if row.free_at > at:
                return ceil((row.free_at - at).total_seconds())
            if at - row.last_at > timedelta(hours=PATIENCE[kind].forget_hours):
                row.failures = 0
            row.failures += 1
            row.last_at, row.free_at = at, at + timedelta(seconds=wait_seconds(kind, row.failures))
            row.save()
        return 0

    @classmethod
    def _locked(cls, kind: str, who: str, at: datetime) -> "Attempts":
        key = cls.key_of(kind, who)
        _, is_new = cls.objects.get_or_create(key=key, defaults={"last_at": at, "free_at": at})
        if is_new:
            cls.objects.filter(last_at__lt=at - _KEPT).delete()
        return cls.objects.select_for_update().get(key=key)

    @classmethod
    def forget(cls, kind: str, who: str) -> None:
        """Start anew after a right answer."""
        cls.objects.filter(key=cls.key_of(kind, who)).delete()

    @classmethod
    def give_back(cls, kind: str, who: str) -> None:
        """Take back one counted guess that turned out right, and keep the others."""
        cls.objects.filter(key=cls.key_of(kind, who), failures__gt=0).update(failures=F("failures") - 1)

    @classmethod
    def failures_of(cls, kind: str, who: str) -> int:
        """Count the wrong guesses in a row."""
        row = cls.objects.filter(key=cls.key_of(kind, who)).first()
        return row.failures if row else 0

    @classmethod
    def many_failures(cls, usernames: Iterable[str], least: int) -> set[str]:
        """Give which of these accounts were guessed at so often, in one query."""
        keys = {cls.key_of("account", name): name for name in usernames}
        rows = cls.objects.filter(failures__gte=least).values_list("key", flat=True)
        return {keys[key] for key in rows if key in keys}

    @staticmethod
    def key_of(kind: str, who: str) -> str:
        """Hide who it is about: a name typed by mistake may be somebody's own, or a password."""
        return salted_hmac(f"gib.attempts.{kind}", who.strip().lower(), algorithm="sha256").hexdigest()
