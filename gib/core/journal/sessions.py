"""Counting reads outside a request: commands, jobs and tests."""

from collections.abc import Iterator
from contextlib import contextmanager

from gib.core.access.actor import Actor
from gib.core.journal import readings
from gib.core.kernel.clock import real_now
from gib.core.vault import reads


@contextmanager
def reading(actor: Actor, purpose: str, action: str = "read") -> Iterator[reads.ReadSet]:
    """Count what is read inside, and write it to the log at the end."""
    seen = reads.ReadSet(action=action, purpose=purpose)
    with reads.counting(seen):
        yield seen
    readings.write(seen, actor, real_now().at)
