"""Marks by which two dossiers of one mother can be found, without telling anything about her."""

import hmac
from datetime import date
from typing import ClassVar, Final
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import models

from gib.core.access.tables import Kind
from gib.core.vault import boxes
from gib.core.vault.models import BoxKind
from gib.people.families.domain.likeness import likeness
from gib.people.families.models.dossier import CaseRow

#: The box whose key makes the marks. It opens no dossier, and a new master key leaves the marks as they are.
MARK_BOX: Final = UUID("00000000-0000-4000-8000-000000000002")


class DuplicateMark(CaseRow):
    """A keyed digest of initials of the last name and the day of birth: the house's only blind index."""

    mark = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier"], name="mark_one_per_dossier")]

    class Access:
        kind = Kind.FAMILY
        groups: ClassVar[dict[str, tuple[str, ...]]] = {}


def mark_of(last_name: str, born_on: date) -> str:
    """Make the mark of a mother; two records of one mother have the same, and nothing can be read from it."""
    return hmac.new(_key(), likeness(last_name, born_on).encode(), "sha256").hexdigest()


def _key() -> bytes:
    if MARK_BOX not in boxes.unlock([MARK_BOX]):
        boxes.make(MARK_BOX, BoxKind.STAFF)
    # The data key itself cannot be taken out; its tag of a fixed text is just as secret and always the same.
    secret = boxes.key(MARK_BOX).encrypt(b"\0" * 12, b"duplicate mark", None)
    return HKDF(SHA256(), length=32, salt=None, info=b"families duplicate mark").derive(secret)
