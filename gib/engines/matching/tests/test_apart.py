"""What checks the engine is short and stands apart from it: a mistake that both share would stay unseen."""

import ast
import inspect
import sys
from types import ModuleType

import pytest

from gib.engines.matching import certificate
from gib.engines.matching.solver import Graph, Plan
from gib.engines.matching.tests import oracle, validator

#: Somebody must be able to read the whole check before she believes it. Source: issue of the engine.
MOST_LINES = 30
#: What the tables of the solver would work out for who asks: a check that asks would not be one.
WORKED_OUT = {"weight", "pairs", "objective", "copy", "price_at", "disperse"}
#: What a plan claims: a claim is asked for, however it is kept, since it is what the check checks.
CLAIMED = {"gain", "price"}


def length(module: ModuleType) -> int:
    """Count the lines of everything that a module does, its texts included; imports and blank lines not."""
    source = inspect.getsource(module)
    parts = [each for each in ast.parse(source).body if isinstance(each, ast.FunctionDef | ast.ClassDef)]
    lines = [line for part in parts for line in (ast.get_source_segment(source, part) or "").splitlines()]
    return sum(bool(line.strip()) for line in lines)


def borrowed(source: str) -> dict[str, set[str]]:
    """Give what code takes from modules that are not of Python itself: module -> names, all of it as `*`."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            found.setdefault(node.module or "", set()).update(each.name for each in node.names)
        if isinstance(node, ast.Import):
            found |= {each.name: {"*"} for each in node.names}
    return {name: names for name, names in found.items() if name.split(".")[0] not in sys.stdlib_module_names}


def test_the_check_of_a_plan_is_at_most_thirty_lines() -> None:
    assert 20 < length(certificate) <= MOST_LINES


def test_the_check_takes_two_tables_of_the_solver_and_lets_it_work_out_nothing() -> None:
    source = inspect.getsource(certificate)
    assert borrowed(source) == {"gib.engines.matching.solver": {"Graph", "Plan"}}
    asked = {node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)}
    assert asked & WORKED_OUT == set()
    assert {"worth", "targets", "gains", "room", "mate", "gain", "price"} <= asked


def test_the_validator_of_the_rules_shares_no_code_with_the_engine() -> None:
    assert borrowed(inspect.getsource(validator)) == {}


def test_trying_everything_rests_on_the_validator_alone() -> None:
    assert borrowed(inspect.getsource(oracle)).keys() == {validator.__name__}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from gib.engines.matching.rules import possible", {"gib.engines.matching.rules": {"possible"}}),
        ("def f():\n    import gib.engines.matching.pool", {"gib.engines.matching.pool": {"*"}}),
        ("import json\nfrom datetime import date", {}),
    ],
)
def test_code_that_is_borrowed_is_found(source: str, found: dict[str, set[str]]) -> None:
    assert borrowed(source) == found


def test_what_the_solver_works_out_is_what_its_tables_can_do() -> None:
    able = [name for kind in (Graph, Plan) for name in vars(kind).keys() - kind.__annotations__.keys()]
    assert {name for name in able if not name.startswith("_")} == WORKED_OUT | CLAIMED


def test_a_longer_check_would_be_counted() -> None:
    assert length(validator) > MOST_LINES
