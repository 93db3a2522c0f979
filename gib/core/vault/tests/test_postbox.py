"""The post box: what is sealed as a telephone does it is opened here, and nothing else is."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from gib.core.vault import master, postbox
from gib.core.vault.crypto import Unreadable

TEXT = "Zij zong voor de kinderen."


@pytest.fixture(autouse=True)
def _own_key(tmp_path: Path, settings: Any) -> None:
    settings.MASTER_KEY_FILE = tmp_path / "master.key"
    master.create(tmp_path / "master.key")


def sealed(text: str = TEXT, mark: str = "een") -> postbox.Letter:
    """Seal as the script of the telephone does, with the public key alone."""
    version, key = postbox.public_key()
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
    ours = ec.generate_private_key(ec.SECP256R1())
    point = ours.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = ours.exchange(ec.ECDH(), theirs)
    lock = AESGCM(HKDF(SHA256(), 32, salt=point, info=b"gib letter").derive(shared))
    nonce = bytes(12)
    return postbox.Letter(version, point, nonce, lock.encrypt(nonce, text.encode(), mark.encode()), mark)


def test_what_a_telephone_sealed_is_opened_and_readable_nowhere_before() -> None:
    letter = sealed()
    assert postbox.opened(letter).decode() == TEXT
    assert b"zong" not in letter.sealed + letter.point


def test_two_letters_of_the_same_text_have_nothing_in_common() -> None:
    assert sealed().sealed != sealed().sealed


@pytest.mark.parametrize(
    "broken",
    [
        {"mark": "twee"},
        {"nonce": bytes(11) + b"1"},
        {"nonce": b""},
        {"sealed": b"x"},
        {"point": b"\x04" + bytes(64)},
        {"point": b"not a point"},
        {"version": 7},
    ],
)
def test_a_letter_that_was_changed_is_not_opened(broken: dict[str, object]) -> None:
    with pytest.raises(Unreadable):
        postbox.opened(replace(sealed(), **broken))


def test_every_changed_byte_is_noticed() -> None:
    letter = sealed()
    for at in range(len(letter.sealed)):
        other = bytearray(letter.sealed)
        other[at] ^= 1
        with pytest.raises(Unreadable):
            postbox.opened(replace(letter, sealed=bytes(other)))


def test_the_key_is_renewed_with_the_master_key_and_older_letters_still_open() -> None:
    old, before = sealed(), postbox.public_key()
    master.add_version(Path(settings.MASTER_KEY_FILE))
    after = postbox.public_key()
    assert (before[0], after[0]) == (1, 2)
    assert before[1] != after[1]
    assert postbox.opened(old).decode() == postbox.opened(sealed()).decode() == TEXT


def test_the_key_is_the_same_each_time_and_of_this_house_alone(tmp_path: Path, settings: Any) -> None:
    letter = sealed()
    assert postbox.public_key() == postbox.public_key()
    settings.MASTER_KEY_FILE = tmp_path / "other.key"
    master.create(tmp_path / "other.key")
    with pytest.raises(Unreadable):
        postbox.opened(letter)


def test_other_purposes_have_other_secrets() -> None:
    assert master.secrets(b"one") != master.secrets(b"two")
    assert {len(each) for each in master.secrets(b"one").values()} == {48}
