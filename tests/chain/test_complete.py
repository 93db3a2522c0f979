"""Nothing of the rules is left untested: each code, each state machine, each exception of the field."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from gib.core.kernel.rules import CATALOGUE
from gib.portal import reference
from gib.portal.source import ROOT
from tests.architecture.stack import plant
from tests.chain.exceptions import LATER, PROVED
from tests.chain.reach import TAKEN_BY
from tests.chain.truths.tells import STORED

#: Flow -> the test that walks it, where the machine of the chain does not.
ELSEWHERE: Final = {
    "portal.ErasureState": "gib/portal/tests/test_erasure.py",
    "sheets.UploadState": "gib/portal/imports/tests/test_machine.py",
    "volunteers.expenses.ClaimState": "gib/people/volunteers/tests/test_expenses_domain.py",
}
#: Calls whose words are expectations of a refusal.
_EXPECTS: Final = re.compile(r"broken|refus|raises|param|code|says|rule", re.IGNORECASE)


def declared(root: Path) -> set[str]:
    """Collect the codes that the sources declare with a sentence."""
    found: set[str] = set()
    for path in root.glob("gib/**/*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and _name(node.func) == "declare"
                and isinstance(node.args[0], ast.Dict)
            ):
                found |= {str(ast.literal_eval(key)) for key in node.args[0].keys if key is not None}
    return found


def expected(root: Path) -> set[str]:
    """Collect the words that tests expect of a refusal: in a call, a comparison or a table of cases."""
    return {
        word
        for path in (*root.glob("gib/**/tests/**/*.py"), *root.glob("tests/**/*.py"))
        if "chain" not in path.parts
        for node in _expectations(ast.parse(path.read_text()))
        for word in _words(node)
    }


def _expectations(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.For):
            yield node.iter
        elif isinstance(node, ast.Compare) or _EXPECTS.search(_name(getattr(node, "func", node))):
            yield node
    yield from (node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign))


def _words(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value.strip("^$")


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def missing(root: Path) -> set[str]:
    """Name the codes that no test expects."""
    return declared(root) - expected(root)


@cache
def names_in(path: Path) -> frozenset[str]:
    """Name the tests of a file, those in a class by its name."""
    tree = ast.parse(path.read_text())
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    own = {f"{each.name}::{node.name}" for each in classes for node in _functions(each.body)}
    machines = {_name(node) for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names = {*(node.name for node in _functions(tree.body)), *(each.name for each in classes)}
    return frozenset(own | names | {name for name in machines if name.startswith("Test")})


def _functions(body: Iterable[ast.stmt]) -> Iterator[ast.FunctionDef]:
    return (node for node in body if isinstance(node, ast.FunctionDef))


def exists(node: str, root: Path = ROOT) -> bool:
    """Tell whether a test stands where a table says."""
    path, _, name = node.partition("::")
    return (root / path).is_file() and (not name or name in names_in(root / path))


def test_each_code_is_expected_by_a_test() -> None:
    assert sorted(missing(ROOT)) == []


def test_every_sentence_is_declared_where_it_is_looked_for() -> None:
    reference.import_domains()
    assert declared(ROOT) >= {code for code in CATALOGUE if not code.startswith("test_")}


def test_a_code_without_a_test_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "gib/care/domain.py", 'declare({"never_told": "Dit kan niet.", "told": "Dit ook niet."})')
    plant(
        tmp_path, "gib/care/tests/test_domain.py", 'def test_it():\n    with broken("told"):\n        act()\n'
    )
    assert missing(tmp_path) == {"never_told"}


def test_a_word_in_passing_is_no_expectation(tmp_path: Path) -> None:
    plant(tmp_path, "gib/care/domain.py", 'declare({"told": "Dit kan niet."})')
    plant(tmp_path, "gib/care/tests/test_domain.py", 'def test_it():\n    print("told")\n')
    assert missing(tmp_path) == {"told"}


def test_each_state_machine_is_walked() -> None:
    assert set(reference.flows()) == {*STORED, *ELSEWHERE}
    assert set(TAKEN_BY) == set(STORED)
    assert [node for node in (*ELSEWHERE.values(), *TAKEN_BY.values()) if not exists(node)] == []


@pytest.mark.parametrize("exception", PROVED)
def test_each_exception_has_its_tests(exception: str) -> None:
    assert [node for node in PROVED[exception] if not exists(node)] == []


def test_what_comes_later_says_why() -> None:
    assert all(LATER.values())
    assert not set(LATER) & set(PROVED)


def test_a_test_that_is_gone_is_noticed() -> None:
    path = "gib/care/products/tests/test_exceptions.py"
    assert exists(path)
    assert not exists(f"{path}::test_that_never_was")
    assert not exists("gib/care/nowhere.py::test_that_never_was")
