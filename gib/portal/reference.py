"""The generated pages of `docs/reference`: what the code itself knows, for people who do not read code."""

import argparse
import ast
import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Final

from django.apps import apps

from gib.care import CHAIN
from gib.core.access.tables import MAY, SEES, SHOWS, Kind, P, Role
from gib.core.kernel.events import EVENTS, Event
from gib.core.kernel.flow import Flow
from gib.engines.matching import command as matching
from gib.engines.mornings import command as mornings
from gib.engines.mornings.visits import command as visits
from gib.people.partners.domain import Product
from gib.portal.source import ROOT, Module, read_modules

FOLDER: Final = "docs/reference"
GLOSSARY: Final = f"{FOLDER}/glossary.md"
REQUIREMENTS: Final = f"{FOLDER}/requirements.csv"
PEOPLE: Final = tuple(role for role in Role if role is not Role.SYSTEM)
_KINDS: Final = {"get": "text", "str": "text", "setdefault": "text", "bool": "yes or no"}
#: What each setting is for; a setting without a line here fails the tests.
MEANING: Final = {
    "GIB_DATABASE_ROLE": "the PostgreSQL role that serves pages; it owns nothing",
    "GIB_DATABASE_URL": "the main database; empty means a SQLite file in the data folder",
    "GIB_DATA_DIR": "the folder of the embedded databases, the keys, the files and the mail",
    "GIB_DEBUG": "show error pages with code; never in production",
    "GIB_DEMO": "step into any role with one click; refused on a database that is not a demonstration",
    "GIB_HELP_PHONE": "the number to ring, printed on the page that says the house is out of order",
    "GIB_HOSTS": "the host names under which the house answers",
    "GIB_KEYS_DATABASE_URL": "the key store, apart from the main database",
    "GIB_LOG_DATABASE_URL": "the reading log, apart from the main database",
    "GIB_MAIL_FROM": "the neutral address from which mail is sent",
    "GIB_MAIL_URL": "where mail goes; empty means files in the data folder",
    "GIB_MASTER_KEY_FILE": "the file of the master keys, outside the data folder; they wrap each key",
    "GIB_ORIGINS": "the origins from which forms may be posted, behind a proxy",
    "GIB_PROXIES": "how many proxies stand in front, for the address of the visitor",
    "GIB_SECRET_KEY_FILE": "the file of the secret that signs sessions",
    "GIB_SECURE": "cookies and pages over TLS only; off only in demonstrations and tests",
    "GIB_SITE_URL": "the address of the house, for links in letters and mail",
    "GIB_STATIC_DIR": "where the static files are gathered",
    "GIB_TESTING": "the fast settings of the tests",
    "GIB_TOMBSTONE_FILE": "the file that tells, beside the three stores, which boxes were erased",
    "GIB_WORKERS": "how many processes serve pages",
}


def pages(root: Path = ROOT) -> dict[str, str]:
    """Write every generated page; gives its path below the root with its text."""
    writers: dict[str, Callable[[], Iterable[str]]] = {
        "flows": _flows_page,
        "access": _access_page,
        "events": _events_page,
        "glossary-check": lambda: _glossary_page(root),
        "requirements": lambda: _requirements_page(root),
        "settings": lambda: _settings_page(root),
        "data": lambda: _data_page(root),
    }
    found = {f"{FOLDER}/{name}.md": "\n".join([*write(), ""]) for name, write in writers.items()}
    schemas = matching.schemas() | mornings.schemas() | visits.schemas()
    shapes = {f"{FOLDER}/{name}": json.dumps(shape, indent=1) + "\n" for name, shape in schemas.items()}
    return found | shapes


def run(given: argparse.Namespace | None = None) -> int:
    """Write the pages beside the hand-written ones."""
    for path, text in pages().items():
        (ROOT / path).write_text(text, "utf-8")
    return 0


def import_domains(root: Path = ROOT) -> list[str]:
    """Import every domain, so that its flows and events are known; gives their module names."""
    paths = [*root.glob("gib/**/domain.py"), *root.glob("gib/**/domain/*.py")]
    names = sorted(".".join(path.relative_to(root).with_suffix("").parts) for path in paths)
    for name in names:
        import_module(name.removesuffix(".__init__"))
    return [name.removesuffix(".__init__") for name in names]


