"""Somebody at a served house, over a real connection, and a house on PostgreSQL as it is installed."""

import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from tests.journeys.house import ROOT, House, _free_port, environment, served
from tests.services import postgres

#: How each store is called on disk.
NAMES = {"default": "gib", "log": "log", "keys": "keys"}
URLS = {"GIB_DATABASE_URL": "gib", "GIB_LOG_DATABASE_URL": "log", "GIB_KEYS_DATABASE_URL": "keys"}
_PATIENCE = 40


@dataclass(frozen=True)
class Reply:
    """What a house answered."""

    status: int
    text: str
    heads: dict[str, str]


def _reply(status: int, found: Any) -> Reply:
    heads = {name.lower(): text for name, text in found.headers.items()}
    return Reply(status, found.read().decode(errors="replace"), heads)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


@dataclass
class Visitor:
    """A browser without scripts; `enter` steps into a role of the demonstration."""

    url: str
    jar: CookieJar = field(default_factory=CookieJar)

    def get(self, path: str) -> Reply:
        """Open a page."""
        return self._ask(path, None)

    def post(self, path: str, **fields: str) -> Reply:
        """Send a form with the token against forgery of this browser."""
        return self.forge(path, csrfmiddlewaretoken=self._token(), **fields)

    def forge(self, path: str, **fields: str) -> Reply:
        """Send a form without that token."""
        return self._ask(path, urllib.parse.urlencode(fields).encode())

    def enter(self, role: str) -> "Visitor":
        """Step into the first person with a role."""
        page = self.get(f"/demo/?rol={role}").text
        seat = re.search(r'name="aanstelling" value="(\d+)"', page)
        assert seat is not None, page[:500]
        self.post("/demo/", aanstelling=seat[1])
        return self

    def token(self, path: str) -> str:
        """Read the token against sending twice from a page."""
        found = re.search(r'name="token" value="([^"]+)"', self.get(path).text)
        return found[1] if found else ""

    def _token(self) -> str:
        return next((cookie.value or "" for cookie in self.jar if cookie.name == "gib-csrf"), "")

    def _ask(self, path: str, data: bytes | None) -> Reply:
        opener = urllib.request.build_opener(_Stay, urllib.request.HTTPCookieProcessor(self.jar))
        request = urllib.request.Request(urllib.parse.urljoin(self.url, path), data=data)
        request.add_header("Accept-Language", "nl")
        try:
            with opener.open(request, timeout=_PATIENCE) as found:
                return _reply(found.status, found)
        except urllib.error.HTTPError as found:
            return _reply(found.code, found)


class Stand:
    """A served house, and what somebody may do behind its back."""

    house: House
    garbage = "x'00'"

    def sql(self, text: str) -> None:
        """Run a statement in the main store.

        Raises:
            NotImplementedError: each engine says how.
        """
        raise NotImplementedError

    def take(self, store: str) -> None:
        """Take a store away.

        Raises:
            NotImplementedError: each engine says how.
        """
        raise NotImplementedError

    def give(self, store: str) -> None:
        """Put it back.

        Raises:
            NotImplementedError: each engine says how.
        """
        raise NotImplementedError

    def dump(self, store: str) -> str:
        """Write a store as statements.

        Raises:
            NotImplementedError: each engine says how.
        """
        raise NotImplementedError

    @property
    def urls(self) -> dict[str, str]:
        """What the environment must say to reach the stores; files are found by themselves."""
        return {}

    def spoil(self) -> None:
        """Write something over the names of mothers that no key opens."""
        self.sql(f"UPDATE families_participant SET last_name = {self.garbage}")

    def plant(self, name: str) -> None:
        """Write a name where everybody may read it."""
        self.sql(f"UPDATE partners_prisonunit SET name = '{name}' WHERE id = 1")


@dataclass(frozen=True)
class OnFiles(Stand):
    """A served house on SQLite; a store that is away is a file that is not where it was."""

    house: House

    def take(self, store: str) -> None:
        """Take a store away."""
        self._file(store).rename(self._file(store).with_suffix(".away"))

    def give(self, store: str) -> None:
        """Put it back."""
        self._file(store).with_suffix(".away").rename(self._file(store))

    def dump(self, store: str) -> str:
        """Write a store as statements."""
        with closing(sqlite3.connect(self._file(store))) as opened:
            return "\n".join(opened.iterdump())

    def sql(self, text: str) -> None:
        """Run a statement behind the back of the house."""
        with closing(sqlite3.connect(self._file("default"), timeout=20)) as opened, opened:
            opened.execute(text)

    def _file(self, store: str) -> Path:
        return self.house.data / f"{NAMES[store]}.sqlite3"


