"""The post box of telephones: anybody may seal for it, only the house can open.

A telephone keeps what it could not send as a letter: sealed with a key that it makes for that letter and
throws away, so that it cannot read back what lies in its own memory. The key pair of the house follows from
each master key, so it is renewed when the master key is, and lies in no database.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gib.core.vault import master
from gib.core.vault.crypto import Unreadable

_CURVE: Final = ec.SECP256R1()
#: The order of the curve P-256. Source: NIST SP 800-186, 3.2.1.3.
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
PURPOSE: Final = b"gib letter"


@dataclass(frozen=True)
class Letter:
    """What a telephone kept: which key of the house, its own point, the nonce, the text and its mark."""

    version: int
    point: bytes
    nonce: bytes
    sealed: bytes
    mark: str


def public_key() -> tuple[int, bytes]:
    """Give the newest key to seal with: its version and its point of 65 bytes."""
    version, secret = max(master.secrets(PURPOSE).items())
    return version, _point(secret)


def opened(letter: Letter) -> bytes:
    """Open a letter.

    Raises:
        Unreadable: the key is gone, or a byte of the letter or its mark was changed.
    """
    try:
        secret = master.secrets(PURPOSE)[letter.version]
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, letter.point)
        shared = _private(secret).exchange(ec.ECDH(), theirs)
        key = HKDF(SHA256(), 32, salt=letter.point, info=PURPOSE).derive(shared)
        return AESGCM(key).decrypt(letter.nonce, letter.sealed, letter.mark.encode())
    except (KeyError, ValueError, InvalidTag) as error:
        raise Unreadable("not sealed for this house") from error


def _private(secret: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(secret) % (_ORDER - 1) + 1, _CURVE)


@lru_cache(maxsize=8)
def _point(secret: bytes) -> bytes:
    return _private(secret).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