def flows() -> dict[str, Flow[StrEnum]]:
    """Find every state machine, by the slice and the name of its states, in the order of the chain."""
    found = {}
    for name in import_domains():
        for value in vars(import_module(name)).values():
            if isinstance(value, Flow):
                states = type(value.start)
                found[f"{_slice(states.__module__)}.{states.__name__}"] = value
    return dict(sorted(found.items(), key=lambda item: (_place(item[0]), item[0])))


def events() -> dict[str, type[Event]]:
    """Find every event of the house, in the order of the chain."""
    import_domains()
    own = {name: event for name, event in EVENTS.items() if _is_recorded(event)}
    return dict(sorted(own.items(), key=lambda item: (_place(item[0]), item[0])))


def _is_recorded(event: type[Event]) -> bool:
    is_own = event.__module__.startswith("gib.") and ".tests" not in event.__module__
    return is_own and not event.__subclasses__()


def names() -> dict[str, list[str]]:
    """Collect the words of the code that the glossary must explain, per kind."""
    models = [model for model in apps.get_models() if model.__module__.startswith("gib.")]
    return {
        "models": sorted(model.__name__ for model in models),
        "states": sorted({str(state) for flow in flows().values() for state in type(flow.start)}),
        "events": sorted({event.__name__ for event in events().values()}),
        "permissions": sorted(P),
        "roles": sorted(Role),
        "products": sorted(Product),
    }


def glossary(root: Path = ROOT) -> dict[str, str]:
    """Read the glossary: identifier -> Dutch term."""
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", (root / GLOSSARY).read_text("utf-8"), re.MULTILINE)
    return {name: dutch for dutch, cell in rows for name in re.findall(r"`([^`]+)`", cell)}


def settings(root: Path = ROOT) -> dict[str, tuple[str, str]]:
    """Find what the environment may set: variable -> kind and default, as the code says it."""
    found: dict[str, tuple[str, str]] = {}
    for module in read_modules(root):
        if not module.is_test:
            for node in ast.walk(module.tree):
                if isinstance(node, ast.Call) and (row := _setting(node)):
                    found.setdefault(row[0], row[1:])
    return dict(sorted(found.items()))


def _setting(node: ast.Call) -> tuple[str, str, str] | None:
    first = node.args[0] if node.args else None
    if not (isinstance(first, ast.Constant) and re.fullmatch("GIB_[A-Z_]+", str(first.value))):
        return None
    called = ast.unparse(node.func).split(".")[-1].strip("_")
    kind = "url" if "database" in called or "url" in called else _KINDS.get(called, called)
    return str(first.value), kind, ast.unparse(node.args[1]) if len(node.args) > 1 else ""


def marks(root: Path = ROOT) -> dict[str, list[str]]:
    """Find the requirement marks: requirement -> the tests that prove it."""
    found: dict[str, list[str]] = {}
    for module in read_modules(root):
        for name, requirement in _marked(module):
            found.setdefault(requirement, []).append(f"{module.path}::{name}")
    return {requirement: sorted(set(tests)) for requirement, tests in sorted(found.items())}


def _marked(module: Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(module.tree) if module.is_test else ():
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            for decorator in node.decorator_list:
                if (
                    isinstance(decorator, ast.Call)
                    and ast.unparse(decorator.func) == "pytest.mark.requirement"
                ):
                    yield from ((node.name, str(ast.literal_eval(value))) for value in decorator.args)


def requirements(root: Path = ROOT) -> dict[str, str]:
    """Read the list of requirements: id -> rule."""
    with (root / REQUIREMENTS).open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["rule"] for row in csv.DictReader(file)}


