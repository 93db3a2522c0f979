"""The sizes of the code beside their gates: what `gib house` prints and the architecture tests assert."""

import argparse
import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from gib.portal.source import ROOT, Module, read_modules

try:
    from radon.complexity import cc_visit_ast
except ModuleNotFoundError as error:
    raise SystemExit("The sizes are measured with the development packages: make house") from error

# The goal is 1.2 (the page on style); the floor rises with what is reached and never falls.
TEST_SHARE, TEST_GOAL = 1.0, 1.2
_TOLD = re.compile(r"(^|/)(domain|actions)(\.py$|/)|^gib/(core|engines)/")
_VIEWS = re.compile(r"(^|/)views(\.py$|/)")
_SUPPRESSION = re.compile(
    r"noqa(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*)?|type:\s*ignore(\[[^\]]*\])?|pragma:\s*no cover|nosec"
)
_REASON = re.compile(r"[a-z]{2,}\W+[a-z]{2,}", re.IGNORECASE)
_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Size:
    """One thing with its size; `where` names it for who must make it smaller."""

    where: str
    size: int


@dataclass(frozen=True)
class Gate:
    """One row of the table: a limit, what was measured, and what stands over it."""

    name: str
    limit: str
    sizes: list[Size]
    is_kept: bool
    over: list[Size] = field(default_factory=list)
    value: str = ""

    @property
    def summary(self) -> tuple[str, str, str]:
        """Median, 95th percentile and maximum as text; one value where only a sum counts."""
        if self.value:
            return "", "", self.value
        found = sorted(size.size for size in self.sizes) or [0]
        return f"{median(found):g}", str(found[ceil(len(found) * 0.95) - 1]), str(found[-1])


def gates(root: Path = ROOT) -> list[Gate]:
    """Measure a house: one row per gate, kept or broken."""
    modules = read_modules(root)
    source = [module for module in modules if not module.is_test]
    tests = [module for module in modules if module.is_test]
    views = [module for module in source if _VIEWS.search(module.path)]
    return [
        each("function", 40, functions(source)),
        each("function in a test", 40, functions(tests)),
        each("complexity of a function", 8, complexities(source)),
        each("view", 25, functions(views)),
        each("module", 400, lengths(source)),
        each("module of tests", 400, lengths(tests)),
        each("class", 150, classes(modules)),
        each("template", 150, files(root, "gib/**/templates/**/*.*")),
        each("settings", 300, files(root, "config/settings.py")),
        total("own JavaScript", 500, files(root, "gib/**/static/**/*.js")),
        total("suppressions", 10, suppressions(modules)),
        total("suppressions without a reason", 0, suppressions(modules, with_reason=False)),
        total("public functions without a docstring", 0, undocumented(source)),
        total("modules without an opening sentence", 0, unopened(source)),
        share(source, tests),
    ]


def each(name: str, most: int, sizes: Iterable[Size]) -> Gate:
    """Hold every single thing to a limit."""
    found = list(sizes)
    over = sorted((size for size in found if size.size > most), key=lambda size: -size.size)
    return Gate(name, f"<= {most}", found, not over, over)


def total(name: str, most: int, sizes: Iterable[Size]) -> Gate:
    """Hold the sum of all things to a limit."""
    found = list(sizes)
    summed = sum(size.size for size in found)
    is_kept = summed <= most
    return Gate(name, f"<= {most} in all", found, is_kept, [] if is_kept else found, str(summed))


def share(source: list[Module], tests: list[Module]) -> Gate:
    """Hold the lines of tests to at least a share of the lines of source."""
    ours, theirs = sum(module.lines for module in source), sum(module.lines for module in tests)
    is_kept = theirs >= TEST_SHARE * ours
    over = [] if is_kept else [Size(f"{theirs} lines of tests beside {ours} of source", theirs)]
    return Gate(
        "test code / source code",
        f">= {TEST_SHARE}, goal {TEST_GOAL}",
        [],
        is_kept,
        over,
        f"{theirs / max(ours, 1):.2f}",
    )


def functions(modules: Iterable[Module]) -> Iterator[Size]:
    """Measure every function from its `def` to its last line, docstring included."""
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, _Function):
                yield _size(module, node)


