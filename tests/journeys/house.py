"""A house as a user starts it: prepared by `gib demo --prepare`, served by `gib serve`."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 60
#: Builds one of the worlds of `ground`, which needs Django set up before it is imported.
BUILD = """
from importlib import import_module
from gib.portal.commands import stores
stores.setup(None)
import_module("tests.journeys.ground").{world}()
"""
#: What a log never holds when all went well; a handler that failed shows on no page.
FAULTS = ("Traceback", "delivery failed", "[error", "[ERROR")


@dataclass
class House:
    """A served demonstration: its address, its data, its log, and its server while the doors are open."""

    url: str
    data: Path
    log: Path
    #: What its server is told besides, such as other databases.
    told_too: dict[str, str] = field(default_factory=dict)
    server: "subprocess.Popen[bytes] | None" = None

    def open(self) -> None:
        """Serve at its address, and wait until it answers."""
        with self.log.open("ab") as log:
            self.server = subprocess.Popen(
                [str(Path(sys.executable).with_name("gib")), "serve", "--port", self.url.rpartition(":")[2]],
                cwd=ROOT,
                env=environment(self.data) | self.told_too | {"GIB_SITE_URL": self.url},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        late = time.monotonic() + STARTS_WITHIN
        while not _is_ready(self.url):
            if self.server.poll() is not None or time.monotonic() > late:
                raise RuntimeError(f"the house does not serve:\n{self.said()}")
            time.sleep(0.1)

    def close(self) -> None:
        """End the server with everything that it started."""
        if self.server is not None:
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait()

    def run(self, *words: str) -> str:
        """Carry out a command of the house on the same data."""
        return gib(self.data, *words)

    def told(self, what: str) -> Any:
        """Carry out a function of `ground` on the same data, and give what it printed."""
        return json.loads(_run(self.data, [sys.executable, "-c", BUILD.format(world=what)]))

    @property
    def people(self) -> dict[str, Any]:
        """Tell, per role of a world of `ground`, whom to step into and what to open."""
        told: dict[str, Any] = json.loads((self.data / "people.json").read_text())
        return told

    def said(self, since: int = 0) -> str:
        """Give what the server wrote after so many bytes."""
        return self.log.read_bytes()[since:].decode(errors="replace")


def environment(data: Path) -> dict[str, str]:
    """Give the environment of a user who has just cloned: nothing of the tests is in it."""
    ours = {
        name: text for name, text in os.environ.items() if not name.startswith(("GIB_", "DJANGO_", "PYTEST"))
    }
    return ours | {
        "GIB_DATA_DIR": str(data),
        "GIB_STATIC_DIR": str(data.parent / "static"),
        "GIB_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(ROOT),
    }


def gib(data: Path, *words: str) -> str:
    """Run `gib` and give what it printed; what it complained of is the message of the failure."""
    return _run(data, [str(Path(sys.executable).with_name("gib")), *words])


def _run(data: Path, command: list[str]) -> str:
    done = subprocess.run(command, cwd=ROOT, env=environment(data), capture_output=True, text=True)
    assert done.returncode == 0, f"{command} failed:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _build(data: Path, world: str) -> None:
    """Build the world that a user gets, or one of those of `ground`."""
    if world == "demo":
        gib(data, "demo", "--small", "--prepare")
    else:
        told = _run(data, [sys.executable, "-c", BUILD.format(world=world)])
        (data / "people.json").write_text(told)


def prepared(home: Path, world: str) -> Path:
    """Give the data of a finished world to copy; the workers of one run share it."""
    shelf = home / f"journeys-{world}"
    shelf.mkdir(exist_ok=True)
    with FileLock(shelf / "lock"):
        if not (shelf / "done").exists():
            _build(shelf / "data", world)
            (shelf / "done").touch()
    return shelf / "data"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/gezond/ready", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def served(home: Path, folder: Path, world: str = "demo") -> Iterator[House]:
    """Serve a copy of a world of its own, and end it with everything that it started."""
    data = prepared(home, world)
    shutil.copytree(data, folder / "data")
    (folder / "static").symlink_to(data.parent / "static")
    house = House(f"http://localhost:{_free_port()}", folder / "data", folder / "log")
    house.log.touch()
    try:
        house.open()
        yield house
    finally:
        house.close()
