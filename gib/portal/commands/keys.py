"""Rotating the master key, and burying again what a restore brought back."""

import argparse
from pathlib import Path

from django.conf import settings
from rich.console import Console

from gib.core.vault import master, rotation, tombstones

CONSOLE = Console()


def rotate(given: argparse.Namespace) -> None:
    """Add a master key and wrap every data key with it; one that was interrupted is finished instead."""
    path = Path(settings.MASTER_KEY_FILE)
    if not rotation.is_unfinished():
        master.add_version(path)
    CONSOLE.print(f"master key {max(master.keys())}: {rotation.rewrap()} keys wrapped again")


def bury(given: argparse.Namespace) -> None:
    """Give each store the tombstones it lacks, and destroy the key of every erased box."""
    done = tombstones.settle()
    for place, count in done.lacked.items():
        CONSOLE.print(f"{place}: {count} tombstones put back")
    CONSOLE.print(f"{done.destroyed} keys destroyed")