def licences(root: Path = ROOT) -> dict[str, tuple[str, str, str]]:
    """Read what lies beside the data files: path -> source, licence, note."""
    found = {}
    for path in sorted((root / "gib").rglob("LICENCES.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                name = (path.parent / row["file"]).relative_to(root).as_posix()
                found[name] = (row["source"], row["licence"], row["note"])
    return found


def _flows_page() -> Iterator[str]:
    yield from _heading(
        "State machines", "Each is one table in the domain of its slice; only `Flow.move` follows it."
    )
    for name, flow in flows().items():
        yield from (f"## {name}", "", *_doc(type(flow.start)), "```mermaid", flow.mermaid(), "```", "")
        rows = [(f"`{state}`", _codes(sorted(flow.steps.get(state, ())))) for state in type(flow.start)]
        yield from _table(("from", "to"), rows)


def _access_page() -> Iterator[str]:
    yield from _heading("Access", "Three questions, three tables; a row that is not in a table is refused.")
    yield from ("## May this role do this at all?", "")
    yield from _table(
        ("permission", *PEOPLE),
        [(f"`{p}`", *("yes" if p in MAY[role] else "" for role in PEOPLE)) for p in P],
    )
    yield from ("## Which rows exist for this role?", "")
    rows = [(f"`{kind}`", *(", ".join(sorted(SEES[role].get(kind, ()))) for role in PEOPLE)) for kind in Kind]
    yield from _table(("kind", *PEOPLE), rows)
    yield from ("## Which fields of such a row are shown?", "", "`*` is every group of that kind.", "")
    rows = [
        (f"`{kind}`", *(", ".join(sorted(SHOWS[kind].get(role, ()))) for role in PEOPLE)) for kind in Kind
    ]
    yield from _table(("kind", *PEOPLE), rows)
    yield from ("## Which fields are in a group?", "")
    yield from _table(("kind", "table", "group", "fields"), sorted(_groups()))


def _groups() -> Iterator[tuple[str, ...]]:
    for model in apps.get_models():
        access = getattr(model, "Access", None)
        for group, names_ in getattr(access, "groups", {}).items():
            kind = getattr(access, "kind", "")
            yield f"`{kind}`", f"`{model.__name__}`", f"`{group}`", _codes(names_)


def _events_page() -> Iterator[str]:
    yield from _heading(
        "Events",
        "What the journal records, in ids, codes, dates and numbers. An event of no dossier has no sentence.",
    )
    rows = [
        (f"`{name}`", _codes(f.name for f in fields(event) if f.name != "dossier_id"), event.sentence)
        for name, event in events().items()
    ]
    yield from _table(("event", "fields", "sentence for the mother"), rows)


def _glossary_page(root: Path) -> Iterator[str]:
    yield from _heading(
        "Words of the code", "Each has a row in the [glossary](glossary.md); a test says so when not."
    )
    known = glossary(root)
    for kind, found in names().items():
        yield from (f"## {kind.capitalize()}", "")
        yield from _table(
            ("identifier", "Dutch"), [(f"`{name}`", known.get(name, "**missing**")) for name in found]
        )


def _requirements_page(root: Path) -> Iterator[str]:
    proofs, listed = marks(root), requirements(root)
    proved = sum(1 for requirement in listed if requirement in proofs)
    yield from _heading(
        "Requirements",
        f"{proved} of {len(listed)} have a test that names them; the rest wait for their issue.",
    )
    rows = [
        (key, rule, "<br>".join(f"`{test}`" for test in proofs.get(key, ()))) for key, rule in listed.items()
    ]
    yield from _table(("id", "rule", "tests"), rows)


def _settings_page(root: Path) -> Iterator[str]:
    yield from _heading(
        "Settings", "Everything that differs between installations is one of these variables."
    )
    rows = [
        (f"`{name}`", kind, f"`{default}`" if default else "", MEANING.get(name, "**missing**"))
        for name, (kind, default) in settings(root).items()
    ]
    yield from _table(("variable", "kind", "default", "meaning"), rows)


def _data_page(root: Path) -> Iterator[str]:
    yield from _heading(
        "Data files", "What is shipped with the house, where it comes from, and how it may be used."
    )
    rows = [(f"`{name}`", *texts) for name, texts in licences(root).items()]
    yield from _table(("file", "source", "licence", "note"), rows)


def _heading(title: str, lead: str) -> tuple[str, ...]:
    return f"# {title}", "", lead, "", "*Generated by `gib docs`; change the code, not this page.*", ""


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(headings)} |"
    yield f"|{' --- |' * len(headings)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"
    yield ""


def _codes(values: Iterable[str]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def _doc(states: type[StrEnum]) -> tuple[str, ...]:
    own = states.__dict__.get("__doc__")
    return (own.strip().split("\n\n")[0], "") if own else ()


def _slice(module: str) -> str:
    parts = module.split(".")[1:]
    return ".".join(part for part in parts[1:] if part not in ("domain", "models")) or parts[0]


def _place(name: str) -> int:
    first = name.split(".")[0]
    return CHAIN.index(first) if first in CHAIN else -1
