"""The `gib` command: one table of what can be done from a shell."""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final
from uuid import UUID

from gib.core.kernel.rules import CATALOGUE, RuleBroken


@dataclass(frozen=True)
class Argument:
    """One argument of a command, as argparse takes it."""

    flags: tuple[str, ...]
    options: dict[str, Any]


def arg(*flags: str, **options: Any) -> Argument:
    """Write an argument in one line of the table."""
    return Argument(flags, options)


@dataclass(frozen=True)
class Command:
    """A command: its words, where it lives, what it does, and whether it needs Django."""

    words: str
    target: str
    help: str
    arguments: tuple[Argument, ...] = ()
    django: bool = True


_SHEETS: Final = ("volunteers", "referrals", "agreements", "participants")
_COMMANDS: Final = "gib.portal.commands"

COMMANDS: Final = (
    Command(
        "demo",
        f"{_COMMANDS}.demo:run",
        "prepare a demonstration world and serve it",
        (
            arg("--prepare", action="store_true", help="do everything but serve"),
            arg("--small", action="store_true", help="two teams and sixty families instead of a whole year"),
            arg("--port", type=int, default=8000),
        ),
        django=False,
    ),
    Command(
        "seed",
        f"{_COMMANDS}.seed:run",
        "fill an empty database with the synthetic year",
        (
            arg("--year", type=int, required=True, help="the year: 2010"),
            arg("--seed", type=int, default=2010, help="the same number makes the same year"),
            arg("--scale", type=int, default=1, help="how many times as large as the programme was"),
        ),
        django=False,
    ),
    Command("migrate", f"{_COMMANDS}.stores:migrate", "make or update the tables of all three stores"),
    Command(
        "setup", f"{_COMMANDS}.stores:setup", "make keys, stores, translations and static files", django=False
    ),
    Command(
        "serve",
        f"{_COMMANDS}.serve:run",
        "serve the pages",
        (arg("--port", type=int, default=8000), arg("--host", default="localhost")),
    ),
    Command(
        "appoint",
        "gib.people.accounts.commands:appoint",
        "let in the first project leader; prints her letter and the code to say",
        (
            arg("name", help="first and last name, between quotes"),
            arg("--email", default="", help="where neutral notices go"),
            arg("--another", action="store_true", help="there is a project leader already"),
        ),
    ),
    Command("tick", f"{_COMMANDS}.tick:run", "do what is due; run it each minute"),
    Command("verify", f"{_COMMANDS}.verify:run", "check the chains of the journal and of the reading log"),
    Command("keys rotate", f"{_COMMANDS}.keys:rotate", "make a new master key and wrap every key with it"),
    Command("keys bury", f"{_COMMANDS}.keys:bury", "erase again, after a restore, what was erased before"),
    Command("reference load", "gib.people.partners.commands:reference_load", "load the register"),
    Command(
        "reference check",
        "gib.people.partners.commands:reference_check",
        "show what a new register would change",
        (arg("file"),),
    ),
    Command(
        "reference import-postcodes",
        "gib.people.partners.commands:reference_import_postcodes",
        "read a GeoNames file of postcodes",
        (arg("file"),),
    ),
    Command(
        "reference import-borders",
        "gib.people.partners.commands:reference_import_borders",
        "read a TopoJSON file of borders",
        (arg("file"),),
    ),
    Command(
        "import",
        "gib.portal.imports.commands:import_sheet",
        "read a spreadsheet",
        (
            arg("template", choices=_SHEETS),
            arg("file"),
            arg("--dry-run", action="store_true", help="check only, change nothing"),
            arg("--yes", action="store_true", help="do not ask"),
            arg("--mapping", help="a JSON file: heading -> column"),
        ),
    ),
    Command(
        "export",
        "gib.portal.imports.commands:export_sheet",
        "write a spreadsheet",
        (
            arg("template", choices=_SHEETS),
            arg("--format", choices=("csv", "xlsx"), default="xlsx"),
            arg("--output", required=True),
        ),
    ),
    Command(
        "undo-import",
        "gib.portal.imports.commands:undo_import",
        "take back what a spreadsheet brought in, within 24 hours",
        (arg("upload", type=UUID, help="the id that the import told"),),
    ),
    Command(
        "figures",
        "gib.insight.reporting.commands:figures",
        "print the figures of a year, and whether the journal alone tells the same",
        (
            arg("--year", type=int, required=True),
            arg("--json", action="store_true", help="as JSON"),
        ),
    ),
    Command(
        "match",
        "gib.engines.matching.command:run",
        "find the best volunteer for everybody who waits, with reasons and proof",
        (
            arg("file", help="a problem in JSON, as docs/reference/matching-problem.schema.json describes"),
            arg("--brief", action="store_true", help="leave out the pairs that may not be"),
            arg("--force", metavar="DEMAND=VOLUNTEER", help="tell what this choice by hand costs the others"),
            arg("--solver", choices=("own", "or-tools"), default="own", help="or-tools must be installed"),
        ),
        django=False,
    ),
    Command(
        "plan-morning",
        "gib.engines.mornings.command:run",
        "plan a visit morning: who comes in which round and who drives whom, with reasons and proof",
        (
            arg("file", help="a problem in JSON, as docs/reference/morning-problem.schema.json describes"),
            arg("--seconds", type=float, default=30, help="the longest that the solver may think"),
        ),
        django=False,
    ),
    Command(
        "plan-visits",
        "gib.engines.mornings.visits.command:run",
        "plan the fortnightly visits of pairs, as few as possible off their rhythm, with proof",
        (
            arg("file", help="a problem in JSON, as docs/reference/visits-problem.schema.json describes"),
            arg("--seconds", type=float, default=30, help="the longest that the solver may think"),
        ),
        django=False,
    ),
    Command("house", "gib.portal.house:run", "print sizes beside their gates", django=False),
    Command("docs", "gib.portal.reference:run", "write the generated reference pages"),
)


def parser() -> argparse.ArgumentParser:
    """Build the parser from the table."""
    top = argparse.ArgumentParser(prog="gib", description="Gezin in Balans")
    groups: dict[str, Any] = {"": top.add_subparsers(required=True, metavar="command")}
    for command in COMMANDS:
        first, _, last = command.words.rpartition(" ")
        if first not in groups:
            group = groups[""].add_parser(first)
            groups[first] = group.add_subparsers(required=True, metavar="what")
        sub = groups[first].add_parser(last, help=command.help, description=command.help)
        for argument in command.arguments:
            sub.add_argument(*argument.flags, **argument.options)
        sub.set_defaults(command=command)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns: 0 when it succeeded, 1 when a rule or a check failed, 2 for words it does not know.
    """
    given = parser().parse_args(arguments)
    command: Command = given.command
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if command.django:
        import_module("django").setup()
    module, _, function = command.target.partition(":")
    try:
        return getattr(import_module(module), function)(given) or 0
    except RuleBroken as error:
        sys.stderr.write(CATALOGUE.get(error.code, error.code).format(**error.facts) + "\n")
        return 1
