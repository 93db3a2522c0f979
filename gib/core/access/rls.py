"""The second line: a signed, transaction-local context on PostgreSQL, and a tripwire on every engine."""

import hashlib
import hmac
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from gib.core.access.actor import Actor, house

MARK: Final = "/*gib:scope*/"
_SECONDS: Final = 900
_current: ContextVar[str] = ContextVar("gib_row_context", default="")
_sources: list[Callable[[], set[str]]] = []
_READS: Final = re.compile(r'(?:FROM|JOIN) "?(\w+)"?')


class UnscopedRead(Exception):
    """A statement read a protected table without going through a scope."""


def secret() -> bytes:
    """Derive the key that signs contexts; only the owner of the database can read its copy there."""
    return hashlib.sha256(b"gib row security|" + settings.SECRET_KEY.encode()).digest()


def context(actor: Actor, on: date) -> str:
    """Write and sign who reads: user, role, teams, volunteer, partner, day, expiry, emergency, signature."""
    teams = ",".join(str(team) for team in sorted(actor.team_ids))
    parts = [
        str(actor.user_id),
        str(actor.role),
        teams,
        str(actor.volunteer_id or ""),
        str(actor.partner_id or ""),
        on.isoformat(),
        str(int(time.time()) + _SECONDS),
        str(actor.emergency_id or ""),
    ]
    text = "|".join(parts)
    return f"{text}|{hmac.new(secret(), text.encode(), 'sha256').hexdigest()}"


def is_active() -> bool:
    """Tell whether somebody's context holds now."""
    return bool(_current.get())


@contextmanager
def acting_as(actor: Actor, on: date) -> Iterator[None]:
    """Hold the context of an actor for the statements inside, in one transaction on PostgreSQL."""
    signed = context(actor, on)
    token = _current.set(signed)
    try:
        if connection.vendor != "postgresql":
            yield
            return
        with transaction.atomic():
            _set(signed)
            yield
            _set(_previous(token))
    finally:
        _current.reset(token)


def _previous(token: Any) -> str:
    old = token.old_value
    return "" if old is token.MISSING else str(old)


def _set(signed: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('gib.ctx', %s, true)", [signed])


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