def lengths(modules: Iterable[Module]) -> Iterator[Size]:
    """Measure every file in lines."""
    return (Size(module.path, _length(module.text)) for module in modules)


def classes(modules: Iterable[Module]) -> Iterator[Size]:
    """Measure every class."""
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef):
                yield _size(module, node)


def complexities(modules: Iterable[Module]) -> Iterator[Size]:
    """Count the paths through every function (McCabe, with `and` and `or`)."""
    for module in modules:
        for block in cc_visit_ast(module.tree):
            if block.letter != "C":
                yield Size(f"{module.path}:{block.lineno} {block.name}", block.complexity)


def files(root: Path, pattern: str) -> Iterator[Size]:
    """Measure files that are not Python, in lines."""
    for path in sorted(root.glob(pattern)):
        if path.is_file():
            yield Size(path.relative_to(root).as_posix(), _length(path.read_text("utf-8")))


def suppressions(modules: Iterable[Module], with_reason: bool = True) -> Iterator[Size]:
    """Find the comments that silence a tool; `with_reason=False` gives only those that do not say why."""
    for module in modules:
        for token in tokenize.generate_tokens(io.StringIO(module.text).readline):
            if token.type == tokenize.COMMENT and _is_suppression(token.string, with_reason):
                yield Size(f"{module.path}:{token.start[0]}", 1)


def _is_suppression(comment: str, with_reason: bool) -> bool:
    is_silent = not _REASON.search(_SUPPRESSION.sub("", comment))
    return bool(_SUPPRESSION.search(comment)) and (with_reason or is_silent)


def undocumented(modules: Iterable[Module]) -> Iterator[Size]:
    """Find the public functions of domain, actions, core and engines that do not say what they do."""
    for module in modules:
        if _TOLD.search(module.path):
            for node in _public_functions(module.tree):
                if not ast.get_docstring(node):
                    yield Size(f"{module.path}:{node.lineno} {node.name}", 1)


def unopened(modules: Iterable[Module]) -> Iterator[Size]:
    """Find the files that do not open with a sentence on what belongs there; an empty file may."""
    for module in modules:
        if module.tree.body and not ast.get_docstring(module.tree):
            yield Size(module.path, 1)


def _public_functions(node: ast.Module | ast.ClassDef) -> Iterator[_Function]:
    for child in node.body:
        if isinstance(child, ast.ClassDef) and not child.name.startswith("_"):
            yield from _public_functions(child)
        elif isinstance(child, _Function) and not child.name.startswith("_") and not _repeats(child):
            yield child


def _repeats(node: _Function) -> bool:
    """Tell whether the docstring stands elsewhere: on the getter, or on the last overload."""
    names = {ast.unparse(decorator) for decorator in node.decorator_list}
    return "overload" in names or f"{node.name}.setter" in names


def _size(module: Module, node: _Function | ast.ClassDef) -> Size:
    return Size(
        f"{module.path}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1
    )


def _length(text: str) -> int:
    return len(text.splitlines())


def table(rows: Iterable[Gate]) -> Table:
    """Lay the gates out for a terminal."""
    printed = Table(title="The house", title_justify="left")
    for heading in ("what", "median", "p95", "max", "gate", ""):
        printed.add_column(heading, justify="right" if heading in ("median", "p95", "max") else "left")
    for row in rows:
        printed.add_row(row.name, *row.summary, row.limit, "kept" if row.is_kept else "BROKEN")
    return printed


def report(root: Path, say: Callable[..., None]) -> int:
    """Print the sizes beside their gates; gives exit code 1 when one is broken."""
    rows = gates(root)
    say(table(rows))
    for row in rows:
        for size in row.over[:20]:
            say(f"{row.name}: {size.where} ({size.size})")
    return 0 if all(row.is_kept for row in rows) else 1


def run(given: argparse.Namespace | None = None) -> int:
    """Print the sizes of this house."""
    return report(ROOT, Console(highlight=False, markup=False, soft_wrap=True).print)


if __name__ == "__main__":
    raise SystemExit(run())
