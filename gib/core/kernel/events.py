"""What happened, in ids and codes: the only way in which a later stage wakes an earlier one."""

import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from types import NoneType
from typing import ClassVar, Final
from uuid import UUID

EVENTS: dict[str, type["Event"]] = {}
_WRITTEN: Final = (UUID, date, datetime)
_AS_IT_IS: Final = (int, NoneType)
_CODE: Final = re.compile(r"[^ ]{0,64}")


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact that an action records.

    A subclass adds fields of ids, codes, dates and numbers; a name or a free text is refused.
    `sentence` tells the mother in plain Dutch what happened. `dossier_id` is empty for facts
    that belong to no dossier.
    """

    sentence: ClassVar[str] = ""
    dossier_id: UUID | None = None

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        known = EVENTS.setdefault(cls.event_name(), cls)
        if known is not cls and known.__module__ != cls.__module__:
            raise ValueError(f"two events are called {cls.event_name()}")
        EVENTS[cls.event_name()] = cls

    @classmethod
    def event_name(cls) -> str:
        """Name an event after its slice and class, such as `referral.Submitted`."""
        parts = cls.__module__.split(".")
        at = parts.index("domain") if "domain" in parts else len(parts) - 1
        return f"{parts[at - 1]}.{cls.__name__}"

    def payload(self) -> dict[str, str | int | bool | None | list[str]]:
        """Give the fields as plain values for the journal, without the dossier.

        Raises:
            TypeError: a field holds something else than an id, code, date, number or truth value.
        """
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self) if f.name != "dossier_id"}


def _plain(value: object) -> str | int | bool | None | list[str]:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, _WRITTEN):
        return str(value)
    if isinstance(value, tuple | frozenset):
        return sorted(str(_plain(item)) for item in value)
    if isinstance(value, _AS_IT_IS):
        return value
    if isinstance(value, str) and _CODE.fullmatch(value):
        return value
    raise TypeError(f"an event carries ids and codes only, not {type(value).__name__}")
