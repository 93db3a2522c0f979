"""Databases of the year that are kept from run to run: built once per size and engine, or gone on with."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.services import postgres

ROOT: Final = Path(__file__).resolve().parents[2]
HOME: Final = ROOT / "build" / "bench"
#: Variable of a store -> its file, and how its database is called after the name of the house.
STORES: Final = {
    "GIB_DATABASE_URL": ("gib.sqlite3", ""),
    "GIB_LOG_DATABASE_URL": ("log.sqlite3", "_log"),
    "GIB_KEYS_DATABASE_URL": ("keys.sqlite3", "_keys"),
}
#: A server that lets through what is written at once while building; what autovacuum does is done at the end.
ROOM: Final = (
    *("shared_buffers=2GB", "max_wal_size=4GB", "checkpoint_timeout=30min", "maintenance_work_mem=512MB"),
    *("wal_level=minimal", "max_wal_senders=0", "autovacuum=off"),
)
#: The command of this checkout, also where another one is installed.
_GIB: Final = "import sys; from gib.portal.cli import main; sys.exit(main())"
_READY: Final = "ready"
#: What decides how the rows of a built database look; when it changes, the database is made anew.
_SOURCES: Final = ("gib/**/migrations/*.py", "gib/portal/year/*.py", "gib/core/access/rls_sql.py")


@dataclass(frozen=True)
class Place:
    """Where the database of one engine and size is kept."""

    home: Path
    engine: str
    scale: int
    port: int = 0

    @property
    def folder(self) -> Path:
        """Its folder of data; on PostgreSQL only what is not a database lies there."""
        return self.home / f"{self.engine}-{self.scale}"

    @property
    def name(self) -> str:
        """The name of its main database."""
        return f"gib_{self.scale}"

    @property
    def is_ready(self) -> bool:
        """Tell whether it was built to its end, with the sources of today."""
        mark = self.folder / _READY
        return mark.exists() and mark.read_text() == self.fingerprint()

    def fingerprint(self) -> str:
        """Sum up the sources that decide how it looks; how teams are copied is nothing to the smallest."""
        body = hashlib.sha256()
        for path in sorted(path for pattern in _SOURCES for path in ROOT.glob(pattern)):
            if self.scale > 1 or not path.name.startswith("copies"):
                body.update(path.read_bytes())
        return body.hexdigest()

    def urls(self, role: str) -> dict[str, str]:
        """Give the addresses of its stores for a role of PostgreSQL; files need none."""
        if self.engine == "sqlite":
            return {}
        where = f"postgres://{role}@127.0.0.1:{self.port}/{self.name}"
        return {variable: f"{where}{end}" for variable, (_file, end) in STORES.items()}

    def environment(self, role: str) -> dict[str, str]:
        """Give the environment in which a command works on it; all sizes and engines share the keys."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("GIB_")}
        own |= {"GIB_DEMO": "1", "GIB_DATA_DIR": str(self.folder), **self.urls(role)}
        shared = {"GIB_SECRET_KEY_FILE": "secret.key", "GIB_MASTER_KEY_FILE": "master.key"}
        shared |= {"GIB_TOMBSTONE_FILE": "tombstones"}
        return own | {variable: str(self.home / name) for variable, name in shared.items()}


@contextmanager
def places(engines: Sequence[str], scales: tuple[int, ...], home: Path = HOME) -> Iterator[list[list[Place]]]:
    """Give the databases of each engine in these sizes, the smallest first; what lacks is built.

    The larger ones of all engines are built at once: with two cores none waits for another.
    """
    home.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        found = []
        for engine in engines:
            port = 0
            if engine == "postgres":
                port = held.enter_context(postgres.kept(home / "cluster", *ROOM))["port"]
            smallest, *larger = [Place(home, engine, scale, port) for scale in sorted(scales)]
            found.append([_built(smallest), *larger])
        with ThreadPoolExecutor() as builders:
            list(builders.map(_built, [place for _, *larger in found for place in larger]))
        yield found


def _built(place: Place) -> Place:
    """Build a database, or go on with one that was broken off; a large one begins with the year as it is."""
    if place.is_ready:
        return place
    began, mark = time.monotonic(), place.folder / "begun"
    if not (mark.exists() and mark.read_text() == place.fingerprint()):
        _clear(place)
        if place.scale > 1:
            _follow(place, _built(Place(place.home, place.engine, 1, place.port)))
        mark.write_text(place.fingerprint())
    sys.stdout.write(f"{place.engine}, {place.scale} times: building\n")
    sys.stdout.flush()
    words = ("seed", "--year", "2010", "--seed", "2010", "--scale", str(place.scale))
    here = place.environment(postgres.OWNER)
    subprocess.run([sys.executable, "-c", _GIB, *words], cwd=ROOT, env=here, check=True)
    _settle(place)
    (place.folder / _READY).write_text(place.fingerprint())
    sys.stdout.write(f"{place.engine}, {place.scale} times: built in {time.monotonic() - began:.0f} s\n")
    return place


def _clear(place: Place) -> None:
    shutil.rmtree(place.folder, ignore_errors=True)
    place.folder.mkdir()
    if place.engine == "postgres":
        for _file, end in STORES.values():
            _say(place, f"DROP DATABASE IF EXISTS {place.name}{end}")
            if place.scale == 1:
                _say(place, f"CREATE DATABASE {place.name}{end} OWNER {postgres.OWNER}")


def _follow(place: Place, first: Place) -> None:
    """Begin with a copy of the database as it is at its smallest."""
    for file, end in STORES.values():
        if place.engine == "postgres":
            made = f"CREATE DATABASE {place.name}{end} TEMPLATE {first.name}{end} OWNER {postgres.OWNER}"
            _say(place, made)
            # What was written and taken back is no part of a life: the room of a copy is asked from this.
            _say(place, "VACUUM FULL", f"{place.name}{end}")
        else:
            shutil.copy(first.folder / file, place.folder / file)


def _settle(place: Place) -> None:
    """Let the engine know its tables, as the night does."""
    if place.engine == "postgres":
        for _file, end in STORES.values():
            _say(place, "VACUUM ANALYZE", f"{place.name}{end}")


def _say(place: Place, words: str, database: str = "postgres") -> None:
    where = ("-h", "127.0.0.1", "-p", place.port, "-U", postgres.SUPERUSER, "-d", database)
    postgres._run(place.home, "psql", *where, "-qc", words)
