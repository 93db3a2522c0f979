"""The frame of every act: one transaction, rows and events together, subscribers after the commit."""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from functools import partial, wraps
from typing import Any, Final, ParamSpec, TypeVar, overload

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, models, transaction

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import P, Role
from gib.core.journal import chain, outbox, writing
from gib.core.journal.models import Delivery, Happening
from gib.core.journal.subscribe import handlers_of
from gib.core.kernel.clock import Now
from gib.core.kernel.events import Event
from gib.core.kernel.ids import new_id
from gib.core.kernel.rules import RuleBroken, declare

Args = ParamSpec("Args")
Result = TypeVar("Result")
#: Under which name an act keeps who may perform it, for whoever checks.
PERMITTED: Final = "gib_permitted"
#: Whether an act is going on, so that another is a part of it.
_inside: ContextVar[bool] = ContextVar("gib_inside_act", default=False)
#: Keys between tables are held at the end of an act; this asks for it now.
_CHECK_KEYS: Final = {
    "sqlite": "PRAGMA foreign_key_check",
    "postgresql": "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED",
}

declare(
    {
        "sheet_in_use": (
            "Met een van deze rijen is al gewerkt. Er is niets teruggedraaid. Wijzig wat niet klopt zelf."
        )
    }
)


@overload
def act(perform: Callable[Args, Result], /) -> Callable[Args, Result]: ...


@overload
def act(*permissions: P) -> Callable[[Callable[Args, Result]], Callable[Args, Result]]: ...


def act(*given: Any) -> Any:
    """Frame an action `(actor, ..., now)`: permitted, atomic, in the row context of its actor.

    `@act(P.X, ...)`: whoever has one of these permissions may perform it. Bare `@act`: no person may, only
    the house. An act inside an act joins it: who may perform the whole may do what it consists of, and when a
    part fails, the whole does.

    Raises:
        TransactionManagementError: the error of a part was caught, as if the rest could stand without it.
        PermissionDenied: the role of the actor may not do this at all; for strangers the scope says 404.
    """
    if len(given) == 1 and not isinstance(given[0], P):
        return _framed(given[0], frozenset())
    return partial(_framed, permissions=frozenset(given))


def _framed(perform: Callable[Args, Result], permissions: frozenset[P]) -> Callable[Args, Result]:
    @wraps(perform)
    def framed(*args: Args.args, **kwargs: Args.kwargs) -> Result:
        actor, now = args[0], kwargs.get("now", args[-1])
        if not (isinstance(actor, Actor) and isinstance(now, Now)):
            raise TypeError(f"{perform.__name__} needs an actor first and now last")
        is_permitted = actor.role is Role.SYSTEM or any(actor.may(each) for each in permissions)
        is_part = _inside.get()
        if not (is_part or is_permitted):
            raise PermissionDenied(f"{actor.role} may not {perform.__name__}")
        token = _inside.set(True)
        try:
            with transaction.atomic(savepoint=not is_part), rls.within(actor, now.on):
                result = perform(*args, **kwargs)
                connection.validate_no_broken_transaction()
                return result
        finally:
            _inside.reset(token)

    setattr(framed, PERMITTED, permissions)
    return framed


def carry_out(
    actor: Actor, now: Now, rows: Sequence[models.Model] = (), events: Sequence[Event] = ()
) -> None:
    """Save the rows of an act, record its events and queue those who must hear of them.

    New rows are inserted; loaded rows are updated when nobody changed them since.

    Raises:
        RuleBroken: 'newer_version' when a row was changed by somebody else in between.
    """
    for row in rows:
        _save(row)
    record(actor, now, events)


def _save(row: models.Model) -> None:
    if row._state.adding:
        writing.insert(row)
    elif not hasattr(row, "version"):
        row.save()
    else:
        row.version += 1
        if not writing.update(row, row.version - 1):
            raise RuleBroken("newer_version")


def remove(*tables: models.QuerySet[Any]) -> None:
    """Take rows away for good, for an act that undoes another; what may point at them is not read.

    Args:
        tables: the rows, each already limited to the reader's scope.

    Raises:
        RuleBroken: 'sheet_in_use' when a row that stays points at one that goes.
    """
    for rows in tables:
        rows._raw_delete(rows.db)
    with connection.cursor() as cursor:
        try:
            cursor.execute(_CHECK_KEYS[connection.vendor])
            is_broken = connection.vendor == "sqlite" and cursor.fetchone() is not None
        except IntegrityError as error:
            raise RuleBroken("sheet_in_use") from error
    if is_broken:
        raise RuleBroken("sheet_in_use")


def record(actor: Actor, now: Now, events: Sequence[Event]) -> None:
    """Write one journal row per event and queue its handlers, in the transaction of the act."""
    happenings = [
        Happening(
            id=new_id(),
            dossier_id=event.dossier_id,
            chain_id=event.dossier_id or chain.NO_DOSSIER,
            at=now.at,
            on=now.on,
            actor_id=actor.user_id,
            role=actor.role,
            name=event.event_name(),
            payload=event.payload() | ({"purpose": actor.purpose} if actor.purpose else {}),
        )
        for event in events
    ]
    chain.append(happenings)
    told = [
        (Delivery(happening_id=row.id, handler=name, due_at=now.at), row)
        for row in happenings
        for name in handlers_of(row.name)
    ]
    for delivery, _row in told:
        writing.insert(delivery)
    if told:
        transaction.on_commit(partial(outbox.deliver, told, now))
