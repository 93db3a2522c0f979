"""The demonstration: a world built by performing the actions, on a database marked as such."""

import argparse
from importlib import import_module

from rich.console import Console

from gib.portal.commands import stores

CONSOLE = Console()
#: What everybody sees who asks for nothing else.
_YEAR = _SEED = 2010


def run(given: argparse.Namespace) -> int:
    """Prepare the stores and the story, print an address and a role per line, and serve.

    Raises:
        RuleBroken: 'not_a_demo' when the database holds users and no mark of a demonstration, 'told_already'.
    """
    stores.setup_demo(given)
    # These need Django, which has only now been set up.
    stories = import_module("gib.portal.commands.stories")
    world = import_module("gib.portal.demo.world")
    serve = import_module("gib.portal.commands.serve")
    if given.small:
        stories.tell_small()
    else:
        stories.tell_year(_YEAR, _SEED)
    if given.prepare:
        return 0
    address = f"http://localhost:{given.port}"
    for role, label in world.doors():
        CONSOLE.print(f"{address}/demo/?rol={role}  {label}", soft_wrap=True)
    CONSOLE.print(f"[bold]{address}/demo/[/bold]  kies een rol")
    status: int = serve.run(argparse.Namespace(port=given.port, host="localhost"))
    return status
