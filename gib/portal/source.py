"""The Python files of the house, read once, for whoever measures or describes them."""

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_FOLDERS = ("gib", "config", "tests")


@dataclass(frozen=True)
class Module:
    """One Python file of the house; `path` is relative to its root, with forward slashes."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The file as a syntax tree."""
        return ast.parse(self.text)

    @property
    def is_test(self) -> bool:
        """Whether the file tests the house instead of being part of it."""
        return self.path.startswith("tests/") or "/tests/" in self.path or self.path.endswith("conftest.py")

    @property
    def lines(self) -> int:
        """The number of lines that are not blank."""
        return sum(1 for line in self.text.splitlines() if line.strip())


def read_modules(root: Path) -> list[Module]:
    """Read every Python file of the house, except generated migrations."""
    paths = sorted(path for folder in _FOLDERS for path in (root / folder).rglob("*.py"))
    paths += sorted(root.glob("*.py"))
    kept = (path for path in paths if "migrations" not in path.parts)
    return [Module(path.relative_to(root).as_posix(), path.read_text("utf-8")) for path in kept]
