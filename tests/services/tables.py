"""First migrations made anew, every rule and index inside its table: `python -m tests.services.tables SLICE`.

The framework writes the rules of a table after all tables, and then builds its picture of the house anew for
each of them, and on SQLite the table too: that is most of what an empty database costs.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter

FIRST = "0001_initial"


def whole(operations: Iterable[Operation]) -> list[CreateModel]:
    """Give the tables of a first migration with their fields, rules and indexes inside, in the order of need.

    Raises:
        ValueError: two tables need each other, or something else than tables is made.
    """
    tables: dict[str, CreateModel] = {}
    for operation in operations:
        match operation:
            case CreateModel():
                tables[operation.name_lower] = operation
            case AddField():
                tables[operation.model_name_lower].fields.append((operation.name, operation.field))
            case AddIndex():
                _inside(tables[operation.model_name_lower], "indexes").append(operation.index)
            case AddConstraint():
                _inside(tables[operation.model_name_lower], "constraints").append(operation.constraint)
            case _:
                raise ValueError(f"{operation.describe()} has no place in a first migration")
    needs = {name: set(_needed(table)) & tables.keys() - {name} for name, table in tables.items()}
    try:
        return [tables[name] for name in TopologicalSorter(needs).static_order()]
    except CycleError as error:
        raise ValueError(f"tables that need each other: {error.args[1]}") from error


def _inside(table: CreateModel, option: str) -> list[Any]:
    found: list[Any] = table.options.setdefault(option, [])
    return found


def _needed(table: CreateModel) -> Iterator[str]:
    for _name, field in table.fields:
        if field.is_relation:
            yield str(field.deconstruct()[3]["to"]).split(".")[-1].lower()


def rewrite(slice_name: str) -> Path:
    """Make the first migration of a slice anew from its models; gives the file."""
    loader = MigrationLoader(None)
    before = loader.project_state()
    before.models = {key: model for key, model in before.models.items() if key[0] != slice_name}
    found = MigrationAutodetector(before, ProjectState.from_apps(apps)).changes(loader.graph)
    (made,) = found[slice_name]
    facts = {
        "initial": True,
        "dependencies": [place for place in made.dependencies if place[0] != slice_name],
        "operations": whole(made.operations),
    }
    writer = MigrationWriter(type("Migration", (Migration,), facts)(FIRST, slice_name))
    Path(writer.path).write_text(writer.as_string())
    return Path(writer.path)


if __name__ == "__main__":
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "GIB_TESTING": "1"}
    django.setup()
    for name in sys.argv[1:]:
        sys.stdout.write(f"{rewrite(name)}\n")
