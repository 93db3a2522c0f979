"""Rotating the master key, and burying again what a restore brought back."""

import argparse
from pathlib import Path

from django.conf import settings
from rich.console import Console

from gib.core.vault import boxes, master, rotation

CONSOLE = Console()


def rotate(given: argparse.Namespace) -> None:
    """Add a master key and wrap every data key with it; interrupted, it goes on the next time."""
    version = master.add_version(Path(settings.MASTER_KEY_FILE))
    CONSOLE.print(f"master key {version}: {rotation.rewrap()} keys wrapped again")


def bury(given: argparse.Namespace) -> None:
    """Erase every box that has a tombstone."""
    CONSOLE.print(f"{boxes.replay_tombstones()} keys destroyed")
