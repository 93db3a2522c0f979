"""The system packages that the tests need: installed as root on Debian, otherwise named in one line."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

POSTGRES_BINARIES = Path("/usr/lib/postgresql")


def _has_venv() -> bool:
    return importlib.util.find_spec("ensurepip") is not None


def _has_postgres() -> bool:
    return any(POSTGRES_BINARIES.glob("*/bin/initdb"))


def _has_chromium() -> bool:
    return shutil.which("chromium") is not None or bool(os.environ.get("GIB_CHROMIUM"))


NEEDS: dict[str, Callable[[], bool]] = {
    "python3-venv": _has_venv,
    "postgresql": _has_postgres,
    "chromium": _has_chromium,
}


def lacking(needs: dict[str, Callable[[], bool]]) -> list[str]:
    """Name the Debian packages that are not there yet."""
    return [package for package, is_there in needs.items() if not is_there()]


def install(packages: list[str]) -> None:
    """Install Debian packages without asking anything."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", "-qq", *command], env=quiet, check=True, stdin=subprocess.DEVNULL)


def main() -> int:
    """Install what lacks when that is possible; otherwise say in one line what to install."""
    packages = lacking(NEEDS)
    if not packages:
        return 0
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.stderr.write(f"The tests need: apt-get install {' '.join(packages)}\n")
        return 1
    sys.stdout.write(f"Installing {' '.join(packages)}\n")
    sys.stdout.flush()
    install(packages)
    return 0


if __name__ == "__main__":
    sys.exit(main())
