"""Slow hashes: for passwords and for codes that are too short for a fast one."""

from threading import BoundedSemaphore
from typing import Any, Final

from argon2.low_level import Type, hash_secret_raw
from django.contrib.auth.hashers import Argon2PasswordHasher

MEMORY_KIB: Final = 19 * 1024
PASSES: Final = 2
LANES: Final = 1
#: More at once would let ten guesses stall the site.
_AT_ONCE: Final = BoundedSemaphore(2)


class Argon2Hasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes and one lane, at most two at once (ASVS 11.4.2)."""

    time_cost = PASSES
    memory_cost = MEMORY_KIB
    parallelism = LANES

    def encode(self, password: str, salt: str) -> str:
        """Hash a password."""
        with _AT_ONCE:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Compare a password with its hash."""
        with _AT_ONCE:
            return bool(super().verify(password, encoded))


def digest(code: str, salt: bytes) -> str:
    """Hash a code slowly, the same way each time, so that a list of codes costs one hash to search.

    Args:
        code: what was typed, without spaces or dashes.
        salt: at least 8 bytes, of the list or the invitation that the code belongs to.
    """
    options: dict[str, Any] = {"time_cost": PASSES, "memory_cost": MEMORY_KIB, "parallelism": LANES}
    with _AT_ONCE:
        return hash_secret_raw(code.encode(), salt, hash_len=32, type=Type.ID, **options).hex()
