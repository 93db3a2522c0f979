"""The second line: a signed, transaction-local context on PostgreSQL, and a tripwire on every engine."""

import hashlib
import hmac
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import connection, transaction

from gib.core.access.actor import Actor, house

MARK: Final = "/*gib:scope*/"
_SECONDS: Final = 900
_current: ContextVar["_Context | None"] = ContextVar("gib_row_context", default=None)
_sources: list[Callable[[], set[str]]] = []
_READS: Final = re.compile(r'(?:FROM|JOIN) "?(\w+)"?')


class UnscopedRead(Exception):
    """A statement read a protected table without going through a scope."""


def secret() -> bytes:
    """Derive the key that signs contexts; only the owner of the database can read its copy there."""
    return hashlib.sha256(b"gib row security|" + settings.SECRET_KEY.encode()).digest()


class _Context(NamedTuple):
    """Who reads and on which day, as the engine is told it, and the second until which it believes that."""

    facts: tuple[str, ...]
    until: int

    def holds_for(self, other: "_Context") -> bool:
        """Tell whether this says what another would say, for long enough."""
        return self.facts == other.facts and other.until - self.until < _SECONDS // 2


def context(actor: Actor, on: date) -> str:
    """Write and sign who reads: user, role, teams, volunteer, partner, day, expiry, emergency, signature."""
    return _signed(_context(actor, on))


def _context(actor: Actor, on: date) -> _Context:
    facts = (
        str(actor.user_id),
        str(actor.role),
        ",".join(str(team) for team in sorted(actor.team_ids)),
        str(actor.volunteer_id or ""),
        str(actor.partner_id or ""),
        on.isoformat(),
        str(actor.emergency_id or ""),
    )
    return _Context(facts, int(time.time()) + _SECONDS)


def _signed(told: _Context) -> str:
    *who, emergency = told.facts
    text = "|".join([*who, str(told.until), emergency])
    return f"{text}|{hmac.new(secret(), text.encode(), 'sha256').hexdigest()}"


def is_active() -> bool:
    """Tell whether somebody's context holds now."""
    return _current.get() is not None


@contextmanager
def acting_as(actor: Actor, on: date) -> Iterator[None]:
    """Hold the context of an actor for the statements inside, in one transaction on PostgreSQL."""
    # With a transaction of its own the engine forgets by itself what it was told.
    is_last = not connection.in_atomic_block
    whole = transaction.atomic() if connection.vendor == "postgresql" else nullcontext()
    with whole, within(actor, on, is_last=is_last):
        yield


@contextmanager
def within(actor: Actor, on: date, *, is_last: bool = False) -> Iterator[None]:
    """Hold the context of an actor in the transaction of the caller, who rolls it back when this fails.

    A context that holds already is not told again.

    Args:
        is_last: the transaction ends with it, and so does the context.
    """
    held, wanted = _current.get(), _context(actor, on)
    if held and held.holds_for(wanted):
        yield
        return
    token = _current.set(wanted)
    try:
        _tell(wanted)
        yield
        if not is_last:
            _tell(held)
    finally:
        _current.reset(token)


def _tell(told: _Context | None) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('gib.ctx', %s, true)", [_signed(told) if told else ""])


@contextmanager
def system(purpose: str, on: date | None = None) -> Iterator[None]:
    """Act as the house itself, for a job or command that must see beyond one team."""
    with acting_as(house(purpose), on or date(2000, 1, 1)):
        yield


def guard(tables: Callable[[], set[str]]) -> None:
    """Tell the tripwire where to ask, once all models are known, which tables it guards."""
    _sources.append(tables)


@lru_cache(maxsize=1)
def _protected() -> frozenset[str]:
    return frozenset().union(*(tables() for tables in _sources))


def check(sql: str) -> None:
    """Refuse a SELECT on a protected table that did not come from a scoped query.

    Raises:
        UnscopedRead: the statement carries no mark of a scope.
    """
    if sql.startswith("SELECT") and MARK not in sql:
        touched = _protected().intersection(_READS.findall(sql))
        if touched:
            raise UnscopedRead(f"unscoped read of {', '.join(sorted(touched))}")


def tripwire(execute: Callable[..., Any], sql: Any, params: Any, many: bool, facts: dict[str, Any]) -> Any:
    """Check every statement on its way to the engine.

    Raises:
        UnscopedRead: it carries no mark of a scope.
    """
    if isinstance(sql, str):
        check(sql)
    return execute(sql, params, many, facts)
