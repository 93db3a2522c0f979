"""Checking what cannot be changed unseen."""

import argparse

from rich.console import Console

from gib.core.access import rls
from gib.core.journal import chain, readings
from gib.core.vault import tombstones

CONSOLE = Console()


def run(given: argparse.Namespace) -> int:
    """Check the tombstones, the chains of the journal and the blocks of the reading log.

    Returns: 0 when whole, 1 with a line per fault.
    """
    # First: opening a key, as the others do, puts the tombstones right.
    found = [f"tombstones {fault}" for fault in tombstones.faults()]
    with rls.system("verify"):
        found += [f"journal {fault}" for fault in chain.faults()]
    found += [f"reading log {fault}" for fault in readings.faults()]
    for fault in found:
        CONSOLE.print(fault)
    CONSOLE.print("whole" if not found else f"{len(found)} faults")
    return 1 if found else 0
