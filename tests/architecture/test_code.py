"""What an import linter cannot see: writes, hidden imports, signals, queries in views, forbidden fields."""

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

from gib.portal.source import ROOT, Module, read_modules
from tests.architecture.stack import may_know, plant, slice_of

WRITERS = {"models", "actions", "builders"}
ALWAYS_WRITES = {"bulk_create", "bulk_update"}
# `words.update(other)`, `book.save(path)` and `master.create(folder)` have an argument; a queryset has none.
WRITES_WITHOUT_ARGUMENT = {"create", "get_or_create", "update_or_create", "save", "update", "delete"}
MANAGERS = {"objects", "_base_manager", "_default_manager", "all_objects"}
FORBIDDEN_WORDS = {
    *("bsn", "burgerservice", "burgerservicenummer", "sofi", "sofinummer", "skn", "vnumber", "vnummer"),
    *("offence", "offense", "delict", "delicten", "crime", "misdrijf", "vonnis", "verdict", "recidivism"),
    *("nationality", "nationaliteit", "ethnicity", "ethnic", "etniciteit", "religion", "race", "herkomst"),
    *("uitkering", "welfare", "riskscore"),
}
#: Where a person asks for a match: on the board, with her list, and in stories of who did.
PEOPLE_ASK = (
    *("gib/care/products/actions/", "gib/care/products/views/board.py", "gib/care/products/builders.py"),
    *("gib/portal/imports/participants.py", "gib/portal/demo/", "gib/portal/year/"),
)
FORBIDDEN_NAMES = {"v_number", "v_nummer", "risk_score", "id_copy", "passport_number"}
Check = Callable[[Module], Iterator[ast.AST]]


def source(root: Path) -> list[Module]:
    """Read the house without its tests."""
    return [module for module in read_modules(root) if not module.is_test]


def offenders(root: Path, check: Check) -> list[str]:
    """Run one check over a house; each offender is a line that an editor can open."""
    return [
        f"{module.path}:{getattr(node, 'lineno', 1)}" for module in source(root) for node in check(module)
    ]


def writes(module: Module) -> Iterator[ast.AST]:
    """Find writes outside the files that may write; core may write the tables that it owns."""
    parts = {PurePosixPath(part).stem for part in PurePosixPath(module.path).parts}
    if parts & WRITERS or module.path.startswith("gib/core/"):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            if name in ALWAYS_WRITES or (name in WRITES_WITHOUT_ARGUMENT and not node.args):
                yield node


def signals(module: Module) -> Iterator[ast.AST]:
    """Find signal receivers: whoever reads an action must see what follows from it."""
    for node in ast.walk(module.tree):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if any(name == "django.dispatch" or name.endswith(".signals") for name in names):
            yield node


def looked_up_models(module: Module) -> Iterator[ast.AST]:
    """Find models that are fetched by name, behind the back of the import contracts."""
    for node in ast.walk(module.tree):
        # An app that asks for its own models by `self.get_model` hides nothing.
        if isinstance(node, ast.Attribute) and node.attr == "get_model" and ast.unparse(node.value) != "self":
            yield node


def hidden_imports(module: Module) -> Iterator[ast.AST]:
    """Find imports of our own code inside a function."""
    for function in ast.walk(module.tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if any(name.split(".")[0] == "gib" for name in _imported(node)):
                    yield node


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or "gib"]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def type_checking_blocks(module: Module) -> Iterator[ast.AST]:
    """Find imports that exist for the type checker only: they hide a cycle."""
    for node in ast.walk(module.tree):
        if "TYPE_CHECKING" in (getattr(node, "id", ""), getattr(node, "attr", "")):
            yield node


def queries_in_views(module: Module) -> Iterator[ast.AST]:
    """Find views that reach past `visible_to`."""
    if "views" in {PurePosixPath(part).stem for part in PurePosixPath(module.path).parts}:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
                yield node


def forbidden_fields(module: Module) -> Iterator[ast.AST]:
    """Find fields for what the house must never hold (PRV-03, BSN-01, BSN-04, LNG-04, VOL-04, AI-04)."""
    for found in ast.walk(module.tree):
        if isinstance(found, ast.ClassDef):
            for node in found.body:
                for name in _assigned(node):
                    if name in FORBIDDEN_NAMES or set(name.split("_")) & FORBIDDEN_WORDS:
                        yield node


def _assigned(node: ast.stmt) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else []
    targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
    return [target.id for target in targets if isinstance(target, ast.Name)]


def links_upward(module: Module) -> Iterator[ast.AST]:
    """Find addresses of a later slice: those go through the portal."""
    here = slice_of(module.path)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and _called(node) in ("reverse", "reverse_lazy", "redirect"):
            for argument in node.args[:1]:
                if isinstance(argument, ast.Constant) and not may_name(here, str(argument.value)):
                    yield node


def machine_matches(module: Module) -> Iterator[ast.AST]:
    """Find a match that is asked for where no person chose it: the computer proposes on a page (AI-03)."""
    if not module.path.startswith(PEOPLE_ASK):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and _called(node) in ("propose_match", "propose_chosen"):
                yield node


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def may_name(here: str | None, address: str) -> bool:
    """Tell whether a slice may name an address such as `referral:list`."""
    space = address.split(":")[0] if ":" in address and "/" not in address else "portal"
    there = namespaces(ROOT).get(space)
    return space == "portal" or (here is not None and there is not None and may_know(here, there))


