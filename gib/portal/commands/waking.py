"""How another process of the house wakes up; it imports nothing that needs the house awake."""

import os
import time
from collections.abc import Mapping
from threading import Thread

import django


def wake(environment: Mapping[str, str], asked_by: int) -> None:
    """Let the house begin in a process of its own, which ends when nobody waits for it any more.

    Args:
        environment: variables in which it differs from the process that asked for it.
        asked_by: the number of that process.
    """
    Thread(target=_leave_with, args=(asked_by,), daemon=True).start()
    os.environ.update(environment)
    django.setup()


def _leave_with(asked_by: int) -> None:
    while os.getppid() == asked_by:
        time.sleep(0.5)
    os._exit(1)
