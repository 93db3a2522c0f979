"""Model fields whose values lie sealed in the database and are counted when they are read."""

import json
from datetime import date
from typing import Any, cast

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from gib.core.vault import boxes, crypto, reads
from gib.core.vault.models import SealedModel


class Sealed(bytes):
    """Ciphertext as it came from the database."""


class SealedAttribute(DeferredAttribute):
    """Opens a value when it is read, and notes the read."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        held = instance.__dict__.get(self.field.attname, self)
        if held is self:
            super().__get__(instance, cls)
            held = instance.__dict__[self.field.attname]
        field = cast("SealedField", self.field)
        return field.opened(instance, held) if isinstance(held, Sealed) else held

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedField(models.BinaryField):  # type: ignore[type-arg] # generic in the stubs only
    """The base: subclasses say how a value becomes bytes."""

    descriptor_class = SealedAttribute
    empty_value: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        kwargs["editable"] = True
        super().__init__(*args, **kwargs)

    def to_bytes(self, value: Any) -> bytes:
        """Write a value as bytes."""
        raise NotImplementedError

    def to_value(self, plain: bytes) -> Any:
        """Read a value from bytes."""
        raise NotImplementedError

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Mark what comes from the database as ciphertext; nothing stays the empty value."""
        return self.empty_value if value is None else Sealed(value)

    def opened(self, row: SealedModel, sealed: Sealed) -> Any:
        """Decrypt one value of a row and note the read.

        Raises:
            Unlogged: outside a read set. Erased: the key is gone. Unreadable: not sealed for here.
        """
        reads.required().note(row.box_id, row._meta.db_table)
        return self.to_value(crypto.unseal(boxes.key(row.box_id), sealed, self._place(row)))

    def pre_save(self, model_instance: Any, add: bool) -> bytes | None:
        """Seal a new value just before it is stored; ciphertext goes back as it was."""
        held = model_instance.__dict__.get(self.attname)
        if isinstance(held, Sealed):
            return bytes(held)
        if held is None or held == self.empty_value:
            return None
        key = boxes.key(model_instance.box_id)
        sealed = Sealed(crypto.seal(key, self.to_bytes(held), self._place(model_instance)))
        model_instance.__dict__[self.attname] = sealed
        return bytes(sealed)

    def _place(self, row: SealedModel) -> bytes:
        return crypto.place(row._meta.db_table, self.attname, row.id, row.box_id)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Let only ciphertext pass: a plain value in a filter or an update would reach the database."""
        if value is not None and not isinstance(value, bytes | memoryview):
            raise TypeError(f"{self.attname} is sealed: it cannot be compared or updated in the database")
        return super().get_db_prep_value(value, connection, prepared)


class SealedText(SealedField):
    """Text; nothing written reads as the empty string."""

    empty_value = ""

    def to_bytes(self, value: str) -> bytes:
        """Write text as UTF-8.

        Raises:
            ValueError: longer than `max_length` characters.
        """
        if self.max_length is not None and len(value) > self.max_length:
            raise ValueError(f"{self.attname} holds at most {self.max_length} characters")
        return value.encode()

    def to_value(self, plain: bytes) -> str:
        """Read UTF-8 text."""
        return plain.decode()

    def check(self, **kwargs: Any) -> list[Any]:
        """A sealed text may have a maximum length, unlike plain bytes."""
        return []


class SealedDate(SealedField):
    """A local day."""

    def to_bytes(self, value: date) -> bytes:
        """Write a day as ISO 8601."""
        return value.isoformat().encode()

    def to_value(self, plain: bytes) -> date:
        """Read an ISO 8601 day."""
        return date.fromisoformat(plain.decode())


class SealedJson(SealedField):
    """Plain structures of text, numbers, lists and tables."""

    def to_bytes(self, value: Any) -> bytes:
        """Write JSON in UTF-8."""
        return json.dumps(value, ensure_ascii=False, default=str).encode()

    def to_value(self, plain: bytes) -> Any:
        """Read JSON."""
        return json.loads(plain)
