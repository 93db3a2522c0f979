"""The frame of every act: one transaction, rows and events together, subscribers after the commit."""

from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

from django.db import models, transaction

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.journal import chain, outbox
from gib.core.journal.models import Delivery, Happening
from gib.core.journal.subscribe import handlers_of
from gib.core.kernel.clock import Now
from gib.core.kernel.events import Event
from gib.core.kernel.ids import new_id
from gib.core.kernel.rules import RuleBroken

Args = ParamSpec("Args")
Result = TypeVar("Result")


def act(perform: Callable[Args, Result]) -> Callable[Args, Result]:
    """Frame an action `(actor, ..., now)`: atomic, in the row context of its actor.

    The actor is the first argument, now the last or a keyword. An act inside an act joins it.
    """

    @wraps(perform)
    def framed(*args: Args.args, **kwargs: Args.kwargs) -> Result:
        actor, now = args[0], kwargs.get("now", args[-1])
        if not (isinstance(actor, Actor) and isinstance(now, Now)):
            raise TypeError(f"{perform.__name__} needs an actor first and now last")
        with transaction.atomic(), rls.acting_as(actor, now.on):
            return perform(*args, **kwargs)

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
    if row._state.adding or not hasattr(row, "version"):
        row.save()
        return
    version = row.version
    row.version = version + 1
    values = {
        field.attname: field.pre_save(row, False)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    rows: Any = type(row)._base_manager
    if not rows.filter(pk=row.pk, version=version).update(**values):
        raise RuleBroken("newer_version")


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
    deliveries = [
        Delivery(happening_id=row.id, handler=name, due_at=now.at)
        for row in happenings
        for name in handlers_of(row.name)
    ]
    Delivery.objects.bulk_create(deliveries)
    if deliveries:
        ids = [row.id for row in happenings]
        transaction.on_commit(partial(outbox.deliver, ids, now))
