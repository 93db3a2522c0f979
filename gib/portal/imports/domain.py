"""What is recorded when a sheet comes in or goes out: never what stood in it."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from gib.core.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class SheetBrought(Event):
    """A sheet was read and is being checked; nothing has come in yet."""

    sentence: ClassVar[str] = "Er is een lijst aangeleverd om in te lezen."
    upload_id: UUID
    template: str


@dataclass(frozen=True, kw_only=True)
class SheetApplied(Event):
    """The rows of a sheet came in, all of them together."""

    sentence: ClassVar[str] = "Er is een lijst ingelezen."
    upload_id: UUID
    template: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class SheetUndone(Event):
    """The rows of a sheet were taken back, all of them together."""

    sentence: ClassVar[str] = "Een ingelezen lijst is teruggedraaid."
    upload_id: UUID
    template: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class SheetDiscarded(Event):
    """A sheet was set aside; nothing of it came in."""

    sentence: ClassVar[str] = "Een aangeleverde lijst is weggelegd. Er is niets ingelezen."
    upload_id: UUID
    template: str


@dataclass(frozen=True, kw_only=True)
class SheetExported(Event):
    """Rows were written to a file that left the house."""

    sentence: ClassVar[str] = "Er is een lijst gemaakt om buiten dit systeem te gebruiken."
    template: str
    rows: int
