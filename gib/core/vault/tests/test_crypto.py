"""A value opens only where it was sealed, with the key it was sealed with."""

from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from gib.core.vault import crypto

KEY = AESGCM(crypto.new_key())
ROW, BOX, ELSE = UUID(int=1), UUID(int=2), UUID(int=3)
HERE = crypto.place("family", "name", ROW, BOX)


@given(st.binary(max_size=200))
def test_what_is_sealed_opens_again(plain: bytes) -> None:
    sealed = crypto.seal(KEY, plain, HERE)
    assert crypto.unseal(KEY, sealed, HERE) == plain
    assert len(sealed) == len(plain) + 29


def test_the_same_value_is_sealed_differently_each_time() -> None:
    assert crypto.seal(KEY, b"Noor", HERE) != crypto.seal(KEY, b"Noor", HERE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        crypto.place("other", "name", ROW, BOX),
        crypto.place("family", "note", ROW, BOX),
        crypto.place("family", "name", ELSE, BOX),
        crypto.place("family", "name", ROW, ELSE),
    ],
)
def test_a_value_moved_elsewhere_does_not_open(elsewhere: bytes) -> None:
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(KEY, crypto.seal(KEY, b"Noor", HERE), elsewhere)


def test_another_key_does_not_open() -> None:
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(AESGCM(crypto.new_key()), crypto.seal(KEY, b"Noor", HERE), HERE)


@given(st.integers(0, 32), st.integers(1, 255))
def test_any_changed_byte_is_noticed(at: int, change: int) -> None:
    sealed = bytearray(crypto.seal(KEY, b"Noor", HERE))
    sealed[at] ^= change
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(KEY, bytes(sealed), HERE)


def test_an_unknown_version_is_refused() -> None:
    sealed = crypto.seal(KEY, b"Noor", HERE)
    with pytest.raises(crypto.Unreadable, match="version"):
        crypto.unseal(KEY, b"\x02" + sealed[1:], HERE)
