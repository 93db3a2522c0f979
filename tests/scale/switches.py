"""Pages without a safeguard, to see what it costs: encryption, or row security with the reading log."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from gib.core.access import rls
from gib.core.journal import readings
from gib.core.vault import boxes, reads
from gib.core.vault.fields import Sealed, SealedField

#: Ciphertext -> what it says, from the first time that it was opened.
_opened: dict[bytes, Any] = {}
_opening = SealedField.opened


@contextmanager
def learning() -> Iterator[None]:
    """Remember what every sealed value says that is opened inside."""

    def opened(field: SealedField, row: Any, sealed: Sealed) -> Any:
        return _opened.setdefault(sealed, _opening(field, row, sealed))

    with patch.object(SealedField, "opened", opened):
        yield


@contextmanager
def unsealed() -> Iterator[None]:
    """Read sealed fields as if they were plain: a read is noted, no key fetched, nothing decrypted."""

    def opened(field: SealedField, row: Any, sealed: Sealed) -> Any:
        reads.required().note(row.box_id, row._meta.db_table)
        return _opened[sealed]

    def unlock(box_ids: Any) -> dict[Any, Any]:
        # Naming the boxes reads the rows, which happens with encryption as well.
        list(box_ids)
        return {}

    with patch.object(SealedField, "opened", opened), patch.object(boxes, "unlock", unlock):
        yield


@contextmanager
def unguarded() -> Iterator[None]:
    """Read without a context for the engine, without the tripwire, and without a line in the reading log."""
    with (
        patch.object(rls, "acting_as", rls.within),
        patch.object(rls, "_tell", lambda told: None),
        patch.object(rls, "check", lambda sql: None),
        patch.object(readings, "write", lambda *told: None),
    ):
        yield
