"""Deliveries to handlers and notices to people: due and not yet done, with attempts and the last error."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

import structlog
from django.db import connection, transaction

from gib.core.access import rls
from gib.core.journal.models import Delivery, Happening, Message
from gib.core.journal.subscribe import handlers_of
from gib.core.kernel.clock import Now

LOG = structlog.get_logger()
MOST_ATTEMPTS: Final = 8
_DONE: Final = "UPDATE journal_delivery SET done_at = %s, attempts = %s WHERE id = %s AND done_at IS NULL"


def deliver(told: Sequence[tuple[Delivery, Happening]], now: Now) -> int:
    """Let the handlers of an act run, right after the commit.

    Args:
        told: each delivery with what happened, as the act wrote them.

    Returns: how many succeeded. A failing handler leaves its row, with the error, for the next tick.
    """
    return sum(_one(row, now, happening) for row, happening in told)


def catch_up(now: Now) -> int:
    """Try again what is due and not yet done (the tick calls this each minute)."""
    due = Delivery.objects.filter(done_at__isnull=True, due_at__lte=now.at, attempts__lt=MOST_ATTEMPTS)
    return sum(_one(row, now) for row in due.order_by("pk"))


def forget(dossier_id: UUID) -> None:
    """Take away what still waits about a dossier that is erased: deliveries, and notices that name it."""
    about = Happening.for_house("erasure", date(2000, 1, 1)).filter(dossier_id=dossier_id)
    ids = list(about.values_list("id", flat=True))
    Delivery.objects.filter(done_at__isnull=True, happening_id__in=ids).delete()
    Message.objects.filter(sent_at__isnull=True, effect_key__contains=str(dossier_id)).delete()


def _one(row: Delivery, now: Now, told: Happening | None = None) -> bool:
    try:
        with transaction.atomic(), rls.system("delivery", now.on):
            if not _claim(row, now):
                return False
            happening: Any = told or Happening.for_house("delivery", now.on).get(pk=row.happening_id)
            handler = handlers_of(happening.name)[row.handler]
            handler(happening.dossier_id, happening.payload, now)
    except Exception as error:
        # Whatever a handler raises must not be lost, nor stop the others.
        row.attempts += 1
        row.last_error = type(error).__name__
        row.due_at = now.at + timedelta(minutes=2**row.attempts)
        row.save(update_fields=["attempts", "last_error", "due_at"])
        LOG.error("delivery failed", handler=row.handler, error=row.last_error, attempts=row.attempts)
        return False
    return True


def _claim(row: Delivery, now: Now) -> bool:
    """Note a delivery as done, in the transaction in which it is; False when somebody else did it.

    Who comes second waits here until the first one is done, or has failed.
    """
    at = connection.ops.adapt_datetimefield_value(now.at)
    with connection.cursor() as cursor:
        cursor.execute(_DONE, [at, row.attempts + 1, row.pk])
        return bool(cursor.rowcount)


def notify(recipient_id: UUID, occasion: str, effect_key: str, now: Now) -> None:
    """Queue a notice without content for one person; the same effect key never queues twice."""
    Message.objects.get_or_create(
        effect_key=effect_key,
        defaults={"recipient_id": recipient_id, "occasion": occasion, "due_at": now.at},
    )


def send_due(now: Now, send: Callable[[Message], None]) -> int:
    """Send the notices that are due and not yet sent.

    Args:
        send: delivers one notice, or raises; the accounts know the addresses.

    Returns: how many were sent.
    """
    due = Message.objects.filter(sent_at__isnull=True, due_at__lte=now.at, attempts__lt=MOST_ATTEMPTS)
    return sum(_send(row, now, send) for row in due.order_by("due_at"))


def _send(row: Message, now: Now, send: Callable[[Message], None]) -> bool:
    try:
        send(row)
        row.sent_at = now.at
    except OSError as error:
        row.last_error = type(error).__name__
        row.due_at = now.at + timedelta(minutes=2**row.attempts)
    row.attempts += 1
    row.save(update_fields=["sent_at", "attempts", "last_error", "due_at"])
    return row.sent_at is not None
