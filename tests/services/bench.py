"""How long it takes from a fresh clone to the first page: printed, never asserted."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GOALS = {"first time, empty package cache": 90, "second time": 15}


@contextmanager
def fresh_clone(root: Path) -> Iterator[Path]:
    """Give a clone of the last commit in a folder that is thrown away."""
    home = Path(tempfile.mkdtemp(prefix="gib-bench-"))
    try:
        subprocess.run(["git", "clone", "--quiet", root, home / "clone"], check=True)
        yield home / "clone"
    finally:
        shutil.rmtree(home, ignore_errors=True)


def prepare(clone: Path) -> float:
    """Do everything of `make demo` but serve; gives the seconds that it took."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIB_")}
    environment |= {"PIP_CACHE_DIR": str(clone.parent / "cache")}
    started = time.monotonic()
    subprocess.run(["make", "--silent", "setup"], cwd=clone, env=environment, check=True)
    subprocess.run([clone / ".venv/bin/gib", "demo", "--prepare"], cwd=clone, env=environment, check=True)
    return time.monotonic() - started


def main() -> None:
    """Measure the first and the second start, and print them beside their goals."""
    with fresh_clone(ROOT) as clone:
        for name, goal in GOALS.items():
            sys.stdout.write(f"{name}: {prepare(clone):.1f} s (goal {goal} s)\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
