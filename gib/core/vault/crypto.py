"""Pure encryption: AES-256-GCM with the place of the value as associated data."""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
_NONCE = 12


class Unreadable(Exception):
    """The ciphertext was not made for this place, or with this key."""


def new_key() -> bytes:
    """Make a random 256-bit key."""
    return AESGCM.generate_key(bit_length=256)


def seal(key: AESGCM, plain: bytes, place: bytes) -> bytes:
    """Encrypt for one place: version byte, 12-byte nonce, ciphertext with tag (29 bytes longer)."""
    nonce = os.urandom(_NONCE)
    return VERSION + nonce + key.encrypt(nonce, plain, place)


def unseal(key: AESGCM, sealed: bytes, place: bytes) -> bytes:
    """Decrypt what was sealed for this place.

    Raises:
        Unreadable: another key, another place, another version, or a changed byte.
    """
    if sealed[:1] != VERSION:
        raise Unreadable("unknown version")
    try:
        return key.decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], place)
    except InvalidTag as error:
        raise Unreadable("not sealed for this place") from error


def place(table: str, column: str, row: UUID, box: UUID) -> bytes:
    """Name where a value lives, so that a ciphertext pasted elsewhere fails."""
    return f"{table}|{column}|{row}|{box}".encode()
