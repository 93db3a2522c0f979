"""What an operator does with reference data from a shell."""

import argparse
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from gib.core.kernel.clock import real_now
from gib.people.partners import actions
from gib.people.partners.models import unconfirmed_terms


def reference_load(given: argparse.Namespace) -> int:
    """Load the register; a second time it changes nothing. Tells which terms nobody stands for yet."""
    screen = Console()
    screen.print("loaded" if actions.load_register() else "was loaded before, nothing changed")
    print_unconfirmed(screen, real_now().on)
    return 0


def print_unconfirmed(screen: Console, on: date) -> None:
    """Print the terms of a day without a confirmation, for the start of the house (CMP-02)."""
    waiting = unconfirmed_terms(on)
    if waiting:
        screen.print(
            f"{len(waiting)} terms are unconfirmed:", ", ".join(f"{key} ({mark})" for key, mark in waiting)
        )


def reference_check(given: argparse.Namespace) -> int:
    """Print what a new register would change; somebody approves it on the page of the register."""
    diff = actions.compare_with(Path(given.file).read_text("utf-8"))
    screen = Console()
    if diff.is_empty:
        screen.print("this file changes nothing")
        return 0
    table = Table("change", "codes")
    for name, codes in vars(diff).items():
        table.add_row(name, ", ".join(codes) or "-")
    screen.print(table)
    screen.print("Bring it in at /gemeenten/bijwerken/, where a named person approves it.")
    return 0


def reference_import_postcodes(given: argparse.Namespace) -> int:
    """Read a GeoNames file of postcodes."""
    with Path(given.file).open(encoding="utf-8") as lines:
        count = actions.import_postcodes(lines)
    Console().print(f"{count} postcodes")
    return 0


def reference_import_borders(given: argparse.Namespace) -> int:
    """Read a TopoJSON file of borders."""
    count = actions.import_borders(Path(given.file).read_text("utf-8"))
    Console().print(f"borders of {count} municipalities")
    return 0