@dataclass(frozen=True)
class OnCluster(Stand):
    """A house on a PostgreSQL cluster of its own; a store is closed, or the cluster stopped."""

    house: House
    home: Path
    port: int
    garbage = "'\\x00'::bytea"

    def take(self, store: str) -> None:
        """Stop the whole, or let nobody into one database and put out who is in."""
        if store == "default":
            postgres._run(self.home, "pg_ctl", "stop", "-D", self.home / "data", "-s", "-m", "immediate")
            return
        put_out = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname"
        self.sql(f"ALTER DATABASE gib_{store} ALLOW_CONNECTIONS false", "postgres")
        self.sql(f"{put_out} = 'gib_{store}'", "postgres")

    def give(self, store: str) -> None:
        """Start it, or let everybody in again."""
        if store == "default":
            data, log = self.home / "data", self.home / "log"
            postgres._run(self.home, "pg_ctl", "start", "-D", data, "-l", log, "-w", "-s")
            return
        self.sql(f"ALTER DATABASE gib_{store} ALLOW_CONNECTIONS true", "postgres")

    def dump(self, store: str) -> str:
        """Write a store as statements, with the tool of its engine."""
        where = ("-h", str(self.home), "-p", str(self.port), "-U", postgres.SUPERUSER)
        command = [postgres._binary("pg_dump"), *where, "--inserts", _name(NAMES[store])]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    @property
    def urls(self) -> dict[str, str]:
        """What the environment must say to reach the stores."""
        return _urls(self.port, postgres.APP)

    def sql(self, text: str, database: str = "gib") -> None:
        """Run a statement as the keeper of the cluster, whom row-level security does not hold."""
        where = ("-h", self.home, "-p", self.port, "-U", postgres.SUPERUSER, "-d", database)
        postgres._run(self.home, "psql", *where, "-qc", text)


@contextmanager
def on_files(home: Path, folder: Path) -> Iterator[OnFiles]:
    """Serve a copy of the demonstration on SQLite."""
    with served(home, folder) as house:
        yield OnFiles(house)


@contextmanager
def on_cluster(folder: Path) -> Iterator[OnCluster]:
    """Make a cluster, install as its owner, build the demonstration, and serve as the application."""
    home = Path(tempfile.mkdtemp(prefix="gib-postgres-"))
    try:
        # What was answered must still be there after a sudden stop.
        port = postgres._start(home, "synchronous_commit=on")
        # What the start was told, for the next start.
        with (home / "data" / "postgresql.conf").open("a") as settings:
            settings.write(f"port={port}\nlisten_addresses='127.0.0.1'\nunix_socket_directories='{home}'\n")
            settings.write("fsync=off\n")
        with _serving(folder, port) as house:
            yield OnCluster(house, home, port)
    finally:
        postgres._run(home, "pg_ctl", "stop", "-D", home / "data", "-m", "immediate", "-s", check=False)
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _serving(folder: Path, port: int) -> Iterator[House]:
    for name in NAMES.values():
        where = ("-h", "127.0.0.1", "-p", port, "-U", postgres.SUPERUSER, "-d", "postgres")
        make = f"CREATE DATABASE {_name(name)} OWNER {postgres.OWNER}"
        postgres._run(Path("/"), "psql", *where, "-qc", make)
    _gib(folder / "data", _urls(port, postgres.OWNER), "demo", "--small", "--prepare")
    database = _urls(port, postgres.APP)
    house = House(f"http://localhost:{_free_port()}", folder / "data", folder / "log", database)
    try:
        house.open()
        yield house
    finally:
        house.close()


def _name(store: str) -> str:
    return store if store == "gib" else f"gib_{store}"


def _urls(port: int, role: str) -> dict[str, str]:
    return {key: f"postgres://{role}@127.0.0.1:{port}/{_name(name)}" for key, name in URLS.items()}


def _gib(data: Path, urls: dict[str, str], *words: str) -> None:
    command = [str(Path(sys.executable).with_name("gib")), *words]
    done = subprocess.run(command, cwd=ROOT, env=environment(data) | urls, capture_output=True, text=True)
    assert done.returncode == 0, f"{words} failed:\n{done.stdout}\n{done.stderr}"
