"""How another process of the house wakes up; it imports nothing that needs the house awake."""

import os
from collections.abc import Mapping

import django


def wake(environment: Mapping[str, str]) -> None:
    """Let the house begin in a process of its own.

    Args:
        environment: variables in which it differs from the process that asked for it.
    """
    os.environ.update(environment)
    django.setup()
