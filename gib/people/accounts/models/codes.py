"""One-time codes on paper: the second factor of a prison worker, the spare key of everybody else."""

import os
from datetime import datetime
from uuid import UUID

from django.db import models

from gib.people.accounts.domain import CODE_COUNT, CODE_LENGTH, new_code, ungrouped
from gib.people.accounts.hashers import digest
from gib.people.accounts.models.people import User


class RecoveryCode(models.Model):
    """One code of a list: its hash, and when it was used. The codes of a list share a salt."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    salt = models.BinaryField(max_length=16)
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    @classmethod
    def renew(cls, user_id: UUID) -> list[str]:
        """Replace the list of a user.

        Returns: ten codes of 20 characters, to be shown this once.
        """
        salt, codes = os.urandom(16), [new_code(CODE_LENGTH) for _ in range(CODE_COUNT)]
        rows = [RecoveryCode(user_id=user_id, salt=salt, digest=digest(code, salt)) for code in codes]
        RecoveryCode.objects.filter(user_id=user_id).delete()
        RecoveryCode.objects.bulk_create(rows)
        return codes

    @classmethod
    def use(cls, user_id: UUID, typed: str, at: datetime) -> bool:
        """Use a code up; of two who use it at once, one succeeds."""
        unused = cls.objects.filter(user_id=user_id, used_at__isnull=True)
        salt = unused.values_list("salt", flat=True).first()
        if salt is None:
            return False
        return bool(unused.filter(digest=digest(ungrouped(typed), bytes(salt))).update(used_at=at))

    @classmethod
    def left(cls, user_id: UUID) -> int | None:
        """Count the codes that are left; none at all was ever made."""
        used = list(cls.objects.filter(user_id=user_id).values_list("used_at", flat=True))
        return used.count(None) if used else None
