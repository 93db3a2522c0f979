"""Who hears of which event; the wiring board of the portal fills this table."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from gib.core.kernel.clock import Now
from gib.core.kernel.events import Event

Handler = Callable[[UUID, dict[str, object], Now], None]

#: Event name -> handlers. A handler receives the dossier, the ids and codes of the event, and now.
HANDLERS: Final[dict[str, list[Handler]]] = {}


def on(event: type[Event], *handlers: Handler) -> None:
    """Let handlers hear of an event after the act is committed, in this order."""
    HANDLERS.setdefault(event.event_name(), []).extend(handlers)


def name_of(handler: Handler) -> str:
    """Name a handler by its module and function."""
    return f"{handler.__module__}.{handler.__qualname__}"


def handlers_of(event_name: str) -> dict[str, Handler]:
    """Give the handlers of an event by name."""
    return {name_of(handler): handler for handler in HANDLERS.get(event_name, [])}