@cache
def namespaces(root: Path) -> dict[str, str]:
    """Give the slice of each namespace, from the `app_name` of its urls."""
    found = {}
    for path in sorted((root / "gib").rglob("urls.py")):
        here = slice_of(path.relative_to(root).as_posix())
        for node in ast.parse(path.read_text("utf-8")).body:
            if here and isinstance(node, ast.Assign) and _assigned(node) == ["app_name"]:
                found[str(ast.literal_eval(node.value))] = here
    return found


CASES: dict[str, tuple[Check, str, str]] = {
    "writes": (writes, "gib/care/referral/views.py", "def f(row):\n    row.save()\n"),
    "writes in a form": (writes, "gib/care/referral/forms.py", "Referral.objects.create(team_id=1)\n"),
    "writes of many": (writes, "gib/care/referral/sheet.py", "rows.update(state='accepted')\n"),
    "signals": (signals, "gib/care/referral/models.py", "from django.dispatch import receiver\n"),
    "save signal": (signals, "gib/care/referral/apps.py", "from django.db.models.signals import post_save\n"),
    "get_model": (looked_up_models, "gib/care/referral/models.py", "apps.get_model('intake', 'Intake')\n"),
    "hidden imports": (
        hidden_imports,
        "gib/care/referral/actions.py",
        "def f():\n    from gib.care import intake\n",
    ),
    "type checking": (
        type_checking_blocks,
        "gib/care/referral/forms.py",
        "if TYPE_CHECKING:\n    import x\n",
    ),
    "queries in views": (queries_in_views, "gib/care/referral/views.py", "rows = Referral.objects\n"),
    "queries in a folder of views": (
        queries_in_views,
        "gib/portal/views/day.py",
        "rows = Referral.objects\n",
    ),
    "number of a citizen": (forbidden_fields, "gib/care/referral/models.py", "class A:\n    bsn = 1\n"),
    "offence": (forbidden_fields, "gib/care/intake/forms.py", "class A:\n    offence_kind: str\n"),
    "risk": (forbidden_fields, "gib/engines/matching/solve.py", "class A:\n    risk_score: int\n"),
    "links upward": (links_upward, "gib/core/ui/links.py", "reverse('nowhere:list')\n"),
    "a match by itself": (
        machine_matches,
        "gib/care/products/reactions.py",
        "def f(best):\n    actions.propose_match(best)\n",
    ),
}
ALLOWED: dict[str, tuple[Check, str, str]] = {
    "write of an action": (writes, "gib/care/referral/actions.py", "row.save()\n"),
    "write of actions in a folder": (writes, "gib/care/products/actions/visits.py", "row.save()\n"),
    "a dictionary": (writes, "gib/care/referral/views.py", "words.update(other)\n"),
    "a key file": (writes, "gib/portal/commands/stores.py", "master.create(folder)\n"),
    "a workbook": (writes, "gib/care/referral/sheet.py", "book.save(path)\n"),
    "import at the top": (hidden_imports, "gib/care/referral/actions.py", "from gib.core import kernel\n"),
    "imported from outside": (hidden_imports, "gib/portal/cli.py", "def f():\n    import django\n"),
    "sentence of an event": (
        forbidden_fields,
        "gib/care/referral/domain.py",
        "class A:\n    sentence = ''\n",
    ),
    "portal": (links_upward, "gib/care/referral/views.py", "redirect('portal:dossier', pk)\n"),
    "a match of the board": (
        machine_matches,
        "gib/care/products/views/board.py",
        "actions.propose_chosen(pk)\n",
    ),
}


@pytest.mark.requirement("PRV-03")
@pytest.mark.requirement("BSN-01")
@pytest.mark.requirement("BSN-04")
@pytest.mark.requirement("VOL-04")
@pytest.mark.requirement("LNG-04")
@pytest.mark.requirement("AI-04")
def test_no_field_for_what_the_house_must_not_know() -> None:
    assert offenders(ROOT, forbidden_fields) == []


@pytest.mark.requirement("AI-03")
def test_no_match_is_asked_for_unless_a_person_chose_it() -> None:
    assert offenders(ROOT, machine_matches) == []


@pytest.mark.parametrize(
    "check",
    [writes, signals, looked_up_models, hidden_imports, type_checking_blocks, queries_in_views, links_upward],
    ids=lambda check: check.__name__,
)
def test_the_house_keeps_to_it(check: Check) -> None:
    assert offenders(ROOT, check) == []


@pytest.mark.parametrize("name", CASES)
def test_a_planted_fault_is_found(name: str, tmp_path: Path) -> None:
    check, path, text = CASES[name]
    assert len(offenders(plant(tmp_path, path, text), check)) == 1


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_allowed_is_left_alone(name: str, tmp_path: Path) -> None:
    check, path, text = ALLOWED[name]
    assert offenders(plant(tmp_path, path, text), check) == []
