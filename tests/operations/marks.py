"""What a request wrote: the tables it touched, and whether anything lies there otherwise than before."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final

from django.core import mail
from django.db import connections

from tests.input.house import changed, stores

_WRITE: Final = re.compile(r'^(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM) "?(\w+)"?')
#: What a look leaves behind as well: the time of a session, and the line in the reading log.
TRACES: Final = frozenset(
    {
        *("django_session", "usersessions_usersession", "gib_cache"),
        *("journal_reading", "journal_readingsubject"),
    }
)


@contextmanager
def written() -> Iterator[set[str]]:
    """Collect the tables that are written inside, also what is taken back; the traces of a look aside."""
    found: set[str] = set()

    def note(execute: Callable[..., Any], sql: Any, params: Any, many: bool, facts: Any) -> Any:
        if (hit := _WRITE.match(str(sql))) and hit[1] not in TRACES:
            found.add(hit[1])
        return execute(sql, params, many, facts)

    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(note))
        yield found


def snapshot() -> dict[str, Any]:
    """Give a digest of every table of every store, and the number of letters that left."""
    return {**stores(), "mail": len(mail.outbox)}


def differences(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """Name what lies otherwise than before; the traces of a look aside."""
    return {name for name in changed(before, after) if name.rpartition(".")[2] not in TRACES}
