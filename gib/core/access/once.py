"""What one page reads once, however many of its parts ask for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

Args = ParamSpec("Args")
Found = TypeVar("Found")
_held: ContextVar[dict[Any, Any] | None] = ContextVar("gib_once", default=None)


@contextmanager
def holding() -> Iterator[None]:
    """Keep what is read inside until the end; only a request that changes nothing opens this."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def once(reader: Callable[Args, Found], *args: Args.args, **kwargs: Args.kwargs) -> Found:
    """Give what a reader finds; inside one page it is called once for the same question.

    Outside `holding`, and so in every act, each call reads again.
    """
    held = _held.get()
    if held is None:
        return reader(*args, **kwargs)
    key = (reader, args, tuple(kwargs.items()))
    if key not in held:
        held[key] = reader(*args, **kwargs)
    found: Found = held[key]
    return found
