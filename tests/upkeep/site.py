"""An installation in production mode, in a folder and databases of its own: set up, copied and put back."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg

from tests.environment import STORES
from tests.services import postgres

ROOT: Final = Path(__file__).resolve().parents[2]
FILES: Final = {"default": "gib.sqlite3", "log": "log.sqlite3", "keys": "keys.sqlite3"}
VARIABLES: Final = dict(zip(FILES, STORES, strict=True))


_LAUNCH: Final = (
    "import django, runpy; django.setup(); runpy.run_module('tests.upkeep.acts', run_name='__main__')"
)


class Site:
    """One installation; what it runs starts as a process of its own, as an operator starts it."""

    def __init__(self, home: Path) -> None:
        """Prepare the places, the settings, and on PostgreSQL three empty databases."""
        self.home, self.data, self.keys = home, home / "data", home / "keys"
        self.settings = {
            "GIB_DATA_DIR": str(self.data),
            "GIB_STATIC_DIR": str(home / "static"),
            "GIB_MASTER_KEY_FILE": str(self.keys / "master.key"),
            "GIB_HOSTS": "localhost",
        }
        self.port = os.environ.get(postgres.SHARED)
        self.names = {alias: f"site_{alias}_{uuid.uuid4().hex[:8]}" for alias in FILES} if self.port else {}
        for name in self.names.values():
            self._as_superuser(f"CREATE DATABASE {name} OWNER {postgres.OWNER}")

    def _as_superuser(self, sql: str) -> None:
        address = f"postgres://{postgres.SUPERUSER}@127.0.0.1:{self.port}/postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql)

    def environment(self, role: str, **more: str) -> dict[str, str]:
        """Give the environment of a command: nothing of the tests is in it."""
        mine = {name: text for name, text in os.environ.items() if not name.startswith(("GIB_", "DJANGO_"))}
        for alias in self.names:
            mine[VARIABLES[alias]] = self.address(alias, role)
        return {**mine, "DJANGO_SETTINGS_MODULE": "config.settings", **self.settings, **more}

    def address(self, alias: str, role: str) -> str:
        """Give the address of one database for one role."""
        return f"postgres://{role}@127.0.0.1:{self.port}/{self.names[alias]}"

    def gib(self, *words: str, role: str = postgres.APP, **more: str) -> subprocess.CompletedProcess[str]:
        """Carry out a command of the house."""
        return self._run([str(Path(sys.executable).with_name("gib")), *words], role, more)

    def does(self, act: str, *words: str, **more: str) -> Any:
        """Carry out an act of `acts` and give its answer."""
        done = self.tries(act, *words, **more)
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1])

    def tries(self, act: str, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Carry out an act that may die."""
        return self._run([sys.executable, "-c", _LAUNCH, act, *words], postgres.APP, more)

    def _run(self, command: list[str], role: str, more: dict[str, str]) -> subprocess.CompletedProcess[str]:
        environment = self.environment(role, **more)
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    def copy(self, alias: str, to: Path) -> None:
        """Take a backup of one store, as the how-to tells."""
        to.mkdir(parents=True, exist_ok=True)
        if self.names:
            self._pg("pg_dump", "--format=custom", "--file", to / alias, alias=alias)
            return
        with (
            closing(sqlite3.connect(self.data / FILES[alias])) as old,
            closing(sqlite3.connect(to / alias)) as new,
        ):
            old.backup(new)

    def put_back(self, alias: str, source: Path) -> None:
        """Restore one store from a backup."""
        if self.names:
            self._pg("pg_restore", "--clean", "--if-exists", "--exit-on-error", source / alias, alias=alias)
            return
        for left in self.data.glob(f"{FILES[alias]}*"):
            left.unlink()
        shutil.copyfile(source / alias, self.data / FILES[alias])

    def _pg(self, name: str, *words: Any, alias: str) -> None:
        command = [postgres._binary(name), *map(str, words), "--dbname", self.address(alias, postgres.OWNER)]
        subprocess.run(command, check=True, capture_output=True, text=True)

    def dump(self, alias: str) -> bytes:
        """Give every byte that a store holds."""
        if not self.names:
            return b"".join(path.read_bytes() for path in self.data.glob(f"{FILES[alias]}*"))
        command = [postgres._binary("pg_dump"), "--dbname", self.address(alias, postgres.OWNER)]
        return subprocess.run(command, check=True, capture_output=True).stdout

    def drop(self) -> None:
        """Throw the databases away."""
        for name in self.names.values():
            self._as_superuser(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def site(home: Path) -> Iterator[Site]:
    """Give an installation that is set up by its owner and read its reference data."""
    made = Site(home)
    try:
        done = made.gib("setup", role=postgres.OWNER)
        assert done.returncode == 0, done.stderr[-3000:]
        done = made.gib("reference", "load")
        assert done.returncode == 0, done.stderr[-3000:]
        yield made
    finally:
        made.drop()
