"""The gates of `gib house` hold, and each gate breaks on something that is too large."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from gib.portal import house, source
from tests.architecture.stack import plant

LONG = "def f():\n" + "    x = 1\n" * 40
BRANCHES = "def f(x):\n" + "    if x:\n        x = 1\n" * 8
PLANTS = {
    "function": ("gib/care/a.py", LONG),
    "function in a test": ("gib/care/tests/test_a.py", LONG),
    "complexity of a function": ("gib/care/a.py", BRANCHES),
    "view": ("gib/care/views.py", "def f(request):\n" + "    x = 1\n" * 25),
    "module": ("gib/care/a.py", "x = 1\n" * 401),
    "module of tests": ("tests/test_a.py", "x = 1\n" * 401),
    "class": ("gib/care/a.py", "class A:\n" + "    x = 1\n" * 150),
    "template": ("gib/care/templates/care/a.html", "<p>\n" * 151),
    "settings": ("config/settings.py", "X = 1\n" * 301),
    "own JavaScript": ("gib/core/ui/static/ui/a.js", "let x\n" * 501),
    "suppressions": ("gib/care/a.py", "x = 1  # noqa: E501 because of the width\n" * 11),
    "suppressions without a reason": ("gib/care/a.py", "x = 1  # type: ignore[misc]\n"),
    "public functions without a docstring": ("gib/care/domain.py", "def f():\n    pass\n"),
    "modules without an opening sentence": ("gib/care/a.py", "x = 1\n"),
    "test code / source code": ("gib/care/a.py", "x = 1\n" * 10),
}


def found(root: Path) -> dict[str, house.Gate]:
    return {gate.name: gate for gate in house.gates(root)}


@pytest.fixture(scope="module")
def measured() -> dict[str, house.Gate]:
    return found(source.ROOT)


def test_every_gate_has_its_planted_fault(measured: dict[str, house.Gate]) -> None:
    assert set(measured) == set(PLANTS)


@pytest.mark.parametrize("name", PLANTS)
def test_the_house_keeps_the_gate(name: str, measured: dict[str, house.Gate]) -> None:
    gate = measured[name]
    assert gate.is_kept, "\n".join(f"{size.where} ({size.size})" for size in gate.over)


@pytest.mark.parametrize("name", PLANTS)
def test_the_gate_breaks_on_a_planted_fault(name: str, tmp_path: Path) -> None:
    gate = found(plant(tmp_path, *PLANTS[name]))[name]
    assert not gate.is_kept
    assert gate.over


def test_at_the_limit_a_gate_is_kept() -> None:
    assert house.each("x", 40, [house.Size("a", 40)]).is_kept
    assert house.total("x", 10, [house.Size("a", 10)]).is_kept


def test_median_and_95th_percentile_are_printed() -> None:
    sizes = [house.Size(str(size), size) for size in range(1, 101)]
    assert house.each("x", 40, sizes).summary == ("50.5", "95", "100")
    assert house.each("x", 40, []).summary == ("0", "0", "0")


def test_a_getter_speaks_for_its_setter(tmp_path: Path) -> None:
    text = (
        '"""D."""\nclass A:\n    @property\n    def x(self):\n        """Give x."""\n'
        "    @x.setter\n    def x(self, v):\n        pass\n"
    )
    assert found(plant(tmp_path, "gib/care/domain.py", text))["public functions without a docstring"].is_kept


def test_a_suppression_with_a_reason_counts_but_is_not_without_one(tmp_path: Path) -> None:
    rows = found(plant(tmp_path, "gib/care/a.py", "x = 1  # type: ignore[misc]  # the stubs are wrong\n"))
    assert rows["suppressions"].value == "1"
    assert rows["suppressions without a reason"].value == "0"


def test_migrations_are_generated_and_not_measured(tmp_path: Path) -> None:
    assert found(plant(tmp_path, "gib/care/migrations/0001_initial.py", LONG))["function"].is_kept


@pytest.mark.parametrize(("text", "code"), [("x = 1\n" * 10, 1), ("", 0)])
def test_the_command_prints_the_table_and_gives_the_code(tmp_path: Path, text: str, code: int) -> None:
    printed = io.StringIO()
    root = plant(tmp_path, "gib/care/a.py", text)
    assert house.report(root, Console(file=printed, width=120).print) == code
    assert "p95" in printed.getvalue()
    assert ("BROKEN" in printed.getvalue()) == bool(code)
