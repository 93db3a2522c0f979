"""Small secrets of the second factor, sealed with a key of the vault."""

import base64
import json
from typing import Any, Final
from uuid import UUID

from gib.core.vault import boxes, crypto
from gib.core.vault.models import BoxKind

#: The box whose key seals the secrets of authenticator apps; it moves along when the master key is rotated.
BOX: Final = UUID("00000000-0000-4000-8000-000000000002")
_PLACE: Final = crypto.place("accounts", "second_factor", BOX, BOX)


def seal(text: str) -> str:
    """Encrypt a short text for the database or the session."""
    if BOX not in boxes.unlock([BOX]):
        boxes.make(BOX, BoxKind.STAFF)
    return base64.b64encode(crypto.seal(boxes.key(BOX), text.encode(), _PLACE)).decode()


def unseal(sealed: str) -> str:
    """Decrypt what `seal` made.

    Raises:
        Unreadable: it was not made here, or it was changed.
    """
    return crypto.unseal(boxes.key(BOX), base64.b64decode(sealed), _PLACE).decode()


def seal_json(value: Any) -> str:
    """Encrypt plain values."""
    return seal(json.dumps(value))


def unseal_json(sealed: str) -> Any:
    """Decrypt plain values."""
    return json.loads(unseal(sealed))
